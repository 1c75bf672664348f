//! Speaker ids: [`assign`].
//!
//! An id is the slug of the fullest name. It depends on who there is, never on the order in
//! which files are read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::draft::Draft;
use super::register::quoted;
use crate::annotate::SpeakerKind;
use crate::config::{NOBODYS, Register};
use crate::diag::{Code, Diagnostic};
use crate::record::Facts;
use crate::text::fold;

/// The id of each draft, and what to say about those who are called alike.
pub(crate) fn assign(
    drafts: &[Draft<'_>],
    briefs: &[&Facts],
    register: &Register,
) -> (Vec<String>, Vec<Diagnostic>) {
    let taken: BTreeSet<&str> = register.people.iter().map(|p| p.id.as_str()).chain(NOBODYS).collect();
    let wishes: Vec<Vec<String>> = drafts.iter().map(wishes).collect();
    let mut level = vec![0; drafts.len()];
    for _ in 0..wishes.iter().map(Vec::len).max().unwrap_or(0) {
        let clashing = clashing(&wishes, &level, &taken);
        for index in clashing {
            level[index] = (level[index] + 1).min(wishes[index].len() - 1);
        }
    }
    let ids = numbered(drafts, &wishes, &level, &taken);
    let diagnostics = namesakes(drafts, &wishes, &ids, &taken)
        .into_iter()
        .map(|group| homonym(&group, drafts, &ids, briefs))
        .collect();
    (ids, diagnostics)
}

/// The ids that a draft would take, best first: the name; with the role; with the first brief.
fn wishes(draft: &Draft<'_>) -> Vec<String> {
    if let Some((_, entry)) = draft.registered {
        return vec![entry.id.clone()];
    }
    let mut base = fold::slug(&draft.name);
    if base.is_empty() {
        let digest = blake3::hash(fold::key(&draft.name).as_bytes()).to_hex();
        base = format!("speaker-{}", &digest[..8]);
    }
    let kind = (draft.kind == SpeakerKind::Organisation).then_some("organisation");
    let role = draft.seen_roles.first().map(|r| r.role.as_str()).or(kind);
    let role = role.map(fold::slug).filter(|r| !r.is_empty());
    let with_role = role.map(|role| format!("{base}-{role}"));
    let with_brief = format!("{base}-{}", fold::slug(draft.first.2));
    [Some(base), with_role, Some(with_brief)].into_iter().flatten().collect()
}

/// The drafts whose present wish another has too, or the register gives to somebody else.
fn clashing(wishes: &[Vec<String>], level: &[usize], taken: &BTreeSet<&str>) -> Vec<usize> {
    let mut users: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, wish) in wishes.iter().enumerate() {
        users.entry(&wish[level[index]]).or_default().push(index);
    }
    let clash = users.into_iter().filter(|(id, users)| users.len() > 1 || taken.contains(id));
    clash.flat_map(|(_, users)| users).filter(|index| wishes[*index].len() > 1).collect()
}

/// The wishes, with numbers where even the last wish is not enough: by first brief.
fn numbered(
    drafts: &[Draft<'_>],
    wishes: &[Vec<String>],
    level: &[usize],
    taken: &BTreeSet<&str>,
) -> Vec<String> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|index| (drafts[*index].registered.is_none(), drafts[*index].first, *index));
    let mut used: BTreeSet<String> = taken.iter().map(|id| (*id).to_owned()).collect();
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ids = vec![String::new(); drafts.len()];
    for index in order {
        let wish = wishes[index][level[index]].as_str();
        let mut id = wish.to_owned();
        while drafts[index].registered.is_none() && used.contains(&id) {
            let number = next.entry(wish).or_insert(2);
            id = format!("{wish}-{number}");
            *number += 1;
        }
        used.insert(id.clone());
        ids[index] = id;
    }
    ids
}

/// Groups of drafts whose first wish is one id, where an unregistered one is among them.
fn namesakes(
    drafts: &[Draft<'_>],
    wishes: &[Vec<String>],
    ids: &[String],
    taken: &BTreeSet<&str>,
) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, wish) in wishes.iter().enumerate() {
        groups.entry(&wish[0]).or_default().push(index);
    }
    groups.retain(|id, group| {
        let moved = group.iter().any(|i| drafts[*i].registered.is_none() && ids[*i] != *id);
        moved && (group.len() > 1 || taken.contains(id))
    });
    groups.into_values().collect()
}

/// What is said about people who are called alike, with the lines that keep them apart.
fn homonym(group: &[usize], drafts: &[Draft<'_>], ids: &[String], briefs: &[&Facts]) -> Diagnostic {
    let mut moved: Vec<usize> = group.iter().copied().filter(|i| drafts[*i].registered.is_none()).collect();
    moved.sort_by_key(|index| &ids[*index]);
    let name = &drafts[moved[0]].name;
    let list: Vec<String> = moved.iter().map(|index| format!("`{}`", ids[*index])).collect();
    let message =
        format!("several speakers are called `{name}`; the addresses tell them apart: {}", list.join(", "));
    let mut hint = String::from(
        "if they are several, put these lines into people.toml to keep their addresses; \
         if they are one, write one entry without `only_in`",
    );
    for index in &moved {
        let slugs: BTreeSet<&str> =
            drafts[*index].members.iter().map(|(brief, _)| briefs[*brief].slug.as_str()).collect();
        let slugs: Vec<String> = slugs.into_iter().map(quoted).collect();
        let (id, name) = (quoted(&ids[*index]), quoted(&drafts[*index].name));
        let _ = write!(hint, "\n[[person]]\nid = {id}\nname = {name}\n");
        if drafts[*index].kind == SpeakerKind::Organisation {
            hint.push_str("kind = \"organisation\"\n");
        }
        let _ = write!(hint, "only_in = [{}]", slugs.join(", "));
    }
    Diagnostic::warning(Code::HOMONYM, message).in_file("people.toml").hint(hint)
}
