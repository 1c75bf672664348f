//! German: the gold file of dates, scored, and a German article on a site.

use serde_json::Value;

use crate::support::SiteTest;

/// The gold items of one part.
fn gold(part: &str) -> Vec<Value> {
    let path = gold_file(part);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect()
}

fn gold_file(part: &str) -> String {
    format!("{}/tests/gold/dates-de-{part}.jsonl", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_gold_stands_where_it_says() {
    let mut expressions = 0;
    for item in gold("dev").into_iter().chain(gold("held")) {
        let text: Vec<char> = item["text"].as_str().unwrap().chars().collect();
        for timex in item["timexes"].as_array().unwrap() {
            let place = |key: &str| usize::try_from(timex[key].as_u64().unwrap()).unwrap();
            let words: String = text[place("start")..place("end")].iter().collect();
            assert_eq!(timex["text"], words, "{}", item["id"]);
            expressions += 1;
        }
    }
    assert_eq!(expressions, 232);
}

/// Measured: 95.1 and 92.5. What is mended may raise the floors; nothing may lower them.
#[test]
fn the_values_of_german_dates() {
    for (part, floor) in [("dev", 0.94), ("held", 0.92)] {
        let gold = gold_file(part);
        let done = SiteTest::new().run(&["eval", "dates", &gold, "--json"]).expect_ok();
        let figures: Value = serde_json::from_str(&done.stdout).unwrap();
        let f1 = figures["value"]["f1"].as_f64().unwrap();
        assert!(f1 >= floor, "{part}: value F1 {f1}");
    }
}

const ARTICLE: &str = "+++\n\
title = \"Werft in Kiel\"\n\
date = 2025-12-06\n\
lang = \"de-DE\"\n\
+++\n\n\
KIEL - „Wir bauen am 12. Januar weiter“, sagte Ada Lind am Freitag. Am 5. Dezember war Pause, z. B. für Peter \
Hahn.\n\n\
»Der Sommer war gut«, said Ada Lind. He said: „will“ hatte sie 1988 gesagt.\n";

#[test]
fn a_german_article_shows_its_dates_and_no_wrong_speaker() {
    let site = SiteTest::new().good().file("content/werft.md", ARTICLE);
    let done = site.build().expect_ok().stderr_is(
        "\
note[Q002 no-rules-for-language]: there are no rules for speakers in `de-DE`: dates alone are read in this brief
 --> content/werft.md
  = help: `lang` in the front matter, else in dateline.toml, says the language; speakers are read in `en`

",
    );
    let page = done.page("briefs/werft/index.html");
    assert!(
        page.contains("<html lang=\"en\">") && page.contains(" class=\"copy\" lang=\"de-DE\">"),
        "{page}"
    );
    for (day, words) in [
        ("2026-01-12", "12. Januar"),
        ("2025-12-05", "Freitag"),
        ("2025-12-05", "5. Dezember"),
        ("1988", "1988"),
    ] {
        let time = format!("datetime=\"{day}\"");
        assert!(page.contains(&time) && page.contains(words), "{day} {words}: {page}");
    }
    assert!(!page.contains("class=\"q") && !page.contains("/speakers/ada-lind/"), "{page}");
    assert!(done.page("days/2025/12/05/index.html").contains("sagte Ada Lind am "));
    let _ = done.expect_no_page("speakers/ada-lind/index.html").expect_page("days/2026/01/12/index.html");
}

#[test]
fn the_language_of_the_site_counts_where_an_article_names_none() {
    let settings = "title = \"Nord\"\nbase_url = \"https://news.example/\"\nlang = \"de\"\n";
    let site = SiteTest::new().file("dateline.toml", settings).brief("a", "KIEL - Am 5.12. schneite es.");
    let english =
        "+++\ntitle = \"B\"\ndate = 2025-12-06\nlang = \"en\"\n+++\n\nOSLO - It snowed on 5.12. in May.\n";
    let site = site.file("content/b.md", english);
    let done = site.build().expect_ok();
    assert!(done.page("briefs/a/index.html").contains("datetime=\"2025-12-05\""));
    assert!(!done.page("briefs/b/index.html").contains("datetime=\"2025-12-05\""));
}

#[test]
fn pages_of_a_german_site_speak_german_and_those_of_another_say_what_they_speak() {
    let site = |lang: &str| {
        let config = format!("title = \"Hafen\"\nbase_url = \"https://hafen.example\"\nlang = \"{lang}\"\n");
        let text = "+++\ntitle = \"Le port\"\ndate = 2025-12-05\n+++\n\nLe 2025-12-04.\n";
        SiteTest::new().file("dateline.toml", config).file("content/port.md", text)
    };
    let german = site("de-CH");
    let day = german.build().expect_ok().page("days/2025/12/05/index.html");
    assert!(day.contains("<html lang=\"de-CH\">") && day.contains("Freitag, <time"), "{day}");
    assert!(day.contains(">Zum Inhalt springen</a>"), "{day}");
    let _ = site("fr").check().expect_ok().stderr_is(
        "\
note[Q002 no-rules-for-language]: there are no rules for `fr`: only dates such as 2025-12-05 are read in this brief
 --> content/port.md
  = help: `lang` in the front matter, else in dateline.toml, says the language; speakers are read in `en`

note[C005 no-words-for-language]: pages speak English around the texts: there are no words for `fr`
 --> dateline.toml
  = help: `lang` in dateline.toml says the language; there are words for `en`, `de`

",
    );
}
