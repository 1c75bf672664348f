//! Figures and slips of attributions as lines for people.

use std::fmt::Write as _;

use super::rates;
use crate::cli::eval::sides;
use crate::eval::Rates;
use crate::eval::quotes::{Attribution, Figures, Form, FormFigures, Scores, Slip, SlipKind};

/// The table, in percent with two decimals; the rows are explained in `--help`.
pub(super) fn of(scores: &Scores<'_>) -> String {
    let figures = &scores.figures;
    let mut table = format!(
        "articles {}, attributions: gold {}, system {}\n{:<24}P      R     F1",
        figures.articles, figures.gold, figures.system, ""
    );
    for (name, Rates { precision, recall, f1 }) in rates(figures) {
        let _ = write!(table, "\n{name:<18} {} {} {}", percent(precision), percent(recall), percent(f1));
    }
    let _ = write!(table, "\nright source where the content was found {}", percent(figures.source_accuracy));
    for (form, of_form) in &figures.forms {
        let FormFigures { gold, partial_recall, found_recall, attributed } = of_form;
        let _ = write!(
            table,
            "\n{:<8} {gold:>6}, recall: partial {} found {} attr {}",
            form.name(),
            percent(*partial_recall),
            percent(*found_recall),
            percent(attributed.recall),
        );
    }
    let quotations = &figures.quotations;
    let _ = write!(
        table,
        "\nquoted strings of five words or more: {}, covered {} dq_acc {} dq_prec {} dq_name {}",
        quotations.number,
        percent(quotations.covered),
        percent(quotations.accuracy),
        percent(quotations.precision),
        percent(quotations.by_name),
    );
    if let Some(claimed) = figures.claimed_form {
        let _ = write!(table, "\nwhat the system calls direct, mixed or indirect is so {}", percent(claimed));
    }
    table + &sides::unmatched(scores.unanswered, "attributions", scores.unknown)
}

fn percent(fraction: f64) -> String {
    format!("{:6.2}", 100.0 * fraction)
}

/// The chief figures in Markdown, in percent with one decimal.
pub(super) fn markdown(figures: &Figures, name: &str) -> String {
    let form = |form: Form| figures.forms.get(&form).map(|f| f.attributed).unwrap_or_default();
    let [direct, mixed, indirect] = Form::ALL.map(form);
    let quotations = &figures.quotations;
    let columns = [
        ("C-ex", figures.content.exact.f1),
        ("C-p P", figures.content.partial.precision),
        ("C-p R", figures.content.partial.recall),
        ("C-p F", figures.content.partial.f1),
        ("S-ex", figures.source.exact.f1),
        ("S-p", figures.source.partial.f1),
        ("Cue-ex", figures.cue.exact.f1),
        ("Cue-p", figures.cue.partial.f1),
        ("AttrP", figures.attributed.precision),
        ("AttrR", figures.attributed.recall),
        ("AttrF", figures.attributed.f1),
        ("SayF", figures.saying.f1),
        ("StrictF", figures.strict.f1),
        ("SrcAcc", figures.source_accuracy),
        ("dirR", direct.recall),
        ("mixR", mixed.recall),
        ("indR", indirect.recall),
        ("dirF", direct.f1),
        ("mixF", mixed.f1),
        ("indF", indirect.f1),
        ("dq", quotations.accuracy),
        ("dqP", quotations.precision),
        ("dqName", quotations.by_name),
    ];
    let (mut head, mut rule, mut row) =
        ("| system |".to_owned(), "|---|".to_owned(), format!("| {} |", name.replace('|', "\\|")));
    for (column, figure) in columns {
        let _ = write!(head, " {column} |");
        rule += "---|";
        let _ = write!(row, " {:.1} |", 100.0 * figure);
    }
    format!("{head}\n{rule}\n{row}")
}

/// How many characters of a content or source a slip shows.
const SHOWN: usize = 80;

/// One attribution that the two sides do not agree on, in its words.
pub(super) fn slip(slip: &Slip<'_>) -> String {
    let text = &slip.document.text;
    let source = |attribution: &Attribution| match attribution.source.as_slice() {
        [] => "no source".to_owned(),
        spans => format!("“{}”", sides::words(text, spans, SHOWN)),
    };
    let (name, attribution, verdict) = match slip.kind {
        SlipKind::Missed { gold } => ("missed", gold, format!("gold {}", source(gold))),
        SlipKind::Spurious { system } => ("spurious", system, format!("system {}", source(system))),
        SlipKind::Source { gold, system } => {
            ("source", gold, format!("gold {}, system {}", source(gold), source(system)))
        }
    };
    let content = sides::words(text, &attribution.content, SHOWN);
    format!("{name:<8} {}  [{content}]  {verdict}", slip.document.id)
}
