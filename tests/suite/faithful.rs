//! The page of a story beside its original: with the labels and the markup taken out, the words that
//! stand there are the agency's, nothing lost, altered or out of order.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::SiteTest;

/// Classes of what a page adds to the words of an article.
const ADDED: [&str; 4] = ["who", "on", "also", "vh"];

#[test]
fn the_page_of_the_twin_story_has_its_words() {
    faithful(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/ferry-talks.txt"));
}

#[test]
fn the_page_of_the_seed_has_its_words() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("shared/seeds");
    let Ok(files) = fs::read_dir(seeds) else {
        eprintln!("skipped: ../shared is absent");
        return;
    };
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    assert!(!files.is_empty(), "no seed story");
    files.iter().for_each(|file| faithful(file));
}

#[test]
fn labels_are_told_from_words_even_inside_one_another() {
    let html = "<p>A <span class=\"said h1\">“b &amp; <em>c</em>”</span><a class=\"who h1\" href=\"/x/\">\
                <span class=\"vh\"> said by </span>D<span class=\"vh\">, E</span></a> f<br>g.</p>";
    assert_eq!(article_words(html), "A “b & c” fg.");
}

fn faithful(file: &Path) {
    let site = SiteTest::new().file("content/story.txt", fs::read(file).unwrap());
    let printed = site.run(&["annotate", "content/story.txt", "--format", "json"]).expect_ok();
    let record: Value = serde_json::from_str(&printed.stdout).unwrap();
    let page = site.build().expect_ok().page("briefs/story/index.html");
    let copy = page.split_once("<div class=\"copy\">").unwrap().1.split_once("</div>").unwrap().0;
    assert!(copy.contains("class=\"said") && copy.contains("class=\"who"), "nothing is marked");
    assert_eq!(unspaced(&article_words(copy)), unspaced(&prose(&record)));
}

/// The article without what is no part of the story: header, promotional lines, byline, credit, marks.
fn prose(record: &Value) -> String {
    let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    let mut shown = vec![true; text.len()];
    for zone in record["zones"].as_array().unwrap() {
        if !["standfirst", "dateline"].contains(&zone["kind"].as_str().unwrap()) {
            let at = |end: usize| usize::try_from(zone["span"][end].as_u64().unwrap()).unwrap();
            shown[at(0)..at(1)].fill(false);
        }
    }
    text.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|(c, _)| c).collect()
}

/// The words of HTML of our own making without its tags, and without the elements that are [`ADDED`].
fn article_words(html: &str) -> String {
    let mut out = String::new();
    // How deep we stand inside of what is added.
    let mut added = 0_usize;
    for (index, part) in html.split('<').enumerate() {
        let words = if index == 0 { part } else { part.split_once('>').unwrap().1 };
        let tag = if index == 0 { "" } else { part.split_once('>').unwrap().0 };
        let class = tag.split_once("class=\"").map_or("", |(_, rest)| rest.split(['"', ' ']).next().unwrap());
        if added > 0 || ADDED.contains(&class) {
            match (tag.starts_with('/'), tag.starts_with("br")) {
                (true, _) => added -= 1,
                (false, false) => added += 1,
                (false, true) => {}
            }
            if added > 0 {
                continue;
            }
        }
        out.push_str(words);
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .iter()
        .fold(out, |text, (entity, c)| text.replace(entity, c))
}

fn unspaced(text: &str) -> String {
    text.split_whitespace().collect()
}
