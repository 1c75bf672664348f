//! people.toml at work: which entry means whom, and the lines that would enter everybody.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::name::Name;
use super::{Library, Profile, ProfileId};
use crate::annotate::SpeakerKind;
use crate::config::{Register, Registered};
use crate::text::fold;

/// Finds the entry that means somebody in a brief.
pub(crate) struct Entries<'r> {
    register: &'r Register,
    /// Every name and alias by its key: the entry and the initials.
    by_key: BTreeMap<Arc<str>, Vec<(usize, Arc<str>)>>,
}

/// How well an entry fits; the least is the best.
type Fit = (bool, bool, bool);

impl<'r> Entries<'r> {
    pub(crate) fn of(register: &'r Register) -> Self {
        let mut by_key: BTreeMap<Arc<str>, Vec<(usize, Arc<str>)>> = BTreeMap::new();
        for (index, entry) in register.people.iter().enumerate() {
            for text in [&entry.name].into_iter().chain(&entry.aliases) {
                let name = Name::of(text);
                let body: Arc<str> = Name::of_body(text).into();
                if body != name.key {
                    by_key.entry(body).or_default().push((index, Arc::default()));
                }
                by_key.entry(name.key).or_default().push((index, name.initials));
            }
        }
        by_key.remove("");
        Self { register, by_key }
    }

    /// The entry with an id, or the one that it was merged into.
    pub(crate) fn named(&self, id: &str) -> Option<usize> {
        self.register.people.iter().position(|p| p.id == id || p.merged.iter().any(|m| m == id))
    }

    /// The entry that means somebody called `names` in the brief with this slug.
    ///
    /// An entry of the right kind comes before others, one that names this brief before one that
    /// names none, the same initials before none. Several that fit equally well by name alone,
    /// without their initials, decide nothing.
    pub(crate) fn find(&self, names: &Name, kind: SpeakerKind, slug: &str) -> Option<usize> {
        let known = self.by_key.get(&names.key)?;
        let mut best: Option<(Fit, usize)> = None;
        let mut tie = false;
        for (index, initials) in known {
            let entry = &self.register.people[*index];
            if !Name::initials_agree(initials, &names.initials) || !means_brief(entry, slug) {
                continue;
            }
            let organisation = kind == SpeakerKind::Organisation;
            let fit: Fit =
                (entry.organisation != organisation, entry.only_in.is_empty(), *initials != names.initials);
            match best {
                Some((least, found)) if fit == least => tie |= found != *index,
                Some((least, _)) if fit > least => {}
                _ => (best, tie) = (Some((fit, *index)), false),
            }
        }
        best.filter(|(fit, _)| !(tie && fit.2)).map(|(_, index)| index)
    }
}

/// Whether an entry can mean somebody in the brief with this slug.
pub(crate) fn means_brief(entry: &Registered, slug: &str) -> bool {
    let named = |place: &String| {
        let place = place.trim_matches('/');
        place.strip_prefix("briefs/").unwrap_or(place) == slug
    };
    entry.only_in.is_empty() || entry.only_in.iter().any(named)
}

/// The `[[person]]` blocks for every profile that the register does not have, in the order of
/// [`Library::profiles`]; empty where it has them all.
#[must_use]
pub fn register_lines(library: &Library, register: &Register) -> String {
    let known: BTreeSet<&str> = register.people.iter().map(|p| p.id.as_str()).collect();
    let missing =
        library.profiles.iter().enumerate().filter(|(_, profile)| !known.contains(profile.id.as_str()));
    let mut briefs_of: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for brief in &library.briefs {
        for profile in brief.people.iter().flatten().collect::<BTreeSet<_>>() {
            briefs_of.entry(*profile).or_default().push(&brief.slug);
        }
    }
    let mut out = String::new();
    for (index, profile) in missing {
        let mut slugs = briefs_of.remove(&index).unwrap_or_default();
        slugs.sort_unstable();
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&block(profile, &slugs));
    }
    out
}

/// The `[[person]]` block that would enter a profile.
#[must_use]
pub fn register_entry(library: &Library, id: ProfileId) -> String {
    let briefs = library.briefs.iter().filter(|brief| brief.people.contains(&Some(id)));
    let mut slugs: Vec<&str> = briefs.map(|brief| brief.slug.as_str()).collect();
    slugs.sort_unstable();
    block(&library.profiles[id], &slugs)
}

/// One `[[person]]` block. Whoever is called like somebody else, or by a surname alone, is meant
/// in the briefs `slugs` only: the next of that name must not inherit the page.
fn block(profile: &Profile, slugs: &[&str]) -> String {
    let (id, name) = (quoted(&profile.id), quoted(&profile.name));
    let mut out = format!("[[person]]\nid = {id}\nname = {name}\n");
    if profile.kind == SpeakerKind::Organisation {
        out.push_str("kind = \"organisation\"\n");
    }
    let alone = |name: &str| profile.kind == SpeakerKind::Person && Name::of(name).alone;
    let aliases: Vec<String> =
        profile.other_names.iter().filter(|name| !alone(name)).map(|name| quoted(name)).collect();
    if !aliases.is_empty() {
        let _ = writeln!(out, "aliases = [{}]", aliases.join(", "));
    }
    let roles: Vec<String> = profile.seen_roles.iter().map(|seen| quoted(&seen.role)).collect();
    if !roles.is_empty() {
        let _ = writeln!(out, "roles = [{}]", roles.join(", "));
    }
    if alone(&profile.name) || profile.id != fold::slug(&profile.name) {
        let slugs: Vec<String> = slugs.iter().map(|slug| quoted(slug)).collect();
        let _ = writeln!(out, "only_in = [{}]", slugs.join(", "));
    }
    out
}

/// `text` as a TOML string.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
