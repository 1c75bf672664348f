//! What a note says: [`Note`].

use std::path::PathBuf;

use crate::annotate::timex::Value;
use crate::annotate::{Act, SpeakerKind};
use crate::config::Placed;
use crate::diag::Diagnostic;
use crate::text::Span;

/// A text with notes in it.
#[derive(Debug)]
pub(super) struct Source {
    /// As diagnostics name it.
    pub(super) path: PathBuf,
    /// The text, which places count in.
    pub(super) text: String,
    /// How many lines of the file stand before it.
    pub(super) lines_before: usize,
}

/// Every note about one article, as it is written.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) sources: Vec<Source>,
    pub(super) notes: Vec<Note>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One note.
#[derive(Debug)]
pub(super) struct Note {
    /// The index of the text that it stands in.
    pub(super) source: usize,
    /// Where in that text messages about it point.
    pub(super) place: Span,
    /// Which words of the article it is about.
    pub(super) at: At,
    /// What it says about them.
    pub(super) about: About,
}

/// Which words of an article are meant.
#[derive(Debug)]
pub(super) enum At {
    /// Those of a text-quote selector.
    Words(Selector),
    /// Those at a place of the document: the words of a link.
    Link(Span),
}

/// Words, and what stands beside them. White space and the style of marks and dashes are nothing.
#[derive(Debug)]
pub(super) struct Selector {
    pub(super) exact: String,
    pub(super) prefix: Option<String>,
    pub(super) suffix: Option<String>,
    /// Whether every place that fits is meant.
    pub(super) all: bool,
}

/// What kind of annotation a note is about.
#[derive(Debug)]
pub(super) enum About {
    /// An attribution, by words of its content.
    Quotation(Claim<Box<QuotationClaim>>),
    /// A temporal expression.
    Date(Claim<Value>),
    /// Words that mean somebody.
    Mention(Claim<SpeakerClaim>),
}

/// What is said of an annotation.
#[derive(Debug)]
pub(super) enum Claim<T> {
    /// It is so.
    Says(T),
    /// It is none.
    Reject,
    /// It is as it was found.
    Confirm,
}

/// Somebody, by an id of people.toml or by name.
#[derive(Clone, Debug)]
pub(super) struct SpeakerClaim {
    pub(super) words: Placed<String>,
    /// What they are, where the name is new.
    pub(super) kind: Option<SpeakerKind>,
}

/// What is said of an attribution; what is `None` stays as it was found.
#[derive(Clone, Debug, Default)]
pub(super) struct QuotationClaim {
    pub(super) speaker: Option<SpeakerClaim>,
    pub(super) act: Option<Act>,
    /// The time of speaking; `Some(None)`: the text does not tell it.
    pub(super) said_on: Option<Option<Value>>,
    /// The words that name the source.
    pub(super) source: Option<Placed<String>>,
    /// The words that say that somebody speaks.
    pub(super) cue: Option<Placed<String>>,
    /// The parts of the content; none: as it was found, else the words of the selector.
    pub(super) content: Vec<Placed<String>>,
}
