//! What machines read of the small site, beside what its pages say.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::*;
use crate::annotate::Basis;
#[cfg(feature = "cards")]
use crate::config::Cards;
use crate::render::view::feed::ENTRIES;

/// The characters of some HTML of ours, as a browser's `textContent` has them.
fn text_of(html: &str) -> String {
    let words: String =
        html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The JSON-LD of a page and the words that a reader sees of it.
fn linked(page: &str) -> (Json, String) {
    let data = between(page, "application/ld+json\">", "</script>");
    let body = page.split_once("<body>").unwrap().1;
    (serde_json::from_str(data).unwrap(), spaced(&text_of(body)))
}

/// Every value of a key, however deep.
fn all<'j>(json: &'j Json, key: &str) -> Vec<&'j Json> {
    match json {
        Json::Object(map) => map
            .iter()
            .flat_map(|(k, value)| (k == key).then_some(value).into_iter().chain(all(value, key)))
            .collect(),
        Json::Array(list) => list.iter().flat_map(|value| all(value, key)).collect(),
        _ => Vec::new(),
    }
}

// ---- JSON-LD ----

#[test]
fn every_name_headline_and_quotation_of_json_ld_stands_on_its_page() {
    let pages = rendered(&Fixture::new());
    let mut seen = BTreeSet::new();
    for (path, page) in
        pages.iter().filter(|(path, page)| path.ends_with(".html") && page.contains("ld+json\">"))
    {
        let (json, text) = linked(page);
        for key in
            ["headline", "name", "text", "alternateName", "jobTitle", "dateline", "keywords", "description"]
        {
            for value in all(&json, key) {
                for words in value.as_array().unwrap_or(&vec![value.clone()]) {
                    let words = spaced(words.as_str().unwrap());
                    // The way from the home page is the site's menu.
                    assert!(text.contains(&words), "{key} “{words}” of {path} is not on the page");
                }
            }
        }
        for value in all(&json, "url").into_iter().chain(all(&json, "item")).chain(all(&json, "@id")) {
            let value = value.as_str().unwrap();
            let inside = value.strip_prefix("https://notes.example/port").unwrap();
            assert!(pages.contains_key(&links::file(inside.split('#').next().unwrap())), "{path}: {value}");
        }
        seen.extend(all(&json, "@type").into_iter().map(|kind| kind.as_str().unwrap().to_owned()));
    }
    for kind in
        ["NewsArticle", "Quotation", "ProfilePage", "Person", "CollectionPage", "ItemList", "BreadcrumbList"]
    {
        assert!(seen.contains(kind), "{kind} is nowhere");
    }
    assert!(!seen.contains("ClaimReview"), "no fact is checked");
}

#[test]
fn a_quotation_is_of_its_speaker_at_its_place_and_dated_only_where_the_text_tells_the_day() {
    let mut fixture = Fixture::new();
    let quotations = |fixture: &Fixture| {
        let (json, _) = linked(&rendered(fixture)["briefs/union-answers/index.html"]);
        json["hasPart"].as_array().unwrap().clone()
    };
    let parts = quotations(&fixture);
    assert_eq!(parts[0]["text"], "“A lock is opened by hands, not by speeches,”");
    for key in ["creator", "spokenByCharacter"] {
        assert_eq!(parts[0][key]["name"], "Ilse Brandt");
        assert_eq!(parts[0][key]["@id"], "https://notes.example/port/speakers/ilse-brandt/#speaker");
    }
    assert_eq!(parts[0]["dateCreated"], "2024-05-26");
    assert!(
        parts[0]["url"].as_str().unwrap().starts_with("https://notes.example/port/briefs/union-answers/#q-")
    );
    assert!(parts[1].get("dateCreated").is_none(), "the text does not tell its day: {}", parts[1]);
    for row in &mut fixture.library.statements {
        row.basis = row.basis.map(|_| Basis::SameRemarks);
    }
    assert!(quotations(&fixture)[0].get("dateCreated").is_none(), "an inferred day is no fact");
}

