//! `dateline train`: weights made again from articles that people have marked.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, ensure};
use clap::{Args, Subcommand};
use serde::Deserialize;

use super::Exit;
use super::terminal::Terminal;
use crate::annotate::sequence::train::{Attribution, Lesson, Recipe, train};
use crate::config::Promo;
use crate::parse;
use crate::text::{CodePoints, Span};

/// Make the weights of a model again, from articles that people have annotated by hand
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  dateline train quotes gold.jsonl -o attribution.bin")]
pub(super) struct Arguments {
    #[command(subcommand)]
    model: Model,
}

/// What is trained: one model each.
#[derive(Debug, Subcommand)]
enum Model {
    Quotes(Quotes),
}

/// Train the model that finds who said what: sources, cues and contents
///
/// Each line of GOLD is a JSON object {"id", "text", "attributions": [{"source", "cue", "content"}]};
/// each part is a list of [start, end], half open, in Unicode code points of the text. The same
/// lines give the same weights, byte for byte. Eight hundred articles take some minutes on one core.
#[derive(Debug, Args)]
struct Quotes {
    /// What people have marked, as JSON lines
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// The file of weights to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
struct Line {
    text: String,
    attributions: Vec<Marked>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
struct Marked {
    #[serde(default)]
    source: Vec<[u32; 2]>,
    #[serde(default)]
    cue: Vec<[u32; 2]>,
    #[serde(default)]
    content: Vec<[u32; 2]>,
}

pub(super) fn run(arguments: &Arguments, terminal: Terminal) -> Result<Exit> {
    let Model::Quotes(Quotes { gold, output }) = &arguments.model;
    let lessons = lessons(gold)?;
    let weights = train(&lessons, Recipe::default());
    let cannot = || format!("cannot write {}", output.display());
    File::create(output).and_then(|mut file| file.write_all(&weights)).with_context(cannot)?;
    terminal.tell(&format!("{}: {} articles, {} bytes", output.display(), lessons.len(), weights.len()))?;
    Ok(Exit::Fine)
}

/// The articles of the file, each with what is marked in it.
fn lessons(path: &Path) -> Result<Vec<Lesson>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lessons = Vec::new();
    for (number, line) in (1..).zip(BufReader::new(file).lines()) {
        let at = || format!("{}:{number}", path.display());
        let line = line.with_context(at)?;
        if !line.trim().is_empty() {
            lessons.push(lesson(&line).with_context(at)?);
        }
    }
    ensure!(!lessons.is_empty(), "{}: there is no article to learn from", path.display());
    Ok(lessons)
}

fn lesson(line: &str) -> Result<Lesson> {
    let line: Line = serde_json::from_str(line).map_err(|error| anyhow!("not a marked article: {error}"))?;
    let points = CodePoints::new(&line.text);
    let spans = |pairs: &[[u32; 2]]| -> Result<Vec<Span>> {
        let span = |pair: &[u32; 2]| {
            let outside = || anyhow!("the span {}..{} lies outside the text", pair[0], pair[1]);
            points.span(*pair).ok_or_else(outside)
        };
        pairs.iter().map(span).collect()
    };
    let attributions = line.attributions.iter().map(|marked| {
        Ok(Attribution {
            source: spans(&marked.source)?,
            cue: spans(&marked.cue)?,
            content: spans(&marked.content)?,
        })
    });
    let attributions = attributions.collect::<Result<_>>()?;
    let (document, _) = parse::wire::document(line.text, &Promo::default());
    Ok(Lesson { document, attributions })
}
