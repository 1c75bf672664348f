//! [`rules`]: what `wire.toml` says, compiled once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;

use crate::text::fold;

/// wire.toml as it is written. Examples are read by the tests alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests alone"))]
pub(super) struct Written {
    pub(super) agencies: BTreeMap<String, Vec<String>>,
    pub(super) credit: Examples<CreditExample>,
    pub(super) dateline: DatelineRules,
    pub(super) byline: BylineRules,
    pub(super) promo: Vec<Pattern>,
    pub(super) mark: Vec<Pattern>,
}

/// Examples without anything to read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests alone"))]
pub(super) struct Examples<E> {
    pub(super) examples: Vec<E>,
    pub(super) counter: Vec<String>,
}

/// A credit and whom it credits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests alone"))]
pub(super) struct CreditExample {
    pub(super) text: String,
    pub(super) outlets: Vec<String>,
}

/// What a dateline's place is not.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests alone"))]
pub(super) struct DatelineRules {
    pub(super) not_places: Vec<String>,
    pub(super) short_places: Vec<String>,
    pub(super) examples: Vec<DatelineExample>,
    pub(super) counter: Vec<String>,
}

/// A first paragraph and its dateline.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests alone"))]
pub(super) struct DatelineExample {
    pub(super) text: String,
    pub(super) place: String,
    pub(super) day: Option<String>,
    #[serde(default)]
    pub(super) outlets: Vec<String>,
    pub(super) end: Option<usize>,
}

/// What a byline's name is not.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests alone"))]
pub(super) struct BylineRules {
    pub(super) not_names: Vec<String>,
    pub(super) examples: Vec<BylineExample>,
    pub(super) counter: Vec<String>,
}

/// A byline and its names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests alone"))]
pub(super) struct BylineExample {
    pub(super) text: String,
    pub(super) names: String,
}

/// A pattern for lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are read by the tests alone"))]
pub(super) struct Pattern {
    pub(super) pattern: String,
    #[serde(default)]
    pub(super) tail: bool,
    pub(super) examples: Vec<String>,
    pub(super) counter: Vec<String>,
}

impl Written {
    pub(super) fn read() -> Self {
        toml::from_str(include_str!("../wire.toml")).expect("wire.toml is well formed")
    }
}

/// The rules, ready for use.
pub(super) struct Rules {
    /// The usual name of every form that a credit may take.
    pub(super) agencies: BTreeMap<String, String>,
    /// All forms as one alternation, longest first.
    pub(super) forms: String,
    /// Folded words that are no place.
    pub(super) not_places: Vec<String>,
    /// Folded short words that are one.
    pub(super) short_places: Vec<String>,
    /// Folded words that are no part of a name.
    pub(super) not_names: Vec<String>,
    /// Promotional lines: which pattern matches, then where it ends.
    pub(super) promo: (RegexSet, Vec<Regex>),
    /// Lines that are marks as a whole.
    pub(super) marks: Regex,
    /// Marks at the end of a paragraph; group 1 is the mark.
    pub(super) tail_marks: Regex,
}

/// The rules.
pub(super) fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::of(&Written::read()));
    &RULES
}

impl Rules {
    fn of(written: &Written) -> Self {
        let agencies: BTreeMap<String, String> = written
            .agencies
            .iter()
            .flat_map(|(name, forms)| forms.iter().map(move |form| (form.clone(), name.clone())))
            .collect();
        let mut forms: Vec<&String> = agencies.keys().collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        let forms = forms.iter().map(|form| regex::escape(form)).collect::<Vec<_>>().join("|");
        let folded = |words: &[String]| words.iter().map(|w| fold::words(w)).collect();
        let promo: Vec<&str> = written.promo.iter().map(|p| p.pattern.as_str()).collect();
        let whole: Vec<String> = written.mark.iter().map(|m| format!("(?:{})", m.pattern)).collect();
        let tail: Vec<String> =
            written.mark.iter().filter(|m| m.tail).map(|m| format!("(?:{})", m.pattern)).collect();
        Self {
            agencies,
            forms,
            not_places: folded(&written.dateline.not_places),
            short_places: folded(&written.dateline.short_places),
            not_names: folded(&written.byline.not_names),
            promo: (
                RegexSet::new(&promo).expect("wire.toml holds patterns"),
                promo.iter().map(|p| compile(p)).collect(),
            ),
            marks: compile(&format!("^(?:{})$", whole.join("|"))),
            tail_marks: compile(&format!(r"[.!?”’\x22')]\s+({})$", tail.join("|"))),
        }
    }
}

/// Compiles one of our own patterns.
pub(super) fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("our own pattern is well formed")
}

/// Which letters a pattern reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    Ascii,
    All,
}

impl Letters {
    /// Those that `text` has; typographic marks and the blank that does not break are none.
    fn of(text: &str) -> Self {
        let plain = |c: char| c.is_ascii() || matches!(c, '\u{a0}' | '\u{2010}'..='\u{205e}');
        if text.chars().all(plain) { Self::Ascii } else { Self::All }
    }

    /// Compiles one of our own patterns, written for all letters: in texts with these it matches alike.
    pub(super) fn compile(self, pattern: &str) -> Regex {
        match self {
            Self::All => compile(pattern),
            Self::Ascii => {
                let classes =
                    [(r"\p{Lu}", "[A-Z]"), (r"\p{L}", "[A-Za-z]"), (r"\p{M}", ""), (r"\d", "[0-9]")];
                let plain = classes
                    .into_iter()
                    .fold(pattern.to_owned(), |pattern, (class, plain)| pattern.replace(class, plain));
                compile(&plain)
            }
        }
    }
}

/// What is compiled of patterns, once for texts in ASCII letters and once for all others, each when
/// first asked for: letters of all scripts, counted, take a tenth of a second, which nearly no text is
/// worth.
pub(super) struct ByLetters<T> {
    ascii: LazyLock<T>,
    all: LazyLock<T>,
}

impl<T> ByLetters<T> {
    pub(super) const fn new(ascii: fn() -> T, all: fn() -> T) -> Self {
        Self { ascii: LazyLock::new(ascii), all: LazyLock::new(all) }
    }

    /// What reads `text`.
    pub(super) fn of(&self, text: &str) -> &T {
        match Letters::of(text) {
            Letters::Ascii => &self.ascii,
            Letters::All => &self.all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_reads_plain_texts_alike_in_both_alphabets() {
        let pattern = r"^\p{Lu}[\p{Lu}\p{M}.’]*(?:-\p{L}+)? \d{1,2}\s[–-]";
        let [ascii, all] = [Letters::Ascii, Letters::All].map(|letters| letters.compile(pattern));
        for (text, want) in
            [("O’HARE-on 12 –", true), ("ULM 5 -", true), ("ulm 5 -", false), ("ULM  -", false)]
        {
            assert_eq!(Letters::of(text), Letters::Ascii, "{text}");
            assert_eq!([ascii.is_match(text), all.is_match(text)], [want; 2], "{text}");
        }
        assert_eq!(Letters::of("MÜNCHEN 5 –"), Letters::All);
        assert!(all.is_match("MÜNCHEN 5 –") && !ascii.is_match("MÜNCHEN 5 –"));
    }
}
