//! The library's rows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Echoes, OpenQuote};
use crate::annotate::timex::Value;
use crate::annotate::{Basis, Form, SpeakerKind};
use crate::config::{Link, Portrait, Role};
use crate::parse::{Correction, Published, Show};

/// The index of a [`Brief`] in [`Library::briefs`].
pub type BriefId = usize;
/// The index of a [`Profile`] in [`Library::profiles`].
pub type ProfileId = usize;
/// The index of a [`Statement`] in [`Library::statements`].
pub type StatementId = usize;

/// A role and the days of the first and last brief that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenRole {
    /// The words ("Kremlin aide").
    pub role: String,
    /// The publication day of the first brief with it.
    pub first: NaiveDate,
    /// The publication day of the last brief with it.
    pub last: NaiveDate,
}

/// A form of somebody's name and the days of the first and last brief that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenName {
    /// The words ("M. Lindqvist").
    pub name: String,
    /// The publication day of the first brief with it.
    pub first: NaiveDate,
    /// The publication day of the last brief with it.
    pub last: NaiveDate,
}

/// Someone who speaks in the site's briefs: one row per human being or body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The last segment of the page's address (`yuri-ushakov`).
    pub id: String,
    /// The fullest name, or the register's.
    pub name: String,
    /// Other forms that the briefs use, sorted.
    pub other_names: Vec<String>,
    /// The forms that the briefs use, with the name itself, by first day.
    pub seen_names: Vec<SeenName>,
    /// Person, organisation or group.
    pub kind: SpeakerKind,
    /// Roles from the register, in its order.
    pub roles: Vec<Role>,
    /// Roles as the briefs word them, by first day.
    pub seen_roles: Vec<SeenRole>,
    /// Addresses from the register.
    pub links: Vec<Link>,
    /// The register's picture.
    pub portrait: Option<Portrait>,
    /// Former ids whose addresses redirect here.
    pub merged: Vec<String>,
    /// Whether there is a page.
    pub page: bool,
    /// Whether search engines are asked to stay away.
    pub noindex: bool,
    /// Their statements, by day of speaking (publication day where that is unknown), publication and
    /// place: counted ones alone (statements, at or above the threshold, no repeats).
    pub statements: Vec<StatementId>,
    /// Briefs in which they speak.
    pub briefs: Vec<BriefId>,
    /// Whom their statements name, and in which of them: speakers with a page alone.
    pub speaks_of: BTreeMap<ProfileId, Vec<StatementId>>,
    /// Whose statements name them, and which: speakers with a page alone.
    pub named_by: BTreeMap<ProfileId, Vec<StatementId>>,
}

/// Something somebody said: one counted attribution. Only statements at or above the threshold
/// that repeat no other of the same brief become a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The brief.
    pub brief: BriefId,
    /// The attribution's id in its brief, which is its anchor.
    pub quote: Arc<str>,
    /// Who; `None` for sources without a name. Words whose speaker the text does not tell at all
    /// are nobody's statement and have no row.
    pub profile: Option<ProfileId>,
    /// How the speaker is called where there is no profile ("Kyiv official").
    pub speaker: Arc<str>,
    /// What they are.
    pub kind: SpeakerKind,
    /// How the words are given.
    pub form: Form,
    /// The words, as plain text with the article's own marks.
    pub words: Arc<str>,
    /// The sentences around, with the words in them, as plain text.
    pub context: Arc<str>,
    /// The day or month of speaking.
    pub said_on: Option<Value>,
    /// How that is known.
    pub basis: Option<Basis>,
    /// Where ("on state TV").
    pub venue: Option<Arc<str>>,
    /// Whom its words name, each once, without who speaks.
    pub names: Vec<ProfileId>,
    /// The publication day of the brief.
    pub published: NaiveDate,
    /// Whether an editor has looked at it.
    pub checked: bool,
}

