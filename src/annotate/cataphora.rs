//! Descriptions that come before the name: "Harbour chief warns of floods" in a headline, "a lawmaker
//! in Lisholm" in the first sentence, whom the story then names.
//!
//! Entry point: `Resolver::cataphora`, once all other sources are resolved. The answer is a guess and
//! is given as one, below the site's threshold.

use super::lexicon::{lexicon, singular};
use super::speaker::Resolved;
use super::speaker::Resolver;
use super::{Naming, SpeakerKind};

/// How sure it is that the headline speaks of whoever the story then calls the same.
const CERTAINTY: f32 = 0.74;

/// The headline, the standfirst and the lead.
const OPENING: usize = 3;

impl Resolver<'_, '_> {
    /// Gives the unnamed speakers of the opening paragraphs to the one person whom the story names
    /// later and calls by the same noun.
    pub(super) fn cataphora(&mut self) {
        for index in 0..self.done.len() {
            if self.paragraph(index) >= OPENING {
                break;
            }
            let Some(noun) = self.unnamed_noun(index) else { continue };
            let Some(person) = self.called(index, &noun).filter(|p| self.named_behind_only(index, *p)) else {
                continue;
            };
            let certainty = self.done[index].certainty.min(CERTAINTY);
            self.done[index] = Resolved { naming: Naming::Role, ..self.member(person, certainty) };
        }
    }

    /// The head noun of a source that names nobody, one person by its number.
    fn unnamed_noun(&self, index: usize) -> Option<String> {
        let speaker = self.done[index].speaker.as_ref()?;
        if speaker.kind != SpeakerKind::Unnamed || self.done[index].naming != Naming::Description {
            return None;
        }
        let source = self.found[index].source.clone()?;
        let head = self.head(&source);
        // "Another lawmaker", "one of the aides" are told apart from those whom the story names.
        let apart = matches!(self.reading.lower(source.start), "another" | "other" | "some" | "no" | "each");
        let noun = self.reading.lower(head.end - 1).to_owned();
        let one = lexicon().is("roles", &noun) || singular(&noun).is_none();
        (one && !apart && lexicon().is("roles", &noun)).then_some(noun)
    }

    /// The only person whom a role or a later description calls `noun`.
    fn called(&self, index: usize, noun: &str) -> Option<usize> {
        let mut people: Vec<usize> = self.holders_of(noun).to_vec();
        for later in index + 1..self.done.len() {
            let resolved = &self.done[later];
            let Some(person) = resolved.speaker.as_ref().and_then(|s| s.person) else { continue };
            let Some(source) = self.found[later].source.as_ref() else { continue };
            let told = matches!(resolved.naming, Naming::Role | Naming::Variation);
            if told && self.reading.lower(self.head(source).end - 1) == noun && !people.contains(&person) {
                people.push(person);
            }
        }
        match people[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether the person is named behind the attribution and nowhere before it.
    fn named_behind_only(&self, index: usize, person: usize) -> bool {
        let Some(source) = self.found[index].source.as_ref() else { return false };
        let first = self.cast.appearances.iter().find(|a| a.member == person);
        first.is_some_and(|a| a.name.tokens.start >= source.end)
    }
}
