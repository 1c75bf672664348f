//! From a source in the text to who it is.
//!
//! Entry point: [`resolve`], which goes through the attributions in order. Names are looked up in
//! the [`Cast`]; pronouns look for the nearest fitting speaker; descriptions are matched with roles
//! or stay what they are: unnamed, a group, a body, a text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::attribution::{Found, Link};
use super::lexicon::{Gender, Pronoun, lexicon, singular};
use super::person::{Appearance, Cast, Member};
use super::reading::Reading;
use super::{Person, Speaker, SpeakerKind};
use crate::text::fold;

/// Who speaks and how sure that is, as a factor of the attribution's own confidence.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) speaker: Option<Speaker>,
    pub(super) certainty: f32,
}

/// Resolves every attribution. People who are named by a surname alone, and only as speakers, join
/// the cast.
pub(super) fn resolve(reading: &Reading<'_>, cast: &mut Cast, found: &[Found]) -> Vec<Resolved> {
    let mut resolver = Resolver {
        reading,
        cast,
        found,
        done: Vec::with_capacity(found.len()),
        late: HashMap::new(),
        located: located(reading),
        roles: HashMap::new(),
    };
    resolver.roles = holders(resolver.cast);
    for index in 0..found.len() {
        let resolved = resolver.one(index);
        resolver.done.push(resolved);
    }
    let mut done = resolver.done;
    let mut speaks = vec![false; cast.members.len()];
    let persons = |r: &Resolved| r.speaker.as_ref().and_then(|s| s.person);
    for person in done.iter().filter_map(persons) {
        speaks[person] = true;
    }
    let place = cast.keep(&speaks);
    for speaker in done.iter_mut().filter_map(|r| r.speaker.as_mut()) {
        speaker.person = speaker.person.and_then(|p| place[p]);
    }
    done
}

struct Resolver<'a, 'p> {
    reading: &'a Reading<'p>,
    cast: &'a mut Cast,
    found: &'a [Found],
    done: Vec<Resolved>,
    /// Speakers known by one word alone.
    late: HashMap<String, usize>,
    /// Words that the article uses for places.
    located: HashSet<&'a str>,
    /// Who has a word in one of their roles.
    roles: HashMap<String, Vec<usize>>,
}

/// How many attributions back a role's holder may have spoken last.
const RECENT: usize = 32;

/// For each word of a role the people who have it, at most a handful.
fn holders(cast: &Cast) -> HashMap<String, Vec<usize>> {
    let mut roles: HashMap<String, Vec<usize>> = HashMap::new();
    let people = cast.members.iter().enumerate().filter(|(_, m)| m.person.kind == SpeakerKind::Person);
    for (index, member) in people {
        for word in member
            .person
            .roles
            .iter()
            .flat_map(|r| fold::words(r).split(' ').map(str::to_owned).collect::<Vec<_>>())
        {
            let list = roles.entry(word).or_default();
            if list.len() < 8 && !list.contains(&index) {
                list.push(index);
            }
        }
    }
    roles
}

/// The capitalised words that stand behind "in" or "near" somewhere: places, whatever their name.
fn located<'r>(reading: &'r Reading<'_>) -> HashSet<&'r str> {
    (1..reading.tokens.len())
        .filter(|i| reading.is_capital(*i) && matches!(reading.lower(*i - 1), "in" | "near" | "outside"))
        .map(|i| reading.lower(i))
        .collect()
}

impl Resolver<'_, '_> {
    fn one(&mut self, index: usize) -> Resolved {
        let found = &self.found[index];
        match (found.link, &found.source) {
            (Link::Own, Some(source)) => self.source(index, source.clone()),
            (Link::Shared | Link::CarriedOn, _) => {
                // A loose quotation may stand between a cue and the one that shares its source.
                let shared = found.link == Link::Shared;
                let tagged = |i: &usize| !shared || matches!(self.found[*i].link, Link::Own | Link::Shared);
                let before = (0..index).rev().take(8).find(tagged).and_then(|i| self.done.get(i));
                before.cloned().unwrap_or(Resolved { speaker: None, certainty: 0.5 })
            }
            (Link::Own | Link::Nobody, _) => Resolved { speaker: None, certainty: 1.0 },
        }
    }

