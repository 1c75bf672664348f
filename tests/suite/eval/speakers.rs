//! `eval speakers`: who is behind the sources.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::quotes::site;
use super::{fractions, same_value, score, shared};
use crate::support::{Done, SiteTest};

fn eval(site: &SiteTest, arguments: &[&str]) -> Done {
    site.run(&[&["eval", "speakers"], arguments].concat())
}

/// Of four attributions to people three are found, and two of those have the right person: "Lund" is
/// Asta Lund, who is taken for the mayor once. The union is right without its article; for the sailor
/// nobody is named. The month of what was said on a day is right as a part of it.
#[test]
fn figures_worked_out_by_hand() {
    let site = site();
    let done = eval(&site, &["gold.jsonl", "system.jsonl"]).expect_ok();
    assert_eq!(
        done.stdout,
        "articles 3; contents meet from an overlap (dice) of 0.5 on

                                   n  match  right     acc acc|match    prec prec|match (of)
1 people, end to end               4      3      2   0.500     0.667   0.500      0.667    4
2 all with a speaker               7      5      3   0.429     0.600   0.600      0.750    5
2 all, also without                7      5      3   0.429     0.600
    document                       1      0      0   0.000         -
    organisation                   1      1      1   1.000     1.000
    person                         4      3      2   0.500     0.667
    unnamed                        1      1      0   0.000     0.000
3 direct quotations, people        1      1      0   0.000     0.000
    source is pronoun              1      1      0   0.000     0.000
3 direct quotations, all           1      1      0   0.000     0.000
4 right where the content met: people  0.667, all  0.600, direct quotations of people  0.000
5 said_on (gold 1, met 1): exact  0.000, of those met  0.000, prefix  1.000; given where the gold has none  0.000 of 4
6 identity: names of several people 0 of 3  0.000, people of several names 1 of 2  0.500 (by form 0), purity  1.000
Documents without an answer, counted as without quotations: 1
Answers to documents that are not in the gold, not counted: 1
"
    );
    let figures = eval(&site, &["gold.jsonl", "system.jsonl", "--json"]).expect_ok();
    let figures: Value = serde_json::from_str(&figures.stdout).unwrap();
    assert_eq!(figures["1_person"]["p_precision"], json!(0.5));
    assert_eq!(figures["2_by_kind"]["document"]["accuracy_given_match"], Value::Null);
    assert_eq!(
        (&figures["missing_articles"], &figures["articles_not_in_gold"]),
        (&json!(["silence"]), &json!(["elsewhere"]))
    );
    assert_eq!(figures["6_purity"]["splits"], json!([["tide", "Ole Berg", {"Ole Berg": 1, "Asta Lund": 1}]]));
    assert_eq!(figures["errors"][1], json!(["tide", "E3", "person", "Ole Berg", "Asta Lund"]));
}

/// Three direct quotations of people: one right and sure, one wrong and unsure, one right and
/// between. The last is found by no attribution of the gold.
#[test]
fn precision_can_be_bought_with_recall() {
    let text = "“The wall will hold for long,” Ann said. “It will not hold at all,” Bob said. “We shall see about all that,” Cyd said. “Nobody has asked any of us,” Dan said.";
    let spans = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        json!([[start, start + words.chars().count()]])
    };
    let contents = [
        "“The wall will hold for long,”",
        "“It will not hold at all,”",
        "“We shall see about all that,”",
        "“Nobody has asked any of us,”",
    ];
    let gold = |words: &str, name: &str| json!({"id": name, "source": spans(name), "content": spans(words), "speaker": name, "speaker_kind": "person"});
    let quote = |words: &str, name: &str, sure: f64| json!({"source": spans(name), "content": spans(words), "speaker": {"name": name, "kind": "person"}, "confidence": sure});
    let attributions = [gold(contents[0], "Ann"), gold(contents[1], "Bob"), gold(contents[2], "Cyd")];
    let quotes = [
        quote(contents[0], "Ann", 0.97),
        quote(contents[1], "Ann", 0.52),
        quote(contents[2], "Cyd", 0.8),
        quote(contents[3], "Dan", 0.9),
    ];
    let site = SiteTest::bare()
        .file("gold.jsonl", json!({"id": "a", "text": text, "attributions": attributions}).to_string())
        .file("system.jsonl", json!({"id": "a", "quotes": quotes}).to_string());
    let done = eval(&site, &["gold.jsonl", "system.jsonl"]).expect_ok();
    let table = done.stdout.split_once("\n7 ").unwrap().1;
    assert_eq!(
        table,
        "direct quotations of people by least confidence   recall    prec prec|match (of)
    0.50                                             0.667   0.500      0.667    4
    0.55                                             0.667   0.667      1.000    3
    0.60                                             0.667   0.667      1.000    3
    0.65                                             0.667   0.667      1.000    3
    0.70                                             0.667   0.667      1.000    3
    0.75                                             0.667   0.667      1.000    3
    0.80                                             0.667   0.667      1.000    3
    0.85                                             0.333   0.500      1.000    2
    0.90                                             0.333   0.500      1.000    2
    0.95                                             0.333   1.000      1.000    1
"
    );
    let figures = eval(&site, &["gold.jsonl", "system.jsonl", "--json"]).expect_ok();
    let figures: Value = serde_json::from_str(&figures.stdout).unwrap();
    let last = &figures["7_direct_person_by_least_confidence"][9];
    assert_eq!((&last["least"], &last["precision"], &last["n"]), (&json!(0.95), &json!(1.0), &json!(1)));
}

