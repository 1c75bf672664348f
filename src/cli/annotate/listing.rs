//! [`of`]: a record as people read it on a terminal.

use std::fmt::Write as _;

use super::explained;
use crate::annotate::timex::edtf_interval;
use crate::annotate::{Act, Provenance, Quote, SpeakerKind};
use crate::record::Record;
use crate::record::explained::Explained;

/// The listing: what the article is, who speaks in it, and which dates it names; with `explain` why
/// each attribution is what it is.
pub(super) fn of(record: &Record, threshold: f32, explain: bool) -> String {
    let page = Explained::of(record);
    let mut out = head(record);
    for (title, act) in [("Statements", Act::Statement), ("Positions", Act::Position)] {
        let quotes: Vec<&Quote> = record.annotations.quotes.iter().filter(|q| q.act == act).collect();
        if !quotes.is_empty() {
            let _ = writeln!(out, "\n{title}");
        }
        for quote in quotes {
            out.push_str(&one_quote(record, &page, quote, threshold));
            if explain {
                out.push_str(&explained::of(&page, quote, threshold));
            }
        }
    }
    out.push_str(&dates(record, &page));
    out
}

/// File, headline, day, place, agencies.
fn head(record: &Record) -> String {
    let (meta, document) = (&record.article.meta, &record.article.document);
    let place = meta.dateline.clone().or_else(|| document.dateline.as_ref().map(|d| d.place.clone()));
    let zone = document.credit.as_ref().map(|c| c.outlets.join(", "));
    let credit = if meta.credit.is_empty() { zone } else { Some(meta.credit.join(", ")) };
    let date = meta.date.map(|date| date.day.to_string());
    let facts: Vec<String> = [date, place, credit].into_iter().flatten().collect();
    format!("{}: {}\n  {}\n", record.article.path.display(), meta.title.text, facts.join(" · "))
}

fn one_quote(record: &Record, page: &Explained<'_>, quote: &Quote, threshold: f32) -> String {
    let speaker = match &quote.speaker {
        Some(speaker) => named(record, speaker.person, &speaker.name, speaker.kind),
        None => "nobody named".into(),
    };
    let speaker = if quote.confidence < threshold { format!("possibly {speaker}") } else { speaker };
    let said_on = quote.said_on.as_ref();
    let said_on = said_on.map(|said| format!("said {} ({})", said.value, said.basis.name()));
    let venue = quote.venue.as_ref().map(|venue| venue.text.clone());
    let repeats = quote.repeats.as_ref().map(|id| format!("repeats {id}"));
    let sure = Some(sure(quote.confidence, quote.provenance));
    let form = Some(quote.form.name().to_owned());
    let facts: Vec<String> =
        [form, said_on, venue, sure, Some(quote.id.clone()), repeats].into_iter().flatten().collect();
    format!("  {speaker}\n    {}\n    {}\n", page.words(&quote.content), facts.join(" · "))
}

/// The name with the article's first role for it, or what kind of speaker it is.
fn named(record: &Record, person: Option<usize>, name: &str, kind: SpeakerKind) -> String {
    let role = person.and_then(|index| record.annotations.people.get(index)).and_then(|p| p.roles.first());
    match (role, kind) {
        (Some(role), _) => format!("{name}, {role}"),
        (None, SpeakerKind::Person) => name.to_owned(),
        (None, kind) => format!("{name} ({})", kind.name()),
    }
}

fn dates(record: &Record, page: &Explained<'_>) -> String {
    let timexes = &record.annotations.timexes;
    if timexes.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nDates\n");
    let width = timexes.iter().map(|t| page.words(&[t.span]).chars().count()).max().unwrap_or(0).min(40);
    for timex in timexes {
        let words = page.words(&[timex.span]);
        let value = timex.value.to_string();
        let _ =
            writeln!(out, "  {words:<width$}  {value:<12}  {:>5}", sure(timex.confidence, timex.provenance));
    }
    for interval in &record.annotations.intervals {
        let (begin, end) = interval.values(timexes);
        let value = edtf_interval(begin, end).unwrap_or_default();
        let _ = writeln!(out, "  {:<width$}  {value}", page.words(&[interval.span]));
    }
    out
}

/// How sure the program is, or that an editor has decided.
fn sure(confidence: f32, provenance: Provenance) -> String {
    match provenance {
        Provenance::Editor => "checked by an editor".to_owned(),
        Provenance::Rule | Provenance::Model => format!("{:.0} %", confidence * 100.0),
    }
}
