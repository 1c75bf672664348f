//! A brief's page: the woven text, the rail, and everything around them.

use chrono::NaiveDate;
use serde::Serialize;

use super::beside::{ElsewhereRow, Neighbour, StoryRow, elsewhere, neighbour, neighbours, story};
use super::rail::{Lines, VoiceRow, WhenRow, chart, voices, when};
use super::readings::{ReadingRow, readings};
use super::related::{RelatedRow, related};
use super::said::{SpeechRow, said};
use super::{Link, outlet_link};
use crate::annotate::timex::Kind;
use crate::annotate::{Act, Provenance};
use crate::library::{Brief, BriefId};
use crate::parse::{Article, Published, Show};
use crate::record::{Record, Shown};
use crate::render::cast::{Cast, is_shown};
use crate::render::date::{DateView, iso};
use crate::render::extent::Chart;
use crate::render::made::Ready;
use crate::render::weave::{Woven, weave};
use crate::render::{SiteView, links, marking};
use crate::text::{Span, ZoneKind, fold};

/// A correction.
#[derive(Debug, Serialize)]
struct CorrectionRow<'a> {
    date: Ready<DateView>,
    text: &'a str,
}

/// Where a quotation comes from, as the front matter says.
#[derive(Debug, Serialize)]
struct OriginRow {
    speaker: String,
    words: String,
    /// The anchor of the quotation with those words.
    quote: Option<String>,
}

/// One source and what was taken from it.
#[derive(Debug, Serialize)]
struct OriginGroup {
    source: String,
    rows: Vec<OriginRow>,
}

/// How the brief was annotated.
#[derive(Debug, Default, Serialize)]
struct Annotated {
    statements: usize,
    unsure: usize,
    held: usize,
    /// Statements and positions that an editor has looked at.
    by_editor: usize,
    /// Dates that an editor has looked at.
    dates_by_editor: usize,
    speakers: usize,
    dates: usize,
}

/// A brief's page.
#[derive(Debug, Serialize)]
pub(crate) struct BriefPage<'a> {
    title: &'a str,
    /// The language of headline, summary and text, as a BCP 47 tag, where it is not that of the page.
    lang: Option<&'a str>,
    /// The front matter's summary, unless the text opens with one of its own.
    pub(crate) stand: Option<&'a str>,
    body: String,
    /// "full", "excerpt" or "quotes".
    show: &'static str,
    date: Ready<DateView>,
    time: Option<String>,
    updated: Option<Ready<DateView>>,
    /// The place, where the text does not open with it.
    place: Option<String>,
    outlet: Option<Link>,
    byline: Option<String>,
    credit: Option<String>,
    rights: Option<&'a str>,
    source_url: Option<&'a str>,
    topics: Vec<Link>,
    corrections: Vec<CorrectionRow<'a>>,
    origins: Vec<OriginGroup>,
    story: Option<StoryRow<'a>>,
    before: Option<Neighbour<'a>>,
    after: Option<Neighbour<'a>>,
    elsewhere: Vec<ElsewhereRow<'a>>,
    /// Whether `elsewhere` compares wordings.
    compared: bool,
    voices: Vec<VoiceRow<'a>>,
    /// Who said what, voice by voice.
    said: Vec<SpeechRow<'a>>,
    /// Other briefs in which the same people speak, or that tell of the same days.
    related: Vec<RelatedRow<'a>>,
    when: Vec<WhenRow>,
    /// The rows of `when` on one line.
    chart: Option<Chart>,
    readings: Vec<ReadingRow>,
    lines: Lines,
    annotated: Annotated,
    extra: &'a serde_json::Value,
}

/// The woven text of a brief and who speaks in it.
pub(crate) struct Drawn {
    pub(crate) woven: Woven,
    pub(crate) cast: Cast,
}