#[test]
fn a_speaker_is_the_subject_of_their_page_with_the_offices_that_they_hold() {
    let pages = rendered(&Fixture::new());
    let (json, _) = linked(&pages["speakers/mara-lindqvist/index.html"]);
    assert_eq!(json["@type"], "ProfilePage");
    let person = &json["mainEntity"];
    assert_eq!((&person["@type"], &person["name"]), (&"Person".into(), &"Mara Lindqvist".into()));
    assert_eq!(person["sameAs"], serde_json::json!(["https://lindqvist.example/"]));
    assert_eq!(person["jobTitle"], serde_json::json!(["Mayor of Nordhaven"]), "a former office is none");
    let way: Vec<&Json> = all(&json["breadcrumb"], "item");
    let base = "https://notes.example/port";
    assert_eq!(
        way,
        ["/", "/speakers/", "/speakers/mara-lindqvist/"]
            .map(|path| Json::from(format!("{base}{path}")))
            .each_ref()
    );
    let (union, _) = linked(&pages["speakers/dock-workers-union/index.html"]);
    assert_eq!(union["mainEntity"]["@type"], "Organization");
    let (day, _) = linked(&pages["days/2024/05/24/index.html"]);
    assert_eq!(all(&day["breadcrumb"], "name"), ["Harbour Notes", "Days", "2024", "May 2024", "24 May 2024"]);
}

// ---- feeds ----

/// Every feed of the small site: its path, what a feed reader makes of it, and its text.
fn feeds(pages: &BTreeMap<String, String>) -> Vec<(&String, feed_rs::model::Feed, &String)> {
    let files = pages.iter().filter(|(path, _)| path.ends_with("atom.xml") || path.ends_with("feed.json"));
    files.map(|(path, text)| (path, feed_rs::parser::parse(text.as_bytes()).unwrap(), text)).collect()
}

#[test]
fn every_speaker_outlet_topic_and_story_has_feeds_that_its_page_announces() {
    let pages = rendered(&Fixture::new());
    let mut number = 0;
    for (path, feed, text) in feeds(&pages) {
        let (folder, file) =
            path.rsplit_once('/').map_or(("", path.as_str()), |(folder, file)| (folder, file));
        let page = &pages[links::file(&format!("/{folder}/")).trim_start_matches('/')];
        let address = format!("/port/{path}");
        let media = if file == "atom.xml" { "application/atom+xml" } else { "application/feed+json" };
        assert!(page.contains(&format!("<link rel=\"alternate\" type=\"{media}\"")), "{path}");
        assert!(
            values(page, "href").iter().filter(|href| **href == address).count()
                >= if folder.is_empty() { 1 } else { 2 },
            "{path}: announced, and a link for readers"
        );
        let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids.len(), feed.entries.len(), "an id twice in {path}");
        assert!(!feed.entries.is_empty(), "{path}");
        for entry in &feed.entries {
            let inside = entry.id.strip_prefix("https://notes.example/port").unwrap();
            let (target, anchor) = inside.split_once('#').unwrap_or((inside, ""));
            let target = &pages[&links::file(target)];
            assert!(anchor.is_empty() || values(target, "id").contains(&anchor), "{path}: {inside}");
        }
        for words in ["the toll would rise", "the old lock kept", "The crane left"] {
            assert!(!text.contains(words), "{words} in {path}");
        }
        number += 1;
    }
    assert_eq!(
        number,
        2 * (1 + 4 + 1 + 2 + 1 + 1),
        "the site, four speakers, an outlet, two topics, a place, a story"
    );
}

#[test]
fn a_speakers_feed_tells_statements_with_the_day_as_sure_as_it_is() {
    let mut fixture = Fixture::new();
    let feed = |fixture: &Fixture, name: &str| {
        let json: Json =
            serde_json::from_str(&rendered(fixture)[&format!("speakers/{name}/feed.json")]).unwrap();
        json
    };
    let json = feed(&fixture, "tomas-okoye");
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["feed_url"], "https://notes.example/port/speakers/tomas-okoye/feed.json");
    let texts: Vec<&str> =
        json["items"].as_array().unwrap().iter().map(|i| i["content_text"].as_str().unwrap()).collect();
    assert_eq!(
        texts,
        [
            "the pumps had run for nine days without a fault — Tomas Okoye, reported. \
         In “New lock lets its first ship through”, published 24 May 2024.",
            "“We met the crew on Thursday,” … “and nobody had slept.” — Tomas Okoye, said on 24 May 2024. \
         In “New lock lets its first ship through”, published 24 May 2024.",
            "“It fits” — Tomas Okoye, said on 19 May 2024. In “Divers set the last bolt”, published 20 May 2024.",
        ]
    );
    assert_eq!(json["items"][2]["_dateline"]["said_on"], "2024-05-19");
    assert!(json["items"][0]["_dateline"].get("said_on").is_none());
    for row in &mut fixture.library.statements {
        row.basis = row.basis.map(|_| Basis::Context);
    }
    let inferred = &feed(&fixture, "tomas-okoye")["items"][2];
    assert!(
        inferred["content_text"].as_str().unwrap().contains("said on 19 May 2024 (day inferred)"),
        "{inferred}"
    );
    assert!(inferred["_dateline"].get("said_on").is_none());
}

