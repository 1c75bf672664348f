//! dateline.toml: from its text to [`Site`].

use regex::Regex;

use super::reader::{Reader, short};
use super::table::{Placed, Table, Value};
use super::{BaseUrl, Promo, Target};
use crate::diag::{Code, Diagnostic};

/// One entry of the menu beside the built-in ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// The word shown.
    pub title: String,
    /// A site path (`/about/`) or a full address.
    pub url: String,
}

/// Of what pictures for shared links are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cards {
    /// One of the site, for all its pages.
    #[default]
    Site,
    /// One of each brief besides.
    Briefs,
}

/// dateline.toml with every default filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The site's name.
    pub title: String,
    /// One sentence about the site.
    pub description: String,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// The language as a BCP 47 tag.
    pub lang: String,
    /// Where "report a wrong attribution" leads: `mailto:` or http(s); `None` hides nothing, it
    /// makes the line say that no address was given.
    pub report: Option<String>,
    /// The menu's own entries, after the built-in ones.
    pub menu: Vec<MenuItem>,
    /// Briefs on one page of a list.
    pub per_page: usize,
    /// Below this confidence an attribution is "possibly X", in its own brief only.
    pub threshold: f32,
    /// Regular expressions for promotional lines of wire copy, besides the built-in ones.
    pub promo: Promo,
    /// Whether `12/5` is the twelfth of May.
    pub day_first: bool,
    /// The outlet of every entry that names none.
    pub outlet: Option<String>,
    /// The theme between the built-in one and the site's own files: a folder in themes/.
    pub theme: Option<String>,
    /// Whether the site has a search page and its index.
    pub search: bool,
    /// Of what pictures for shared links are drawn.
    pub cards: Cards,
    /// Where `publish` can carry the site, in the order of the file.
    pub publish: Vec<Target>,
    /// Whatever else templates shall get.
    pub extra: serde_json::Value,
}

/// The file's name, as diagnostics give it.
const FILE: &str = "dateline.toml";

const KEYS: [&str; 15] = [
    "title",
    "description",
    "base_url",
    "lang",
    "report",
    "menu",
    "per_page",
    "annotate",
    "wire",
    "outlet",
    "theme",
    "search",
    "cards",
    "publish",
    "extra",
];

/// What other generators call them.
const HABITS: [(&str, &str); 9] = [
    ("baseURL", "base_url"),
    ("url", "base_url"),
    ("languageCode", "lang"),
    ("default_language", "lang"),
    ("language", "lang"),
    ("paginate", "per_page"),
    ("paginate_by", "per_page"),
    ("params", "extra"),
    ("threshold", "threshold` under `[annotate]"),
];

impl Default for Site {
    /// The settings of a site without dateline.toml.
    fn default() -> Self {
        Self {
            title: "Dateline".into(),
            description: String::new(),
            base_url: BaseUrl::parse("http://localhost/").expect("a constant address is one"),
            lang: "en".into(),
            report: None,
            menu: Vec::new(),
            per_page: 20,
            threshold: 0.8,
            promo: Promo::default(),
            day_first: false,
            outlet: None,
            theme: None,
            search: true,
            cards: Cards::Site,
            publish: Vec::new(),
            extra: serde_json::Value::Object(serde_json::Map::new()),
        }
    }
}

impl Site {
    /// Reads the text of dateline.toml. `None` where it is no TOML at all; a single mistake
    /// costs the one setting, which keeps its default, and is an error in the diagnostics.
    #[must_use]
    pub fn parse(text: &str) -> (Option<Self>, Vec<Diagnostic>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader::new(text, FILE, Code::BAD_SETTING, Code::UNKNOWN_SETTING);
        match Table::from_toml(text, 0) {
            Ok(table) => {
                let site = Self::resolve(Raw::read(&mut reader, table), &mut reader);
                (Some(site), reader.diagnostics)
            }
            Err(malformed) => {
                reader.malformed(Code::BAD_CONFIG, "TOML", malformed);
                (None, reader.diagnostics)
            }
        }
    }

