//! What must reach no output: every file of the built site is searched.

use crate::support::{Done, SiteTest};

/// The pages, feeds and lists in which `words` stand.
fn holding(site: &SiteTest, words: &str) -> Vec<String> {
    let files = site.tree("public").into_iter();
    let with = files.filter(|(_, content)| String::from_utf8_lossy(content).contains(words));
    with.map(|(path, _)| path).collect()
}

/// Neither the words in a file, nor a file of that name.
fn nowhere(done: Done, site: &SiteTest, words: &[&str]) -> Done {
    words.iter().fold(done, |done, words| {
        let slug = words.to_lowercase().replace(' ', "-");
        let named: Vec<String> = site.tree("public").into_keys().filter(|p| p.contains(&slug)).collect();
        assert_eq!(named, [""; 0], "{words}");
        done.nowhere(words)
    })
}

/// A brief whose every part is a word of its own.
fn secret(front: &str) -> String {
    format!(
        "+++\ntitle = \"Xylophone\"\n{front}\nslug = \"quokka\"\ntopics = [\"Zeppelin\"]\nstory = \"Wombat\"\n\
         outlet = \"Yodel Post\"\naliases = [\"/vicuna/\"]\ndescription = \"Tapioca.\"\nauthors = [\"Uma Rook\"]\n\
         source_url = \"https://sassafras.example/\"\ncorrections = [{{ date = 2025-12-07, text = \"Rhubarb.\" }}]\n\
         extra = {{ origins = [{{ speaker = \"Paloma\", words = \"Nougat\", source = \"Ocelot\" }}] }}\n+++\n\n\
         KUMQUAT - “The quagmire is deep,” said Minister Paloma Ibex on March 3, 1987. ![Lagoon](jackal.png)\n"
    )
}

const SECRETS: [&str; 20] = [
    "Xylophone",
    "quokka",
    "Zeppelin",
    "Wombat",
    "Yodel",
    "vicuna",
    "Tapioca",
    "Uma Rook",
    "sassafras",
    "Rhubarb",
    "Paloma",
    "Nougat",
    "Ocelot",
    "KUMQUAT",
    "Kumquat",
    "quagmire",
    "Ibex",
    "1987",
    "Lagoon",
    "jackal",
];

#[test]
fn all_of_the_secret_brief_is_shown_where_nothing_holds_it_back() {
    let site = SiteTest::new()
        .file("content/a/b.md", secret("date = 2025-12-06"))
        .file("content/a/jackal.png", b"\x89PNG");
    let _ = site.build().expect_ok();
    for words in SECRETS.iter().filter(|words| **words != "KUMQUAT" && **words != "vicuna") {
        assert!(!holding(&site, words).is_empty(), "{words} is nowhere, so its absence would prove nothing");
    }
    assert!(site.tree("public").contains_key("vicuna/index.html"));
}

#[test]
fn what_is_held_back_is_in_no_file() {
    for (front, reason) in [
        ("date = 2025-12-06\ndraft = true", "draft"),
        ("date = 2025-12-06\nstatus = \"withheld\"", "withheld"),
        ("date = 2025-12-06\nstatus = \"canceled\"", "canceled"),
        ("date = 2025-12-06\nembargo = 2026-02-01", "embargo"),
        ("date = 2026-02-01", "its date lies after the day of the build"),
    ] {
        let site = SiteTest::new()
            .good()
            .file("content/a/b.md", secret(front))
            .file("content/a/jackal.png", b"\x89PNG");
        let done = site.build().expect_ok().good_is_built();
        assert!(done.stderr.contains(reason), "{}", done.stderr);
        let told: Vec<&&str> = SECRETS.iter().filter(|words| done.stderr.contains(**words)).collect();
        assert!(told.is_empty(), "{told:?} in {}", done.stderr);
        let _ = nowhere(done, &site, &SECRETS);
        let _ = nowhere(site.check().expect_ok(), &site, &SECRETS);
    }
}

#[test]
fn what_is_held_back_later_leaves_the_site() {
    let site = SiteTest::new()
        .good()
        .file("content/a/b.md", secret("date = 2025-12-06"))
        .file("content/a/jackal.png", b"\x89PNG");
    let _ = site.build().expect_ok();
    site.write("content/a/b.md", secret("date = 2025-12-06\nstatus = \"withheld\""));
    let _ = nowhere(site.build().expect_ok(), &site, &SECRETS);
}

#[test]
fn a_plain_page_is_held_back_like_a_brief() {
    let page = |front: &str| format!("+++\ntitle = \"Xylophone\"\n{front}\n+++\n\nQuagmire.\n");
    let site = SiteTest::new().good().file("content/pages/quokka.md", page("draft = true"));
    let _ = nowhere(site.build().expect_ok(), &site, &["Xylophone", "Quagmire", "quokka"]);
    site.write("content/pages/quokka.md", page(""));
    let done = site.build().expect_ok();
    assert!(done.page("quokka/index.html").contains("Quagmire"));
}

