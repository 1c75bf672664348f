//! The word lists under `rules/en`, compiled once.
//!
//! Entry point: [`lexicon`]. The files are data for people who know the language; this module
//! turns them into sets and maps and nothing more.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Act;
use crate::text::mix::{MixMap, MixSet};

/// What stands behind a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Takes {
    /// A clause behind it, or words before it.
    Clause,
    /// Somebody, then a clause.
    Told,
    /// Whatever follows.
    Object,
    /// A quotation alone.
    Quote,
}

/// A cue's lemma, as one of its forms finds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lemma {
    /// The class in `cues.toml`.
    pub(super) class: usize,
    /// Whether the form is a bare stem or third person, which a noun may look like ("claims").
    pub(super) nominal: bool,
    /// Whether it is the bare stem, which only a plural subject has.
    pub(super) bare: bool,
    /// Whether a bare clause is what usually follows ("said the dam would hold").
    pub(super) clausal: bool,
    /// Whether the form is the present participle.
    pub(super) participle: bool,
    /// Whether an object that is no clause is never what is said ("answered the offer").
    #[cfg_attr(not(feature = "weights"), allow(dead_code, reason = "asked where the model is merged"))]
    pub(super) clause_only: bool,
}

/// A class of cues, resolved.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) name: String,
    pub(super) act: Act,
    pub(super) takes: Takes,
    /// Words or marks of which one must follow.
    pub(super) needs: Vec<String>,
}

/// What gender words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
    Either,
}

/// What a pronoun stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    One(Gender),
    Plural,
    Thing,
    /// "I": whoever speaks already.
    Own,
    Relative,
}

/// All word lists.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) classes: Vec<Class>,
    cues: MixMap<String, Lemma>,
    honorifics: MixMap<String, Gender>,
    pronouns: MixMap<String, Pronoun>,
    given: MixMap<&'static str, Gender>,
    /// Of each word the lists of `people.toml` that have it, each a bit.
    words: MixMap<String, u32>,
    offices: BTreeMap<String, String>,
    venues: MixSet<String>,
    occasions: MixSet<String>,
    times: MixSet<String>,
    venue_prepositions: MixSet<String>,
}

/// The lexicon of English.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);
    &LEXICON
}

/// Forms that a clause without "that" follows so often that none of its verbs need be known.
const CLAUSAL: &[&str] = &[
    "say",
    "says",
    "said",
    "saying",
    "think",
    "thinks",
    "thought",
    "thinking",
    "believe",
    "believes",
    "believed",
    "believing",
    "hope",
    "hopes",
    "hoped",
    "hoping",
    "know",
    "knows",
    "knew",
    "fear",
    "fears",
    "feared",
    "tell",
    "tells",
    "told",
    "telling",
];

const CUES: &str = include_str!("rules/en/cues.toml");
const PEOPLE: &str = include_str!("rules/en/people.toml");
const VENUES: &str = include_str!("rules/en/venues.toml");
const NAMES: &str = include_str!("rules/en/names.txt");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    class: Vec<ClassEntry>,
}

/// A class as the file writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClassEntry {
    name: String,
    act: String,
    takes: Takes,
    lemmas: Vec<String>,
    #[serde(default)]
    doubled: Vec<String>,
    #[serde(default)]
    irregular: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    clause_only: Vec<String>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "read by the tests"))]
    pub(super) examples: Vec<Example>,
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code, reason = "read by the tests"))]
    pub(super) counter: Vec<String>,
}

/// A sentence and the attribution that must be found in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code, reason = "read by the tests"))]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) source: String,
    pub(super) cue: String,
    pub(super) content: String,
    pub(super) act: String,
}

#[derive(Deserialize)]
struct PeopleFile {
    honorifics: BTreeMap<String, String>,
    words: BTreeMap<String, Vec<String>>,
    pronouns: BTreeMap<String, String>,
    offices: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct VenueFile {
    nouns: Vec<String>,
    prepositions: Vec<String>,
    occasions: Vec<String>,
    times: Vec<String>,
}

/// The classes as the file writes them.
pub(super) fn class_entries() -> Vec<ClassEntry> {
    toml::from_str::<CueFile>(CUES).expect("rules/en/cues.toml is valid").class
}

impl Lexicon {
    fn load() -> Self {
        let people: PeopleFile = toml::from_str(PEOPLE).expect("rules/en/people.toml is valid");
        let venues: VenueFile = toml::from_str(VENUES).expect("rules/en/venues.toml is valid");
        let (classes, cues) = load_cues(class_entries());
        Self {
            classes,
            cues,
            honorifics: people.honorifics.into_iter().map(|(k, v)| (k, gender(&v))).collect(),
            pronouns: people.pronouns.into_iter().map(|(k, v)| (k, pronoun(&v))).collect(),
            given: given_names(),
            words: words_of(people.words),
            offices: people.offices,
            venues: venues.nouns.into_iter().collect(),
            occasions: venues.occasions.into_iter().collect(),
            times: venues.times.into_iter().collect(),
            venue_prepositions: venues.prepositions.into_iter().collect(),
        }
    }

