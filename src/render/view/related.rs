//! Briefs to read beside this one, with the reason: [`related`].

use serde::Serialize;

use super::Link;
use crate::library::BriefId;
use crate::render::date::DateView;
use crate::render::made::Ready;
use crate::render::{SiteView, links};

/// Another brief and what it shares with this one.
#[derive(Debug, Serialize)]
pub(super) struct RelatedRow<'a> {
    title: &'a str,
    path: String,
    date: Ready<DateView>,
    /// Who speaks in both.
    speakers: Vec<Ready<Link>>,
    /// How many more do.
    more: usize,
    /// A day of which both tell, where nobody speaks in both.
    day: Option<Ready<DateView>>,
}

/// The briefs that share most with this one, but for those before and after it.
pub(super) fn related<'a>(site: &SiteView<'a>, id: BriefId, known: &[BriefId]) -> Vec<RelatedRow<'a>> {
    /// Briefs and, of each, people that a reader takes in at a glance.
    const MOST: (usize, usize) = (4, 3);
    let rows = site.library.related(id, known, MOST.0);
    rows.into_iter()
        .map(|row| {
            let brief = site.brief(row.brief);
            let day = row.days.first().filter(|_| row.speakers.is_empty());
            RelatedRow {
                title: &brief.title,
                path: links::brief(&brief.slug),
                date: site.plain_day_view(brief.published.day),
                more: row.speakers.len().saturating_sub(MOST.1),
                speakers: row.speakers.iter().take(MOST.1).map(|id| site.speaker_view(*id)).collect(),
                day: day.map(|day| site.day_view(*day)),
            }
        })
        .collect()
}
