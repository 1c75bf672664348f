//! Figures and slips of speakers as lines for people.

use std::fmt::Write as _;

use crate::cli::eval::sides;
use crate::eval::speakers::{Accuracy, Precision, Quote, Scores, Slip};

/// The table, fractions with three decimals; the columns are explained in `--help`.
pub(super) fn of(scores: &Scores<'_>, threshold: f64, overlap: &str) -> String {
    let mut table = format!(
        "articles {}; contents meet from an overlap ({overlap}) of {threshold} on\n\n{:<31}{}",
        scores.articles, "", "    n  match  right     acc acc|match    prec prec|match (of)"
    );
    row(&mut table, "1 people, end to end", &scores.people, Some(&scores.people_precision));
    row(&mut table, "2 all with a speaker", &scores.speakers, Some(&scores.speakers_precision));
    row(&mut table, "2 all, also without", &scores.all, None);
    for (kind, of_kind) in &scores.by_kind {
        row(&mut table, &format!("    {kind}"), of_kind, None);
    }
    row(&mut table, "3 direct quotations, people", &scores.direct_people, None);
    for (reference, of_reference) in &scores.by_reference {
        row(&mut table, &format!("    source is {}", reference.name()), of_reference, None);
    }
    row(&mut table, "3 direct quotations, all", &scores.direct_speakers, None);
    let _ = write!(
        table,
        "\n4 right where the content met: people {}, all {}, direct quotations of people {}",
        fraction(scores.people.given_match()),
        fraction(scores.speakers.given_match()),
        fraction(scores.direct_people.given_match()),
    );
    said_on(&mut table, scores);
    identity(&mut table, scores);
    by_least(&mut table, scores);
    table + &sides::unmatched(scores.unanswered.len(), "quotations", scores.unknown.len())
}

fn row(table: &mut String, name: &str, of: &Accuracy, precision: Option<&Precision>) {
    let Accuracy { number, matched, right } = of;
    let _ = write!(
        table,
        "\n{name:<31}{number:>5}  {matched:>5}  {right:>5}  {} {:>9}",
        fraction(of.accuracy()),
        fraction(of.given_match()),
    );
    if let Some(precision) = precision {
        let Precision { number, .. } = precision;
        let (all, met) = (fraction(precision.precision()), fraction(precision.given_match()));
        let _ = write!(table, "  {all} {met:>10} {number:>4}");
    }
}

fn said_on(table: &mut String, scores: &Scores<'_>) {
    let said_on = &scores.said_on;
    let _ = write!(
        table,
        "\n5 said_on (gold {}, met {}): exact {}, of those met {}, prefix {}; given where the gold has none {} of {}",
        said_on.number,
        said_on.matched,
        fraction(said_on.accuracy_exact()),
        fraction(said_on.exact_given_match()),
        fraction(said_on.accuracy_prefix()),
        fraction(said_on.spurious_rate()),
        said_on.matched_without,
    );
}

fn identity(table: &mut String, scores: &Scores<'_>) {
    let identity = &scores.identity;
    let _ = write!(
        table,
        "\n6 identity: names of several people {} of {} {}, people of several names {} of {} {} (by form {}), purity {}",
        identity.merged.len(),
        identity.names,
        fraction(identity.merged_rate()),
        identity.split.len(),
        identity.people,
        fraction(identity.split_rate()),
        identity.split_by_form,
        fraction(identity.purity()),
    );
}

/// What is left, and right, of the direct quotations of people above each least confidence.
fn by_least(table: &mut String, scores: &Scores<'_>) {
    if scores.by_least.is_empty() {
        return;
    }
    table.push_str("\n7 direct quotations of people by least confidence   recall    prec prec|match (of)");
    for (least, (accuracy, precision)) in &scores.by_least {
        let _ = write!(
            table,
            "\n    {:.2}{:45}{}  {} {:>10} {:>4}",
            f32::from(*least) / 1000.0,
            "",
            fraction(accuracy.accuracy()).trim_start(),
            fraction(precision.precision()),
            fraction(precision.given_match()),
            precision.number,
        );
    }
}

/// Three decimals, or a dash where there is nothing to divide by.
fn fraction(fraction: Option<f64>) -> String {
    fraction.map_or_else(|| "     -".into(), |fraction| format!("{fraction:6.3}"))
}

/// How many characters of a content a slip shows.
const SHOWN: usize = 80;

/// One attribution without the right speaker, in its words.
pub(super) fn slip(slip: &Slip<'_>) -> String {
    let Slip { document, gold, found } = slip;
    let name = |quote: &Quote| {
        let name = quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
        name.map_or_else(|| "system names nobody".into(), |name| format!("system “{name}”"))
    };
    let (verdict, answer) = match found {
        None => ("missed", String::new()),
        Some(quote) => ("speaker", format!(", {}", name(quote))),
    };
    let content = sides::words(&document.text, &gold.content, SHOWN);
    format!(
        "{verdict:<8} {}  [{content}]  gold {} “{}”{answer}",
        document.id, gold.speaker_kind, gold.speaker
    )
}
