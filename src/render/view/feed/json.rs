//! A feed as JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>): [`to_json`].

use serde::Serialize;

use super::{Feed, Said};
use crate::render::{SiteView, escape};

/// The whole file, its fields in the order in which they are written.
#[derive(Serialize)]
struct JsonFeed<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'f str,
    language: &'f str,
    authors: [Author<'f>; 1],
    items: Vec<Item<'f>>,
}

/// Who has written it.
#[derive(Serialize)]
struct Author<'f> {
    name: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// An entry.
#[derive(Serialize)]
struct Item<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    content_text: &'f str,
    date_published: &'f str,
    date_modified: &'f str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'f>>,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    tags: &'f [&'f str],
    /// Our own, which readers of feeds leave alone.
    #[serde(rename = "_dateline", skip_serializing_if = "Option::is_none")]
    statement: Option<&'f Said<'f>>,
}

/// The feed that stands at `path`.
pub(crate) fn to_json(site: &SiteView<'_>, feed: &Feed<'_>, path: &str) -> String {
    let settings = &site.settings.site;
    let absolute = |path: &str| escape::href(settings.base_url.absolute(path));
    let urls: Vec<String> = feed.entries.iter().map(|entry| absolute(&entry.path)).collect();
    let items = feed.entries.iter().zip(&urls).map(|(entry, url)| Item {
        id: url,
        url,
        title: &entry.title,
        content_text: if entry.summary.is_empty() { &entry.title } else { &entry.summary },
        date_published: &entry.published,
        date_modified: &entry.updated,
        authors: entry.authors.iter().map(|name| Author { name, url: None }).collect(),
        tags: &entry.topics,
        statement: entry.statement.as_ref(),
    });
    let file = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: absolute(&feed.page),
        feed_url: absolute(path),
        description: &feed.subtitle,
        language: &settings.lang,
        authors: [Author { name: &settings.title, url: Some(absolute("/")) }],
        items: items.collect(),
    };
    let mut file = serde_json::to_string(&file).expect("strings always serialise");
    file.push('\n');
    file
}
