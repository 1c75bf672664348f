//! The rules' own examples, and what holds for every text.

use proptest::prelude::*;

use super::grammar::Grammar;
use super::*;
use crate::annotate::Language;

/// The publication date of examples that name none: a Saturday.
const DCT: &str = "2025-12-06";

fn options(dct: Option<chrono::NaiveDate>) -> Options {
    options_in(Language::English, dct)
}

fn options_in(language: Language, dct: Option<chrono::NaiveDate>) -> Options {
    Options { dct: dct.or_else(|| DCT.parse().ok()), language, ..Options::default() }
}

/// One line an expression: its words, its value and its rule.
fn found(text: &str, options: &Options) -> Vec<(String, String, String, Option<&'static str>)> {
    let rules = &Grammar::of(options.language).rules;
    find::hits(text, &[], options)
        .into_iter()
        .map(|(rule, f)| {
            let words = f.timex.span.of(text).to_owned();
            (words, f.timex.value.to_string(), rules[rule].id.clone(), f.timex.modifier.map(Modifier::name))
        })
        .collect()
}

#[test]
fn each_rule_does_what_its_examples_say() {
    let mut wrong = Vec::new();
    let rules = Language::ALL
        .iter()
        .flat_map(|language| Grammar::of(*language).rules.iter().map(|rule| (*language, rule)));
    for (language, rule) in rules {
        assert!(!rule.examples.is_empty(), "{} has no example", rule.id);
        for example in &rule.examples {
            let all = found(&example.text, &options_in(language, example.dct));
            let holds = all.iter().any(|(words, value, id, modifier)| {
                (words, value, id) == (&example.find, &example.value, &rule.id)
                    && (example.modifier.is_none() || example.modifier.as_deref() == *modifier)
            });
            if !holds {
                wrong.push(format!("{}: {} gives {all:?}", rule.id, example.text));
            }
        }
        for counter in &rule.counter {
            let all = found(counter, &options_in(language, None));
            if all.iter().any(|(.., id, _)| *id == rule.id) {
                wrong.push(format!("{}: {counter} gives {all:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_deictic_day_can_be_told_again_from_the_day_of_speaking() {
    let spoken: chrono::NaiveDate = "2025-12-05".parse().unwrap();
    let text = "“The vote is today and the count tomorrow night,” he said on Dec 5.";
    let again: Vec<String> = tag(text, &[], &options(None))
        .iter()
        .map(|f| f.relative.map_or(f.timex.value, |r| r.resolve(spoken)).to_string())
        .collect();
    assert_eq!(again, ["2025-12-05", "2025-12-06TNI", "2025-12-05"]);
}

#[test]
fn without_a_publication_date_only_what_needs_none_is_said() {
    let without = Options::default();
    let values: Vec<String> = found("Today, on May 5, on Friday and in 1961 it rained for days.", &without)
        .into_iter()
        .map(|(_, value, ..)| value)
        .collect();
    assert_eq!(values, ["XXXX-05-05", "XXXX-WXX-5", "1961", "PXD"]);
}

#[test]
fn a_year_that_cannot_be_written_is_not_told() {
    let years = |dct: &str| -> Vec<String> {
        let found = found("It has rained since ’89.", &options(dct.parse().ok()));
        found.into_iter().map(|(_, value, ..)| value).collect()
    };
    assert_eq!(years("2025-12-06"), ["1989"]);
    assert_eq!(years("0001-01-01"), Vec::<String>::new());
}

#[test]
fn words_that_only_look_like_time_are_left_alone() {
    for text in [
        "World War II, Apollo 11 and Flight 93",
        "the 1202 alarm on page 1988 of bill 2019",
        "They march on, and they may fall or spring into action in the sun.",
        "He won 3-2, 24/7, with 1,500 votes and about 2000 people.",
        "Second, it no longer works. April Ryan is 38.",
    ] {
        assert_eq!(found(text, &options(None)), [], "{text}");
    }
}

#[test]
fn german_words_that_only_look_like_time_are_left_alone() {
    for text in [
        "Karl May schrieb, Theresa May las, August Diehl spielte, Jens März sang.",
        "Frau Sonntag und Herr Winter lesen Die Zeit, Der Sonntag und die Welt am Sonntag.",
        "Guten Morgen! Die Uhr ging vor, und die Sekunde dauerte.",
        "Das Spiel endete 2:1, das Tor fiel in der 90. Minute am 14. Spieltag der 2. Liga.",
        "Die 7. Kompanie las Paragraf 5.12, Ziffer 7.12, Version 3.4.12 und die Agenda 2010.",
        "Der Index stieg um 1,5 Prozent auf 23.456 Punkte, und 2000 Menschen zahlten 1999 Euro.",
        "Der 52-jährige Becker ist 52 Jahre alt.",
    ] {
        assert_eq!(found(text, &options_in(Language::German, None)), [], "{text}");
    }
}

#[test]
fn a_text_of_one_word_is_read_in_linear_time() {
    for word in [
        "ein ",
        "5. ",
        "Freitagabend ",
        "vor drei ",
        "one ",
        "hundred ",
        "Dec ",
        "the ",
        "5-",
        "a.m. ",
        "of night of ",
        "last ",
        "½",
    ] {
        check_layers(&word.repeat(20_000));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "(\\PC|[0-9]{1,5}|Dec|May|Friday| |-|/|:|,|\\.|a\\.m|year|last|ago|one|twenty|½|\n\n){0,60}") {
        check_layers(&text);
    }

    #[test]
    fn any_words_of_time_are_read_without_panic(words in proptest::collection::vec(proptest::sample::select(&[
        "Dec", "5", "2025", "31", "Feb", "30", "last", "next", "year", "week", "ago", "earlier", "the", "of", "in",
        "quarter", "third", "years", "99999999999", "12:30", "p.m.", "noon", "Friday", "every", "decades", "century",
        "two", "hundred", "and", "a", "half", "-", ",", "'80s", "1960s", "before", "following", "day", "Easter", "end",
        "5.", "Dezember", "vor", "drei", "Jahren", "Freitagabend", "Vorjahr", "am", "Uhr", "zweijährige", "eine",
        "halbe", "Stunde", "Neunzigerjahre", "bis", "Übermorgen", "Quartal", "Ostern", "anderthalb", "Anfang", "des",
    ][..]), 0..30)) {
        check_layers(&words.join(" "));
    }
}

/// Spans lie in the text in order, and every value can be written and read again.
fn check_layers(text: &str) {
    let days = [
        DCT.parse().ok(),
        None,
        chrono::NaiveDate::from_ymd_opt(1, 1, 1),
        chrono::NaiveDate::from_ymd_opt(9999, 12, 31),
    ];
    for (dct, language) in days.into_iter().flat_map(|dct| Language::ALL.iter().map(move |l| (dct, *l))) {
        let mut end = 0;
        for found in tag(text, &[], &Options { dct, language, ..Options::default() }) {
            let span = found.timex.span;
            assert!(span.start >= end && span.end > span.start && !span.of(text).is_empty());
            assert_eq!(found.timex.value.to_string().parse(), Ok(found.timex.value));
            assert!((0.0..=1.0).contains(&found.timex.confidence));
            end = span.end;
        }
    }
}
