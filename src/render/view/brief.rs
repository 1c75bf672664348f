//! A brief's page: the woven text, the rail, and everything around them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Link, outlet_link};
use crate::annotate::timex::{Kind, Value};
use crate::annotate::{Act, Provenance};
use crate::library::{Brief, BriefId};
use crate::parse::{Article, Published, Show};
use crate::record::{Record, Shown};
use crate::render::cast::{Cast, Voice, is_shown};
use crate::render::date::{DateView, iso, long};
use crate::render::weave::{Woven, weave};
use crate::render::{SiteView, links, marking};
use crate::text::{Span, ZoneKind, fold};

/// Someone in the rail.
#[derive(Debug, Serialize)]
struct VoiceRow<'a> {
    name: &'a str,
    path: Option<&'a str>,
    role: Option<&'a str>,
    kind: &'static str,
    hue: usize,
    counted: usize,
    unsure: usize,
    held: usize,
    /// The anchor of the first mark.
    first: &'a str,
}

/// A date in the rail.
#[derive(Debug, Serialize)]
struct WhenRow {
    date: DateView,
    /// The article's words for it, each once, without those that the label repeats.
    words: Vec<String>,
    /// Statements said then.
    said: usize,
    /// Whether the brief was published then.
    published: bool,
    /// The anchor of the first mention.
    first: Option<String>,
}

/// A correction.
#[derive(Debug, Serialize)]
struct CorrectionRow<'a> {
    date: DateView,
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

/// The brief's place in its story.
#[derive(Debug, Serialize)]
struct StoryRow<'a> {
    name: &'a str,
    path: String,
    number: usize,
    of: usize,
    before: Option<Neighbour<'a>>,
    after: Option<Neighbour<'a>>,
}

/// A neighbour in a story or in time.
#[derive(Debug, Serialize)]
struct Neighbour<'a> {
    title: &'a str,
    path: String,
    date: DateView,
}

/// How the brief was annotated.
#[derive(Debug, Default, Serialize)]
struct Annotated {
    statements: usize,
    unsure: usize,
    held: usize,
    by_editor: usize,
    speakers: usize,
    dates: usize,
}

/// A brief's page.
#[derive(Debug, Serialize)]
pub(crate) struct BriefPage<'a> {
    title: &'a str,
    /// The front matter's summary, unless the text opens with one of its own.
    stand: Option<&'a str>,
    body: String,
    /// "full", "excerpt" or "quotes".
    show: &'static str,
    date: DateView,
    time: Option<String>,
    updated: Option<DateView>,
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
    voices: Vec<VoiceRow<'a>>,
    when: Vec<WhenRow>,
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
        let woven = weave(&record.article.document, &marks, &hidden, shown.spans(), &addresses);
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
        Self {
            title: &brief.title,
            stand: stand.filter(|_| !opens && meta.show != Show::Quotes),
            body: drawn.woven.html.clone(),
            show: match brief.show {
                Show::Full => "full",
                Show::Excerpt => "excerpt",
                Show::Quotes => "quotes",
            },
            date: DateView::day(day, site.day_path(day)),
            time: brief.published.time.map(|t| t.format("%H:%M %:z").to_string()),
            updated: brief.updated.map(|u| DateView::day(u.day, site.day_path(u.day))),
            place: place(site, record, brief),
            outlet: brief.outlet.map(|outlet| outlet_link(site, outlet)),
            byline: byline(record),
            credit: credit(record),
            rights: meta.rights.as_deref(),
            source_url: meta.source_url.as_deref(),
            topics: topics(site, brief),
            corrections: brief.corrections.iter().map(|c| correction(c.date, &c.text)).collect(),
            origins: origins(record),
            story: story(site, id),
            voices: drawn.cast.voices.iter().map(voice_row).collect(),
            when: when(site, record, brief),
            annotated: annotated(site, record, &drawn.cast),
            extra: &meta.extra,
        }
    }
}

