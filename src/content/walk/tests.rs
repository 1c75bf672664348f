//! Which files of a folder are content.

use std::fs;

use super::*;
use crate::content::{LARGEST, configuration, read};

/// A site's folder with the given files.
#[expect(clippy::disallowed_methods, reason = "the test makes its own inputs")]
fn site(files: &[&str]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for file in files {
        let path = root.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }
    root
}

fn paths(found: &Found) -> Vec<String> {
    found.entries.iter().map(|e| slashes(&e.path)).collect()
}

#[test]
fn entries_come_in_byte_order_and_leftovers_do_not() {
    let root = site(&[
        "content/b.md",
        "content/B.md",
        "content/a/z.txt",
        "content/a-b.markdown",
        "content/pages/about.md",
        "content/a/photo.jpg",
        "content/.hidden/x.md",
        "content/.draft.md",
        "content/b.md~",
        "content/b.md.swp",
        "content/c.bak",
    ]);
    let found = walk(root.path());
    assert_eq!(
        paths(&found),
        ["content/B.md", "content/a-b.markdown", "content/a/z.txt", "content/b.md", "content/pages/about.md"]
    );
    let kinds: Vec<_> = found.entries.iter().map(|e| e.kind).collect();
    use EntryKind::{Markdown, Page, Wire};
    assert_eq!(kinds, [Markdown, Markdown, Wire, Markdown, Page]);
    assert_eq!(found.assets.len(), 1);
    assert_eq!(found.assets[0].path, Path::new("a/photo.jpg"));
    assert_eq!(found.diagnostics, []);
}

#[test]
fn notes_lie_beside_their_entry_and_are_no_assets() {
    let root = site(&[
        "content/a.md",
        "content/a.notes.toml",
        "content/b/c.d.txt",
        "content/b/c.d.notes.toml",
        "content/b/data.toml",
        "content/b/.x.notes.toml",
    ]);
    let found = walk(root.path());
    let notes: Vec<_> = found.entries.iter().map(|e| e.notes.as_deref().map(Path::file_name)).collect();
    let name = |name: &'static str| Some(Some(std::ffi::OsStr::new(name)));
    assert_eq!(notes, [name("a.notes.toml"), name("c.d.notes.toml")]);
    assert_eq!(found.assets.iter().map(|a| slashes(&a.path)).collect::<Vec<_>>(), ["b/data.toml"]);
    assert_eq!(found.diagnostics, []);
    let (path, text) = crate::content::read_notes(&found.entries[1]).unwrap().unwrap();
    assert_eq!((slashes(&path).as_str(), text.as_str()), ("content/b/c.d.notes.toml", "text"));
    assert_eq!(crate::content::notes_beside(&found.entries[0].file), found.entries[0].notes);
}

#[test]
fn a_site_without_content_is_told_what_to_do() {
    let root = site(&["other/a.md"]);
    let found = walk(root.path());
    assert_eq!(
        found.diagnostics[0].render(),
        "error[E005 unreadable-file]: there is no folder content/\n --> content\n  \
         = help: put your articles into a folder called `content`, or run `dateline init`\n"
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_content_are_errors_and_loops_end() {
    use std::os::unix::fs::symlink;
    let root = site(&["content/a/one.md", "secret/key.md"]);
    let content = root.path().join("content");
    symlink(root.path().join("secret/key.md"), content.join("key.md")).unwrap();
    symlink(root.path().join("secret"), content.join("folder")).unwrap();
    symlink("../secret/key.md", content.join("relative.md")).unwrap();
    symlink("a/one.md", content.join("two.md")).unwrap();
    symlink("..", content.join("a/loop")).unwrap();
    symlink("nowhere", content.join("void.md")).unwrap();
    let found = walk(root.path());
    assert_eq!(paths(&found), ["content/a/one.md", "content/two.md"]);
    let told: Vec<_> = found.diagnostics.iter().map(|d| (d.code.id, d.message.as_str())).collect();
    let out = ("E004", "this link leads out of content/");
    let mut told = told;
    told.sort_unstable();
    assert_eq!(told, [out, out, out, ("E005", "this link leads nowhere")]);
}

#[test]
fn templates_and_static_files_are_found_by_name() {
    let root = site(&[
        "templates/partials/head.html",
        "templates/brief.html",
        "static/site.css",
        "static/.DS_Store",
    ]);
    let theme = theme(root.path(), None);
    let names: Vec<_> = theme.templates.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["brief.html", "partials/head.html"]);
    assert_eq!(theme.statics.len(), 1);
    assert_eq!(theme.statics[0].path, Path::new("site.css"));
    assert_eq!(configuration(root.path()).unwrap(), (None, None));
}

#[test]
fn a_file_that_is_too_large_or_gone_is_a_diagnostic() {
    let root = site(&["content/a.md"]);
    let entry = walk(root.path()).entries.remove(0);
    assert_eq!(read(&entry).unwrap(), b"text");
    fs::File::options().write(true).open(&entry.file).unwrap().set_len(LARGEST + 1).unwrap();
    assert_eq!(read(&entry).unwrap_err().message, "this file is larger than 32 MiB");
    fs::remove_file(&entry.file).unwrap();
    assert_eq!(read(&entry).unwrap_err().message, "this file cannot be read: entity not found");
}