#[test]
fn options_choose_what_counts() {
    let site = site();
    let person = |options: &[&str]| {
        let arguments = [&["gold.jsonl", "system.jsonl", "--json"], options].concat();
        let figures: Value = serde_json::from_str(&eval(&site, &arguments).expect_ok().stdout).unwrap();
        let person = &figures["1_person"];
        [&person["n"], &person["matched"], &person["correct"]].map(|count| count.as_u64().unwrap())
    };
    assert_eq!(person(&[]), [4, 3, 2]);
    // "wall is sound" is three words of four.
    assert_eq!(person(&["--threshold", "0.9"]), [4, 2, 1]);
    assert_eq!(person(&["--threshold", "0.8", "--overlap", "jaccard"]), [4, 2, 1]);
    assert_eq!(person(&["--threshold", "0.75", "--overlap", "gold"]), [4, 3, 2]);
    assert_eq!(person(&["--threshold", "1", "--overlap", "min"]), [4, 3, 2]);
    assert_eq!(person(&["--only", "crews"]), [0, 0, 0]);
    assert_eq!(person(&["--only", "ti"]), [4, 3, 2]);
    assert_eq!(person(&["--strict-surname"]), [4, 3, 2]);
    let namesake = fs::read_to_string(site.root().join("gold.jsonl")).unwrap();
    let namesake = namesake.replacen("\"people\"", "\"others_same_surname\":[\"Ida Lund\"],\"people\"", 1);
    site.write("gold.jsonl", namesake);
    assert_eq!(person(&[]), [4, 3, 2]);
    assert_eq!(person(&["--strict-surname"]), [4, 3, 1]);
    let message = "error: invalid value '2' for '--threshold <FRACTION>': write a number between 0 and 1, such as 0.5\n";
    let done = eval(&site, &["gold.jsonl", "--threshold", "2"]).expect_code(2);
    assert!(done.stderr.starts_with(message), "{}", done.stderr);
}

#[test]
fn slips_are_shown_in_their_words() {
    let site = site();
    let slips = |count: &str| {
        let done = eval(&site, &["gold.jsonl", "system.jsonl", "--errors", count]).expect_ok();
        done.stdout.rsplit_once("\n\n").unwrap().1.to_owned()
    };
    let all = "\
missed   tide  [Harbour to close]  gold person “Ole Berg”
speaker  tide  [We have no money left for the wall]  gold person “Ole Berg”, system “Asta Lund”
missed   tide  [few cracks]  gold document “survey”
speaker  crews  [Nobody asked us]  gold unnamed “sailor”, system names nobody
";
    assert_eq!(slips("9"), all);
    assert_eq!(slips("1"), all.split_inclusive('\n').next().unwrap());
}

