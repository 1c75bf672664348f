//! `dateline eval dates`: how many dates were found, and how many were read rightly.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use serde_json::{Map, Value, json};

use super::sides::{self, File};
use crate::cli::Exit;
use crate::cli::terminal::Terminal;
use crate::eval::dates::{Choice, Figures, Gold, Scores, System, score};

mod table;

/// Measure dates against gold: precision, recall and F1 of spans, types and values
///
/// Each line of GOLD is a JSON object {"id", "text", "date", "title", "timexes": [{"start", "end",
/// "type", "value", "in_header"}]}. The texts are annotated as `annotate --jsonl` annotates them;
/// or SYSTEM gives the answers of any program, {"id", "dates": [...]} a line. Offsets are half
/// open and count Unicode code points.
///
/// Expressions that share a character meet, each one other at most, the best pairs first. "strict"
/// wants the same span, "relaxed" an overlap, "type" and "value" an overlap and the same type or
/// value, "both" the same span and value. Value F1 is the headline measure of TempEval-3. A gold
/// expression whose value is null counts for its span and not for its value.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline eval dates gold.jsonl
  dateline eval dates gold.jsonl --errors 50
  dateline eval dates gold.jsonl system.jsonl --types DATE,TIME --json")]
pub(super) struct Arguments {
    /// What people have marked, as JSON lines
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// What a system has found, as JSON lines [default: what Dateline finds]
    #[arg(value_name = "SYSTEM")]
    system: Option<PathBuf>,
    /// Print the figures as one JSON object, fractions in full
    #[arg(long)]
    json: bool,
    /// Count expressions of these types alone
    #[arg(long, value_name = "TYPES", value_delimiter = ',', value_parser = ["DATE", "TIME", "DURATION", "SET"])]
    types: Option<Vec<String>>,
    /// Leave out what stands in the headline or in the header
    #[arg(long)]
    no_header: bool,
    /// Print the first N expressions that were missed, valued wrongly or found where nothing is
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, conflicts_with = "json")]
    errors: usize,
    /// Print the figures of each document, too
    #[arg(long)]
    per_doc: bool,
    /// Compare values as they are written: 199X is not 199, 14:30Z is not 14:30
    #[arg(long)]
    exact: bool,
    /// The folder whose dateline.toml holds
    #[arg(long, value_name = "DIR", default_value = ".", conflicts_with = "system")]
    root: PathBuf,
}

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let file = File::read(&arguments.gold)?;
    let gold = Gold::read(&file.name, &file.bytes)?;
    let lines = gold.documents.iter().map(|document| document.line);
    let system = arguments.system.as_deref();
    let Some(answers) = sides::answers(system, &file, lines, &arguments.root, terminal)? else {
        return Ok(Exit::Content);
    };
    let system = System::read(&answers.name, &answers.bytes, &gold)?;
    let choice = Choice {
        types: arguments.types.as_ref().map(|types| types.iter().cloned().collect::<BTreeSet<_>>()),
        body_only: arguments.no_header,
        exact: arguments.exact,
    };
    let scores = score(&gold, &system, &choice);
    if arguments.json {
        terminal.line(&written(&scores, gold.documents.len(), arguments.per_doc)?)?;
        return Ok(Exit::Fine);
    }
    terminal.line(&table::of(&scores, arguments.per_doc))?;
    if arguments.errors > 0 && !scores.slips.is_empty() {
        terminal.line("")?;
    }
    for slip in scores.slips.iter().take(arguments.errors) {
        terminal.line(&table::slip(slip))?;
    }
    Ok(Exit::Fine)
}

/// The figures as one JSON object.
fn written(scores: &Scores<'_>, documents: usize, per_doc: bool) -> Result<String> {
    let mut all = serde_json::to_value(scores.all)?;
    let object = all.as_object_mut().context("figures are an object")?;
    let figures = |figures: &Figures| serde_json::to_value(figures);
    let mut by_type = Map::new();
    for (kind, of_type) in &scores.by_type {
        by_type.insert(kind.unwrap_or("null").to_owned(), figures(of_type)?);
    }
    object.insert("per_type".into(), Value::Object(by_type));
    object.insert("documents".into(), json!(documents));
    object.insert("documents_without_system_line".into(), json!(scores.unanswered));
    object.insert("system_documents_not_in_gold".into(), json!(scores.unknown));
    if per_doc {
        let mut by_document = Map::new();
        for (id, of_document) in &scores.by_document {
            by_document.insert((*id).to_owned(), figures(of_document)?);
        }
        object.insert("docs".into(), Value::Object(by_document));
    }
    Ok(serde_json::to_string_pretty(&all)?)
}
