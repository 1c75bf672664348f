//! [`Target`]: a place to publish to, as `[publish.NAME]` describes it.

use super::reader::{Reader, near};
use super::table::Table;
use crate::text::Span;

/// How a site is carried to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// A folder on this machine.
    Folder,
    /// `rsync` over SSH.
    Rsync,
    /// A branch of a Git repository.
    Git,
    /// A bucket that speaks S3.
    S3,
    /// A WebDAV server.
    Webdav,
}

/// The names of [`TargetKind`], in its order.
const KINDS: [&str; 5] = ["folder", "rsync", "git", "s3", "webdav"];

/// One `[publish.NAME]` of dateline.toml.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The name after `publish.`.
    pub name: String,
    /// How.
    pub kind: TargetKind,
    /// Where, for a folder.
    pub path: Option<String>,
    /// Where, for all others.
    pub url: Option<String>,
    /// Patterns of files there that are never deleted.
    pub keep: Vec<String>,
    /// How many files one run may delete; `None` leaves it to the command.
    pub max_delete: Option<usize>,
    /// What else the table says, for the kind that knows it.
    pub more: serde_json::Value,
}

impl Target {
    /// Reads one table; a mistake in it leaves the target out.
    pub(super) fn read(reader: &mut Reader<'_>, name: &str, place: Span, mut table: Table) -> Option<Self> {
        let before = reader.diagnostics.len();
        let kind = kind(reader, name, place, &mut table)?;
        let path = reader.text(&mut table, "path").map(|p| p.value);
        let url = reader.text(&mut table, "url").map(|u| u.value);
        if path.is_none() && url.is_none() {
            let key = if kind == TargetKind::Folder { "path" } else { "url" };
            let message = format!("`publish.{name}` does not say where");
            reader.bad(place, message, format!("add `{key} = \"…\"`"));
        }
        let keep = reader.texts(&mut table, "keep").into_iter().map(|k| k.value).collect();
        let max_delete = reader.count(&mut table, "max_delete", 0);
        let more = super::table::Value::Table(table).into_json();
        let clean = reader.diagnostics.len() == before;
        clean.then(|| Self { name: name.to_owned(), kind, path, url, keep, max_delete, more })
    }
}

fn kind(reader: &mut Reader<'_>, name: &str, place: Span, table: &mut Table) -> Option<TargetKind> {
    use TargetKind::{Folder, Git, Rsync, S3, Webdav};
    let list = "one of \"folder\", \"rsync\", \"git\", \"s3\", \"webdav\"";
    let Some(word) = reader.text(table, "kind") else {
        reader.bad(place, format!("`publish.{name}` has no kind"), format!("add `kind`, {list}"));
        return None;
    };
    let found = KINDS.iter().zip([Folder, Rsync, Git, S3, Webdav]).find(|(n, _)| **n == word.value);
    if found.is_none() {
        let message = format!("`{}` is no kind of publishing", super::reader::short(&word.value));
        let hint = near(&word.value, &KINDS)
            .map_or_else(|| format!("write {list}"), |near| format!("did you mean `{near}`?"));
        reader.bad(word.place, message, hint);
    }
    found.map(|(_, kind)| kind)
}
