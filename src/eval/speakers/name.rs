//! When two names are the same speaker's.
//!
//! Entry points: [`same_person`] and [`same_body`]. Names are compared word by word, without case,
//! accents and punctuation.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use crate::eval::words::List;

/// A name's words: lower case, without accents, points and a genitive's `'s`.
pub(super) fn fold(name: &str) -> Vec<String> {
    let letters = name.nfkd().filter(|c| canonical_combining_class(*c) == 0);
    let straight: String = letters.map(|c| if matches!(c, '’' | '‘') { '\'' } else { c }).collect();
    let folded = without_genitive(&caseless(&straight)).replace(['\'', '.', '`'], "");
    RUN.find_iter(&folded).map(|word| word.as_str().to_owned()).collect()
}

/// Lower case, as it is compared: ß is ss, and a last σ is like any other.
fn caseless(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            other => folded.extend(other.to_lowercase()),
        }
    }
    folded
}

/// `text` without each `'s` at the end of a word.
fn without_genitive(text: &str) -> String {
    let mut parts = text.split("'s");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if BEGINS_INSIDE.is_match(part) {
            kept.push_str("'s");
        }
        kept.push_str(part);
    }
    kept
}

/// The words of a person's name without forms of address before and suffixes behind it; the last
/// of them is the surname.
pub(super) fn of_person(name: &str) -> Vec<String> {
    let mut words = fold(name);
    while words.len() > 1 && LISTS.honorifics.contains(&words[0]) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|last| LISTS.suffixes.contains(last)) {
        words.pop();
    }
    words
}

/// As [`of_person`], without offices before the name as well.
fn without_office(words: &[String]) -> &[String] {
    let titles = words
        .iter()
        .take_while(|word| LISTS.honorifics.contains(word.as_str()) || LISTS.offices.contains(word.as_str()));
    &words[titles.count().min(words.len().saturating_sub(1))..]
}