    fn source(&mut self, index: usize, source: Range<usize>) -> Resolved {
        let reading = self.reading;
        if source.len() == 1 {
            if let Some(pronoun) = lexicon().pronoun(reading.lower(source.start)) {
                return self.pronoun(index, source.start, pronoun);
            }
        }
        let head = head(reading, &source);
        if let Some(resolved) = self.named(&head) {
            return resolved;
        }
        self.described(index, &source, &head)
    }

    /// A source whose head is a name.
    fn named(&mut self, head: &Range<usize>) -> Option<Resolved> {
        let reading = self.reading;
        let inside: Vec<&Appearance> =
            self.cast.inside(reading, reading.span(head)).filter(|a| a.name.tokens.end <= head.end).collect();
        let last = inside.last().filter(|a| a.name.tokens.end == head.end);
        if let Some(appearance) = last {
            let first = inside[0];
            let both = first.member != appearance.member && joined(reading, first, appearance);
            if both {
                let names: Vec<String> = [first, appearance]
                    .iter()
                    .map(|a| self.cast.members[a.member].person.name.clone())
                    .collect();
                let speaker = Speaker { person: None, name: names.join(" and "), kind: SpeakerKind::Group };
                return Some(Resolved { speaker: Some(speaker), certainty: 0.95 });
            }
            let certainty = if appearance.ambiguous { 0.75 } else { 1.0 };
            return Some(self.member(appearance.member, certainty));
        }
        let last = head.end - 1;
        if !reading.is_capital(last)
            || reading.sentences[reading.sentence_of(last)].tokens.start == last
                && lexicon().is_noun("roles", reading.lower(last))
        {
            return None;
        }
        Some(self.lone_name(head))
    }

    /// A source that is a capitalised word nobody introduced: a state, or a surname.
    fn lone_name(&mut self, head: &Range<usize>) -> Resolved {
        let reading = self.reading;
        let words = reading.words(head);
        let lower = reading.lower(head.end - 1);
        let plain = words.trim_start_matches("the ").trim_start_matches("The ").to_owned();
        let place = lexicon().is("places", &plain.to_lowercase())
            || lexicon().is("places", lower)
            || (head.len() == 1 && self.located.contains(lower));
        let article = plain.len() < words.len();
        let body = place || article || lexicon().is("body_names", lower) || head.len() > 2;
        let common =
            lexicon().is("plain", lower) || singular(lower).is_some_and(|one| lexicon().is("roles", &one));
        if common {
            return Resolved {
                speaker: Some(Speaker { person: None, name: plain, kind: SpeakerKind::Group }),
                certainty: 0.9,
            };
        }
        let kind = if body { SpeakerKind::Organisation } else { SpeakerKind::Person };
        let key = fold::words(&plain);
        let member = *self.late.entry(key.clone()).or_insert_with(|| {
            self.cast.members.push(Member {
                person: Person { name: plain, kind, roles: Vec::new() },
                gender: None,
                words: key.split(' ').map(str::to_owned).collect(),
                certain: false,
            });
            self.cast.members.len() - 1
        });
        self.member(member, if place { 0.95 } else { 0.88 })
    }

    /// "he", "she", "they": the nearest fitting speaker or subject before.
    fn pronoun(&self, index: usize, at: usize, pronoun: Pronoun) -> Resolved {
        let nobody = Resolved { speaker: None, certainty: 0.6 };
        match pronoun {
            Pronoun::One(gender) => self.person_before(index, at, gender).unwrap_or(nobody),
            Pronoun::Plural => self.kind_before(index, &[SpeakerKind::Group]).unwrap_or(nobody),
            Pronoun::Thing => {
                let kinds = [SpeakerKind::Organisation, SpeakerKind::Document, SpeakerKind::Poll];
                self.kind_before(index, &kinds).unwrap_or(nobody)
            }
            Pronoun::Own | Pronoun::Relative => nobody,
        }
    }

