//! Echoes: which quotations of different briefs are the same words.
//!
//! Entry point: [`Library::find_echoes`]. Words in quotation marks are compared, folded; of reported
//! words none. Two quotations are one where the words are equal, where one is a part of the other, or
//! where they differ in a word or two ([`wording`]) — and where the speaker is the same or one of the
//! briefs does not know who speaks. Equal words of two people are never joined: they are told of
//! ([`conflict`]).
//!
//! The cost is linear in the number of quoted words. Equal wordings are one from the start; others
//! are compared only where they share four words in a row that no more than [`COMMON`] places have,
//! so that a phrase which a thousand briefs share leads nowhere; and of what a thousand briefs quote,
//! each looks at its neighbours in time alone.

mod conflict;
mod passage;
mod wording;
mod wordings;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use chrono::{Days, NaiveDate};

pub(crate) use self::passage::{Address, Read};
use self::passage::{Class, classes};
use self::wording::Likeness;
pub(crate) use self::wordings::Wordings;
use self::wordings::{Pair, Slot};
use super::{BriefId, Library, Memory, ProfileId, Statement, StatementId};
use crate::annotate::Form;
use crate::annotate::timex::Value;
use crate::config::Register;
use crate::diag::Diagnostic;

/// The fewest words that are a quotation of their own, said by one speaker on one occasion.
const LEAST: usize = 5;
/// The fewest words that are known again without the speaker's name, on another occasion, or after a
/// change: shorter ones are phrases that anybody may use twice.
const LONG: usize = 8;
/// In how many places a row of four words may stand and still tell quotations apart.
const COMMON: usize = 24;
/// How many related wordings of one wording are kept.
const RELATED: usize = 32;
/// How many quotations before and behind its own place in time one looks at, in each list.
const NEAR: usize = 16;
/// How many echoes are kept.
const MOST: usize = 8;
/// For how long before its publication a brief speaks of what it does not date.
const OCCASION: Days = Days::new(7);

/// How the words of another brief stand to those here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wording {
    /// The same, but for case and marks.
    Same,
    /// There they stand in a longer quotation.
    Longer,
    /// A few words differ.
    Other,
    /// There a part of them is quoted.
    Part,
}

/// The same quotation in another brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Echo {
    /// The statement there.
    pub statement: StatementId,
    /// How its words stand to those here.
    pub wording: Wording,
}

/// Where else a quotation is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Echoes {
    /// In the order of [`Library::statements`], one a brief: the nearest in time where there are many.
    pub told: Vec<Echo>,
    /// Whether there are others that are not kept here.
    pub more: bool,
}

/// Quoted words whose speaker the brief does not tell, or not surely.
///
/// They are no statement and in no list of statements. They know where the same words are certain;
/// nothing knows of them but the page of words that the text gives to nobody.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenQuote {
    /// The brief.
    pub brief: BriefId,
    /// The attribution's id in its brief.
    pub quote: Arc<str>,
    /// How the words are given.
    pub form: Form,
    /// The words.
    pub words: Arc<str>,
    /// The time of speaking.
    pub said_on: Option<Value>,
    /// The sentences around, with the words in them, where the text names no speaker at all; `None`
    /// where somebody is possibly the speaker, which its own brief alone may tell.
    pub nobody: Option<Arc<str>>,
    /// Where the same words are told with certainty.
    pub echoes: Echoes,
}

/// What is compared: the words of a statement, or open ones.
struct Saying<'l> {
    brief: BriefId,
    profile: Option<ProfileId>,
    form: Form,
    words: &'l Arc<str>,
    said_on: Option<Value>,
    published: NaiveDate,
    /// `None` for open words, which only look.
    statement: Option<StatementId>,
}

/// A related wording, as one wording sees it.
#[derive(Clone, Copy)]
struct Relation {
    class: usize,
    wording: Wording,
}

/// How much was looked at, for the test of linearity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Work {
    /// Wordings compared word by word.
    pub(super) compared: usize,
    /// Statements looked at as echoes of another.
    pub(super) looked: usize,
}

/// What was found of all sayings.
#[derive(Debug)]
pub(crate) struct Heard {
    /// Where else each saying is told.
    echoes: Vec<(usize, Echoes)>,
    diagnostics: Vec<Diagnostic>,
    /// The work that it was.
    #[cfg_attr(not(test), expect(dead_code, reason = "the test of linearity reads it"))]
    pub(super) work: Work,
}

/// A quotation of a brief that others tell, too.
#[derive(Clone, Copy, Debug)]
pub struct Told<'l> {
    /// The attribution's id in its brief.
    pub quote: &'l str,
    /// Its words.
    pub words: &'l str,
    /// How they are given.
    pub form: Form,
    /// The time of speaking.
    pub said_on: Option<Value>,
    /// Its row; `None` where the speaker is not certain.
    pub statement: Option<StatementId>,
    /// Where it is told.
    pub echoes: &'l Echoes,
}

impl Told<'_> {
    /// The words in quotation marks, which echoes are found by.
    #[must_use]
    pub fn quoted_words(&self) -> String {
        passage::quoted_words(self.form, self.words)
    }
}

