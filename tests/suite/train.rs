//! `train quotes`: a file of weights, the same bytes each time, and errors that say where.

use std::fs;

use crate::support::SiteTest;

/// Marked articles of our own: offsets count code points.
fn gold() -> String {
    let mut lines = String::new();
    for (number, name) in
        ["Ann Lee", "Bob Ray", "Ida Holm", "Tom Oss", "Eva Lind"].iter().cycle().take(20).enumerate()
    {
        let length = name.len();
        let cue = length + 1;
        let content = cue + 5;
        let text = format!("{name} said the dam would hold.");
        let end = text.len() - 1;
        lines.push_str(&format!(
            "{{\"id\":\"{number}\",\"text\":\"{text}\",\"attributions\":[{{\"source\":[[0,{length}]],\"cue\":[[{cue},{}]],\"content\":[[{content},{end}]]}}]}}\n",
            cue + 4
        ));
    }
    lines
}

#[test]
fn the_same_articles_give_the_same_weights() {
    let site = SiteTest::bare().file("gold.jsonl", gold());
    let train = |output: &str| site.run(&["train", "quotes", "gold.jsonl", "-o", output]).expect_ok();
    let told = train("one.bin");
    let again = train("two.bin");
    assert!(again.stdout.is_empty(), "{}", again.stdout);
    let read = |name: &str| fs::read(site.root().join(name)).unwrap();
    let one = read("one.bin");
    assert!(one.starts_with(b"dateline attribution 1\n"));
    assert_eq!(one, read("two.bin"));
    assert_eq!(told.stderr, format!("one.bin: 20 articles, {} bytes\n", one.len()));
}

#[test]
fn what_cannot_be_learnt_from_is_said() {
    let line = "{\"id\":\"a\",\"text\":\"So.\",\"attributions\":[{\"content\":[[0,9]]}]}";
    let site =
        SiteTest::bare().file("empty.jsonl", "\n").file("outside.jsonl", line).file("other.jsonl", "[]");
    let error = |gold: &str| site.run(&["train", "quotes", gold, "-o", "w.bin"]).stderr;
    assert_eq!(error("empty.jsonl"), "dateline: empty.jsonl: there is no article to learn from\n");
    assert_eq!(error("outside.jsonl"), "dateline: outside.jsonl:1: the span 0..9 lies outside the text\n");
    assert!(error("other.jsonl").starts_with("dateline: other.jsonl:1: not a marked article: "));
    assert!(error("none.jsonl").starts_with("dateline: cannot read none.jsonl: "));
}
