//! Walking: which files there are, in byte order of their paths, whatever the disk's order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::read::{NOTES, unreadable};
use super::{Asset, Entry, EntryKind};
use crate::diag::{Code, Diagnostic};

/// What lies under content/.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Files that become briefs or pages, by path.
    pub entries: Vec<Entry>,
    /// Files that are copied, by path.
    pub assets: Vec<Asset>,
    /// What could not be used.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the names of a theme's templates begin with, beside those of the site's own.
pub const THEME: &str = "theme/";

/// The templates and static files of a theme and of a site itself, which override the built-in ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// Names relative to templates/, with forward slashes, and sources, by name; those of the theme
    /// with [`THEME`] before them.
    pub templates: Vec<(String, String)>,
    /// Files under static/, relative to it, by path; those of the theme before the site's own.
    pub statics: Vec<Asset>,
    /// What could not be used.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds everything under content/ in the site's folder `root`.
///
/// Hidden files and what editors leave behind are passed over. A link to a file inside content/
/// is that file under another name; a link that leads out is an error; a link to a folder inside
/// is passed over, since the folder is found at its own place.
#[must_use]
pub fn walk(root: &Path) -> Found {
    let mut found = Found::default();
    if !root.join("content").is_dir() {
        let missing = Diagnostic::error(Code::UNREADABLE, "there is no folder content/")
            .in_file("content")
            .hint("put your articles into a folder called `content`, or run `dateline init`");
        found.diagnostics.push(missing);
        return found;
    }
    let files = files(root, "content", &mut found.diagnostics);
    crate::diag::sort(&mut found.diagnostics);
    let (notes, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| is_notes(path));
    let notes: BTreeMap<PathBuf, PathBuf> = notes.into_iter().collect();
    let mut used = BTreeSet::new();
    for (relative, file) in files {
        match kind(&relative) {
            Some(kind) => {
                let beside = relative.with_extension(NOTES);
                let notes = notes.get(&beside).filter(|_| kind != EntryKind::Page).cloned();
                used.extend(notes.is_some().then_some(beside));
                found.entries.push(Entry { kind, path: Path::new("content").join(&relative), file, notes });
            }
            None => found.assets.push(Asset { path: relative, file }),
        }
    }
    for path in notes.keys().filter(|path| !used.contains(*path)) {
        let alone = Diagnostic::warning(Code::NOTES_ALONE, "there is no brief that these notes are about");
        let hint = "notes about `a.md` or `a.txt` lie beside it in `a.notes.toml`; plain pages have none";
        found.diagnostics.push(alone.in_file(Path::new("content").join(path)).hint(hint));
    }
    found
}

/// Whether the file holds an editor's notes. It is never copied.
fn is_notes(relative: &Path) -> bool {
    let name = relative.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase());
    name.is_some_and(|name| name.ends_with(&format!(".{NOTES}")))
}

/// Finds templates/ and static/ in a site's folder `root`, and those of its theme `name` in
/// themes/NAME/ before them. All may be missing but for the theme's folder.
#[must_use]
pub fn theme(root: &Path, name: Option<&str>) -> Theme {
    let mut theme = Theme::default();
    if let Some(name) = name {
        let folder = format!("themes/{name}");
        if !root.join(&folder).is_dir() {
            let missing = Diagnostic::error(Code::BAD_SETTING, format!("there is no theme `{name}`"));
            let hint = format!("put its templates/ and static/ into {folder}/, or take `theme` away");
            theme.diagnostics.push(missing.in_file("dateline.toml").hint(hint));
        }
        theme.add(root, &format!("{folder}/"), THEME);
    }
    theme.add(root, "", "");
    crate::diag::sort(&mut theme.diagnostics);
    theme
}

impl Theme {
    /// Adds what lies in `root`/`folder`, templates under names that begin with `prefix`.
    fn add(&mut self, root: &Path, folder: &str, prefix: &str) {
        let templates = format!("{folder}templates");
        for (relative, file) in files(root, &templates, &mut self.diagnostics) {
            let name = slashes(&relative);
            match std::fs::read_to_string(&file) {
                Ok(source) => self.templates.push((format!("{prefix}{name}"), source)),
                Err(error) => self.diagnostics.push(unreadable(&Path::new(&templates).join(name), &error)),
            }
        }
        let statics = files(root, &format!("{folder}static"), &mut self.diagnostics);
        self.statics.extend(statics.into_iter().map(|(path, file)| Asset { path, file }));
    }
}

/// How the file is written, by its name; `None` for files that are copied.
fn kind(relative: &Path) -> Option<EntryKind> {
    let extension = relative.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "md" | "markdown" if relative.starts_with("pages") => Some(EntryKind::Page),
        "md" | "markdown" => Some(EntryKind::Markdown),
        "txt" => Some(EntryKind::Wire),
        _ => None,
    }
}

/// Every usable file under `root/folder`: its path relative to the folder, and where it lies.
fn files(root: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(PathBuf, PathBuf)> {
    let base = root.join(folder);
    let Ok(real_base) = base.canonicalize() else { return Vec::new() };
    let mut out = Vec::new();
    let walk = WalkDir::new(&base).min_depth(1).follow_root_links(true);
    for item in walk.into_iter().filter_entry(|e| !is_hidden(e)) {
        match item {
            Ok(item) => {
                let Ok(relative) = item.path().strip_prefix(&base) else { continue };
                let shown = Path::new(folder).join(slashes(relative));
                match usable(&item, &real_base) {
                    Ok(true) => out.push((PathBuf::from(slashes(relative)), item.path().to_path_buf())),
                    Ok(false) => {}
                    Err(diagnostic) => diagnostics.push(diagnostic.in_file(shown)),
                }
            }
            Err(error) => {
                let path = error.path().and_then(|p| p.strip_prefix(&base).ok()).unwrap_or(Path::new(""));
                let shown = Path::new(folder).join(slashes(path));
                let why = error.into_io_error().unwrap_or_else(|| std::io::ErrorKind::Other.into());
                diagnostics.push(unreadable(&shown, &why));
            }
        }
    }
    // Byte by byte: paths would be compared name by name.
    out.sort_by(|(a, _), (b, _)| bytes(a).cmp(bytes(b)));
    out
}

/// Whether `item` is a plain file, or a link to one inside `base`. Pipes and devices are not:
/// reading one could wait for ever.
fn usable(item: &DirEntry, base: &Path) -> Result<bool, Diagnostic> {
    if !item.path_is_symlink() {
        return Ok(item.file_type().is_file() && !is_leftover(item));
    }
    let Ok(target) = item.path().canonicalize() else {
        return Err(Diagnostic::error(Code::UNREADABLE, "this link leads nowhere").hint("remove the link"));
    };
    if !target.starts_with(base) {
        let folder = base.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        return Err(Diagnostic::error(Code::LINK_OUTSIDE, format!("this link leads out of {folder}/"))
            .hint("copy the file to this place instead of linking to it"));
    }
    Ok(target.is_file() && !is_leftover(item))
}

fn is_hidden(item: &DirEntry) -> bool {
    item.depth() > 0 && item.file_name().as_encoded_bytes().starts_with(b".")
}

/// What editors and merges leave behind.
fn is_leftover(item: &DirEntry) -> bool {
    let name = item.file_name().to_string_lossy().to_ascii_lowercase();
    [".swp", ".swo", ".bak", ".orig", ".tmp", "~"].iter().any(|end| name.ends_with(end))
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(name.as_str(), "thumbs.db" | "desktop.ini")
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

fn slashes(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
