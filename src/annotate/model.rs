//! What annotation says: the layers and their parts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Language;
use super::Why;
use super::timex::{Interval, Timex, Value};
use crate::text::Span;

/// Everything that annotation may know besides the text: the only way in for settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// The publication date, which TIMEX3 calls the document creation time.
    pub dct: Option<NaiveDate>,
    /// The language, which decides by what rules the text is read.
    pub language: Language,
    /// Whether `12/5` is the twelfth of May instead of December 5.
    pub day_first: bool,
}

/// The layers of one article. Each is sorted by start; layers may overlap.
///
/// What it serialises as is for a cache between builds; the form for others is the `record`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// Sentences of the prose.
    pub sentences: Vec<Span>,
    /// Names and other words that mean somebody.
    pub mentions: Vec<Mention>,
    /// Who is meant, one row per person or organisation.
    pub people: Vec<Person>,
    /// Attributions.
    pub quotes: Vec<Quote>,
    /// Dates, times, durations and sets.
    pub timexes: Vec<Timex>,
    /// Stretches of time from one of `timexes` to another, none sharing an end with another.
    pub intervals: Vec<Interval>,
    /// Quotations that no mark closes: the author should look at them.
    pub unclosed: Vec<Span>,
}

/// Words that mean one of [`Annotations::people`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The words, without honorific or office.
    pub span: Span,
    /// The index of the person.
    pub person: usize,
}

/// Someone the article names. The id is local: `p` and the index counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The fullest form that the article gives, without honorific or office.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// Offices and descriptions as the article words them, in order, each once.
    pub roles: Vec<String>,
    /// The id in people.toml, where an editor has said who it is. Whoever is found by name alone has
    /// none, and the library decides.
    pub profile: Option<String>,
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SpeakerKind {
    /// A named human being.
    Person,
    /// A named body: a ministry, a company, a state that speaks through its capital.
    Organisation,
    /// Several who speak as one ("Ukrainian negotiators").
    Group,
    /// Someone who is kept from us ("a Kyiv official").
    Unnamed,
    /// A text that speaks ("the report").
    Document,
    /// An opinion poll.
    Poll,
}

impl SpeakerKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Organisation, Self::Group, Self::Unnamed, Self::Document, Self::Poll];

    /// The name in the JSON schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Unnamed => "unnamed",
            Self::Document => "document",
            Self::Poll => "poll",
        }
    }
}

/// What an attribution says that the source did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Act {
    /// Words that were uttered or written.
    Statement,
    /// A belief, wish, plan or decision, or the reporter's reading of one.
    Position,
    /// Denied, hypothetical, asked, or not said.
    None,
}

impl Act {
    /// The name in the JSON schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Position => "position",
            Self::None => "none",
        }
    }
}

/// How much of the content stands inside quotation marks (the words of PARC and `PolNeAR`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Form {
    /// All of it.
    Direct,
    /// A part of it.
    Mixed,
    /// Nothing.
    Indirect,
}

impl Form {
    /// The name in the JSON schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// Who decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Provenance {
    /// A rule.
    Rule,
    /// A trained model.
    Model,
    /// An editor, whose word is never overwritten.
    Editor,
}

impl Provenance {
    /// The name in the JSON schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Model => "model",
            Self::Editor => "editor",
        }
    }
}

/// One attribution: a source, a cue and a content, each a list of spans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// `q-` and 8 hex digits of the BLAKE3 digest of the content's folded words; a repeat in the
    /// same article adds `-2`. Anchors of pages are made of it, so it never depends on a model.
    pub id: String,
    /// What the source did.
    pub act: Act,
    /// How the words are given.
    pub form: Form,
    /// Why; `None` where an editor has said so, or it was read from a file.
    pub why: Option<Why>,
    /// The words that name who speaks; may be empty.
    pub source: Vec<Span>,
    /// The words that say that somebody speaks ("said"); may be empty.
    pub cue: Vec<Span>,
    /// The words spoken, quotation marks included; never empty.
    pub content: Vec<Span>,
    /// Who speaks, once resolved.
    pub speaker: Option<Speaker>,
    /// The day (or month) of speaking, where the text tells it; a position is no speaking and has none.
    pub said_on: Option<SaidOn>,
    /// Where or through what ("on state TV").
    pub venue: Option<Venue>,
    /// To whom ("AFP", "reporters").
    pub told_to: Option<Span>,
    /// The id of the attribution of which this is the same statement told twice (a standfirst
    /// that sums up a quotation of the text). It is counted there, not here.
    pub repeats: Option<String>,
    /// How sure the annotator is that source, content and speaker are right, from 0 to 1.
    pub confidence: f32,
    /// Who decided.
    pub provenance: Provenance,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The index into [`Annotations::people`], where the article names them.
    pub person: Option<usize>,
    /// The fullest form that the article gives, without honorific or office; a description
    /// ("Kyiv official") for those without a name.
    pub name: String,
    /// What they are.
    pub kind: SpeakerKind,
}

/// When something was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SaidOn {
    /// A day, or the month where the text tells no more.
    pub value: Value,
    /// How it is known.
    pub basis: Basis,
}

/// How a day of speaking is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// The words at the attribution say it.
    Text,
    /// Plainly the same remarks as a dated attribution.
    SameRemarks,
    /// What the words speak of is dated elsewhere in the article.
    Context,
    /// An editor has said it.
    Editor,
}

impl Basis {
    /// The name in the JSON schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::SameRemarks => "same_remarks",
            Self::Context => "context",
            Self::Editor => "editor",
        }
    }
}

/// Where or through what something was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    /// The words.
    pub span: Span,
    /// The words as they read, without markup.
    pub text: String,
}
