//! A session against a fresh build: after any edit, the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use dateline::output::SitePath;
use dateline::site::session::{Generation, Looking, Session, Touched};
use dateline::site::{Overrides, Site};

use crate::support::{DAY, SiteTest};

pub(crate) fn overrides() -> Overrides {
    let build_date = DAY.parse::<NaiveDate>().unwrap();
    Overrides { build_date, base_url: None, drafts: false, future: false }
}

fn session(root: &Path) -> Session {
    Session::new(root, Looking { overrides: overrides(), origin: None, forgiving: true })
}

fn path(name: &str) -> SitePath {
    SitePath::new(name).unwrap()
}

fn page(site: &Generation, name: &str) -> String {
    let found = site.file(&path(name)).unwrap_or_else(|| panic!("no {name}")).unwrap();
    String::from_utf8(found.content).unwrap()
}

fn touched(paths: &[&str]) -> Touched {
    Touched::Paths(paths.iter().map(PathBuf::from).collect())
}

/// Checks that `site` has the files of a fresh build of `root`, and no page more.
fn same_as_fresh(site: &Generation, root: &Path, after: &str) {
    let _ = fs::remove_dir_all(root.join(".dateline-cache"));
    let fresh = Site::load(root, &overrides()).site.expect("settings that hold");
    let (files, report) = fresh.preview().unwrap();
    let mut pages: BTreeSet<SitePath> = site.pages().cloned().collect();
    for (path, file) in &files {
        let found = site.file(path).unwrap_or_else(|| panic!("{after}: no {path}")).unwrap();
        assert!(found.content == *file.content, "{after}: another {path}");
        assert_eq!(found.content_type, file.content_type, "{after}: {path}");
        pages.remove(path);
    }
    assert_eq!(pages, BTreeSet::new(), "{after}: pages that no build has");
    assert_eq!(site.report().briefs, report.briefs, "{after}");
    let told = site.diagnostics();
    assert_eq!(told, report.diagnostics, "{after}");
}

/// A number below `below`, always the same from the same start (xorshift).
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % u64::try_from(below).unwrap()).unwrap()
    }

    fn one<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }
}

const SAYINGS: [&str; 6] = [
    "\"We will mend the old bridge before the autumn rain comes,\" Ada Moreno said on Monday.",
    "\"Nobody has asked the harbour what it needs,\" Ms Moreno said.",
    "Vera Holm told reporters on Tuesday that the toll would rise, and \"not by a little, I fear\".",
    "“We will mend the old bridge before the autumn rain comes,” Holm said, laughing.",
    "The council, said Ola Brandt, a member, “has run out of stone and of time alike”.",
    "\"It rains,\" he added.",
];

pub(crate) fn article(draw: &mut Draw) -> String {
    let title = ["Bridge closed", "Bridge open", "A toll for the harbour", "Stone runs out"];
    let day = 1 + draw.below(28);
    let topic = draw.one(&[
        "",
        "topics = [\"Harbour\"]\n",
        "topics = [\"Harbour\", \"Roads\"]\n",
        "story = \"The bridge\"\n",
    ]);
    let mut text =
        format!("+++\ntitle = \"{}\"\ndate = 2025-12-{day:02}\n{topic}+++\n\nOSLO - Rain.", draw.one(&title));
    for _ in 0..1 + draw.below(4) {
        text.push_str("\n\n");
        text.push_str(draw.one(&SAYINGS));
    }
    text + "\n"
}

