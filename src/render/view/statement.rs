//! [`Remarks`]: what somebody said on one day in one brief, as speaker and day pages list it.

use serde::Serialize;

use super::Link;
use super::beside::statement_link;
use crate::annotate::{Basis, Form};
use crate::library::{Echoes, Statement, StatementId};
use crate::parse::Show;
use crate::render::cast::role_on;
use crate::render::date::DateView;
use crate::render::extent::Extent;
use crate::render::made::Ready;
use crate::render::{SiteView, links};

/// One statement with its context and the link to its place in the brief.
#[derive(Debug, Serialize)]
pub(crate) struct StatementRow<'a> {
    words: &'a str,
    /// What stands before the words in their sentences, with the blank that parts them.
    before: &'a str,
    /// What stands behind them.
    after: &'a str,
    /// Whether all of the words stand in quotation marks.
    direct: bool,
    /// Where it was said, unless the context tells that already.
    venue: Option<&'a str>,
    path: String,
    /// The same words in other briefs.
    also: Vec<Link>,
    /// Whether there are more of them.
    also_more: bool,
}

/// Statements of one speaker in one brief, said at one time: an entry of a list.
#[derive(Debug, Serialize)]
pub(crate) struct Remarks<'a> {
    speaker: Ready<Link>,
    role: Option<String>,
    /// The day of speaking, else of publication.
    date: Ready<DateView>,
    /// How long it lasts, where that is more than a day.
    extent: Option<Extent>,
    /// Whether `date` is the day of speaking.
    said: bool,
    /// Whether the day of speaking was inferred from the same remarks or from the context.
    inferred: bool,
    /// The brief's headline.
    brief: &'a str,
    /// Place of the first statement in the brief.
    path: String,
    published: Ready<DateView>,
    /// The language of the words, where it is not that of the page.
    lang: Option<&'a str>,
    /// In the order of the text; at least one.
    statements: Vec<StatementRow<'a>>,
}

impl<'a> Remarks<'a> {
    /// Statements in their order, those that belong together as one entry.
    pub(crate) fn all(site: &SiteView<'a>, ids: &[StatementId]) -> Vec<Self> {
        let rows = |id: &StatementId| &site.library.statements[*id];
        let groups = ids.chunk_by(|a, b| belong_together(rows(a), rows(b)));
        groups.filter_map(|group| Self::of(site, group)).collect()
    }

    /// One entry of statements that belong together; `None` for no statement.
    pub(crate) fn of(site: &SiteView<'a>, ids: &[StatementId]) -> Option<Self> {
        let row = &site.library.statements[*ids.first()?];
        let brief = site.brief(row.brief);
        let date = match row.said_on {
            Some(value) => site.value_view(value),
            None => site.day_view(row.published),
        };
        let mut statements: Vec<StatementRow<'a>> = Vec::with_capacity(ids.len());
        for id in ids {
            let told = statements.last().map(|last| last.words);
            statements.push(statement(site, *id, told));
        }
        Some(Self {
            speaker: said_by(site, *ids.first()?),
            role: row.profile.and_then(|p| role_on(site.profile(p), row.published)),
            date,
            extent: row.said_on.and_then(|value| Extent::of(site.words, value, value)),
            said: row.said_on.is_some(),
            inferred: is_inferred(row),
            brief: &brief.title,
            path: links::brief(&brief.slug),
            published: site.day_view(row.published),
            lang: site.other_lang(&site.records[row.brief].article),
            statements,
        })
    }
}

/// Who says it, and their page.
pub(super) fn said_by(site: &SiteView<'_>, id: StatementId) -> Ready<Link> {
    let row = &site.library.statements[id];
    match row.profile {
        Some(profile) => site.speaker_view(profile),
        None => Ready::of(&Link { title: row.speaker.to_string(), path: None }),
    }
}

/// `told` are the words of the statement before it in the list, which need not be told again.
fn statement<'a>(site: &SiteView<'a>, id: StatementId, told: Option<&str>) -> StatementRow<'a> {
    let row = &site.library.statements[id];
    let brief = site.brief(row.brief);
    let (before, after) = if brief.show == Show::Quotes { ("", "") } else { around(row) };
    let before = match told.and_then(|told| before.rsplit_once(told)) {
        Some((_, rest)) => rest.trim_start(),
        None => before,
    };
    let echoes = site.library.echoes(id);
    let heard = |venue: &&str| !row.context.to_lowercase().contains(&venue.to_lowercase());
    StatementRow {
        words: &row.words,
        before,
        after,
        direct: row.form == Form::Direct,
        venue: row.venue.as_deref().filter(heard),
        path: format!("{}#{}", links::brief(&brief.slug), row.quote),
        also: echoes.map(|echoes| also(site, echoes)).unwrap_or_default(),
        also_more: echoes.is_some_and(|echoes| echoes.more),
    }
}

fn also(site: &SiteView<'_>, echoes: &Echoes) -> Vec<Link> {
    echoes.told.iter().map(|echo| statement_link(site, echo.statement)).collect()
}

/// The context before and behind the words; nothing where the words stand in several pieces.
fn around(row: &Statement) -> (&str, &str) {
    match row.context.split_once(&*row.words) {
        Some((before, after)) => (before.trim_start(), after.trim_end()),
        None => ("", ""),
    }
}

fn belong_together(a: &Statement, b: &Statement) -> bool {
    let same_speaker = a.profile == b.profile && (a.profile.is_some() || a.speaker == b.speaker);
    same_speaker && a.brief == b.brief && a.said_on == b.said_on && is_inferred(a) == is_inferred(b)
}

/// Whether the day of speaking is not told with the words themselves.
pub(in crate::render) fn is_inferred(row: &Statement) -> bool {
    row.basis.is_some_and(|basis| !matches!(basis, Basis::Text | Basis::Editor))
}

/// Words as they stand alone: without the comma that only the sentence around them needs.
pub(in crate::render) fn alone(words: &str) -> String {
    let inside = words.trim_end_matches(['”', '"', '’', '\'', '»', '“']);
    match inside.strip_suffix(',') {
        Some(rest) => format!("{rest}{}", &words[inside.len()..]),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::alone;

    #[test]
    fn words_alone_lose_the_comma_of_their_sentence_and_nothing_else() {
        for (words, expected) in [
            ("“The gate holds,”", "“The gate holds”"),
            ("\"The gate holds,\"", "\"The gate holds\""),
            ("“Does the gate hold?”", "“Does the gate hold?”"),
            ("that it holds", "that it holds"),
            (",", ""),
        ] {
            assert_eq!(alone(words), expected);
        }
    }
}
