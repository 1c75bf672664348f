//! The list of speakers and a speaker's page.

use chrono::Datelike;
use serde::Serialize;

use super::count;
use super::statement::{Remarks, is_inferred, listed};
use crate::annotate::{Form, SpeakerKind};
use crate::config::Role;
use crate::library::{Profile, ProfileId, StatementId};
use crate::render::date::{long, range};
use crate::render::extent::Chart;
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
    remarks: Vec<Remarks<'a>>,
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
    /// "8 statements in 5 briefs, all in the exact words".
    summary: String,
    /// Statements listed by their day of publication.
    undated: usize,
    /// Statements whose day is inferred.
    inferred: usize,
    /// Statements whose words another brief tells, too.
    echoed: usize,
    years: Vec<YearOfStatements<'a>>,
    /// The times of speaking that are known, on one line.
    chart: Option<Chart>,
}

impl<'a> SpeakerPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, id: ProfileId) -> Self {
        let profile = site.profile(id);
        let rows = profile.statements.iter().map(|s| &site.library.statements[*s]);
        let direct = rows.clone().filter(|s| s.form == Form::Direct).count();
        Self {
            name: &profile.name,
            kind: profile.kind.name(),
            other_names: &profile.other_names,
            roles: roles(profile),
            links: profile.links.iter().map(|l| Outside { title: &l.title, url: &l.url }).collect(),
            total: profile.statements.len(),
            direct,
            reported: profile.statements.len() - direct,
            briefs: profile.briefs.len(),
            summary: summary(profile, direct),
            undated: rows.clone().filter(|s| s.said_on.is_none()).count(),
            inferred: rows.filter(|s| is_inferred(s)).count(),
            echoed: profile.statements.iter().filter(|id| site.library.echoes(**id).is_some()).count(),
            years: years(site, profile),
            chart: chart(site, profile),
        }
    }
}

/// When somebody spoke, as far as the text tells.
fn chart(site: &SiteView<'_>, profile: &Profile) -> Option<Chart> {
    let times = profile.statements.iter().filter_map(|id| site.library.statements[*id].said_on);
    Chart::of(&times.map(|value| (value, value)).collect::<Vec<_>>())
}

/// How much somebody says, and how it is given.
fn summary(profile: &Profile, direct: usize) -> String {
    let total = profile.statements.len();
    let form = match (direct, total - direct) {
        (1, 0) => "in the exact words".to_owned(),
        (_, 0) => "all in the exact words".to_owned(),
        (0, 1) => "reported in other words".to_owned(),
        (0, _) => "all reported in other words".to_owned(),
        (direct, reported) => format!("{direct} in the exact words and {reported} reported"),
    };
    let statements = count(total, "statement", "statements");
    format!("{statements} in {}, {form}", count(profile.briefs.len(), "brief", "briefs"))
}

/// Somebody's statements by the day they are listed under; what is told first stands first.
fn years<'a>(site: &SiteView<'a>, profile: &Profile) -> Vec<YearOfStatements<'a>> {
    let row = |id: &StatementId| &site.library.statements[*id];
    let mut ids = profile.statements.clone();
    ids.sort_by_key(|id| (listed(row(id)), row(id).published, *id));
    let year = |id: &StatementId| listed(row(id)).year();
    let years = ids.chunk_by(|a, b| year(a) == year(b));
    years
        .map(|ids| YearOfStatements {
            year: year(&ids[0]),
            path: site.years.contains_key(&year(&ids[0])).then(|| links::year(year(&ids[0]))),
            remarks: Remarks::all(site, ids),
        })
        .collect()
}

/// The register's roles; those that the briefs give where the register gives none.
fn roles(profile: &Profile) -> Vec<RoleRow<'_>> {
    if profile.roles.is_empty() {
        let seen = profile.seen_roles.iter();
        return seen.map(|r| RoleRow { role: &r.role, when: range(r.first, r.last), seen: true }).collect();
    }
    profile.roles.iter().map(|r| RoleRow { role: &r.role, when: held(r), seen: false }).collect()
}

fn held(role: &Role) -> String {
    match (role.from, role.to) {
        (Some(from), Some(to)) => range(from, to),
        (Some(from), None) => format!("from {}", long(from)),
        (None, Some(to)) => format!("until {}", long(to)),
        (None, None) => String::new(),
    }
}
