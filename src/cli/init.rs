//! `dateline init`: a small site to start from.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

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
  dateline init my-site         in a new one")]
pub(super) struct Arguments {
    /// The folder
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
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
    for (name, content) in FILES {
        let path = arguments.folder.join(name);
        if author::create(&path, &content.replace("TODAY", &today))? {
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
