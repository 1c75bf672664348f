//! `dateline init`: a small site to start from.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::site::many;
use super::terminal::Terminal;
use super::{Exit, clock};
use crate::output::author;

/// Lay down a small site to start from; nothing that is there is changed
///
/// Makes dateline.toml, people.toml, a first brief and an About page. Files that are there
/// already stay as they are.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline init                 in this folder
  dateline init my-site         in a new one
  dateline init --workflow github-pages
                                and a workflow that builds and shows the site on each push")]
pub(super) struct Arguments {
    /// The folder
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Lay down a workflow, too, that builds the site and shows it on each push
    #[arg(long, value_enum, value_name = "HOST")]
    workflow: Option<Workflow>,
}

/// Whose workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Workflow {
    /// .github/workflows/pages.yml
    GithubPages,
    /// .gitlab-ci.yml
    GitlabPages,
}

impl Workflow {
    /// The file's path and its text: `VERSION` stands for ours.
    fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::GithubPages => (".github/workflows/pages.yml", include_str!("init/github-pages.yml")),
            Self::GitlabPages => (".gitlab-ci.yml", include_str!("init/gitlab-pages.yml")),
        }
    }
}

/// What is laid down: `TODAY` stands for the day.
const FILES: [(&str, &str); 4] = [
    ("dateline.toml", include_str!("init/dateline.toml")),
    ("people.toml", include_str!("init/people.toml")),
    ("content/first-brief.md", include_str!("init/first-brief.md")),
    ("content/pages/about.md", include_str!("init/about.md")),
];

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let today = clock::build_date(None)?.to_string();
    let mut made = 0;
    let workflow = arguments.workflow.map(Workflow::file);
    for (name, content) in FILES.into_iter().chain(workflow) {
        let path = arguments.folder.join(name);
        let content = content.replace("TODAY", &today).replace("VERSION", env!("CARGO_PKG_VERSION"));
        if author::create(&path, &content)? {
            terminal.line(&format!("  made {}", path.display()))?;
            made += 1;
        } else {
            terminal.line(&format!("  kept {}", path.display()))?;
        }
    }
    let root = match arguments.folder.to_str() {
        Some(".") => String::new(),
        _ => format!(" --root {}", arguments.folder.display()),
    };
    terminal.line(&format!("{} made. Look at the site: dateline serve{root} --open", many(made, "file")))?;
    Ok(Exit::Fine)
}