    fn resolve(raw: Raw, reader: &mut Reader<'_>) -> Self {
        let base = Self::default();
        let Raw {
            title,
            description,
            base_url,
            lang,
            report,
            menu,
            per_page,
            annotate,
            wire,
            outlet,
            theme,
            search,
            cards,
            publish,
            extra,
        } = raw;
        let RawAnnotate { threshold, day_first } = annotate;
        let RawWire { promo } = wire;
        Self {
            title: title.map_or(base.title, |t| t.value),
            description: description.map_or(base.description, |d| d.value),
            base_url: base_url.and_then(|u| base_address(reader, &u)).unwrap_or(base.base_url),
            lang: lang.and_then(|l| language(reader, l)).unwrap_or(base.lang),
            report: report.and_then(|r| report_address(reader, r)),
            menu: menu.into_iter().filter_map(|m| menu_item(reader, m)).collect(),
            per_page: per_page.unwrap_or(base.per_page),
            threshold: threshold.and_then(|t| share(reader, &t)).unwrap_or(base.threshold),
            promo: patterns(reader, promo),
            day_first: day_first.unwrap_or(base.day_first),
            outlet: outlet.map(|o| o.value),
            theme: theme.and_then(|t| folder_name(reader, t)),
            search: search.unwrap_or(base.search),
            cards: cards.and_then(|c| card_setting(reader, &c)).unwrap_or(base.cards),
            publish: targets(reader, publish),
            extra: Value::Table(extra).into_json(),
        }
    }
}

/// dateline.toml as it is written.
struct Raw {
    title: Option<Placed<String>>,
    description: Option<Placed<String>>,
    base_url: Option<Placed<String>>,
    lang: Option<Placed<String>>,
    report: Option<Placed<String>>,
    menu: Vec<Placed<Table>>,
    per_page: Option<usize>,
    annotate: RawAnnotate,
    wire: RawWire,
    outlet: Option<Placed<String>>,
    theme: Option<Placed<String>>,
    search: Option<bool>,
    cards: Option<Placed<String>>,
    publish: Table,
    extra: Table,
}

/// `[annotate]`.
struct RawAnnotate {
    threshold: Option<Placed<f64>>,
    day_first: Option<bool>,
}

/// `[wire]`.
struct RawWire {
    promo: Vec<Placed<String>>,
}

impl Raw {
    fn read(reader: &mut Reader<'_>, mut table: Table) -> Self {
        let t = &mut table;
        let raw = Self {
            title: reader.text(t, "title"),
            description: reader.text(t, "description"),
            base_url: reader.text(t, "base_url"),
            lang: reader.text(t, "lang"),
            report: reader.text(t, "report"),
            menu: reader.tables(t, "menu"),
            per_page: reader.count(t, "per_page", 1),
            annotate: RawAnnotate::read(reader, t),
            wire: RawWire::read(reader, t),
            outlet: reader.text(t, "outlet"),
            theme: reader.text(t, "theme"),
            search: reader.flag(t, "search"),
            cards: reader.text(t, "cards"),
            publish: reader.table(t, "publish"),
            extra: reader.table(t, "extra"),
        };
        reader.finish(&table, &KEYS, &HABITS);
        raw
    }
}

impl RawAnnotate {
    fn read(reader: &mut Reader<'_>, site: &mut Table) -> Self {
        let mut table = reader.table(site, "annotate");
        let threshold = reader.number(&mut table, "threshold");
        let day_first = reader.flag(&mut table, "day_first");
        reader.finish(&table, &["threshold", "day_first"], &[]);
        Self { threshold, day_first }
    }
}

impl RawWire {
    fn read(reader: &mut Reader<'_>, site: &mut Table) -> Self {
        let mut table = reader.table(site, "wire");
        let promo = reader.texts(&mut table, "promo");
        reader.finish(&table, &["promo"], &[]);
        Self { promo }
    }
}

fn base_address(reader: &mut Reader<'_>, given: &Placed<String>) -> Option<BaseUrl> {
    BaseUrl::parse(&given.value)
        .map_err(|why| reader.bad(given.place, why, "write `base_url = \"https://example.org/\"`"))
        .ok()
}

fn language(reader: &mut Reader<'_>, given: Placed<String>) -> Option<String> {
    if super::is_language(&given.value) {
        return Some(given.value);
    }
    let message = format!("`{}` is no language tag", short(&given.value));
    reader.bad(given.place, message, "write a tag such as `en` or `en-GB`");
    None
}

