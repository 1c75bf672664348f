//! Publishing to a folder, from the command line. The other kinds are published to real servers by
//! `scripts/publish/run`.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::support::{DAY, Done, SiteTest};

const LEDGER: &str = ".dateline-published.json";

/// A site with two briefs and a target called `web`, the folder `out`.
fn site(more: &str) -> SiteTest {
    let site = SiteTest::new().good().brief("second", "\"The quay is dry,\" diver Ida Holm said on Friday.");
    let settings = fs::read_to_string(site.root().join("dateline.toml")).unwrap();
    site.file("dateline.toml", format!("{settings}[publish.web]\nkind = \"folder\"\npath = \"out\"\n{more}"))
}

fn publish(site: &SiteTest, more: &[&str]) -> Done {
    site.run(&[&["publish", "web", "--as-of", DAY], more].concat())
}

fn summary(site: &SiteTest, more: &[&str], code: i32) -> Value {
    let done = publish(site, &[&["--format", "json"], more].concat()).expect_code(code);
    serde_json::from_str(done.stdout.lines().last().unwrap()).unwrap()
}

fn count(summary: &Value, key: &str) -> usize {
    summary[key].as_array().unwrap().len()
}

/// What lies at the target, without the ledger.
fn there(site: &SiteTest) -> BTreeSet<String> {
    site.tree("out").into_keys().filter(|path| path != LEDGER).collect()
}

