//! people.toml: every key, every mistake.

use super::*;

fn messages(text: &str) -> String {
    Register::parse(text).1.iter().map(Diagnostic::render).collect()
}

#[test]
fn every_key_is_read() {
    let text = r#"
[[person]]
id = "ann-lee"
name = "Ann Lee"
aliases = ["Anna Lee"]
roles = ["Mayor of Elm", { role = "Governor", from = 2019-05-01, to = 2023 }]
links = [{ title = "Website", url = "https://ann.example" }]
merged = ["anna-lee"]
only_in = ["elm-vote"]
page = false
noindex = true
[[person]]
id = "elm-council"
name = "Elm Council"
kind = "organisation"
"#;
    let (register, diagnostics) = Register::parse(text);
    assert_eq!(diagnostics, []);
    let people = register.unwrap().people;
    let ann = &people[0];
    assert_eq!((ann.id.as_str(), ann.aliases.as_slice()), ("ann-lee", &["Anna Lee".to_owned()][..]));
    assert_eq!(ann.roles[1].from, NaiveDate::from_ymd_opt(2019, 5, 1));
    assert_eq!(ann.roles[1].to, NaiveDate::from_ymd_opt(2023, 12, 31));
    assert_eq!((ann.page, ann.noindex, ann.organisation), (false, Some(true), false));
    assert!(people[1].organisation && people[1].page);
}

#[test]
fn an_id_given_twice_is_an_error() {
    assert_eq!(
        messages("[[person]]\nid = \"a\"\nname = \"Ann\"\n[[person]]\nid = \"a\"\nname = \"Abe\"\n"),
        "error[P002 bad-person]: the id `a` is taken by Ann\n\
         \x20 --> people.toml:5:6\n\
         \x20  |\n\
         5  | id = \"a\"\n\
         \x20  |      ^^^\n\
         \x20  = help: give Abe another id\n"
    );
}

#[test]
fn an_id_that_is_no_slug_is_an_error() {
    assert_eq!(
        messages("[[person]]\nid = \"Ann Lee\"\nname = \"Ann\"\n"),
        "error[P002 bad-person]: `Ann Lee` is no id\n\
         \x20 --> people.toml:2:6\n\
         \x20  |\n\
         2  | id = \"Ann Lee\"\n\
         \x20  |      ^^^^^^^^^\n\
         \x20  = help: write `ann-lee`: small letters, digits and hyphens\n"
    );
}

#[test]
fn a_name_of_two_people_needs_only_in() {
    let two = "[[person]]\nid = \"a\"\nname = \"J. Ray\"\n[[person]]\nid = \"b\"\nname = \"Jo\"\naliases = [\"J Ray\"]\n";
    assert_eq!(
        messages(two),
        "error[P002 bad-person]: `J Ray` means both `a` and `b`\n\
         \x20 --> people.toml:7:12\n\
         \x20  |\n\
         7  | aliases = [\"J Ray\"]\n\
         \x20  |            ^^^^^^^\n\
         \x20  = help: say with `only_in = [\"slug\"]` in which briefs one of them is meant\n"
    );
    assert_eq!(messages(&format!("{two}only_in = [\"x\"]\n")), "");
}

#[test]
fn a_merged_id_leads_to_one_person() {
    let text =
        "[[person]]\nid = \"a\"\nname = \"Ann\"\nmerged = [\"b\"]\n[[person]]\nid = \"b\"\nname = \"Bo\"\n";
    let (register, diagnostics) = Register::parse(text);
    assert_eq!(diagnostics[0].message, "the merged id `b` is taken by Bo");
    assert!(register.unwrap().people[0].merged.is_empty());
}

#[test]
fn a_portrait_is_a_file_of_static_with_words_in_its_place() {
    let (register, said) = Register::parse(
        "[[person]]\nid = \"ann-lee\"\nname = \"Ann Lee\"\nportrait = \"/static/faces/ann.jpg\"\n\
         portrait_credit = \"Photo: Bo Ek\"\nindex = true\n\
         [[person]]\nid = \"bo-ek\"\nname = \"Bo Ek\"\nportrait = \"bo.png\"\nportrait_alt = \"Bo at sea\"\n",
    );
    assert_eq!(said, []);
    let mut register = register.unwrap();
    let portrait = |register: &Register, at: usize| register.people[at].portrait.clone();
    let ann = portrait(&register, 0).unwrap();
    assert_eq!((ann.file.as_str(), ann.alt.as_str()), ("faces/ann.jpg", "Portrait of Ann Lee"));
    assert_eq!(ann.credit.as_deref(), Some("Photo: Bo Ek"));
    assert_eq!(portrait(&register, 1).unwrap().alt, "Bo at sea");
    assert_eq!(register.people[0].noindex, Some(false), "`index = true` lets search engines in");

    let said = register.drop_missing_portraits(|file| file == "bo.png");
    assert_eq!((portrait(&register, 0), portrait(&register, 1).is_some()), (None, true));
    assert_eq!(
        said.iter().map(Diagnostic::render).collect::<String>(),
        "error[P002 bad-person]: the portrait of Ann Lee, static/faces/ann.jpg, is not there\n\
         \x20--> people.toml\n\
         \x20 = help: put the file there, or mend `portrait`; until then the page has no picture\n"
    );
    let outside = messages("[[person]]\nid = \"a\"\nname = \"A\"\nportrait = \"../a.png\"\n");
    assert!(outside.contains("`../a.png` is no file of static/"), "{outside}");
}

#[test]
fn the_pages_of_the_nameless_are_nobodys_id_and_index_is_said_once() {
    let text = "[[person]]\nid = \"unnamed\"\nname = \"Una Med\"\n";
    let (register, _) = Register::parse(text);
    assert!(register.unwrap().people.is_empty());
    assert!(
        messages(text).contains("help: give the person another id; /speakers/unnamed/ is a page of the site")
    );
    let twice = messages("[[person]]\nid = \"a\"\nname = \"A\"\nindex = true\nnoindex = true\n");
    assert!(twice.contains("error[P002 bad-person]: `index` and `noindex` say one thing twice"), "{twice}");
}
