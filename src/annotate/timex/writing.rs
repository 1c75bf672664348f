//! [`Writing`]: how a language writes numbers and hours, as its language.toml says.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What the scan, the fold and the cues must know of a language besides its words. What a
/// language leaves out it does not have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Writing {
    /// The mark before decimals.
    pub(super) decimal: char,
    /// The mark between thousands.
    pub(super) thousands: char,
    /// Whether a date in figures starts with the day, whatever the site's setting.
    #[serde(default)]
    pub(super) day_first: bool,
    /// "5th".
    #[serde(default)]
    ordinal_endings: Vec<String>,
    /// Whether a point behind a figure makes it an ordinal: "5. Dezember".
    #[serde(default)]
    pub(super) ordinal_point: bool,
    /// "1960s".
    #[serde(default)]
    decade_endings: Vec<String>,
    /// "5pm".
    #[serde(default)]
    clock_endings: Vec<String>,
    /// Single letters with points, and the word that they stand for.
    #[serde(default)]
    pub(super) dotted: BTreeMap<String, String>,
    /// An apostrophe and the letters that make a token with it: "'s".
    #[serde(default)]
    pub(super) genitive: Option<String>,
    /// "two hundred and ten".
    #[serde(default)]
    pub(super) and: String,
    /// "two and a half".
    #[serde(default)]
    pub(super) and_a_half: String,
    /// "nineteen ninety-six".
    #[serde(default)]
    pub(super) years_in_pairs: bool,
    /// What may stand between a day and its hour.
    #[serde(default)]
    joints: Vec<String>,
    /// What stands between a part of the day and its day.
    #[serde(default)]
    part_of: Vec<String>,
    /// Whether every noun has a capital, so that a part of the day with one is no name.
    #[serde(default)]
    pub(super) capital_nouns: bool,
    /// The marks that end a clause, over which no word tells what lies ahead or behind.
    #[serde(default)]
    clause_marks: Vec<String>,
    /// How many words behind an expression may tell that of it.
    #[serde(default)]
    pub(super) reach_behind: usize,
    /// The endings of a regular past tense.
    #[serde(default)]
    past_endings: Vec<String>,
    /// The longer endings that only look so.
    #[serde(default)]
    not_past_endings: Vec<String>,
    /// Pairs of quotation marks, the opening one first.
    quotes: Vec<String>,
}

impl Writing {
    /// Reads language.toml.
    pub(super) fn parse(source: &str) -> Self {
        toml::from_str(source).unwrap_or_else(|e| panic!("language.toml is compiled in: {e}"))
    }

    /// Whether an ordinal ends in `letters`.
    pub(super) fn is_ordinal_ending(&self, letters: &[u8]) -> bool {
        any(&self.ordinal_endings, letters)
    }

    /// Whether a decade ends in `letters`.
    pub(super) fn is_decade_ending(&self, letters: &[u8]) -> bool {
        any(&self.decade_endings, letters)
    }

    /// Whether an hour ends in `letters`.
    pub(super) fn is_clock_ending(&self, letters: &[u8]) -> bool {
        any(&self.clock_endings, letters)
    }

    /// Whether `word` may stand between a day and its hour: "on", "at" or a comma.
    pub(super) fn is_joint(&self, word: &str) -> bool {
        self.joints.iter().any(|joint| joint == word)
    }

    /// Whether `word` may stand between a part of the day and its day: "of".
    pub(super) fn is_part_of(&self, word: &str) -> bool {
        self.part_of.iter().any(|of| of == word)
    }

    /// The mark that opens what `mark` closes.
    pub(super) fn opener(&self, mark: &str) -> Option<&str> {
        let pair = self.quotes.iter().find(|pair| !mark.is_empty() && pair.ends_with(mark))?;
        Some(&pair[..pair.len() - mark.len()])
    }

    /// Whether `mark` opens or closes a quotation.
    pub(super) fn is_quote(&self, mark: &str) -> bool {
        !mark.is_empty() && self.quotes.iter().any(|pair| pair.starts_with(mark) || pair.ends_with(mark))
    }

    /// Whether a clause ends with `mark`.
    pub(super) fn is_clause_mark(&self, mark: &str) -> bool {
        self.clause_marks.iter().any(|end| end == mark)
    }

    /// Whether a word looks like a regular past tense.
    pub(super) fn is_past_tense(&self, word: &str) -> bool {
        let ends = |endings: &[String]| endings.iter().any(|ending| word.ends_with(ending.as_str()));
        word.len() > 4
            && word.as_bytes()[0].is_ascii_lowercase()
            && ends(&self.past_endings)
            && !ends(&self.not_past_endings)
    }
}

fn any(endings: &[String], letters: &[u8]) -> bool {
    endings.iter().any(|ending| letters.eq_ignore_ascii_case(ending.as_bytes()))
}
