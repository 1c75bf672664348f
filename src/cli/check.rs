//! `dateline check`: everything that is wrong, and nothing written.

use anyhow::Result;
use clap::Args;

use super::Exit;
use super::site::{SiteArguments, Strictness, many};
use super::terminal::{Format, Terminal};

/// Say everything that `build` would say, and follow every link inside the site; write nothing
///
/// Besides what a build says, `check` names links and anchors that lead nowhere, and each brief
/// that credits an agency, is shown in full and says nothing about rights.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline check
  dateline check --deny-warnings --format json")]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[command(flatten)]
    strictness: Strictness,
    /// Print errors alone
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let overrides = arguments.site.overrides()?;
    let Some(site) = arguments.site.load(&overrides, terminal)? else { return Ok(Exit::Content) };
    let progress = terminal.progress("Checking");
    let report = site.check()?;
    drop(progress);
    terminal.diagnostics(&report.diagnostics, arguments.site.format, arguments.quiet)?;
    if !arguments.quiet && arguments.site.format == Format::Text {
        terminal.line(&format!(
            "Checked {} on {} as of {}",
            many(report.briefs, "brief"),
            many(report.pages, "page"),
            overrides.build_date
        ))?;
    }
    Ok(arguments.strictness.exit(&report.diagnostics))
}
