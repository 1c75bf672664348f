//! `eval quotes`: attributions and their sources.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{fractions, same_value, score, shared};
use crate::support::{Done, SiteTest};

/// A site with our own gold in it, and what some system has found.
pub(super) fn site() -> SiteTest {
    let read =
        |name: &str| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold").join(name)).unwrap();
    SiteTest::bare()
        .file("gold.jsonl", read("attributions.jsonl"))
        .file("system.jsonl", read("attributions_system.jsonl"))
}

fn eval(site: &SiteTest, arguments: &[&str]) -> Done {
    site.run(&[&["eval", "quotes"], arguments].concat())
}

/// Of seven attributions five contents are found, one of them in part and one with the wrong source;
/// the system's sixth is what was denied. Of the gold's cues all but "found" are cues of saying; the
/// system leaves one out. Contents: 25 words of the system, of which all but "that" are among the 30
/// of the gold.
#[test]
fn figures_worked_out_by_hand() {
    let site = site();
    let done = eval(&site, &["gold.jsonl", "system.jsonl"]).expect_ok();
    assert_eq!(
        done.stdout,
        "articles 3, attributions: gold 7, system 6
                        P      R     F1
content_exact       66.67  57.14  61.54
content_partial     83.33  67.86  74.80
content_tok         96.00  80.00  87.27
source_exact        33.33  28.57  30.77
source_partial      66.67  45.24  53.90
source_tok          50.00  41.67  45.45
cue_exact           80.00  57.14  66.67
cue_partial         80.00  57.14  66.67
cue_tok             80.00  57.14  66.67
found               83.33  71.43  76.92
attr                66.67  57.14  61.54
say_attr            66.67  66.67  66.67
strict              16.67  14.29  15.38
direct_attr        100.00 100.00 100.00
mixed_attr           0.00   0.00   0.00
indirect_attr       33.33  25.00  28.57
right source where the content was found  80.00
direct        3, recall: partial  91.67 found 100.00 attr 100.00
mixed         0, recall: partial   0.00 found   0.00 attr   0.00
indirect      4, recall: partial  50.00 found  50.00 attr  25.00
quoted strings of five words or more: 1, covered 100.00 dq_acc 100.00 dq_prec 100.00 dq_name 100.00
what the system calls direct, mixed or indirect is so  80.00
Documents without an answer, counted as without attributions: 1
Answers to documents that are not in the gold, not counted: 1
"
    );
    let json = eval(&site, &["gold.jsonl", "system.jsonl", "--json"]).expect_ok();
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((json["n_gold"].as_u64(), json["say_n"].as_u64()), (Some(7), Some(6)));
    assert_eq!(json["attr_p"].as_f64(), Some(4.0 / 6.0));
    assert_eq!(json["kind_acc"].as_f64(), Some(0.8));
    let row = eval(&site, &["gold.jsonl", "system.jsonl", "--row", "some|system"]).expect_ok().stdout;
    let rows: Vec<&str> = row.lines().collect();
    assert!(rows[0].starts_with("| system | C-ex |") && rows[1].starts_with("|---|---|"), "{row}");
    assert!(rows[2].starts_with("| some\\|system | 61.5 | 83.3 | 67.9 | 74.8 |"), "{row}");
    let columns = |row: &str| row.replace("\\|", "").matches('|').count();
    assert_eq!((columns(rows[0]), columns(rows[1]), columns(rows[2])), (25, 25, 25));
}

