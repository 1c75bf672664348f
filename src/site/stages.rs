//! The calls into the lower layers, each in one place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::annotator::Annotator;
use super::{Content, Keep, Overrides, Site, language};
use crate::annotate::{Language, Options, filed_on};
use crate::config::{self, Register, Settings};
use crate::content::{self, Asset, Entry, EntryKind};
use crate::diag::{Code, Diagnostic, Location};
pub(super) use crate::library::Memory;
use crate::library::{Library, PlainPage};
use crate::notes::{self, Edited, Given};
use crate::output::SitePath;
use crate::output::cache::Cache;
use crate::parse::{self, Article, Meta, Published, Title};
use crate::record::written::{error_line, to_json, to_json_as};
use crate::record::{Facts, InputLine, Record};
use crate::render::{self, AssetNames, Common, SiteView, links, theme as built_in};
use crate::text::Span;

pub(super) use crate::content::walk;
pub use crate::library::register_lines;
pub use crate::render::fragment;
pub(super) use crate::render::{Job, Last, Page, Renderer};

/// What became of an entry.
#[derive(Clone, Debug)]
pub(super) enum Read {
    /// A brief, and what the library folds of it.
    Brief(Arc<Record>, Arc<Facts>),
    /// A plain page.
    Page(Arc<Article>),
    /// Held back: it is not shown.
    Withheld,
    /// Too broken to be shown.
    Broken,
}

/// What became of an entry, and what there is to say about it.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) read: Read,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether people.toml was looked at.
    pub(super) noted: bool,
}

/// An entry's bytes and those of the notes beside it, or why they cannot be read.
#[derive(Debug, PartialEq)]
pub(super) struct Source {
    pub(super) bytes: Result<Vec<u8>, Diagnostic>,
    pub(super) notes: Result<Option<(PathBuf, String)>, Diagnostic>,
}

impl Source {
    pub(super) fn of(entry: &Entry) -> Self {
        Self { bytes: content::read(entry), notes: content::read_notes(entry) }
    }
}

/// dateline.toml and people.toml with what the command line says over them; `None` where one of
/// them cannot be used.
pub(super) fn settings(root: &Path, overrides: &Overrides) -> (Option<Settings>, Vec<Diagnostic>) {
    let (site, people) = match content::configuration(root) {
        Ok(texts) => texts,
        Err(error) => {
            let name = error.path.file_name().unwrap_or_default();
            let problem =
                Diagnostic::error(Code::UNREADABLE, format!("this file cannot be read: {}", error.source));
            return (None, vec![problem.in_file(name)]);
        }
    };
    let (site, mut diagnostics) = config::Site::parse(site.as_deref().unwrap_or_default());
    let (people, problems) = Register::parse(people.as_deref().unwrap_or_default());
    diagnostics.extend(problems);
    let (Some(mut site), Some(people)) = (site, people) else { return (None, diagnostics) };
    if let Some(base_url) = &overrides.base_url {
        site.base_url = base_url.clone();
    }
    let Overrides { build_date, base_url: _, drafts, future } = *overrides;
    (Some(Settings { site, people, build_date, drafts, future }), diagnostics)
}

/// The templates and static files of the site's theme and its own.
pub(super) fn theme(
    root: &Path,
    settings: &Settings,
) -> (Vec<(String, String)>, Vec<Asset>, Vec<Diagnostic>) {
    let content::Theme { templates, statics, diagnostics } =
        content::theme(root, settings.site.theme.as_deref());
    (templates, statics, diagnostics)
}

/// The static files of the built-in theme.
pub(super) fn built_in_statics() -> &'static [(&'static str, &'static [u8])] {
    built_in::STATIC
}

/// The settings as far as the reading of an entry depends on them: [`entry`] gets no others. Of
/// people.toml it reads only where there are notes ([`Outcome::noted`]).
pub(super) fn reading(settings: &Settings) -> Settings {
    let config::Site { promo, day_first, lang, threshold, .. } = settings.site.clone();
    let site = config::Site { promo, day_first, lang, threshold, ..config::Site::default() };
    Settings { site, ..settings.clone() }
}