#[test]
fn a_feed_holds_the_newest_fifty() {
    let mut fixture = Fixture::new();
    let speaker = fixture.library.profiles.iter().position(|p| p.id == "tomas-okoye").unwrap();
    let own = fixture.library.profiles[speaker].statements.clone();
    let last = *own.last().unwrap();
    for number in 0..60 {
        let mut row = fixture.library.statements[last].clone();
        row.quote = format!("q-{number:08x}").into();
        fixture.library.statements.push(row);
        let id = fixture.library.statements.len() - 1;
        fixture.library.profiles[speaker].statements.insert(0, id);
    }
    let pages = rendered(&fixture);
    let feed = feed_rs::parser::parse(pages["speakers/tomas-okoye/atom.xml"].as_bytes()).unwrap();
    assert_eq!(feed.entries.len(), ENTRIES);
    let newest: Vec<bool> = feed.entries.iter().map(|entry| entry.id.contains("/lock-opens/")).collect();
    assert_eq!(&newest[..3], [true, true, false], "newest first");
    assert_eq!(
        feed.updated.unwrap().to_rfc3339(),
        "2024-05-26T00:00:00+00:00",
        "the last change of any entry"
    );
}

// ---- Web Annotations ----

#[test]
fn every_selector_of_the_annotations_finds_its_words_in_the_page() {
    let pages = rendered(&Fixture::new());
    let (mut checked, mut pieces) = (0, 0);
    for (path, file) in pages.iter().filter(|(path, _)| path.ends_with("annotations.jsonld")) {
        let folder = path.strip_suffix("annotations.jsonld").unwrap();
        let page = &pages[&format!("{folder}index.html")];
        let link = format!(
            "<link rel=\"alternate\" type=\"application/ld+json\" title=\"Annotations\" href=\"/port/{path}\">"
        );
        assert!(page.contains(&link), "{path}");
        let copy = between(page, "<div class=\"copy", "</article>").split_once('>').unwrap().1;
        let text: Vec<char> = text_of(copy).trim_start().chars().collect();
        let json: Json = serde_json::from_str(file).unwrap();
        assert_eq!(json["@context"], "http://www.w3.org/ns/anno.jsonld");
        assert_eq!(json["id"], format!("https://notes.example/port/{path}"));
        let items = json["first"]["items"].as_array().unwrap();
        assert_eq!(json["total"], items.len());
        for item in items {
            let anchor = item["id"].as_str().unwrap().split_once('#').unwrap().1;
            assert!(values(page, "id").contains(&anchor), "{path}: {anchor}");
            for target in item["target"].as_array().unwrap() {
                let (quote, position) = (&target["selector"][0], &target["selector"][1]["refinedBy"]);
                let at = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
                let (before, after): (String, String) =
                    (text[..at("start")].iter().collect(), text[at("end")..].iter().collect());
                let exact: String = text[at("start")..at("end")].iter().collect();
                assert_eq!(quote["exact"], exact, "{path}");
                assert!(before.ends_with(quote["prefix"].as_str().unwrap()), "{quote}");
                assert!(after.starts_with(quote["suffix"].as_str().unwrap()), "{quote}");
                assert!(
                    !exact.contains("said by") && !exact.contains("possibly"),
                    "labels are no words of the text"
                );
                pieces += 1;
            }
            checked += 1;
        }
    }
    assert!(checked > 18 && pieces > checked, "{checked} annotations in {pieces} pieces");
}

