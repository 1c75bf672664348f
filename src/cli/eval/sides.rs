//! The two files that are compared, read or made.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use rayon::prelude::*;

use crate::cli::annotate;
use crate::cli::terminal::Terminal;
use crate::config::Settings;
use crate::record::InputLine;
use crate::site::annotate_input;
use crate::text::{CodePoints, Span};

/// A file by its name in messages.
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl File {
    pub(super) fn read(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
        Ok(Self { name, bytes })
    }
}

/// What a system has found: `system`, or what `annotate --jsonl` answers to those `lines` of the
/// gold. `None` where the settings under `root` are wrong, which was said.
pub(super) fn answers(
    system: Option<&Path>,
    gold: &File,
    lines: impl Iterator<Item = usize>,
    root: &Path,
    terminal: Terminal,
) -> Result<Option<File>> {
    if let Some(path) = system {
        return File::read(path).map(Some);
    }
    let Some(settings) = annotate::settings(root, terminal)? else { return Ok(None) };
    let bytes = annotated(gold, lines, &settings)?.into_bytes();
    Ok(Some(File { name: "dateline annotate".into(), bytes }))
}

/// The answers to `lines`, which count from 1.
fn annotated(gold: &File, lines: impl Iterator<Item = usize>, settings: &Settings) -> Result<String> {
    let all: Vec<&[u8]> = gold.bytes.split(|byte| *byte == b'\n').collect();
    let lines: Vec<usize> = lines.collect();
    let answers: Result<Vec<String>> = lines
        .par_iter()
        .map(|line| {
            let wrong = |error: &dyn std::error::Error| anyhow!("{}:{line}: {error}", gold.name);
            let text = str::from_utf8(all[line - 1]).map_err(|error| wrong(&error))?;
            let input = InputLine::parse(text).map_err(|error| wrong(&error))?;
            Ok(annotate_input(input, settings))
        })
        .collect();
    Ok(answers?.join("\n"))
}

/// The text between two code points, or up to its end, on one line.
pub(super) fn cut(text: &str, [start, end]: [u32; 2]) -> String {
    let places = CodePoints::new(text);
    let length = places.pair(Span::new(0, text.len()))[1];
    let span = places.span([start, end.min(length)]).unwrap_or_default();
    span.of(text).replace(['\n', '\r', '\t'], " ")
}

/// The words of several stretches, what lies between them left out, at most `most` characters long.
pub(super) fn words(text: &str, spans: &[[u32; 2]], most: usize) -> String {
    let parts: Vec<String> = spans.iter().map(|span| cut(text, *span)).collect();
    let all = parts.join(" … ");
    match all.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &all[..end]),
        None => all,
    }
}

/// A line on the documents that only one side has; nothing where there is none.
pub(super) fn unmatched(unanswered: usize, without: &str, unknown: usize) -> String {
    let mut lines = String::new();
    if unanswered > 0 {
        lines += &format!("\nDocuments without an answer, counted as without {without}: {unanswered}");
    }
    if unknown > 0 {
        lines += &format!("\nAnswers to documents that are not in the gold, not counted: {unknown}");
    }
    lines
}
