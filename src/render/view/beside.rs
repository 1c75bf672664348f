//! Where a brief leads on: its story, the briefs before and after it, and other briefs that tell
//! the same words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::statement::alone;
use super::wording::{Piece, compared};
use super::{Link, opening};
use crate::library::{BriefId, Echo, StatementId, Told, Wording, said_together};
use crate::render::date::DateView;
use crate::render::made::Ready;
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
    date: Ready<DateView>,
}

/// Words of this brief that others tell too.
#[derive(Debug, Serialize)]
pub(super) struct ElsewhereRow<'a> {
    words: String,
    /// The anchor of the words here.
    quote: &'a str,
    /// The anchor of this row, to which the words lead.
    anchor: String,
    /// Who says them; empty where that is not certain.
    speaker: &'a str,
    briefs: Vec<EchoRow<'a>>,
    /// Whether there are more briefs.
    more: bool,
}

/// The same words in another brief.
#[derive(Debug, Serialize)]
struct EchoRow<'a> {
    brief: Link,
    date: Ready<DateView>,
    /// "same", "longer", "other" or "part".
    wording: &'static str,
    /// The other wording, where words differ.
    pieces: Vec<Piece>,
    /// Who says it there, where that is told otherwise than here.
    speaker: Option<&'a str>,
    /// The times of speaking, where the briefs differ.
    said: Option<Differ>,
}

/// What two briefs differ in, in words: "on 5 December 2025".
#[derive(Debug, Serialize)]
struct Differ {
    here: String,
    there: String,
}

impl ElsewhereRow<'_> {
    /// Whether another wording is shown.
    pub(super) fn is_compared(&self) -> bool {
        self.briefs.iter().any(|echo| !echo.pieces.is_empty())
    }
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
pub(super) fn neighbours(site: &SiteView<'_>, id: BriefId) -> (Option<BriefId>, Option<BriefId>) {
    match site.brief(id).story {
        Some(_) => site.library.story_neighbours(id),
        // The newest brief has the smallest index.
        None => (Some(id + 1).filter(|older| *older < site.library.briefs.len()), id.checked_sub(1)),
    }
}

/// A brief as a neighbour.
pub(super) fn neighbour<'a>(site: &SiteView<'a>, id: BriefId) -> Neighbour<'a> {
    let brief = site.brief(id);
    let date = site.plain_day_view(brief.published.day);
    Neighbour { title: &brief.title, path: links::brief(&brief.slug), date }
}

/// The brief's quotations that other briefs tell, too, in the order of the text.
pub(super) fn elsewhere<'a>(site: &SiteView<'a>, id: BriefId) -> Vec<ElsewhereRow<'a>> {
    /// Letters of a quotation that are shown.
    const LONGEST: usize = 90;
    let quotes = site.records[id].annotations.quotes.iter();
    let place: BTreeMap<&str, usize> =
        quotes.enumerate().map(|(at, quote)| (quote.id.as_str(), at)).collect();
    let mut told = site.library.echoes_in(id);
    told.sort_by_key(|told| place.get(told.quote));
    told.into_iter()
        .map(|told| ElsewhereRow {
            words: opening(&alone(told.words), LONGEST),
            quote: told.quote,
            anchor: also_anchor(told.quote),
            speaker: told.statement.map_or("", |id| speaker(site, id)),
            briefs: told.echoes.told.iter().map(|echo| echo_row(site, &told, *echo)).collect(),
            more: told.echoes.more,
        })
        .collect()
}

/// The anchor of the list of briefs that tell a quotation, too.
pub(crate) fn also_anchor(quote: &str) -> String {
    format!("also-{quote}")
}

fn echo_row<'a>(site: &SiteView<'a>, here: &Told<'_>, echo: Echo) -> EchoRow<'a> {
    let there = &site.library.statements[echo.statement];
    let brief = site.brief(there.brief);
    let same_speaker = here.statement.is_some_and(|own| {
        let own = &site.library.statements[own];
        own.profile == there.profile && (own.profile.is_some() || own.speaker == there.speaker)
    });
    let differ =
        here.said_on.zip(there.said_on).filter(|_| said_together(here.said_on, there.said_on) == Some(false));
    EchoRow {
        brief: statement_link(site, echo.statement),
        date: site.plain_day_view(brief.published.day),
        wording: match echo.wording {
            Wording::Same => "same",
            Wording::Longer => "longer",
            Wording::Other => "other",
            Wording::Part => "part",
        },
        pieces: match echo.wording {
            Wording::Other => compared(&alone(&here.quoted_words()), &alone(&there.quoted_words())),
            Wording::Same | Wording::Longer | Wording::Part => Vec::new(),
        },
        speaker: (!same_speaker).then(|| speaker(site, echo.statement)),
        said: differ
            .map(|(here, there)| Differ { here: site.words.said_on(here), there: site.words.said_on(there) }),
    }
}

fn speaker<'a>(site: &SiteView<'a>, id: StatementId) -> &'a str {
    let row = &site.library.statements[id];
    row.profile.map_or(&row.speaker, |profile| &site.profile(profile).name)
}

/// A statement's place in its brief, under the headline.
pub(super) fn statement_link(site: &SiteView<'_>, id: StatementId) -> Link {
    let row = &site.library.statements[id];
    let brief = site.brief(row.brief);
    Link { title: brief.title.clone(), path: Some(format!("{}#{}", links::brief(&brief.slug), row.quote)) }
}