/// Shown sentences say so; what else is in the text is a word of its own.
const COPY: &str = "The kumquat arrived on March 3, 1987, with Paloma Ibex.\n\n\
     “This is shown,” said Ada Moreno, the harbour master, on December 5. The quagmire was deep. \
     She went to Ocelotville.\n\n![Lagoon](jackal.png) [more](https://sassafras.example/)\n\n\
     Bela Novak said that this is shown as well. Nougat was served on May 4, 1988.\n";

const HIDDEN: [&str; 12] = [
    "kumquat",
    "1987",
    "March 3",
    "Paloma",
    "Ibex",
    "quagmire",
    "Ocelotville",
    "Lagoon",
    "jackal",
    "sassafras",
    "Nougat",
    "1988",
];

fn shown_in_part(show: &str) -> SiteTest {
    let front = format!(
        "+++\ntitle = \"The headline\"\ndate = 2025-12-06\nshow = \"{show}\"\nrights = \"None.\"\n\
         source_url = \"https://origin.example/all\"\n+++\n\n"
    );
    SiteTest::new().good().file("content/a/part.md", front + COPY).file("content/a/jackal.png", b"\x89PNG")
}

#[test]
fn an_excerpt_gives_the_annotated_sentences_away_and_no_other() {
    let site = shown_in_part("excerpt");
    let done = nowhere(site.build().expect_ok(), &site, &HIDDEN);
    let page = done.page("briefs/part/index.html");
    for words in ["The headline", "This is shown", "the harbour master", "this is shown as well"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("href=\"https://origin.example/all\""));
    let _ = nowhere(site.check().expect_ok(), &site, &HIDDEN);
}

