//! The calls into the lower layers, each in one place.
//!
//! STAND-IN of the branch `site`: enough of every stage to run commands and tests. At the merge
//! `stages.merged` takes the place of this file.

use std::path::Path;

use chrono::NaiveDate;
use walkdir::WalkDir;

use super::{Content, Overrides, Site};
use crate::annotate::Annotations;
use crate::config::{BaseUrl, Register, Settings};
use crate::content::{Asset, Entry, EntryKind};
use crate::diag::{Code, Diagnostic};
use crate::library::{Brief, Library};
use crate::parse::{Article, Meta, Published, Show, Title};
use crate::record::Record;
use crate::text::{Document, Markup, fold};

/// What lies under content/.
pub(super) struct Found {
    pub(super) entries: Vec<Entry>,
    pub(super) assets: Vec<Asset>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What became of an entry.
pub(super) enum Read {
    Brief(Box<Record>, Box<Facts>),
    Page(Box<Article>),
    Nothing,
}

pub(super) struct Facts(Brief);

pub(super) fn settings(root: &Path, overrides: &Overrides) -> (Option<Settings>, Vec<Diagnostic>) {
    let text = std::fs::read_to_string(root.join("dateline.toml")).unwrap_or_default();
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(_) => {
            let problem = Diagnostic::error(Code::BAD_CONFIG, "no TOML").in_file("dateline.toml");
            return (None, vec![problem]);
        }
    };
    let text = |key: &str| table.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let base = text("base_url").unwrap_or("http://localhost/".into());
    let site = crate::config::Site {
        title: text("title").unwrap_or("Dateline".into()),
        description: String::new(),
        base_url: overrides.base_url.clone().unwrap_or(BaseUrl::parse(&base).expect("stand-in")),
        lang: "en".into(),
        report: None,
        menu: vec![],
        per_page: 20,
        threshold: 0.8,
        promo: vec![],
        day_first: false,
        outlet: None,
        extra: serde_json::Value::Null,
    };
    let people = Register::default();
    let (build_date, drafts, future) = (overrides.build_date, overrides.drafts, overrides.future);
    (Some(Settings { site, people, build_date, drafts, future }), vec![])
}

pub(super) fn theme(_root: &Path) -> (Vec<(String, String)>, Vec<Asset>, Vec<Diagnostic>) {
    (vec![], vec![], vec![])
}

pub(super) fn built_in_statics() -> &'static [(&'static str, &'static [u8])] {
    &[("site.css", b"body{}")]
}

pub(super) fn walk(root: &Path) -> Found {
    let mut found = Found { entries: vec![], assets: vec![], diagnostics: vec![] };
    for entry in WalkDir::new(root.join("content")).sort_by_file_name().into_iter().flatten() {
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry.path().strip_prefix(root).expect("below").to_owned();
        let file = entry.path().to_owned();
        let kind = match path.extension().and_then(|e| e.to_str()) {
            Some("md") if path.starts_with("content/pages") => EntryKind::Page,
            Some("md") => EntryKind::Markdown,
            Some("txt") => EntryKind::Wire,
            _ => {
                let path = path.strip_prefix("content").expect("below").to_owned();
                found.assets.push(Asset { path, file });
                continue;
            }
        };
        found.entries.push(Entry { kind, path, file });
    }
    found
}

fn article(path: &Path, text: String) -> Article {
    let title = text.lines().next().unwrap_or_default().to_owned();
    let day = NaiveDate::from_ymd_opt(2025, 12, 6).expect("a day");
    Article {
        path: path.to_owned(),
        meta: Meta {
            slug: fold::slug(path.file_stem().and_then(|s| s.to_str()).unwrap_or("x")),
            title: Title { text: title, derived: true },
            date: Some(Published { day, time: None }),
            updated: None,
            authors: vec![],
            description: None,
            topics: vec![],
            story: None,
            aliases: vec![],
            outlet: None,
            source_url: None,
            byline: None,
            dateline: None,
            credit: vec![],
            rights: None,
            lang: None,
            show: Show::Full,
            corrections: vec![],
            extra: serde_json::Value::Null,
        },
        document: Document {
            text,
            markup: Markup::Markdown,
            zones: vec![],
            blocks: vec![],
            dateline: None,
            credit: None,
            byline: None,
        },
        lines_before: 0,
    }
}

