//! A speaker's page, and the pages that narrow it or show a year of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::selection::{Filter, InYear, LONGEST, Selection, by_year, filters};
use super::statement::{Remarks, is_inferred};
use super::{Link, opening};
use crate::annotate::{Form, SpeakerKind};
use crate::config::Role;
use crate::library::{Profile, ProfileId, StatementId};
use crate::render::activity::Activity;
use crate::render::date::DateView;
use crate::render::made::Ready;
use crate::render::{SiteView, links};
use crate::text::fold;

/// The statements that a long list opens with: the latest.
const LATEST: usize = 50;

/// Words and when they held or were seen.
#[derive(Debug, Serialize)]
struct Seen<'a> {
    words: &'a str,
    /// "10 January 1961 to 3 March 1963"; empty where nothing is known.
    when: String,
}

/// An address about a speaker.
#[derive(Debug, Serialize)]
struct Outside<'a> {
    title: &'a str,
    url: &'a str,
}

/// A picture of a speaker.
#[derive(Debug, Serialize)]
struct PortraitView<'a> {
    /// Its site path.
    path: String,
    alt: &'a str,
    credit: Option<&'a str>,
}

/// A page that shows a part of the statements.
#[derive(Debug, Serialize)]
struct Choice {
    title: String,
    path: String,
    statements: usize,
    /// Whether this page is the one.
    here: bool,
}

/// Ways of narrowing of one kind.
#[derive(Debug, Serialize)]
struct Choices {
    /// "Form", "Topic", "Outlet", "Year".
    kind: &'static str,
    choices: Vec<Choice>,
}

/// Statements of one year.
#[derive(Debug, Serialize)]
struct YearOfStatements<'a> {
    year: i32,
    path: Option<String>,
    remarks: Vec<Remarks<'a>>,
}

/// Somebody and the statements of another that name them.
#[derive(Debug, Serialize)]
struct Named<'a> {
    speaker: Ready<Link>,
    total: usize,
    /// The latest of the statements.
    statements: Vec<NamingStatement<'a>>,
}

/// A statement that names somebody.
#[derive(Debug, Serialize)]
struct NamingStatement<'a> {
    words: String,
    path: String,
    date: Ready<DateView>,
    /// Whether `date` is the day of speaking.
    said: bool,
    brief: &'a str,
}

/// Statements that stand on one page, and what there is to say on how to read them.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    /// By year; what is told first stands first.
    years: Vec<YearOfStatements<'a>>,
    total: usize,
    reported: usize,
    /// Statements listed by their day of publication.
    undated: usize,
    /// Statements whose day is inferred.
    inferred: usize,
    /// Statements whose words another brief tells, too.
    echoed: usize,
}

/// A speaker's page.
#[derive(Debug, Serialize)]
pub(crate) struct SpeakerPage<'a> {
    name: &'a str,
    kind: &'static str,
    /// The kind in the words of the interface: "organisation".
    kind_words: &'static str,
    portrait: Option<PortraitView<'a>>,
    /// Other forms of the name, and when briefs had them.
    names: Vec<Seen<'a>>,
    /// The register's roles.
    roles: Vec<Seen<'a>>,
    /// Roles as the briefs word them, where the register does not.
    seen_roles: Vec<Seen<'a>>,
    links: Vec<Outside<'a>>,
    /// "8 statements in 5 briefs, all in the exact words".
    summary: String,
    /// The first and the last day of publication of the briefs.
    heard: String,
    narrow: Vec<Choices>,
    activity: Option<Activity>,
    /// Whether the list is long: then only the latest stand here, and the years have pages.
    long: bool,
    listed: Listed<'a>,
    /// Whom the statements name.
    speaks_of: Vec<Named<'a>>,
    /// How many more there are.
    speaks_of_more: usize,
    /// Whose statements name the speaker.
    named_by: Vec<Named<'a>>,
    /// How many more there are.
    named_by_more: usize,
}

