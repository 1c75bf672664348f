//! JSON-LD in the words of schema.org: [`home`], [`brief`], [`speaker`] and [`page`] for all others.
//!
//! It says no more than the page that it stands in. A quotation is in it only if its words stand on
//! the page exactly so, said by somebody with a name beyond doubt; `dateCreated` is there only where
//! the text or an editor tells the day of speaking. Nothing is a `ClaimReview`: no fact is checked.

use std::borrow::Cow;

use serde_json::{Value as Json, json};

use super::metadata::Head;
use super::plan::{Job, JobKind};
use super::view::brief::{Drawn, moment, place};
use super::view::schema_type;
use super::{SiteView, date, escape, links};
use crate::annotate::{Basis, Form};
use crate::library::{BriefId, Profile, ProfileId, Statement};

/// Briefs that the list of a page names; `numberOfItems` tells of all.
const LISTED: usize = 50;

/// JSON that cannot end the script element it stands in, in Unicode's form C like the rest of the page.
fn script(json: Json) -> String {
    let mut whole = json!({ "@context": "https://schema.org" });
    if let (Some(whole), Json::Object(json)) = (whole.as_object_mut(), json) {
        whole.extend(json);
    }
    escape::script(&whole.to_string())
}

/// A site path as a full address.
fn absolute(site: &SiteView<'_>, path: &str) -> String {
    escape::href(site.settings.site.base_url.absolute(path))
}

/// Whether the text or an editor tells the day of speaking, so that it is not inferred.
pub(super) fn is_told(basis: Basis) -> bool {
    matches!(basis, Basis::Text | Basis::Editor)
}

/// `WebSite` on the home page.
pub(super) fn home(site: &SiteView<'_>) -> String {
    let settings = &site.settings.site;
    let mut json = json!({
        "@type": "WebSite",
        "name": settings.title,
        "url": absolute(site, "/"),
        "inLanguage": settings.lang,
    });
    if !settings.description.is_empty() {
        json["description"] = settings.description.as_str().into();
    }
    script(json)
}

/// What a page is, with the way that leads to it; `None` for what has a description of its own or
/// is no page.
pub(super) fn page(site: &SiteView<'_>, job: &Job, head: &Head) -> Option<String> {
    let kind = match &job.kind {
        JobKind::Page(_) => "WebPage",
        JobKind::Briefs(_)
        | JobKind::Speakers
        | JobKind::Days
        | JobKind::Year(_)
        | JobKind::Month(..)
        | JobKind::Day(_)
        | JobKind::Timeline
        | JobKind::Groups(_)
        | JobKind::Group(..) => "CollectionPage",
        _ => return None,
    };
    let mut json = web_page(site, job, head, kind);
    let listed: Option<(Vec<BriefId>, usize)> = match job.kind {
        JobKind::Briefs(page) => {
            let (all, per_page) = (site.library.briefs.len(), site.settings.site.per_page.max(1));
            Some(((0..all).skip((page - 1) * per_page).take(per_page).collect(), all))
        }
        JobKind::Group(kind, index) => {
            let briefs = kind.row(site, index).briefs;
            Some((briefs.iter().copied().take(LISTED).collect(), briefs.len()))
        }
        _ => None,
    };
    if let Some((briefs, all)) = listed {
        let items = briefs.iter().enumerate().map(|(index, id)| {
            let row = site.brief(*id);
            let url = absolute(site, &links::brief(&row.slug));
            json!({ "@type": "ListItem", "position": index + 1, "name": row.title, "url": url })
        });
        json["mainEntity"] = json!({
            "@type": "ItemList",
            "numberOfItems": all,
            "itemListElement": items.collect::<Vec<_>>(),
        });
    }
    Some(script(json))
}

/// The page's name as its heading has it.
fn name(job: &Job, head: &Head) -> String {
    match job.kind {
        JobKind::Year(year) => year.to_string(),
        _ => head.title.clone(),
    }
}

/// A page of the site and its place in it.
fn web_page(site: &SiteView<'_>, job: &Job, head: &Head, kind: &str) -> Json {
    let url = absolute(site, &job.site_path);
    let mut json = json!({
        "@type": kind,
        "@id": url,
        "url": url,
        "name": name(job, head),
        "inLanguage": head.lang,
        "isPartOf": {
            "@type": "WebSite",
            "name": site.settings.site.title,
            "url": absolute(site, "/"),
        },
    });
    if let Some(crumbs) = crumbs(site, job, &name(job, head)) {
        json["breadcrumb"] = crumbs;
    }
    json
}

