//! [`Article`]: a text as numbered words, with what the measures ask about them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::marks;
use crate::eval::measure::float;
use crate::eval::words::{List, Words};
use crate::text::{CodePoints, Span};

/// A text as words: runs of letters and digits, numbered from 0.
#[derive(Debug)]
pub(super) struct Article {
    words: Vec<Word>,
    /// The words of each stretch in quotation marks, in order.
    pub(super) quotations: Vec<Words>,
    /// The words of all of them.
    quoted: Words,
}

#[derive(Debug)]
struct Word {
    /// The first code point.
    start: u32,
    /// The code point after the last.
    end: u32,
    /// In lower case.
    plain: String,
    /// Whether its first letter is upper case.
    capital: bool,
    /// Whether a comma, semicolon or opening bracket stands between the word before and this one.
    parted: bool,
}

/// How much of a content stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// All its words.
    Direct,
    /// Some of its words.
    Mixed,
    /// None.
    Indirect,
}

impl Form {
    /// All three, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Mixed, Self::Indirect];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

impl Article {
    pub(super) fn new(text: &str) -> Self {
        let mut article = Self { words: words(text), quotations: Vec::new(), quoted: Words::default() };
        let characters: Vec<char> = text.chars().collect();
        let stretches = marks::quoted(&characters).into_iter();
        article.quotations =
            stretches.map(|[start, end]| article.words_in(&[[narrow(start), narrow(end)]])).collect();
        article.quoted = article.quotations.iter().flat_map(Words::iter).collect();
        article
    }

    /// The words that `spans` touch, were it by one letter.
    pub(super) fn words_in(&self, spans: &[[u32; 2]]) -> Words {
        let touched = |[start, end]: [u32; 2]| {
            let first = self.words.partition_point(|word| word.end <= start);
            let last = self.words.partition_point(|word| word.start < end);
            narrow(first)..narrow(last)
        };
        spans.iter().flat_map(|span| touched(*span)).collect()
    }

    pub(super) fn form(&self, content: &Words) -> Form {
        match content.shared(&self.quoted) {
            0 => Form::Indirect,
            all if all == content.len() => Form::Direct,
            _ => Form::Mixed,
        }
    }

    /// Whether a cue holds a word of saying.
    pub(super) fn says(&self, cue: &Words) -> bool {
        cue.iter().any(|word| LISTS.saying.contains(self.word(word).plain.as_str()))
    }

    /// Whether `found` names the same source as `gold`: both name none; or it touches the head of
    /// the gold and is not much longer; or half of their words are the same.
    pub(super) fn same_source(&self, gold: &Words, found: &Words) -> bool {
        if gold.is_empty() || found.is_empty() {
            return gold.is_empty() && found.is_empty();
        }
        let touches = self.head(gold).shared(found) > 0;
        touches && found.len() <= 4 * gold.len() + 12 || dice(gold, found) >= 0.5
    }

    /// The words of a source's head that begin with a capital.
    pub(super) fn names(&self, source: &Words) -> BTreeSet<&str> {
        let head = self.head(source);
        let names = head.iter().map(|word| self.word(word)).filter(|word| word.capital);
        names.map(|word| word.plain.as_str()).collect()
    }

    /// The words that tell who a source is: those up to the first comma, bracket, gap, preposition
    /// or relative pronoun, without articles and titles. All, where nothing is left.
    fn head(&self, source: &Words) -> Words {
        let mut head = Vec::new();
        let mut before = None;
        for index in source.iter() {
            let word = self.word(index);
            let follows = before.is_some_and(|before| before + 1 == index) && !word.parted;
            if !head.is_empty() && (!follows || LISTS.closing.contains(word.plain.as_str())) {
                break;
            }
            if !LISTS.empty.contains(word.plain.as_str()) {
                head.push(index);
            }
            before = Some(index);
        }
        if head.is_empty() { source.clone() } else { head.into_iter().collect() }
    }

    fn word(&self, index: u32) -> &Word {
        &self.words[index as usize]
    }
}

/// The words of a text.
fn words(text: &str) -> Vec<Word> {
    let places = CodePoints::new(text);
    let mut words = Vec::new();
    let mut before = 0;
    for found in RUN.find_iter(text) {
        let [start, end] = places.pair(Span::new(found.start(), found.end()));
        let plain = found.as_str().to_lowercase();
        let capital = found.as_str().starts_with(char::is_uppercase);
        let parted = text[before..found.start()].contains([',', '(', ';']);
        before = found.end();
        words.push(Word { start, end, plain, capital, parted });
    }
    words
}

/// Dice's coefficient: twice the words in common by the words of both; 0 where there are none.
pub(super) fn dice(one: &Words, other: &Words) -> f64 {
    let both = one.len() + other.len();
    if both == 0 { 0.0 } else { 2.0 * float(one.shared(other)) / float(both) }
}

/// A number of words or characters; spans have no more than fits.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

static RUN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{L}\p{N}]+").expect("the pattern is constant and tested"));

