//! [`Stops`]: which full stops of a language belong to their word and end no sentence.

use serde::Deserialize;

use super::mix::MixSet;

/// No abbreviation is longer, in bytes.
const LONGEST: usize = 10;

/// What a language's sentences.toml says. All words are in lower case, without their stop.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stops {
    /// Abbreviations that are written with a capital ("Sat. night", not "he sat.").
    abbreviations: MixSet<String>,
    /// Abbreviations with a capital or without.
    small_abbreviations: MixSet<String>,
    /// What is an abbreviation before a figure alone: "No. 5".
    before_figures: MixSet<String>,
    /// Words that start a sentence far more often than they follow an abbreviation.
    openers: MixSet<String>,
    /// Whether a figure with a stop is an ordinal where no opener follows: "5. Dezember".
    #[serde(default)]
    ordinals: bool,
}

impl Stops {
    /// Reads a sentences.toml.
    ///
    /// # Panics
    /// If it is none: these files are compiled in.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        toml::from_str(source).unwrap_or_else(|e| panic!("sentences.toml is compiled in: {e}"))
    }

    /// Whether a stop behind `word`, before `after`, belongs to the word.
    pub(super) fn belongs(&self, word: &str, after: &str) -> bool {
        if word.len() > LONGEST {
            return false;
        }
        let lower = word.to_ascii_lowercase();
        if self.before_figures.contains(&lower) {
            return after.trim_start().starts_with(|c: char| c.is_ascii_digit());
        }
        self.small_abbreviations.contains(&lower)
            || (word.starts_with(char::is_uppercase) && self.abbreviations.contains(&lower))
    }

    /// Whether a stop behind the figure `figure`, before `after`, makes it an ordinal.
    pub(super) fn is_ordinal(&self, figure: &str, after: &str) -> bool {
        let next = after.trim_start_matches([' ', '\u{a0}']);
        let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        self.ordinals
            && figure.len() <= 2
            && next.len() < after.len()
            && word.starts_with(char::is_alphabetic)
            && !(word.starts_with(char::is_uppercase) && self.is_opener(&word.to_lowercase()))
    }

    /// Whether `word`, in lower case, is an opener.
    pub(super) fn is_opener(&self, word: &str) -> bool {
        self.openers.contains(word)
    }
}

/// The stops of English and German, for tests.
#[cfg(test)]
pub(crate) mod tests {
    use super::Stops;

    pub(crate) fn english() -> Stops {
        Stops::parse(include_str!("../annotate/rules/en/sentences.toml"))
    }

    pub(crate) fn german() -> Stops {
        Stops::parse(include_str!("../annotate/rules/de/sentences.toml"))
    }
}