impl<'a> SpeakerPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, id: ProfileId) -> Self {
        let profile = site.profile(id);
        let all = profile.statements.as_slice();
        let long = all.len() > LONGEST;
        let shown = if long { &all[all.len() - LATEST..] } else { all };
        let (roles, seen_roles) = roles(site, profile);
        let days = || profile.briefs.iter().map(|brief| site.brief(*brief).published.day);
        let heard = days().min().zip(days().max());
        Self {
            name: &profile.name,
            kind: profile.kind.name(),
            kind_words: kind_words(site, profile.kind),
            portrait: profile.portrait.as_ref().map(|portrait| PortraitView {
                path: format!("/{}", portrait.file),
                alt: &portrait.alt,
                credit: portrait.credit.as_deref(),
            }),
            names: names(site, profile),
            roles,
            seen_roles,
            links: profile.links.iter().map(|l| Outside { title: &l.title, url: &l.url }).collect(),
            summary: summary(site, all),
            heard: heard.map_or_else(String::new, |(first, last)| site.words.range(first, last)),
            narrow: narrow(site, Selection::all(id), all),
            activity: activity(site, all),
            long,
            listed: Listed::of(site, shown),
            speaks_of: named(site, &profile.speaks_of),
            speaks_of_more: profile.speaks_of.len().saturating_sub(PEOPLE),
            named_by: named(site, &profile.named_by),
            named_by_more: profile.named_by.len().saturating_sub(PEOPLE),
        }
    }
}

/// A part of a speaker's statements.
#[derive(Debug, Serialize)]
pub(crate) struct StatementsPage<'a> {
    speaker: Ready<Link>,
    summary: String,
    narrow: Vec<Choices>,
    activity: Option<Activity>,
    /// Whether the list is long: then only the latest stand here, and the years have pages.
    long: bool,
    listed: Listed<'a>,
    before: Option<Link>,
    after: Option<Link>,
}

impl<'a> StatementsPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, selection: Selection) -> Self {
        let all = selection.statements(site);
        let (shown, long) = shown(site, selection, &all);
        let (before, after) = neighbours(site, selection, &all);
        Self {
            speaker: site.speaker_view(selection.speaker),
            summary: summary(site, shown),
            narrow: narrow(site, selection, &all),
            activity: if selection.year.is_none() { activity(site, &all) } else { None },
            long,
            listed: Listed::of(site, if long { &shown[shown.len() - LATEST..] } else { shown }),
            before,
            after,
        }
    }
}

/// The statements of a selection that its page is about, of `all` of any year, and whether they are
/// too many to stand on it.
fn shown<'s>(site: &SiteView<'_>, selection: Selection, all: &'s [StatementId]) -> (&'s [StatementId], bool) {
    let Some((year, part)) = selection.year else { return (all, all.len() > LONGEST) };
    let years = by_year(site, all);
    let statements = years.iter().find(|row| row.year == year).map_or(&[][..], |row| row.statements);
    (statements.chunks(LONGEST).nth(part - 1).unwrap_or_default(), false)
}

/// What a narrowed page is called: "Ann Lee on Harbours, 2024, part 2".
pub(crate) fn title(site: &SiteView<'_>, selection: Selection) -> String {
    let name = &site.profile(selection.speaker).name;
    let title = selection.filter.map_or_else(|| name.clone(), |filter| filter.heading(site, name));
    of_year(site, title, selection.year)
}

/// A title with the year and its part, from 1, that its page shows.
pub(crate) fn of_year(site: &SiteView<'_>, title: String, year: Option<(i32, usize)>) -> String {
    match year {
        None => title,
        Some((year, 1)) => site.words.with("speaker.of_year", &[("title", &title), ("year", &year)]),
        Some((year, part)) => {
            site.words.with("speaker.of_year_part", &[("title", &title), ("year", &year), ("part", &part)])
        }
    }
}

/// How much there is on a narrowed page, for those who see its address alone.
pub(crate) fn description(site: &SiteView<'_>, selection: Selection) -> String {
    let all = selection.statements(site);
    let (shown, _) = shown(site, selection, &all);
    let statements = site.words.count("count.statements", shown.len());
    let title = title(site, selection);
    site.words.with("speaker.description_of_part", &[("title", &title), ("statements", &statements)])
}

/// The pages of a long list before and after one of a year.
fn neighbours(
    site: &SiteView<'_>,
    selection: Selection,
    all: &[StatementId],
) -> (Option<Link>, Option<Link>) {
    let Some(here) = selection.year else { return (None, None) };
    let years = by_year(site, all);
    let pages: Vec<(i32, usize)> =
        years.iter().flat_map(|row| (1..=row.parts()).map(|part| (row.year, part))).collect();
    let at = pages.partition_point(|page| *page < here);
    let link = |page: &(i32, usize)| {
        let title = match page {
            (year, 1) => year.to_string(),
            (year, part) => site.words.with("speaker.year_part", &[("year", year), ("part", part)]),
        };
        Link { title, path: Some(Selection { year: Some(*page), ..selection }.path(site)) }
    };
    (at.checked_sub(1).and_then(|before| pages.get(before)).map(link), pages.get(at + 1).map(link))
}

