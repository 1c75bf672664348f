//! `dateline eval`: annotations measured against gold.

use anyhow::Result;
use clap::{Args, Subcommand};

use super::Exit;
use super::terminal::Terminal;

mod dates;
mod quotes;
mod sides;
mod speakers;

/// Measure annotations against gold, articles that people have annotated by hand
///
/// Each layer of annotation has measures of its own; `dateline eval dates --help` says which, and so
/// for quotes and speakers.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline eval dates gold.jsonl
  dateline eval quotes gold.jsonl
  dateline eval speakers gold.jsonl --errors 20
  dateline eval dates gold.jsonl system.jsonl --json")]
pub(super) struct Arguments {
    #[command(subcommand)]
    layer: Layer,
}

/// What is measured: one layer of annotation each.
#[derive(Debug, Subcommand)]
enum Layer {
    Dates(dates::Arguments),
    Quotes(quotes::Arguments),
    Speakers(speakers::Arguments),
}

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    match &arguments.layer {
        Layer::Dates(arguments) => dates::run(arguments, terminal),
        Layer::Quotes(arguments) => quotes::run(arguments, terminal),
        Layer::Speakers(arguments) => speakers::run(arguments, terminal),
    }
}
