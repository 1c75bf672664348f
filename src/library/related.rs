//! What stands beside what: neighbours in a story, the speakers of briefs.

use std::collections::BTreeMap;

use super::{BriefId, Library, Profile, ProfileId, StatementId};

/// Somebody who speaks in a brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Who; `None` for those without a name.
    pub profile: Option<ProfileId>,
    /// How the brief calls them.
    pub speaker: String,
    /// How many statements are counted.
    pub count: usize,
    /// The first of them.
    pub first: StatementId,
}

impl Library {
    /// Speakers that have a page, in the order of [`Library::profiles`].
    pub fn listed_profiles(&self) -> impl Iterator<Item = (ProfileId, &Profile)> {
        self.profiles.iter().enumerate().filter(|(_, profile)| profile.page)
    }

    /// The former addresses and where they lead now, sorted.
    #[must_use]
    pub fn redirects(&self) -> &[(String, String)] {
        &self.redirects
    }

    /// The briefs before and after this one in its story.
    #[must_use]
    pub fn story_neighbours(&self, brief: BriefId) -> (Option<BriefId>, Option<BriefId>) {
        let Some(story) = self.briefs[brief].story else { return (None, None) };
        // Newest briefs have the smallest index, and a story is oldest first.
        let briefs = &self.stories[story].briefs;
        let at = briefs.partition_point(|other| *other > brief);
        (at.checked_sub(1).map(|before| briefs[before]), briefs.get(at + 1).copied())
    }

    /// Who speaks in a brief, in the order of their first words.
    #[must_use]
    pub fn voices(&self, brief: BriefId) -> Vec<Voice> {
        let mut voices: Vec<Voice> = Vec::new();
        let mut index: BTreeMap<(Option<ProfileId>, &str), usize> = BTreeMap::new();
        for id in &self.briefs[brief].statements {
            let said = &self.statements[*id];
            let name = if said.profile.is_some() { "" } else { &*said.speaker };
            let known = *index.entry((said.profile, name)).or_insert(voices.len());
            match voices.get_mut(known) {
                Some(voice) => voice.count += 1,
                None => voices.push(Voice {
                    profile: said.profile,
                    speaker: said.speaker.to_string(),
                    count: 1,
                    first: *id,
                }),
            }
        }
        voices
    }

    /// Those with a page who speak most in `briefs`, at most `limit`: the profile and the number
    /// of statements. Equal numbers go by name.
    #[must_use]
    pub fn most_quoted(&self, briefs: &[BriefId], limit: usize) -> Vec<(ProfileId, usize)> {
        let mut counts: BTreeMap<ProfileId, usize> = BTreeMap::new();
        for id in briefs.iter().flat_map(|brief| &self.briefs[*brief].statements) {
            if let Some(profile) = self.statements[*id].profile.filter(|p| self.profiles[*p].page) {
                *counts.entry(profile).or_default() += 1;
            }
        }
        let mut counts: Vec<(ProfileId, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(profile, count)| (std::cmp::Reverse(*count), *profile));
        counts.truncate(limit);
        counts
    }
}
