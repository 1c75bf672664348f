//! [`Gold`] and [`System`]: what is measured with, read from JSON lines.

use serde::Deserialize;

use crate::eval::answers::{Answer, Answers};
use crate::eval::lines::{self, Identified, LineError, LineFault};
use crate::eval::spans;

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
        spans::check("expression", [self.start, self.end], length)
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
        let documents = lines::documents(file, bytes, |line, document: GoldLine| document.checked(line))?;
        Ok(Self { documents })
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
        let length = spans::length(&text);
        for mention in &timexes {
            mention.check(length)?;
            if mention.kind.is_none() {
                return Err(LineFault::NoType { start: mention.start, end: mention.end });
            }
        }
        let headline =
            title.filter(|title| text.starts_with(title.as_str())).map_or(0, |title| spans::length(&title));
        Ok(GoldDocument { line, id, text, timexes, headline })
    }
}

/// The dates that a system has found, by document.
pub type System = Answers<Mention>;

impl Answers<Mention> {
    /// Reads JSON lines `{"id", "dates": [{"start", "end", "type", "value"}]}`, as
    /// `dateline annotate --jsonl` writes them; a gold file is read as well.
    ///
    /// # Errors
    /// Where a line is of another shape, an id comes twice or an expression lies outside the text
    /// that `gold` has under its id.
    pub fn read(file: &str, bytes: &[u8], gold: &Gold) -> Result<Self, LineError> {
        let lengths = gold
            .documents
            .iter()
            .map(|document| (document.id.as_str(), spans::length(&document.text)))
            .collect();
        Self::gather::<SystemLine>(file, bytes, &lengths)
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

impl Answer for SystemLine {
    type Item = Mention;
    const KEYS: [&'static str; 2] = ["dates", "timexes"];

    fn items(self) -> Option<Vec<Mention>> {
        self.dates.or(self.timexes)
    }

    fn check(mention: &Mention, length: u32) -> Result<(), LineFault> {
        mention.check(length)
    }
}
