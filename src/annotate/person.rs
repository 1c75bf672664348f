//! People of one article: which names mean the same person.
//!
//! Entry point: [`Cast::of`]. Full names come first; surnames, titled or not, find the person
//! with that surname. Where two people share it, the courtesy title decides, else the nearest one
//! before, and the mention is marked as ambiguous.

use std::collections::HashMap;

use super::lexicon::{Gender, lexicon};
use super::name::Name;
use super::reading::Reading;
use super::{Mention, Person, SpeakerKind};
use crate::text::{Span, fold};

/// Someone in the article, with what the rules know about them.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) person: Person,
    pub(super) gender: Option<Gender>,
    /// The folded words of the fullest name.
    pub(super) words: Vec<String>,
    /// Whether something besides capitals says that it is somebody.
    pub(super) certain: bool,
}

/// A name in the text and whom it means.
#[derive(Clone, Debug)]
pub(super) struct Appearance {
    pub(super) name: Name,
    pub(super) member: usize,
    /// Whether another person of the article could be meant.
    pub(super) ambiguous: bool,
}

/// Everybody in the article.
#[derive(Clone, Debug, Default)]
pub(super) struct Cast {
    pub(super) members: Vec<Member>,
    /// In the order of the text.
    pub(super) appearances: Vec<Appearance>,
    /// Who has this first or last word in the name.
    index: HashMap<String, Vec<usize>>,
}

/// How many people of one surname are told apart; more make no difference to a reader.
const NAMESAKES: usize = 32;

impl Cast {
    /// Decides who is who.
    pub(super) fn of(reading: &Reading<'_>, names: Vec<Name>) -> Self {
        let mut cast = Self::default();
        let mut whose: Vec<Option<(usize, bool)>> = Vec::with_capacity(names.len());
        for name in &names {
            whose.push(is_full(name).then(|| (cast.full(reading, name), false)));
        }
        // Where each member was last seen, so that the nearest before is found at once.
        let mut seen: Vec<Option<usize>> = vec![None; cast.members.len()];
        for (index, name) in names.iter().enumerate() {
            if whose[index].is_none() {
                whose[index] = cast.short(reading, name, &seen);
                seen.resize(cast.members.len(), None);
            }
            if let Some((member, _)) = whose[index] {
                seen[member] = Some(index);
            }
        }
        for (name, whose) in names.into_iter().zip(whose) {
            let Some((member, ambiguous)) = whose else { continue };
            cast.learn(member, &name);
            cast.appearances.push(Appearance { name, member, ambiguous });
        }
        cast.in_order();
        cast
    }

    /// The person that a full name means, added where new.
    fn full(&mut self, reading: &Reading<'_>, name: &Name) -> usize {
        let words = name_words(reading, name);
        let known = self.namesakes(words.last()).find(|m| {
            let member = &self.members[*m];
            member.person.kind == name.kind && same_name(&member.words, &words, name.kind)
        });
        if let Some(known) = known {
            if words.len() > self.members[known].words.len() {
                self.members[known].person.name = shown(reading, name);
                self.members[known].words = words;
            }
            return known;
        }
        self.add(reading, name, words)
    }

    /// The person that a single word means: someone with that surname, or, where a courtesy title
    /// or a role says that it is a person, someone new.
    fn short(&mut self, reading: &Reading<'_>, name: &Name, seen: &[Option<usize>]) -> Option<(usize, bool)> {
        let words = name_words(reading, name);
        let found: Vec<usize> =
            self.namesakes(words.last()).filter(|m| fits_short(&self.members[*m], name, &words)).collect();
        match found[..] {
            [] => (name.certain || name.kind == SpeakerKind::Organisation)
                .then(|| (self.add(reading, name, words), false)),
            [only] => Some((only, false)),
            _ => {
                let nearest = found.iter().copied().max_by_key(|m| seen.get(*m).copied().flatten());
                nearest.map(|member| (member, true))
            }
        }
    }

    fn add(&mut self, reading: &Reading<'_>, name: &Name, words: Vec<String>) -> usize {
        let person = Person { name: shown(reading, name), kind: name.kind, roles: Vec::new(), profile: None };
        let member = self.members.len();
        let mut ends: Vec<&String> = words.first().into_iter().chain(words.last()).collect();
        ends.dedup();
        for word in ends {
            let list = self.index.entry(word.clone()).or_default();
            if list.len() < NAMESAKES {
                list.push(member);
            }
        }
        self.members.push(Member {
            person,
            gender: name.gender,
            words,
            certain: name.kind == SpeakerKind::Organisation,
        });
        member
    }

