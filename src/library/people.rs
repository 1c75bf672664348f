//! Profiles out of facts and the register: [`People::of`].

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash as _;
use std::sync::Arc;

use super::draft::Draft;
use super::identity::{Cluster, Member, clusters};
use super::ids::assign;
use super::memory::{Digest, Digesting};
use super::register::quoted;
use super::{Memory, Profile, ProfileId};
use crate::annotate::SpeakerKind;
use crate::config::Register;
use crate::diag::{Code, Diagnostic};
use crate::record::Facts;
use crate::text::fold;

/// The speakers of a site, and which places mean them.
#[derive(Debug)]
pub(crate) struct People {
    /// By name; statements and briefs are still to be filled in.
    pub(crate) profiles: Vec<Profile>,
    /// Which profile each place means, by brief and person.
    pub(crate) of: Vec<Vec<Option<ProfileId>>>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl People {
    /// The people of `briefs`, which are in the order of their entries' paths.
    ///
    /// Most edits change nothing that people are told from: then they are those of the last fold.
    pub(crate) fn of(briefs: &[&Facts], register: &Register, memory: &mut Memory) -> Arc<Self> {
        if !memory.people.keeps() {
            return Arc::new(Self::gather(briefs, register, memory));
        }
        let question = question(briefs, register);
        if let Some(known) = memory.people.get(&question) {
            return Arc::clone(known);
        }
        let people = Arc::new(Self::gather(briefs, register, memory));
        memory.people.put(question, Arc::clone(&people));
        people
    }

    fn gather(briefs: &[&Facts], register: &Register, memory: &mut Memory) -> Self {
        memory.names.turn();
        let speaking: BTreeSet<Member> = briefs
            .iter()
            .enumerate()
            .flat_map(|(brief, facts)| facts.statements.iter().filter_map(move |s| Some((brief, s.person?))))
            .collect();
        let speaks = |cluster: &&Cluster| cluster.members.iter().any(|m| speaking.contains(m));
        let all = clusters(briefs, register, memory);
        let draft = |cluster: &Cluster| Draft::of(cluster, briefs, register);
        let drafts: Vec<Draft<'_>> = all.iter().filter(speaks).filter_map(draft).collect();
        let (ids, mut diagnostics) = assign(&drafts, briefs, register);
        let merged = Merged::of(register, &mut diagnostics);
        let (drafts, ids) = merged.join(drafts, ids, &all, briefs, register);
        diagnostics.extend(drafts.iter().filter(|d| is_guess(d)).map(|d| surname_alone(d)));

        let mut rows: Vec<(Profile, Vec<Member>)> =
            drafts.into_iter().zip(ids).map(|(draft, id)| profile(draft, id)).collect();
        rows.sort_by_cached_key(|(row, _)| (fold::key(&row.name), row.id.clone()));
        let mut of: Vec<Vec<Option<ProfileId>>> =
            briefs.iter().map(|facts| vec![None; facts.people.len()]).collect();
        for (index, (_, members)) in rows.iter().enumerate() {
            members.iter().for_each(|(brief, person)| of[*brief][*person] = Some(index));
        }
        Self { profiles: rows.into_iter().map(|(row, _)| row).collect(), of, diagnostics }
    }
}

/// The digest of everything that people are told from: of the briefs only this, so that it holds for
/// whatever else their authors change.
fn question(briefs: &[&Facts], register: &Register) -> Digest {
    let mut digesting = Digesting::default();
    for Facts { entry, slug, story, published, people, statements, .. } in briefs {
        (entry, slug, story, published, people).hash(&mut digesting);
        statements.iter().for_each(|said| said.person.hash(&mut digesting));
    }
    format!("{register:?}").hash(&mut digesting);
    digesting.digest()
}

/// The ids that the register has merged away, and into which entry.
struct Merged<'r>(BTreeMap<&'r str, usize>);

impl<'r> Merged<'r> {
    fn of(register: &'r Register, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let ids: BTreeSet<&str> = register.people.iter().map(|p| p.id.as_str()).collect();
        let mut merged = BTreeMap::new();
        for (index, entry) in register.people.iter().enumerate() {
            for old in &entry.merged {
                if ids.contains(old.as_str()) {
                    diagnostics.push(still_there(old, &entry.id));
                } else {
                    merged.entry(old.as_str()).or_insert(index);
                }
            }
        }
        Self(merged)
    }

    /// Joins each draft whose id is merged away with the entry that has it.
    fn join<'f>(
        &self,
        drafts: Vec<Draft<'f>>,
        ids: Vec<String>,
        all: &[Cluster],
        briefs: &[&'f Facts],
        register: &'f Register,
    ) -> (Vec<Draft<'f>>, Vec<String>) {
        let mut kept: Vec<(Draft<'f>, String)> = Vec::with_capacity(drafts.len());
        let mut gained: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
        for (draft, id) in drafts.into_iter().zip(ids) {
            match self.0.get(id.as_str()) {
                Some(into) if draft.registered.is_none() => {
                    gained.entry(*into).or_default().extend(draft.members);
                }
                _ => kept.push((draft, id)),
            }
        }
        for (into, members) in gained {
            kept.retain(|(draft, _)| draft.registered.is_none_or(|(index, _)| index != into));
            let Some(cluster) = all.iter().find(|c| c.registered == Some(into)) else { continue };
            let mut cluster = cluster.clone();
            cluster.members.extend(members);
            cluster.members.sort_unstable();
            let joined = Draft::of(&cluster, briefs, register);
            kept.extend(joined.map(|draft| (draft, register.people[into].id.clone())));
        }
        kept.into_iter().unzip()
    }
}

fn still_there(old: &str, id: &str) -> Diagnostic {
    let message = format!("`{old}` is merged into `{id}` and is an entry of its own");
    Diagnostic::warning(Code::MERGED_ID, message)
        .in_file("people.toml")
        .hint(format!("remove the entry with id = {}, or take it out of `merged`", quoted(old)))
}

/// Whether a page stands on nothing but a surname.
fn is_guess(draft: &Draft<'_>) -> bool {
    draft.alone && draft.registered.is_none() && draft.kind == SpeakerKind::Person
}

fn surname_alone(draft: &Draft<'_>) -> Diagnostic {
    let name = &draft.name;
    let message = format!("no brief says who `{name}` is in full, so the name has a page of its own");
    let hint = format!(
        "if it is somebody with a fuller name, add `aliases = [{}]` to their entry in people.toml",
        quoted(name)
    );
    Diagnostic::note(Code::SURNAME_ALONE, message).in_file(draft.first.1).hint(hint)
}

fn profile(draft: Draft<'_>, id: String) -> (Profile, Vec<Member>) {
    let page = draft.page();
    let entry = draft.registered.map(|(_, entry)| entry);
    let row = Profile {
        id,
        name: draft.name,
        other_names: draft.other_names,
        seen_names: draft.seen_names,
        kind: draft.kind,
        roles: entry.map(|e| e.roles.clone()).unwrap_or_default(),
        seen_roles: draft.seen_roles,
        links: entry.map(|e| e.links.clone()).unwrap_or_default(),
        portrait: entry.and_then(|e| e.portrait.clone()),
        merged: entry.map(|e| e.merged.clone()).unwrap_or_default(),
        page,
        // Whether one statement is all there is comes out when the statements are there.
        noindex: entry.and_then(|e| e.noindex).unwrap_or(false),
        statements: Vec::new(),
        briefs: Vec::new(),
        speaks_of: BTreeMap::new(),
        named_by: BTreeMap::new(),
    };
    (row, draft.members)
}
