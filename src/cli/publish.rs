//! `dateline publish`: the site, carried to where its readers find it.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _};

use anyhow::{Result, anyhow, bail};
use clap::Args;
use serde_json::json;

use super::Exit;
use super::site::{SiteArguments, many};
use super::terminal::{Format, Terminal};
use crate::config::{Target, TargetKind};
use crate::diag::nearest;
use crate::publish::place::Outgoing;
use crate::publish::plan::Plan;
use crate::publish::{Event, Outcome, PublishError, Refusal, Wish, publish, without_users};
use crate::site::Hosting;

/// Carry the site to where its readers find it
///
/// NAME is a `[publish.NAME]` of dateline.toml: a folder, a server that rsync reaches, a branch of
/// a Git repository, a bucket that speaks S3 or a WebDAV server. The site is built anew with that
/// target's address and without anything that is held back. First comes the plan: what is added,
/// changed, deleted and left alone. Files that have not changed are never sent, files that Dateline
/// did not put there are never touched, and what was published once and is withheld now is taken
/// down. Assets go first, pages next, lists and feeds after them, deletes last; a run that breaks
/// off is gone on with by the next one.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline publish web --dry-run        what would be done
  dateline publish web
  dateline publish web --max-delete 500 --format json

Exit status:
  0  the target is as it is to be (with --dry-run: the plan can be carried out)
  1  the site has errors, so nothing was published
  2  the command was wrong, or the target failed: run it again, it goes on from there
  3  nothing was touched: the plan needs a yes (too many deletes, somebody else's files in the way)

Secrets come from the environment or from where each tool keeps them, never from dateline.toml:
  rsync, git   ssh's and git's own keys and credential helpers; RSYNC_PASSWORD
  s3           AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN; ~/.aws/credentials
  webdav       WEBDAV_USERNAME, WEBDAV_PASSWORD; ~/.netrc")]
pub(super) struct Arguments {
    /// The name of a target in dateline.toml
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    site: SiteArguments,
    /// Only say what would be done
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Delete as many files as the plan says
    #[arg(short, long)]
    yes: bool,
    /// How many files may be deleted [default: the target's `max_delete`, else 100]
    #[arg(long, value_name = "N")]
    max_delete: Option<usize>,
    /// Replace files that are in the way although Dateline did not put them there
    #[arg(long)]
    take_over: bool,
    /// Publish although the content has errors: entries that have them are left out, and taken down
    #[arg(long)]
    despite_errors: bool,
}

/// How many files of each sort are named, where not all are.
const NAMED: usize = 12;

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let overrides = arguments.site.overrides()?;
    let Some(mut site) = arguments.site.load(&overrides, terminal)? else { return Ok(Exit::Content) };
    let target = target(&site.settings.site.publish, &arguments.name)?.clone();
    if let (None, Some(base_url)) = (&overrides.base_url, &target.base_url) {
        site.settings.site.base_url.clone_from(base_url);
    }
    let site = site.hosted(Hosting::from(&target));
    let Arguments { dry_run, yes, max_delete, take_over, despite_errors, .. } = *arguments;
    let wish = Wish { dry_run, max_delete, yes, take_over, despite_errors };
    let format = arguments.site.format;
    let progress = terminal.progress("Publishing");
    let done = publish(&site, &target, wish, &|event| {
        // Where the terminal is gone, there is nobody left to tell.
        let _ = tell(&event, arguments, &target, terminal);
    });
    drop(progress);
    let outcome = match done {
        Err(PublishError::Content) => {
            terminal.tell(
                "Nothing was published: the site has errors (--despite-errors leaves those entries out)",
            )?;
            return Ok(Exit::Content);
        }
        done => done?,
    };
    if format == Format::Json {
        terminal.line(&summary(&target, &outcome).to_string())?;
    } else {
        terminal.line(&last_line(&target, &outcome))?;
    }
    Ok(if matches!(outcome, Outcome::Refused(..)) { Exit::Refused } else { Exit::Fine })
}

fn target<'t>(targets: &'t [Target], name: &str) -> Result<&'t Target> {
    if let Some(target) = targets.iter().find(|target| target.name == name) {
        return Ok(target);
    }
    let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    if names.is_empty() {
        bail!(
            "dateline.toml names no place to publish to; add one:\n[publish.{name}]\nkind = \"folder\"\npath = \"/srv/site\""
        );
    }
    let near = nearest(name, &names)
        .map_or_else(|| format!("it has {}", names.join(", ")), |near| format!("did you mean `{near}`?"));
    Err(anyhow!("dateline.toml has no [publish.{name}]; {near}"))
}

fn tell(event: &Event<'_>, arguments: &Arguments, target: &Target, terminal: Terminal) -> io::Result<()> {
    let text = arguments.site.format == Format::Text;
    match event {
        Event::Built(report) if text => terminal.diagnostics(&report.diagnostics, Format::Text, true),
        Event::Built(_) => Ok(()),
        Event::Planned(plan) if text => terminal.line(&planned(plan, target, arguments.dry_run)),
        Event::Planned(_) => Ok(()),
        Event::Sent { files, of } if io::stderr().is_terminal() => {
            terminal.tell(&format!("  sent {files} of {of}"))
        }
        Event::Sent { .. } => Ok(()),
        Event::Retrying { error, after } => {
            terminal.tell(&format!("  {error}; trying again in {} s", after.as_secs_f32()))
        }
    }
}