/// One brief as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// The entry it was made of, relative to the site's folder.
    pub entry: PathBuf,
    /// The last segment of the address.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// One or two sentences; made of the text where none is given.
    pub description: String,
    /// When it was published.
    pub published: Published,
    /// The last change.
    pub updated: Option<Published>,
    /// The outlet's row.
    pub outlet: Option<usize>,
    /// The dateline's first place; [`Place::briefs`] tells the others.
    pub place: Option<usize>,
    /// The topics' rows, by name.
    pub topics: Vec<usize>,
    /// The story's row.
    pub story: Option<usize>,
    /// Corrections, newest last.
    pub corrections: Vec<Correction>,
    /// How much readers get.
    pub show: Show,
    /// Which profile each of the article's people is (`Annotations::people` by index; speakers
    /// that have no row there come after).
    pub people: Vec<Option<ProfileId>>,
    /// Its counted statements, in the order of the text.
    pub statements: Vec<StatementId>,
    /// Its dates that day, month and year pages list.
    pub dates: Vec<DateMention>,
}

/// A date, or an interval of two, that an article names, with the sentence around it.
#[derive(Clone, Debug, PartialEq)]
pub struct DateMention {
    /// The brief.
    pub brief: BriefId,
    /// The timex' id in its brief (`t3`), which is its anchor; of an interval, that of its begin.
    pub timex: Arc<str>,
    /// What it means: a day, week, month, quarter, season, year and the like; of an interval, its
    /// begin.
    pub value: Value,
    /// The end of an interval.
    pub until: Option<Value>,
    /// The statement in whose words it stands: somebody says this date.
    pub statement: Option<StatementId>,
    /// The words.
    pub words: Arc<str>,
    /// The sentence around.
    pub sentence: Arc<str>,
    /// How sure the annotator is.
    pub confidence: f32,
}

/// What happened on one day: three lists that are never mixed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Day {
    /// Said that day.
    pub said: Vec<StatementId>,
    /// Published that day.
    pub published: Vec<BriefId>,
    /// Dated to that day: the brief and the index into its `dates`.
    pub dated: Vec<(BriefId, usize)>,
}

/// What a month, a year, a decade or a century holds beside what lies in it: what is known no more
/// precisely, and what goes on for longer than the next smaller one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Period {
    /// Said then.
    pub said: Vec<StatementId>,
    /// Dated to then: the brief and the index into its `dates`.
    pub dated: Vec<(BriefId, usize)>,
}

/// A news organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// The last segment of the address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its briefs, newest first.
    pub briefs: Vec<BriefId>,
}

/// A place from datelines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The slug.
    pub id: String,
    /// The name as the datelines give it, in capitals and small letters ("Kyiv").
    pub name: String,
    /// Its briefs, newest first.
    pub briefs: Vec<BriefId>,
}

/// A subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The last segment of the address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its briefs, newest first.
    pub briefs: Vec<BriefId>,
}

/// A named sequence of briefs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The last segment of the address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its briefs, oldest first.
    pub briefs: Vec<BriefId>,
}

/// Everything that pages need to know about more than one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    /// Briefs, newest first (by publication, then slug).
    pub briefs: Vec<Brief>,
    /// Speakers, by name.
    pub profiles: Vec<Profile>,
    /// Statements, by brief and place.
    pub statements: Vec<Statement>,
    /// What each day holds: days on which something was said or published, or to which something is dated.
    pub days: BTreeMap<NaiveDate, Day>,
    /// Every month that has a page, by year and month from 1, and what it holds beside its days.
    pub months: BTreeMap<(i32, u32), Period>,
    /// Every year that has a page, and what it holds beside its months.
    pub years: BTreeMap<i32, Period>,
    /// Every decade in which a year has a page, by its first three digits, and what it holds beside
    /// its years.
    pub decades: BTreeMap<i32, Period>,
    /// Every century that something is dated to, by its first two digits.
    pub centuries: BTreeMap<i32, Period>,
    /// Outlets, by name.
    pub outlets: Vec<Outlet>,
    /// Dateline places, by name.
    pub places: Vec<Place>,
    /// Topics, by name.
    pub topics: Vec<Topic>,
    /// Stories, by name.
    pub stories: Vec<Story>,
    /// Quoted words whose speaker is not certain, by brief and place.
    pub open: Vec<OpenQuote>,
    /// The seasons, quarters, halves and weeks that have a section on the page of their year or
    /// month, and the centuries that have one on the page of all days.
    pub(crate) parts: BTreeSet<Value>,
    /// Where else the words of a statement are told.
    pub(crate) echoes: BTreeMap<StatementId, Echoes>,
    /// The briefs by slug.
    pub(crate) slugs: BTreeMap<String, BriefId>,
    /// Former addresses and where they lead, sorted.
    pub(crate) redirects: Vec<(String, String)>,
}
