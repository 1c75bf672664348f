//! The same words as two people’s: [`of_two`].

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::passage::Class;
use super::{LONG, Saying, Search, Wording, said_together};
use crate::annotate::SpeakerKind;
use crate::config::Register;
use crate::diag::{Code, Diagnostic};
use crate::library::register::quoted;
use crate::library::{Library, ProfileId, Statement, StatementId};

/// How many people of one wording, and how many statements of each, are compared.
const LOOKED_AT: usize = 8;
/// How many words of a quotation are enough to find it by.
const ENOUGH: usize = 8;

/// What there is to say about words that briefs give to different people: once for two people and two
/// wordings. A body and a person are not asked about, since bodies speak through people; nor are words
/// said on different days, nor what an editor has checked in both briefs.
pub(super) fn of_two(library: &Library, register: &Register, search: &Search<'_>) -> Vec<Diagnostic> {
    let mut found: BTreeSet<(StatementId, StatementId)> = BTreeSet::new();
    for (index, class) in search.classes.iter().enumerate().filter(|(_, class)| class.length >= LONG) {
        let people = people(library, class);
        if let Some((first, others)) = people.split_first() {
            found.extend(
                others.iter().filter_map(|other| meeting(library, search, first, other, Wording::Same)),
            );
        }
        for relation in search.related[index].iter().filter(|relation| relation.class > index) {
            let there = &search.classes[relation.class];
            if there.length < LONG {
                continue;
            }
            let others = self::people(library, there);
            // Who has one of the wordings with somebody else is told of there.
            let apart = |one: &&Said<'_>, all: &[Said<'_>]| !all.iter().any(|other| other.0 == one.0);
            let one = people.iter().find(|one| apart(one, &others));
            let other = others.iter().find(|other| apart(other, &people));
            found.extend(
                one.zip(other)
                    .and_then(|(one, other)| meeting(library, search, one, other, relation.wording)),
            );
        }
    }
    found.into_iter().map(|pair| two(library, register, pair)).collect()
}

/// A speaker and their sayings.
type Said<'c> = (ProfileId, &'c [usize]);

fn people<'c>(library: &Library, class: &'c Class) -> Vec<Said<'c>> {
    let people = class.named().filter(|(who, _)| library.profiles[*who].kind == SpeakerKind::Person);
    people.take(LOOKED_AT).collect()
}

/// The first statements of two people, in different briefs, that can be one quotation.
fn meeting(
    library: &Library,
    search: &Search<'_>,
    one: &Said<'_>,
    other: &Said<'_>,
    wording: Wording,
) -> Option<(StatementId, StatementId)> {
    let saying = |index: &usize| &search.sayings[*index];
    let pairs =
        one.1.iter().take(LOOKED_AT).flat_map(|a| other.1.iter().take(LOOKED_AT).map(move |b| (a, b)));
    let mut pairs = pairs.filter(|(a, b)| may_be_one(saying(a), saying(b), wording));
    let pair = pairs.find_map(|(a, b)| Some((saying(a).statement?, saying(b).statement?)));
    let checked = |id: StatementId| library.statements[id].checked;
    let (a, b) = pair.filter(|(a, b)| !(checked(*a) && checked(*b)))?;
    let entry = |id: StatementId| (&library.briefs[library.statements[id].brief].entry, id);
    Some(if entry(a) <= entry(b) { (a, b) } else { (b, a) })
}

fn may_be_one(a: &Saying<'_>, b: &Saying<'_>, wording: Wording) -> bool {
    let together = match wording {
        Wording::Other => a.on_occasion_of(b),
        _ => said_together(a.said_on, b.said_on) != Some(false),
    };
    a.brief != b.brief && together
}

fn two(library: &Library, register: &Register, (a, b): (StatementId, StatementId)) -> Diagnostic {
    let row = |id: StatementId| &library.statements[id];
    let entry = |id: StatementId| &library.briefs[row(id).brief].entry;
    let name = |id: StatementId| row(id).profile.map_or(&*row(id).speaker, |who| &library.profiles[who].name);
    let words = opening(row(a));
    let message = format!(
        "two briefs give the same words to different people: “{words} …” is {}’s here and {}’s in {}",
        name(a),
        name(b),
        entry(b).display()
    );
    let mut hint = String::from("neither brief leads to the other\n");
    for (here, right) in [(a, b), (b, a)] {
        let notes = entry(here).with_extension("notes.toml");
        let speaker = speaker(library, register, row(right));
        let _ = write!(
            hint,
            "Where {} said it, put these lines into {}:\n[[notes]]\nquotation = {}\nspeaker = {}\n",
            name(right),
            notes.display(),
            quoted(&opening(row(here))),
            quoted(speaker)
        );
    }
    hint.push_str(
        "Where both said it, put them into both files with `confirm = true` in place of `speaker`; where \
         both are one person, write one entry into people.toml with the other name in `aliases`",
    );
    Diagnostic::warning(Code::WORDS_OF_TWO, message).in_file(entry(a)).hint(hint)
}

/// How a note names the speaker of a statement: by the id where people.toml has it.
fn speaker<'l>(library: &'l Library, register: &Register, row: &'l Statement) -> &'l str {
    let Some(profile) = row.profile.map(|who| &library.profiles[who]) else { return &row.speaker };
    let registered = register.people.iter().any(|entry| entry.id == profile.id);
    if registered { &profile.id } else { &profile.name }
}

/// The first quoted words, without marks around them.
fn opening(row: &Statement) -> String {
    let words = row.quoted_words();
    let words = words.split(" … ").max_by_key(|piece| piece.len()).unwrap_or_default();
    let first: Vec<&str> = words.split_whitespace().take(ENOUGH).collect();
    let marks = |c: char| !c.is_alphanumeric();
    first.join(" ").trim_matches(marks).to_owned()
}