/// Parses and annotates one entry; `settings` are those of [`reading`].
pub(super) fn entry(entry: &Entry, source: Source, settings: &Settings, annotator: &Annotator) -> Outcome {
    let bytes = match source.bytes {
        Ok(bytes) => bytes,
        Err(diagnostic) => {
            return Outcome { read: Read::Broken, diagnostics: vec![diagnostic], noted: false };
        }
    };
    let parsed = parse::article(entry, bytes, settings);
    let (mut diagnostics, front) = (parsed.diagnostics, parsed.notes);
    let mut noted = false;
    let read = match parsed.outcome {
        parse::Outcome::Withheld => Read::Withheld,
        parse::Outcome::Failed => Read::Broken,
        parse::Outcome::Article(article) if entry.kind == EntryKind::Page => {
            diagnostics.extend(front.map(|front| notes::on_a_page(&article, &front)));
            Read::Page(Arc::from(article))
        }
        parse::Outcome::Article(article) => {
            let beside = told(source.notes, &mut diagnostics);
            let record;
            let given = Given { front, beside };
            (record, noted) = annotated(*article, given, settings, annotator, &mut diagnostics);
            diagnostics.extend(unclosed(&record));
            match Facts::of(&record, settings.site.threshold) {
                Some(facts) => Read::Brief(Arc::new(record), Arc::new(facts)),
                None => Read::Broken,
            }
        }
    };
    Outcome { read, diagnostics, noted }
}

