//! `dateline eval quotes`: how many attributions were found, and how many with the right source.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Map, Value, json};

use super::sides::{self, File};
use crate::cli::Exit;
use crate::cli::terminal::Terminal;
use crate::eval::Rates;
use crate::eval::quotes::{Figures, Gold, System, score};

mod table;

/// Measure attributions against gold: who is told to have said what, by the words for them
///
/// Each line of GOLD is a JSON object {"id", "text", "date", "title", "attributions": [{"source":
/// [[start, end], …], "cue": …, "content": …}]}. The texts are annotated as `annotate --jsonl`
/// annotates them; or SYSTEM gives the answers of any program, {"id", "quotes": [{"source", "cue",
/// "content", "kind"}]} a line. Offsets are half open and count Unicode code points.
///
/// Spans are compared as sets of words (runs of letters and digits); white space, punctuation and
/// quotation marks never matter.
///
/// "exact" wants the very words, "partial" is the mean part of each span that the other side covers
/// (Pareti et al. 2013), "tok" counts word by word. "found" are contents with a Dice coefficient of a
/// half or more, each with one other at most; "attr", the headline, are those with the right source
/// as well: it touches the head of the gold's source, or half of the words are the same. "say_attr"
/// are those with a cue of saying; the gold may mark beliefs and wishes, too. "strict" wants the
/// very words of content and source.
///
/// A content is direct, mixed or indirect as all, some or none of its words stand in quotation marks
/// in the text, whatever a system calls it. "Quoted strings" are stretches of five words or more in
/// quotation marks that the gold gives to a source: "dq_acc" is the part for which the system has
/// the right one, "dq_prec" that of those with any source, "dq_name" takes the same name elsewhere
/// in the text for right.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline eval quotes gold.jsonl
  dateline eval quotes gold.jsonl --errors 50
  dateline eval quotes gold.jsonl system.jsonl --json
  dateline eval quotes gold.jsonl system.jsonl --row 'their system'")]
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
    /// Print the chief figures as a table in Markdown with one row of this name
    #[arg(long, value_name = "NAME", conflicts_with = "json")]
    row: Option<String>,
    /// Print the first N attributions that were missed, given to the wrong source or found where
    /// nothing is
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, conflicts_with_all = ["json", "row"])]
    errors: usize,
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
    let scores = score(&gold, &system);
    if arguments.json {
        terminal.line(&serde_json::to_string_pretty(&flat(&scores.figures))?)?;
        return Ok(Exit::Fine);
    }
    if let Some(name) = &arguments.row {
        terminal.line(&table::markdown(&scores.figures, name))?;
        return Ok(Exit::Fine);
    }
    terminal.line(&table::of(&scores))?;
    if arguments.errors > 0 && !scores.slips.is_empty() {
        terminal.line("")?;
    }
    for slip in scores.slips.iter().take(arguments.errors) {
        terminal.line(&table::slip(slip))?;
    }
    Ok(Exit::Fine)
}

/// Every measure that has a precision and a recall, by its name, in the order of the table.
fn rates(figures: &Figures) -> Vec<(String, Rates)> {
    let mut rates = Vec::new();
    for (name, spans) in [("content", figures.content), ("source", figures.source), ("cue", figures.cue)] {
        rates.push((format!("{name}_exact"), spans.exact));
        rates.push((format!("{name}_partial"), spans.partial));
        rates.push((format!("{name}_tok"), spans.tokens));
    }
    rates.push(("found".into(), figures.found));
    rates.push(("attr".into(), figures.attributed));
    rates.push(("say_attr".into(), figures.saying));
    rates.push(("strict".into(), figures.strict));
    for (form, of_form) in &figures.forms {
        rates.push((format!("{}_attr", form.name()), of_form.attributed));
    }
    rates
}

/// The figures as one flat JSON object.
fn flat(figures: &Figures) -> Map<String, Value> {
    let mut flat = Map::new();
    let mut put = |key: String, value: Value| flat.insert(key, value);
    put("articles".into(), json!(figures.articles));
    put("n_gold".into(), json!(figures.gold));
    put("n_sys".into(), json!(figures.system));
    for (name, Rates { precision, recall, f1 }) in rates(figures) {
        put(format!("{name}_p"), json!(precision));
        put(format!("{name}_r"), json!(recall));
        put(format!("{name}_f1"), json!(f1));
    }
    put("say_n".into(), json!(figures.gold_saying));
    put("src_acc".into(), json!(figures.source_accuracy));
    for (form, of_form) in &figures.forms {
        put(format!("{}_n", form.name()), json!(of_form.gold));
        put(format!("{}_partial_r", form.name()), json!(of_form.partial_recall));
        put(format!("{}_found_r", form.name()), json!(of_form.found_recall));
    }
    let quotations = figures.quotations;
    put("dq_n".into(), json!(quotations.number));
    put("dq_cov".into(), json!(quotations.covered));
    put("dq_acc".into(), json!(quotations.accuracy));
    put("dq_name".into(), json!(quotations.by_name));
    put("dq_prec".into(), json!(quotations.precision));
    put("kind_acc".into(), json!(figures.claimed_form));
    flat
}
