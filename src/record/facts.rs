//! [`Facts`]: the part of a record that the library folds.

use std::path::PathBuf;
use std::sync::Arc;

use crate::annotate::timex::Value;
use crate::annotate::{Basis, Form, SpeakerKind};
use crate::parse::{Correction, Published, Show};

/// Who, which words, which day, which address: one article's share in the library.
///
/// It owns its strings and holds nothing that the article's `show` keeps from readers.
/// [`Facts::of`] makes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The entry, relative to the site's folder.
    pub entry: PathBuf,
    /// The last segment of the address.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// The front matter's description, else the first sentences that are shown, else the headline.
    pub description: String,
    /// When it was published.
    pub published: Published,
    /// The last change.
    pub updated: Option<Published>,
    /// The news organisation, where the front matter names one.
    pub outlet: Option<String>,
    /// The dateline's place as written ("WASHINGTON/KYIV").
    pub place: Option<String>,
    /// Subjects as written.
    pub topics: Vec<String>,
    /// The story as written.
    pub story: Option<String>,
    /// Former addresses.
    pub aliases: Vec<String>,
    /// Corrections, in the order given.
    pub corrections: Vec<Correction>,
    /// How much readers get.
    pub show: Show,
    /// The article's people by their index in `Annotations::people`; `None` where nothing that
    /// is shown names them. Named speakers that have no row there come after.
    pub people: Vec<Option<PersonFacts>>,
    /// Counted statements in the order of the text.
    pub statements: Vec<StatementFacts>,
    /// Quoted words whose speaker is not told or not certain, in the order of the text. They carry
    /// no speaker: their own brief leads from them to where the same words are certain, and nothing
    /// else has them.
    pub open: Vec<OpenFacts>,
    /// Dates for day, month and year pages, in the order of the text.
    pub dates: Vec<DateFacts>,
}

/// Someone an article names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PersonFacts {
    /// The fullest form.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// Offices and descriptions as the article words them.
    pub roles: Vec<String>,
    /// The id in people.toml, where an editor has said who it is: it decides, whatever the name.
    pub profile: Option<String>,
}

impl PersonFacts {
    /// Whether it is a person or a body with a name, and so can have a profile.
    #[must_use]
    pub fn is_named(&self) -> bool {
        is_named(self.kind)
    }
}

/// Whether a speaker of this kind has a name.
pub(super) fn is_named(kind: SpeakerKind) -> bool {
    matches!(kind, SpeakerKind::Person | SpeakerKind::Organisation)
}

/// One counted statement: at or above the threshold, no repeat, with a known or unnamed speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementFacts {
    /// The attribution's id in its brief.
    pub quote: Arc<str>,
    /// The index into [`Facts::people`]; `None` for speakers without a name.
    pub person: Option<usize>,
    /// The speaker's name or description.
    pub speaker: Arc<str>,
    /// What they are.
    pub kind: SpeakerKind,
    /// How the words are given.
    pub form: Form,
    /// The words.
    pub words: Arc<str>,
    /// The sentences around, with the words in them.
    pub context: Arc<str>,
    /// The day or month of speaking.
    pub said_on: Option<Value>,
    /// How that is known.
    pub basis: Option<Basis>,
    /// Where.
    pub venue: Option<Arc<str>>,
    /// Whom its words name, by index into [`Facts::people`], each once, without who speaks.
    pub names: Vec<usize>,
    /// Whether an editor has looked at it.
    pub checked: bool,
}

/// Words in quotation marks that are nobody's for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFacts {
    /// The attribution's id in its brief.
    pub quote: Arc<str>,
    /// How the words are given: direct or mixed.
    pub form: Form,
    /// The words.
    pub words: Arc<str>,
    /// The time of speaking.
    pub said_on: Option<Value>,
    /// The sentences around, with the words in them, where the text names no speaker at all; `None`
    /// where somebody is possibly the speaker, which its own brief alone may tell.
    pub nobody: Option<Arc<str>>,
}

/// A date, or an interval of two, that day, month or year pages list.
#[derive(Clone, Debug, PartialEq)]
pub struct DateFacts {
    /// `t` and the index in `Annotations::timexes` counted from 1; of an interval, that of its begin.
    pub timex: Arc<str>,
    /// What it means; of an interval, its begin.
    pub value: Value,
    /// The end of an interval.
    pub until: Option<Value>,
    /// The index into [`Facts::statements`] of the one in whose words it stands.
    pub statement: Option<usize>,
    /// The words.
    pub words: Arc<str>,
    /// The sentence around.
    pub sentence: Arc<str>,
    /// How sure the annotator is.
    pub confidence: f32,
}
