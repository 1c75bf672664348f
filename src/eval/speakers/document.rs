//! [`Gold`] and [`System`]: what is measured with, read from JSON lines.

use serde::Deserialize;

use crate::eval::answers::{Answer, Answers};
use crate::eval::lines::{self, Identified, LineError, LineFault};
use crate::eval::spans::{self, Spans};

/// The kind of a speaker whom the text does not tell.
pub(super) const UNKNOWN: &str = "unknown";
/// The kind of a human being with a name.
pub(super) const PERSON: &str = "person";

/// An attribution of the gold, with who is behind its source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
pub struct Attribution {
    /// Its id in its document.
    pub id: String,
    /// The words for who it was; none where the text does not say.
    pub source: Spans,
    /// What was said.
    pub content: Spans,
    /// The speaker's name, or a description.
    pub speaker: String,
    /// `person`, `organisation`, `group`, `unnamed`, `document` …, or `unknown`.
    pub speaker_kind: String,
    /// Other speakers that are right as well.
    #[serde(default)]
    pub alt_speakers: Vec<String>,
    /// The day, month or year on which it was said.
    pub said_on: Option<String>,
}

impl Attribution {
    pub(super) fn is_person(&self) -> bool {
        self.speaker_kind == PERSON
    }

    pub(super) fn is_known(&self) -> bool {
        self.speaker_kind != UNKNOWN
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
    /// The names of its people, speakers or not.
    pub people: Vec<String>,
    /// Names of people who say nothing and share a speaker's surname.
    pub silent_namesakes: Vec<String>,
}

/// All documents that were marked by hand, in the order of their file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gold {
    /// The documents.
    pub documents: Vec<GoldDocument>,
}

impl Gold {
    /// Reads JSON lines `{"id", "text", "attributions": [{"id", "source": [[start, end]], "content",
    /// "speaker", "speaker_kind", "said_on"?, "alt_speakers"?}], "people"?: [{"name"}],
    /// "others_same_surname"?}`. Keys that we do not know are left alone.
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
    attributions: Vec<Attribution>,
    #[serde(default)]
    people: Vec<Person>,
    #[serde(default)]
    others_same_surname: Vec<String>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Person {
    name: String,
}

impl Identified for GoldLine {
    const WANTED: &'static str = "a gold document";

    fn id(&self) -> &str {
        &self.id
    }
}

impl GoldLine {
    fn checked(self, line: usize) -> Result<GoldDocument, LineFault> {
        let Self { id, text, attributions, people, others_same_surname: silent_namesakes } = self;
        let length = spans::length(&text);
        for attribution in &attributions {
            spans::check_all("source", &attribution.source, length)?;
            spans::check_all("content", &attribution.content, length)?;
        }
        let people = people.into_iter().map(|person| person.name).collect();
        Ok(GoldDocument { line, id, text, attributions, people, silent_namesakes })
    }
}

/// What a system takes for an attribution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The words for who it was.
    pub source: Spans,
    /// What was said.
    pub content: Spans,
    /// Who is behind the source, where the system says.
    pub speaker: Option<Speaker>,
    /// When it was said, where the system says.
    pub said_on: Option<String>,
    /// How sure the system is, in thousandths, where it says.
    pub sure: Option<u16>,
}

/// Whom a system names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(expecting = "an object")]
pub struct Speaker {
    /// The name.
    pub name: Option<String>,
    /// What it is the name of; where nothing is said, of a person.
    pub kind: Option<String>,
}

impl Quote {
    /// The name that is given, if any.
    pub(super) fn name(&self) -> Option<&str> {
        let name = self.speaker.as_ref()?.name.as_deref()?;
        (!name.is_empty()).then_some(name)
    }

    /// The kind that is given, if any.
    pub(super) fn kind(&self) -> Option<&str> {
        self.speaker.as_ref()?.kind.as_deref()
    }

    /// When it was said; empty where the system does not tell.
    pub(super) fn day(&self) -> &str {
        self.said_on.as_deref().unwrap_or_default()
    }
}

/// The quotations that a system has found, by document.
pub type System = Answers<Quote>;

impl Answers<Quote> {
    /// Reads JSON lines `{"id", "quotes": [{"source", "content", "speaker": {"name", "kind"},
    /// "said_on", "confidence"}]}`, as `dateline annotate --jsonl` writes them; a gold file is read
    /// as well. A part that is not there or null is empty.
    ///
    /// # Errors
    /// Where a line is of another shape, an id comes twice or a stretch lies outside the text that
    /// `gold` has under its id.
    pub fn read(file: &str, bytes: &[u8], gold: &Gold) -> Result<Self, LineError> {
        let length = |document: &GoldDocument| spans::length(&document.text);
        let lengths =
            gold.documents.iter().map(|document| (document.id.as_str(), length(document))).collect();
        Self::gather::<SystemLine>(file, bytes, &lengths)
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct SystemLine {
    id: String,
    quotes: Option<Vec<ReadQuote>>,
    attributions: Option<Vec<Attribution>>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct ReadQuote {
    source: Option<Spans>,
    content: Option<Spans>,
    speaker: Option<Speaker>,
    said_on: Option<String>,
    confidence: Option<f64>,
}

impl From<ReadQuote> for Quote {
    fn from(read: ReadQuote) -> Self {
        let ReadQuote { source, content, speaker, said_on, confidence } = read;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1000")]
        let sure = confidence.map(|sure| (sure.clamp(0.0, 1.0) * 1000.0).round() as u16);
        let (source, content) = (source.unwrap_or_default(), content.unwrap_or_default());
        Self { source, content, speaker, said_on, sure }
    }
}

/// Gold as what a system would have to answer.
impl From<Attribution> for Quote {
    fn from(gold: Attribution) -> Self {
        let known = gold.is_known();
        let Attribution { source, content, speaker, speaker_kind, said_on, .. } = gold;
        let speaker = known.then_some(Speaker { name: Some(speaker), kind: Some(speaker_kind) });
        Self { source, content, speaker, said_on, sure: None }
    }
}

impl Identified for SystemLine {
    const WANTED: &'static str = "a system's document";

    fn id(&self) -> &str {
        &self.id
    }
}

impl Answer for SystemLine {
    type Item = Quote;
    const KEYS: [&'static str; 2] = ["quotes", "attributions"];

    fn items(self) -> Option<Vec<Quote>> {
        let of_gold = |gold: Vec<Attribution>| gold.into_iter().map(Quote::from).collect();
        let found = self.quotes.map(|quotes| quotes.into_iter().map(Quote::from).collect());
        found.or_else(|| self.attributions.map(of_gold))
    }

    fn check(quote: &Quote, length: u32) -> Result<(), LineFault> {
        spans::check_all("source", &quote.source, length)?;
        spans::check_all("content", &quote.content, length)
    }
}
