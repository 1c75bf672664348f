//! `eval dates`: figures worked out by hand on our own gold, and those of the shared scorer on the
//! shared gold, where both are there.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{score, shared};
use crate::support::{Done, SiteTest};

/// A site with our own gold in it, and what some system has found.
fn site() -> SiteTest {
    let read =
        |name: &str| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold").join(name)).unwrap();
    SiteTest::bare().file("gold.jsonl", read("dates.jsonl")).file("system.jsonl", read("dates_system.jsonl"))
}

fn eval(site: &SiteTest, arguments: &[&str]) -> Done {
    site.run(&[&["eval", "dates"], arguments].concat())
}

/// Of the seven expressions six are met, four by the same words; five have the right type. Six
/// have a value, one of which ("2030") is missed, and three of the five met are valued rightly.
#[test]
fn figures_worked_out_by_hand() {
    let site = site();
    let done = eval(&site, &["gold.jsonl", "system.jsonl"]).expect_ok();
    assert_eq!(
        done.stdout,
        "                        strict             relaxed         type        value         both    accuracy
            gold   sys     P     R    F1     P     R    F1     F1     P     R    F1     F1  type value
ALL            7     7  57.1  57.1  57.1  85.7  85.7  85.7   71.4  50.0  50.0  50.0   33.3  83.3  60.0
DATE           6     6  50.0  50.0  50.0  83.3  83.3  83.3   66.7  60.0  60.0  60.0   40.0  80.0  75.0
DURATION       1     1 100.0 100.0 100.0 100.0 100.0 100.0  100.0   0.0   0.0   0.0    0.0 100.0   0.0
Documents without an answer, counted as without dates: 1
Answers to documents that are not in the gold, not counted: 1
"
    );
    let json = eval(&site, &["gold.jsonl", "system.jsonl", "--json", "--per-doc"]).expect_ok();
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&json["value"]["tp"], &json["value"]["system"], &json["value"]["gold"]),
        (&3.into(), &6.into(), &6.into())
    );
    assert_eq!(json["type"]["f1"].as_f64(), Some(5.0 / 7.0));
    assert_eq!(json["per_type"]["DATE"]["value_accuracy"].as_f64(), Some(0.75));
    assert_eq!(json["docs"]["crews"]["strict"]["tp"].as_u64(), Some(2));
    assert_eq!(json["docs"].as_object().unwrap().keys().collect::<Vec<_>>(), ["harbour", "crews", "silence"]);
    assert_eq!(json["documents"].as_u64(), Some(3));
}

