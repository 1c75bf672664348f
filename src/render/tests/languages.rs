//! The small site in other languages than its interface's first.

use super::*;
use crate::render::words;

/// Stretches of the English words that nothing else would say: of four words or more.
fn english_sentences() -> BTreeSet<&'static str> {
    let stretches = words::all().next().unwrap().stretches();
    stretches.map(str::trim).filter(|text| text.split_whitespace().count() >= 4).collect()
}

fn in_language(lang: &str) -> BTreeMap<String, String> {
    let mut fixture = Fixture::new();
    fixture.settings.site.lang = lang.into();
    rendered(&fixture)
}

#[test]
fn german_pages_have_no_english_sentence_left() {
    let sentences = english_sentences();
    let spoken = |pages: &BTreeMap<String, String>| -> Vec<(String, &'static str)> {
        let on = |path: &String, text: &String| {
            let found = sentences.iter().filter(|sentence| text.contains(**sentence));
            found.map(|sentence| (path.clone(), *sentence)).collect::<Vec<_>>()
        };
        pages.iter().flat_map(|(path, text)| on(path, text)).collect()
    };
    let english: BTreeSet<&str> =
        spoken(&rendered(&Fixture::new())).into_iter().map(|found| found.1).collect();
    assert!(english.len() > 50, "only {} of {} are looked for", english.len(), sentences.len());
    assert_eq!(spoken(&in_language("de")), []);
}

#[test]
fn german_pages_are_german_and_write_dates_so() {
    let pages = in_language("de-AT");
    for (path, html) in pages.iter().filter(|(_, html)| html.starts_with("<!DOCTYPE")) {
        assert!(html.contains("<html lang=\"de-AT\">"), "{path}");
    }
    let day = &pages["days/2024/05/27/index.html"];
    assert!(day.contains("<h1>Montag, <time datetime=\"2024-05-27\">27. Mai 2024</time></h1>"), "{day}");
    assert!(day.contains("<title>27. Mai 2024 | Harbour Notes</title>"));
    assert!(pages["days/2024/04/index.html"].contains("<h1>April 2024</h1>"));
    let brief = &pages["briefs/union-answers/index.html"];
    assert!(brief.contains("Wer was gesagt hat"));
    assert_eq!(brief.matches(" lang=\"").count(), 1, "what is in the language of the page says nothing");
    assert!(brief.contains("data-copied=\"Kopiert\"") && brief.contains("data-place=\"{n} von {of}\""));
    assert!(pages["atom.xml"].contains("Berichtigung, 26. Mai 2024: "));
    assert!(pages["speakers/index.html"].contains("aria-current=\"page\">Sprecher</a>"));
}

/// A site in a language without words has them in English, and says so where it matters.
#[test]
fn what_is_in_another_language_says_so() {
    let pages = in_language("fr");
    let brief = &pages["briefs/union-answers/index.html"];
    assert!(brief.contains("<html lang=\"en\">") && brief.contains("<h1 lang=\"fr\">"));
    assert!(brief.contains("<div class=\"copy\" lang=\"fr\">"));
    assert!(brief.contains("\"inLanguage\":\"fr\""));

    let mut fixture = Fixture::new();
    fixture.records[0].article.meta.lang = Some("de".into());
    let pages = rendered(&fixture);
    let brief = &pages["briefs/union-answers/index.html"];
    assert!(brief.contains("<html lang=\"en\">") && brief.contains("<h1 lang=\"de\">"));
    assert!(brief.contains("<div class=\"copy\" lang=\"de\">") && brief.contains("\"inLanguage\":\"de\""));
    // The labels in the text are not its author's.
    assert!(brief.contains("<span class=\"vh\" lang=\"en\"> (said by Mara Lindqvist"));
    assert!(pages["briefs/index.html"].contains("<p class=\"title\" lang=\"de\">"));
    assert!(!pages["briefs/lock-opens/index.html"].contains(" lang=\"de\""));
}