pub(super) fn entry(entry: &Entry, _settings: &Settings) -> (Read, Vec<Diagnostic>) {
    let bytes = std::fs::read(&entry.file).unwrap_or_default();
    let Ok(text) = String::from_utf8(bytes) else {
        let problem = Diagnostic::error(Code::UNKNOWN_ENCODING, "no UTF-8").in_file(&entry.path);
        return (Read::Nothing, vec![problem]);
    };
    if text.contains('\0') {
        return (Read::Nothing, vec![Diagnostic::error(Code::NUL_BYTE, "a NUL byte").in_file(&entry.path)]);
    }
    let article = article(&entry.path, text);
    if entry.kind == EntryKind::Page {
        return (Read::Page(Box::new(article)), vec![]);
    }
    let facts = Facts(Brief {
        entry: entry.path.clone(),
        slug: article.meta.slug.clone(),
        title: article.meta.title.text.clone(),
        description: String::new(),
        published: article.meta.date.expect("a day"),
        updated: None,
        outlet: None,
        place: None,
        topics: vec![],
        story: None,
        corrections: vec![],
        show: Show::Full,
        people: vec![],
        statements: vec![],
        dates: vec![],
    });
    (Read::Brief(Box::new(Record { article, annotations: Annotations::default() }), Box::new(facts)), vec![])
}

pub(super) fn content_path(entry: &Path, address: &str) -> Option<String> {
    let path = super::html::decode(address.split(['?', '#']).next()?)?;
    let folder = entry.strip_prefix("content").ok()?.parent()?.display().to_string();
    let plain = !path.is_empty() && !path.contains(':') && !path.starts_with('/');
    plain.then(|| if folder.is_empty() { path.clone() } else { format!("{folder}/{path}") })
}

pub(super) fn fold(
    facts: Vec<Facts>,
    _pages: &[Article],
    _settings: &Settings,
) -> (Library, Vec<Diagnostic>) {
    (Library { briefs: facts.into_iter().map(|f| f.0).collect(), ..Library::default() }, vec![])
}

/// One page to make.
pub(super) struct Job {
    pub(super) path: String,
    body: String,
}

/// The theme with everything that its pages show.
pub(super) struct Drawing<'a> {
    content: &'a Content,
    site: &'a Site,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(site: &'a Site, content: &'a Content) -> Result<Self, Diagnostic> {
        if site.templates.iter().any(|(_, source)| source.contains("{{ broken")) {
            return Err(Diagnostic::error(Code::BAD_TEMPLATE, "broken"));
        }
        Ok(Self { content, site })
    }

    pub(super) fn plan(&self) -> Vec<Job> {
        let base = self.site.settings.site.base_url.path();
        let mut list = String::new();
        let mut jobs = Vec::new();
        for (folder, article) in self.content.placed() {
            list.push_str(&format!("<a href=\"{base}{folder}/\">{folder}</a>"));
            let mut body = String::new();
            pulldown_cmark::html::push_html(&mut body, pulldown_cmark::Parser::new(&article.document.text));
            jobs.push(Job { path: format!("{folder}/index.html"), body });
        }
        jobs.push(Job { path: "index.html".into(), body: list });
        jobs.push(Job { path: "404.html".into(), body: "<h1>Not here</h1>".into() });
        jobs
    }

    pub(super) fn render(&self, job: &Job) -> Result<Vec<u8>, Diagnostic> {
        Ok(format!("<!doctype html><html><head><title>x</title></head><body>{}</body></html>", job.body)
            .into_bytes())
    }
}

/// One file of any folder, annotated; `date` is its publication date where it gives none.
#[must_use]
pub fn annotate_file(
    file: &Path,
    _settings: &Settings,
    _date: Option<NaiveDate>,
) -> (Option<Record>, Vec<Diagnostic>) {
    match std::fs::read_to_string(file) {
        Ok(text) => {
            let record = Record { article: article(file, text), annotations: Annotations::default() };
            (Some(record), vec![])
        }
        Err(error) => {
            let message = format!("the file cannot be read: {error}");
            (None, vec![Diagnostic::error(Code::UNREADABLE, message).in_file(file)])
        }
    }
}

/// One line of JSON in, one line out; `Err` carries the line that says what was wrong.
///
/// # Errors
/// Where the line is no JSON object of the form that we read.
pub fn annotate_line(line: &[u8], _settings: &Settings, number: usize) -> Result<String, String> {
    match serde_json::from_slice::<serde_json::Value>(line) {
        Ok(value) => Ok(serde_json::json!({"schema": 1, "id": value["id"]}).to_string()),
        Err(error) => Err(serde_json::json!({"id": null, "error":
            {"code": "bad-json", "message": error.to_string(), "line": number}})
        .to_string()),
    }
}

/// A record as one line of JSON, schema 1, with its text.
#[must_use]
pub fn written(record: &Record) -> String {
    serde_json::json!({"schema": 1, "text": record.article.document.text}).to_string()
}

/// The article's words as HTML, with its marks.
#[must_use]
pub fn fragment(record: &Record, _settings: &Settings) -> String {
    format!("<p>{}</p>\n", record.article.document.text.replace('<', "&lt;"))
}

/// The lines for people.toml: every speaker that the register does not know.
#[must_use]
pub fn register_lines(_library: &Library, _people: &Register) -> String {
    String::new()
}
