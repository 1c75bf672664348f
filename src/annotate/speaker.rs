//! From a source in the text to who it is.
//!
//! Entry point: [`resolve`], which goes through the attributions in order. Names are looked up in
//! the [`Cast`]; pronouns look for the nearest fitting speaker; descriptions are matched with roles
//! or stay what they are: unnamed, a group, a body, a text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::attribution::{Found, Link};
use super::lexicon::{lexicon, singular};
use super::person::{Appearance, Cast, Member};
use super::reading::Reading;
use super::{Naming, Person, Speaker, SpeakerKind};
use crate::text::fold;

/// Who speaks and how sure that is, as a factor of the attribution's own confidence.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) speaker: Option<Speaker>,
    pub(super) certainty: f32,
    /// How the speaker is known.
    pub(super) naming: Naming,
}

impl Resolved {
    /// Nobody, which is as sure as `certainty`.
    pub(super) fn nobody(certainty: f32) -> Self {
        Self { speaker: None, certainty, naming: Naming::Nobody }
    }

    fn by(self, naming: Naming) -> Self {
        Self { naming, ..self }
    }
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
    resolver.cataphora();
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

/// The state of a resolution that goes through the attributions in order.
pub(super) struct Resolver<'a, 'p> {
    pub(super) reading: &'a Reading<'p>,
    pub(super) cast: &'a mut Cast,
    pub(super) found: &'a [Found],
    pub(super) done: Vec<Resolved>,
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
            .chain(&member.called)
            .flat_map(|r| fold::words(r).split(' ').map(str::to_owned).collect::<Vec<_>>())
        {
            let word = lexicon().office(&word).map_or(word.clone(), str::to_owned);
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
                let naming = if shared { Naming::Shared } else { Naming::CarriedOn };
                before.cloned().map_or(Resolved::nobody(0.5), |resolved| resolved.by(naming))
            }
            (Link::Own | Link::Nobody, _) => Resolved::nobody(1.0),
        }
    }

    fn source(&mut self, index: usize, source: Range<usize>) -> Resolved {
        let reading = self.reading;
        if source.len() == 1
            && let Some(pronoun) = lexicon().pronoun(of_pronoun(reading.lower(source.start)))
        {
            let resolved = self.pronoun(index, source.start, pronoun);
            return if resolved.speaker.is_some() { resolved.by(Naming::Pronoun) } else { resolved };
        }
        if let Some(person) = self.named_behind(&source) {
            return self.member(person, 0.95).by(Naming::Apposition);
        }
        let head = head(reading, self.cast, &source);
        if let Some(resolved) = self.named(index, &source, &head) {
            return resolved;
        }
        self.described(index, &source, &head)
    }

    /// The person whose name closes a description, or stands in apposition to it: "CEO of the
    /// Harbour Council Ann Lee", "the team’s coach, Ann Lee,".
    fn named_behind(&self, source: &Range<usize>) -> Option<usize> {
        let reading = self.reading;
        let comma = source.clone().find(|i| reading.is(*i, ",")).unwrap_or(source.end);
        let described = |to: usize| {
            (source.start..to).any(|i| {
                lexicon().is_noun("roles", reading.lower(i)) || lexicon().is("titles", reading.lower(i))
            })
        };
        let span = reading.span(&(source.start..(comma + 6).min(reading.tokens.len())));
        let mut people = self.cast.inside(reading, span).filter(|a| {
            self.cast.members[a.member].person.kind == SpeakerKind::Person && a.name.tokens.len() > 1
        });
        // "An adviser to President Ann Lee" is somebody else: a body must stand between.
        let body = |i: usize| {
            reading.is_capital(i)
                && (lexicon().is_noun("body_names", reading.lower(i))
                    || lexicon().is("places", &reading.words(&(i.saturating_sub(1)..i + 1)).to_lowercase()))
        };
        let at_end = |a: &&Appearance| {
            let start = a.name.full.start;
            a.name.tokens.end == comma && start > source.start && body(start - 1) && described(start - 1)
        };
        let behind = |a: &&Appearance| {
            reading.is(comma, ",") && a.name.full.start == comma + 1 && described(comma) && ends(reading, a)
        };
        people.find(|a| at_end(a) || behind(a)).map(|a| a.member)
    }

    /// A source whose head is a name.
    fn named(&mut self, index: usize, source: &Range<usize>, head: &Range<usize>) -> Option<Resolved> {
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
                return Some(Resolved { speaker: Some(speaker), certainty: 0.95, naming: Naming::Name });
            }
            let certainty = if appearance.ambiguous { 0.75 } else { 1.0 };
            return Some(self.member(appearance.member, certainty));
        }
        // "Reagan’s statement of the same day": what a text of somebody's says, they say.
        let owner = inside.last().filter(|a| reading.is_genitive(a.name.tokens.end));
        if let Some(owner) = owner.filter(|_| lexicon().is("documents", reading.lower(head.end - 1))) {
            return Some(self.member(owner.member, 0.93));
        }
        let last = head.end - 1;
        if !reading.is_capital(last)
            || reading.sentences[reading.sentence_of(last)].tokens.start == last
                && lexicon().is_noun("roles", reading.lower(last))
        {
            return None;
        }
        Some(self.lone_name(index, source, head))
    }

    /// A source that is a capitalised word nobody introduced: a state, or a surname.
    fn lone_name(&mut self, index: usize, source: &Range<usize>, head: &Range<usize>) -> Resolved {
        let reading = self.reading;
        let words = reading.words(head);
        let lower = reading.lower(head.end - 1);
        let plain = words.trim_start_matches("the ").trim_start_matches("The ").to_owned();
        let place = lexicon().is("places", &plain.to_lowercase())
            || lexicon().is("places", lower)
            || (head.len() == 1 && self.located.contains(lower));
        let article = plain.len() < words.len();
        let body = place || article || lexicon().is("body_names", lower) || head.len() > 2;
        let common = lexicon().is("plain", lower)
            || singular(lower).is_some_and(|one| lexicon().is("roles", &one) || lexicon().is("titles", &one));
        if common {
            return Resolved {
                speaker: Some(Speaker { person: None, name: plain, kind: SpeakerKind::Group }),
                certainty: 0.9,
                naming: Naming::Description,
            };
        }
        // "Moss Addresses Harbour Attack: ‘…’": the headline's subject is one word of it.
        let subject = [reading.lower(head.start).to_owned()];
        if head.len() > 2
            && let [only] = self.cast.bearers(&subject)[..]
        {
            return self.member(only, 0.7);
        }
        let kind = if body { SpeakerKind::Organisation } else { SpeakerKind::Person };
        let key = fold::words(&plain);
        if kind == SpeakerKind::Person && !self.late.contains_key(&key) {
            let words: Vec<String> = key.split(' ').map(str::to_owned).collect();
            if let [first, rest @ ..] = &self.cast.bearers(&words)[..] {
                return self.member(*first, if rest.is_empty() { 0.9 } else { 0.7 });
            }
            // "Spurns offer", "Sitting down": a verb has its capital from the sentence.
            let opens = reading.sentences[reading.sentence_of(head.start)].tokens.start == head.start;
            let cue = self.found[index].cue.as_ref().map(|cue| cue.start);
            if head.len() == 1 && opens && cue != Some(head.end) && !reading.is(head.end, ",") {
                let phrase = (source.len() > 1 || goes_on(reading, head.end)) && !lower.ends_with("ing");
                return if phrase { self.described(index, source, head) } else { Resolved::nobody(0.6) };
            }
        }
        let member = *self.late.entry(key.clone()).or_insert_with(|| {
            self.cast.members.push(Member {
                person: Person { name: plain, kind, roles: Vec::new(), profile: None },
                gender: None,
                words: key.split(' ').map(str::to_owned).collect(),
                suffix: None,
                called: Vec::new(),
                certain: false,
            });
            self.cast.members.len() - 1
        });
        self.member(member, if place { 0.95 } else { 0.88 })
    }

    pub(super) fn paragraph(&self, index: usize) -> usize {
        self.reading.sentences[self.found[index].sentence].paragraph
    }

    pub(super) fn member(&self, member: usize, certainty: f32) -> Resolved {
        let person = &self.cast.members[member].person;
        let speaker = Speaker { person: Some(member), name: person.name.clone(), kind: person.kind };
        Resolved { speaker: Some(speaker), certainty, naming: Naming::Name }
    }

    /// A source without a name: "a Kyiv official", "the ministry", "the report".
    pub(super) fn described(&self, index: usize, source: &Range<usize>, head: &Range<usize>) -> Resolved {
        let reading = self.reading;
        let noun = reading.lower(head.end - 1);
        let first = reading.lower(source.start);
        let one = |kind, certainty| {
            let speaker = Speaker { person: None, name: description(reading, source), kind };
            Resolved { speaker: Some(speaker), certainty, naming: Naming::Description }
        };
        let is = |list: &str| lexicon().is_noun(list, noun);
        let plural = !lexicon().is("roles", noun) && singular(noun).is_some();
        let definite = matches!(first, "the" | "his" | "her" | "their" | "its" | "this" | "that");
        if is("roles") && !plural {
            if definite && let Some(person) = self.role(index, noun) {
                return person.by(Naming::Role);
            }
            if first == "the"
                && let Some(person) = self.varied(index, source, noun)
            {
                return person.by(Naming::Variation);
            }
            // "the senator" means somebody whom the text has named and we could not find.
            return one(SpeakerKind::Unnamed, if definite { 0.78 } else { 0.97 });
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

    /// Everybody whose role has `noun` in it, at most a handful.
    pub(super) fn holders_of(&self, noun: &str) -> &[usize] {
        self.roles.get(noun).map_or(&[][..], Vec::as_slice)
    }

    /// The head of a source.
    pub(super) fn head(&self, source: &Range<usize>) -> Range<usize> {
        head(self.reading, self.cast, source)
    }

    /// The one person of the article whose role has `noun` in it: the last to speak where several do.
    fn role(&self, index: usize, noun: &str) -> Option<Resolved> {
        let holders = self.holders_of(noun);
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

/// Whether what stands at `at` follows a subject: a dash, an adverb, an auxiliary verb.
fn goes_on(reading: &Reading<'_>, at: usize) -> bool {
    !reading.is_word(at)
        || reading.lower(at).ends_with("ly")
        || matches!(reading.lower(at), "have" | "had" | "are" | "were" | "will" | "would" | "also" | "who")
}

/// The pronoun whose genitive `word` is ("her claim"); any other word as it is.
fn of_pronoun(word: &str) -> &str {
    match word {
        "his" => "he",
        "her" => "she",
        "their" => "they",
        _ => word,
    }
}

/// The head of a source: its words up to the first comma, preposition or relative pronoun.
fn head(reading: &Reading<'_>, cast: &Cast, source: &Range<usize>) -> Range<usize> {
    let mut end = source.start;
    while end < source.end {
        let word = reading.lower(end);
        let stops = matches!(reading.tokens.word(end), "," | "(" | "—" | "–" | "--" | ";")
            || (end > source.start
                && (matches!(word, "who" | "whose" | "which" | "that") || super::attribution::is_tie(word))
                && !inside_name(reading, cast, end));
        if stops {
            break;
        }
        end += 1;
    }
    if end == source.start { source.clone() } else { source.start..end }
}

/// Whether a preposition at token `at` stands inside a name ("Bank of England").
fn inside_name(reading: &Reading<'_>, cast: &Cast, at: usize) -> bool {
    let before = cast.appearances.partition_point(|a| a.name.tokens.start <= at);
    let known = before.checked_sub(1).is_some_and(|i| cast.appearances[i].name.tokens.end > at);
    known
        || reading.lower(at) == "of"
            && at > 0
            && lexicon().is("body_names", reading.lower(at - 1))
            && reading.is_capital(at - 1)
}

/// Whether a name in apposition is closed: by a comma, or by the end of its sentence.
fn ends(reading: &Reading<'_>, appearance: &Appearance) -> bool {
    let end = appearance.name.tokens.end;
    let sentence = reading.sentences[reading.sentence_of(appearance.name.tokens.start)].tokens.end;
    end >= sentence || matches!(reading.tokens.word(end), "," | "." | "(" | ";" | ":")
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
        && reading.lower(range.start + 1) != "of"
        && matches!(
            reading.lower(range.start),
            "a" | "an" | "the" | "one" | "another" | "some" | "other" | "its" | "his" | "her" | "their"
        )
    {
        range.start += 1;
    }
    reading.words(&range).split_whitespace().collect::<Vec<_>>().join(" ")
}