/// The editor's notes beside an entry; what cannot be read is told.
fn told(
    notes: Result<Option<(PathBuf, String)>, Diagnostic>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(PathBuf, String)> {
    notes.unwrap_or_else(|diagnostic| {
        diagnostics.push(diagnostic);
        None
    })
}

/// What an author should know of quotations that no mark closes: the first, and how many more.
fn unclosed(record: &Record) -> Option<Diagnostic> {
    let (first, more) = record.annotations.unclosed.split_first()?;
    let text = &record.article.document.text;
    let start = first.start as usize;
    let mark = text[start..].chars().next().map_or(0, char::len_utf8);
    let mut place = Location::of(text, Span::new(start, start + mark));
    place.line += record.article.lines_before;
    let others = match more.len() {
        0 => String::new(),
        1 => ", nor one other in this file".to_owned(),
        n => format!(", nor {n} others in this file"),
    };
    let message = format!("no mark closes this quotation{others}");
    let hint = "close it, or repeat the opening mark at the head of the next paragraph; who said how much \
                stays uncertain until then";
    let path = record.article.path.clone();
    Some(Diagnostic::warning(Code::UNCLOSED_QUOTE, message).in_file(path).at(place).hint(hint))
}

/// The annotated article, and whether there are notes about it.
fn annotated(
    article: Article,
    given: Given,
    settings: &Settings,
    annotator: &Annotator,
    told: &mut Vec<Diagnostic>,
) -> (Record, bool) {
    let dct = article.meta.date.map(|date| date.day);
    let language = Language::of_tag(language::tag(&article, settings));
    let options = Options { dct, language, day_first: settings.site.day_first };
    let dateline = article.document.dateline.as_ref();
    let place = article.meta.dateline.as_deref().or(dateline.map(|d| d.place.as_str()));
    let day = dateline.and_then(|d| d.day).map(|span| span.of(&article.document.text));
    let time = article.meta.date.and_then(|date| date.time);
    let options = Options { dct: filed_on(&options, time, place, day), ..options };
    let found = annotator.annotate(&article.document, &options);
    let Edited { annotations, diagnostics, noted } =
        notes::annotate(&article, &options, found, given, &settings.people);
    told.extend(diagnostics);
    (Record { article, annotations }, noted)
}

/// The file under content/ that an entry's address means, if it means one.
pub(super) fn content_path(entry: &Path, address: &str) -> Option<String> {
    match links::target(entry, &super::html::decode(address)?) {
        links::Target::Content(path, _) => Some(path),
        _ => None,
    }
}

/// Folds the library of the briefs; `pages` are the plain pages, whose addresses are taken.
pub(super) fn fold(
    facts: &[Arc<Facts>],
    pages: &[Article],
    settings: &Settings,
    memory: &mut Memory,
) -> (Library, Vec<Diagnostic>) {
    let (mut library, mut diagnostics) = Library::fold_again(facts, settings, memory);
    let pages: Vec<PlainPage> = pages
        .iter()
        .map(|page| PlainPage {
            address: links::page(&page.meta.slug),
            entry: page.path.clone(),
            aliases: page.meta.aliases.clone(),
        })
        .collect();
    diagnostics.extend(library.reserve(&pages));
    (library, diagnostics)
}

/// The templates `own` of a site over the built-in ones, ready to draw its pages.
pub(super) fn renderer(site: &Site, own: &[(String, String)]) -> Result<Renderer, Diagnostic> {
    let files = site.statics.files().iter();
    let assets = AssetNames::new(files.map(|(path, file)| (path.to_string(), file.hash.clone())));
    let renamed = || site.statics.renamed().map(|(path, name)| (path.to_string(), name));
    let assets = if site.hosting.is_some() { assets.renamed(renamed()) } else { assets };
    Renderer::new(&site.settings, own, &assets)
}

/// The theme with everything that its pages show.
pub(super) struct Drawing<'a> {
    renderer: Arc<Renderer>,
    view: SiteView<'a>,
    /// Whether the site has a picture of its own for shared links.
    own_card: bool,
    cards: Cache,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(site: &'a Site, content: &'a Content, keep: Keep) -> Result<Self, Diagnostic> {
        let renderer = Arc::new(renderer(site, &site.templates)?);
        let common = Common::of(&content.library, &content.pages);
        Ok(Self::with(renderer, site, content, common, keep))
    }

    /// The same with templates that are ready, and what all pages of `content` share.
    pub(super) fn with(
        renderer: Arc<Renderer>,
        site: &'a Site,
        content: &'a Content,
        common: Arc<Common>,
        keep: Keep,
    ) -> Self {
        let (library, pages) = (&content.library, &content.pages);
        let view = SiteView::new(&site.settings, library, content.briefs(), pages, common);
        let mut files = site.statics.files().iter();
        let own_card = files.any(|(path, file)| is_card(path) && !is_built_in(path, &file.content));
        let cards = Cache::new(&site.root, "cards", keep == Keep::Yes);
        Self { renderer, view, own_card, cards }
    }

    /// Every page, in a fixed order.
    pub(super) fn plan(&self) -> Vec<Job> {
        let mut jobs = render::plan(&self.view);
        jobs.retain(|job| !self.own_card || job.site_path != links::CARD);
        jobs
    }

    /// The files of the search index, in a fixed order.
    pub(super) fn search_index(&self) -> Vec<Page> {
        render::search_index(&self.view)
    }

    pub(super) fn render(&self, job: &Job) -> Result<Vec<u8>, Diagnostic> {
        self.render_next(job, &mut Last::default())
    }

    /// The same of several jobs in the order of the plan; `last` goes from one to the next.
    pub(super) fn render_next(&self, job: &Job, last: &mut Last<'a>) -> Result<Vec<u8>, Diagnostic> {
        let page = self.renderer.render_next(job, &self.view, last)?.content;
        if job.is_card() { self.cards.get(&page, || picture(&page)) } else { Ok(page) }
    }

    /// Forgets pictures that the site no longer has.
    pub(super) fn prune(&self) {
        self.cards.prune();
    }
}

/// The PNG of an SVG.
#[cfg(feature = "cards")]
fn picture(svg: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    render::raster(&String::from_utf8_lossy(svg)).map_err(|why| {
        Diagnostic::error(Code::BAD_TEMPLATE, format!("no picture can be made of this: {why}"))
            .in_file("templates/card.svg")
            .hint("the template must give an SVG with `width` and `height`, its words as the paths it gets")
    })
}