#[test]
fn slips_are_shown_in_their_words() {
    let site = site();
    let slips = |count: &str| {
        let done = eval(&site, &["gold.jsonl", "system.jsonl", "--errors", count]).expect_ok();
        done.stdout.split_once("\n\n").map(|(_, slips)| slips.to_owned())
    };
    let all = "\
missed   tide  [Harbour to close]  gold “mayor”
missed   tide  [few cracks]  gold “A survey”
spurious tide  [that]  system “Asta Lund, an engineer”
source   crews  [Crews want more pay]  gold “the union”, system “Crews”
";
    assert_eq!(slips("9").as_deref(), Some(all));
    assert_eq!(slips("1").as_deref(), all.split_inclusive('\n').next());
    assert_eq!(slips("0"), None);
    let nobody = site.file("a.jsonl", r#"{"id":"a","text":"So\nbe it.","attributions":[{"source":[],"cue":[],"content":[[0,2],[6,8]]}]}"#).file("b.jsonl", r#"{"id":"a","quotes":[]}"#);
    let done = eval(&nobody, &["a.jsonl", "b.jsonl", "--errors", "1"]).expect_ok();
    assert_eq!(done.stdout.lines().last(), Some("missed   a  [So … it]  gold no source"));
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
    assert!(own["attr_r"].as_f64() > Some(0.5) && own["attr_p"].as_f64() > Some(0.5), "{own}");
}

#[test]
fn a_wrong_line_is_named_to_the_letter() {
    let good = r#"{"id":"a","text":"He said no.","date":"2031-05-02","attributions":[]}"#;
    let site = SiteTest::bare().file("good.jsonl", good);
    for (line, message) in [
        (r#"{"id":"b""#, "gold.jsonl:2: not a gold document: EOF while parsing an object (column 9)"),
        (good, "gold.jsonl:2: the document `a` is in line 1 already"),
        (
            r#"{"id":"b","text":"No.","attributions":[{"source":[],"cue":[],"content":[[0,4]]}]}"#,
            "gold.jsonl:2: the content 0..4 lies outside the text, which has 3 characters",
        ),
        (
            r#"{"id":"b","text":"No.","date":"2 May 2031","attributions":[]}"#,
            "gold.jsonl:2: `2 May 2031` is no date; write it as 2025-12-06",
        ),
    ] {
        site.write("gold.jsonl", format!("{good}\n{line}\n"));
        let done = eval(&site, &["gold.jsonl"]).expect_code(2).stderr_is(&format!("dateline: {message}\n"));
        assert_eq!(done.stdout, "");
    }
    for (line, message) in [
        (
            r#"{"id":"a","quotes":[{"cue":[[3,90]]}]}"#,
            "system.jsonl:1: the cue 3..90 lies outside the text, which has 11 characters",
        ),
        (
            r#"{"schema":1,"id":"a","error":{"code":"bad-date","message":"no"}}"#,
            "system.jsonl:1: the document `a` has neither `quotes` nor `attributions`",
        ),
    ] {
        site.write("system.jsonl", line);
        let done = eval(&site, &["good.jsonl", "system.jsonl"]).expect_code(2);
        let _ = done.stderr_is(&format!("dateline: {message}\n"));
    }
    let missing = eval(&site, &["nowhere.jsonl"]).expect_code(2);
    assert!(missing.stderr.starts_with("dateline: cannot read nowhere.jsonl: "), "{}", missing.stderr);
}

/// The latest 84 articles of the shared gold.
#[test]
fn every_figure_is_that_of_the_shared_scorer() {
    let folder = match shared("quotes/score_quotes.py") {
        Ok(folder) => folder,
        Err(what) => {
            eprintln!("skipped: {what} is absent");
            return;
        }
    };
    let train = fs::read_to_string(folder.join("train.jsonl")).unwrap();
    let date = |line: &str| -> String {
        let article: Value = serde_json::from_str(line).unwrap();
        article["date"].as_str().unwrap().to_owned()
    };
    let mut lines: Vec<&str> = train.lines().collect();
    lines.sort_by_cached_key(|line| date(line));
    let gold = lines[lines.len() - 84..].join("\n");
    let site = SiteTest::bare().file("gold.jsonl", &gold);
    let answers = site.pipe(&["annotate", "--jsonl"], gold.as_bytes()).expect_ok().stdout;
    // The scorer reads a claim from `kind`, which is our `form`.
    let answers = answers.replace("\"form\":", "\"kind\":");
    site.write("system.jsonl", &answers);
    same(&site, &folder, &["gold.jsonl", "system.jsonl"]);
    // Half of the articles unanswered, and the gold against itself.
    site.write("half.jsonl", answers.lines().step_by(2).collect::<Vec<_>>().join("\n"));
    same(&site, &folder, &["gold.jsonl", "half.jsonl"]);
    same(&site, &folder, &["gold.jsonl", "gold.jsonl"]);
}

/// Compares the figures in full, and those of the two tables to the last digit printed.
fn same(site: &SiteTest, folder: &Path, files: &[&str]) {
    let scorer = |more: &[&str]| score(site, &folder.join("score_quotes.py"), &[files, more].concat());
    let own = |more: &[&str]| eval(site, &[files, more].concat()).expect_ok().stdout;
    let read = |json: &str| -> Value { serde_json::from_str(json).unwrap() };
    same_value(&read(&own(&["--json"])), &read(&scorer(&["--json"])), "");
    let (table, theirs) = (own(&[]), scorer(&[]));
    assert_eq!(fractions(&table), fractions(&theirs));
    assert!(fractions(&table).len() >= 3 * 16 + 1 + 9 + 4, "{table}");
    let row = own(&["--row", "ours"]);
    assert_eq!(row.lines().nth(2), scorer(&["--row", "ours"]).lines().next());
}
