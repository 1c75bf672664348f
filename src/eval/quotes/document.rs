//! [`Gold`] and [`System`]: what is measured with, read from JSON lines.

use serde::Deserialize;

use crate::eval::answers::{Answer, Answers};
use crate::eval::lines::{self, Identified, LineError, LineFault};
use crate::eval::spans::{self, Spans};

/// Words that somebody is told to have said, thought or wanted, marked by hand or by a system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The words for who it was; none where the text does not say.
    pub source: Spans,
    /// The words that tie the two together ("said").
    pub cue: Spans,
    /// What was said.
    pub content: Spans,
    /// Whether a system calls it `direct`, `mixed` or `indirect`; the gold makes no such claim.
    pub claimed: Option<String>,
}

impl Attribution {
    fn check(&self, length: u32) -> Result<(), LineFault> {
        spans::check_all("source", &self.source, length)?;
        spans::check_all("cue", &self.cue, length)?;
        spans::check_all("content", &self.content, length)
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
    /// Its attributions.
    pub attributions: Vec<Attribution>,
}

/// All documents that were marked by hand, in the order of their file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gold {
    /// The documents.
    pub documents: Vec<GoldDocument>,
}

impl Gold {
    /// Reads JSON lines `{"id", "text", "attributions": [{"source": [[start, end]], "cue",
    /// "content"}]}`. Keys that we do not know are left alone.
    ///
    /// # Errors
    /// Where a line is of another shape, an id comes twice or a stretch lies outside its text.
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
    attributions: Vec<GoldAttribution>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct GoldAttribution {
    source: Spans,
    cue: Spans,
    content: Spans,
}

impl Identified for GoldLine {
    const WANTED: &'static str = "a gold document";

    fn id(&self) -> &str {
        &self.id
    }
}

impl GoldLine {
    fn checked(self, line: usize) -> Result<GoldDocument, LineFault> {
        let Self { id, text, attributions } = self;
        let length = spans::length(&text);
        let attributions = attributions.into_iter().map(|attribution| {
            let GoldAttribution { source, cue, content } = attribution;
            let attribution = Attribution { source, cue, content, claimed: None };
            attribution.check(length).map(|()| attribution)
        });
        Ok(GoldDocument { line, id, attributions: attributions.collect::<Result<_, _>>()?, text })
    }
}

/// The attributions that a system has found, by document.
pub type System = Answers<Attribution>;

impl Answers<Attribution> {
    /// Reads JSON lines `{"id", "quotes": [{"source", "cue", "content", "kind"}]}`, as `dateline
    /// annotate --jsonl` writes them (it calls the kind `form`); a gold file is read as well. A
    /// part that is not there or null is empty.
    ///
    /// # Errors
    /// Where a line is of another shape, an id comes twice or a stretch lies outside the text that
    /// `gold` has under its id.
    pub fn read(file: &str, bytes: &[u8], gold: &Gold) -> Result<Self, LineError> {
        let length = |document: &'_ GoldDocument| spans::length(&document.text);
        let lengths =
            gold.documents.iter().map(|document| (document.id.as_str(), length(document))).collect();
        Self::gather::<SystemLine>(file, bytes, &lengths)
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct SystemLine {
    id: String,
    quotes: Option<Vec<Quote>>,
    attributions: Option<Vec<Quote>>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Quote {
    source: Option<Spans>,
    cue: Option<Spans>,
    content: Option<Spans>,
    kind: Option<String>,
    form: Option<String>,
}

impl From<Quote> for Attribution {
    fn from(quote: Quote) -> Self {
        Self {
            source: quote.source.unwrap_or_default(),
            cue: quote.cue.unwrap_or_default(),
            content: quote.content.unwrap_or_default(),
            claimed: quote.kind.or(quote.form),
        }
    }
}

impl Identified for SystemLine {
    const WANTED: &'static str = "a system's document";

    fn id(&self) -> &str {
        &self.id
    }
}

impl Answer for SystemLine {
    type Item = Attribution;
    const KEYS: [&'static str; 2] = ["quotes", "attributions"];

    fn items(self) -> Option<Vec<Attribution>> {
        let quotes = self.quotes.or(self.attributions)?;
        Some(quotes.into_iter().map(Attribution::from).collect())
    }

    fn check(attribution: &Attribution, length: u32) -> Result<(), LineFault> {
        attribution.check(length)
    }
}
