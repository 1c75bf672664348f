//! What an output folder must survive.

use std::fs;

use super::*;
use crate::output::journal::Folders;
use crate::output::lay;

fn path(path: &str) -> SitePath {
    SitePath::new(path).unwrap()
}

fn build(root: &Path, files: &[(&str, &str)]) -> Written {
    stage(root, files).commit().unwrap()
}

fn stage(root: &Path, files: &[(&str, &str)]) -> Output {
    let output = Output::open(root).unwrap();
    for (name, content) in files {
        output.put(&path(name), content.as_bytes()).unwrap();
    }
    output
}

fn counts(written: &Written) -> (usize, usize, usize) {
    (written.written, written.unchanged, written.deleted)
}

fn messages(written: &Written) -> Vec<String> {
    written.diagnostics.iter().map(Diagnostic::render).collect()
}

#[test]
fn only_what_changed_is_written_and_what_left_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    assert_eq!(counts(&build(root, &[("a/index.html", "1"), ("b/c/index.html", "1")])), (2, 0, 0));
    let stamp = || fs::metadata(root.join("a/index.html")).unwrap().modified().unwrap();
    let before = stamp();
    assert_eq!(counts(&build(root, &[("a/index.html", "1"), ("d.html", "2")])), (1, 1, 1));
    assert_eq!(stamp(), before);
    assert_eq!(lay::tree(root), [".dateline.json", "a/", "a/index.html", "d.html"]);
    assert_eq!(counts(&build(root, &[("a/index.html", "1"), ("d.html", "2")])), (0, 2, 0));
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    build(root, &[("a", "file")]);
    assert!(messages(&build(root, &[("a/b/index.html", "page")])).is_empty());
    assert_eq!(lay::read(root, "a/b/index.html"), "page");
    assert!(messages(&build(root, &[("a", "file")])).is_empty());
    assert_eq!(lay::tree(root), [".dateline.json", "a"]);
}

#[test]
fn foreign_files_stay_and_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    lay::file(root, "index.html", b"mine");
    lay::file(root, "photos/cat.jpg", b"cat");
    lay::file(root, "same.txt", b"equal");
    let written =
        build(root, &[("index.html", "yours"), ("photos", "x"), ("same.txt", "equal"), ("ok", "1")]);
    assert_eq!(
        messages(&written),
        [
            "error[A003 foreign-file]: `index.html` was not written: a file that Dateline did not write stands there\n  = help: move it out of the output folder, or delete it, and build again\n",
            "error[A003 foreign-file]: `photos` was not written: a folder that Dateline did not make stands there\n  = help: move it out of the output folder, or delete it, and build again\n",
        ]
    );
    assert_eq!(counts(&written), (1, 1, 0));
    build(root, &[]);
    assert_eq!(
        lay::tree(root),
        [".dateline.json", "index.html", "photos/", "photos/cat.jpg", "same.txt"],
        "an identical file of somebody else is never ours to delete"
    );
    assert_eq!(lay::read(root, "index.html"), "mine");
}

#[test]
fn a_page_that_somebody_changed_is_neither_replaced_nor_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    build(root, &[("a.html", "1"), ("b.html", "1")]);
    lay::file(root, "a.html", b"edited");
    let written = build(root, &[("a.html", "2"), ("b.html", "2")]);
    assert_eq!(written.diagnostics.len(), 1);
    assert!(
        written.diagnostics[0].message.ends_with("somebody has changed the file since Dateline wrote it")
    );
    assert_eq!((lay::read(root, "a.html"), lay::read(root, "b.html")), ("edited".into(), "2".into()));
    let written = build(root, &[("b.html", "2")]);
    assert_eq!(written.diagnostics[0].severity, crate::diag::Severity::Warning);
    assert_eq!(lay::read(root, "a.html"), "edited");
}

#[test]
fn undoing_a_change_makes_the_page_ours_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    build(root, &[("a.html", "1")]);
    lay::file(root, "a.html", b"edited");
    build(root, &[("a.html", "2")]);
    lay::file(root, "a.html", b"1");
    assert_eq!(counts(&build(root, &[("a.html", "2")])), (1, 0, 0));
}

#[cfg(unix)]
#[test]
fn no_link_is_written_through() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let root = folder.path();
    lay::file(outside.path(), "victim", b"whole");
    symlink(outside.path(), root.join("out")).unwrap();
    symlink(outside.path().join("victim"), root.join("file.html")).unwrap();
    let written = build(root, &[("out/new.html", "x"), ("file.html", "x"), ("fine.html", "x")]);
    let messages: Vec<&str> = written.diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`file.html` was not written: `file.html` is a symbolic link, and Dateline writes through none",
            "`out/new.html` was not written: `out` is a symbolic link, and Dateline writes through none",
        ]
    );
    assert_eq!(lay::tree(outside.path()), ["victim"]);
    assert_eq!(lay::read(outside.path(), "victim"), "whole");
    assert_eq!(lay::read(root, "fine.html"), "x");
}

