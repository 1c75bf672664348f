//! Figures and slips of dates as lines for people.

use std::fmt::Write as _;

use crate::cli::eval::sides::{self, cut};
use crate::eval::Measure;
use crate::eval::dates::{Figures, GoldDocument, Mention, Scores, Slip, SlipKind};

/// Percentages are given with one decimal; the columns are named in `--help`.
const HEAD: &str = concat!(
    "                        strict             relaxed         type        value         both    accuracy\n",
    "            gold   sys     P     R    F1     P     R    F1     F1     P     R    F1     F1  type value",
);

/// The table: all expressions, each type, and under `per_doc` each document.
pub(super) fn of(scores: &Scores<'_>, per_doc: bool) -> String {
    let mut table = HEAD.to_owned();
    row(&mut table, "ALL", &scores.all);
    for (kind, figures) in &scores.by_type {
        row(&mut table, kind.unwrap_or("no type"), figures);
    }
    if per_doc {
        for (id, figures) in &scores.by_document {
            row(&mut table, id, figures);
        }
    }
    table += &sides::unmatched(scores.unanswered, "dates", scores.unknown);
    table
}

fn row(table: &mut String, name: &str, figures: &Figures) {
    let Figures { strict, relaxed, kind, value, strict_value, type_accuracy, value_accuracy } = figures;
    let three =
        |m: &Measure| format!("{:5.1} {:5.1} {:5.1}", percent(m.precision), percent(m.recall), percent(m.f1));
    let _ = write!(
        table,
        "\n{name:<10} {:>5} {:>5} {} {} {:6.1} {} {:6.1} {:5.1} {:5.1}",
        strict.gold,
        strict.system,
        three(strict),
        three(relaxed),
        percent(kind.f1),
        three(value),
        percent(strict_value.f1),
        percent(*type_accuracy),
        percent(*value_accuracy),
    );
}

fn percent(fraction: f64) -> f64 {
    100.0 * fraction
}

/// How many characters of the text a slip shows before and behind its expression.
const AROUND: u32 = 40;

/// One expression that the two sides do not agree on, in its words.
pub(super) fn slip(slip: &Slip<'_>) -> String {
    let (name, mention, verdict) = match slip.kind {
        SlipKind::Missed { gold } => ("missed", gold, format!("gold {}", said(gold))),
        SlipKind::Spurious { system } => ("spurious", system, format!("system {}", said(system))),
        SlipKind::Value { gold, system } => {
            let words = cut(&slip.document.text, [system.start, system.end]);
            ("value", gold, format!("gold {}, system {} “{words}”", said(gold), said(system)))
        }
    };
    let document = slip.document;
    let Mention { start, end, .. } = *mention;
    format!(
        "{name:<8} {}  {}[{}]{}  {verdict}",
        document.id,
        before(document, start),
        cut(&document.text, [start, end]),
        behind(document, end),
    )
}

/// The last of the text before a code point.
fn before(document: &GoldDocument, end: u32) -> String {
    let start = end.saturating_sub(AROUND);
    let more = if start > 0 { "…" } else { "" };
    format!("{more}{}", cut(&document.text, [start, end]))
}

/// The first of the text from a code point on.
fn behind(document: &GoldDocument, start: u32) -> String {
    let end = start.saturating_add(AROUND);
    let more = if cut(&document.text, [end, end.saturating_add(1)]).is_empty() { "" } else { "…" };
    format!("{}{more}", cut(&document.text, [start, end]))
}

/// Type and value.
fn said(mention: &Mention) -> String {
    let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "null".into());
    format!("{} {}", word(&mention.kind), word(&mention.value))
}
