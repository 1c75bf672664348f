//! `dateline build`: the site, written.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use clap::Args;

use super::Exit;
use super::site::{SiteArguments, Strictness, many};
use super::terminal::{Format, Terminal};
use crate::site::{Overrides, Report, Site, output_folder};

/// Build the site into public/
///
/// Everything under content/ is read, annotated and rendered. All of the new site is written, or
/// none of it: a build that is stopped at any moment leaves the last good site. Only files that
/// have changed are touched, and nothing that Dateline did not write is ever replaced or deleted.
/// A mistake in one entry is named and leaves that entry out; the rest of the site is built.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline build
  dateline build --base-url https://example.org/news/ --output dist
  dateline build --as-of 2025-12-06 --deny-warnings --format json")]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[command(flatten)]
    strictness: Strictness,
    /// The folder to write to [default: public/ in the site's folder]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Print how long each stage took
    #[arg(long)]
    timings: bool,
    /// How many threads to use [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print errors alone
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let overrides = arguments.site.overrides()?;
    let output = output_folder(&arguments.site.root, arguments.output.as_deref()).map_err(|e| anyhow!(e))?;
    let Some(site) = arguments.site.load(&overrides, terminal)? else { return Ok(Exit::Content) };
    let progress = terminal.progress("Building");
    let report = threads(arguments.threads, || site.build(&output))??;
    drop(progress);
    terminal.diagnostics(&report.diagnostics, arguments.site.format, arguments.quiet)?;
    if arguments.timings {
        print_timings(&report, terminal)?;
    }
    if !arguments.quiet && arguments.site.format == Format::Text {
        terminal.line(&summary(&report, &overrides, &output))?;
        if !report.stopped {
            terminal.line(&look(arguments, &site))?;
        }
    }
    Ok(arguments.strictness.exit(&report.diagnostics))
}

/// Runs `work` on so many threads.
fn threads<T: Send>(count: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T> {
    let Some(count) = count else { return Ok(work()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count.into()).build();
    Ok(pool.context("cannot start the threads")?.install(work))
}

/// The last line: what was built, as of which day, and where it is.
fn summary(report: &Report, overrides: &Overrides, output: &Path) -> String {
    let day = overrides.build_date;
    if report.stopped {
        return format!("Nothing was written: a template is wrong. {} is as it was", output.display());
    }
    let changes = report.changes.unwrap_or_default();
    let mut changed =
        vec![format!("{} written", changes.written), format!("{} unchanged", changes.unchanged)];
    if changes.deleted > 0 {
        changed.push(format!("{} deleted", changes.deleted));
    }
    format!(
        "Built {}, {}, {} as of {day} → {}{} ({})",
        many(report.briefs, "brief"),
        many(report.speakers, "speaker"),
        many(report.statements, "statement"),
        output.strip_prefix(".").unwrap_or(output).display(),
        std::path::MAIN_SEPARATOR,
        changed.join(", "),
    )
}

/// Where to look.
fn look(arguments: &Arguments, site: &Site) -> String {
    let root = match arguments.site.root.as_path() {
        root if root == Path::new(".") => String::new(),
        root => format!(" --root {}", root.display()),
    };
    format!("Look at it: dateline serve{root} (http://127.0.0.1:1111{})", site.settings.site.base_url.path())
}

/// A line for each stage.
pub(super) fn print_timings(report: &Report, terminal: Terminal) -> std::io::Result<()> {
    for (stage, time) in report.timings.stages() {
        terminal.tell(&format!("{stage:<9}{:>9.1} ms", time.as_secs_f64() * 1000.0))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::site::Changes;

    #[test]
    fn the_last_line_names_the_day_and_the_place() {
        let build_date = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let overrides = Overrides { build_date, base_url: None, drafts: false, future: false };
        let changes = Some(Changes { written: 3, unchanged: 20, deleted: 0 });
        let mut report = Report { briefs: 14, speakers: 1, statements: 52, changes, ..Report::default() };
        let line = summary(&report, &overrides, Path::new("./public"));
        assert_eq!(
            line.replace('\\', "/"),
            "Built 14 briefs, 1 speaker, 52 statements as of 2026-11-23 → public/ (3 written, 20 unchanged)"
        );
        report.stopped = true;
        let line = summary(&report, &overrides, Path::new("public"));
        assert_eq!(line, "Nothing was written: a template is wrong. public is as it was");
    }
}
