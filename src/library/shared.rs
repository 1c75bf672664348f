//! What briefs share: the same speakers and the same days ([`Library::related`]).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{BriefId, Library, ProfileId};

/// Briefs that are looked at on either side in time for each speaker and each day, so that one brief
/// costs the same however much else somebody says or a day holds.
const NEAREST: usize = 12;

/// Another brief, and what it shares with the one that was asked for; at least one of the lists holds
/// something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Related {
    /// The other brief.
    pub brief: BriefId,
    /// Those with a page who speak in both, in the order of the first brief's words.
    pub speakers: Vec<ProfileId>,
    /// The days of which both tell, in order: something was said then, or is dated to then.
    pub days: Vec<NaiveDate>,
}

impl Library {
    /// The briefs that share most with `brief`, at most `limit`, best first; of equals the nearest in
    /// time. `known` are left out: they stand beside it anyhow.
    ///
    /// Who speaks in few briefs, and a day of which few tell, says more than one that all share.
    #[must_use]
    pub fn related(&self, brief: BriefId, known: &[BriefId], limit: usize) -> Vec<Related> {
        let mut found: BTreeMap<BriefId, (u32, Related)> = BTreeMap::new();
        for profile in self.heard_in(brief) {
            let briefs = &self.profiles[profile].briefs;
            for &other in nearest(briefs, |other| *other, brief) {
                let (score, related) = found.entry(other).or_default();
                *score += weight(briefs.len());
                related.speakers.push(profile);
            }
        }
        for day in self.days_told_in(brief) {
            let Some(row) = self.days.get(&day) else { continue };
            let said = nearest(&row.said, |id| self.statements[*id].brief, brief);
            let dated = nearest(&row.dated, |(other, _)| *other, brief);
            let briefs: BTreeSet<BriefId> = said
                .iter()
                .map(|id| self.statements[*id].brief)
                .chain(dated.iter().map(|(other, _)| *other))
                .collect();
            for other in briefs {
                let (score, related) = found.entry(other).or_default();
                *score += weight(row.said.len() + row.dated.len());
                related.days.push(day);
            }
        }
        found.retain(|other, _| *other != brief && !known.contains(other));
        let mut found: Vec<(u32, Related)> =
            found.into_iter().map(|(other, (score, row))| (score, Related { brief: other, ..row })).collect();
        found.sort_by_key(|(score, row)| (Reverse(*score), row.brief.abs_diff(brief), row.brief));
        found.truncate(limit);
        found.into_iter().map(|(_, row)| row).collect()
    }

    /// Those with a page who speak in a brief, each once, in the order of the text. Who is to have no
    /// page is in no list of people either.
    #[must_use]
    pub fn heard_in(&self, brief: BriefId) -> Vec<ProfileId> {
        let mut heard = Vec::new();
        for id in &self.briefs[brief].statements {
            if let Some(profile) = self.statements[*id].profile.filter(|p| self.profiles[*p].page)
                && !heard.contains(&profile)
            {
                heard.push(profile);
            }
        }
        heard
    }

    /// The days on which somebody speaks in a brief, and those that it names.
    fn days_told_in(&self, brief: BriefId) -> BTreeSet<NaiveDate> {
        let row = &self.briefs[brief];
        let said = row.statements.iter().filter_map(|id| self.statements[*id].said_on);
        let named = row.dates.iter().filter(|date| date.until.is_none()).map(|date| date.value);
        said.chain(named).filter_map(|value| value.day()).collect()
    }
}

/// The rows nearest to `brief` of a list in the order of briefs.
fn nearest<T>(rows: &[T], of: impl Fn(&T) -> BriefId, brief: BriefId) -> &[T] {
    let from = rows.partition_point(|row| of(row) < brief);
    let to = rows.partition_point(|row| of(row) <= brief);
    &rows[from.saturating_sub(NEAREST)..(to + NEAREST).min(rows.len())]
}

/// What it counts for that two briefs share something which `number` have in all.
fn weight(number: usize) -> u32 {
    840 / (1 + number.max(1).ilog2())
}