    /// The last speaker of one of `kinds`, at most two paragraphs back.
    fn kind_before(&self, index: usize, kinds: &[SpeakerKind]) -> Option<Resolved> {
        let here = self.paragraph(index);
        let (before, resolved) = self.done.iter().enumerate().rev().next()?;
        let speaker = resolved.speaker.as_ref().filter(|s| kinds.contains(&s.kind))?;
        (here - self.paragraph(before) <= 1)
            .then(|| Resolved { speaker: Some(speaker.clone()), certainty: 0.9 })
    }

    /// The person that a pronoun at token `at` means.
    fn person_before(&self, index: usize, at: usize, gender: Gender) -> Option<Resolved> {
        let here = self.paragraph(index);
        let sentence = self.found[index].sentence;
        let speaker = self.done.iter().enumerate().rev().take(6).find_map(|(i, r)| {
            let person = r.speaker.as_ref()?.person?;
            (self.fits(person, gender) && here - self.paragraph(i) <= 2).then_some((i, person, r.certainty))
        });
        let rivals = self.rivals(at, here, gender);
        let subject = self.subject_before(at, sentence, gender);
        match (speaker, subject) {
            (Some((i, person, certainty)), _) if self.found[i].sentence == sentence => {
                Some(self.member(person, certainty * 0.97))
            }
            // "Bob Ray arrived late. He said …": the last subject, unless the same person spoke last.
            (Some((_, person, certainty)), Some(subject)) if subject != person => {
                let _ = certainty;
                Some(self.member(subject, if rivals.len() > 3 { 0.84 } else { 0.87 }))
            }
            (Some((i, person, certainty)), _) => {
                let near = here - self.paragraph(i) <= 1;
                let sure = match (rivals.iter().filter(|r| **r != person).count(), near) {
                    (0, _) => 0.94,
                    (1, true) => 0.9,
                    (_, true) => 0.87,
                    (_, false) => 0.75,
                };
                Some(self.member(person, certainty * sure))
            }
            (None, Some(subject)) => Some(self.member(subject, if rivals.len() > 1 { 0.84 } else { 0.9 })),
            (None, None) => match rivals[..] {
                [only] => Some(self.member(only, 0.8)),
                [first, ..] => Some(self.member(first, 0.6)),
                [] => None,
            },
        }
    }

    /// The people who fit `gender` and are named, outside quotations, in this paragraph or the one
    /// before, ahead of token `at`; the nearest first, each once.
    fn rivals(&self, at: usize, paragraph: usize, gender: Gender) -> Vec<usize> {
        let mut rivals = Vec::new();
        let end = self.cast.appearances.partition_point(|a| a.name.tokens.start < at);
        for appearance in self.cast.appearances[..end].iter().rev().take(24) {
            let start = appearance.name.tokens.start;
            let there = self.reading.sentences[self.reading.sentence_of(start)].paragraph;
            if paragraph - there > 1 {
                break;
            }
            let new = !rivals.contains(&appearance.member);
            if new && self.reading.quotation(start).is_none() && self.fits(appearance.member, gender) {
                rivals.push(appearance.member);
            }
        }
        rivals
    }

    /// The person whom the clause before the pronoun, or the sentence before, starts with.
    fn subject_before(&self, at: usize, sentence: usize, gender: Gender) -> Option<usize> {
        let opening = |index: usize| {
            let tokens = &self.reading.sentences[index].tokens;
            self.cast.appearances
                [self.cast.appearances.partition_point(|a| a.name.full.start < tokens.start)..]
                .iter()
                .take_while(|a| a.name.tokens.end <= tokens.end.min(at))
                .take_while(|a| a.name.full.start <= tokens.start + 2)
                .find(|a| self.reading.quotation(a.name.tokens.start).is_none())
                .map(|a| a.member)
                .filter(|m| self.fits(*m, gender))
        };
        let own = opening(sentence);
        let paragraph = self.reading.sentences[sentence].paragraph;
        let before = sentence.checked_sub(1).filter(|b| self.reading.sentences[*b].paragraph == paragraph);
        own.or_else(|| before.and_then(opening))
    }

    fn fits(&self, member: usize, gender: Gender) -> bool {
        let member = &self.cast.members[member];
        member.person.kind == SpeakerKind::Person
            && member.gender.is_none_or(|g| g == gender || g == Gender::Either)
    }

