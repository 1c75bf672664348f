//! [`Pattern`]: words with places to fill in, `{name}`.

use std::fmt::{Display, Write as _};

use serde::Deserialize;

/// A stretch of a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words as they are.
    Words(String),
    /// What is filled in, by its name.
    Place(String),
}

/// Words of one language with the places in them.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(super) struct Pattern {
    text: String,
    pieces: Vec<Piece>,
}

impl From<String> for Pattern {
    fn from(text: String) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, from)| Some((before, from.split_once('}')?)))
        {
            pieces.push(Piece::Words(before.to_owned()));
            pieces.push(Piece::Place(name.to_owned()));
            rest = after;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Words(String::new()));
        Self { text, pieces }
    }
}

impl Pattern {
    /// The words with their places unfilled.
    pub(super) fn as_written(&self) -> &str {
        &self.text
    }

    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Whether there is anything to fill in.
    pub(super) fn has_places(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Place(_)))
    }

    /// The words with their places filled.
    ///
    /// # Panics
    /// Where a place is not among `places`.
    pub(super) fn filled(&self, places: &[(&str, &dyn Display)]) -> String {
        let mut out = String::with_capacity(self.text.len() + 16);
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Place(name) => {
                    let (_, value) = places
                        .iter()
                        .find(|(place, _)| place == name)
                        .unwrap_or_else(|| panic!("nothing for {{{name}}} in `{}`", self.text));
                    write!(out, "{value}").expect("a string takes everything");
                }
            }
        }
        out
    }
}
