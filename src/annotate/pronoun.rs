//! Pronouns: whom "he", "she" and "they" mean beside a cue.
//!
//! Entry point: `Resolver::pronoun`. Whoever spoke last in the same sentence; else whoever the
//! paragraph has named since the last words were attributed, subjects before others; else the last
//! speaker. The more people fit, the less sure the answer.

use super::lexicon::{Gender, Pronoun, lexicon};
use super::person::Appearance;
use super::speaker::{Resolved, Resolver};
use super::{Naming, SpeakerKind};

impl Resolver<'_, '_> {
    /// "he", "she", "they": the nearest fitting speaker or subject before.
    pub(super) fn pronoun(&self, index: usize, at: usize, pronoun: Pronoun) -> Resolved {
        let nobody = Resolved::nobody(0.6);
        match pronoun {
            Pronoun::One(gender) => {
                let wanted = Wanted { gender, others: self.others(index, at) };
                self.person_before(index, at, &wanted).unwrap_or(nobody)
            }
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
        let (before, resolved) = self.done.iter().enumerate().next_back()?;
        let speaker = resolved.speaker.as_ref().filter(|s| kinds.contains(&s.kind))?;
        (here - self.paragraph(before) <= 1).then(|| Resolved {
            speaker: Some(speaker.clone()),
            certainty: 0.9,
            naming: Naming::Pronoun,
        })
    }

    /// The person that a pronoun at token `at` means.
    ///
    /// Whoever spoke last in the same sentence; else whoever the paragraph has named since the
    /// last words were attributed, subjects before others; else the last speaker.
    fn person_before(&self, index: usize, at: usize, wanted: &Wanted) -> Option<Resolved> {
        let here = self.paragraph(index);
        let sentence = self.found[index].sentence;
        let last = self.done.iter().enumerate().rev().take(6).find_map(|(i, r)| {
            let person = r.speaker.as_ref()?.person?;
            (self.fits(person, wanted) && here - self.paragraph(i) <= 2).then_some((i, person, r.certainty))
        });
        if let Some(resolved) = self.governed(at, wanted) {
            return Some(resolved);
        }
        if let Some((_, person, certainty)) = last.filter(|(i, ..)| self.found[*i].sentence == sentence) {
            return Some(self.member(person, certainty * 0.97));
        }
        let since = self.named_since(index, at, wanted);
        if let Some(resolved) = self.newly_named(&since, last.map(|l| l.1)) {
            return Some(resolved);
        }
        let described = self.described_before(index, at);
        if described.is_some() && last.is_none_or(|(i, ..)| self.paragraph(i) != here) {
            return described;
        }
        let rivals = self.rivals(at, here, wanted);
        if let Some((i, person, _)) = last
            && let Some(woman) = self.woman_since(i, at, person, &rivals, wanted)
        {
            return Some(self.member(woman, 0.82));
        }
        match last {
            Some((i, person, certainty)) => {
                let near = here - self.paragraph(i) <= 1;
                let others = rivals.iter().filter(|r| **r != person).count();
                let sure = match (others, near) {
                    (0, _) => 0.94,
                    (1, true) => 0.9,
                    (_, true) => 0.87,
                    (_, false) => 0.75,
                };
                Some(self.member(person, certainty * sure))
            }
            None => {
                rivals.first().map(|first| self.member(*first, if rivals.len() == 1 { 0.8 } else { 0.6 }))
            }
        }
    }

    /// The only woman by her name among those who fit "she", named since attribution `last`, where
    /// whoever spoke there may be a man: most names that tell nothing are men's in news.
    fn woman_since(
        &self,
        last: usize,
        at: usize,
        spoke: usize,
        rivals: &[usize],
        wanted: &Wanted,
    ) -> Option<usize> {
        let sure = |person: usize| self.cast.members[person].gender == Some(Gender::Female);
        if wanted.gender != Gender::Female || sure(spoke) {
            return None;
        }
        let from = self.reading.sentences[self.found[last].sentence].tokens.end;
        let appearances = &self.cast.appearances;
        let start = appearances.partition_point(|a| a.name.tokens.start < from);
        let end = appearances.partition_point(|a| a.name.tokens.start < at).max(start);
        let named = |person: usize| appearances[start..end].iter().rev().take(24).any(|a| a.member == person);
        let mut women = rivals.iter().copied().filter(|person| sure(*person) && named(*person));
        let only = women.next()?;
        women.next().is_none().then_some(only)
    }

    /// Whom the grammar of the sentence makes the owner of the pronoun at `at` before its subject.
    ///
    /// "Ann Lee's speech on Monday, when she said": the owner of the occasion that the relative
    /// clause is about. "Hall asked Moss about words with which he claimed": what somebody is asked
    /// is about them. "Hall thanked Moss because he": praise and blame have their cause in their object
    /// (Garvey and Caramazza, "Implicit causality in verbs", 1974).
    fn governed(&self, at: usize, wanted: &Wanted) -> Option<Resolved> {
        let reading = self.reading;
        let start = reading.sentences[reading.sentence_of(at)].tokens.start.max(at.saturating_sub(CLAUSE));
        let before = at.checked_sub(1).filter(|before| *before >= start)?;
        let joint = reading.lower(before);
        let named: Vec<&Appearance> = self
            .cast
            .inside(reading, reading.span(&(start..at)))
            .filter(|a| !a.ambiguous && reading.quotation(a.name.tokens.start).is_none())
            .filter(|a| self.cast.members[a.member].person.kind == SpeakerKind::Person)
            .collect();
        let last = named.last().filter(|a| self.fits(a.member, wanted))?;
        if matches!(joint, "when" | "where" | "which") && reading.is_genitive(last.name.tokens.end) {
            return Some(self.member(last.member, 0.86));
        }
        let verb = reading.lower(last.name.full.start.checked_sub(1).filter(|v| *v >= start)?);
        let asked = lexicon().is("asking", verb);
        let caused = lexicon().is("judging", verb)
            && matches!(joint, "because" | "after" | "when" | "since" | "that" | "for");
        let other = named.iter().any(|a| a.member != last.member);
        (other && (asked || caused)).then(|| self.member(last.member, if asked { 0.86 } else { 0.78 }))
    }

    /// Who fits among those whom the paragraph has named since it last attributed words; with
    /// whether each stands as a subject. The nearest last.
    fn named_since(&self, index: usize, at: usize, wanted: &Wanted) -> Vec<(usize, bool)> {
        let here = self.paragraph(index);
        let paragraph = self.reading.tokens.inside(self.reading.prose.paragraphs()[here].span).start;
        let tagged = self.found[..index].last().and_then(|f| f.cue.as_ref()).map_or(0, |c| c.end);
        let start = paragraph.max(tagged);
        let appearances = &self.cast.appearances;
        let (from, to) = (
            appearances.partition_point(|a| a.name.full.start < start),
            appearances.partition_point(|a| a.name.tokens.start < at),
        );
        appearances[from.min(to)..to]
            .iter()
            .rev()
            .take(12)
            .filter(|a| self.reading.quotation(a.name.tokens.start).is_none() && self.fits(a.member, wanted))
            // "Bob Ray said the mayor Al Dow was wrong. But he said …": Dow is only spoken of.
            .filter(|a| !self.is_reported(index, here, a.name.tokens.start))
            .map(|a| (a.member, self.is_subject(a)))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect()
    }

    /// Whether a token stands in what an earlier attribution of the paragraph reports.
    fn is_reported(&self, index: usize, paragraph: usize, token: usize) -> bool {
        let before = (0..index).rev().take_while(|i| self.paragraph(*i) == paragraph);
        before.into_iter().any(|i| {
            self.done[i].speaker.as_ref().is_some_and(|s| s.person.is_some())
                && self.found[i].content.iter().any(|c| self.reading.tokens.inside(*c).contains(&token))
        })
    }

    /// Whether a name may be a subject: nothing governs it, and it owns nothing.
    pub(super) fn is_subject(&self, appearance: &Appearance) -> bool {
        let reading = self.reading;
        let before = appearance.name.full.start.checked_sub(1);
        let governed = before.is_some_and(|b| {
            let word = reading.lower(b);
            super::attribution::is_tie(word) && !matches!(word, "as" | "after" | "before" | "over")
                || lexicon().cue(word).is_some()
                || matches!(word, "and" | "named" | "asked" | "met" | "joined" | "telephoned" | "replaced")
        });
        !governed && !reading.is_genitive(appearance.name.tokens.end)
    }

    /// The person whom the paragraph has just named: its last subject.
    fn newly_named(&self, since: &[(usize, bool)], last: Option<usize>) -> Option<Resolved> {
        let mut people: Vec<usize> = since.iter().map(|s| s.0).collect();
        people.sort_unstable();
        people.dedup();
        let subject = since.iter().rev().find(|s| s.1).map(|s| s.0);
        match (people.len(), subject) {
            (0, _) => None,
            (1, Some(person)) => Some(self.member(person, if last == Some(person) { 0.95 } else { 0.9 })),
            (_, Some(person)) if last == Some(person) => Some(self.member(person, 0.88)),
            (2, Some(person)) => Some(self.member(person, 0.86)),
            (_, Some(person)) => Some(self.member(person, 0.72)),
            // Named only beside somebody else's deeds: the last speaker may go on.
            (1, None) if last == Some(people[0]) => Some(self.member(people[0], 0.9)),
            (_, None) => last.map(|person| self.member(person, 0.78)),
        }
    }

    /// "The pad leader shouted. “…” he said": a described person who opens the sentence before.
    fn described_before(&self, index: usize, at: usize) -> Option<Resolved> {
        let reading = self.reading;
        let sentence = self.found[index].sentence;
        let opens = reading.sentences[sentence].tokens.start;
        // A quotation may open the sentence of the tag; what counts is the sentence before it.
        let before = reading.sentence_of(opens.min(at)).checked_sub(1)?;
        let before = &reading.sentences[before];
        if before.paragraph != self.paragraph(index) || reading.quotation(before.tokens.start).is_some() {
            return None;
        }
        let subject = super::attribution::clause_subject(reading, &before.tokens)?;
        let described = lexicon().is("roles", reading.lower(subject.end - 1)) && subject.len() > 1;
        described
            .then(|| self.described(index, &subject, &subject.clone()))
            .map(|r| Resolved { certainty: r.certainty * 0.9, ..r })
    }

    /// The people who fit and are named, outside quotations, in this paragraph or the one
    /// before, ahead of token `at`; the nearest first, each once.
    fn rivals(&self, at: usize, paragraph: usize, wanted: &Wanted) -> Vec<usize> {
        let mut rivals = Vec::new();
        let end = self.cast.appearances.partition_point(|a| a.name.tokens.start < at);
        for appearance in self.cast.appearances[..end].iter().rev().take(24) {
            let start = appearance.name.tokens.start;
            let there = self.reading.sentences[self.reading.sentence_of(start)].paragraph;
            if paragraph - there > 1 {
                break;
            }
            let new = !rivals.contains(&appearance.member);
            if new && self.reading.quotation(start).is_none() && self.fits(appearance.member, wanted) {
                rivals.push(appearance.member);
            }
        }
        rivals
    }

    fn fits(&self, member: usize, wanted: &Wanted) -> bool {
        let gender = self.cast.members[member].gender;
        self.cast.members[member].person.kind == SpeakerKind::Person
            && !wanted.others.contains(&member)
            && gender.is_none_or(|g| g == wanted.gender || g == Gender::Either)
    }

    /// Those whom the clause of the pronoun at token `at` names behind it: the hearer of "he told
    /// White", and whoever is spoken of in "he said White would stay". No name stands for somebody
    /// who was a pronoun before it in the same clause (principle C of the binding theory; Chomsky,
    /// "Lectures on Government and Binding", 1981).
    fn others(&self, index: usize, at: usize) -> Vec<usize> {
        let found = &self.found[index];
        let told = found.told_to.iter().map(|told| self.reading.span(told));
        let said = found.content.iter().copied().filter(|content| {
            let tokens = self.reading.tokens.inside(*content);
            // A quotation is a text of its own, in which somebody may well name himself.
            tokens.start > at && self.reading.quotation(tokens.start).is_none()
        });
        let mut others = Vec::new();
        for span in told.chain(said) {
            let named = self.cast.inside(self.reading, span).filter(|a| !a.ambiguous);
            let outside = named.filter(|a| self.reading.quotation(a.name.tokens.start).is_none());
            others.extend(outside.map(|a| a.member).take(MOST));
        }
        others
    }
}

/// So many tokens before a pronoun belong to its sentence.
const CLAUSE: usize = 40;

/// More names than this in one content are a list, of which any may be meant.
const MOST: usize = 8;

/// Whom a pronoun may mean.
struct Wanted {
    gender: Gender,
    /// Who it cannot be.
    others: Vec<usize>,
}
