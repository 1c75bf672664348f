//! The feeds: Atom 1.0 (RFC 4287) through a template, JSON Feed 1.1 as it is.
//!
//! The site, each story, topic and outlet have a feed of briefs, each speaker one of statements. An
//! entry's id is the address of what it tells of and never changes; a feed holds the newest
//! [`ENTRIES`], by publication.

mod json;

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::Serialize;

pub(crate) use json::to_json;

use super::groups::GroupKind;
use super::opening;
use super::statement::alone;
use crate::annotate::Form;
use crate::annotate::timex::Value;
use crate::library::{BriefId, ProfileId, Statement};
use crate::parse::Published;
use crate::render::date::iso;
use crate::render::linked_data::is_told;
use crate::render::{SiteView, links};

/// Entries of a feed.
pub(crate) const ENTRIES: usize = 50;

/// Letters of a statement in the title of its entry.
const TITLE: usize = 90;

/// What a feed is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FeedOf {
    /// All briefs.
    Site,
    /// The statements of one speaker.
    Speaker(ProfileId),
    /// The briefs of an outlet, topic or story.
    Group(GroupKind, usize),
}

/// The formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FeedFormat {
    Atom,
    Json,
}

impl FeedFormat {
    pub(crate) const ALL: [Self; 2] = [Self::Atom, Self::Json];

    /// The name for readers.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// The media type.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }
}

impl FeedOf {
    /// The page that shows the same.
    pub(crate) fn page(self, site: &SiteView<'_>) -> String {
        match self {
            Self::Site => "/".into(),
            Self::Speaker(id) => links::speaker(&site.profile(id).id),
            Self::Group(kind, index) => kind.row(site, index).path,
        }
    }

    /// The address of the feed.
    pub(crate) fn path(self, site: &SiteView<'_>, format: FeedFormat) -> String {
        self.page(site) + format.file()
    }

    /// What is in it.
    pub(crate) fn title(self, site: &SiteView<'_>) -> String {
        let title = &site.settings.site.title;
        match self {
            Self::Site => title.clone(),
            Self::Speaker(id) => {
                let name = &site.profile(id).name;
                site.words.with("feeds.speaker", &[("name", name), ("site", title)])
            }
            Self::Group(kind, index) => format!("{} | {title}", kind.row(site, index).name),
        }
    }

    /// The newest briefs, newest first.
    fn briefs(self, site: &SiteView<'_>) -> Vec<BriefId> {
        let mut ids: Vec<BriefId> = match self {
            Self::Site => (0..site.library.briefs.len()).take(ENTRIES).collect(),
            Self::Group(kind, index) => kind.row(site, index).briefs.to_vec(),
            Self::Speaker(_) => Vec::new(),
        };
        ids.sort_unstable();
        ids.truncate(ENTRIES);
        ids
    }
}

/// One entry.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    title: String,
    /// What it tells of, as a site path, with the anchor of a statement.
    path: String,
    published: String,
    updated: String,
    summary: String,
    authors: Vec<String>,
    topics: Vec<&'a str>,
    /// What JSON Feed says of a statement besides.
    #[serde(skip)]
    statement: Option<Said<'a>>,
}

/// What JSON Feed says of a statement besides, its fields in the order in which they are written.
#[derive(Debug, Serialize)]
struct Said<'a> {
    speaker: &'a str,
    words: String,
    form: &'static str,
    brief: &'a str,
    published: String,
    /// The time of speaking in EDTF, where the text or an editor tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    said_on: Option<String>,
}

/// What is in a feed, in whichever format.
#[derive(Debug)]
pub(crate) struct Feed<'a> {
    title: String,
    subtitle: String,
    /// The page that shows the same, as a site path; its address is the feed's id.
    page: String,
    updated: String,
    entries: Vec<Entry<'a>>,
}

/// A feed as the template of Atom gets it.
#[derive(Debug, Serialize)]
pub(crate) struct FeedPage<'f> {
    title: &'f str,
    subtitle: &'f str,
    /// The page that shows the same, as a site path; its address is the feed's id.
    page: &'f str,
    /// The feed itself.
    path: &'f str,
    updated: &'f str,
    entries: &'f [Entry<'f>],
}

impl<'a> Feed<'a> {
    pub(crate) fn of(site: &SiteView<'a>, of: FeedOf) -> Self {
        let (ids, entries): (Vec<BriefId>, Vec<Entry<'a>>) = match of {
            FeedOf::Speaker(id) => {
                newest_statements(site, id).map(|row| (row.brief, said(site, row))).unzip()
            }
            _ => of.briefs(site).into_iter().map(|id| (id, brief(site, id))).unzip(),
        };
        let newest = ids.into_iter().map(|id| changed(site, id)).max();
        let settings = &site.settings.site;
        Self {
            title: of.title(site),
            subtitle: match of {
                FeedOf::Site => settings.description.clone(),
                FeedOf::Speaker(_) => site.words.get("feeds.of_speaker").into(),
                FeedOf::Group(kind, _) => site.words.get(of_group(kind)).into(),
            },
            page: of.page(site),
            updated: rfc3339(newest.unwrap_or_else(|| start(site.settings.build_date))),
            entries,
        }
    }
}