impl Drawn {
    pub(crate) fn of(site: &SiteView<'_>, id: BriefId) -> Self {
        let record = site.records[id];
        let cast = Cast::of(site, id);
        let marks = marking::marks(site, id, &cast);
        let hidden = title_block(&record.article);
        let shown = Shown::of(record);
        let addresses = site.addresses(&record.article.path);
        let interface = site.interface(&record.article);
        let woven = weave(&record.article.document, &marks, &hidden, shown.spans(), &addresses, interface);
        Self { woven, cast }
    }
}

/// The headline inside the text: the one that became the title, or a first block that says nothing
/// but the title, which stands above the text already.
pub(crate) fn title_block(article: &Article) -> Vec<Span> {
    if let Some(headline) = article.headline {
        return vec![headline];
    }
    let document = &article.document;
    let inside = |span: Span| !document.zones.iter().any(|z| !z.kind.is_prose() && z.span.contains(span));
    let first = document.blocks.iter().find(|block| inside(block.span));
    let title = fold::words(&article.meta.title.text);
    first
        .filter(|block| {
            let words: Vec<&str> = block
                .runs
                .iter()
                .map(|run| run.reads.as_deref().unwrap_or_else(|| run.span.of(&document.text)))
                .collect();
            !title.is_empty() && fold::words(&words.concat()) == title
        })
        .map(|block| block.span)
        .into_iter()
        .collect()
}

impl<'a> BriefPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, id: BriefId, drawn: &'a Drawn) -> Self {
        let (record, brief) = (site.records[id], site.brief(id));
        let meta = &record.article.meta;
        let document = &record.article.document;
        let stand = meta.description.as_deref();
        let opens = document.zones.iter().any(|z| z.kind == ZoneKind::Standfirst);
        let day = brief.published.day;
        let (before, after) = neighbours(site, id);
        // A text that opens with its dateline says the place itself.
        let when = when(site, record, brief);
        let elsewhere = elsewhere(site, id);
        let tells_place = brief.show == Show::Full && document.dateline.is_some();
        Self {
            title: &brief.title,
            lang: site.other_lang(&record.article),
            stand: stand.filter(|_| !opens && meta.show != Show::Quotes),
            body: drawn.woven.html.clone(),
            show: match brief.show {
                Show::Full => "full",
                Show::Excerpt => "excerpt",
                Show::Quotes => "quotes",
            },
            date: site.day_view(day),
            time: brief.published.time.map(|time| {
                let (clock, zone) = (time.format("%H:%M"), time.format("%:z"));
                site.words.with("brief.time", &[("clock", &clock), ("zone", &zone)])
            }),
            updated: brief.updated.map(|u| site.day_view(u.day)),
            place: place(site, record, brief).filter(|_| !tells_place),
            outlet: brief.outlet.map(|outlet| outlet_link(site, outlet)),
            byline: byline(record),
            credit: credit(record),
            rights: meta.rights.as_deref(),
            source_url: meta.source_url.as_deref(),
            topics: topics(site, brief),
            corrections: brief.corrections.iter().map(|c| correction(site, c.date, &c.text)).collect(),
            origins: origins(record),
            story: story(site, id),
            before: before.map(|id| neighbour(site, id)),
            after: after.map(|id| neighbour(site, id)),
            compared: elsewhere.iter().any(ElsewhereRow::is_compared),
            elsewhere,
            voices: voices(&drawn.cast),
            said: said(site, record, brief, &drawn.cast),
            related: related(site, id, &[before, after].into_iter().flatten().collect::<Vec<_>>()),
            chart: chart(site, &when),
            when,
            readings: readings(site, record, brief),
            lines: Lines::of(&drawn.woven.html),
            annotated: annotated(site, record, &drawn.cast),
            extra: &meta.extra,
        }
    }
}

fn correction<'a>(site: &SiteView<'_>, date: NaiveDate, text: &'a str) -> CorrectionRow<'a> {
    CorrectionRow { date: site.plain_day_view(date), text }
}