/// The way from the home page.
fn crumbs(site: &SiteView<'_>, job: &Job, title: &str) -> Option<Json> {
    let section = |key, path: &str| (site.words.get(key).to_owned(), path.to_owned());
    let days = section("sections.days", "/days/");
    let year = |year: i32| (year.to_string(), links::year(year));
    let mut way = vec![(site.settings.site.title.clone(), "/".to_owned())];
    match &job.kind {
        JobKind::Brief(_) => way.push(section("sections.briefs", "/briefs/")),
        JobKind::Briefs(page) if *page > 1 => way.push(section("sections.briefs", "/briefs/")),
        JobKind::Speaker(_) => way.push(section("sections.speakers", "/speakers/")),
        JobKind::Group(kind, _) => way.push((kind.title(site).into(), kind.path().into())),
        JobKind::Year(_) => way.push(days),
        JobKind::Month(of, _) => way.extend([days, year(*of)]),
        JobKind::Day(day) => {
            use chrono::Datelike;
            let month = (site.words.month_of(day.year(), day.month()), links::month(day.year(), day.month()));
            way.extend([days, year(day.year()), month]);
        }
        JobKind::Home | JobKind::NotFound | JobKind::Redirect(_) => return None,
        _ => {}
    }
    way.push((title.to_owned(), job.site_path.clone()));
    let items = way.iter().enumerate().map(|(index, (name, path))| {
        json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": absolute(site, path) })
    });
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>() }))
}

// ---- speakers ----

/// `ProfilePage` of a `Person` or `Organization` on a speaker's page; of those who are no one body,
/// a `CollectionPage`.
pub(super) fn speaker(site: &SiteView<'_>, job: &Job, head: &Head, id: ProfileId) -> String {
    let profile = site.profile(id);
    let Some(mut party) = party(site, profile) else {
        return script(web_page(site, job, head, "CollectionPage"));
    };
    if !profile.other_names.is_empty() {
        party["alternateName"] = json!(profile.other_names);
    }
    let same: Vec<&str> = profile.links.iter().map(|l| l.url.as_str()).collect();
    if !same.is_empty() {
        party["sameAs"] = json!(same);
    }
    // A former office is none: the page tells until when, which `jobTitle` cannot.
    let jobs: Vec<&str> = profile.roles.iter().filter(|r| r.to.is_none()).map(|r| r.role.as_str()).collect();
    if !jobs.is_empty() && party["@type"] == "Person" {
        party["jobTitle"] = json!(jobs);
    }
    let mut json = web_page(site, job, head, "ProfilePage");
    json["mainEntity"] = party;
    script(json)
}

/// A speaker as an object of schema.org.
fn party(site: &SiteView<'_>, profile: &Profile) -> Option<Json> {
    let mut json = json!({ "@type": schema_type(profile.kind)?, "name": profile.name });
    if profile.page {
        let url = absolute(site, &links::speaker(&profile.id));
        json["@id"] = format!("{url}#speaker").into();
        json["url"] = url.into();
    }
    Some(json)
}

// ---- briefs ----

