//! [`resolve`]: from the front matter as it is written to [`Meta`].

use super::front_matter::Raw;
use super::{Correction, Meta, Published, Show, Status, Title, address};
use crate::config::{Placed, Reader, Table, Value, When, is_language, is_web_address, near, short};
use crate::diag::{Code, Severity};
use crate::text::fold;

/// The deciding values, judged before anything else of an entry.
#[derive(Debug)]
pub(super) struct Decided {
    pub(super) status: Status,
    pub(super) show: Show,
}

/// Judges `status` and `show`. `None` where one is no word that we know: what may be shown is
/// never guessed.
pub(super) fn decide(reader: &mut Reader<'_>, raw: &Raw) -> Option<Decided> {
    let status =
        word(reader, "status", raw.status.as_ref(), &["usable", "withheld", "canceled", "cancelled"]);
    let show = word(reader, "show", raw.show.as_ref(), &["full", "excerpt", "quotes"]);
    let status = match status.ok()? {
        Some(1) => Status::Withheld,
        Some(2 | 3) => Status::Canceled,
        _ => Status::Usable,
    };
    let show = match show.ok()? {
        Some(1) => Show::Excerpt,
        Some(2) => Show::Quotes,
        _ => Show::Full,
    };
    Some(Decided { status, show })
}

/// Which of `known` the value is; `Err` where it is none of them.
fn word(
    reader: &mut Reader<'_>,
    key: &str,
    given: Option<&Placed<String>>,
    known: &[&str],
) -> Result<Option<usize>, ()> {
    let Some(given) = given else { return Ok(None) };
    if let Some(index) = known.iter().position(|k| *k == given.value) {
        return Ok(Some(index));
    }
    let hint = match near(&given.value, known) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("write \"{}\"", known[..3].join("\", \"")),
    };
    reader.bad(given.place, format!("`{}` is no value of `{key}`", short(&given.value)), hint);
    Err(())
}

/// Makes [`Meta`] of the front matter; title and date are the caller's, who knows the text.
///
/// `None` where the entry cannot appear: its slug is no address, or a correction is unreadable.
pub(super) fn resolve(reader: &mut Reader<'_>, raw: Raw, show: Show, named: &str) -> Option<Meta> {
    let Raw {
        title,
        date,
        updated,
        slug,
        draft: _,
        authors,
        description,
        topics,
        story,
        aliases,
        outlet,
        source_url,
        byline,
        dateline,
        credit,
        rights,
        lang,
        status: _,
        embargo: _,
        corrections,
        show: _,
        notes: _,
        extra,
        doubtful: _,
    } = raw;
    let given = corrections.len();
    let corrections: Vec<_> = corrections.into_iter().filter_map(|c| correction(reader, c)).collect();
    let slug = own_slug(reader, slug, named)?;
    if corrections.len() < given {
        return None;
    }
    let value = |placed: Option<Placed<String>>| placed.map(|p| p.value);
    Some(Meta {
        title: Title { text: value(title).unwrap_or_default(), derived: false },
        date: date.map(|d| published(reader, "date", d)),
        updated: updated.map(|u| published(reader, "updated", u)),
        slug,
        authors: each_once(authors),
        description: value(description),
        topics: each_once(topics),
        story: value(story),
        aliases: own_aliases(reader, aliases),
        outlet: value(outlet),
        source_url: source_url.and_then(|u| web_address(reader, u)),
        byline: value(byline),
        dateline: value(dateline),
        credit: each_once(credit),
        rights: value(rights),
        lang: lang.and_then(|l| language(reader, l)),
        show,
        corrections,
        extra: Value::Table(extra).into_json(),
    })
}

/// A day or moment; a time without zone is told of and counts as its day.
fn published(reader: &mut Reader<'_>, key: &str, when: Placed<When>) -> Published {
    match when.value {
        When::Day(day) => Published { day, time: None },
        When::Moment(moment) => Published { day: moment.date_naive(), time: Some(moment) },
        When::Zoneless(day) => {
            let message = format!("`{key}` has a time without a zone; the day alone is used");
            let diagnostic = reader
                .at(Severity::Warning, Code::BAD_VALUE, message, when.place)
                .hint("add the zone, as in `2025-12-06T09:30:00+01:00`");
            reader.diagnostics.push(diagnostic);
            Published { day, time: None }
        }
    }
}

fn own_slug(reader: &mut Reader<'_>, slug: Option<Placed<String>>, named: &str) -> Option<String> {
    let Some(slug) = slug else { return Some(named.to_owned()) };
    let Some(fault) = address::slug_fault(&slug.value) else { return Some(slug.value) };
    let better = fold::slug(&slug.value);
    let better = if better.is_empty() || better == "page" { named.to_owned() } else { better };
    let diagnostic = reader
        .at(Severity::Error, Code::BAD_SLUG, fault.to_owned(), slug.place)
        .hint(format!("write `slug = \"{better}\"`; the brief is left out until then"));
    reader.diagnostics.push(diagnostic);
    None
}

fn own_aliases(reader: &mut Reader<'_>, given: Vec<Placed<String>>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for placed in given {
        match address::alias(&placed.value) {
            Ok(path) if !out.contains(&path) => out.push(path),
            Ok(_) => {}
            Err(fault) => {
                let diagnostic = reader
                    .at(Severity::Error, Code::BAD_ALIAS, fault.to_owned(), placed.place)
                    .hint("write a former path of this page, such as `/old/place/`");
                reader.diagnostics.push(diagnostic);
            }
        }
    }
    out
}

fn web_address(reader: &mut Reader<'_>, given: Placed<String>) -> Option<String> {
    if is_web_address(&given.value) {
        return Some(given.value);
    }
    let message = format!("`{}` is no web address", short(&given.value));
    let diagnostic = reader
        .at(Severity::Error, Code::BAD_URL, message, given.place)
        .hint("write an address that starts with https://");
    reader.diagnostics.push(diagnostic);
    None
}

fn language(reader: &mut Reader<'_>, given: Placed<String>) -> Option<String> {
    if is_language(&given.value) {
        return Some(given.value);
    }
    let message = format!("`{}` is no language tag", short(&given.value));
    reader.bad(given.place, message, "write a tag such as `en` or `en-GB`");
    None
}

fn correction(reader: &mut Reader<'_>, mut given: Placed<Table>) -> Option<Correction> {
    let before = reader.diagnostics.len();
    let date = reader.when(&mut given.value, "date");
    let text = reader.text(&mut given.value, "text");
    reader.finish(&given.value, &["date", "text"], &[]);
    if let (Some(date), Some(text)) = (date, text) {
        return Some(Correction { date: date.value.day(), text: text.value });
    }
    if reader.diagnostics.len() == before {
        let hint = "write `{ date = 2025-12-07, text = \"What was wrong and what is right.\" }`";
        reader.bad(given.place, "a correction needs `date` and `text`", hint);
    }
    None
}

/// The values, each once, in order.
fn each_once(given: Vec<Placed<String>>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    given.into_iter().map(|p| p.value).filter(|v| seen.insert(fold::key(v))).collect()
}