/// The bodies of the annotation with some words.
fn bodies(pages: &BTreeMap<String, String>, slug: &str, words: &str) -> (Json, Json) {
    let json: Json = serde_json::from_str(&pages[&format!("briefs/{slug}/annotations.jsonld")]).unwrap();
    let items = json["first"]["items"].as_array().unwrap();
    let with =
        |item: &&Json| all(&item["target"], "exact").iter().any(|exact| exact.as_str().unwrap() == words);
    let item = items.iter().find(with).unwrap_or_else(|| panic!("no {words}"));
    (item["motivation"].clone(), item["body"].clone())
}

#[test]
fn annotations_say_as_much_as_the_page_and_no_more() {
    let mut fixture = Fixture::new();
    fixture.records[1].annotations.timexes[3].confidence = 0.5;
    let pages = rendered(&fixture);
    let of = |words: &str| bodies(&pages, "lock-opens", words);
    let describing = |value: &str| serde_json::json!([{ "type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": value }]);
    let (motivation, sure) = of("“Water does not wait for us, and now we do not wait for water,”");
    assert_eq!(motivation, "identifying");
    assert_eq!(sure[0]["source"]["id"], "https://notes.example/port/speakers/mara-lindqvist/");
    assert_eq!(sure[0]["source"]["type"], "schema:Person");
    assert_eq!(sure[1]["value"], "direct");
    assert_eq!(sure[2]["value"], "said on 24 May 2024");
    assert_eq!(sure[3]["source"]["schema:dateCreated"]["@value"], "2024-05-24");
    assert_eq!(
        of("the old lock kept as a museum"),
        ("describing".into(), describing("position of Mara Lindqvist"))
    );
    let (_, season) = of("spring 2020");
    let values: Vec<&Json> = all(&season, "value");
    assert_eq!(values, ["spring 2020", "2020-21", "2020-SP"].map(Json::from).each_ref());
    let (_, inferred) = bodies(&pages, "union-answers", "it would count every hour of May");
    assert_eq!(all(&inferred, "value"), ["indirect", "said in April 2024, day inferred"]);
    assert!(all(&inferred, "schema:dateCreated").is_empty());
    let (_, file) = pages.iter().find(|(path, _)| path.ends_with("lock-opens/annotations.jsonld")).unwrap();
    for left_out in ["confidence", "\"value\":\"possibly", "\"the toll would rise in March\"", "\"Thursday\""]
    {
        assert!(!file.contains(left_out), "{left_out}: {file}");
    }
}

// ---- pictures for shared links ----