impl<'f> FeedPage<'f> {
    /// The feed that stands at `path`.
    pub(crate) fn of(feed: &'f Feed<'_>, path: &'f str) -> Self {
        let Feed { title, subtitle, page, updated, entries } = feed;
        Self { title, subtitle, page, path, updated, entries }
    }
}

/// The key of what a group's feed holds.
fn of_group(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Outlet => "feeds.of_outlet",
        GroupKind::Topic => "feeds.of_topic",
        GroupKind::Place => "feeds.of_place",
        GroupKind::Story => "feeds.of_story",
    }
}

fn authors(site: &SiteView<'_>, id: BriefId) -> Vec<String> {
    let meta = &site.records[id].article.meta;
    if !meta.authors.is_empty() {
        return meta.authors.clone();
    }
    site.brief(id).outlet.map(|o| site.library.outlets[o].name.clone()).into_iter().collect()
}

/// A brief: its summary and its corrections.
fn brief<'a>(site: &SiteView<'a>, id: BriefId) -> Entry<'a> {
    let row = site.brief(id);
    let corrections = row.corrections.iter().map(|c| {
        site.words.with("feeds.correction", &[("date", &site.words.long(c.date)), ("text", &c.text)])
    });
    let summary = Some(row.description.clone()).filter(|d| !d.is_empty());
    Entry {
        title: row.title.clone(),
        path: links::brief(&row.slug),
        published: rfc3339(instant(row.published)),
        updated: rfc3339(changed(site, id)),
        summary: summary.into_iter().chain(corrections).collect::<Vec<_>>().join(" "),
        authors: authors(site, id),
        topics: row.topics.iter().map(|t| site.library.topics[*t].name.as_str()).collect(),
        statement: None,
    }
}

/// What somebody has said last: by publication, then in the order of the text.
fn newest_statements<'a>(site: &SiteView<'a>, id: ProfileId) -> impl Iterator<Item = &'a Statement> {
    let mut ids = site.profile(id).statements.clone();
    let library = site.library;
    ids.sort_unstable_by_key(|id| (library.statements[*id].brief, *id));
    ids.into_iter().take(ENTRIES).map(|id| &library.statements[id])
}

/// A statement: the words, who says them, when, and where that is told.
fn said<'a>(site: &SiteView<'a>, row: &'a Statement) -> Entry<'a> {
    let brief = site.brief(row.brief);
    let speaker = row.profile.map_or(&*row.speaker, |id| site.profile(id).name.as_str());
    let words = alone(&row.words);
    let told = row.basis.is_none_or(is_told);
    let key = if told { "feeds.said" } else { "feeds.said_inferred" };
    let when = row.said_on.map(|on| site.words.with(key, &[("when", &site.words.said_on(on))]));
    let by = match row.form {
        Form::Direct => speaker.to_owned(),
        Form::Mixed | Form::Indirect => site.words.with("feeds.reported", &[("speaker", &speaker)]),
    };
    let title = format!("{by}: {}", opening(&words, TITLE));
    let summary = site.words.with(
        "feeds.summary",
        &[
            ("words", &words),
            ("speaker", &by),
            ("when", &when.unwrap_or_default()),
            ("brief", &brief.title),
            ("published", &site.words.long(row.published)),
        ],
    );
    Entry {
        title,
        path: format!("{}#{}", links::brief(&brief.slug), row.quote),
        published: rfc3339(instant(brief.published)),
        updated: rfc3339(changed(site, row.brief)),
        summary,
        authors: authors(site, row.brief),
        topics: brief.topics.iter().map(|t| site.library.topics[*t].name.as_str()).collect(),
        statement: Some(Said {
            speaker,
            words,
            form: row.form.name(),
            brief: &brief.title,
            published: iso(row.published),
            said_on: row.said_on.filter(|_| told).and_then(Value::edtf),
        }),
    }
}

/// The last change of a brief: publication, update or correction.
pub(super) fn changed(site: &SiteView<'_>, id: BriefId) -> DateTime<Utc> {
    let brief = site.brief(id);
    let corrections = brief.corrections.iter().map(|c| start(c.date));
    let all = corrections.chain(brief.updated.map(instant)).chain([instant(brief.published)]);
    all.max().unwrap_or_default()
}

/// The moment of publication; a day without a time counts from its start in UTC.
fn instant(published: Published) -> DateTime<Utc> {
    published.time.map_or_else(|| start(published.day), |time| time.to_utc())
}

fn start(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

pub(super) fn rfc3339(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