/// Without the rasteriser no picture is planned.
#[cfg(not(feature = "cards"))]
fn picture(svg: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    Ok(svg.to_vec())
}

/// Whether a static file is the picture for shared links.
fn is_card(path: &SitePath) -> bool {
    path.as_str() == links::CARD.trim_start_matches('/')
}

/// Whether a static file is the built-in theme's.
pub(super) fn is_built_in(path: &SitePath, content: &[u8]) -> bool {
    built_in::STATIC.iter().any(|(name, bytes)| *name == path.as_str() && *bytes == content)
}

/// One file of any folder, annotated; `date` is its publication date where it gives none.
#[must_use]
pub fn annotate_file(
    file: &Path,
    settings: &Settings,
    date: Option<NaiveDate>,
) -> (Option<Record>, Vec<Diagnostic>) {
    let wire = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"));
    let kind = if wire { EntryKind::Wire } else { EntryKind::Markdown };
    let notes = content::notes_beside(file);
    let entry = Entry { kind, path: file.to_owned(), file: file.to_owned(), notes };
    let bytes = match content::read(&entry) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let mut parsed = parse::article(&entry, bytes.clone(), settings);
    if let Some(date) = date.filter(|_| parsed.diagnostics.iter().any(|d| d.code == Code::MISSING_DATE)) {
        parsed = parse::article(&dated(&entry, date), bytes, settings);
        parsed.diagnostics.iter_mut().for_each(|d| d.path = Some(entry.path.clone()));
    }
    let record = match parsed.outcome {
        parse::Outcome::Article(mut article) => {
            let beside = told(content::read_notes(&entry), &mut parsed.diagnostics);
            article.path = entry.path;
            let given = Given { front: parsed.notes, beside };
            Some(annotated(*article, given, settings, &Annotator::default(), &mut parsed.diagnostics).0)
        }
        parse::Outcome::Withheld | parse::Outcome::Failed => None,
    };
    parsed.diagnostics.extend(record.as_ref().and_then(unclosed));
    parsed.diagnostics.extend(language::notes(&record, settings));
    (record, parsed.diagnostics)
}

/// The entry under a name that begins with the day: that is where a missing date is looked for.
fn dated(entry: &Entry, date: NaiveDate) -> Entry {
    let name = entry.path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    Entry { path: entry.path.with_file_name(format!("{date}-{name}")), ..entry.clone() }
}

/// One line of JSON in, one line out; `number` counts lines from 1.
///
/// # Errors
/// The line that says what was wrong, where the input is no object of the form that we read.
pub fn annotate_line(line: &[u8], settings: &Settings, number: usize) -> Result<String, String> {
    let line = str::from_utf8(line)
        .map_err(|error| error_line(None, "bad-utf8", &format!("the line is no UTF-8: {error}"), number))?;
    let input = InputLine::parse(line)
        .map_err(|error| error_line(error.id.as_deref(), error.fault.code(), &error.to_string(), number))?;
    Ok(annotate_input(input, settings))
}

/// One text as `annotate --jsonl` reads it, annotated: the line that answers it.
#[must_use]
pub fn annotate_input(input: InputLine, settings: &Settings) -> String {
    let InputLine { id, text, date, title, lang } = input;
    let (document, header) = parse::wire::document(text, &settings.site.promo);
    let day = date.or(header);
    let title = Title { derived: title.is_none(), text: title.unwrap_or_default() };
    let date = day.map(|day| Published { day, time: None });
    let meta = Meta { date, lang, ..Meta::titled(title) };
    let article = Article { path: id.clone().into(), meta, document, lines_before: 0, headline: None };
    // A text of a line has no notes, and nothing is said of it.
    let (given, annotator) = (Given::default(), Annotator::default());
    to_json_as(&id, &annotated(article, given, settings, &annotator, &mut Vec::new()).0, false)
}

/// A record as one line of JSON, schema 1, with its text.
#[must_use]
pub fn written(record: &Record) -> String {
    to_json(record, true)
}
