//! [`Gold`] and [`System`]: what is measured with, read from JSON lines.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::eval::lines::{self, Identified, LineError, LineFault};

/// One temporal expression, marked by hand or by a system.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
pub struct Mention {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The type of TIMEX3; the gold always has one.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The value of TIMEX3; `None` where the gold cannot tell one.
    pub value: Option<String>,
    /// Whether it stands in the document's header, not its body.
    #[serde(default)]
    in_header: Option<bool>,
}

impl Mention {
    pub(super) fn in_header(&self) -> bool {
        self.in_header == Some(true)
    }

    fn check(&self, length: u32) -> Result<(), LineFault> {
        let Self { start, end, .. } = *self;
        if end > length {
            Err(LineFault::Outside { start, end, length })
        } else if start >= end {
            Err(LineFault::Empty { start, end })
        } else {
            Ok(())
        }
    }
}

/// A document of the gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldDocument {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its expressions.
    pub timexes: Vec<Mention>,
    /// How many code points its headline takes at the start of the text.
    headline: u32,
}

impl GoldDocument {
    /// The code point at which the body starts: behind the headline and the header's expressions.
    pub(super) fn body(&self) -> u32 {
        let header = self.timexes.iter().filter(|mention| mention.in_header());
        header.map(|mention| mention.end).max().unwrap_or(0).max(self.headline)
    }
}

/// All documents that were marked by hand, in the order of their file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gold {
    /// The documents.
    pub documents: Vec<GoldDocument>,
}

impl Gold {
    /// Reads JSON lines `{"id", "text", "title"?, "timexes": [{"start", "end", "type", "value",
    /// "in_header"?}]}`. Keys that we do not know are left alone.
    ///
    /// # Errors
    /// Where a line is of another shape, an id comes twice or an expression lies outside its text.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, LineError> {
        let lines = lines::read::<GoldLine>(file, bytes)?;
        let documents = lines.into_iter().map(|(line, document)| {
            document.checked(line).map_err(|fault| LineError { file: file.to_owned(), line, fault })
        });
        Ok(Self { documents: documents.collect::<Result<_, _>>()? })
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct GoldLine {
    id: String,
    text: String,
    title: Option<String>,
    timexes: Vec<Mention>,
}

impl Identified for GoldLine {
    const WANTED: &'static str = "a gold document";

    fn id(&self) -> &str {
        &self.id
    }
}

impl GoldLine {
    fn checked(self, line: usize) -> Result<GoldDocument, LineFault> {
        let Self { id, text, title, timexes } = self;
        let length = count(&text);
        for mention in &timexes {
            mention.check(length)?;
            if mention.kind.is_none() {
                return Err(LineFault::NoType { start: mention.start, end: mention.end });
            }
        }
        let headline =
            title.filter(|title| text.starts_with(title.as_str())).map_or(0, |title| count(&title));
        Ok(GoldDocument { line, id, text, timexes, headline })
    }
}

/// The number of code points.
fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// What a system has found, by document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct System {
    documents: BTreeMap<String, Vec<Mention>>,
}

impl System {
    /// Reads JSON lines `{"id", "dates": [{"start", "end", "type", "value"}]}`, as
    /// `dateline annotate --jsonl` writes them; a gold file is read as well.
    ///
    /// # Errors
    /// Where a line is of another shape, an id comes twice or an expression lies outside the text
    /// that `gold` has under its id.
    pub fn read(file: &str, bytes: &[u8], gold: &Gold) -> Result<Self, LineError> {
        let lengths: BTreeMap<&str, u32> =
            gold.documents.iter().map(|document| (document.id.as_str(), count(&document.text))).collect();
        let mut documents = BTreeMap::new();
        for (line, document) in lines::read::<SystemLine>(file, bytes)? {
            let at = |fault| LineError { file: file.to_owned(), line, fault };
            let SystemLine { id, dates, timexes } = document;
            let Some(mentions) = dates.or(timexes) else { return Err(at(LineFault::NoDates(id))) };
            if let Some(length) = lengths.get(id.as_str()) {
                mentions.iter().try_for_each(|mention| mention.check(*length)).map_err(at)?;
            }
            documents.insert(id, mentions);
        }
        Ok(Self { documents })
    }

    /// What was found in a document; `None` where the system has no line for it.
    pub(super) fn of(&self, id: &str) -> Option<&[Mention]> {
        self.documents.get(id).map(Vec::as_slice)
    }

    /// How many documents the system has lines for.
    pub(super) fn len(&self) -> usize {
        self.documents.len()
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct SystemLine {
    id: String,
    dates: Option<Vec<Mention>>,
    timexes: Option<Vec<Mention>>,
}

impl Identified for SystemLine {
    const WANTED: &'static str = "a system's document";

    fn id(&self) -> &str {
        &self.id
    }
}