/// Changes something at random; says what, and what was touched.
pub(crate) fn edit(draw: &mut Draw, site: &SiteTest) -> (String, Vec<String>) {
    let name =
        |draw: &mut Draw| format!("content/{}.md", ["a", "b", "c", "moon/d", "moon/e", "f"][draw.below(6)]);
    let root = site.root();
    let one = name(draw);
    match draw.below(12) {
        0..=4 => {
            site.write(&one, article(draw));
            (format!("writing {one}"), vec![one])
        }
        5 => {
            let _ = fs::remove_file(root.join(&one));
            (format!("deleting {one}"), vec![one])
        }
        6 => {
            let to = name(draw);
            fs::create_dir_all(root.join("content/moon")).unwrap();
            let _ = fs::rename(root.join(&one), root.join(&to));
            (format!("moving {one} to {to}"), vec![one, to])
        }
        7 => {
            let file = one.replace(".md", ".notes.toml");
            let speaker = draw.one(&["vera", "Ada Moreno", "Somebody Else"]);
            site.write(&file, format!("[[notes]]\nquotation = \"It rains\"\nspeaker = \"{speaker}\"\n"));
            (format!("noting {file}"), vec![file])
        }
        8 => {
            let people =
                draw.one(&["", "[[person]]\nid = \"vera\"\nname = \"Vera Holm\"\nroles = [\"Mayor\"]\n"]);
            site.write("people.toml", people);
            ("people.toml".into(), vec!["people.toml".into()])
        }
        9 => {
            let more = draw.one(&[
                "",
                "per_page = 2\n",
                "outlet = \"Harbour Post\"\n",
                "[annotate]\nthreshold = 0.99\n",
            ]);
            site.write(
                "dateline.toml",
                format!("title = \"Test\"\nbase_url = \"https://a.example/b/\"\n{more}"),
            );
            ("dateline.toml".into(), vec!["dateline.toml".into()])
        }
        10 => {
            let text = draw.one(&["<p>Lost.</p>", "<p>Lost, {{ site.title }}.</p>"]);
            site.write("templates/404.html", text);
            ("a template".into(), vec!["templates/404.html".into()])
        }
        _ => {
            site.write("static/extra.css", draw.one(&["a {}", "b {}"]));
            ("a static file".into(), vec!["static/extra.css".into()])
        }
    }
}

#[test]
fn after_any_edit_a_session_is_a_fresh_build() {
    for seed in [3, 1_000_003] {
        let mut draw = Draw(seed);
        let site = SiteTest::new();
        for name in ["a", "b", "moon/d"] {
            site.write(&format!("content/{name}.md"), article(&mut draw));
        }
        let mut session = session(site.root());
        let first = session.update(&Touched::Everything).unwrap();
        same_as_fresh(&first, site.root(), "the beginning");
        for number in 0..20 {
            let (what, paths) = edit(&mut draw, &site);
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            let now = session.update(&touched(&paths)).unwrap();
            same_as_fresh(&now, site.root(), &format!("seed {seed}, edit {number}: {what}"));
        }
    }
}

#[test]
fn what_nobody_told_of_is_found_by_its_length_or_time() {
    let site = SiteTest::new().good();
    let mut session = session(site.root());
    let _ = session.update(&Touched::Everything).unwrap();
    site.write(
        "content/good.md",
        "+++\ntitle = \"Another headline here\"\ndate = 2025-12-06\n+++\n\nOSLO - Rain.\n",
    );
    let now = session.update(&Touched::nothing()).unwrap();
    assert!(page(&now, "index.html").contains("Another headline here"));
}

#[test]
fn where_nothing_has_changed_the_site_is_the_same_one() {
    let site = SiteTest::new().good();
    let mut session = session(site.root());
    let first = session.update(&Touched::Everything).unwrap();
    let text = fs::read(site.root().join("content/good.md")).unwrap();
    site.write("content/good.md", text);
    let again = session.update(&touched(&["content/good.md"])).unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &again));
}

#[test]
fn a_brief_that_breaks_is_shown_as_it_was_and_the_rest_goes_on() {
    let site = SiteTest::new().good().brief("other", "OSLO - Rain.");
    let mut session = session(site.root());
    let _ = session.update(&Touched::Everything).unwrap();
    site.write("content/good.md", "+++\ntitle = \"Broken\ndate = 2025-12-06\n+++\n\nOSLO - Rain.\n");
    site.write(
        "content/other.md",
        "+++\ntitle = \"The other one\"\ndate = 2025-12-06\n+++\n\nOSLO - Rain.\n",
    );
    let now = session.update(&touched(&["content/good.md", "content/other.md"])).unwrap();
    let home = page(&now, "index.html");
    assert!(home.contains("Headline of good") && home.contains("The other one"), "{home}");
    assert!(now.is_stale(&path("briefs/good/index.html")) && !now.is_stale(&path("briefs/other/index.html")));
    let told = now.diagnostics();
    assert!(
        told.iter().any(|it| it.code.id == "F002" && it.location.as_ref().is_some_and(|at| at.line == 2)),
        "{told:?}"
    );
    site.write("content/good.md", "+++\ntitle = \"Mended\"\ndate = 2025-12-06\n+++\n\nOSLO - Rain.\n");
    let now = session.update(&touched(&["content/good.md"])).unwrap();
    assert!(page(&now, "index.html").contains("Mended") && !now.is_stale(&path("briefs/good/index.html")));
    assert!(now.diagnostics().iter().all(|it| it.code.id != "F002"));
}