/// `NewsArticle` on a brief; `stand` is the summary that its page shows above the text.
pub(super) fn brief(
    site: &SiteView<'_>,
    job: &Job,
    head: &Head,
    (id, drawn): (BriefId, &Drawn),
    stand: Option<&str>,
) -> String {
    let settings = &site.settings.site;
    let (record, row) = (site.records[id], site.brief(id));
    let url = absolute(site, &links::brief(&row.slug));
    let publisher = json!({ "@type": "Organization", "name": settings.title, "url": absolute(site, "/") });
    let mut json = json!({
        "@type": "NewsArticle",
        "headline": row.title,
        "url": url,
        "datePublished": moment(row.published),
        "dateModified": moment(row.updated.unwrap_or(row.published)),
        "author": author(site, id, &publisher),
        "publisher": publisher,
        "mainEntityOfPage": {
            "@type": "WebPage",
            "@id": url,
            "breadcrumb": crumbs(site, job, &row.title),
        },
        "image": absolute(site, &head.image),
        "inLanguage": site.lang_of(&record.article),
    });
    if let Some(place) = place(site, record, row) {
        json["dateline"] = place.into();
    }
    let plain = spaced(&drawn.woven.plain);
    let opening = row.description.trim_end_matches('…').trim_end();
    if stand.is_some_and(|stand| stand == row.description) || plain.contains(&*spaced(opening)) {
        json["description"] = row.description.as_str().into();
    }
    around(site, id, &mut json);
    if !row.corrections.is_empty() {
        let corrections = row.corrections.iter().map(
            |c| json!({ "@type": "CorrectionComment", "text": c.text, "datePublished": date::iso(c.date) }),
        );
        json["correction"] = corrections.collect();
    }
    let mentions: Vec<Json> =
        site.library.heard_in(id).into_iter().filter_map(|id| party(site, site.profile(id))).collect();
    if !mentions.is_empty() {
        json["mentions"] = mentions.into();
    }
    let rows = row.statements.iter().map(|s| &site.library.statements[*s]);
    let parts: Vec<Json> = rows.filter_map(|s| quotation(site, s, &plain, &url)).collect();
    if !parts.is_empty() {
        json["hasPart"] = parts.into();
    }
    script(json)
}

/// The outlet, the topics, the story, the source and the rights of a brief.
fn around(site: &SiteView<'_>, id: BriefId, json: &mut Json) {
    let (row, meta) = (site.brief(id), &site.records[id].article.meta);
    let library = site.library;
    if let Some(outlet) = row.outlet.map(|outlet| &library.outlets[outlet]) {
        json["sourceOrganization"] = json!({ "@type": "Organization", "name": outlet.name });
    }
    if !row.topics.is_empty() {
        json["keywords"] = row.topics.iter().map(|t| library.topics[*t].name.as_str()).collect();
    }
    if let Some(story) = row.story.map(|story| &library.stories[story]) {
        let url = absolute(site, &links::story(&story.id));
        json["isPartOf"] = json!({ "@type": "CreativeWorkSeries", "name": story.name, "url": url });
    }
    if let Some(source) = &meta.source_url {
        json["isBasedOn"] = source.as_str().into();
    }
    if let Some(rights) = &meta.rights {
        json["copyrightNotice"] = rights.as_str().into();
    }
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
    if statement.form != Form::Direct {
        return None;
    }
    let words = spaced(&statement.words);
    if words.is_empty() || !plain.contains(&*words) {
        return None;
    }
    let party = party(site, site.profile(statement.profile?))?;
    let mut json = json!({
        "@type": "Quotation",
        "text": words,
        "creator": party,
        "spokenByCharacter": party,
        "url": format!("{url}#{}", statement.quote),
    });
    let told = statement.basis.is_none_or(is_told);
    if let Some(on) = statement.said_on.filter(|on| told && on.month().is_some()) {
        json["dateCreated"] = on.day().map_or_else(|| on.to_string(), date::iso).into();
    }
    Some(json)
}

/// Every run of white space as one blank, in form C.
fn spaced(text: &str) -> Cow<'_, str> {
    let text = escape::composed(text);
    if is_spaced(&text) {
        return text;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// Whether ASCII text has no white space but single blanks between words; of other text, `false`.
fn is_spaced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let blank = |at: &[u8]| at == b"  ";
    let graphic = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
    graphic && !bytes.starts_with(b" ") && !bytes.ends_with(b" ") && !bytes.windows(2).any(blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_leave_its_script() {
        assert_eq!(
            script(json!({"a": "</script>&"})),
            r#"{"@context":"https://schema.org","a":"\u003c/script\u003e\u0026"}"#
        );
    }

    #[test]
    fn white_space_is_single_blanks() {
        for (text, expected) in [
            ("a b c", "a b c"),
            (" a", "a"),
            ("a ", "a"),
            ("a  b", "a b"),
            ("a\nb\u{b}c", "a b c"),
            ("“a\u{a0}b”", "“a b”"),
            ("", ""),
        ] {
            assert_eq!(spaced(text), expected, "{text:?}");
        }
    }

    #[test]
    fn its_letters_are_composed_like_those_of_the_page() {
        let json = script(json!({"a": "re\u{301}sume\u{301}"}));
        assert_eq!(json, "{\"@context\":\"https://schema.org\",\"a\":\"r\u{e9}sum\u{e9}\"}");
    }
}
