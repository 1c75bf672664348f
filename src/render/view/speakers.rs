//! The list of speakers and a speaker's page.

use chrono::Datelike;
use serde::Serialize;

use super::statement::{StatementRow, listed};
use crate::annotate::{Form, SpeakerKind};
use crate::config::Role;
use crate::library::{Profile, ProfileId};
use crate::render::date::{DateView, long};
use crate::render::{SiteView, links};

/// A speaker as the list shows them.
#[derive(Debug, Serialize)]
pub(crate) struct SpeakerRow<'a> {
    name: &'a str,
    path: String,
    kind: &'static str,
    role: Option<&'a str>,
    statements: usize,
    briefs: usize,
}

/// Speakers whose names start alike.
#[derive(Debug, Serialize)]
pub(crate) struct Initial<'a> {
    letter: char,
    speakers: Vec<SpeakerRow<'a>>,
}

/// The list of speakers.
#[derive(Debug, Serialize)]
pub(crate) struct SpeakersPage<'a> {
    initials: Vec<Initial<'a>>,
    most: Vec<SpeakerRow<'a>>,
    total: usize,
    statements: usize,
}

impl<'a> SpeakersPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>) -> Self {
        let mut initials: Vec<Initial<'a>> = Vec::new();
        let mut all: Vec<&Profile> = site.speakers().map(|(_, profile)| profile).collect();
        all.sort_by_key(|p| (sort_name(p), p.id.as_str()));
        for profile in &all {
            let letter = sort_name(profile).chars().next().unwrap_or('#').to_ascii_uppercase();
            match initials.last_mut() {
                Some(initial) if initial.letter == letter => initial.speakers.push(row(profile)),
                _ => initials.push(Initial { letter, speakers: vec![row(profile)] }),
            }
        }
        Self {
            initials,
            total: all.len(),
            statements: all.iter().map(|p| p.statements.len()).sum(),
            most: most_heard(site, 5),
        }
    }
}

/// Those with the most statements; the list's order decides between equals.
pub(crate) fn most_heard<'a>(site: &SiteView<'a>, number: usize) -> Vec<SpeakerRow<'a>> {
    let mut all: Vec<&Profile> = site.speakers().map(|(_, profile)| profile).collect();
    all.sort_by_key(|p| std::cmp::Reverse(p.statements.len()));
    all.into_iter().take(number).map(row).collect()
}

/// What a name is sorted by: a person's last word first, folded.
fn sort_name(profile: &Profile) -> String {
    let folded = crate::text::fold::words(&profile.name);
    match (profile.kind, folded.rsplit_once(' ')) {
        (SpeakerKind::Person, Some((first, last))) => format!("{last} {first}"),
        _ => folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded),
    }
}

fn row(profile: &Profile) -> SpeakerRow<'_> {
    let registered = profile.roles.last().map(|r| r.role.as_str());
    let seen = profile.seen_roles.last().map(|r| r.role.as_str());
    SpeakerRow {
        name: &profile.name,
        path: links::speaker(&profile.id),
        kind: profile.kind.name(),
        role: registered.or(seen),
        statements: profile.statements.len(),
        briefs: profile.briefs.len(),
    }
}

/// A role and when it was theirs, in words.
#[derive(Debug, Serialize)]
struct RoleRow<'a> {
    role: &'a str,
    /// "10 January 1961 to 3 March 1963"; empty where nothing is known.
    when: String,
    /// Whether the briefs word it so, instead of the register.
    seen: bool,
}

/// An address about a speaker.
#[derive(Debug, Serialize)]
struct Outside<'a> {
    title: &'a str,
    url: &'a str,
}

/// Statements of one year.
#[derive(Debug, Serialize)]
pub(crate) struct YearOfStatements<'a> {
    year: i32,
    path: Option<String>,
    statements: Vec<StatementRow<'a>>,
}

/// A speaker's page.
#[derive(Debug, Serialize)]
pub(crate) struct SpeakerPage<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: &'static str,
    other_names: &'a [String],
    roles: Vec<RoleRow<'a>>,
    links: Vec<Outside<'a>>,
    total: usize,
    direct: usize,
    reported: usize,
    briefs: usize,
    undated: usize,
    first: Option<DateView>,
    last: Option<DateView>,
    years: Vec<YearOfStatements<'a>>,
}

impl<'a> SpeakerPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, id: ProfileId) -> Self {
        let profile = site.profile(id);
        let rows = profile.statements.iter().map(|s| &site.library.statements[*s]);
        let direct = rows.clone().filter(|s| s.form == Form::Direct).count();
        let mut ids = profile.statements.clone();
        ids.sort_by_key(|s| (listed(&site.library.statements[*s]), *s));
        let mut years: Vec<YearOfStatements<'a>> = Vec::new();
        for statement in &ids {
            let year = listed(&site.library.statements[*statement]).year();
            if years.last().is_none_or(|last| last.year != year) {
                let path = site.years.contains_key(&year).then(|| links::year(year));
                years.push(YearOfStatements { year, path, statements: Vec::new() });
            }
            if let Some(last) = years.last_mut() {
                last.statements.push(StatementRow::of(site, *statement));
            }
        }
        let day = |id: Option<&usize>| {
            id.map(|id| listed(&site.library.statements[*id])).map(|d| DateView::day(d, site.day_path(d)))
        };
        Self {
            name: &profile.name,
            kind: profile.kind.name(),
            other_names: &profile.other_names,
            roles: roles(profile),
            links: profile.links.iter().map(|l| Outside { title: &l.title, url: &l.url }).collect(),
            total: ids.len(),
            direct,
            reported: ids.len() - direct,
            briefs: profile.briefs.len(),
            undated: rows.filter(|s| s.said_on.is_none()).count(),
            first: day(ids.first()),
            last: day(ids.last()),
            years,
        }
    }
}

/// The register's roles; those that the briefs give where the register gives none.
fn roles(profile: &Profile) -> Vec<RoleRow<'_>> {
    if profile.roles.is_empty() {
        let seen = profile.seen_roles.iter();
        return seen.map(|r| RoleRow { role: &r.role, when: span(r.first, r.last), seen: true }).collect();
    }
    profile.roles.iter().map(|r| RoleRow { role: &r.role, when: held(r), seen: false }).collect()
}

fn span(first: chrono::NaiveDate, last: chrono::NaiveDate) -> String {
    if first == last { long(first) } else { format!("{} to {}", long(first), long(last)) }
}

fn held(role: &Role) -> String {
    match (role.from, role.to) {
        (Some(from), Some(to)) => span(from, to),
        (Some(from), None) => format!("from {}", long(from)),
        (None, Some(to)) => format!("until {}", long(to)),
        (None, None) => String::new(),
    }
}
