//! What a saved edit costs until its pages can be drawn: `cargo bench --bench session`.
//!
//! A site of a thousand annotated articles of 5 kB, or the site in the folder that `SITE` names. One
//! word of the newest brief is changed again and again; the figures are medians of what each stage
//! takes, and of drawing some pages of the state that comes of it.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use dateline::output::SitePath;
use dateline::site::Overrides;
use dateline::site::session::{Looking, Session, Touched};

#[path = "dates/news.rs"]
mod news;

const ARTICLES: u64 = 1_000;
const EDITS: u32 = 21;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let given = std::env::var_os("SITE").map(PathBuf::from);
    let root = given.unwrap_or_else(|| lay(folder.path()));
    let build_date = NaiveDate::from_ymd_opt(2030, 1, 1).expect("a day");
    let overrides = Overrides { build_date, base_url: None, drafts: false, future: false };
    let mut session = Session::new(&root, Looking { overrides, origin: None, forgiving: true });
    let start = Instant::now();
    let site = session.update(&Touched::Everything).expect("settings that hold");
    line("first reading", start.elapsed());
    let entry = newest(&root);
    let page = site.pages().find(|page| site.entry(page) == Some(&entry)).expect("its page").clone();
    drop(site);

    let touched = Touched::Paths(BTreeSet::from([entry.clone()]));
    let file = root.join(&entry);
    let before = fs::read_to_string(&file).expect("text");
    let mut times: Vec<(String, Vec<Duration>)> = Vec::new();
    let mut add = |name: &str, time: Duration| match times.iter_mut().find(|(known, _)| known == name) {
        Some((_, all)) => all.push(time),
        None => times.push((name.to_owned(), vec![time])),
    };
    for edit in 0..EDITS {
        let word = format!("edit{edit}");
        write(
            &file,
            format!("{before}\n\n“The {word} is what matters to all of us here now,” Ann Lee said.\n"),
        )
        .expect("a file");
        let start = Instant::now();
        let site = session.update(&touched).expect("settings that hold");
        add("update", start.elapsed());
        for (stage, time) in site.report().timings.stages() {
            add(stage, time);
        }
        for name in [page.as_str(), "index.html", "speakers/index.html", "search/index.txt"] {
            let start = Instant::now();
            let path = SitePath::new(name).expect("a path");
            let found = site.file(&path).expect("a page").expect("good templates");
            let shown = if name == page.as_str() { "its page" } else { name };
            assert!(name != page.as_str() || String::from_utf8_lossy(&found.content).contains(&word));
            add(shown, start.elapsed());
        }
    }
    write(&file, before).expect("a file");
    for (name, mut all) in times {
        all.sort_unstable();
        line(&name, all[all.len() / 2]);
    }
}

#[expect(clippy::print_stdout, reason = "this is what it is for")]
fn line(name: &str, time: Duration) {
    println!("{name:<22}{:>9.1} ms", time.as_secs_f64() * 1000.0);
}

/// Writes a file.
fn write(path: impl AsRef<Path>, text: impl AsRef<[u8]>) -> std::io::Result<()> {
    fs::File::create(path)?.write_all(text.as_ref())
}

/// Lays a site of articles that nobody wrote.
fn lay(root: &Path) -> PathBuf {
    fs::create_dir(root.join("content")).expect("a folder");
    write(root.join("dateline.toml"), "title = \"Bench\"\nbase_url = \"https://bench.example/\"\n")
        .expect("a file");
    for number in 0..ARTICLES {
        let day = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day") + chrono::Days::new(number % 900);
        let head = format!("+++\ntitle = \"Council meets for the {number}th time\"\ndate = {day}\n+++\n\n");
        let text = head + &news::article(number);
        write(root.join(format!("content/council-{number}.md")), text).expect("a file");
    }
    root.to_owned()
}

/// The entry whose name is the last.
fn newest(root: &Path) -> PathBuf {
    let mut folders = vec![root.join("content")];
    let mut entries = Vec::new();
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).expect("a folder").flatten() {
            match item.path() {
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|end| end == "md") => entries.push(path),
                _ => {}
            }
        }
    }
    entries.sort_unstable();
    let last = entries.pop().expect("an entry");
    last.strip_prefix(root).expect("an entry below the root").to_owned()
}
