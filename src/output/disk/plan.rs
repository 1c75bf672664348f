//! [`Plan`]: what a commit must do, and what it must not.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Put, State, state};
use crate::diag::{Code, Diagnostic};
use crate::output::journal::{Journal, Placement, Removal};
use crate::output::manifest::{Digest, Manifest};
use crate::output::{OutputError, SitePath};

/// A journal and what is to be told about it.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) journal: Journal,
    pub(super) unchanged: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What may be done with one staged file.
enum Verdict {
    /// It goes in; these files of ours must go first.
    Place(Option<Digest>, Vec<SitePath>),
    /// The same bytes lie there, written by somebody else: nothing to do, and not ours.
    Theirs,
    /// Somebody else's file stands in the way.
    Blocked(String),
}

impl Plan {
    /// Compares the new site with what lies on disk.
    pub(super) fn of(
        root: &Path,
        manifest: &Manifest,
        put: &BTreeMap<SitePath, Put>,
    ) -> Result<Self, OutputError> {
        let mut plan = Self::default();
        let mut leaving = plan.leaving(root, manifest, put)?;
        let staged: Vec<(&SitePath, u64, &Digest)> = put
            .iter()
            .filter_map(|(path, put)| match put {
                Put::Staged(number, digest) => Some((path, *number, digest)),
                Put::Same(_) => None,
            })
            .collect();
        let verdicts: Vec<Verdict> = staged
            .par_iter()
            .map(|(path, _, digest)| judge(root, manifest, &leaving, path, digest))
            .collect::<Result<_, _>>()?;

        for (path, put) in put {
            if let Put::Same(digest) = put {
                plan.unchanged += 1;
                plan.journal.manifest.files.insert(path.clone(), digest.clone());
            }
        }
        for ((path, number, digest), verdict) in staged.into_iter().zip(verdicts) {
            plan.follow(manifest, &mut leaving, path, number, digest, verdict);
        }
        plan.journal.delete = leaving.into_iter().map(|(path, digest)| Removal { path, digest }).collect();
        Ok(plan)
    }

    /// Our files that the site no longer makes, and that nobody has changed.
    fn leaving(
        &mut self,
        root: &Path,
        manifest: &Manifest,
        put: &BTreeMap<SitePath, Put>,
    ) -> Result<BTreeMap<SitePath, Digest>, OutputError> {
        let mut leaving = BTreeMap::new();
        for (path, digest) in manifest.files.iter().filter(|(path, _)| !put.contains_key(path)) {
            match state(root, path)? {
                State::File(found) if found == *digest => {
                    leaving.insert(path.clone(), digest.clone());
                }
                State::Absent => {}
                _ => self.diagnostics.push(
                    Diagnostic::warning(
                        Code::FOREIGN_FILE,
                        format!("`{path}` is no page of the site any more, but was changed by somebody else"),
                    )
                    .hint("it stays; delete it yourself if nobody needs it"),
                ),
            }
        }
        Ok(leaving)
    }

    fn follow(
        &mut self,
        manifest: &Manifest,
        leaving: &mut BTreeMap<SitePath, Digest>,
        path: &SitePath,
        staged: u64,
        digest: &Digest,
        verdict: Verdict,
    ) {
        match verdict {
            Verdict::Place(before, first) => {
                for path in first {
                    if let Some(digest) = leaving.remove(&path) {
                        self.journal.clear.push(Removal { path, digest });
                    }
                }
                self.journal.place.push(Placement { path: path.clone(), staged, before });
                self.journal.manifest.files.insert(path.clone(), digest.clone());
            }
            Verdict::Theirs => self.unchanged += 1,
            Verdict::Blocked(why) => {
                // What we once wrote there stays listed: undoing the change makes it ours again.
                if let Some(old) = manifest.files.get(path) {
                    self.journal.manifest.files.insert(path.clone(), old.clone());
                }
                self.diagnostics.push(
                    Diagnostic::error(Code::FOREIGN_FILE, format!("`{path}` was not written: {why}"))
                        .hint("move it out of the output folder, or delete it, and build again"),
                );
            }
        }
    }
}

/// Decides about one staged file.
fn judge(
    root: &Path,
    manifest: &Manifest,
    leaving: &BTreeMap<SitePath, Digest>,
    path: &SitePath,
    digest: &Digest,
) -> Result<Verdict, OutputError> {
    let old = manifest.files.get(path);
    Ok(match state(root, path)? {
        State::Absent => Verdict::Place(None, Vec::new()),
        State::File(found) if Some(&found) == old => Verdict::Place(Some(found), Vec::new()),
        State::File(found) if found == *digest => Verdict::Theirs,
        State::File(_) if old.is_some() => {
            Verdict::Blocked("somebody has changed the file since Dateline wrote it".into())
        }
        State::File(_) => Verdict::Blocked("a file that Dateline did not write stands there".into()),
        State::Under(file) => match SitePath::new(&file) {
            Ok(file) if leaving.contains_key(&file) => Verdict::Place(None, vec![file]),
            _ => {
                Verdict::Blocked(format!("the file `{file}`, which Dateline did not write, stands above it"))
            }
        },
        State::Strange(link) => {
            Verdict::Blocked(format!("`{link}` is a symbolic link, and Dateline writes through none"))
        }
        State::Folder => match all_leaving(&path.below(root), root, leaving) {
            Some(first) => Verdict::Place(None, first),
            None => Verdict::Blocked("a folder that Dateline did not make stands there".into()),
        },
    })
}

/// The files below `folder`, if all of them are ours and leaving.
fn all_leaving(folder: &Path, root: &Path, leaving: &BTreeMap<SitePath, Digest>) -> Option<Vec<SitePath>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.ok()?;
        if entry.file_type().is_dir() {
            continue;
        }
        let inside = entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
        files.push(SitePath::new(&inside).ok().filter(|path| leaving.contains_key(path))?);
    }
    (!files.is_empty()).then_some(files)
}
