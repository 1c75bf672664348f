//! The command line: the only place that prints, and the only one that asks for the date.
//!
//! Entry point: [`run`]. One file a subcommand; each answers with an [`Exit`].

mod annotate;
mod build;
mod check;
mod clock;
mod completions;
mod eval;
mod init;
mod new;
mod people;
mod publish;
#[cfg(feature = "serve")]
mod serve;
mod site;
mod terminal;
mod train;

use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use terminal::Terminal;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// All is well.
    Fine = 0,
    /// Something in the content is wrong, and was said.
    Content = 1,
    /// The command was wrong, or the disk or network refused.
    World = 2,
    /// A publish needs a yes first; nothing was touched.
    Refused = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A static site generator for annotated news briefs: who said what, and when.
///
/// A folder of articles goes in, Markdown with front matter or plain wire copy. Each is read for
/// its quotations, its speakers and its dates; out comes a linked site with a page for every
/// brief, every speaker and every day.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, long_about, after_long_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  dateline init my-site                 lay down a small site to start from
  dateline build                        build the site in this folder into public/
  dateline serve --open                 look at it, and see every change at once
  dateline publish web --dry-run        what would be sent to [publish.web], and what deleted
  dateline check                        say what is wrong, links inside the site included
  dateline annotate story.txt           who said what and when, in one article
  dateline people --accept              write new speakers into people.toml
  dateline eval dates gold.jsonl        how many dates are found, and how many rightly
  dateline eval quotes gold.jsonl       how many attributions, and how many with the right source
  dateline eval speakers gold.jsonl     how often the right speaker is behind the source
  dateline train quotes gold.jsonl -o w.bin   make the weights of the model again

Exit status:
  0  all is well
  1  something in the content is wrong (under --deny-warnings, a warning too)
  2  the command was wrong, or the disk or network refused
  3  a publish needs a yes first; nothing was touched

Environment:
  SOURCE_DATE_EPOCH  the day of the build, in seconds since 1970, where --as-of gives none
  NO_COLOR           no colours";

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    Check(check::Arguments),
    Annotate(annotate::Arguments),
    People(people::Arguments),
    Publish(publish::Arguments),
    Eval(eval::Arguments),
    Init(init::Arguments),
    New(new::Arguments),
    Train(train::Arguments),
    Completions(completions::Arguments),
}

/// Reads the command line and does what it says.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Where even the usage cannot be printed, the status still tells.
            let _ = error.print();
            return if error.use_stderr() { Exit::World.into() } else { Exit::Fine.into() };
        }
    };
    let terminal = Terminal::of_process();
    match dispatch(arguments.command, terminal) {
        Ok(exit) => exit.into(),
        // Whoever closed the pipe has seen enough.
        Err(error) if broken_pipe(&error) => Exit::Fine.into(),
        Err(error) => {
            let _ = terminal.tell(&format!("dateline: {error:#}"));
            Exit::World.into()
        }
    }
}

fn dispatch(command: Command, terminal: Terminal) -> Result<Exit> {
    match command {
        Command::Build(arguments) => build::run(&arguments, terminal),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(arguments, terminal),
        Command::Check(arguments) => check::run(&arguments, terminal),
        Command::Annotate(arguments) => annotate::run(&arguments, terminal),
        Command::People(arguments) => people::run(&arguments, terminal),
        Command::Publish(arguments) => publish::run(&arguments, terminal),
        Command::Eval(arguments) => eval::run(&arguments, terminal),
        Command::Init(arguments) => init::run(&arguments, terminal),
        Command::New(arguments) => new::run(&arguments, terminal),
        Command::Train(arguments) => train::run(&arguments, terminal),
        Command::Completions(arguments) => completions::run(&arguments),
    }
}

fn broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_hold_together() {
        super::Arguments::command().debug_assert();
    }
}
