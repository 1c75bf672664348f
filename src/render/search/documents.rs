//! [`documents`]: what can be found, each with the words that find it and the row that shows it.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::postings::{Flag, Id};
use crate::annotate::Form;
use crate::library::{BriefId, StatementId};
use crate::render::SiteView;
use crate::render::date::DateView;
use crate::render::view::opening;
use crate::render::view::search::is_found;
use crate::render::view::statement::{alone, is_inferred};

/// A statement or a brief, as the index takes it in.
#[derive(Debug)]
pub(super) struct Document<'a> {
    /// Its number: the newer, the greater.
    pub(super) id: Id,
    /// The language of its words, as a BCP 47 tag.
    pub(super) lang: &'a str,
    /// What a reader may look for.
    pub(super) texts: Vec<&'a str>,
    /// Whose words they are: found by any word, and by the speaker filter.
    pub(super) speaker: Option<&'a str>,
    /// What filters ask for exactly: `@=ann-lee`, `#harbour-post`.
    pub(super) keys: Vec<String>,
    /// The brief it stands in, as results name it.
    pub(super) brief: BriefEntry<'a>,
    /// What results show.
    pub(super) row: Row<'a>,
}

/// A brief, once in a file of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct BriefEntry<'a> {
    pub(super) slug: &'a str,
    pub(super) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) outlet: Option<&'a str>,
}

/// What a result shows.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Row<'a> {
    /// The anchor in the brief; a brief itself has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<&'a str>,
    /// The words said, or what a brief is about.
    pub(super) words: String,
    /// Who says them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) who: Option<&'a str>,
    /// The speaker's page, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<&'a str>,
    /// The time of speaking, else the day of publication.
    pub(super) day: String,
    /// Whether `day` is wider than a day.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) wide: bool,
    /// "published" or "inferred" in the words of the interface, where `day` is not simply the time of speaking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) how: Option<&'static str>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields so")]
fn is_false(value: &bool) -> bool {
    !value
}

/// Bytes of words that a row keeps: more than nearly any quotation in the news has.
pub(super) const WORDS: usize = 700;

/// What one document is made of, before it has its number.
#[derive(Clone, Copy)]
enum Source {
    Statement(StatementId),
    Brief,
}

/// Everything that can be found, newest first; of one day, in the order of addresses and of the
/// text.
///
/// Counted statements, but those of speakers who are to have no page; and every brief by its
/// headline, its description and the names it stands under.
pub(super) fn documents<'a>(site: &SiteView<'a>) -> Vec<Document<'a>> {
    let statements = site.library.statements.iter().enumerate();
    let open = statements.filter(|(_, s)| is_found(site, s));
    let said = open.map(|(id, s)| (s.when(), s.brief, Source::Statement(id)));
    let briefs = site.library.briefs.iter().enumerate();
    let published = briefs.map(|(id, brief)| (brief.published.day, id, Source::Brief));
    let mut found: Vec<(NaiveDate, BriefId, Source)> = published.chain(said).collect();
    let place = |source: &Source| match source {
        Source::Brief => 0,
        // Statements of a brief have the order of its text.
        Source::Statement(id) => id + 1,
    };
    found.sort_by_key(|(day, brief, source)| (Reverse(*day), &site.brief(*brief).slug, place(source)));
    let days = found.chunk_by(|a, b| a.0 == b.0);
    days.flat_map(|day| day.iter().zip((0..day.len()).rev()))
        .map(|(&(day, brief, source), number)| match source {
            Source::Brief => of_brief(site, day, number, brief),
            Source::Statement(id) => of_statement(site, day, number, id),
        })
        .collect()
}

fn of_statement<'a>(site: &SiteView<'a>, day: NaiveDate, number: usize, id: StatementId) -> Document<'a> {
    let row = &site.library.statements[id];
    let profile = row.profile.map(|profile| site.profile(profile));
    let who = profile.map_or(&*row.speaker, |profile| profile.name.as_str());
    let flag = if row.form == Form::Direct { Flag::Exact } else { Flag::Reported };
    let date = match row.said_on {
        Some(value) => DateView::value(site.words, value, None),
        None => DateView::day(site.words, row.published, None),
    };
    let mut keys: Vec<String> = profile.iter().map(|profile| format!("@={}", profile.id)).collect();
    keys.extend(outlet_key(site, row.brief));
    Document {
        id: Id::new(day.num_days_from_ce(), number, flag),
        lang: lang(site, row.brief),
        texts: vec![&row.words, who],
        speaker: Some(who),
        keys,
        brief: brief_entry(site, row.brief),
        row: Row {
            at: Some(&row.quote),
            words: opening(&alone(&row.words), WORDS),
            who: Some(who),
            page: profile.map(|profile| profile.id.as_str()),
            day: date.medium,
            wide: date.wide,
            how: match row.said_on {
                None => Some(site.words.get("lists.published")),
                Some(_) => is_inferred(row).then(|| site.words.get("lists.inferred")),
            },
        },
    }
}

fn of_brief<'a>(site: &SiteView<'a>, day: NaiveDate, number: usize, id: BriefId) -> Document<'a> {
    let brief = site.brief(id);
    let library = site.library;
    let mut texts = vec![brief.title.as_str(), brief.description.as_str()];
    texts.extend(brief.topics.iter().map(|topic| library.topics[*topic].name.as_str()));
    texts.extend(brief.story.map(|story| library.stories[story].name.as_str()));
    texts.extend(brief.place.map(|place| library.places[place].name.as_str()));
    texts.extend(brief.outlet.map(|outlet| library.outlets[outlet].name.as_str()));
    Document {
        id: Id::new(day.num_days_from_ce(), number, Flag::Brief),
        lang: lang(site, id),
        texts,
        speaker: None,
        keys: outlet_key(site, id).into_iter().collect(),
        brief: brief_entry(site, id),
        row: Row {
            words: opening(&brief.description, WORDS),
            day: DateView::day(site.words, brief.published.day, None).medium,
            ..Row::default()
        },
    }
}

fn brief_entry<'a>(site: &SiteView<'a>, id: BriefId) -> BriefEntry<'a> {
    let brief = site.brief(id);
    let outlet = brief.outlet.map(|outlet| site.library.outlets[outlet].name.as_str());
    BriefEntry { slug: &brief.slug, title: &brief.title, outlet }
}

fn outlet_key(site: &SiteView<'_>, id: BriefId) -> Option<String> {
    site.brief(id).outlet.map(|outlet| format!("#{}", site.library.outlets[outlet].id))
}

fn lang<'a>(site: &SiteView<'a>, id: BriefId) -> &'a str {
    site.records[id].article.meta.lang.as_deref().unwrap_or(&site.settings.site.lang)
}
