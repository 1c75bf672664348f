//! [`Plan`]: what a publish will do to a target, and what it will leave alone.

use std::collections::BTreeMap;

use super::ledger::{self, Ledger};
use super::place::{Outgoing, There};
use crate::config::Keep;

/// Every file of the site and of the target, sorted by what becomes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files that the target does not have.
    pub added: Vec<Outgoing>,
    /// Files that the target has with another content.
    pub changed: Vec<Outgoing>,
    /// Files of ours that the site no longer has, by path, with their sizes in bytes.
    pub deleted: Vec<(String, u64)>,
    /// Files that are there as they are to be.
    pub unchanged: Vec<Outgoing>,
    /// Files at the target that `keep` names, ours or not. They are never touched.
    pub kept: Vec<String>,
    /// Files at the target that were not put there by Dateline and are in nobody's way.
    pub foreign: Vec<String>,
    /// Files at the target that were not put there by Dateline and have the name, but not the
    /// content, of one of the site's.
    pub in_the_way: Vec<Outgoing>,
}

impl Plan {
    /// Compares what is to be there with what was published there, and with what lies there now.
    #[must_use]
    pub fn of(
        site: &BTreeMap<String, Outgoing>,
        ours: &Ledger,
        there: &BTreeMap<String, There>,
        keep: &Keep,
    ) -> Self {
        let mut plan = Self::default();
        for (path, file) in site {
            let found = there.get(path);
            let list = match (found, ours.files.get(path)) {
                (None, _) => &mut plan.added,
                (Some(_), _) if keep.holds(path) => {
                    plan.kept.push(path.clone());
                    continue;
                }
                (Some(found), _) if found.digest.as_ref() == Some(&file.digest) => &mut plan.unchanged,
                (Some(found), Some(entry)) => {
                    let as_left = entry.size == found.size && same_tag(entry.tag.as_ref(), found);
                    let told = found.digest.is_none() && !entry.coming && as_left;
                    if told && entry.digest == file.digest { &mut plan.unchanged } else { &mut plan.changed }
                }
                (Some(_), None) => &mut plan.in_the_way,
            };
            list.push(file.clone());
        }
        for (path, found) in there {
            if site.contains_key(path) || path == ledger::NAME {
                continue;
            }
            if keep.holds(path) {
                plan.kept.push(path.clone());
            } else if ours.files.contains_key(path) {
                plan.deleted.push((path.clone(), found.size));
            } else {
                plan.foreign.push(path.clone());
            }
        }
        plan.kept.sort();
        plan
    }

    /// Treats what is in the way as ours from now on.
    pub fn take_over(&mut self) {
        self.changed.append(&mut self.in_the_way);
        self.changed.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// The files to send.
    pub fn sent(&self) -> impl Iterator<Item = &Outgoing> {
        self.added.iter().chain(&self.changed)
    }

    /// How many bytes of content are to be sent.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.sent().map(|file| file.size).sum()
    }

    /// Whether the target is as it is to be.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.sent().next().is_none() && self.deleted.is_empty()
    }
}

/// Whether the place's own mark is the one that it gave us; a place that gives none says nothing.
fn same_tag(given: Option<&String>, found: &There) -> bool {
    match (given, &found.tag) {
        (Some(given), Some(found)) => given == found,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::ledger::Entry;

    fn outgoing(path: &str, digest: &str) -> Outgoing {
        let (digest, size) = (digest.to_owned(), digest.len() as u64);
        let (content_type, cache_control) = ("text/plain", "");
        Outgoing { path: path.into(), file: path.into(), size, digest, content_type, cache_control }
    }

    fn entry(digest: &str, coming: bool) -> Entry {
        Entry { digest: digest.into(), size: digest.len() as u64, tag: Some("t".into()), coming }
    }

    fn there(size: u64, tag: &str) -> There {
        There { size, digest: None, tag: Some(tag.into()) }
    }

    fn paths<'o>(list: impl IntoIterator<Item = &'o Outgoing>) -> Vec<&'o str> {
        list.into_iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn each_file_has_one_fate() {
        let site: BTreeMap<String, Outgoing> =
            ["adopted", "broken-off", "edited-there", "kept", "lost", "new", "old", "same", "theirs"]
                .map(|path| (path.to_owned(), outgoing(path, "1")))
                .into();
        let mut ours = Ledger::default();
        for (path, digest, coming) in [
            ("broken-off", "1", true),
            ("edited-there", "1", false),
            ("gone", "1", false),
            ("gone-twice", "1", false),
            ("kept", "0", false),
            ("kept-gone", "0", false),
            ("lost", "1", false),
            ("old", "0", false),
            ("same", "1", false),
        ] {
            ours.files.insert(path.into(), entry(digest, coming));
        }
        let mut lies: BTreeMap<String, There> =
            ["broken-off", "gone", "kept", "kept-gone", "old", "same", "theirs", "foreign", ledger::NAME]
                .map(|path| (path.to_owned(), there(1, "t")))
                .into();
        lies.insert("edited-there".into(), there(1, "u"));
        lies.insert("adopted".into(), There { digest: Some("1".into()), ..there(1, "v") });
        let plan = Plan::of(&site, &ours, &lies, &Keep::new(["kept*"]).unwrap());
        assert_eq!(paths(&plan.added), ["lost", "new"]);
        assert_eq!(paths(&plan.changed), ["broken-off", "edited-there", "old"]);
        assert_eq!(paths(&plan.unchanged), ["adopted", "same"]);
        assert_eq!(plan.deleted, [("gone".to_owned(), 1)]);
        assert_eq!(plan.kept, ["kept", "kept-gone"]);
        assert_eq!(plan.foreign, ["foreign"]);
        assert_eq!(paths(&plan.in_the_way), ["theirs"]);
        assert_eq!(plan.bytes(), 5);
        let mut taken = plan;
        taken.take_over();
        assert_eq!(paths(&taken.changed), ["broken-off", "edited-there", "old", "theirs"]);
    }
}
