//! `dateline people`: the register's lines for speakers that it does not know.

use anyhow::Result;
use clap::Args;

use super::Exit;
use super::site::{SiteArguments, Strictness, many};
use super::terminal::Terminal;
use crate::output::author;
use crate::site::register_lines;

/// Print the lines for people.toml: every speaker that is not in it yet
///
/// people.toml is the register of speakers: an id that stands in it never changes its meaning, so
/// that links to a speaker's page last. A build never writes it. With --accept the lines are
/// added to its end; nothing that is there is changed.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[command(flatten)]
    strictness: Strictness,
    /// Add the lines to the end of people.toml
    #[arg(long)]
    accept: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let overrides = arguments.site.overrides()?;
    let Some(site) = arguments.site.load(&overrides, terminal)? else { return Ok(Exit::Content) };
    let mut content = site.content();
    crate::diag::sort(&mut content.diagnostics);
    let lines = register_lines(&content.library, &site.settings.people);
    terminal.diagnostics(&content.diagnostics, arguments.site.format, true)?;
    let exit = arguments.strictness.exit(&content.diagnostics);
    if lines.is_empty() {
        terminal.tell("people.toml knows every speaker")?;
    } else if arguments.accept {
        author::append(&arguments.site.root.join("people.toml"), &lines)?;
        let added = lines.lines().filter(|line| line.trim() == "[[person]]").count();
        terminal.line(&format!("Added {} to people.toml", many(added, "speaker")))?;
    } else {
        terminal.line(lines.trim_end())?;
    }
    Ok(exit)
}
