//! The list of speakers.

use serde::Serialize;

use super::anonymous;
use crate::annotate::SpeakerKind;
use crate::library::Profile;
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
    /// Statements of those without a name, who have a page together.
    unnamed: usize,
    /// Quotations whose speaker the text does not name.
    unknown: usize,
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
            unnamed: anonymous::unnamed(site).len(),
            unknown: anonymous::unknown(site).count(),
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
