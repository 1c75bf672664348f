//! Elegant variation: "the senator", "the nominee", where the text means somebody whom it has just
//! named and who bears no such role in it.
//!
//! Entry point: `Resolver::varied`. The answer is a guess and is given as one: below the site's
//! threshold, so that it is shown as "possibly" in its own brief alone.

use std::ops::Range;

use super::SpeakerKind;
use super::lexicon::lexicon;
use super::person::Appearance;
use super::speaker::{Resolved, Resolver};

/// How sure it is that the last speaker is meant.
const LAST: f32 = 0.78;

/// How sure it is that somebody is meant who is named in the same sentence, or while others are.
const NAMED: f32 = 0.72;

/// How many attributions back the last speaker may be.
const BACK: usize = 3;

/// So many tokens before a description are looked at.
const FAR: usize = 200;

impl Resolver<'_, '_> {
    /// Whom a definite description with the head `noun` means, where no role says so: somebody
    /// named before it in its sentence, but not that sentence's subject; else the last speaker.
    pub(super) fn varied(&self, index: usize, source: &Range<usize>, noun: &str) -> Option<Resolved> {
        if !lexicon().is("variations", noun) {
            return None;
        }
        let sentence = &self.reading.sentences[self.reading.sentence_of(source.start)];
        let from = sentence.tokens.start.max(source.start.saturating_sub(FAR));
        let before = self.named_in(from..source.start);
        if let Some(first) = before.first() {
            // "Mr Moss fell after the senator spoke": the senator is not Mr Moss.
            // But "Though Mr Moss fell, the senator spoke": a clause in front waits for its subject.
            let fronted = matches!(
                self.reading.lower(sentence.tokens.start),
                "though"
                    | "although"
                    | "while"
                    | "when"
                    | "after"
                    | "before"
                    | "because"
                    | "since"
                    | "if"
                    | "as"
            ) && source.start.checked_sub(1).is_some_and(|i| self.reading.is(i, ","));
            let subject = (self.is_subject(first) && !fronted).then_some(first.member);
            let other = before.iter().rev().map(|a| a.member).find(|member| Some(*member) != subject)?;
            return self.may_be(other, noun).then(|| self.member(other, NAMED));
        }
        let here = self.paragraph(index);
        let last = (index.saturating_sub(BACK)..index).rev().find_map(|i| {
            let person = self.done[i].speaker.as_ref()?.person?;
            // "The harbour actor" may be new; "the actor" is somebody whom the reader knows.
            let back = if source.len() == 2 { 2 } else { 1 };
            (here - self.paragraph(i) <= back).then_some((i, person))
        });
        let (at, person) = last.filter(|(_, person)| self.may_be(*person, noun))?;
        let from = self.reading.sentences[self.found[at].sentence].tokens.start;
        let from = from.max(source.start.saturating_sub(FAR));
        let rivals = self.named_in(from..source.start).iter().any(|a| a.member != person);
        Some(self.member(person, if rivals { NAMED } else { LAST }))
    }

    /// Who is named in the range outside quotations, in order.
    fn named_in(&self, range: Range<usize>) -> Vec<&Appearance> {
        // Nobody is named before the first word of a text.
        if range.is_empty() {
            return Vec::new();
        }
        let span = self.reading.span(&range);
        let people = self.cast.inside(self.reading, span).filter(|a| {
            let person = &self.cast.members[a.member].person;
            person.kind == SpeakerKind::Person
                && !a.ambiguous
                && self.reading.quotation(a.name.tokens.start).is_none()
        });
        people.take(16).collect()
    }

    /// Whether somebody may be called `noun`: not those who speak for others or of them, and nobody
    /// whose office is another.
    fn may_be(&self, member: usize, noun: &str) -> bool {
        let person = &self.cast.members[member].person;
        let office = lexicon().is("offices", noun);
        let speaks_against = |word: String| {
            let word = lexicon().office(&word).unwrap_or(&word);
            lexicon().is("bystanders", word) || office && word != noun && lexicon().is("offices", word)
        };
        let mut words = person.roles.iter().flat_map(|role| role.split_whitespace());
        person.kind == SpeakerKind::Person && !words.any(|word| speaks_against(word.to_lowercase()))
    }
}
