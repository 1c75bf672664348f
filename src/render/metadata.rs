//! What a page says to machines: [`Head`] and the JSON-LD of briefs, speakers and the home page.
//!
//! JSON-LD says no more than the page: a quotation is in it only if its words stand on the page
//! exactly so.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::view::brief::{Drawn, moment, place};
use super::view::schema_type;
use super::{SiteView, escape, links};
use crate::annotate::Form;
use crate::library::{BriefId, Profile, ProfileId, Statement};

/// What stands in the head of a page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Head {
    /// The page's own title, as its first heading.
    pub(crate) title: String,
    /// What the window shows: unique in the site.
    pub(crate) window: String,
    /// One sentence.
    pub(crate) description: String,
    /// The address as a site path.
    pub(crate) path: String,
    /// "website", "article" or "profile".
    pub(crate) kind: &'static str,
    /// The page's language.
    pub(crate) lang: String,
    /// "de_DE" or "de".
    pub(crate) locale: String,
    /// Whether search engines are asked to stay away.
    pub(crate) noindex: bool,
    /// When it was published, for articles.
    pub(crate) published: Option<String>,
    /// When it was last changed, for articles.
    pub(crate) modified: Option<String>,
    /// JSON-LD, safe inside a script element.
    pub(crate) json_ld: Option<String>,
    /// Where a wrong attribution is reported.
    pub(crate) report: Option<String>,
    /// The section of the menu that the page belongs to, as its path.
    pub(crate) section: &'static str,
}

/// A BCP 47 tag as OpenGraph writes locales.
pub(crate) fn locale(lang: &str) -> String {
    match lang.split_once('-') {
        Some((language, region)) if region.len() == 2 => {
            format!("{}_{}", language.to_ascii_lowercase(), region.to_ascii_uppercase())
        }
        _ if lang.eq_ignore_ascii_case("en") => "en_GB".into(),
        _ => lang.to_owned(),
    }
}

/// JSON that cannot end the script element it stands in.
fn script(json: &Json) -> String {
    json.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// `WebSite` on the home page.
pub(crate) fn home(site: &SiteView<'_>) -> String {
    let settings = &site.settings.site;
    script(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.title,
        "url": settings.base_url.absolute("/"),
        "description": settings.description,
        "inLanguage": settings.lang,
    }))
}

/// `Person` or `Organization` on a speaker's page.
pub(crate) fn speaker(site: &SiteView<'_>, id: ProfileId) -> Option<String> {
    let profile = site.profile(id);
    let mut json = party(site, profile)?;
    let map = json.as_object_mut()?;
    map.insert("@context".into(), "https://schema.org".into());
    if !profile.other_names.is_empty() {
        map.insert("alternateName".into(), json!(profile.other_names));
    }
    let same: Vec<&str> = profile.links.iter().map(|l| l.url.as_str()).collect();
    if !same.is_empty() {
        map.insert("sameAs".into(), json!(same));
    }
    let jobs: Vec<&str> = profile.roles.iter().map(|r| r.role.as_str()).collect();
    if !jobs.is_empty() && map["@type"] == "Person" {
        map.insert("jobTitle".into(), json!(jobs));
    }
    Some(script(&json))
}

/// A speaker as an object of schema.org.
fn party(site: &SiteView<'_>, profile: &Profile) -> Option<Json> {
    let base = &site.settings.site.base_url;
    let mut json = json!({ "@type": schema_type(profile.kind)?, "name": profile.name });
    if profile.page {
        json["url"] = base.absolute(&links::speaker(&profile.id)).into();
    }
    Some(json)
}

/// `NewsArticle` on a brief.
pub(crate) fn brief(site: &SiteView<'_>, id: BriefId, drawn: &Drawn) -> String {
    let settings = &site.settings.site;
    let (record, row) = (site.records[id], site.brief(id));
    let url = settings.base_url.absolute(&links::brief(&row.slug));
    let url = escape::href(&url);
    let publisher =
        json!({ "@type": "Organization", "name": settings.title, "url": settings.base_url.absolute("/") });
    let mut json = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": row.title,
        "description": row.description,
        "datePublished": moment(row.published),
        "dateModified": moment(row.updated.unwrap_or(row.published)),
        "author": author(site, id, &publisher),
        "publisher": publisher,
        "mainEntityOfPage": url,
        "image": settings.base_url.absolute("/card.png"),
        "inLanguage": record.article.meta.lang.as_ref().unwrap_or(&settings.lang),
    });
    if let Some(place) = place(site, record, row) {
        json["dateline"] = place.into();
    }
    if !row.corrections.is_empty() {
        let corrections = row.corrections.iter().map(|c| {
            let date = super::date::iso(c.date);
            json!({ "@type": "CorrectionComment", "text": c.text, "datePublished": date })
        });
        json["correction"] = corrections.collect();
    }
    let plain = spaced(&drawn.woven.plain);
    let rows = row.statements.iter().map(|s| &site.library.statements[*s]);
    let parts: Vec<Json> = rows.filter_map(|s| quotation(site, s, &plain, &url)).collect();
    if !parts.is_empty() {
        json["hasPart"] = parts.into();
    }
    script(&json)
}

fn author(site: &SiteView<'_>, id: BriefId, publisher: &Json) -> Json {
    let meta = &site.records[id].article.meta;
    if !meta.authors.is_empty() {
        return meta.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
    }
    match site.brief(id).outlet {
        Some(outlet) => json!({ "@type": "Organization", "name": site.library.outlets[outlet].name }),
        None => publisher.clone(),
    }
}

/// A counted statement of a named speaker in the exact words, if those stand on the page as they are.
fn quotation(site: &SiteView<'_>, statement: &Statement, plain: &str, url: &str) -> Option<Json> {
    let words = spaced(&statement.words);
    if statement.form != Form::Direct || words.is_empty() || !plain.contains(&words) {
        return None;
    }
    let mut json = json!({
        "@type": "Quotation",
        "text": words,
        "creator": party(site, site.profile(statement.profile?))?,
        "url": format!("{url}#{}", statement.quote),
    });
    if let Some(on) = statement.said_on.filter(|on| on.month().is_some()) {
        json["dateCreated"] = on.day().map_or_else(|| on.to_string(), super::date::iso).into();
    }
    Some(json)
}

/// Every run of white space as one blank.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_leave_its_script() {
        assert_eq!(script(&json!({"a": "</script>&"})), r#"{"a":"\u003c/script\u003e\u0026"}"#);
    }

    #[test]
    fn locales_have_a_region_or_none() {
        assert_eq!([locale("de-at"), locale("en"), locale("fr")], ["de_AT", "en_GB", "fr"]);
    }
}
