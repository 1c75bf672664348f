//! `dateline annotate`: who said what and when, without a site.

use std::io::{self, BufRead, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::terminal::{self, Terminal};
use super::{Exit, clock};
use crate::config::Settings;
use crate::diag::{Diagnostic, Severity};
use crate::site::{Loaded, Overrides, Site, annotate_file, annotate_line, fragment, written};

mod explained;
mod listing;

/// The form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: statements with speaker, day and confidence; then dates.
    Text,
    /// One JSON object a file, one a line (schema 1).
    Json,
    /// The article's words as HTML, as its page has them.
    Html,
}

/// Say who said what and when, in articles of any folder
///
/// With --jsonl, each line of standard input is a JSON object {"id", "text", "date", "title"} and
/// is answered by one line on standard output, in the same order, at once. A line that cannot be
/// read is answered by {"id", "error": {"code", "message", "line"}} and makes the exit status 1
/// at the end; it never stops the others. An editor's notes beside a file (story.notes.toml beside
/// story.txt) and in its front matter hold.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline annotate story.txt
  dateline annotate --explain story.txt
  dateline annotate --format json content/*.md > records.jsonl
  dateline annotate --jsonl < articles.jsonl > records.jsonl")]
pub(super) struct Arguments {
    /// Articles: Markdown with front matter, or wire copy
    #[arg(value_name = "FILE", required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// The form of the answer
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text", conflicts_with = "jsonl")]
    format: Format,
    /// Say of each attribution what found it, how its speaker is known and how sure each step is
    #[arg(long, conflicts_with = "jsonl")]
    explain: bool,
    /// Read JSON lines on standard input, and answer with JSON lines
    #[arg(long)]
    jsonl: bool,
    /// The publication date of files that give none
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    date: Option<NaiveDate>,
    /// The folder whose dateline.toml holds
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let Some(settings) = settings(&arguments.root, terminal)? else { return Ok(Exit::Content) };
    if arguments.jsonl {
        return lines(&settings, &mut io::stdin().lock(), &mut io::stdout().lock());
    }
    if arguments.explain && arguments.format != Format::Text {
        bail!("--explain is for people to read: leave --format out, or say --format text");
    }
    let mut diagnostics = Vec::new();
    for file in &arguments.files {
        if let Err(error) = std::fs::metadata(file) {
            bail!("cannot read {}: {error}", file.display());
        }
        one(arguments, &settings, file, &mut diagnostics)?;
    }
    crate::diag::sort(&mut diagnostics);
    terminal.diagnostics(&diagnostics, terminal::Format::Text, false)?;
    let wrong = diagnostics.iter().any(|d| d.severity == Severity::Error);
    Ok(if wrong { Exit::Content } else { Exit::Fine })
}

fn one(
    arguments: &Arguments,
    settings: &Settings,
    file: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<()> {
    let (record, problems) = annotate_file(file, settings, arguments.date);
    diagnostics.extend(problems);
    let Some(record) = record else { return Ok(()) };
    let answer = match arguments.format {
        Format::Text => listing::of(&record, settings.site.threshold, arguments.explain),
        Format::Json => written(&record) + "\n",
        Format::Html => fragment(&record, settings),
    };
    Ok(io::stdout().lock().write_all(answer.as_bytes())?)
}

/// The settings of the folder; nothing of them depends on the day, since nothing is held back.
pub(super) fn settings(root: &Path, terminal: Terminal) -> Result<Option<Settings>> {
    let build_date = clock::build_date(None)?;
    let overrides = Overrides { build_date, base_url: None, drafts: true, future: true };
    let Loaded { site, diagnostics } = Site::load(root, &overrides);
    if site.is_none() {
        terminal.diagnostics(&diagnostics, terminal::Format::Text, false)?;
    }
    Ok(site.map(|site| site.settings))
}

/// The longest line that is read: one that never ends must not fill the memory.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Answers each line of `input` by a line of `output`, flushed.
fn lines(settings: &Settings, input: &mut impl BufRead, output: &mut impl Write) -> Result<Exit> {
    let mut exit = Exit::Fine;
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        if input.take(LONGEST).read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        if bytes.len() as u64 == LONGEST && bytes.last() != Some(&b'\n') {
            return Err(anyhow!("line {number} is longer than {} MiB", LONGEST >> 20));
        }
        let line = bytes.trim_ascii_end();
        if line.is_empty() {
            continue;
        }
        let line = annotate_line(line, settings, number).unwrap_or_else(|error| {
            exit = Exit::Content;
            error
        });
        writeln!(output, "{line}")?;
        output.flush()?;
    }
    Ok(exit)
}
