//! Where a brief leads on: its story, the briefs before and after it, and other briefs that tell
//! the same words.

use serde::Serialize;

use super::statement::alone;
use super::{Link, opening};
use crate::library::{BriefId, StatementId};
use crate::render::date::DateView;
use crate::render::{SiteView, links};

/// The brief's place in its story.
#[derive(Debug, Serialize)]
pub(super) struct StoryRow<'a> {
    name: &'a str,
    path: String,
    number: usize,
    of: usize,
}

/// A brief to read next.
#[derive(Debug, Serialize)]
pub(super) struct Neighbour<'a> {
    title: &'a str,
    path: String,
    date: DateView,
}

/// Words of this brief that others tell too.
#[derive(Debug, Serialize)]
pub(super) struct ElsewhereRow<'a> {
    words: String,
    /// The anchor here.
    quote: &'a str,
    speaker: &'a str,
    briefs: Vec<Link>,
}

/// The story of a brief.
pub(super) fn story<'a>(site: &SiteView<'a>, id: BriefId) -> Option<StoryRow<'a>> {
    let story = &site.library.stories[site.brief(id).story?];
    let at = story.briefs.iter().position(|b| *b == id)?;
    Some(StoryRow {
        name: &story.name,
        path: links::story(&story.id),
        number: at + 1,
        of: story.briefs.len(),
    })
}

/// The briefs before and after: in the story, or of all where there is none.
pub(super) fn neighbours<'a>(
    site: &SiteView<'a>,
    id: BriefId,
) -> (Option<Neighbour<'a>>, Option<Neighbour<'a>>) {
    let (before, after) = match site.brief(id).story {
        Some(_) => site.library.story_neighbours(id),
        // The newest brief has the smallest index.
        None => (Some(id + 1).filter(|older| *older < site.library.briefs.len()), id.checked_sub(1)),
    };
    (before.map(|id| neighbour(site, id)), after.map(|id| neighbour(site, id)))
}

fn neighbour<'a>(site: &SiteView<'a>, id: BriefId) -> Neighbour<'a> {
    let brief = site.brief(id);
    let date = DateView::day(brief.published.day, None);
    Neighbour { title: &brief.title, path: links::brief(&brief.slug), date }
}

/// The brief's statements that other briefs tell in the same words, in the order of the text.
pub(super) fn elsewhere<'a>(site: &SiteView<'a>, id: BriefId) -> Vec<ElsewhereRow<'a>> {
    /// Letters of a statement that are shown.
    const LONGEST: usize = 90;
    let rows = site.brief(id).statements.iter().map(|id| (*id, &site.library.statements[*id]));
    let told = rows.map(|(id, row)| (row, site.library.same_as(id))).filter(|(_, others)| !others.is_empty());
    told.map(|(row, others)| ElsewhereRow {
        words: opening(&alone(&row.words), LONGEST),
        quote: &row.quote,
        speaker: row.profile.map_or(&row.speaker, |p| &site.profile(p).name),
        briefs: others.into_iter().map(|id| place(site, id)).collect(),
    })
    .collect()
}

/// A statement's place in its brief, under the headline and the day.
fn place(site: &SiteView<'_>, id: StatementId) -> Link {
    let row = &site.library.statements[id];
    let brief = site.brief(row.brief);
    Link { title: brief.title.clone(), path: Some(format!("{}#{}", links::brief(&brief.slug), row.quote)) }
}
