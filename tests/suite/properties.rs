//! What holds for every text: no panic, spans in the text, values that can be written and read.

use std::path::Path;
use std::sync::LazyLock;

use chrono::NaiveDate;
use dateline::annotate::{Language, Options};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

#[path = "../../fuzz/properties.rs"]
mod fuzzed;

/// Every word that stands in a rule of time, in any language, small and with a capital.
static VOCABULARY: LazyLock<Vec<String>> = LazyLock::new(|| {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/annotate/rules");
    let mut words = Vec::new();
    for (path, content) in crate::support::tree(&rules) {
        if path.contains("/timex/") {
            let content = String::from_utf8(content).unwrap().to_lowercase();
            words.extend(content.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        }
    }
    words.sort();
    words.dedup();
    let capitals = words.iter().filter_map(|word| {
        let mut letters = word.chars();
        Some(letters.next()?.to_uppercase().chain(letters).collect())
    });
    words.extend(capitals.collect::<Vec<String>>());
    words
});

/// What stands between words, or in their place.
const BETWEEN: &[&str] = &[
    " ",
    "-",
    "–",
    "—",
    ", ",
    ". ",
    ".",
    ":",
    ";",
    "/",
    "’s ",
    "'",
    "“",
    "”",
    "\"",
    "(",
    ")",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\0",
    "\u{a0}",
    "\u{301}",
    "\u{200d}",
    "\u{feff}",
    "👩🏽‍🚀",
    "🗓️",
    "½",
    "…",
    "$",
    "%",
    "٣",
    "五",
    "ß",
    "İ",
    "ǆ",
];

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "5",
    "12",
    "24",
    "29",
    "30",
    "31",
    "32",
    "60",
    "99",
    "1900",
    "2000",
    "2024",
    "2025",
    "9999",
    "10000",
    "1.5",
    "1,500",
    "007",
    "99999999999",
    "4294967295",
    "4294968",
    "2147483648",
    "5th",
    "21st",
    "1960s",
    "'80s",
    "12:30",
    "25:61",
    "a.m.",
    "p.m",
    "2025-12-05",
    "2025-02-30",
    "12/5/25",
    "31/12",
    "0256",
];

fn any_options() -> impl Strategy<Value = Options> {
    let days = NaiveDate::MIN.signed_duration_since(NaiveDate::default()).num_days()
        ..=NaiveDate::MAX.signed_duration_since(NaiveDate::default()).num_days();
    let day = days.prop_map(|days| NaiveDate::default() + chrono::Duration::days(days));
    let near = (0..3_652_059_i32).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n + 1).unwrap());
    let dct = option::of(prop_oneof![4 => near, 1 => day]);
    (dct, any::<bool>(), select(Language::ALL)).prop_map(|(dct, day_first, language)| Options {
        dct,
        day_first,
        language,
    })
}

/// A text of the rules' own words, with anything between them.
fn any_words() -> impl Strategy<Value = String> {
    let number = select(NUMBERS).prop_map(str::to_owned);
    let word = prop_oneof![2 => select(VOCABULARY.as_slice()), 1 => number];
    let between = prop_oneof![5 => Just(" "), 1 => Just(""), 3 => select(BETWEEN)];
    vec((word, between), 0..40).prop_map(|words| words.into_iter().map(|(word, gap)| word + gap).collect())
}

/// Any characters at all, NUL and lone combining marks among them.
fn any_text() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..120).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_has_well_formed_dates(text in any_text(), options in any_options()) {
        fuzzed::dates(&text, &options);
    }

    #[test]
    fn any_words_of_time_have_well_formed_dates(text in any_words(), options in any_options()) {
        fuzzed::dates(&text, &options);
    }

    #[test]
    fn any_words_of_time_make_a_well_formed_article(text in any_words(), options in any_options()) {
        fuzzed::article(&text, &options);
    }
    /// What a fuzz target makes of its bytes.
    #[test]
    fn any_bytes_make_a_well_formed_article(bytes in vec(any::<u8>(), 0..200)) {
        let (options, text) = fuzzed::input(&bytes);
        fuzzed::dates(&text, &options);
        fuzzed::article(&text, &options);
    }
}

#[test]
fn the_vocabulary_is_that_of_the_rules() {
    for word in ["may", "May", "yesterday", "Easter", "quarter", "hundred", "fiscal"] {
        assert!(VOCABULARY.iter().any(|known| known == word), "{word}");
    }
}