fn topics(site: &SiteView<'_>, brief: &Brief) -> Vec<Link> {
    let rows = brief.topics.iter().map(|index| &site.library.topics[*index]);
    rows.map(|t| Link { title: t.name.clone(), path: Some(links::topic(&t.id)) }).collect()
}

pub(crate) fn place(site: &SiteView<'_>, record: &Record, brief: &Brief) -> Option<String> {
    let row = brief.place.map(|place| site.library.places[place].name.clone());
    row.or_else(|| record.article.meta.dateline.clone())
}

fn byline(record: &Record) -> Option<String> {
    let meta = &record.article.meta;
    let zone = record.article.document.byline.map(|span| span.of(&record.article.document.text));
    let given = meta.byline.as_deref().or(zone).map(str::trim).filter(|b| !b.is_empty());
    given.map(str::to_owned).or_else(|| (!meta.authors.is_empty()).then(|| meta.authors.join(", ")))
}

fn credit(record: &Record) -> Option<String> {
    let found = record.article.document.credit.as_ref().map(|c| c.outlets.as_slice());
    let given = record.article.meta.credit.as_slice();
    let outlets = if given.is_empty() { found.unwrap_or_default() } else { given };
    (!outlets.is_empty()).then(|| outlets.join(", "))
}

// ---- notes ----

/// `extra.origins`, by source in the order given.
fn origins(record: &Record) -> Vec<OriginGroup> {
    let mut groups: Vec<OriginGroup> = Vec::new();
    let list = record.article.meta.extra.get("origins").and_then(|o| o.as_array());
    for origin in list.into_iter().flatten() {
        let text = |key: &str| origin.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let (source, words) = (text("source"), text("words"));
        if source.is_empty() {
            continue;
        }
        let row = OriginRow { speaker: text("speaker"), quote: quote_with(record, &words), words };
        match groups.iter_mut().find(|g| g.source == source) {
            Some(group) => group.rows.push(row),
            None => groups.push(OriginGroup { source, rows: vec![row] }),
        }
    }
    groups
}

/// The attribution whose content holds some words.
fn quote_with(record: &Record, words: &str) -> Option<String> {
    let wanted = fold::words(words);
    let text = &record.article.document.text;
    let holds = |span: &Span| fold::words(span.of(text)).contains(&wanted);
    let quotes = record.annotations.quotes.iter().filter(|q| is_shown(q));
    let mut with = quotes.filter(|q| !wanted.is_empty() && q.content.iter().any(holds));
    with.next().map(|q| q.id.clone())
}

fn annotated(site: &SiteView<'_>, record: &Record, cast: &Cast) -> Annotated {
    let mut sum = Annotated { speakers: cast.voices.len(), ..Annotated::default() };
    for quote in record.annotations.quotes.iter().filter(|q| is_shown(q) && q.repeats.is_none()) {
        match quote.act {
            Act::Position => sum.held += 1,
            _ if quote.confidence < site.settings.site.threshold => sum.unsure += 1,
            _ => sum.statements += 1,
        }
        sum.by_editor += usize::from(quote.provenance == Provenance::Editor);
    }
    for timex in record.annotations.timexes.iter().filter(|t| matches!(t.kind, Kind::Date | Kind::Time)) {
        sum.dates += 1;
        sum.dates_by_editor += usize::from(timex.provenance == Provenance::Editor);
    }
    sum
}

/// A day, or the moment where a time is known, as ISO 8601 writes it.
pub(crate) fn moment(published: Published) -> String {
    published.time.map_or_else(|| iso(published.day), |time| time.to_rfc3339())
}

/// The headline with day and slug, for a brief whose headline another page has too.
pub(crate) fn dated_title(site: &SiteView<'_>, brief: &Brief) -> String {
    format!("{} ({}, {})", brief.title, site.words.long(brief.published.day), brief.slug)
}
