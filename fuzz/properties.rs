//! What holds for every text, whatever it says: entry points [`dates`] and [`article`].
//!
//! The fuzz targets of this folder and the property tests of `tests/suite/properties.rs` both read
//! this file, so that what is fuzzed is what the tests compile and run.

use std::ops::Range;

use dateline::annotate::timex::{Timex, tag};
use dateline::annotate::{Language, Options, annotate};
use dateline::parse::wire;
use dateline::text::token::Tokens;
use dateline::text::{Prose, Span, sentence};

use chrono::{Datelike, NaiveDate};

/// Finds the dates of `text` as it stands and as an article, and checks each.
pub(crate) fn dates(text: &str, options: &Options) {
    check_tag(text, &[], options);
    let (document, _) = wire::document(text.to_owned(), &[]);
    let prose = Prose::of(&document);
    let sentences = sentence::split(&Tokens::of(prose.text(), options.language.stops()), prose.paragraphs());
    check_tag(prose.text(), &sentences, options);
}

/// Annotates `text` as wire copy and checks that every layer lies in it.
pub(crate) fn article(text: &str, options: &Options) {
    let (document, _) = wire::document(text.to_owned(), &[]);
    let annotations = annotate(&document, options);
    for timex in &annotations.timexes {
        check_timex(&document.text, timex);
    }
    for quote in &annotations.quotes {
        for span in quote.content.iter().chain(&quote.source).chain(&quote.cue) {
            check_span(&document.text, *span);
        }
        assert!(!quote.content.is_empty() && (0.0..=1.0).contains(&quote.confidence));
    }
    for mention in &annotations.mentions {
        check_span(&document.text, mention.span);
        assert!(mention.person < annotations.people.len());
    }
}

/// The settings and the text that bytes without any form stand for: the bits of the first choose
/// the publication date, the order of day and month, and the language.
pub(crate) fn input(bytes: &[u8]) -> (Options, String) {
    let (choice, text) = bytes.split_first().unwrap_or((&0, &[]));
    let dct = match choice & 3 {
        0 => None,
        1 => NaiveDate::from_ymd_opt(2024, 2, 29),
        2 => NaiveDate::from_ymd_opt(1, 1, 1),
        _ => NaiveDate::from_ymd_opt(9999, 12, 31),
    };
    let language = Language::ALL[usize::from(choice >> 3) % Language::ALL.len()];
    let options = Options { dct, language, day_first: choice & 4 != 0 };
    (options, String::from_utf8_lossy(text).into_owned())
}

/// Expressions come in order, none over another; each is well formed, and so is what it means
/// when it is said on any other day.
fn check_tag(text: &str, sentences: &[Span], options: &Options) {
    let mut end = 0;
    for found in tag(text, sentences, options) {
        let span = found.timex.span;
        assert!(span.start >= end, "{span:?} overlaps what ends at {end} in {text:?}");
        end = span.end;
        check_timex(text, &found.timex);
        let Some(relative) = found.relative else { continue };
        for day in [NaiveDate::MIN, NaiveDate::MAX].into_iter().chain(options.dct) {
            let value = relative.resolve(day);
            assert_eq!(value.to_string().parse(), Ok(value), "{relative:?} on {day}");
        }
    }
}

/// An expression is words of the text, and its value can be written, read again and laid on the
/// calendar.
fn check_timex(text: &str, timex: &Timex) {
    let words = check_span(text, timex.span);
    assert_eq!(words.trim(), words, "blanks around {timex:?}");
    let value = timex.value;
    assert_eq!(value.to_string().parse(), Ok(value), "{words:?}");
    if let Some((begin, end)) = value.begin_end() {
        assert!(begin <= end, "{words:?} is {value}, from {begin} to {end}");
        assert!((0..=9999).contains(&begin.year()), "{words:?} is {value}, in no year of four digits");
    }
    assert!((0.0..=1.0).contains(&timex.confidence), "{timex:?}");
}

/// A span has characters, all of them in the text.
fn check_span(text: &str, span: Span) -> &str {
    let Range { start, end } = span.range();
    let words = text.get(start..end);
    words.filter(|words| !words.is_empty()).unwrap_or_else(|| panic!("{start}..{end} is no part of {text:?}"))
}