#[test]
fn a_folder_replaced_by_a_link_after_the_build_is_not_followed_when_deleting() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let root = folder.path();
    build(root, &[("a/index.html", "1")]);
    lay::file(outside.path(), "index.html", b"1");
    fs::remove_file(root.join("a/index.html")).unwrap();
    fs::remove_dir(root.join("a")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), root.join("a")).unwrap();
    build(root, &[]);
    assert_eq!(lay::read(outside.path(), "index.html"), "1");
}

#[test]
fn a_build_killed_before_its_journal_leaves_the_last_site() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    build(root, &[("a.html", "1")]);
    lay::file(root, ".dateline/staging/0", b"half a pa");
    lay::file(root, ".dateline/half", b"{\"cle");
    assert_eq!(lay::read(root, "a.html"), "1");
    drop(Output::open(root).unwrap());
    assert_eq!(lay::tree(root), [".dateline.json", "a.html"]);
}

#[test]
fn a_build_that_fails_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path(), &[("a.html", "1")]);
    drop(stage(folder.path(), &[("a.html", "2"), ("b.html", "2")]));
    assert_eq!(lay::tree(folder.path()), [".dateline.json", "a.html"]);
    assert_eq!(lay::read(folder.path(), "a.html"), "1");
}

/// Killing after every single step of a commit: the next build always comes to the same site.
#[test]
fn a_build_killed_during_its_commit_is_finished_by_the_next() {
    let old = [("a", "1"), ("b/index.html", "1"), ("c.html", "1"), ("gone/x.html", "1")];
    let new = [("a/index.html", "2"), ("b/index.html", "2"), ("c.html", "1"), ("d.html", "2")];
    for killed_after in 0..=5 {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        build(root, &old);
        let output = stage(root, &new);
        let put = output.put.lock().unwrap().clone();
        let journal = plan::Plan::of(root, &output.manifest, &put).unwrap().journal;
        assert_eq!(journal.steps().count(), 5);
        journal.write(root).unwrap();
        for step in journal.steps().take(killed_after) {
            step.run(root, &mut Folders::default()).unwrap();
        }
        drop(output);
        assert!(Journal::path(root).exists(), "a journal is never swept away");

        drop(Output::open(root).unwrap());
        let tree = [".dateline.json", "a/", "a/index.html", "b/", "b/index.html", "c.html", "d.html"];
        assert_eq!(lay::tree(root), tree, "killed after {killed_after} steps");
        assert_eq!(lay::read(root, "b/index.html"), "2");
        assert_eq!(counts(&build(root, &new)), (0, 4, 0));
    }
}

#[test]
fn rolling_forward_spares_what_somebody_wrote_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    build(root, &[("a.html", "1")]);
    let output = stage(root, &[("a.html", "2"), ("b.html", "2")]);
    let put = output.put.lock().unwrap().clone();
    plan::Plan::of(root, &output.manifest, &put).unwrap().journal.write(root).unwrap();
    drop(output);
    lay::file(root, "a.html", b"edited");
    lay::file(root, "b.html", b"theirs");
    drop(Output::open(root).unwrap());
    assert_eq!((lay::read(root, "a.html"), lay::read(root, "b.html")), ("edited".into(), "theirs".into()));
    assert_eq!(build(root, &[("a.html", "2"), ("b.html", "2")]).diagnostics.len(), 2);
}

#[cfg(unix)]
#[test]
fn two_builds_at_once_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = Output::open(folder.path()).unwrap();
    let error = Output::open(folder.path()).unwrap_err().to_string();
    let place = folder.path().display();
    assert_eq!(error, format!("another build is writing {place}: wait until it is done, or stop it"));
    drop(first);
    Output::open(folder.path()).unwrap();
}

#[test]
fn a_file_in_place_of_the_folder_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    lay::file(folder.path(), "public", b"a file");
    let place = folder.path().join("public");
    let error = Output::open(&place).unwrap_err().to_string();
    assert_eq!(error, format!("{} is no folder, so no site can be written there", place.display()));
}

#[test]
fn many_threads_may_put_at_once() {
    use rayon::prelude::*;
    let folder = tempfile::tempdir().unwrap();
    let output = Output::open(folder.path()).unwrap();
    (0..200u32).into_par_iter().for_each(|n| {
        output.put(&path(&format!("{n}/index.html")), &n.to_le_bytes()).unwrap();
    });
    assert_eq!(counts(&output.commit().unwrap()), (200, 0, 0));
    assert!(!folder.path().join(WORK).exists());
}
