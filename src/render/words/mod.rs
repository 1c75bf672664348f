//! The words of the interface in the site's language: [`Words`].
//!
//! A language is one file of words beside this one and one line in [`CATALOGUES`]; [`filter`] gives
//! the words to templates, `dates` writes times as the language does. Which language a text is written
//! in makes no difference here: its words are its own.

mod dates;
pub(super) mod filter;
mod pattern;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;
use std::sync::LazyLock;

use serde::Deserialize;

use self::pattern::Pattern;

/// The languages of the interface: the primary subtag of BCP 47 and the words. The first stands in for
/// every language that has none.
const CATALOGUES: [(&str, &str); 2] = [("en", include_str!("en.toml")), ("de", include_str!("de.toml"))];

static ALL: LazyLock<Vec<Words>> =
    LazyLock::new(|| CATALOGUES.iter().map(|(tag, text)| Words::parse(tag, text)).collect());

/// The languages in which pages speak, as primary subtags of BCP 47; the first stands in for any other.
pub fn interface_languages() -> impl Iterator<Item = &'static str> {
    CATALOGUES.iter().map(|(tag, _)| *tag)
}

/// The words of every language.
pub(super) fn all() -> impl Iterator<Item = &'static Words> {
    ALL.iter()
}

/// A plural category of CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Category {
    One,
    Two,
    Few,
    Other,
}

/// Which categories whole numbers fall into: the rules of CLDR that the languages here need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Rule {
    /// All are alike.
    Other,
    /// Cardinals of English, German and others: 1 is `one`.
    OneOther,
    /// Ordinals of English: 1st, 2nd, 3rd, 4th.
    OneTwoFewOther,
}

impl Rule {
    fn category(self, n: usize) -> Category {
        match (self, n % 10, n % 100) {
            (Self::OneOther, ..) if n == 1 => Category::One,
            (Self::OneTwoFewOther, _, 11..=13) => Category::Other,
            (Self::OneTwoFewOther, 1, _) => Category::One,
            (Self::OneTwoFewOther, 2, _) => Category::Two,
            (Self::OneTwoFewOther, 3, _) => Category::Few,
            _ => Category::Other,
        }
    }

    /// Every category that the rule knows.
    #[cfg(test)]
    fn categories(self) -> &'static [Category] {
        match self {
            Self::Other => &[Category::Other],
            Self::OneOther => &[Category::One, Category::Other],
            Self::OneTwoFewOther => &[Category::One, Category::Two, Category::Few, Category::Other],
        }
    }
}

/// The head of a file of words.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    /// Of cardinals.
    plurals: Rule,
    /// Of ordinals.
    ordinals: Rule,
}

/// What stands under a key.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    /// Words, with or without places.
    One(Pattern),
    /// Names in a fixed order: the months.
    Names(Vec<String>),
    /// A form for each category of a number.
    Forms(BTreeMap<Category, Pattern>),
}

/// The words of the interface in one language.
#[derive(Debug)]
pub(super) struct Words {
    /// The primary subtag of the language.
    tag: &'static str,
    grammar: Grammar,
    /// By key; each page asks hundreds of times.
    entries: HashMap<String, Entry>,
}

impl Words {
    /// The words for a BCP 47 tag, by its primary subtag; the English ones where there are none for it.
    pub(super) fn of_tag(tag: &str) -> &'static Self {
        let primary = tag.split('-').next().unwrap_or_default();
        ALL.iter().find(|words| words.tag.eq_ignore_ascii_case(primary)).unwrap_or(&ALL[0])
    }

    /// The language that pages of a site in `tag` are written in: the tag itself, where there are words
    /// for it, so that its region stays.
    pub(super) fn lang<'t>(&self, tag: &'t str) -> &'t str {
        let primary = tag.split('-').next().unwrap_or_default();
        if self.tag.eq_ignore_ascii_case(primary) { tag } else { CATALOGUES[0].0 }
    }

    /// # Panics
    /// On a file that cannot be read, which the tests hold.
    fn parse(tag: &'static str, text: &str) -> Self {
        let mut file: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{tag}: {error}"));
        let head = file.remove("language").unwrap_or_else(|| panic!("{tag}: no head"));
        let grammar = head.try_into().unwrap_or_else(|error| panic!("{tag}: {error}"));
        let mut entries = HashMap::new();
        for (group, table) in file {
            let table: BTreeMap<String, Entry> =
                table.try_into().unwrap_or_else(|error| panic!("{tag}, {group}: {error}"));
            entries.extend(table.into_iter().map(|(key, entry)| (format!("{group}.{key}"), entry)));
        }
        Self { tag, grammar, entries }
    }

    /// The pattern of a key; of one with forms, that for `n`. `None`: there is no such key.
    fn pattern(&'static self, key: &str, n: Option<usize>) -> Option<&'static Pattern> {
        self.form(key, n.map(|n| self.grammar.plurals.category(n)))
    }

    fn form(&'static self, key: &str, category: Option<Category>) -> Option<&'static Pattern> {
        match self.entries.get(key)? {
            Entry::One(pattern) => Some(pattern),
            Entry::Forms(forms) => forms.get(&category?),
            Entry::Names(_) => None,
        }
    }

    /// Words without places.
    ///
    /// # Panics
    /// Where there is no such key; so do the others. A test holds that every key is there.
    pub(super) fn get(&'static self, key: &str) -> &'static str {
        self.pattern(key, None).unwrap_or_else(|| panic!("no words for `{key}`")).as_written()
    }

    /// Every key whose words have no places, with the words.
    fn without_places(&'static self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.entries.iter().filter_map(|(key, entry)| match entry {
            Entry::One(pattern) if !pattern.has_places() => Some((key.as_str(), pattern.as_written())),
            Entry::One(_) | Entry::Names(_) | Entry::Forms(_) => None,
        })
    }

    /// Words with their places filled.
    pub(super) fn with(&'static self, key: &str, places: &[(&str, &dyn Display)]) -> String {
        self.pattern(key, None).unwrap_or_else(|| panic!("no words for `{key}`")).filled(places)
    }

    /// The words for a number, `{n}`.
    pub(super) fn count(&'static self, key: &str, n: usize) -> String {
        self.count_with(key, n, &[])
    }

    /// The words for a number with their other places filled.
    pub(super) fn count_with(&'static self, key: &str, n: usize, places: &[(&str, &dyn Display)]) -> String {
        let pattern = self.pattern(key, Some(n)).unwrap_or_else(|| panic!("no words for `{key}`"));
        let mut all: Vec<(&str, &dyn Display)> = vec![("n", &n)];
        all.extend(places);
        pattern.filled(&all)
    }

    /// A name of several, by its place from 0.
    fn name(&'static self, key: &str, at: usize) -> &'static str {
        match self.entries.get(key) {
            Some(Entry::Names(names)) => names.get(at).map_or("", String::as_str),
            _ => panic!("no names for `{key}`"),
        }
    }

    /// Every stretch of words between the places of every key.
    #[cfg(test)]
    pub(super) fn stretches(&'static self) -> impl Iterator<Item = &'static str> {
        let patterns = self.entries.values().flat_map(|entry| match entry {
            Entry::One(pattern) => vec![pattern],
            Entry::Forms(forms) => forms.values().collect(),
            Entry::Names(_) => Vec::new(),
        });
        patterns.flat_map(Pattern::pieces).filter_map(|piece| match piece {
            pattern::Piece::Words(words) => Some(words.as_str()),
            pattern::Piece::Place(_) => None,
        })
    }
}