impl<'a> Listed<'a> {
    fn of(site: &SiteView<'a>, statements: &[StatementId]) -> Self {
        let rows = || statements.iter().map(|id| &site.library.statements[*id]);
        let years = by_year(site, statements).into_iter().map(|InYear { year, statements }| {
            let path = site.years.contains_key(&year).then(|| links::year(year));
            YearOfStatements { year, path, remarks: Remarks::all(site, statements) }
        });
        Self {
            years: years.collect(),
            total: statements.len(),
            reported: rows().filter(|row| row.form != Form::Direct).count(),
            undated: rows().filter(|row| row.said_on.is_none()).count(),
            inferred: rows().filter(|row| is_inferred(row)).count(),
            echoed: statements.iter().filter(|id| site.library.echoes(**id).is_some()).count(),
        }
    }
}

/// The links that narrow the statements or take the eye to a year. `all` are those of the selection,
/// of any year.
fn narrow(site: &SiteView<'_>, selection: Selection, all: &[StatementId]) -> Vec<Choices> {
    let whole = Selection::all(selection.speaker);
    let profile = site.profile(selection.speaker);
    let offered = filters(site, profile);
    let choice = |&(filter, statements): &(Filter, usize)| Choice {
        title: filter.name(site),
        path: Selection { filter: Some(filter), ..whole }.path(site),
        statements,
        here: selection.filter == Some(filter),
    };
    let kind = |key, is_kind: fn(&Filter) -> bool| Choices {
        kind: site.words.get(key),
        choices: offered.iter().filter(|(filter, _)| is_kind(filter)).map(choice).collect(),
    };
    let everything = Choices {
        kind: site.words.get("speaker.all"),
        choices: vec![Choice {
            title: site.words.get("speaker.every_statement").into(),
            path: whole.path(site),
            statements: profile.statements.len(),
            here: selection.filter.is_none() && selection.year.is_none(),
        }],
    };
    let narrowed = selection != whole;
    let groups = [
        kind("speaker.form", |filter| matches!(filter, Filter::Direct | Filter::Reported)),
        kind("speaker.topic", |filter| matches!(filter, Filter::Topic(_))),
        kind("speaker.outlet", |filter| matches!(filter, Filter::Outlet(_))),
        years(site, selection, all),
    ];
    let groups = narrowed.then_some(everything).into_iter().chain(groups);
    groups.filter(|group| !group.choices.is_empty()).collect()
}

/// The years of a list: places on the page itself, or pages where the list is long.
fn years(site: &SiteView<'_>, selection: Selection, all: &[StatementId]) -> Choices {
    let long = all.len() > LONGEST;
    let list = Selection { year: None, ..selection };
    let rows = by_year(site, all);
    let one = rows.len() < 2 && !long;
    let choices = rows.iter().filter(|_| !one).map(|row| Choice {
        title: row.year.to_string(),
        path: if long {
            Selection { year: Some((row.year, 1)), ..list }.path(site)
        } else {
            format!("#y{}", row.year)
        },
        statements: row.statements.len(),
        here: selection.year.is_some_and(|(year, _)| year == row.year),
    });
    Choices { kind: site.words.get("speaker.year"), choices: choices.collect() }
}

/// When somebody spoke, as far as the text tells.
fn activity(site: &SiteView<'_>, statements: &[StatementId]) -> Option<Activity> {
    let times = statements.iter().map(|id| &site.library.statements[*id]);
    Activity::of(site.words, &times.map(|row| (row.said_on, row.published)).collect::<Vec<_>>())
}

/// How much is said, and how it is given.
fn summary(site: &SiteView<'_>, statements: &[StatementId]) -> String {
    let rows = || statements.iter().map(|id| &site.library.statements[*id]);
    let total = statements.len();
    let direct = rows().filter(|row| row.form == Form::Direct).count();
    let briefs: BTreeSet<usize> = rows().map(|row| row.brief).collect();
    let words = site.words;
    let form = match (direct, total - direct) {
        (1, 0) => words.get("speaker.one_exact").to_owned(),
        (_, 0) => words.get("speaker.all_exact").to_owned(),
        (0, 1) => words.get("speaker.one_reported").to_owned(),
        (0, _) => words.get("speaker.all_reported").to_owned(),
        (direct, reported) => {
            words.with("speaker.some_of_each", &[("exact", &direct), ("reported", &reported)])
        }
    };
    let statements = words.count("count.statements", total);
    let briefs = words.count("count.briefs", briefs.len());
    words.with("speaker.summary", &[("statements", &statements), ("briefs", &briefs), ("form", &form)])
}

