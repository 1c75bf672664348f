//! Who said what in a brief, voice by voice: [`said`]. In this list under the text every quotation
//! that is marked there has its day, its place, its address, and the words to cite it by, for readers
//! without a pointer, on paper and without JavaScript alike.

use serde::Serialize;

use super::opening;
use super::statement::alone;
use crate::annotate::{Act, Basis, Form, Provenance, Quote};
use crate::library::Brief;
use crate::record::{Reading, Record, Shown};
use crate::render::cast::{Cast, Voice, is_shown};
use crate::render::date::DateView;
use crate::render::made::Ready;
use crate::render::{SiteView, links, report, text_fragment};
use crate::text::Span;

/// What one voice says.
#[derive(Debug, Serialize)]
pub(super) struct SpeechRow<'a> {
    /// `null`: the text names nobody.
    name: Option<&'a str>,
    path: Option<&'a str>,
    role: Option<&'a str>,
    hue: Option<usize>,
    /// The number of the voice in this brief, which its marks carry; `null` like `name`.
    voice: Option<usize>,
    quotes: Vec<QuoteRow>,
}

/// One marked quotation or position.
#[derive(Debug, Serialize)]
struct QuoteRow {
    /// Its anchor in the text.
    quote: String,
    /// The anchor of this row.
    anchor: String,
    /// Its first words.
    words: String,
    /// How the words are given: "exact", "mixed", "reported" or "held".
    manner: &'static str,
    unsure: bool,
    /// The day or month of speaking, where it is certain.
    date: Option<Ready<DateView>>,
    /// How that is known, where the words themselves do not tell it.
    basis: Option<&'static str>,
    /// Where or through what it was said.
    venue: Option<String>,
    /// To whom.
    told_to: Option<String>,
    /// Whether an editor has looked at it.
    checked: bool,
    /// How to cite it; `null` for what nobody has said for certain.
    cite: Option<String>,
    /// The words in the original.
    original: Option<String>,
    /// Where it is reported as wrong.
    report: Option<String>,
}

/// The anchor of a quotation's row in the list.
pub(crate) fn about_anchor(quote: &str) -> String {
    format!("about-{quote}")
}

/// Voices in the order in which they are first heard, those whom the text does not name last; in each
/// the order of the text. What is told twice stands once.
pub(super) fn said<'a>(
    site: &SiteView<'_>,
    record: &Record,
    brief: &Brief,
    cast: &'a Cast,
) -> Vec<SpeechRow<'a>> {
    let reading = Reading::of(&record.article.document);
    let list = List { site, record, brief, reading, shown: Shown::of(record) };
    let mut rows: Vec<SpeechRow<'a>> = cast.voices.iter().enumerate().map(speech).collect();
    let mut nobody = SpeechRow { name: None, path: None, role: None, hue: None, voice: None, quotes: vec![] };
    for (quote, voice) in record.annotations.quotes.iter().zip(&cast.of_quote) {
        if !is_shown(quote) || quote.repeats.is_some() {
            continue;
        }
        if let Some(row) = list.row(quote, voice.map(|voice| &cast.voices[voice])) {
            voice.map_or(&mut nobody, |voice| &mut rows[voice]).quotes.push(row);
        }
    }
    rows.push(nobody);
    rows.retain(|row| !row.quotes.is_empty());
    rows
}

fn speech((index, voice): (usize, &Voice)) -> SpeechRow<'_> {
    SpeechRow {
        name: Some(&voice.name),
        path: voice.path.as_deref(),
        role: voice.role.as_deref(),
        hue: Some(voice.hue),
        voice: Some(index),
        quotes: Vec::new(),
    }
}

/// What the rows of one brief are made of.
struct List<'s, 'r> {
    site: &'s SiteView<'s>,
    record: &'r Record,
    brief: &'r Brief,
    reading: Reading<'r>,
    shown: Shown,
}

impl List<'_, '_> {
    /// `None` for words that `show` holds back.
    fn row(&self, quote: &Quote, voice: Option<&Voice>) -> Option<QuoteRow> {
        /// Letters of a quotation that are shown.
        const LONGEST: usize = 90;
        let held = quote.act == Act::Position;
        let unsure = quote.confidence < self.site.settings.site.threshold;
        let content: Vec<Span> = quote.content.iter().copied().filter(|span| self.shown.has(*span)).collect();
        let words = self.reading.joined(&content);
        let told = |span: Span| self.shown.has(span).then(|| self.reading.words(span));
        let on = quote.said_on.as_ref().filter(|_| !held && !unsure);
        let path = format!("{}#{}", links::brief(&self.brief.slug), quote.id);
        let meta = &self.record.article.meta;
        (!words.is_empty()).then(|| QuoteRow {
            quote: quote.id.clone(),
            anchor: about_anchor(&quote.id),
            words: opening(&alone(&words), LONGEST),
            manner: manner(quote),
            unsure,
            date: on.map(|on| self.site.value_view(on.value)),
            basis: on.and_then(|on| basis(self.site, on.basis)),
            venue: quote.venue.as_ref().filter(|v| self.shown.has(v.span)).map(|v| v.text.clone()),
            told_to: quote.told_to.and_then(told),
            checked: quote.provenance == Provenance::Editor,
            cite: voice.filter(|_| !held && !unsure).map(|voice| self.cite(quote, voice, &path)),
            original: meta.source_url.as_deref().and_then(|url| text_fragment::to_words(url, &words)),
            report: report::address(self.site, Some(&self.brief.title), &path),
        })
    }

    /// "Ann Lee on 5 December 2025, quoted in “The lock opens”, The Harbour Post, 6 December 2025, https://…".
    fn cite(&self, quote: &Quote, voice: &Voice, path: &str) -> String {
        let settings = &self.site.settings.site;
        let words = self.site.words;
        let on =
            quote.said_on.as_ref().map_or_else(String::new, |on| format!(" {}", words.said_on(on.value)));
        let key = if quote.form == Form::Indirect { "brief.cited_reported" } else { "brief.cited" };
        let outlet = self.brief.outlet.map(|outlet| self.site.library.outlets[outlet].name.as_str());
        let source = outlet.filter(|name| *name != settings.title);
        let source = source.map_or_else(|| settings.title.clone(), |n| format!("{n}, {}", settings.title));
        words.with(
            key,
            &[
                ("speaker", &voice.name),
                ("when", &on),
                ("title", &self.brief.title),
                ("source", &source),
                ("published", &words.long(self.brief.published.day)),
                ("address", &settings.base_url.absolute(path)),
            ],
        )
    }
}

fn manner(quote: &Quote) -> &'static str {
    match (quote.act, quote.form) {
        (Act::Position, _) => "held",
        (_, Form::Direct) => "exact",
        (_, Form::Mixed) => "mixed",
        (_, Form::Indirect) => "reported",
    }
}

/// How a day of speaking is known that does not stand with the words.
fn basis(site: &SiteView<'_>, basis: Basis) -> Option<&'static str> {
    match basis {
        Basis::Text | Basis::Editor => None,
        Basis::SameRemarks => Some(site.words.get("brief.inferred_remarks")),
        Basis::Context => Some(site.words.get("brief.inferred_context")),
    }
}
