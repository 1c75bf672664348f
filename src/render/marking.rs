//! From annotations to [`Marks`]: what is drawn at which words of a brief.
//!
//! Entry point: [`marks`].

use std::collections::BTreeMap;
use std::ops::Range;

use super::cast::{Cast, Voice, is_shown};
use super::date;
use super::view::beside::also_anchor;
use super::view::readings::interval_spans;
use super::weave::{Label, Mark, Marks, Subject};
use super::{SiteView, escape};
use crate::annotate::timex::{Kind, Timex, Value};
use crate::annotate::{Act, Form, Quote};
use crate::library::{BriefId, Echoes};
use crate::parse::Show;
use crate::record::Record;
use crate::text::{Span, fold, quoted};

/// Everything that is drawn in a brief.
pub(super) fn marks(site: &SiteView<'_>, id: BriefId, cast: &Cast) -> Marks {
    let record = site.records[id];
    let mut marks = Vec::new();
    let told: BTreeMap<&str, &Echoes> =
        site.library.echoes_in(id).into_iter().map(|told| (told.quote, told.echoes)).collect();
    for (index, (quote, voice)) in record.annotations.quotes.iter().zip(&cast.of_quote).enumerate() {
        if is_shown(quote) {
            let echoes = told.get(quote.id.as_str()).copied();
            let subject = Subject::Quote(index);
            said(&mut marks, site, record, (quote, subject, echoes), voice.map(|v| &cast.voices[v]));
        }
    }
    let intervals = interval_spans(record);
    for (index, timex) in record.annotations.timexes.iter().enumerate() {
        if is_drawn(timex) {
            // "Dec 2-5" says the month of both its ends.
            let words = intervals[index].unwrap_or(timex.span);
            marks.push(dated(site, record, timex, index, words.of(&record.article.document.text)));
        }
    }
    if let Some(dateline) = &record.article.document.dateline {
        marks.push(Mark {
            subject: None,
            span: dateline.span,
            element: "span",
            attributes: " class=\"place\"".into(),
            id: None,
            href: None,
            labels: Vec::new(),
        });
    }
    Marks::new(marks)
}

/// Whether a temporal expression is drawn: dates, times and lengths that have a machine value.
fn is_drawn(timex: &Timex) -> bool {
    match timex.value {
        Value::Past | Value::Present | Value::Future => false,
        value => timex.kind != Kind::Set && (value.html_datetime().is_some() || value.edtf().is_some()),
    }
}

// ---- quotations ----

fn said(
    marks: &mut Vec<Mark>,
    site: &SiteView<'_>,
    record: &Record,
    (quote, subject, echoes): (&Quote, Subject, Option<&Echoes>),
    voice: Option<&Voice>,
) {
    let unsure = quote.confidence < site.settings.site.threshold;
    let attributes = attributes(site, quote, voice, unsure);
    for (index, span) in quote.content.iter().enumerate() {
        let first = index == 0;
        marks.push(Mark {
            subject: Some(subject),
            span: *span,
            element: "span",
            attributes: attributes.clone(),
            id: first.then(|| quote.id.clone()),
            href: None,
            labels: if first {
                let who = who(site, record, quote, voice, unsure, span.end);
                std::iter::once(who).chain(echoes.map(|echoes| also(site, quote, echoes, span.end))).collect()
            } else {
                Vec::new()
            },
        });
        if quote.form == Form::Mixed && quote.act == Act::Statement {
            let text = span.of(&record.article.document.text);
            marks.extend(quoted::stretches(text).into_iter().map(|place| exact(*span, place)));
        }
    }
}

/// The words in quotation marks of a statement that is reported for the rest.
fn exact(content: Span, place: Range<usize>) -> Mark {
    let from = content.start as usize;
    Mark {
        subject: None,
        span: Span::new(from + place.start, from + place.end),
        element: "span",
        attributes: " class=\"exact\"".into(),
        id: None,
        href: None,
        labels: Vec::new(),
    }
}

fn attributes(site: &SiteView<'_>, quote: &Quote, voice: Option<&Voice>, unsure: bool) -> String {
    let mut out = String::from(" class=\"said");
    out.push_str(match (quote.act, quote.form) {
        (Act::Position, _) => " held",
        (_, Form::Direct) => "",
        (_, Form::Mixed | Form::Indirect) => " reported",
    });
    out.push_str(if unsure { " unsure" } else { "" });
    if let Some(voice) = voice {
        out.push_str(&format!(" h{}", voice.hue));
    }
    out.push_str("\" data-quote=\"");
    out.push_str(&quote.id);
    out.push('"');
    if let Some(voice) = voice {
        out.push_str(&format!(" data-voice=\"{}\"", voice.index));
    }
    if let Some(profile) = voice.and_then(|v| v.profile).filter(|_| !unsure) {
        out.push_str(" data-speaker=\"");
        escape::attribute(&mut out, &site.profile(profile).id);
        out.push('"');
    }
    out
}