#[test]
fn a_brief_that_breaks_and_is_then_withheld_is_gone() {
    let site = SiteTest::new().good();
    let mut session = session(site.root());
    let _ = session.update(&Touched::Everything).unwrap();
    for (text, shown) in [
        ("+++\ntitle = \"Broken\n+++\n\nRain.\n", true),
        ("+++\ntitle = \"Headline of good\"\ndate = 2025-12-06\ndraft = true\n+++\n\nRain.\n", false),
    ] {
        site.write("content/good.md", text);
        let now = session.update(&touched(&["content/good.md"])).unwrap();
        assert_eq!(page(&now, "index.html").contains("Headline of good"), shown);
        assert_eq!(now.has(&path("briefs/good/index.html")), shown);
    }
}

#[test]
fn templates_and_settings_that_break_leave_the_last_good_ones() {
    let site = SiteTest::new().good().file("templates/404.html", "<p>{{ site.title }} has lost it.</p>");
    let mut session = session(site.root());
    let _ = session.update(&Touched::Everything).unwrap();
    for broken in ["<p>{{ site.title }</p>", "<p>{{ site.title.no.such }}</p>"] {
        site.write("templates/404.html", broken);
        site.write(
            "content/good.md",
            format!("+++\ntitle = \"While {}\"\ndate = 2025-12-06\n+++\n\nRain.\n", broken.len()),
        );
        let now = session.update(&touched(&["templates/404.html", "content/good.md"])).unwrap();
        assert_eq!(page(&now, "404.html"), "<p>Test site has lost it.</p>");
        assert!(page(&now, "index.html").contains(&format!("While {}", broken.len())));
        assert!(now.diagnostics().iter().any(|it| it.code.id == "T001"), "{broken}");
    }
    site.write("templates/404.html", "<p>Mended.</p>");
    site.write("dateline.toml", "title = \n");
    let now = session.update(&touched(&["templates/404.html", "dateline.toml"])).unwrap();
    assert!(now.diagnostics().iter().any(|it| it.code.id == "C001"));
    assert!(page(&now, "index.html").contains("Test site"));
    site.write("dateline.toml", "title = \"Another site\"\nbase_url = \"https://news.example/\"\n");
    let now = session.update(&touched(&["dateline.toml"])).unwrap();
    assert!(page(&now, "index.html").contains("Another site"));
    assert!(
        now.diagnostics().iter().all(|it| !["C001", "T001"].contains(&it.code.id)),
        "{:?}",
        now.diagnostics()
    );
}

#[test]
fn a_template_that_never_was_good_is_replaced_by_the_built_in_one() {
    let site = SiteTest::new().good().file("templates/home.html", "<p>{{ page.no.such }}</p>");
    let mut session = session(site.root());
    let now = session.update(&Touched::Everything).unwrap();
    assert!(page(&now, "index.html").contains("Headline of good"));
    assert_eq!(now.failures(), 1);
    now.try_all(|| true);
    assert_eq!(now.failed().len(), 1);
}

/// What settles the doubts about the one brief of a site, by the words that they are about.
fn doubts(site: &Generation) -> BTreeMap<String, Vec<dateline::site::session::Answer>> {
    let doubts = site.doubts(&path("briefs/good/index.html"));
    doubts.into_iter().map(|it| (format!("{} in line {:?}", it.words, it.line), it.answers)).collect()
}

#[test]
fn every_answer_to_a_doubt_settles_it_where_it_is_pasted() {
    let body = "OSLO - Ada Moreno and Vera Holm met on Friday.\n\n\"The bridge stays closed until the spring,\" it was said.\n\n\
                Two rivals spoke. She said: \"The toll is a mistake from the first day to the last.\"\n\n\
                \"The bridge stays closed until the spring\" stands on a wall, too.";
    let site = SiteTest::new().brief("good", body);
    let mut session = session(site.root());
    let first = doubts(&session.update(&Touched::Everything).unwrap());
    assert!(!first.is_empty(), "the annotator is sure of everything");
    for (words, answers) in &first {
        assert!(!answers.is_empty(), "nothing settles {words}");
        for answer in answers.iter().filter(|answer| answer.file.ends_with(".notes.toml")) {
            site.write(&answer.file, &answer.lines);
            let now = session.update(&touched(&[&answer.file])).unwrap();
            let told = now.diagnostics();
            assert!(told.iter().all(|it| !it.code.id.starts_with('N')), "{}: {told:?}", answer.lines);
            assert!(!doubts(&now).contains_key(words), "{words} is doubted still: {}", answer.lines);
        }
        fs::remove_file(site.root().join("content/good.notes.toml")).unwrap();
    }
}