impl Statement {
    /// The words in quotation marks, which echoes are found by.
    #[must_use]
    pub fn quoted_words(&self) -> String {
        passage::quoted_words(self.form, &self.words)
    }
}

impl Library {
    /// Where else the words of a statement are told.
    #[must_use]
    pub fn echoes(&self, statement: StatementId) -> Option<&Echoes> {
        self.echoes.get(&statement)
    }

    /// The quotations of a brief that others tell, too: statements in the order of the text, then words
    /// whose speaker is not certain.
    #[must_use]
    pub fn echoes_in(&self, brief: BriefId) -> Vec<Told<'_>> {
        let statements = self.briefs[brief].statements.iter().filter_map(|id| {
            let row = &self.statements[*id];
            let (quote, words) = (&*row.quote, &*row.words);
            let echoes = self.echoes.get(id)?;
            Some(Told { quote, words, form: row.form, said_on: row.said_on, statement: Some(*id), echoes })
        });
        let from = self.open.partition_point(|open| open.brief < brief);
        let open = self.open[from..].iter().take_while(|open| open.brief == brief);
        let open = open.filter(|open| !open.echoes.told.is_empty()).map(|open| Told {
            quote: &open.quote,
            words: &open.words,
            form: open.form,
            said_on: open.said_on,
            statement: None,
            echoes: &open.echoes,
        });
        statements.chain(open).collect()
    }

    /// Finds the quotations that several briefs tell, and those that they give to different people.
    pub(crate) fn find_echoes(&self, register: &Register, memory: &mut Memory) -> Heard {
        let sayings = self.sayings();
        let (classes, of) = classes(&sayings, memory);
        let mut work = Work::default();
        let pairs = memory.wordings.pairs();
        let related = relations(&sayings, &classes, &of, pairs, &mut work);
        let search = Search { sayings: &sayings, classes: &classes, related: &related };
        let diagnostics = conflict::of_two(self, register, &search);
        let echoes = search.all(&mut work);
        Heard { echoes, diagnostics, work }
    }

    /// Takes in what was found, and answers with what there is to say about it.
    pub(crate) fn take_echoes(&mut self, heard: Heard) -> Vec<Diagnostic> {
        let statements = self.statements.len();
        let of_statement = |(saying, _): &(usize, Echoes)| *saying < statements;
        let (told, open): (Vec<_>, Vec<_>) = heard.echoes.into_iter().partition(of_statement);
        self.echoes = told.into_iter().collect();
        for (saying, echoes) in open {
            self.open[saying - statements].echoes = echoes;
        }
        heard.diagnostics
    }

    /// Statements by their ids, then open words.
    fn sayings(&self) -> Vec<Saying<'_>> {
        let statements = self.statements.iter().enumerate().map(|(id, row)| Saying {
            brief: row.brief,
            profile: row.profile,
            form: row.form,
            words: &row.words,
            said_on: row.said_on,
            published: row.published,
            statement: Some(id),
        });
        let open = self.open.iter().map(|open| Saying {
            brief: open.brief,
            profile: None,
            form: open.form,
            words: &open.words,
            said_on: open.said_on,
            published: self.briefs[open.brief].published.day,
            statement: None,
        });
        statements.chain(open).collect()
    }
}

impl Saying<'_> {
    /// Whether two sayings are one quotation, their wordings being related; `words` is the length of
    /// the shorter.
    fn is_echo_of(&self, other: &Self, words: usize, wording: Wording) -> bool {
        let known = match (self.profile, other.profile) {
            (Some(one), Some(another)) => one == another,
            _ => words >= LONG,
        };
        let certain = words >= LONG && wording != Wording::Other;
        known && self.brief != other.brief && (certain || self.on_occasion_of(other))
    }

    /// Whether both may have been said on one occasion. What does not tell its day was said in the
    /// week before the brief.
    fn on_occasion_of(&self, other: &Self) -> bool {
        overlap(self.occasion(), other.occasion())
    }

    /// The first and the last day on which it may have been said.
    fn occasion(&self) -> (NaiveDate, NaiveDate) {
        let week = self.published.checked_sub_days(OCCASION).unwrap_or(self.published);
        self.said_on.and_then(Value::begin_end).unwrap_or((week, self.published))
    }
}

/// Whether two times of speaking can be the same; `None` where one is not known.
pub(crate) fn said_together(one: Option<Value>, other: Option<Value>) -> Option<bool> {
    Some(overlap(one?.begin_end()?, other?.begin_end()?))
}

/// Whether two stretches of days, each from its first to its last, have a day in common.
fn overlap((begin, end): (NaiveDate, NaiveDate), (first, last): (NaiveDate, NaiveDate)) -> bool {
    begin <= last && first <= end
}