#[test]
fn the_target_gets_what_a_build_writes_and_then_only_what_changes() {
    let site = site("");
    let first = publish(&site, &[]).expect_ok();
    let last = first.stdout.lines().last().unwrap();
    assert!(last.starts_with("Published web: ") && last.ends_with(", 0 deleted"), "{last}");
    let _ = site.build().expect_ok();
    let built = site.tree("public");
    let published = site.tree("out");
    // Pages name styles and scripts by their digests when they are published.
    for (path, content) in built.iter().filter(|(path, _)| path.starts_with("feed") || path.ends_with(".css"))
    {
        assert_eq!(&published[path], content, "{path}");
    }
    let names = |path: &&String| path.ends_with(".html");
    assert_eq!(
        published.keys().filter(names).collect::<Vec<_>>(),
        built.keys().filter(names).collect::<Vec<_>>()
    );

    let before = site.tree("out");
    let again = publish(&site, &[]).expect_ok();
    assert_eq!(again.stdout.lines().last().unwrap(), "web is as it is to be: nothing was sent");
    assert_eq!(site.tree("out"), before);
    assert_eq!(summary(&site, &[], 0)["bytes_sent"], 0);

    let site = site.brief("second", "\"The quay is wet,\" diver Ida Holm said on Friday.");
    let edited = summary(&site, &[], 0);
    let changed: Vec<&str> =
        edited["changed"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    assert!(
        changed.contains(&"briefs/second/index.html") && changed.contains(&"speakers/ida-holm/index.html")
    );
    assert!(!changed.contains(&"briefs/good/index.html") && !changed.contains(&"site.css"), "{changed:?}");
}

#[test]
fn a_dry_run_touches_nothing_and_names_all() {
    let site = site("");
    let done = publish(&site, &["--dry-run"]).expect_ok();
    assert!(done.stdout.contains("  + briefs/good/index.html  "), "{}", done.stdout);
    assert!(done.stdout.contains("Plan for web (folder out): "));
    assert!(done.stdout.ends_with("Nothing was touched: this was a dry run\n"));
    assert!(!site.root().join("out").exists());
}

#[test]
fn what_is_withheld_is_taken_down_and_drafts_never_leave() {
    let site = site("").file(
        "content/draft.md",
        "+++\ntitle = \"Not yet\"\ndate = 2025-12-06\ndraft = true\n+++\n\nWords.\n",
    );
    let _ = publish(&site, &[]).expect_ok();
    assert!(!there(&site).iter().any(|path| path.contains("draft")));
    assert!(there(&site).contains("briefs/second/index.html"));
    site.write(
        "content/second.md",
        "+++\ntitle = \"Headline of second\"\ndate = 2025-12-06\nstatus = \"withheld\"\n+++\n\nWords.\n",
    );
    let done = publish(&site, &[]).expect_ok();
    assert!(done.stdout.contains("  - briefs/second/index.html  "), "{}", done.stdout);
    assert!(!there(&site).iter().any(|path| path.contains("second") || path.contains("ida-holm")));
}

#[test]
fn more_deletes_than_allowed_need_a_yes() {
    let site = site("max_delete = 2\n");
    let _ = publish(&site, &[]).expect_ok();
    let before = site.tree("out");
    fs::remove_file(site.root().join("content/second.md")).unwrap();
    let done = publish(&site, &[]).expect_code(3);
    let deletes = done.stdout.lines().filter(|line| line.starts_with("  - ")).count();
    assert_eq!(
        done.stdout.lines().last().unwrap(),
        format!(
            "Nothing was touched: {deletes} files would be deleted, and 2 may be. Look at the plan (--dry-run), \
             then run it again with --yes or --max-delete {deletes}"
        )
    );
    assert_eq!(site.tree("out"), before);
    assert_eq!(summary(&site, &[], 3)["reason"], "too-many-deletes");
    let _ = publish(&site, &["--yes"]).expect_ok();
    assert!(!there(&site).contains("briefs/second/index.html"));
}

#[test]
fn what_is_not_ours_is_never_touched() {
    let site = site("keep = [\"stats/**\", \"robots.txt\"]\n")
        .file("out/stats/today.html", "numbers")
        .file("out/robots.txt", "their robots")
        .file("out/CNAME", "news.example");
    let first = summary(&site, &[], 0);
    assert_eq!((count(&first, "kept"), first["not_ours"].as_u64()), (2, Some(1)));
    let tree = site.tree("out");
    assert_eq!(tree["stats/today.html"], b"numbers");
    assert_eq!(tree["robots.txt"], b"their robots");
    assert_eq!(tree["CNAME"], b"news.example");
    let again = summary(&site, &[], 0);
    assert_eq!((count(&again, "added"), count(&again, "changed"), count(&again, "deleted")), (0, 0, 0));
}

#[test]
fn a_file_of_somebody_elses_in_the_way_stops_the_run() {
    let site = site("").file("out/index.html", "their front page");
    let done = publish(&site, &[]).expect_code(3);
    assert!(
        done.stdout.ends_with(
            "Nothing was touched: 1 file there (marked !) has the name of a page and was not put there by \
             Dateline. Move such files away, name them in `keep`, or replace them with --take-over\n"
        ),
        "{}",
        done.stdout
    );
    assert_eq!(site.tree("out").len(), 1);
    let _ = publish(&site, &["--take-over"]).expect_ok();
    assert!(String::from_utf8_lossy(&site.tree("out")["index.html"]).contains("Headline of good"));
}

#[test]
fn a_site_with_errors_takes_no_page_down() {
    let site = site("");
    let _ = publish(&site, &[]).expect_ok();
    let before = site.tree("out");
    site.write("content/second.md", "+++\ntitle = \"Headline of second\"\ndate = yesterday\n+++\n\nWords.\n");
    let done = publish(&site, &[]).expect_code(1);
    assert!(done.stderr.ends_with(
        "Nothing was published: the site has errors (--despite-errors leaves those entries out)\n"
    ));
    assert_eq!(site.tree("out"), before);
    let _ = publish(&site, &["--despite-errors"]).expect_ok();
    assert!(!there(&site).contains("briefs/second/index.html"));
}

#[test]
fn a_target_that_is_not_there_is_named_with_the_nearest() {
    let done = site("").run(&["publish", "wbe"]).expect_code(2);
    let _ = done.stderr_is("dateline: dateline.toml has no [publish.wbe]; did you mean `web`?\n");
    let done = SiteTest::new().good().run(&["publish", "web"]).expect_code(2);
    let _ = done.stderr_is(
        "dateline: dateline.toml names no place to publish to; add one:\n\
         [publish.web]\nkind = \"folder\"\npath = \"/srv/site\"\n",
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_switched_in_one_step_and_the_site_before_stays() {
    let site = site("switch = true\n");
    let _ = publish(&site, &[]).expect_ok();
    let aim = || fs::read_link(site.root().join("out")).unwrap();
    assert_eq!(aim().to_str(), Some("out.releases/1"));
    site.write("out/theirs.txt", "theirs");
    fs::remove_file(site.root().join("content/second.md")).unwrap();
    let _ = publish(&site, &[]).expect_ok();
    assert_eq!(aim().to_str(), Some("out.releases/2"));
    assert!(site.root().join("out.releases/1/briefs/second/index.html").exists());
    assert!(!site.root().join("out/briefs/second/index.html").exists());
    assert_eq!(fs::read_to_string(site.root().join("out/theirs.txt")).unwrap(), "theirs");
    let _ = publish(&site, &[]).expect_ok();
    assert_eq!(aim().to_str(), Some("out.releases/2"), "nothing changed, nothing is switched");
    let site = site.brief("third", "\"The lock is open,\" diver Ida Holm said on Friday.");
    let _ = publish(&site, &[]).expect_ok();
    assert!(!site.root().join("out.releases/1").exists(), "one step back is kept, no more");
}

#[cfg(unix)]
#[test]
fn a_folder_is_no_link_that_can_be_switched() {
    let site = site("switch = true\n").file("out/index.html", "theirs");
    let done = publish(&site, &[]).expect_code(2);
    assert!(
        done.stderr.ends_with(
            "it is no symbolic link, and only a link can be switched in one step\n  move it away once, or take \
             `switch = true` out\n"
        ),
        "{}",
        done.stderr
    );
}

#[test]
fn the_sources_are_no_place_to_publish_to() {
    let site = SiteTest::new().good();
    site.write("dateline.toml", "[publish.web]\nkind = \"folder\"\npath = \"content\"\n");
    let done = site.run(&["publish", "web"]).expect_code(2);
    assert!(done.stderr.contains("lies inside content/, which is read"), "{}", done.stderr);
}
