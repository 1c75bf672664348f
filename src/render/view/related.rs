//! Briefs to read beside this one, with the reason: [`related`].

use serde::Serialize;

use super::{Link, speaker_link};
use crate::library::BriefId;
use crate::render::date::DateView;
use crate::render::{SiteView, links};

/// Another brief and what it shares with this one.
#[derive(Debug, Serialize)]
pub(super) struct RelatedRow<'a> {
    title: &'a str,
    path: String,
    date: DateView,
    /// Who speaks in both.
    speakers: Vec<Link>,
    /// How many more do.
    more: usize,
    /// A day of which both tell, where nobody speaks in both.
    day: Option<DateView>,
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
                date: DateView::day(site.words, brief.published.day, None),
                more: row.speakers.len().saturating_sub(MOST.1),
                speakers: row.speakers.iter().take(MOST.1).map(|id| speaker_link(site, *id)).collect(),
                day: day.map(|day| DateView::day(site.words, *day, site.day_path(*day))),
            }
        })
        .collect()
}
