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
    /// A stretch without a character.
    #[error("the {what} {start}..{end} is empty")]
    Empty {
        /// What it is: an expression, a source, a cue or a content.
        what: &'static str,
        /// The first character.
        start: u32,
        /// The character after the last.
        end: u32,
    },
    /// A stretch that the text is too short for.
    #[error("the {what} {start}..{end} lies outside the text, which has {length} characters")]
    Outside {
        /// What it is: an expression, a source, a cue or a content.
        what: &'static str,
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
    /// A line of the system without any list, such as an error of `annotate --jsonl`.
    #[error("the document `{id}` has neither `{}` nor `{}`", keys[0], keys[1])]
    Neither {
        /// The document.
        id: String,
        /// The key that the list has in an answer, and the one that it has in gold.
        keys: [&'static str; 2],
    },
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

/// The documents of `bytes` as `checked` takes them, given the line and what it holds.
pub(super) fn documents<T: Identified, D>(
    file: &str,
    bytes: &[u8],
    checked: impl Fn(usize, T) -> Result<D, LineFault>,
) -> Result<Vec<D>, LineError> {
    let lines = read::<T>(file, bytes)?.into_iter();
    let at = |line| move |fault| LineError { file: file.to_owned(), line, fault };
    lines.map(|(line, document)| checked(line, document).map_err(at(line))).collect()
}

/// The reader's words without its own place, since each line is read alone.
fn bad_json<T: Identified>(error: &serde_json::Error) -> LineFault {
    let (words, column) = (error.to_string(), error.column());
    let place = format!(" at line {} column {column}", error.line());
    let why = words.strip_suffix(&place).unwrap_or(&words).to_owned();
    LineFault::BadJson { wanted: T::WANTED, why, column }
}