    fn paragraph(&self, index: usize) -> usize {
        self.reading.sentences[self.found[index].sentence].paragraph
    }

    fn member(&self, member: usize, certainty: f32) -> Resolved {
        let person = &self.cast.members[member].person;
        let speaker = Speaker { person: Some(member), name: person.name.clone(), kind: person.kind };
        Resolved { speaker: Some(speaker), certainty }
    }

    /// A source without a name: "a Kyiv official", "the ministry", "the report".
    fn described(&self, index: usize, source: &Range<usize>, head: &Range<usize>) -> Resolved {
        let reading = self.reading;
        let noun = reading.lower(head.end - 1);
        let first = reading.lower(source.start);
        let one = |kind, certainty| {
            let speaker = Speaker { person: None, name: description(reading, source), kind };
            Resolved { speaker: Some(speaker), certainty }
        };
        let is = |list: &str| lexicon().is_noun(list, noun);
        let plural = !lexicon().is("roles", noun) && singular(noun).is_some();
        let definite = matches!(first, "the" | "his" | "her" | "their" | "its" | "this" | "that");
        if is("roles") && !plural {
            if definite {
                if let Some(person) = self.role(index, noun) {
                    return person;
                }
            }
            return one(SpeakerKind::Unnamed, 0.97);
        }
        if is("roles") {
            return one(SpeakerKind::Group, 0.97);
        }
        if is("polls") {
            return one(SpeakerKind::Poll, 0.95);
        }
        if is("documents") {
            return one(SpeakerKind::Document, 0.95);
        }
        if is("bodies") {
            return one(SpeakerKind::Organisation, 0.95);
        }
        if plural { one(SpeakerKind::Group, 0.9) } else { one(SpeakerKind::Unnamed, 0.8) }
    }

    /// The one person of the article whose role has `noun` in it: the last to speak where several do.
    fn role(&self, index: usize, noun: &str) -> Option<Resolved> {
        let holders = self.roles.get(noun).map_or(&[][..], Vec::as_slice);
        match *holders {
            [] => None,
            [only] => Some(self.member(only, 0.88)),
            _ => {
                let spoke = self.done[..index]
                    .iter()
                    .rev()
                    .take(RECENT)
                    .filter_map(|r| r.speaker.as_ref()?.person)
                    .find(|p| holders.contains(p));
                spoke.map(|person| self.member(person, 0.7))
            }
        }
    }
}

/// The head of a source: its words up to the first comma, preposition or relative pronoun.
fn head(reading: &Reading<'_>, source: &Range<usize>) -> Range<usize> {
    let mut end = source.start;
    while end < source.end {
        let word = reading.lower(end);
        let stops = matches!(reading.tokens.word(end), "," | "(" | "—" | "–" | "--" | ";")
            || (end > source.start
                && (matches!(word, "who" | "whose" | "which" | "that") || super::attribution::is_tie(word))
                && !inside_name(reading, end));
        if stops {
            break;
        }
        end += 1;
    }
    if end == source.start { source.clone() } else { source.start..end }
}

/// Whether a preposition at token `at` stands inside a name ("Bank of England").
fn inside_name(reading: &Reading<'_>, at: usize) -> bool {
    reading.is_capital(at - 1)
        && (reading.is_capital(at + 1) || reading.lower(at + 1) == "the" && reading.is_capital(at + 2))
        && reading.lower(at) == "of"
}

/// Whether two names are joined by "and" alone.
fn joined(reading: &Reading<'_>, first: &Appearance, second: &Appearance) -> bool {
    (first.name.tokens.end..second.name.full.start).any(|i| reading.lower(i) == "and")
}

/// A source in words without its article: "Kyiv official".
fn description(reading: &Reading<'_>, source: &Range<usize>) -> String {
    let comma = source.clone().find(|i| reading.is(*i, ","));
    let mut range = source.start..comma.filter(|c| *c > source.start).unwrap_or(source.end);
    while range.len() > 1
        && matches!(
            reading.lower(range.start),
            "a" | "an" | "the" | "one" | "another" | "some" | "other" | "its" | "his" | "her" | "their"
        )
    {
        range.start += 1;
    }
    reading.words(&range).split_whitespace().collect::<Vec<_>>().join(" ")
}
