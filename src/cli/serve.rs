//! `dateline serve`: the preview.

use std::io::ErrorKind;
use std::process::{Command, Stdio};

use anyhow::{Result, anyhow, bail};
use clap::Args;

use super::Exit;
use super::build::print_timings;
use super::site::{SiteArguments, many};
use super::terminal::{Format, Terminal};
use crate::diag::Severity;
use crate::serve::{self, Event, Host, Options};
use crate::site::{Overrides, Report, output_folder};

/// Look at the site on this machine, and see every change at once
///
/// The site is served from memory under its real path, to this machine alone. Whenever something
/// in content/, templates/, static/, themes/, dateline.toml or people.toml is saved, what changed is
/// read again, and open pages follow in place. A mistake lies on top of the last good page until it is
/// mended; a strip tells what the annotator is unsure of, with the lines that settle it.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline serve
  dateline serve --open --drafts
  dateline serve --port 8000 --to-disk
  dateline serve --host 0.0.0.0          other machines may look, too")]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Where to listen: an address of this machine, 0.0.0.0 for all of them, or its name. Whoever
    /// reaches it reads drafts
    #[arg(long, value_name = "HOST", value_parser = Host::parse, default_value = "127.0.0.1")]
    host: Host,
    /// The port [default: the first free one from 1111 on]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Show drafts, too
    #[arg(long)]
    drafts: bool,
    /// Show entries dated after today, too
    #[arg(long)]
    future: bool,
    /// Print how long each stage of each change took
    #[arg(long)]
    timings: bool,
    /// Write public/ on each change, too, as `build` would
    #[arg(long)]
    to_disk: bool,
}

pub(super) fn run(arguments: Arguments, terminal: Terminal) -> Result<Exit> {
    let root = arguments.site.root.clone();
    if !root.join("content").is_dir() {
        bail!("{} has no content/ folder; `dateline init` lays down a site", root.display());
    }
    let overrides =
        Overrides { drafts: arguments.drafts, future: arguments.future, ..arguments.site.overrides()? };
    let to_disk =
        arguments.to_disk.then(|| output_folder(&root, None)).transpose().map_err(|e| anyhow!(e))?;
    let options = Options { root, overrides, host: arguments.host, port: arguments.port, to_disk };
    let (format, open, timings) = (arguments.site.format, arguments.open, arguments.timings);
    serve::run(options, move |event| {
        // Where the terminal is gone, there is nobody left to tell.
        let _ = tell(&event, (format, open, timings), terminal);
    })?;
    Ok(Exit::Fine)
}

fn tell(
    event: &Event,
    (format, open, timings): (Format, bool, bool),
    terminal: Terminal,
) -> std::io::Result<()> {
    match event {
        Event::Built { report, new } => {
            terminal.diagnostics(new, format, false)?;
            if timings {
                print_timings(report, terminal)?;
            }
            terminal.tell(&built(report))
        }
        Event::Failed(report) => {
            terminal.diagnostics(&report.diagnostics, format, false)?;
            terminal.tell("Not built: the last good site stays")
        }
        Event::Listening(url) => {
            terminal.line(&format!("Listening on {url} (stop with Ctrl+C)"))?;
            if open && let Err(error) = browse(url) {
                terminal.tell(&format!("Cannot open a browser: {error}"))?;
            }
            Ok(())
        }
        Event::NotWritten(error) => terminal.tell(&format!("Not written: {error}")),
    }
}

fn built(report: &Report) -> String {
    let time = report.timings.stages().iter().map(|(_, time)| time.as_millis()).sum::<u128>();
    let wrong = match report.count(Severity::Error) {
        0 => String::new(),
        n => format!(", {}", many(n, "error")),
    };
    format!("Built {} on {} in {time} ms{wrong}", many(report.briefs, "brief"), many(report.pages, "page"))
}

/// Opens `url` with the system's own opener.
fn browse(url: &str) -> std::io::Result<()> {
    let (program, before): (_, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(before).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(std::io::Error::new(ErrorKind::NotFound, format!("`{program}` is not installed")))
        }
        Err(error) => Err(error),
    }
}
