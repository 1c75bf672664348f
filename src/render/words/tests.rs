//! The catalogues hold what the interface asks for, in every language alike.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::pattern::Piece;
use super::*;
use crate::annotate::timex::Value;
use crate::render::date::DateView;

fn en() -> &'static Words {
    Words::of_tag("en")
}

fn de() -> &'static Words {
    Words::of_tag("de")
}

/// The places of a pattern.
fn places(pattern: &'static Pattern) -> BTreeSet<&'static str> {
    let place = |piece: &'static Piece| match piece {
        Piece::Place(name) => Some(name.as_str()),
        Piece::Words(_) => None,
    };
    pattern.pieces().iter().filter_map(place).collect()
}

/// Every template and every source file of the pages without their tests, by path.
fn sources() -> BTreeMap<String, String> {
    fn add(out: &mut BTreeMap<String, String>, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().replace('\\', "/");
            let tests = ["/tests", "/fixture", "/golden"].iter().any(|part| name.contains(part));
            if path.is_dir() && !tests {
                add(out, &path);
            } else if ["rs", "html", "xml", "svg"].iter().any(|end| name.ends_with(&format!(".{end}")))
                && !tests
            {
                let text = std::fs::read_to_string(&path).unwrap();
                let own = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
                out.insert(name, own.to_owned());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = BTreeMap::new();
    add(&mut sources, &root.join("templates"));
    add(&mut sources, &root.join("src/render"));
    sources
}

#[test]
fn every_key_that_is_asked_for_is_there_and_every_other_is_gone() {
    // `"brief.when" | words` in templates; in Rust whatever has the form of a key of a known group.
    let asked = regex::Regex::new(r#""([a-z_]+\.[a-z_]+)"\s*\|\s*words\b"#).unwrap();
    let literal = regex::Regex::new(r#""([a-z_]+\.[a-z_]+)""#).unwrap();
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in sources() {
        let is_rust = path.ends_with(".rs");
        let keys = if is_rust { &literal } else { &asked };
        for key in keys.captures_iter(&text).map(|found| found[1].to_owned()) {
            let file = is_rust
                && Path::new(&key).extension().is_some_and(|end| {
                    ["html", "xml", "json", "css", "js", "svg", "txt", "toml", "png"]
                        .iter()
                        .any(|known| end == *known)
                });
            if !file {
                used.insert(key, path.clone());
            }
        }
    }
    for words in all() {
        for (key, path) in &used {
            assert!(words.entries.contains_key(key), "{}: no `{key}`, which {path} asks for", words.tag);
        }
        for key in sorted(words).keys().copied() {
            assert!(used.contains_key(key), "{}: nothing asks for `{key}`", words.tag);
        }
    }
}

/// Every key with what stands under it, in order.
fn sorted(words: &'static Words) -> BTreeMap<&'static String, &'static Entry> {
    words.entries.iter().collect()
}

#[test]
fn every_language_has_the_same_keys_places_and_names() {
    for words in all().skip(1) {
        assert!(sorted(words).keys().eq(sorted(en()).keys()), "{}", words.tag);
        for (key, entry) in sorted(words) {
            let place = format!("{}: {key}", words.tag);
            match (entry, &en().entries[key]) {
                (Entry::One(one), Entry::One(other)) => assert_eq!(places(one), places(other), "{place}"),
                (Entry::Names(one), Entry::Names(other)) => assert_eq!(one.len(), other.len(), "{place}"),
                (Entry::Forms(one), Entry::Forms(other)) => {
                    let other = places(&other[&Category::Other]);
                    assert_eq!(places(&one[&Category::Other]), other, "{place}");
                    // A form for one number may do without saying it.
                    let least: BTreeSet<&str> = other.iter().copied().filter(|name| *name != "n").collect();
                    for form in one.values().map(places) {
                        assert!(form.is_subset(&other) && form.is_superset(&least), "{place}");
                    }
                }
                _ => panic!("{place} is of another kind"),
            }
        }
    }
}

#[test]
fn what_depends_on_a_number_has_a_form_for_every_category() {
    for words in all() {
        for (key, entry) in sorted(words) {
            let Entry::Forms(forms) = entry else { continue };
            let grammar = words.grammar;
            let rule = if key == "dates.ordinal" { grammar.ordinals } else { grammar.plurals };
            let there: Vec<Category> = forms.keys().copied().collect();
            assert_eq!(there, rule.categories(), "{}: {key}", words.tag);
        }
    }
}

#[test]
fn words_are_those_of_the_language_and_english_where_there_are_none() {
    for (tag, words, lang) in [
        ("en", "en", "en"),
        ("en-GB", "en", "en-GB"),
        ("DE-at", "de", "DE-at"),
        ("fr", "en", "en"),
        ("", "en", "en"),
    ] {
        let found = Words::of_tag(tag);
        assert_eq!((found.tag, found.lang(tag)), (words, lang), "{tag}");
    }
}

#[test]
fn numbers_take_their_form() {
    assert_eq!(en().count("count.briefs", 1), "1 brief");
    assert_eq!(en().count("count.briefs", 0), "0 briefs");
    for (n, expected) in [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")] {
        let century: Value = format!("{:02}", n - 1).parse().unwrap();
        assert_eq!(en().value(century), format!("the {expected} century"));
    }
}

/// What pages say in English is what the program says elsewhere.
#[test]
fn english_dates_are_those_of_the_values() {
    for text in [
        "2025-12-05",
        "2025-W49",
        "2025-W49-WE",
        "2025-12",
        "2025-Q4",
        "2025-H1",
        "2025-WI",
        "2025",
        "196",
        "19",
        "2025-12-05TEV",
        "2025-12-05TDT",
        "2025-12-05T09:32-04:00",
        "2025-12-05T09:32Z",
        "1969-07-20T20:17",
        "2025-12-31T24",
        "PXD",
        "P1D",
        "P2W",
        "PT1.5H",
        "PT12M9S",
        "PXCE",
        "XXXX-WXX-1",
        "XXXX-WXX-1TEV",
        "XXXX-XX-XX",
        "XXXX-XX-XXTMO",
        "XXXX-SU",
        "XXXX-12",
        "XXXX-12-25",
        "PAST_REF",
        "PRESENT_REF",
        "FUTURE_REF",
    ] {
        let value: Value = text.parse().unwrap();
        assert_eq!(en().value(value), value.label(), "{text}");
    }
}

#[test]
fn german_dates_are_written_the_german_way() {
    for (text, expected, said_on) in [
        ("2025-12-05", "5. Dezember 2025", "am 5. Dezember 2025"),
        ("2025-W49", "Woche vom 1. Dezember 2025", "in der Woche vom 1. Dezember 2025"),
        ("2025-W49-WE", "Wochenende vom 6. Dezember 2025", "am Wochenende vom 6. Dezember 2025"),
        ("2025-12", "Dezember 2025", "im Dezember 2025"),
        ("2025-Q3", "3. Quartal 2025", "im 3. Quartal 2025"),
        ("2025-H1", "1. Halbjahr 2025", "im 1. Halbjahr 2025"),
        ("2025-SP", "Frühjahr 2025", "im Frühjahr 2025"),
        ("2025", "2025", "im Jahr 2025"),
        ("199", "1990er-Jahre", "in den 1990er-Jahren"),
        ("18", "19. Jahrhundert", "im 19. Jahrhundert"),
        ("2025-12-05T14:30", "5. Dezember 2025, 14:30 Uhr", "am 5. Dezember 2025, 14:30 Uhr"),
        (
            "2025-12-05T14:30+01:00",
            "5. Dezember 2025, 14:30 Uhr UTC+01:00",
            "am 5. Dezember 2025, 14:30 Uhr UTC+01:00",
        ),
        ("2025-12-05TEV", "5. Dezember 2025, abends", "am 5. Dezember 2025, abends"),
        ("PT1.5H", "1,5 Stunden", "1,5 Stunden"),
        ("P1D", "1 Tag", "1 Tag"),
        ("XXXX-WXX-1TEV", "jeden Montag abends", "jeden Montag abends"),
        ("XXXX-12-25", "jeden 25. Dezember", "jeden 25. Dezember"),
    ] {
        let value: Value = text.parse().unwrap();
        assert_eq!((de().value(value), de().said_on(value)), (expected.into(), said_on.into()), "{text}");
    }
    for (begin, end, label, narrow) in [
        ("2025-12-02", "2025-12-05", "2. bis 5. Dezember 2025", "2.–5. Dez. 2025"),
        ("2025-11-30", "2025-12-02", "30. November bis 2. Dezember 2025", "30. Nov. – 2. Dez. 2025"),
        ("2025-12-30", "2026-01-02", "30. Dezember 2025 bis 2. Januar 2026", "30. Dez. 2025 – 2. Jan. 2026"),
        ("2025-04", "2025-06", "April bis Juni 2025", "April bis Juni 2025"),
    ] {
        let view = DateView::interval(de(), begin.parse().unwrap(), end.parse().unwrap(), None);
        assert_eq!((view.label.as_str(), view.medium.as_str()), (label, narrow));
    }
    let view = DateView::value(de(), "2025-12-05".parse().unwrap(), None);
    assert_eq!(
        (view.short.as_str(), view.medium.as_str(), view.weekday),
        ("5. Dez.", "5. Dez. 2025", Some("Freitag"))
    );
}

/// A word outside the catalogue would be English in every language.
#[test]
fn templates_hold_no_words_of_their_own() {
    let code = regex::Regex::new(r"(?s)\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}").unwrap();
    let tag = regex::Regex::new(r"(?s)<[^>]*>").unwrap();
    let word = regex::Regex::new(r"\p{L}{2,}").unwrap();
    let told = regex::Regex::new(r#" (?:aria-label|title|alt|placeholder)="([^"]*)""#).unwrap();
    let mut templates = 0;
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.ends_with(".rs")) {
        templates += 1;
        let html = code.replace_all(&text, "");
        for attribute in told.captures_iter(&html) {
            assert!(!word.is_match(&attribute[1]), "{path}: {}", &attribute[0]);
        }
        // The class of the main part is a block of its own, outside any tag.
        let words = tag.replace_all(&html, "").replace("class=\"", "").replace("Dateline", "");
        let blocks = ["list", "brief", "front", "plain"];
        let left: Vec<&str> = word.find_iter(&words).map(|found| found.as_str()).collect();
        let left: Vec<&&str> = left.iter().filter(|word| !blocks.contains(word)).collect();
        assert!(left.is_empty(), "{path}: {left:?}");
    }
    assert!(templates > 30);
}
