//! Builds that take up what the builds before have kept, against builds that know nothing: the same
//! bytes and the same report.

use std::fs;
use std::path::Path;

use dateline::site::{Report, Site};

use crate::session::{Draw, article, edit, overrides};
use crate::support::{SiteTest, tree};

/// Where a build keeps things, and what it makes.
const MADE: [&str; 2] = [".dateline-cache", "public"];

fn build(root: &Path) -> Report {
    let site = Site::load(root, &overrides()).site.expect("settings that hold");
    site.build(&root.join("public")).unwrap()
}

/// A copy of a site's sources alone.
fn sources(root: &Path) -> SiteTest {
    let copy = SiteTest::bare();
    for (path, bytes) in tree(root) {
        if !MADE.iter().any(|made| path.starts_with(made)) {
            copy.write(&path, bytes);
        }
    }
    copy
}

/// Checks that the site at `root` was built as one that was never built before.
fn same_as_cold(root: &Path, report: &Report, after: &str) {
    let cold = sources(root);
    let first = build(cold.root());
    assert_eq!(report.diagnostics, first.diagnostics, "{after}");
    let counted = |it: &Report| (it.briefs, it.speakers, it.statements, it.pages, it.stopped);
    assert_eq!(counted(report), counted(&first), "{after}");
    if first.stopped {
        return;
    }
    let (ours, theirs) = (tree(&root.join("public")), tree(&cold.root().join("public")));
    assert!(ours.keys().eq(theirs.keys()), "{after}: other files");
    for (path, bytes) in &theirs {
        assert!(ours[path] == *bytes, "{after}: another {path}");
    }
}

fn begin(draw: &mut Draw) -> SiteTest {
    let site = SiteTest::new();
    for name in ["a", "b", "moon/d"] {
        site.write(&format!("content/{name}.md"), article(draw));
    }
    site
}

#[test]
fn after_any_edit_a_build_is_a_cold_one() {
    for seed in [5, 2_000_003] {
        let mut draw = Draw(seed);
        let site = begin(&mut draw);
        same_as_cold(site.root(), &build(site.root()), "the beginning");
        for number in 0..20 {
            let (what, _) = edit(&mut draw, &site);
            let report = build(site.root());
            same_as_cold(site.root(), &report, &format!("seed {seed}, edit {number}: {what}"));
        }
    }
}

#[test]
fn whatever_lies_in_the_cache_a_build_is_a_cold_one() {
    let mut draw = Draw(11);
    let site = begin(&mut draw);
    let _ = build(site.root());
    let kept = site.root().join(".dateline-cache/annotations");
    let whole = fs::read(&kept).unwrap();
    let mut broken = whole.clone();
    broken[whole.len() / 2] ^= 1;
    for (what, bytes) in [("a half", whole[..whole.len() / 2].to_vec()), ("a broken byte", broken)] {
        site.write(".dateline-cache/annotations", bytes);
        same_as_cold(site.root(), &build(site.root()), what);
        assert_eq!(fs::read(&kept).unwrap(), whole, "{what} is written anew");
    }
    fs::remove_dir_all(site.root().join(".dateline-cache")).unwrap();
    site.write(".dateline-cache", "a file where the folder should be");
    let _ = edit(&mut draw, &site);
    same_as_cold(site.root(), &build(site.root()), "no folder");
}

#[test]
fn what_is_kept_is_taken_up_and_not_written_again() {
    let site = begin(&mut Draw(11));
    let _ = build(site.root());
    let kept = site.root().join(".dateline-cache/annotations");
    let before = fs::metadata(&kept).unwrap().modified().unwrap();
    let again = build(site.root());
    assert_eq!(fs::metadata(&kept).unwrap().modified().unwrap(), before);
    assert_eq!(again.changes.unwrap().written, 0);
}

#[test]
fn a_check_keeps_nothing() {
    let site = begin(&mut Draw(11));
    let _ = Site::load(site.root(), &overrides()).site.unwrap().check().unwrap();
    assert!(!site.root().join(".dateline-cache").exists());
}