/// The plan for people: each file that changes, and how many there are of each sort.
fn planned(plan: &Plan, target: &Target, all: bool) -> String {
    let mut text = String::new();
    let mut list = |mark: char, files: &[(&str, u64)]| {
        let shown = if all { files.len() } else { NAMED.min(files.len()) };
        for (path, size) in &files[..shown] {
            let _ = writeln!(text, "  {mark} {path}  {}", bytes(*size));
        }
        if shown < files.len() {
            let _ = writeln!(text, "  {mark} … and {} more (--dry-run names all)", files.len() - shown);
        }
    };
    list('+', &sizes(&plan.added));
    list('~', &sizes(&plan.changed));
    list('-', &plan.deleted.iter().map(|(path, size)| (path.as_str(), *size)).collect::<Vec<_>>());
    list('!', &sizes(&plan.in_the_way));
    let mut counts = vec![
        weighed(&plan.added, "added"),
        weighed(&plan.changed, "changed"),
        format!("{} deleted", plan.deleted.len()),
        format!("{} unchanged", plan.unchanged.len()),
    ];
    if !plan.kept.is_empty() {
        counts.push(format!("{} kept", plan.kept.len()));
    }
    if !plan.foreign.is_empty() {
        counts.push(format!("{} not ours", plan.foreign.len()));
    }
    let to = without_users(&target.to);
    text + &format!("Plan for {} ({} {to}): {}", target.name, kind(target.kind), counts.join(", "))
}

fn sizes(files: &[Outgoing]) -> Vec<(&str, u64)> {
    files.iter().map(|file| (file.path.as_str(), file.size)).collect()
}

fn weighed(files: &[Outgoing], word: &str) -> String {
    match files.iter().map(|file| file.size).sum() {
        0 => format!("{} {word}", files.len()),
        size => format!("{} {word} ({})", files.len(), bytes(size)),
    }
}

/// A size as people read it.
#[expect(clippy::cast_precision_loss, reason = "rounded to a tenth")]
fn bytes(size: u64) -> String {
    match size {
        0..1_000 => format!("{size} B"),
        1_000..1_000_000 => format!("{:.1} kB", size as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", size as f64 / 1e6),
        _ => format!("{:.1} GB", size as f64 / 1e9),
    }
}

fn kind(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Folder => "folder",
        TargetKind::Rsync => "rsync",
        TargetKind::Git => "git",
        TargetKind::S3 => "s3",
        TargetKind::Webdav => "webdav",
    }
}

/// What came of it, for people.
fn last_line(target: &Target, outcome: &Outcome) -> String {
    let name = &target.name;
    match outcome {
        Outcome::Published(plan) if plan.is_nothing() => {
            format!("{name} is as it is to be: nothing was sent")
        }
        Outcome::Published(plan) => format!(
            "Published {name}: {} sent ({}), {} deleted",
            many(plan.sent().count(), "file"),
            bytes(plan.bytes()),
            plan.deleted.len()
        ),
        Outcome::Planned(_) => "Nothing was touched: this was a dry run".to_owned(),
        Outcome::Refused(plan, Refusal::Deletes { allowed }) => format!(
            "Nothing was touched: {} would be deleted, and {allowed} may be. Look at the plan (--dry-run), then \
             run it again with --yes or --max-delete {}",
            many(plan.deleted.len(), "file"),
            plan.deleted.len()
        ),
        Outcome::Refused(plan, Refusal::InTheWay) => format!(
            "Nothing was touched: {} there (marked !) has the name of a page and was not put there by Dateline. \
             Move such files away, name them in `keep`, or replace them with --take-over",
            many(plan.in_the_way.len(), "file")
        ),
    }
}

/// What came of it, for programs: one object.
fn summary(target: &Target, outcome: &Outcome) -> serde_json::Value {
    let (word, plan) = match outcome {
        Outcome::Published(plan) => ("published", plan),
        Outcome::Planned(plan) => ("planned", plan),
        Outcome::Refused(plan, _) => ("refused", plan),
    };
    let reason = match outcome {
        Outcome::Refused(_, Refusal::Deletes { .. }) => Some("too-many-deletes"),
        Outcome::Refused(_, Refusal::InTheWay) => Some("in-the-way"),
        _ => None,
    };
    let paths = |files: &[Outgoing]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    let deleted: Vec<&str> = plan.deleted.iter().map(|(path, _)| path.as_str()).collect();
    let published = matches!(outcome, Outcome::Published(_));
    json!({
        "schema": 1,
        "target": target.name,
        "kind": kind(target.kind),
        "outcome": word,
        "reason": reason,
        "bytes_sent": if published { plan.bytes() } else { 0 },
        "bytes_planned": plan.bytes(),
        "unchanged": plan.unchanged.len(),
        "not_ours": plan.foreign.len(),
        "added": paths(&plan.added),
        "changed": paths(&plan.changed),
        "deleted": deleted,
        "kept": plan.kept,
        "in_the_way": paths(&plan.in_the_way),
    })
}