    /// The cue that `word` (lower case) is a form of.
    pub(super) fn cue(&self, word: &str) -> Option<Lemma> {
        self.cues.get(word).copied()
    }

    /// The gender that a courtesy title tells; `None` where `word` is none.
    pub(super) fn honorific(&self, word: &str) -> Option<Gender> {
        self.honorifics.get(word).copied()
    }

    /// What pronoun `word` is, if one.
    pub(super) fn pronoun(&self, word: &str) -> Option<Pronoun> {
        self.pronouns.get(word).copied()
    }

    /// The usual gender of a given name; `None` where it is none.
    pub(super) fn given_name(&self, word: &str) -> Option<Gender> {
        self.given.get(word).copied()
    }

    /// Whether `word` (lower case) is in the list `list` of `people.toml`.
    #[inline]
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        self.words.get(word).is_some_and(|lists| lists & bit(list) != 0)
    }

    /// Whether `word` (lower case, singular or plural) is in the list `list`.
    pub(super) fn is_noun(&self, list: &str, word: &str) -> bool {
        self.is(list, word) || singular(word).is_some_and(|one| self.is(list, &one))
    }

    #[cfg_attr(not(feature = "weights"), allow(dead_code, reason = "asked where the model is merged"))]
    /// Whether `word` names something said or written ("statement", "remarks").
    pub(super) fn utterance(&self, word: &str) -> bool {
        self.is_noun("utterances", word)
    }

    /// The words of the list `list` of `people.toml`, in no order.
    pub(super) fn list<'l>(&'l self, list: &str) -> impl Iterator<Item = &'l str> + use<'l> {
        let bit = bit(list);
        self.words.iter().filter(move |(_, lists)| **lists & bit != 0).map(|(word, _)| word.as_str())
    }

    /// All forms of all cues, each with its act, in no order.
    pub(super) fn cue_forms(&self) -> impl Iterator<Item = (&str, Act)> {
        self.cues.iter().map(|(form, lemma)| (form.as_str(), self.classes[lemma.class].act))
    }

    /// All courtesy titles, in no order.
    pub(super) fn honorifics(&self) -> impl Iterator<Item = &str> {
        self.honorifics.keys().map(String::as_str)
    }

    /// All given names, in no order.
    pub(super) fn given_names(&self) -> impl Iterator<Item = &str> {
        self.given.keys().copied()
    }

    /// The class called `name`.
    pub(super) fn class(&self, name: &str) -> Option<usize> {
        self.classes.iter().position(|c| c.name == name)
    }

    /// The office in full that `word` is short for, without its point.
    pub(super) fn office(&self, word: &str) -> Option<&str> {
        self.offices.get(word).map(String::as_str)
    }

    /// Whether `word` is a noun that makes a phrase a venue.
    pub(super) fn venue(&self, word: &str) -> bool {
        self.venues.contains(word)
    }

    /// Whether `word` tells a time.
    #[cfg_attr(not(feature = "weights"), allow(dead_code, reason = "asked of what the model proposes"))]
    pub(super) fn time(&self, word: &str) -> bool {
        self.times.contains(word)
    }

    /// Whether `word` tells of speaking.
    pub(super) fn occasion(&self, word: &str) -> bool {
        self.occasions.contains(word)
    }

    /// Whether `word` may open the phrase of a venue.
    pub(super) fn venue_preposition(&self, word: &str) -> bool {
        self.venue_prepositions.contains(word)
    }
}

/// The bit of the list `list` of `people.toml`, so that one look-up of a word answers for all lists; none
/// for a list that is not there. Where the name is written out in a rule, the compiler knows the bit.
#[inline]
fn bit(list: &str) -> u32 {
    match list {
        "titles" => 1 << 0,
        "roles" => 1 << 1,
        "variations" => 1 << 2,
        "asking" => 1 << 3,
        "judging" => 1 << 4,
        "offices" => 1 << 5,
        "bystanders" => 1 << 6,
        "modifiers" => 1 << 7,
        "bodies" => 1 << 8,
        "body_names" => 1 << 9,
        "place_names" => 1 << 10,
        "documents" => 1 << 11,
        "utterances" => 1 << 12,
        "polls" => 1 << 13,
        "particles" => 1 << 14,
        "suffixes" => 1 << 15,
        "places" => 1 << 16,
        "plain" => 1 << 17,
        "times" => 1 << 18,
        "periods" => 1 << 19,
        _ => 0,
    }
}

fn words_of(lists: BTreeMap<String, Vec<String>>) -> MixMap<String, u32> {
    let mut words = MixMap::default();
    for (list, members) in lists {
        assert_ne!(bit(&list), 0, "rules/en/people.toml has a list {list} that nobody reads");
        for word in members {
            *words.entry(word).or_default() |= bit(&list);
        }
    }
    words
}