#[cfg(feature = "cards")]
#[test]
fn the_site_has_one_picture_and_each_brief_one_where_that_is_wanted() {
    let mut fixture = Fixture::new();
    let cards = |fixture: &Fixture| -> Vec<String> {
        plan(&fixture.site()).into_iter().filter(Job::is_card).map(|job| job.path).collect()
    };
    assert_eq!(cards(&fixture), ["card.png"]);
    let home = &rendered(&fixture)["index.html"];
    assert!(home.contains("<meta name=\"twitter:image\" content=\"https://notes.example/port/card.png\">"));
    assert!(home.contains("<meta property=\"og:image:alt\" content=\"Harbour Notes: Who said what about the new lock, and when.\">"));
    fixture.settings.site.cards = Cards::Briefs;
    fixture.library.briefs[2].title = "水門".into();
    let own = [
        "card.png",
        "briefs/union-answers/card.png",
        "briefs/lock-opens/card.png",
        "briefs/first-plan/card.png",
    ];
    assert_eq!(cards(&fixture), own, "the fonts lack the letters of one headline");
    let pages = rendered(&fixture);
    let page = &pages["briefs/union-answers/index.html"];
    for name in ["property=\"og:image\"", "name=\"twitter:image\""] {
        assert!(
            page.contains(&format!("<meta {name} content=\"https://notes.example/port/{}\">", own[1])),
            "{page}"
        );
    }
    assert!(page.contains(
        "ask for hours. “A lock is opened by hands, not by speeches” (Ilse Brandt, on 26 May 2024)\">"
    ));
    assert!(
        pages["briefs/gate-in-place/index.html"].contains("content=\"https://notes.example/port/card.png\"")
    );
    let png = raster(&pages[own[1]]).unwrap();
    assert_eq!(&png[..24], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\xb0\0\0\x02\x76", "1200 by 630 pixels");
}

#[cfg(feature = "cards")]
#[test]
fn a_picture_tells_an_inferred_day_to_nobody() {
    let mut fixture = Fixture::new();
    fixture.settings.site.cards = Cards::Briefs;
    for row in &mut fixture.library.statements {
        row.basis = row.basis.map(|_| Basis::Context);
    }
    let page = &rendered(&fixture)["briefs/union-answers/index.html"];
    assert!(page.contains("not by speeches” (Ilse Brandt)\">"), "{page}");
}

// ---- sitemaps ----

fn locations(sitemap: &str) -> Vec<&str> {
    sitemap.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect()
}

#[test]
fn above_the_limit_the_sitemap_is_an_index_of_parts() {
    let fixture = Fixture::new();
    let mut site = fixture.site();
    let renderer = Renderer::new(&fixture.settings, &[], &AssetNames::built_in()).unwrap();
    let draw = |site: &SiteView<'_>| -> BTreeMap<String, String> {
        let maps = plan(site).into_iter().filter(|job| job.path.starts_with("sitemap"));
        maps.map(|job| {
            (job.path.clone(), String::from_utf8(renderer.render(&job, site).unwrap().content).unwrap())
        })
        .collect()
    };
    let whole = draw(&site);
    assert_eq!(whole.keys().collect::<Vec<_>>(), ["sitemap.xml"]);
    let places: Vec<&str> = locations(&whole["sitemap.xml"]);
    site.urls_per_sitemap = 10;
    let split = draw(&site);
    let index = locations(&split["sitemap.xml"]);
    assert!(split["sitemap.xml"].contains("<sitemapindex"));
    assert_eq!(index.len(), places.len().div_ceil(10));
    assert_eq!(split.len(), index.len() + 1);
    let parts: Vec<&str> = index
        .iter()
        .flat_map(|address| {
            let part = locations(&split[address.strip_prefix("https://notes.example/port/").unwrap()]);
            assert!(!part.is_empty() && part.len() <= 10);
            part
        })
        .collect();
    assert_eq!(parts, places, "every address once, in the same order");
}

#[test]
fn a_sitemap_tells_the_last_change_and_leaves_out_what_is_not_indexed() {
    let mut fixture = Fixture::new();
    fixture.library.profiles.iter_mut().filter(|p| p.id == "ilse-brandt").for_each(|p| p.noindex = true);
    let sitemap = &rendered(&fixture)["sitemap.xml"];
    for (path, changed) in [
        ("briefs/lock-opens/", "2024-05-26T00:00:00Z"),
        ("speakers/tomas-okoye/", "2024-05-26T00:00:00Z"),
        ("", "2024-05-27T00:00:00Z"),
    ] {
        let line =
            format!("<url><loc>https://notes.example/port/{path}</loc><lastmod>{changed}</lastmod></url>");
        assert!(sitemap.contains(&line), "{line}");
    }
    for left_out in ["ilse-brandt", "404", "atom.xml", "feed.json", "annotations"] {
        assert!(!sitemap.contains(left_out), "{left_out}");
    }
}

#[test]
fn the_news_sitemap_has_the_articles_of_two_days_and_is_left_out_without_one() {
    let mut fixture = Fixture::new();
    fixture.settings.build_date = fixture::day(2024, 5, 26);
    // The brief of the day after the build is no news yet.
    let pages = rendered(&fixture);
    let news = &pages["sitemap-news.xml"];
    assert_eq!(locations(news), ["https://notes.example/port/briefs/lock-opens/"]);
    for part in [
        "<news:name>Harbour Notes</news:name><news:language>en</news:language>",
        "<news:publication_date>2024-05-24</news:publication_date>",
        "<news:title>New lock lets its first ship through</news:title>",
    ] {
        assert!(news.contains(part), "{news}");
    }
    assert!(pages["robots.txt"].ends_with(
        "Sitemap: https://notes.example/port/sitemap.xml\nSitemap: https://notes.example/port/sitemap-news.xml\n"
    ));
    let later = rendered(&Fixture::new());
    assert!(!later.contains_key("sitemap-news.xml") && !later["robots.txt"].contains("news.xml"));
}
