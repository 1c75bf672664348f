//! `dateline new`: a brief's skeleton.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;
use clap::Args;

use super::terminal::Terminal;
use super::{Exit, clock};
use crate::output::author;
use crate::text::fold;

/// Start a brief: its file, with today's date
///
/// A title makes content/TITLE.md. A path (with a slash, or ending in .md or .txt) is taken as it
/// is, below content/; .txt makes wire copy with its header line.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline new \"Harbour bridge reopens\"      content/harbour-bridge-reopens.md
  dateline new harbour/bridge.md             content/harbour/bridge.md
  dateline new harbour/bridge.txt            wire copy")]
pub(super) struct Arguments {
    /// The headline, or the path of the file
    #[arg(value_name = "TITLE|PATH")]
    what: String,
    /// The site's folder: the one that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The brief's date [default: today]
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    date: Option<NaiveDate>,
}

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let day = clock::build_date(arguments.date)?;
    let (below, title) = place(&arguments.what).map_err(|error| anyhow!(error))?;
    let path = arguments.root.join("content").join(below);
    let wire = path.extension().is_some_and(|extension| extension == "txt");
    if !author::create(&path, &skeleton(&title, day, wire))? {
        bail!("{} is there already", path.display());
    }
    terminal.line(&path.strip_prefix(".").unwrap_or(&path).display().to_string())?;
    Ok(Exit::Fine)
}

/// The path below content/ and the headline.
fn place(what: &str) -> Result<(PathBuf, String), String> {
    let path = what.strip_prefix("content/").unwrap_or(what);
    let named = [".md", ".markdown", ".txt"].iter().any(|extension| path.ends_with(extension));
    if !named && !what.contains('/') {
        let slug = fold::slug(what);
        if slug.is_empty() {
            return Err(format!("`{what}` has no letters to make a file name of; give a path"));
        }
        return Ok((format!("{slug}.md").into(), what.trim().to_owned()));
    }
    let path = if named { path.to_owned() } else { format!("{path}.md") };
    crate::output::SitePath::new(&path)
        .map_err(|bad| format!("`{what}` is no path below content/: {}", bad.reason))?;
    let stem = Path::new(&path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let mut title = stem.replace(['-', '_'], " ");
    if let Some(first) = title.get(..1) {
        let capital = first.to_uppercase();
        title.replace_range(..1, &capital);
    }
    Ok((path.into(), title))
}

fn skeleton(title: &str, day: NaiveDate, wire: bool) -> String {
    if wire {
        return format!("date {day}\n\n{title}\n\nPLACE - \n");
    }
    let title = toml::Value::String(title.to_owned());
    format!("+++\ntitle = {title}\ndate = {day}\ntopics = []\ndraft = true\n+++\n\nPLACE - \n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_or_a_path() {
        let at = |what| place(what).map(|(path, title)| (path.display().to_string(), title));
        let both = |path: &str, title: &str| Ok((path.to_owned(), title.to_owned()));
        assert_eq!(at("Élan vital!"), both("elan-vital.md", "Élan vital!"));
        assert_eq!(at("content/a/kyiv-talks.txt"), both("a/kyiv-talks.txt", "Kyiv talks"));
        assert_eq!(at("a/b"), both("a/b.md", "B"));
        for bad in ["../up.md", "/etc/x.md", "a/../../b", "!!!", "a//b"] {
            assert!(place(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_headline_is_quoted_as_toml_wants_it() {
        let day = NaiveDate::from_ymd_opt(2025, 12, 6).unwrap();
        let text = skeleton("A \"quoted\" \\ title", day, false);
        let front: toml::Table = text.split("+++").nth(1).unwrap().parse().unwrap();
        assert_eq!(front["title"].as_str(), Some("A \"quoted\" \\ title"));
        assert!(skeleton("A", day, true).starts_with("date 2025-12-06\n"));
    }
}