/// The singular of a plural noun, by spelling; `None` where it does not look like a plural.
pub(super) fn singular(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("men") {
        return Some(format!("{stem}man"));
    }
    if word == "people" {
        return Some("person".into());
    }
    if ["sses", "ches", "shes", "xes"].iter().any(|end| word.ends_with(end)) {
        return Some(word[..word.len() - 2].to_owned());
    }
    word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).map(str::to_owned)
}

fn gender(letter: &str) -> Gender {
    match letter {
        "m" => Gender::Male,
        "f" => Gender::Female,
        _ => Gender::Either,
    }
}

fn pronoun(word: &str) -> Pronoun {
    match word {
        "m" => Pronoun::One(Gender::Male),
        "f" => Pronoun::One(Gender::Female),
        "plural" => Pronoun::Plural,
        "self" => Pronoun::Own,
        "relative" => Pronoun::Relative,
        _ => Pronoun::Thing,
    }
}

fn given_names() -> MixMap<&'static str, Gender> {
    let mut names = MixMap::default();
    for line in NAMES.lines().filter(|l| !l.starts_with('#')) {
        let Some((letter, list)) = line.split_once(": ") else { continue };
        for name in list.split_whitespace() {
            // A name listed under two genders tells none.
            names.entry(name).and_modify(|g| *g = Gender::Either).or_insert(gender(letter));
        }
    }
    names
}

fn load_cues(entries: Vec<ClassEntry>) -> (Vec<Class>, MixMap<String, Lemma>) {
    let mut classes = Vec::new();
    let mut cues = MixMap::default();
    for entry in entries {
        let class = classes.len();
        let act = match entry.act.as_str() {
            "statement" => Act::Statement,
            "position" => Act::Position,
            _ => Act::None,
        };
        let mut add = |lemma: &String, form: String, nominal: bool, participle: bool| {
            let clause_only = entry.clause_only.contains(lemma);
            let bare = nominal && !form.ends_with('s');
            let clausal = CLAUSAL.contains(&form.as_str());
            cues.entry(form).or_insert(Lemma { class, nominal, bare, clausal, participle, clause_only });
        };
        for lemma in &entry.lemmas {
            let [third, past, participle] = inflect(lemma, false);
            add(lemma, lemma.clone(), true, false);
            add(lemma, third, true, false);
            add(lemma, past, false, false);
            add(lemma, participle, false, true);
        }
        for lemma in &entry.doubled {
            let [third, past, participle] = inflect(lemma, true);
            add(lemma, lemma.clone(), true, false);
            add(lemma, third, true, false);
            add(lemma, past, false, false);
            add(lemma, participle, false, true);
        }
        for (lemma, forms) in &entry.irregular {
            // "read" is its own past: then the stem is no sign of a noun.
            add(lemma, lemma.clone(), !forms.contains(lemma), false);
            for form in forms {
                add(lemma, form.clone(), form.ends_with('s'), form.ends_with("ing"));
            }
        }
        classes.push(Class { name: entry.name, act, takes: entry.takes, needs: entry.needs });
    }
    (classes, cues)
}

/// The third person, the past and the present participle of a regular verb.
fn inflect(lemma: &str, doubled: bool) -> [String; 3] {
    let last = lemma.chars().last().unwrap_or('e');
    if doubled {
        return [format!("{lemma}s"), format!("{lemma}{last}ed"), format!("{lemma}{last}ing")];
    }
    if let Some(stem) = lemma.strip_suffix('e') {
        return [format!("{lemma}s"), format!("{lemma}d"), format!("{stem}ing")];
    }
    let consonant_y = lemma.ends_with('y') && !lemma.ends_with("ay") && !lemma.ends_with("ey");
    if consonant_y {
        let stem = &lemma[..lemma.len() - 1];
        return [format!("{stem}ies"), format!("{stem}ied"), format!("{lemma}ing")];
    }
    let hiss = ["s", "x", "ch", "sh"].iter().any(|end| lemma.ends_with(end));
    let third = if hiss { format!("{lemma}es") } else { format!("{lemma}s") };
    [third, format!("{lemma}ed"), format!("{lemma}ing")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected_by_spelling() {
        assert_eq!(inflect("announce", false), ["announces", "announced", "announcing"]);
        assert_eq!(inflect("reply", false), ["replies", "replied", "replying"]);
        assert_eq!(inflect("stress", false), ["stresses", "stressed", "stressing"]);
        assert_eq!(inflect("admit", true), ["admits", "admitted", "admitting"]);
    }

    #[test]
    fn every_list_that_rules_name_is_there() {
        let lexicon = lexicon();
        for (list, word) in [
            ("titles", "president"),
            ("roles", "adviser"),
            ("bodies", "ministry"),
            ("body_names", "university"),
            ("documents", "report"),
            ("polls", "poll"),
            ("particles", "van"),
            ("suffixes", "jr."),
            ("places", "kyiv"),
            ("plain", "the"),
        ] {
            assert!(lexicon.is(list, word), "{list} lacks {word}");
        }
        assert!(lexicon.is_noun("roles", "spokesmen"));
        assert!(lexicon.is_noun("roles", "advisers"));
        assert!(lexicon.is_noun("bodies", "ministries"));
    }
}