#[test]
fn quotes_give_the_quotations_away_and_nothing_else() {
    let site = shown_in_part("quotes");
    let done = nowhere(site.build().expect_ok(), &site, &HIDDEN);
    let done = done.nowhere("the harbour master").nowhere("She went");
    let page = done.page("briefs/part/index.html");
    for words in ["The headline", "This is shown", "this is shown as well", "Ada Moreno"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn a_headline_that_is_made_of_the_text_gives_nothing_away() {
    for show in ["excerpt", "quotes"] {
        let front = format!("+++\ndate = 2025-12-06\nshow = \"{show}\"\nrights = \"None.\"\n+++\n\n");
        let site = SiteTest::new()
            .good()
            .file("content/part.md", front + COPY)
            .file("content/jackal.png", b"\x89PNG");
        let done = nowhere(site.build().expect_ok(), &site, &HIDDEN);
        assert!(done.page("briefs/part/index.html").contains("<h1>Part</h1>"));
        assert!(
            done.stderr.contains("no headline is given; “Part” was made of the address"),
            "{}",
            done.stderr
        );
    }
}

#[test]
fn who_has_no_page_is_named_where_the_briefs_are_and_in_no_list_of_people() {
    let person = |keys: &str| format!("[[person]]\nid = \"ada-moreno\"\nname = \"Ada Moreno\"\n{keys}\n");
    let brief = |n: u32| {
        format!(
            "+++\ntitle = \"Brief {n}\"\ndate = 2025-12-0{n}\ndescription = \"In short.\"\n+++\n\n\
             OSLO - “Bridge {n} is open,” said Ada Moreno, the harbour master. “It rained,” said Bela Novak.\n"
        )
    };
    let site = SiteTest::new()
        .file("content/a.md", brief(1))
        .file("content/b.md", brief(2))
        .file("people.toml", person("merged = [\"a-moreno\"]"));
    let _ = site.build().expect_ok().expect_page("speakers/ada-moreno/index.html");
    for list in ["index.html", "speakers/index.html", "sitemap.xml"] {
        assert!(holding(&site, "ada-moreno").contains(&list.to_owned()), "{list}");
    }

    site.write("people.toml", person("page = false\nmerged = [\"a-moreno\"]"));
    let done = site.build().expect_ok().nowhere("/speakers/ada-moreno/").nowhere("a-moreno/");
    assert!(done.page("briefs/a/index.html").contains("Ada Moreno"));
    assert!(!site.tree("public").keys().any(|path| path.contains("moreno")));
    let named = holding(&site, "Ada Moreno");
    let lists = |path: &&String| {
        path.starts_with("speakers/") || ["index.html", "atom.xml", "sitemap.xml"].contains(&path.as_str())
    };
    assert_eq!(named.iter().filter(lists).collect::<Vec<_>>(), [""; 0], "{named:?}");

    site.write("people.toml", person("noindex = true"));
    let done = site.build().expect_ok();
    assert!(
        done.page("speakers/ada-moreno/index.html").contains("<meta name=\"robots\" content=\"noindex\">")
    );
    assert!(!done.page("sitemap.xml").contains("moreno"));
}

/// Bela speaks of Ada, Ada of Bela and of Cara, and an official of nobody, in `number` briefs.
fn talkative(number: u32, people: &str) -> SiteTest {
    let brief = |site: SiteTest, n: u32| {
        let topics = if n.is_multiple_of(2) { "topics = [\"Bridges\"]\n" } else { "" };
        site.file(
            &format!("content/b{n}.md"),
            format!(
                "+++\ntitle = \"Brief {n}\"\ndate = 2025-11-{:02}\ndescription = \"In short.\"\n{topics}+++\n\n\
                 OSLO - “Bela Novak mended pier {n},” said Ada Moreno, the harbour master. \
                 “Ada Moreno saw ship {n},” said Bela Novak, the pilot. \
                 “Cara Brand and Ada Moreno met {n} times,” Bela Novak said. \
                 Cara Brand said that gate {n} was shut.\n\n\
                 “Toll {n} will rise,” a harbour official said.\n",
                n + 1
            ),
        )
    };
    (0..number).fold(SiteTest::new().file("people.toml", people), brief)
}

#[test]
fn who_has_no_page_is_in_no_chart_no_narrowed_page_and_on_neither_side_of_who_names_whom() {
    let site = talkative(12, "");
    let done = site.build().expect_ok();
    let bela = done.page("speakers/bela-novak/index.html");
    assert!(bela.contains("id=\"speaks-of\"") && bela.contains("id=\"named-by\""));
    assert!(
        bela.contains("/speakers/bela-novak/topics/bridges/") && bela.contains("<figure class=\"activity\">")
    );
    assert!(site.tree("public").contains_key("speakers/ada-moreno/topics/bridges/index.html"));
    assert!(done.page("speakers/unnamed/index.html").contains("harbour official"));

    let hidden = "[[person]]\nid = \"ada-moreno\"\nname = \"Ada Moreno\"\npage = false\n\
                  portrait = \"ada.png\"\nportrait_credit = \"Xenia Quill\"\n";
    let site = talkative(12, hidden).file("static/ada.png", b"\x89PNG");
    let done =
        site.build().expect_ok().nowhere("/speakers/ada-moreno/").nowhere("Xenia Quill").nowhere("/ada.png");
    assert!(!site.tree("public").keys().any(|path| path.contains("moreno")));
    let bela = done.page("speakers/bela-novak/index.html");
    assert!(!bela.contains("id=\"named-by\""), "nobody with a page names Bela");
    let named = bela.split_once("id=\"speaks-of\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(
        named.contains("/speakers/cara-brand/") && !named.contains("<p class=\"speaker\">Ada Moreno"),
        "{named}"
    );
    for list in
        ["speakers/index.html", "topics/bridges/index.html", "places/oslo/index.html", "places/index.html"]
    {
        assert!(!done.page(list).contains("Ada Moreno"), "{list}");
    }
}

#[test]
fn search_engines_get_one_address_for_each_statement_of_a_speaker() {
    let site = talkative(12, "[[person]]\nid = \"cara-brand\"\nname = \"Cara Brand\"\nindex = false\n");
    let done = site.build().expect_ok();
    let sitemap = done.page("sitemap.xml");
    assert!(sitemap.contains("/speakers/bela-novak/<") && sitemap.contains("/speakers/unnamed/<"));
    assert!(!sitemap.contains("cara-brand") && !sitemap.contains("/bela-novak/topics/"));
    let narrowed = done.page("speakers/bela-novak/topics/bridges/index.html");
    assert!(narrowed.contains("<meta name=\"robots\" content=\"noindex\">"));
    let _ = site.check().expect_ok();
}

#[test]
fn corrections_stand_on_the_brief_and_in_the_feed() {
    let text = "+++\ntitle = \"Put right\"\ndate = 2025-12-06\n\
                corrections = [{ date = 2025-12-08, text = \"The bridge is in Bergen.\" }]\n+++\n\nBERGEN - Rain.\n";
    let site = SiteTest::new().file("content/a.md", text);
    let _ = site.build().expect_ok();
    let pages = holding(&site, "The bridge is in Bergen.");
    assert!(pages.contains(&"briefs/a/index.html".to_owned()), "{pages:?}");
    assert!(pages.contains(&"atom.xml".to_owned()), "{pages:?}");
}

#[test]
fn what_the_annotator_is_unsure_of_is_in_its_brief_alone() {
    // Two aides fit, so that nobody can tell who is meant.
    let text = "+++\ntitle = \"Two aides\"\ndate = 2025-12-06\ndescription = \"In short.\"\n+++\n\n\
        OSLO - Ada Moreno, an aide, met Bela Novak, an aide, on the bridge.\n\n\
        “The quagmire is deep,” the aide said.\n";
    let site = SiteTest::new().file("content/a.md", text);
    let done = site.build().expect_ok();
    assert!(done.page("briefs/a/index.html").contains(" unsure\""));
    assert_eq!(holding(&site, "quagmire is deep"), ["briefs/a/index.html"]);
}