    /// The members whose name starts or ends with `word`.
    fn namesakes(&self, word: Option<&String>) -> impl Iterator<Item = usize> {
        word.and_then(|w| self.index.get(w)).into_iter().flatten().copied()
    }

    fn learn(&mut self, member: usize, name: &Name) {
        let member = &mut self.members[member];
        member.gender = member.gender.or(name.gender);
        member.certain |= name.certain;
        for role in &name.roles {
            let key = fold::words(role);
            let known = member.person.roles.iter().any(|r| fold::words(r) == key);
            if !known {
                member.person.roles.push(role.clone());
            }
        }
    }

    /// Renumbers the members by first appearance.
    fn in_order(&mut self) {
        let mut place: Vec<Option<usize>> = vec![None; self.members.len()];
        let mut order = Vec::with_capacity(self.members.len());
        for appearance in &mut self.appearances {
            appearance.member = *place[appearance.member].get_or_insert_with(|| {
                order.push(appearance.member);
                order.len() - 1
            });
        }
        self.members = order.into_iter().map(|m| self.members[m].clone()).collect();
        self.index.clear();
    }

    /// Leaves out what only looks like a name ("the Montreal Protocol"): members that nothing but
    /// capitals speak for and that do not speak. Answers with each member's new place.
    pub(super) fn keep(&mut self, speaks: &[bool]) -> Vec<Option<usize>> {
        let mut kept = 0;
        let place: Vec<Option<usize>> = (0..self.members.len())
            .map(|m| {
                let stays = self.members[m].certain || speaks.get(m).copied().unwrap_or(false);
                stays.then(|| {
                    kept += 1;
                    kept - 1
                })
            })
            .collect();
        let mut index = 0;
        self.members.retain(|_| {
            index += 1;
            place[index - 1].is_some()
        });
        self.appearances.retain_mut(|a| place[a.member].map(|p| a.member = p).is_some());
        place
    }

    /// The mentions of the layer.
    pub(super) fn mentions(&self, reading: &Reading<'_>) -> Vec<Mention> {
        self.appearances
            .iter()
            .map(|a| Mention { span: reading.span(&a.name.tokens), person: a.member })
            .collect()
    }

    /// The appearances inside `span`.
    pub(super) fn inside<'c>(
        &'c self,
        reading: &'c Reading<'_>,
        span: Span,
    ) -> impl Iterator<Item = &'c Appearance> {
        let first = self
            .appearances
            .partition_point(|a| reading.tokens.list()[a.name.tokens.start].span.start < span.start);
        self.appearances[first..].iter().take_while(move |a| reading.span(&a.name.tokens).end <= span.end)
    }
}

/// Whether a name of several words needs no other to be understood.
fn is_full(name: &Name) -> bool {
    match name.kind {
        SpeakerKind::Organisation => true,
        _ => name.tokens.len() > 1,
    }
}

/// The name as lists show it, on one line.
fn shown(reading: &Reading<'_>, name: &Name) -> String {
    let words = reading.words(&name.tokens).split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_start_matches("The ").to_owned()
}

/// The folded words of a name, without suffixes.
fn name_words(reading: &Reading<'_>, name: &Name) -> Vec<String> {
    let mut words: Vec<String> = fold::words(&shown(reading, name)).split(' ').map(str::to_owned).collect();
    while words.len() > 1 && words.last().is_some_and(|w| lexicon().is("suffixes", w)) {
        words.pop();
    }
    words
}

/// Whether two full names mean one person: the same words, or the same first and last with
/// initials or middle names between.
fn same_name(a: &[String], b: &[String], kind: SpeakerKind) -> bool {
    if a == b {
        return true;
    }
    let person = kind == SpeakerKind::Person && a.len() > 1 && b.len() > 1;
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    person && a.first() == b.first() && a.last() == b.last() && short.iter().all(|w| long.contains(w))
}

/// Whether one word may mean `member`: their surname (or, with a courtesy title, a family name
/// that stands first), with no gender against it.
fn fits_short(member: &Member, name: &Name, words: &[String]) -> bool {
    let [word] = words else { return false };
    let gender = match (member.gender, name.gender) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let last = member.words.last() == Some(word);
    let first = name.titled && member.words.first() == Some(word) && lexicon().given_name(word).is_none();
    member.person.kind == SpeakerKind::Person && gender && (last || first)
}