/// "June 2031" of the headline and of the body, twice in one document, are two expressions.
#[test]
fn options_choose_what_counts() {
    let site = site();
    for (options, row) in [
        (
            &["--no-header"][..],
            "ALL            6     6  50.0  50.0  50.0  83.3  83.3  83.3   66.7  40.0  40.0  40.0   20.0  80.0  50.0",
        ),
        (
            &["--types", "DURATION"],
            "ALL            1     1 100.0 100.0 100.0 100.0 100.0 100.0  100.0   0.0   0.0   0.0    0.0 100.0   0.0",
        ),
        (
            &["--types", "SET,TIME"],
            "ALL            0     0   0.0   0.0   0.0   0.0   0.0   0.0    0.0   0.0   0.0   0.0    0.0   0.0   0.0",
        ),
    ] {
        let done = eval(&site, &[&["gold.jsonl", "system.jsonl"], options].concat()).expect_ok();
        assert_eq!(done.stdout.lines().nth(2), Some(row), "{options:?}");
    }
    let each = eval(&site, &["gold.jsonl", "system.jsonl", "--per-doc"]).expect_ok();
    assert_eq!(
        each.stdout.lines().nth(6),
        Some(
            "crews          3     3  66.7  66.7  66.7 100.0 100.0 100.0   66.7  50.0  50.0  50.0   50.0  66.7  50.0"
        )
    );
    let spelled = site
        .file(
            "a.jsonl",
            r#"{"id":"a","text":"the 2030s","timexes":[{"start":4,"end":9,"type":"DATE","value":"203X"}]}"#,
        )
        .file("b.jsonl", r#"{"id":"a","dates":[{"start":4,"end":9,"type":"DATE","value":"203"}]}"#);
    for (options, value) in [(&[][..], 1.0), (&["--exact"], 0.0)] {
        let done = eval(&spelled, &[&["a.jsonl", "b.jsonl", "--json"], options].concat()).expect_ok();
        let json: Value = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!(json["value"]["f1"].as_f64(), Some(value), "{options:?}");
    }
}

#[test]
fn slips_are_shown_in_their_words() {
    let site = site();
    let slips = |count: &str| {
        let done = eval(&site, &["gold.jsonl", "system.jsonl", "--errors", count]).expect_ok();
        done.stdout.split_once("\n\n").map(|(_, slips)| slips.to_owned())
    };
    let all = "\
value    harbour  …nd opens on 9 May 2031. It was shut for [three weeks] in 2030.  gold DURATION P3W, system DURATION P21D “three weeks”
missed   harbour  …ay 2031. It was shut for three weeks in [2030].  gold DATE 2030
spurious harbour  The [harbour] closed on 2 May 2031 and opens on 9 May…  system DATE 2031
value    crews  …n June 2031  The crews’ vote is set for [June 2031]. Nobody has sailed since the great stor…  gold DATE 2031-06, system SET XXXX-06 “June 2031”
";
    assert_eq!(slips("9").as_deref(), Some(all));
    assert_eq!(slips("1").as_deref(), all.split_inclusive('\n').next());
    assert_eq!(slips("0"), None);
}

/// Our own tagger, on dates that the text writes out; the storm has no value to be found.
#[test]
fn without_a_system_the_texts_are_annotated() {
    let done = eval(&site(), &["gold.jsonl", "--errors", "9"]).expect_ok();
    let rows: Vec<&str> = done.stdout.lines().skip(2).collect();
    assert_eq!(
        rows,
        [
            "ALL            7     6 100.0  85.7  92.3 100.0  85.7  92.3   92.3 100.0 100.0 100.0  100.0 100.0 100.0",
            "DATE           6     5 100.0  83.3  90.9 100.0  83.3  90.9   90.9 100.0 100.0 100.0  100.0 100.0 100.0",
            "DURATION       1     1 100.0 100.0 100.0 100.0 100.0 100.0  100.0 100.0 100.0 100.0  100.0 100.0 100.0",
            "",
            "missed   crews  … for June 2031. Nobody has sailed since [the great storm].  gold DATE null",
        ]
    );
}

#[test]
fn a_wrong_line_is_named_to_the_letter() {
    let good = r#"{"id":"a","text":"In May.","date":"2031-05-02","timexes":[]}"#;
    let site = SiteTest::bare().file("good.jsonl", good);
    for (line, message) in [
        (r#"{"id":"b""#, "gold.jsonl:2: not a gold document: EOF while parsing an object (column 9)"),
        (good, "gold.jsonl:2: the document `a` is in line 1 already"),
        (
            r#"{"id":"b","text":"In May.","timexes":[{"start":3,"end":8,"type":"DATE","value":"2031-05"}]}"#,
            "gold.jsonl:2: the expression 3..8 lies outside the text, which has 7 characters",
        ),
        (
            r#"{"id":"b","text":"In May.","date":"2 May 2031","timexes":[]}"#,
            "gold.jsonl:2: `2 May 2031` is no date; write it as 2025-12-06",
        ),
    ] {
        site.write("gold.jsonl", format!("{good}\n{line}\n"));
        let done = eval(&site, &["gold.jsonl"]).expect_code(2).stderr_is(&format!("dateline: {message}\n"));
        assert_eq!(done.stdout, "");
    }
    site.write("system.jsonl", "{\"id\":\"a\",\"dates\":[{\"start\":3,\"end\":90}]}");
    let message =
        "dateline: system.jsonl:1: the expression 3..90 lies outside the text, which has 7 characters\n";
    let _ = eval(&site, &["good.jsonl", "system.jsonl"]).expect_code(2).stderr_is(message);
    let missing = eval(&site, &["nowhere.jsonl"]).expect_code(2);
    assert!(missing.stderr.starts_with("dateline: cannot read nowhere.jsonl: "), "{}", missing.stderr);
}

#[test]
fn every_figure_is_that_of_the_shared_scorer() {
    let folder = match shared("dates/score_dates.py") {
        Ok(folder) => folder,
        Err(what) => {
            eprintln!("skipped: {what} is absent");
            return;
        }
    };
    for name in ["timebank", "meantime_dev", "seed"] {
        let gold = folder.join(name).with_extension("jsonl");
        let site = SiteTest::bare();
        let answers = site.pipe(&["annotate", "--jsonl"], &fs::read(&gold).unwrap()).expect_ok().stdout;
        site.write("system.jsonl", answers);
        let gold = gold.to_str().unwrap();
        same(&site, &folder, &[gold], &[gold, "system.jsonl"]);
        for options in [
            &["--per-doc"][..],
            &["--no-header"],
            &["--exact"],
            &["--types", "DATE,TIME"],
            &["--types", "DURATION", "--no-header", "--exact"],
        ] {
            let arguments = [&[gold, "system.jsonl"], options].concat();
            same(&site, &folder, &arguments, &arguments);
        }
    }
}

/// Compares the figures in full, and those of the two tables to the last digit printed.
fn same(site: &SiteTest, folder: &Path, ours: &[&str], theirs: &[&str]) {
    let scorer = |more: &[&str]| score(site, &folder.join("score_dates.py"), &[theirs, more].concat());
    let json = eval(site, &[ours, &["--json"]].concat()).expect_ok().stdout;
    let (own, other): (Value, Value) =
        (serde_json::from_str(&json).unwrap(), serde_json::from_str(&scorer(&["--json"])).unwrap());
    assert_eq!(own, other, "{ours:?}");

    let other = scorer(&[]);
    let rows: Vec<&str> = other.lines().filter(|line| line.contains(" | VALUE F1 ")).collect();
    let table = eval(site, ours).expect_ok().stdout;
    assert!(rows.len() > 1 && table.lines().count() >= 2 + rows.len(), "{other}{table}");
    for (row, line) in rows.iter().zip(table.lines().skip(2)) {
        let (row, line): (Vec<&str>, Vec<&str>) = (numbers(row), numbers(line));
        // Theirs: gold, sys, strict 3, relaxed 3, type, value F1 P R, both, value accuracy. Ours
        // has the value's P and R first, and the accuracy of types before that of values.
        let order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 9, 10, 12, 14];
        assert_eq!(row, order.map(|column| line[column]), "{ours:?}");
    }
}

/// The numbers of a row behind its name.
fn numbers(row: &str) -> Vec<&str> {
    let words = row.split([' ', '(', ')']).skip(1);
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).collect()
}
