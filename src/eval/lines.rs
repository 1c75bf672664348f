//! JSON lines, one document a line, and what is wrong with one.
//!
//! Entry point: [`read`].

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

/// A line of a file that cannot be measured with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {fault}")]
pub struct LineError {
    /// The file as the user named it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub fault: LineFault,
}

/// What is wrong with a line. Offsets and lengths count code points.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// It is no JSON of the shape that the file must have.
    #[error("not {wanted}: {why} (column {column})")]
    BadJson {
        /// What the line should be.
        wanted: &'static str,
        /// What the JSON reader said.
        why: String,
        /// The byte, from 1.
        column: usize,
    },
    /// The id stands in an earlier line as well.
    #[error("the document `{id}` is in line {first} already")]
    Twice {
        /// The document.
        id: String,
        /// The earlier line.
        first: usize,
    },
    /// An expression without a character.
    #[error("the expression {start}..{end} is empty")]
    Empty {
        /// The first character.
        start: u32,
        /// The character after the last.
        end: u32,
    },
    /// An expression that the text is too short for.
    #[error("the expression {start}..{end} lies outside the text, which has {length} characters")]
    Outside {
        /// The first character.
        start: u32,
        /// The character after the last.
        end: u32,
        /// How long the text is.
        length: u32,
    },
    /// An expression of the gold without a type.
    #[error("the expression {start}..{end} has no `type`")]
    NoType {
        /// The first character.
        start: u32,
        /// The character after the last.
        end: u32,
    },
    /// A line of the system without any list of dates, such as an error of `annotate --jsonl`.
    #[error("the document `{0}` has neither `dates` nor `timexes`")]
    NoDates(String),
}

/// A document with its id, which no other document of its file has.
pub(super) trait Identified: DeserializeOwned {
    /// What a line of this kind is called in messages.
    const WANTED: &'static str;

    fn id(&self) -> &str;
}

/// The documents of `bytes`, each with its line, in order; blank lines are passed over.
pub(super) fn read<T: Identified>(file: &str, bytes: &[u8]) -> Result<Vec<(usize, T)>, LineError> {
    let mut documents = Vec::new();
    let mut seen = BTreeMap::new();
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let at = |fault| LineError { file: file.to_owned(), line: number, fault };
        let document: T = serde_json::from_slice(line).map_err(|error| at(bad_json::<T>(&error)))?;
        if let Some(first) = seen.insert(document.id().to_owned(), number) {
            return Err(at(LineFault::Twice { id: document.id().to_owned(), first }));
        }
        documents.push((number, document));
    }
    Ok(documents)
}

/// The reader's words without its own place, since each line is read alone.
fn bad_json<T: Identified>(error: &serde_json::Error) -> LineFault {
    let (words, column) = (error.to_string(), error.column());
    let place = format!(" at line {} column {column}", error.line());
    let why = words.strip_suffix(&place).unwrap_or(&words).to_owned();
    LineFault::BadJson { wanted: T::WANTED, why, column }
}