fn correction(date: NaiveDate, text: &str) -> CorrectionRow<'_> {
    CorrectionRow { date: DateView::day(date, None), text }
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

fn voice_row(voice: &Voice) -> VoiceRow<'_> {
    VoiceRow {
        name: &voice.name,
        path: voice.path.as_deref(),
        role: voice.role.as_deref(),
        kind: voice.kind.name(),
        hue: voice.hue,
        counted: voice.counted,
        unsure: voice.unsure,
        held: voice.held,
        first: &voice.first,
    }
}

// ---- when ----

/// The dates of the brief in time order, wide ones before what lies in them.
fn when(site: &SiteView<'_>, record: &Record, brief: &Brief) -> Vec<WhenRow> {
    let mut rows = BTreeMap::new();
    let threshold = site.settings.site.threshold;
    let shown = Shown::of(record);
    for (index, timex) in record.annotations.timexes.iter().enumerate() {
        let dated = matches!(timex.kind, Kind::Date | Kind::Time) && timex.confidence >= threshold;
        if !dated || !shown.has(timex.span) {
            continue;
        }
        if let Some(row) = row_of(&mut rows, site, timex.value) {
            let words = timex.span.of(&record.article.document.text).to_owned();
            let said = |other: &str| fold::words(other) == fold::words(&words);
            if !said(&row.date.label) && !row.words.iter().any(|w| said(w)) {
                row.words.push(words);
            }
            row.first.get_or_insert_with(|| format!("t{}", index + 1));
        }
    }
    for statement in brief.statements.iter().map(|id| &site.library.statements[*id]) {
        if let Some(row) = statement.said_on.and_then(|on| row_of(&mut rows, site, on)) {
            row.said += 1;
        }
    }
    if let Some(row) = row_of(&mut rows, site, Value::Day(brief.published.day)) {
        row.published = true;
    }
    rows.into_values().collect()
}

/// The row of a value; a time of day belongs to its day. Values without bounds have none.
fn row_of<'r>(
    rows: &'r mut BTreeMap<(NaiveDate, Reverse<NaiveDate>), WhenRow>,
    site: &SiteView<'_>,
    value: Value,
) -> Option<&'r mut WhenRow> {
    let value = value.day().map_or(value, Value::Day);
    let (begin, end) = value.begin_end()?;
    Some(rows.entry((begin, Reverse(end))).or_insert_with(|| WhenRow {
        date: DateView::value(value, site.value_path(value)),
        words: Vec::new(),
        said: 0,
        published: false,
        first: None,
    }))
}

// ---- origins, story, notes ----

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

fn story<'a>(site: &SiteView<'a>, id: BriefId) -> Option<StoryRow<'a>> {
    let story = &site.library.stories[site.brief(id).story?];
    let at = story.briefs.iter().position(|b| *b == id)?;
    let neighbour = |index: usize| story.briefs.get(index).map(|id| neighbour(site, *id));
    Some(StoryRow {
        name: &story.name,
        path: links::story(&story.id),
        number: at + 1,
        of: story.briefs.len(),
        before: at.checked_sub(1).and_then(neighbour),
        after: neighbour(at + 1),
    })
}

fn neighbour<'a>(site: &SiteView<'a>, id: BriefId) -> Neighbour<'a> {
    let brief = site.brief(id);
    let date = DateView::day(brief.published.day, None);
    Neighbour { title: &brief.title, path: links::brief(&brief.slug), date }
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
    let dates = record.annotations.timexes.iter();
    sum.dates = dates.filter(|t| matches!(t.kind, Kind::Date | Kind::Time)).count();
    sum
}

/// A day, or the moment where a time is known, as ISO 8601 writes it.
pub(crate) fn moment(published: Published) -> String {
    published.time.map_or_else(|| iso(published.day), |time| time.to_rfc3339())
}

/// The headline with day and slug, for a brief whose headline another page has too.
pub(crate) fn dated_title(brief: &Brief) -> String {
    format!("{} ({}, {})", brief.title, long(brief.published.day), brief.slug)
}