/// The label of a quotation: seen where the sentence does not name the speaker in full or the
/// annotator is unsure, else for those who hear the page.
fn who(
    site: &SiteView<'_>,
    record: &Record,
    quote: &Quote,
    voice: Option<&Voice>,
    unsure: bool,
    at: u32,
) -> Label {
    let held = quote.act == Act::Position;
    let Some(voice) = voice else {
        return Label { seen: nobody(site, held).into(), ..Label::behind(at, "who", " ") };
    };
    let name = &voice.name;
    let on = quote.said_on.as_ref().filter(|_| !held && !unsure);
    let on = on.map_or_else(String::new, |on| format!(", {}", site.words.said_on(on.value)));
    // Who hears the page is told the office once, at the first words.
    let role = voice.role.as_ref().filter(|_| !held && !unsure && voice.first == quote.id);
    let more = role.map_or_else(String::new, |role| format!(", {role}")) + &on;
    let href = voice.path.as_ref().map(|path| escape::href(site.settings.site.base_url.local(path)));
    let class = format!("who h{}{}", voice.hue, if unsure { " unsure" } else { "" });
    let named = |key| site.words.with(key, &[("name", name)]);
    let (heard, seen) = match (unsure, held) {
        (true, true) => (" ".to_owned(), named("marks.possibly_held")),
        (true, false) => (" ".to_owned(), named("marks.possibly")),
        (false, true) => (" ".to_owned(), named("marks.held")),
        (false, false) => (format!(" {} ", site.words.get("marks.said_by_before")), name.clone()),
    };
    if unsure || record.article.meta.show == Show::Quotes || !names(record, quote, voice) {
        return Label { seen, after: more, href, ..Label::behind(at, &class, &heard) };
    }
    let who = named(if held { "marks.held" } else { "marks.said_by" });
    Label::behind(at, "vh", &format!(" ({who}{more}) "))
}

/// In how many other briefs a quotation is told, leading to the list of them.
fn also(site: &SiteView<'_>, quote: &Quote, echoes: &Echoes, at: u32) -> Label {
    let number = echoes.told.len();
    let seen = site.words.count(if echoes.more { "marks.also_more" } else { "marks.also" }, number);
    Label { seen, href: Some(format!("#{}", also_anchor(&quote.id))), ..Label::behind(at, "also", " ") }
}

/// What stands in the place of a speaker whom the text does not name.
pub(super) fn nobody(site: &SiteView<'_>, held: bool) -> &'static str {
    site.words.get(if held { "marks.held_by_nobody" } else { "marks.nobody" })
}

/// Whether the words that name the source give the speaker's full name.
fn names(record: &Record, quote: &Quote, voice: &Voice) -> bool {
    let words: String =
        quote.source.iter().map(|s| s.of(&record.article.document.text)).collect::<Vec<_>>().join(" ");
    let words = format!(" {} ", fold::words(&words));
    [&voice.name, &voice.given].iter().any(|name| {
        let name = fold::words(name);
        !name.is_empty() && words.contains(&format!(" {name} "))
    })
}

// ---- dates ----

fn dated(site: &SiteView<'_>, record: &Record, timex: &Timex, index: usize, words: &str) -> Mark {
    let unsure = timex.confidence < site.settings.site.threshold;
    let value = timex.value;
    let lasts = timex.kind == Kind::Duration;
    let datetime = value.html_datetime();
    let mut attributes = String::new();
    if let Some(datetime) = &datetime {
        attributes.push_str(&format!(" datetime=\"{datetime}\""));
    }
    if let Some(edtf) = value.edtf().filter(|edtf| datetime.as_ref() != Some(edtf)) {
        attributes.push_str(" data-edtf=\"");
        escape::attribute(&mut attributes, &edtf);
        attributes.push('"');
    }
    attributes.push_str(match (lasts, unsure) {
        (true, _) => " class=\"length\"",
        (false, true) => " class=\"date unsure\"",
        (false, false) => " class=\"date\"",
    });
    let href = site.value_path(value).filter(|_| !unsure && !lasts);
    Mark {
        subject: Some(Subject::Timex(index)),
        span: timex.span,
        element: if datetime.is_some() { "time" } else { "span" },
        attributes,
        id: Some(format!("t{}", index + 1)),
        href: href.map(|path| escape::href(site.settings.site.base_url.local(&path))),
        labels: when(site, record, timex, words, unsure)
            .filter(|_| !lasts && !day_is_told(record, timex, index))
            .into_iter()
            .collect(),
    }
}

/// Whether a clock time stands in a sentence that tells its day: "on Sunday at 4:17 p.m.".
fn day_is_told(record: &Record, timex: &Timex, index: usize) -> bool {
    const NEAR: usize = 3;
    let Value::Time(day, _) = timex.value else { return false };
    let annotations = &record.annotations;
    let at = annotations.sentences.partition_point(|s| s.end <= timex.span.start);
    let Some(sentence) = annotations.sentences.get(at) else { return false };
    let (from, to) = (index.saturating_sub(NEAR), (index + NEAR + 1).min(annotations.timexes.len()));
    let tells = |t: &Timex| sentence.contains(t.span) && t.value == Value::Day(day);
    annotations.timexes[from..to].iter().any(tells)
}

fn when(site: &SiteView<'_>, record: &Record, timex: &Timex, words: &str, unsure: bool) -> Option<Label> {
    let published = record.article.meta.date.map(|d| d.day);
    let possibly = |day: &str| site.words.with("marks.possibly", &[("name", &day)]);
    let seen = match (date::behind(site.words, words, timex.value, published), unsure) {
        (Some(day), false) => day,
        (Some(day), true) => possibly(&day),
        (None, true) => possibly(&site.words.value(timex.value)),
        (None, false) => return None,
    };
    Some(Label { seen, ..Label::behind(timex.span.end, "on", ", ") })
}