/// People that a page names as speaking of somebody or as spoken of.
const PEOPLE: usize = 20;

/// Those of whom most is said first, each with the latest statements.
fn named<'a>(site: &SiteView<'a>, people: &BTreeMap<ProfileId, Vec<StatementId>>) -> Vec<Named<'a>> {
    /// Statements shown of each.
    const SHOWN: usize = 3;
    let mut rows: Vec<(&ProfileId, &Vec<StatementId>)> = people.iter().collect();
    rows.sort_by_key(|(id, statements)| (std::cmp::Reverse(statements.len()), **id));
    rows.truncate(PEOPLE);
    let row = |(id, statements): (&ProfileId, &Vec<StatementId>)| Named {
        speaker: site.speaker_view(*id),
        total: statements.len(),
        statements: statements.iter().rev().take(SHOWN).map(|id| naming(site, *id)).collect(),
    };
    rows.into_iter().map(row).collect()
}

fn naming<'a>(site: &SiteView<'a>, id: StatementId) -> NamingStatement<'a> {
    /// Letters of a statement that are shown.
    const WORDS: usize = 110;
    let row = &site.library.statements[id];
    let brief = site.brief(row.brief);
    NamingStatement {
        words: opening(&row.words, WORDS),
        path: format!("{}#{}", links::brief(&brief.slug), row.quote),
        date: row.said_on.map_or_else(|| site.plain_day_view(row.published), |v| site.plain_value_view(v)),
        said: row.said_on.is_some(),
        brief: &brief.title,
    }
}

/// The other forms of a name. The register's, which no brief need have, have no days.
fn names<'a>(site: &SiteView<'_>, profile: &'a Profile) -> Vec<Seen<'a>> {
    let seen = profile.seen_names.iter().filter(|seen| seen.name != profile.name);
    let seen = seen.map(|seen| Seen { words: &seen.name, when: site.words.range(seen.first, seen.last) });
    let known = |name: &&String| !profile.seen_names.iter().any(|seen| seen.name == **name);
    let others = profile.other_names.iter().filter(known);
    seen.chain(others.map(|name| Seen { words: name, when: String::new() })).collect()
}

/// The register's roles, and those that the briefs give in other words.
fn roles<'a>(site: &SiteView<'_>, profile: &'a Profile) -> (Vec<Seen<'a>>, Vec<Seen<'a>>) {
    let words = |role: &str| -> BTreeSet<String> {
        let words = fold::words(role);
        words.split(' ').filter(|word| !["of", "the"].contains(word)).map(str::to_owned).collect()
    };
    let registered: Vec<BTreeSet<String>> = profile.roles.iter().map(|role| words(&role.role)).collect();
    let other = |role: &str| {
        let words = words(role);
        !registered.iter().any(|known| known.is_subset(&words) || words.is_subset(known))
    };
    let seen = profile.seen_roles.iter().filter(|seen| other(&seen.role));
    (
        profile.roles.iter().map(|role| Seen { words: &role.role, when: held(site, role) }).collect(),
        seen.map(|seen| Seen { words: &seen.role, when: site.words.range(seen.first, seen.last) }).collect(),
    )
}

fn held(site: &SiteView<'_>, role: &Role) -> String {
    match (role.from, role.to) {
        (Some(from), Some(to)) => site.words.range(from, to),
        (Some(from), None) => site.words.with("speaker.from", &[("day", &site.words.long(from))]),
        (None, Some(to)) => site.words.with("speaker.until", &[("day", &site.words.long(to))]),
        (None, None) => String::new(),
    }
}

/// What a speaker is, in the words of the interface.
fn kind_words(site: &SiteView<'_>, kind: SpeakerKind) -> &'static str {
    site.words.get(match kind {
        SpeakerKind::Person => "speaker.person",
        SpeakerKind::Organisation => "speaker.organisation",
        SpeakerKind::Group => "speaker.group",
        SpeakerKind::Unnamed => "speaker.unnamed",
        SpeakerKind::Document => "speaker.document",
        SpeakerKind::Poll => "speaker.poll",
    })
}