/// The words of another speaker's name without determiners; all, where nothing is left.
pub(super) fn of_body(name: &str) -> Vec<String> {
    let words = fold(name);
    let telling: Vec<String> =
        words.iter().filter(|word| !LISTS.determiners.contains(word.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

/// Whether two names have one surname, and one all words of the other.
pub(super) fn compatible(one: &[String], other: &[String]) -> bool {
    !one.is_empty() && one.last() == other.last() && nested(one, other)
}

/// Whether one holds all words of the other.
fn nested(one: &[String], other: &[String]) -> bool {
    let (one, other): (BTreeSet<_>, BTreeSet<_>) = (one.iter().collect(), other.iter().collect());
    one.is_subset(&other) || other.is_subset(&one)
}

/// Whether `found` names the person `gold`, and none of the `people` of the text.
///
/// A name that fits another person of the same surname as well names neither; under `strict`, any
/// other person of that surname makes all but the very name wrong.
pub(super) fn same_person(found: &str, gold: &str, people: &[&str], strict: bool) -> bool {
    let (found, gold) = (of_person(found), of_person(gold));
    if found.is_empty() || gold.is_empty() {
        return false;
    }
    let bare = without_office(&found);
    if found == gold || bare == gold {
        return true;
    }
    let fits = |name: &[String]| compatible(&found, name) || compatible(bare, name);
    let mistakable = |name: &&str| {
        let name = of_person(name);
        name != gold && name.last() == gold.last() && (strict || fits(&name))
    };
    fits(&gold) && !people.iter().any(mistakable)
}

/// Whether two names are those of one organisation, group, document or unnamed speaker: the same
/// words; an acronym and what it stands for; one with more words than the other and the same head
/// noun; or, but for an `organisation`, the same members joined by "and".
pub(super) fn same_body(found: &str, gold: &str, kind: &str) -> bool {
    let (found_words, gold_words) = (of_body(found), of_body(gold));
    if found_words.is_empty() || gold_words.is_empty() {
        return false;
    }
    if found_words == gold_words || acronym(found, gold) {
        return true;
    }
    if kind != "organisation" && (joined(gold) || joined(found)) {
        let (gold, found) = (members(gold), members(found));
        let same = |one: &str, other: &str| {
            let (words, others) = (of_body(one), of_body(other));
            words == others || acronym(one, other) || head(one) == head(other) && nested(&words, &others)
        };
        return gold.len() > 1
            && gold.len() == found.len()
            && gold.iter().all(|one| found.iter().any(|other| same(one, other)));
    }
    head(found) == head(gold) && nested(&found_words, &gold_words)
}

/// Whether one name is the capital initials of the other.
fn acronym(one: &str, other: &str) -> bool {
    let stands_for = |short: &str, long: &str| {
        let initials: String = RUN
            .find_iter(long)
            .filter_map(|word| word.as_str().chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        matches!(fold(short).as_slice(), [word] if word.chars().count() >= 2 && *word == caseless(&initials))
    };
    stands_for(one, other) || stands_for(other, one)
}

/// Whether a name is several, "X and Y": the "and" comes before any preposition.
fn joined(name: &str) -> bool {
    let words = fold(name);
    let end = words.iter().skip(1).find(|word| LISTS.closing.contains(word.as_str()));
    end.is_some_and(|word| word == "and")
}

/// The names that commas and "and" join.
fn members(names: &str) -> Vec<&str> {
    JOINT.split(names).filter(|name| !name.trim().is_empty()).collect()
}

/// The head noun of a name or description; empty where there is no word.
fn head(name: &str) -> String {
    let words = fold(name);
    let determiners = words.iter().take_while(|word| LISTS.determiners.contains(word.as_str())).count();
    let rest = &words[determiners.min(words.len().saturating_sub(1))..];
    let closed = rest.iter().skip(1).position(|word| LISTS.closing.contains(word.as_str()));
    let end = closed.map_or(rest.len(), |before| before + 1);
    rest[..end].last().cloned().unwrap_or_default()
}

/// How the words of a source refer to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// By a pronoun.
    Pronoun,
    /// By the surname.
    Surname,
    /// By the whole name, or the surname and the first of the others.
    FullName,
    /// By a description.
    Nominal,
    /// Not at all: there is no source.
    None,
}

impl Reference {
    /// The reference that `source`, the words of a source, makes to `person`.
    pub(super) fn of(source: &str, person: &str) -> Self {
        let words = fold(source);
        if words.is_empty() {
            return Self::None;
        }
        if words.iter().all(|word| LISTS.pronouns.contains(word)) {
            return Self::Pronoun;
        }
        let name = of_person(person);
        let (Some(first), Some(surname)) = (name.first(), name.last()) else { return Self::Nominal };
        if name.len() > 1 && name.iter().all(|word| words.contains(word)) {
            Self::FullName
        } else if !words.contains(surname) {
            Self::Nominal
        } else if name.len() > 1 && words.contains(first) {
            Self::FullName
        } else {
            Self::Surname
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pronoun => "pronoun",
            Self::Surname => "surname",
            Self::FullName => "full name",
            Self::Nominal => "nominal",
            Self::None => "none",
        }
    }
}

/// Runs of letters, digits and underscores.
pub(super) static RUN: LazyLock<Regex> = LazyLock::new(|| compile(r"[\p{L}\p{N}_]+"));

/// What begins in the middle of a word.
static BEGINS_INSIDE: LazyLock<Regex> = LazyLock::new(|| compile(r"^[\p{L}\p{N}_]"));

/// What joins several names into one.
static JOINT: LazyLock<Regex> = LazyLock::new(|| compile(r",\s*(?:and\s+)?|\s+and\s+"));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant and tested")
}

/// The words that the measures are defined by.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    honorifics: List,
    offices: List,
    suffixes: List,
    determiners: List,
    closing: List,
    pronouns: List,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("lists.toml")).expect("lists.toml is compiled in and tested")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_case_accents_and_points() {
        for (name, words) in [
            ("Dr. José  O’Rourke", &["dr", "jose", "orourke"][..]),
            ("the harbour's pilots", &["the", "harbour", "pilots"]),
            ("The U.S.'s navy", &["the", "us", "navy"]),
            ("Anne-Lise Weiß", &["anne", "lise", "weiss"]),
            ("ΝΙΚΟΣ Νίκος", &["νικοσ", "νικοσ"]),
            ("d'souza's", &["dsouza"]),
            ("ﬁrst_mate", &["first_mate"]),
            ("…", &[]),
        ] {
            assert_eq!(fold(name), words, "{name}");
        }
        assert_eq!(of_person("Mr. Dr. Ole Berg Jr."), ["ole", "berg"]);
        assert_eq!(of_person("Mr"), ["mr"]);
        assert_eq!(of_body("The crew's own cook"), ["crew", "own", "cook"]);
        assert_eq!(of_body("all of them"), ["them"]);
        assert_eq!(of_body("All of the"), ["all", "of", "the"]);
    }

    #[test]
    fn names_of_one_person() {
        for (found, gold) in [
            ("Mr Lund", "Pelle Lund"),
            ("PELLE LUND", "Pelle Lund"),
            ("President Lund", "Lund"),
            ("Mayor Pelle Lund", "Pelle Lund"),
            ("Pelle A. Lund", "Pelle Lund"),
            ("van Dam", "Geert van Dam"),
            ("Pelle Lund III", "Mr. Pelle Lund"),
            ("King", "Rosa King"),
        ] {
            assert!(same_person(found, gold, &[], false), "{found}, {gold}");
        }
        for (found, gold) in [
            ("Nils Lund", "Pelle Lund"),
            ("President", "Pelle Lund"),
            ("Pelle", "Pelle Lund"),
            ("", "Pelle Lund"),
            ("Pelle Lund", ""),
            ("Mayor Nils Lund", "Pelle Lund"),
        ] {
            assert!(!same_person(found, gold, &[], false), "{found}, {gold}");
        }
    }

    #[test]
    fn a_surname_of_two_people_is_nobodys() {
        let people = ["Pelle Lund", "Mrs. Asta Lund", "Ole Berg", "!"];
        assert!(!same_person("Lund", "Pelle Lund", &people, false));
        assert!(!same_person("Mayor Lund", "Pelle Lund", &people, false));
        assert!(same_person("Berg", "Ole Berg", &people, false));
        for (strict, right) in [(false, true), (true, false)] {
            assert_eq!(same_person("Pelle B. Lund", "Pelle Lund", &people, strict), right);
            assert!(same_person("Pelle Lund", "Pelle Lund", &people, strict));
        }
    }

    #[test]
    fn names_of_one_organisation_or_group() {
        for (found, gold, kind) in [
            ("The Harbour Office", "Harbour Office", "organisation"),
            ("the office", "Harbour Office", "organisation"),
            ("HPA", "Harbour Pilots’ Association", "organisation"),
            ("Harbour Pilots and Anglers", "H.P.A.", "organisation"),
            ("officials", "Senior officials at the harbour", "unnamed"),
            ("Ole Berg and Asta Lund", "Asta Lund and Ole Berg", "group"),
            ("Norway, Denmark, and the Faroes", "Faroes, Denmark and Norway", "group"),
            ("HPA and pilots", "Older pilots and Harbour Pilots Association", "group"),
        ] {
            assert!(same_body(found, gold, kind), "{found}, {gold}");
        }
        for (found, gold, kind) in [
            ("Harbour Office", "Tax Office", "organisation"),
            ("the harbour", "Senior officials at the harbour", "unnamed"),
            ("Ole Berg", "Asta Lund and Ole Berg", "group"),
            ("Ole Berg and Nils Lund", "Asta Lund and Ole Berg", "group"),
            // An organisation's "and" joins nothing.
            ("Pilots and Anglers", "Anglers and Pilots", "organisation"),
            ("H", "Harbour", "organisation"),
            ("", "Harbour", "organisation"),
        ] {
            assert!(!same_body(found, gold, kind), "{found}, {gold}");
        }
        // Behind a preposition "and" joins no speakers.
        assert!(same_body("sailors", "sailors from Bergen and Oslo", "group"));
    }

    #[test]
    fn how_a_source_refers_to_a_person() {
        for (source, reference) in [
            ("He", Reference::Pronoun),
            ("he himself", Reference::Pronoun),
            ("Mr. Lund", Reference::Surname),
            ("Lund’s", Reference::Surname),
            ("Pelle Maria Lund, the pilot", Reference::FullName),
            ("Pelle Lund", Reference::FullName),
            ("Maria Lund", Reference::Surname),
            ("the pilot", Reference::Nominal),
            ("", Reference::None),
            ("—", Reference::None),
        ] {
            assert_eq!(Reference::of(source, "Pelle Maria Lund"), reference, "{source}");
        }
        assert_eq!(Reference::of("Lund", "Lund"), Reference::Surname);
    }
}