/// The name of a folder, which can lead nowhere else.
fn folder_name(reader: &mut Reader<'_>, given: Placed<String>) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if given.value.chars().all(plain) {
        return Some(given.value);
    }
    let message = format!("`{}` is no name of a theme", short(&given.value));
    reader.bad(given.place, message, "write the name of a folder in themes/: letters, digits, `-` and `_`");
    None
}

fn report_address(reader: &mut Reader<'_>, given: Placed<String>) -> Option<String> {
    let address = &given.value;
    let known =
        ["mailto:", "https://", "http://"].iter().any(|s| address.len() > s.len() && address.starts_with(s));
    if known && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c)) {
        return Some(given.value);
    }
    let message = format!("`{}` is no address for reports", short(address));
    reader.bad(given.place, message, "write `mailto:desk@example.org` or an https:// address");
    None
}

fn card_setting(reader: &mut Reader<'_>, given: &Placed<String>) -> Option<Cards> {
    match given.value.as_str() {
        "site" => Some(Cards::Site),
        "briefs" => Some(Cards::Briefs),
        other => {
            let message = format!("`cards` cannot be `{}`", short(other));
            let hint =
                "write \"site\" for one picture of the site, or \"briefs\" for one of each brief besides";
            reader.bad(given.place, message, hint);
            None
        }
    }
}

fn menu_item(reader: &mut Reader<'_>, mut item: Placed<Table>) -> Option<MenuItem> {
    let title = reader.text(&mut item.value, "title");
    let url = reader.text(&mut item.value, "url");
    reader.finish(&item.value, &["title", "url"], &[("name", "title"), ("path", "url")]);
    let (Some(title), Some(url)) = (title, url) else {
        reader.bad(
            item.place,
            "a menu entry needs `title` and `url`",
            "write `title = \"About\"` and `url = \"/about/\"`",
        );
        return None;
    };
    let known = ["https://", "http://", "mailto:"].iter().any(|s| url.value.starts_with(s));
    if known || (url.value.starts_with('/') && !url.value.starts_with("//")) {
        return Some(MenuItem { title: title.value, url: url.value });
    }
    let message = format!("`{}` is no address for the menu", short(&url.value));
    reader.bad(url.place, message, "write a path of the site such as `/about/`, or an https:// address");
    None
}

#[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1 needs no more")]
fn share(reader: &mut Reader<'_>, given: &Placed<f64>) -> Option<f32> {
    if (0.0..=1.0).contains(&given.value) {
        return Some(given.value as f32);
    }
    reader.bad(
        given.place,
        "`threshold` must lie between 0 and 1",
        "0.8 is the default; 1 shows editors' attributions alone",
    );
    None
}

fn patterns(reader: &mut Reader<'_>, given: Vec<Placed<String>>) -> Promo {
    let mut promo = Promo::default();
    for pattern in given {
        let compiled: Result<Regex, _> = Promo::compile(&pattern.value);
        match compiled {
            Ok(regex) if regex.is_match("") => {
                let message = "this pattern matches every line, even an empty one";
                reader.bad(pattern.place, message, "start it with `^` and the words of the line");
            }
            Ok(regex) => promo.push(regex),
            Err(error) => {
                let text = error.to_string();
                let why = text.lines().last().unwrap_or_default().trim().trim_start_matches("error: ");
                let message = format!("this is no regular expression: {why}");
                reader.bad(
                    pattern.place,
                    message,
                    "in TOML, write patterns in single quotation marks: '^Sign up'",
                );
            }
        }
    }
    promo
}

fn targets(reader: &mut Reader<'_>, given: Table) -> Vec<Target> {
    let mut targets = Vec::new();
    for field in given.fields {
        let name = field.key.value;
        match field.value.value {
            Value::Table(table) => targets.extend(Target::read(reader, &name, field.key.place, table)),
            other => {
                let message = format!("`publish.{}` must be a table, not {}", short(&name), other.kind());
                reader.bad(
                    field.value.place,
                    message,
                    format!("write `[publish.{}]` on a line of its own", short(&name)),
                );
            }
        }
    }
    targets
}

#[cfg(test)]
mod tests;
