//! [`Draft`]: a profile before it has an id.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::identity::{Cluster, Member};
use super::{SeenName, SeenRole};
use crate::annotate::SpeakerKind;
use crate::config::{Register, Registered};
use crate::record::{Facts, PersonFacts};
use crate::text::fold;

/// A speaker with everything that briefs say about them.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'f> {
    /// The register's entry and its index.
    pub(crate) registered: Option<(usize, &'f Registered)>,
    pub(crate) kind: SpeakerKind,
    /// Whether there is nothing but a surname.
    pub(crate) alone: bool,
    pub(crate) name: String,
    pub(crate) other_names: Vec<String>,
    pub(crate) seen_names: Vec<SeenName>,
    pub(crate) seen_roles: Vec<SeenRole>,
    /// Where they are named, in order.
    pub(crate) members: Vec<Member>,
    /// The first brief that names them: publication day, path, slug.
    pub(crate) first: (NaiveDate, &'f Path, &'f str),
}

impl<'f> Draft<'f> {
    /// The draft of somebody whom at least one brief names; `None` for others.
    pub(crate) fn of(cluster: &Cluster, briefs: &[&'f Facts], register: &'f Register) -> Option<Self> {
        let rows: Vec<(&'f Facts, &'f PersonFacts)> = cluster
            .members
            .iter()
            .filter_map(|(brief, person)| Some((briefs[*brief], briefs[*brief].people[*person].as_ref()?)))
            .collect();
        let first = rows.iter().map(|(f, _)| (f.published.day, f.entry.as_path(), f.slug.as_str())).min()?;
        let registered = cluster.registered.map(|index| (index, &register.people[index]));
        let forms: BTreeSet<&str> = rows.iter().map(|(_, p)| p.name.as_str()).collect();
        let name = registered.map_or_else(|| fullest(&rows), |(_, entry)| entry.name.clone());
        Some(Self {
            registered,
            kind: cluster.kind,
            alone: cluster.alone,
            other_names: forms.into_iter().filter(|f| *f != name).map(str::to_owned).collect(),
            name,
            seen_names: seen_names(&rows),
            seen_roles: seen_roles(&rows),
            members: cluster.members.clone(),
            first,
        })
    }

    /// Whether somebody called so may have a page of their own.
    pub(crate) fn page(&self) -> bool {
        self.registered.is_none_or(|(_, entry)| entry.page)
    }
}

/// The form with most words; of those the longest, not in capitals, most used.
fn fullest(rows: &[(&Facts, &PersonFacts)]) -> String {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, person) in rows {
        *uses.entry(&person.name).or_default() += 1;
    }
    let rank = |(form, uses): &(&str, usize)| {
        let small = form.chars().any(char::is_lowercase);
        (form.split_whitespace().count(), small, form.chars().count(), *uses, (*form).to_owned())
    };
    uses.into_iter().max_by_key(rank).map(|(form, _)| form.to_owned()).unwrap_or_default()
}

/// The forms of the name that briefs use, by their first day.
fn seen_names(rows: &[(&Facts, &PersonFacts)]) -> Vec<SeenName> {
    let mut days: BTreeMap<&str, (NaiveDate, NaiveDate)> = BTreeMap::new();
    for (facts, person) in rows {
        let day = facts.published.day;
        let seen = days.entry(person.name.as_str()).or_insert((day, day));
        *seen = (seen.0.min(day), seen.1.max(day));
    }
    let mut names: Vec<SeenName> = days
        .into_iter()
        .map(|(name, (first, last))| SeenName { name: name.to_owned(), first, last })
        .collect();
    names.sort_by_key(|seen| (seen.first, Reverse(seen.last)));
    names
}

/// The roles that briefs name, by their first day. Spellings that differ in case or marks alone
/// are one role, worded as the first brief words it.
fn seen_roles(rows: &[(&Facts, &PersonFacts)]) -> Vec<SeenRole> {
    let mut by_day: Vec<(NaiveDate, &Path, &str)> = Vec::new();
    for (facts, person) in rows {
        by_day.extend(person.roles.iter().map(|r| (facts.published.day, facts.entry.as_path(), r.as_str())));
    }
    by_day.sort_unstable();
    let mut roles: Vec<SeenRole> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    for (day, _, role) in by_day {
        let known = *index.entry(fold::words(role)).or_insert(roles.len());
        match roles.get_mut(known) {
            Some(seen) => seen.last = day,
            None => roles.push(SeenRole { role: role.to_owned(), first: day, last: day }),
        }
    }
    roles.sort_by_key(|seen| (seen.first, Reverse(seen.last)));
    roles
}