/// Our own answers are those of `annotate --jsonl`.
#[test]
fn without_a_system_the_texts_are_annotated() {
    let site = site();
    let answers = site.pipe(&["annotate", "--jsonl"], &fs::read(site.root().join("gold.jsonl")).unwrap());
    site.write("own.jsonl", answers.expect_ok().stdout);
    let own = eval(&site, &["gold.jsonl", "--json"]).expect_ok().stdout;
    assert_eq!(own, eval(&site, &["gold.jsonl", "own.jsonl", "--json"]).expect_ok().stdout);
    let own: Value = serde_json::from_str(&own).unwrap();
    assert!(own["1_person"]["accuracy"].as_f64() > Some(0.5), "{own}");
}

#[test]
fn a_wrong_line_is_named_to_the_letter() {
    let good = r#"{"id":"a","text":"He said no.","attributions":[]}"#;
    let site = SiteTest::bare().file("good.jsonl", good);
    let line =
        r#"{"id":"b","text":"No.","attributions":[{"id":"E","source":[],"content":[[0,2]],"speaker":"He"}]}"#;
    site.write("gold.jsonl", format!("{good}\n{line}\n"));
    let message = "dateline: gold.jsonl:2: not a gold document: missing field `speaker_kind` (column 94)\n";
    let _ = eval(&site, &["gold.jsonl"]).expect_code(2).stderr_is(message);
    site.write("system.jsonl", r#"{"id":"a","quotes":[{"source":[[9,12]],"speaker":null}]}"#);
    let message =
        "dateline: system.jsonl:1: the source 9..12 lies outside the text, which has 11 characters\n";
    let _ = eval(&site, &["good.jsonl", "system.jsonl"]).expect_code(2).stderr_is(message);
}

#[test]
fn every_figure_is_that_of_the_shared_scorer() {
    let folder = match shared("speakers/score_speakers.py") {
        Ok(folder) => folder,
        Err(what) => {
            eprintln!("skipped: {what} is absent");
            return;
        }
    };
    let path = folder.join("gold_dev.jsonl");
    let gold = path.to_str().unwrap();
    let site = SiteTest::bare();
    let answers = site.pipe(&["annotate", "--jsonl"], &fs::read(&path).unwrap()).expect_ok().stdout;
    site.write("system.jsonl", &answers);
    for options in [
        &[][..],
        &["--strict-surname"],
        &["--overlap", "gold"],
        &["--overlap", "jaccard", "--threshold", "0.3"],
        &["--overlap", "min", "--threshold", "0.8", "--strict-surname"],
        &["--only", "GUM"],
    ] {
        let arguments = [&[gold, "system.jsonl"], options].concat();
        same(&site, &folder, &arguments, &arguments);
    }
    same(&site, &folder, &[gold, gold], &[gold, "gold"]);
    // Names written otherwise, and articles without an answer.
    let shouted = answers.replace("\"name\":\"", "\"name\":\"President ");
    site.write("system.jsonl", shouted.lines().skip(2).collect::<Vec<_>>().join("\n"));
    same(&site, &folder, &[gold, "system.jsonl"], &[gold, "system.jsonl"]);
}

/// Compares the figures in full, and those of the two tables to the last digit printed.
fn same(site: &SiteTest, folder: &Path, ours: &[&str], theirs: &[&str]) {
    let scorer = |more: &[&str]| score(site, &folder.join("score_speakers.py"), &[theirs, more].concat());
    let own = |more: &[&str]| eval(site, &[ours, more].concat()).expect_ok().stdout;
    let (mut json, other): (Value, Value) = (
        serde_json::from_str(&own(&["--json"])).unwrap(),
        serde_json::from_str(&scorer(&["--json"])).unwrap(),
    );
    // The shared scorer asks nobody how sure they are.
    json.as_object_mut().unwrap().remove("7_direct_person_by_least_confidence");
    same_value(&json, &other, "");
    // The first line names the threshold, which each writes in its own way.
    let rows = |table: &str| table.split_once('\n').unwrap().1.to_owned();
    let (table, theirs) = (rows(&own(&[])), rows(&scorer(&[])));
    let table = table.split("\n7 ").next().unwrap();
    assert_eq!(fractions(table), fractions(&theirs));
    assert!(fractions(table).len() > 30, "{table}");
}