/// The words that the measures are defined by.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    /// A cue with one of these is a cue of saying.
    saying: List,
    /// These name nobody.
    empty: List,
    /// Behind these a source only describes.
    closing: List,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("lists.toml")).expect("lists.toml is compiled in and tested")
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a part of `text`.
    fn part(article: &Article, text: &str, part: &str) -> Words {
        let bytes = text.find(part).unwrap_or_else(|| panic!("no `{part}`"));
        let start = narrow(text[..bytes].chars().count());
        article.words_in(&[[start, start + narrow(part.chars().count())]])
    }

    fn plain<'a>(article: &'a Article, words: &Words) -> Vec<&'a str> {
        words.iter().map(|word| article.word(word).plain.as_str()).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let text = "Mr. Ødegård’s 2nd_try—“no”…";
        let article = Article::new(text);
        let all = article.words_in(&[[0, narrow(text.chars().count())]]);
        assert_eq!(plain(&article, &all), ["mr", "ødegård", "s", "2nd", "try", "no"]);
        // One letter is enough, and marks and blanks touch nothing.
        assert_eq!(plain(&article, &article.words_in(&[[6, 7], [24, 25]])), ["ødegård", "no"]);
        assert_eq!(article.words_in(&[[2, 4], [11, 12], [21, 23]]), Words::default());
    }

    #[test]
    fn the_head_of_a_source_tells_who_it_is() {
        for (source, head) in [
            ("the harbour master", &["harbour", "master"][..]),
            ("Mr. Lund, the harbour master", &["lund"]),
            ("Lund (the elder)", &["lund"]),
            ("pilots of the harbour", &["pilots"]),
            ("sailors who had stayed", &["sailors"]),
            ("For his crew, Lund", &["for", "crew"]),
            ("The former president", &["the", "former", "president"]),
        ] {
            let text = format!("On Monday {source} spoke.");
            let article = Article::new(&text);
            assert_eq!(plain(&article, &article.head(&part(&article, &text, source))), head, "{source}");
        }
        // A gap ends it as well.
        let article = Article::new("Lund told Berg");
        assert_eq!(plain(&article, &article.head(&article.words_in(&[[0, 4], [10, 14]]))), ["lund"]);
    }

    #[test]
    fn sources_are_the_same_by_their_heads() {
        let text = "Mr. Lund, who keeps the lighthouse at the far end of the harbour wall with his two \
                    brothers and a dog, said that a pilot saw Lund.";
        let article = Article::new(text);
        let same = |gold: &str, found: &str| {
            article.same_source(&part(&article, text, gold), &part(&article, text, found))
        };
        assert!(same("Mr. Lund, who keeps the lighthouse", "Lund"));
        assert!(!same("Mr. Lund, who keeps the lighthouse", "lighthouse"));
        // Half of the words of both.
        assert!(same("Mr. Lund, who keeps the lighthouse", "who keeps the lighthouse"));
        // The head is touched, by 16 words for one and by 17.
        let long = "Lund, who keeps the lighthouse at the far end of the harbour wall with his two";
        assert!(same("Lund", long));
        assert!(!same("Lund", &format!("{long} brothers")));
        assert!(!same("Lund", "pilot"));
        let none = Words::default();
        let lund = part(&article, text, "Lund");
        assert!(article.same_source(&none, &none));
        assert!(!article.same_source(&none, &lund) && !article.same_source(&lund, &none));
    }

    #[test]
    fn forms_come_from_the_marks() {
        let text = "He said “we sail at noon” and would not wait.";
        let article = Article::new(text);
        for (content, form) in [
            ("we sail", Form::Direct),
            ("“we sail at noon” and", Form::Mixed),
            ("would not wait", Form::Indirect),
        ] {
            assert_eq!(article.form(&part(&article, text, content)), form, "{content}");
        }
        assert!(article.says(&part(&article, text, "He said")));
        assert!(!article.says(&part(&article, text, "would not wait")));
    }

    #[test]
    fn dice_counts_common_words_twice() {
        let words = |list: std::ops::Range<u32>| list.collect::<Words>();
        assert_eq!(dice(&words(0..3), &words(2..7)), 0.25);
        assert_eq!(dice(&words(0..0), &words(0..0)), 0.0);
    }
}