/// The related wordings of each, in order; `of` names the class in each slot.
fn relations(
    sayings: &[Saying<'_>],
    classes: &[Class],
    of: &[usize],
    pairs: &mut [Pair],
    work: &mut Work,
) -> Vec<Vec<Relation>> {
    let class = |slot: Slot| of[slot as usize];
    let written = |pair: &Pair| (classes[class(pair.short)].digest, classes[class(pair.long)].digest);
    let is_new = |pair: &&mut Pair| pair.known.is_none_or(|(compared, _)| compared != written(pair));
    let mut new: Vec<&mut Pair> = pairs.iter_mut().filter(is_new).collect();
    work.compared += new.len();
    new.sort_unstable_by_key(|pair| (class(pair.long), class(pair.short)));
    compare(sayings, classes, of, &mut new);

    let mut related: Vec<Vec<Relation>> = vec![Vec::new(); classes.len()];
    for pair in pairs {
        let (short, long) = (class(pair.short), class(pair.long));
        let (here, there) = match pair.known {
            Some((_, Some(Likeness::Inside))) => (Wording::Longer, Wording::Part),
            Some((_, Some(Likeness::Near))) => (Wording::Other, Wording::Other),
            Some((_, None)) | None => continue,
        };
        related[short].push(Relation { class: long, wording: here });
        related[long].push(Relation { class: short, wording: there });
    }
    for list in &mut related {
        list.sort_unstable_by_key(|relation| (relation.wording, relation.class));
        list.truncate(RELATED);
    }
    related
}

/// Finds how the shorter wording of each pair stands to the longer; `pairs` are in the order of the
/// longer ones.
fn compare(sayings: &[Saying<'_>], classes: &[Class], of: &[usize], pairs: &mut [&mut Pair]) {
    let class = |slot: Slot| &classes[of[slot as usize]];
    // A speech of which a thousand briefs quote a sentence is read once.
    let of_one: Vec<&mut [&mut Pair]> = pairs.chunk_by_mut(|a, b| a.long == b.long).collect();
    of_one.into_par_iter().for_each(|pairs| {
        let long = class(pairs[0].long);
        let words = wording::words(long.text(sayings));
        for pair in pairs {
            let short = class(pair.short);
            let others = wording::words(short.text(sayings));
            let likeness = pair.diagonals.iter().find_map(|d| wording::compare(&others, &words, *d));
            pair.known = Some(((short.digest, long.digest), likeness));
        }
    });
}

/// The search for the echoes of each saying.
struct Search<'s> {
    sayings: &'s [Saying<'s>],
    classes: &'s [Class],
    related: &'s [Vec<Relation>],
}

impl Search<'_> {
    fn all(&self, work: &mut Work) -> Vec<(usize, Echoes)> {
        let mut of: BTreeMap<usize, Vec<Echo>> = BTreeMap::new();
        for (index, class) in self.classes.iter().enumerate() {
            if class.members.len() < 2 && self.related[index].is_empty() {
                continue;
            }
            for saying in &class.members {
                self.look(*saying, index, of.entry(*saying).or_default(), work);
            }
        }
        let kept = of.into_iter().map(|(saying, found)| (saying, self.keep(saying, found)));
        kept.filter(|(_, echoes)| !echoes.told.is_empty()).collect()
    }

    /// Gathers the echoes of a saying in its own and the related wordings.
    fn look(&self, saying: usize, class: usize, found: &mut Vec<Echo>, work: &mut Work) {
        let own = Relation { class, wording: Wording::Same };
        for relation in std::iter::once(&own).chain(&self.related[class]) {
            let there = &self.classes[relation.class];
            let words = there.length.min(self.classes[class].length);
            for list in there.heard_by(self.sayings[saying].profile) {
                let at = list.partition_point(|other| *other < saying);
                let near = &list[at.saturating_sub(NEAR)..(at + NEAR + 1).min(list.len())];
                work.looked += near.len();
                for other in near.iter().map(|other| &self.sayings[*other]) {
                    let Some(statement) = other.statement else { continue };
                    if self.sayings[saying].is_echo_of(other, words, relation.wording) {
                        let whole = (self.classes[class].is_all_of(saying), there.is_all_of(statement));
                        found.push(Echo { statement, wording: of_the_whole(relation.wording, whole) });
                    }
                }
            }
        }
    }

    /// One echo a brief, the nearest in time, in the order of the statements.
    fn keep(&self, saying: usize, mut found: Vec<Echo>) -> Echoes {
        let brief = |echo: &Echo| self.sayings[echo.statement].brief;
        found.sort_unstable_by_key(|echo| (brief(echo), echo.wording, echo.statement));
        found.dedup_by_key(|echo| brief(echo));
        let published = self.sayings[saying].published;
        let far = |echo: &Echo| (self.sayings[echo.statement].published - published).num_days().abs();
        found.sort_by_key(|echo| (far(echo), echo.statement));
        let more = found.len() > MOST;
        found.truncate(MOST);
        found.sort_unstable_by_key(|echo| echo.statement);
        Echoes { told: found, more }
    }
}

/// How all the quoted words there stand to all of them here, where passages do so; `whole` tells
/// whether the passage here and the one there are all of them.
fn of_the_whole(wording: Wording, whole: (bool, bool)) -> Wording {
    match (wording, whole) {
        (Wording::Other, _) | (_, (true, true)) => wording,
        (Wording::Same, (true, false)) | (Wording::Longer, (true, _)) => Wording::Longer,
        _ => Wording::Part,
    }
}
