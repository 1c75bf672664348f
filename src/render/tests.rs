//! The pages of the small site of [`fixture`](super::fixture).

mod languages;
mod lists;
mod machines;
mod templates;

use std::collections::{BTreeMap, BTreeSet};

use super::fixture::Fixture;
use super::*;
use chrono::NaiveDate;

use crate::annotate::timex::Value;
use crate::annotate::{Act, Provenance};
use crate::library::{Echo, Echoes, Library, Wording};

/// Every page of the small site by its path.
fn rendered(fixture: &Fixture) -> BTreeMap<String, String> {
    let site = fixture.site();
    let renderer = Renderer::new(&fixture.settings, &[], &AssetNames::built_in()).unwrap();
    let pages = plan(&site).into_iter().map(|job| {
        let page = renderer.render(&job, &site).unwrap_or_else(|d| panic!("{}", d.render()));
        (page.path, String::from_utf8(page.content).unwrap())
    });
    pages.collect()
}

/// The values of an attribute, read off the text.
fn values<'t>(html: &'t str, attribute: &str) -> Vec<&'t str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("no {end}")).0
}

#[test]
fn every_link_inside_the_site_leads_to_a_page_and_to_an_anchor_of_it() {
    let pages = rendered(&Fixture::new());
    let files: BTreeSet<String> =
        pages.keys().cloned().chain(theme::STATIC.iter().map(|(name, _)| (*name).to_owned())).collect();
    let mut checked = 0;
    for (path, html) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        for href in values(html, "href").into_iter().chain(values(html, "src")) {
            let (address, anchor) = href.split_once('#').unwrap_or((href, ""));
            let file = match address {
                "" => path.clone(),
                _ if address.contains(':') => continue,
                _ => {
                    let inside = address.strip_prefix("/port").unwrap_or_else(|| panic!("{path}: {href}"));
                    links::file(inside.split('?').next().unwrap())
                }
            };
            assert!(files.contains(&file), "{path} links to {href}, which is not there");
            if !anchor.is_empty() {
                let there = &pages[&file];
                assert!(values(there, "id").contains(&anchor), "{path} links to {href}: no such anchor");
            }
            checked += 1;
        }
    }
    assert!(checked > 400, "only {checked} links");
}

#[test]
fn titles_are_unique_and_each_page_has_one_heading_and_says_where_it_stands() {
    let pages = rendered(&Fixture::new());
    let mut titles = BTreeSet::new();
    for (path, html) in pages.iter().filter(|(_, html)| html.starts_with("<!DOCTYPE")) {
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        if html.contains("http-equiv=\"refresh\"") {
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
            continue;
        }
        assert!(titles.insert(between(html, "<title>", "</title>").to_owned()), "{path}");
        assert!(!between(html, "name=\"description\" content=\"", "\"").is_empty(), "{path}");
        let folder = path.strip_suffix("index.html").unwrap_or(path);
        let canonical = format!("<link rel=\"canonical\" href=\"https://notes.example/port/{folder}\">");
        assert_eq!(html.contains(&canonical), path != "404.html", "{path}");
        let ids = values(html, "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id twice in {path}");
    }
}

#[test]
fn nothing_inline_runs_or_styles() {
    for (path, html) in rendered(&Fixture::new()) {
        assert!(!html.contains(" style=") && !html.contains("<style"), "{path}");
        assert!(!html.contains("javascript:") && !html.contains(" onclick="), "{path}");
        for script in html.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            let data = tag == " type=\"application/ld+json\"";
            assert!(data || tag.contains(" src=\"/port/") && script.contains("></script>"), "{path}: {tag}");
        }
    }
}

#[test]
fn what_authors_write_is_text_wherever_it_stands() {
    let pages = rendered(&Fixture::new());
    let written = "Dock workers &lt;answer&gt; the mayor &amp; ask for hours";
    for path in ["index.html", "briefs/union-answers/index.html", "days/2024/05/27/index.html", "atom.xml"] {
        assert!(pages[path].contains(written), "{path}");
        assert!(!pages[path].contains("<answer>"), "{path}");
    }
    let brief = &pages["briefs/first-plan/index.html"];
    assert!(brief.contains("<p class=\"raw\">&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(brief.contains("<a href=\"https://far.example/plan.png\">Image: Plan</a>"));
}

#[test]
fn the_main_part_of_a_brief_is_as_it_was_approved() {
    let pages = rendered(&Fixture::new());
    let main =
        between(&pages["briefs/union-answers/index.html"], "<main id=\"main\" class=\"brief\">", "</main>");
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    assert_eq!(lines(main), lines(include_str!("golden/union-answers.html")));
}

#[test]
fn the_feed_is_read_by_a_feed_reader() {
    let pages = rendered(&Fixture::new());
    let feed = feed_rs::parser::parse(pages["atom.xml"].as_bytes()).unwrap();
    assert_eq!(feed.title.unwrap().content, "Harbour Notes");
    assert_eq!(feed.entries.len(), 4);
    let opening = feed.entries.iter().find(|e| e.id.ends_with("/briefs/lock-opens/")).unwrap();
    assert_eq!(opening.id, "https://notes.example/port/briefs/lock-opens/");
    assert_eq!(opening.authors[0].name.as_deref(), Some("Edda Grau"));
    assert_eq!(opening.published.unwrap().to_rfc3339(), "2024-05-24T00:00:00+00:00");
    assert_eq!(opening.updated.unwrap().to_rfc3339(), "2024-05-26T00:00:00+00:00", "the correction's day");
    assert_eq!(
        opening.summary.as_ref().unwrap().content,
        "The gate that was promised for this year opened in May. \
         Correction, 26 May 2024: The old lock opened in 1911, not 1912."
    );
}

#[test]
fn what_an_excerpt_leaves_out_stands_nowhere() {
    let pages = rendered(&Fixture::new());
    let brief = &pages["briefs/gate-in-place/index.html"];
    assert!(brief.contains("<p class=\"stand\">The gate is in its place, the port says.</p>"));
    assert!(brief.contains("https://wire.example/bolt"));
    assert!(brief.contains("credit: Waterwire"));
    for (path, text) in &pages {
        for left_out in ["The crane left", "WATERWIRE", "date 2024-05-20"] {
            assert!(!text.contains(left_out), "{left_out} in {path}");
        }
    }
}

#[test]
fn what_is_unsure_or_a_position_is_nobodys_statement() {
    let pages = rendered(&Fixture::new());
    let brief = &pages["briefs/lock-opens/index.html"];
    assert!(brief.contains("possibly port official</span>"));
    assert!(brief.contains("<span class=\"said held h0\""));
    assert!(brief.contains("position of Mara Lindqvist</a>"));
    let data = between(brief, "application/ld+json\">", "</script>");
    for words in ["the toll would rise", "the old lock kept"] {
        assert!(brief.contains(words) && !data.contains(words));
        for (path, text) in pages.iter().filter(|(path, _)| path.starts_with("speakers/")) {
            assert!(!text.contains(words), "{path}");
        }
    }
}

/// The same view is drawn where a rule has found it, and where the model is sure.
#[test]
fn a_view_that_the_model_alone_and_unsure_reads_is_not_drawn() {
    let drawn = |provenance: Provenance, confidence: f32| {
        let mut fixture = Fixture::new();
        for quote in fixture.records.iter_mut().flat_map(|record| &mut record.annotations.quotes) {
            if quote.act == Act::Position {
                (quote.provenance, quote.confidence) = (provenance, confidence);
            }
        }
        let brief = &rendered(&fixture)["briefs/lock-opens/index.html"];
        assert!(brief.contains("the old lock kept as a museum"), "the text stays whole");
        brief.contains("position of Mara Lindqvist")
    };
    assert!(drawn(Provenance::Rule, 0.5) && drawn(Provenance::Model, 0.9));
    assert!(!drawn(Provenance::Model, 0.5));
}

#[test]
fn what_is_known_to_the_month_stands_under_the_month_and_under_no_day() {
    let pages = rendered(&Fixture::new());
    let month = &pages["days/2024/04/index.html"];
    assert!(month.contains("<h2 id=\"whole\">The month as a whole</h2>"));
    assert!(month.contains("it would count every hour of May</a>"));
    assert!(!pages.keys().any(|path| path.starts_with("days/2024/04/0")));
    assert!(
        pages["speakers/dock-workers-union/index.html"]
            .contains("<time datetime=\"2024-04\" class=\"wide\">April 2024</time>")
    );
}

#[test]
fn a_date_leads_to_its_own_precision_and_never_to_a_day_of_it() {
    let pages = rendered(&Fixture::new());
    let opening = &pages["briefs/lock-opens/index.html"];
    let plan = &pages["briefs/first-plan/index.html"];
    for (page, words, to) in [
        (opening, "spring 2020", "/port/days/2020/#spring"),
        (opening, "2021", "/port/days/2021/"),
        (opening, "March", "/port/days/2025/03/"),
        (opening, "Thursday", "/port/days/2024/05/23/"),
        (plan, "the 1990s", "/port/days/#d1990s"),
        (plan, "April 6", "/port/days/2020/04/06/"),
    ] {
        assert!(page.contains(&format!("<a href=\"{to}\">{words}</a>")), "{words} leads to {to}");
    }
    let year = &pages["days/2020/index.html"];
    let spring = between(year, "<h2 id=\"spring\">spring 2020</h2>", "</section>");
    assert!(
        spring.contains("four years after the plan of <span class=\"date\">spring 2020</span>"),
        "{spring}"
    );
    assert!(spring.contains("<small>about March to May 2020</small>"), "{spring}");
    assert!(
        between(&pages["days/index.html"], "<h2 id=\"d1990s\">The 1990s</h2>", "</section>")
            .contains("as a whole")
    );
}

#[test]
fn an_interval_is_one_bar_in_one_row_and_a_sentence_on_the_days_inside_it() {
    let mut fixture = Fixture::new();
    // Something is known of a day inside the interval.
    let inside = Value::Day(fixture::day(2020, 4, 7));
    let mut mention = fixture.library.briefs[3].dates[0].clone();
    mention.value = inside;
    fixture.library.briefs[3].dates.push(mention);
    fixture.library.take_calendar(fixture.library.calendar());
    let pages = rendered(&fixture);
    let month = &pages["days/2020/04/index.html"];
    let row = between(month, "<h2 id=\"from-2020-04-06--2020-04-09\">6 to 9 April 2020</h2>", "</section>");
    assert!(
        row.contains("<svg class=\"extent month\" width=\"100%\" height=\"8\" aria-hidden=\"true\">"),
        "{row}"
    );
    assert!(row.contains("x=\"16.67%\" y=\"0\" width=\"13.33%\""), "{row}");
    assert!(row.contains("<span class=\"date\">April 6 to April 9</span>"), "{row}");
    assert!(pages["timeline/index.html"].contains(">6–9 Apr 2020</span>"));
    let day =
        between(&pages["days/2020/04/07/index.html"], "<h2 id=\"around\">Around that day</h2>", "</section>");
    assert!(day.contains(">6–9 Apr</span>"), "{day}");
    assert!(!pages["days/2020/04/06/index.html"].contains("id=\"around\""), "it begins then");
    let brief = &pages["briefs/first-plan/index.html"];
    let read = between(brief, "<ul class=\"readings\">", "</ul>");
    assert!(read.contains("<a href=\"#t2\">“April 6 to April 9”</a>"), "{read}");
    assert!(read.contains("<a href=\"/port/days/2020/04/#from-2020-04-06--2020-04-09\">"), "{read}");
    assert!(!read.contains("“April 9”"), "its ends are not told again: {read}");
    assert_eq!(
        between(brief, "<ol class=\"dates\">", "</ol>").matches("<li").count(),
        4,
        "two days, one interval, one decade"
    );
    assert_eq!(between(brief, "<figure class=\"chart\"", "</figure>").matches("<rect").count(), 2);
}

#[test]
fn the_list_of_dates_says_what_each_means_and_how_that_is_known() {
    let mut fixture = Fixture::new();
    let opening = &mut fixture.records[1].annotations.timexes;
    opening[3].confidence = 0.5;
    let pages = rendered(&fixture);
    let list = between(&pages["briefs/lock-opens/index.html"], "<ul class=\"readings\">", "</ul>");
    let rows: Vec<String> = list
        .split("</li>")
        .map(|row| {
            let words: String = row.split('<').map(|tag| tag.rsplit('>').next().unwrap()).collect();
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .filter(|row| !row.is_empty())
        .collect();
    assert_eq!(
        rows,
        [
            "“Friday” Friday, 24 May 2024 told from the day of publication",
            "“spring 2020” spring 2020 as written",
            "“2021” 2021 as written",
            "“Thursday” possibly Thursday, 23 May 2024 told from the day of publication",
            "“March” March 2025 told from the day of publication",
        ]
    );
    assert!(!list.contains("/days/2024/05/23/"), "what is unsure leads nowhere");
}

#[test]
fn a_date_inside_a_quotation_is_listed_with_who_says_it() {
    let pages = rendered(&Fixture::new());
    let day = between(&pages["days/2024/06/03/index.html"], "<h2 id=\"dated\">", "</section>");
    let line = "In the words of <a href=\"/port/speakers/mara-lindqvist/\">Mara Lindqvist</a> · ";
    assert!(day.contains(line), "{day}");
    assert!(!pages["days/2025/03/index.html"].contains("In the words of"), "nobody is sure who says this");
}

#[test]
fn the_front_page_leads_to_briefs_speakers_stories_and_days() {
    let home = &rendered(&Fixture::new())["index.html"];
    assert!(home.contains("<h2 class=\"headline\"><a href=\"/port/briefs/union-answers/\">"));
    let rows = between(home, "id=\"latest\"", "</ol>");
    assert!(!rows.contains("/briefs/union-answers/"), "the first brief stands once");
    assert!(home.contains("<h1 class=\"name\">Harbour Notes</h1>"));
    for path in ["/port/speakers/mara-lindqvist/", "/port/stories/the-new-lock/", "/port/days/2024/"] {
        assert!(between(home, "class=\"aside\"", "</main>").contains(path), "{path}");
    }
}

#[test]
fn what_one_speaker_says_in_one_brief_is_one_entry() {
    let mut fixture = Fixture::new();
    let first = fixture.library.profiles.iter().position(|p| p.statements.len() == 1).unwrap();
    let id = fixture.library.profiles[first].statements[0];
    let mut again = fixture.library.statements[id].clone();
    again.context = format!("{} “Nor shall it,” the voice said.", again.context).into();
    again.words = "“Nor shall it,”".into();
    fixture.library.statements.push(again);
    let added = fixture.library.statements.len() - 1;
    fixture.library.profiles[first].statements.push(added);
    let pages = rendered(&fixture);
    let page = &pages[&format!("speakers/{}/index.html", fixture.library.profiles[first].id)];
    assert_eq!(page.matches("<li class=\"row\">").count(), 1);
    assert_eq!(page.matches("<p class=\"words\">").count(), 2);
    let told = &fixture.library.statements[id].words;
    assert_eq!(page.matches(&**told).count(), 1, "the context does not tell it again");
    assert!(page.contains(">“Nor shall it,”</a><span class=\"context\"> the voice said.</span>"));
}

#[test]
fn words_that_another_brief_tells_too_lead_there() {
    let mut fixture = Fixture::new();
    let own = &fixture.library.briefs[0];
    let (here, slug) = (own.statements[0], own.slug.clone());
    let mut there = fixture.library.statements[here].clone();
    there.brief = fixture.library.briefs.len() - 1;
    there.quote = "q-0000000a".into();
    there.words = "“A lock is opened by many hands, not by speeches,”".into();
    there.said_on = Some(Value::Day(NaiveDate::from_ymd_opt(2024, 5, 25).unwrap()));
    fixture.library.statements.push(there);
    let added = fixture.library.statements.len() - 1;
    let echo = Echo { statement: added, wording: Wording::Other };
    fixture.library.echoes = [(here, Echoes { told: vec![echo], more: false })].into();
    let pages = rendered(&fixture);
    let page = &pages[&format!("briefs/{slug}/index.html")];
    let other = fixture.library.briefs.last().unwrap();
    let quote = &fixture.library.statements[here].quote;
    assert!(
        page.contains(&format!(
            "<a class=\"also\" href=\"#also-{quote}\"><span class=\"vh\"> </span>also in 1 brief</a>"
        )),
        "{page}"
    );
    let list = between(page, "<h2 id=\"also\">Also in other briefs</h2>", "</ul></li>");
    let words = "“A lock is opened by hands, not by speeches”";
    assert!(
        list.contains(&format!(
            "<li id=\"also-{quote}\">\n<p>Ilse Brandt: <a href=\"#{quote}\">{words}</a></p>"
        )),
        "{list}"
    );
    assert!(
        list.contains(&format!(
            "<a href=\"/port/briefs/{}/#q-0000000a\">{}</a>, <time datetime=\"2020-04-03\">3 April 2020</time>, \
             in other words. <strong>Said on 25 May 2024 there, on 26 May 2024 here.</strong>\n<p class=\"wording\">“A lock is opened by <ins><span class=\"vh\">only there: </span>\
             many<span class=\"vh\">,</span></ins> hands, not by speeches”</p>",
            other.slug, other.title
        )),
        "{list}"
    );
    let speaker = &pages["speakers/ilse-brandt/index.html"];
    let also = between(speaker, "; also in ", "</p>");
    assert_eq!(also, format!("<a href=\"/port/briefs/{}/#q-0000000a\">{}</a>", other.slug, other.title));
    assert!(speaker.contains("Words that several briefs tell count in each of them"), "{speaker}");
    assert!(!pages["speakers/tomas-okoye/index.html"].contains("several briefs"));
}

#[test]
fn a_brief_without_a_story_leads_to_the_briefs_before_and_after() {
    let mut fixture = Fixture::new();
    fixture.library.briefs[1].story = None;
    let slug = |at: usize| fixture.library.briefs[at].slug.as_str();
    let page = &rendered(&fixture)[&format!("briefs/{}/index.html", slug(1))];
    let nav = between(page, "<h2 class=\"next\">Before and after</h2>", "</nav>");
    for (rel, at) in [("prev", 2), ("next", 0)] {
        assert!(nav.contains(&format!("<a rel=\"{rel}\" href=\"/port/briefs/{}/\">", slug(at))), "{nav}");
    }
}

#[test]
fn machine_readable_quotations_are_the_words_on_the_page() {
    let pages = rendered(&Fixture::new());
    let brief = &pages["briefs/lock-opens/index.html"];
    let data: serde_json::Value =
        serde_json::from_str(between(brief, "application/ld+json\">", "</script>")).unwrap();
    let parts = data["hasPart"].as_array().unwrap();
    let texts: Vec<&str> = parts.iter().map(|p| p["text"].as_str().unwrap()).collect();
    // The one with a resolved day inside and a gap between its halves reads otherwise on the page.
    assert_eq!(texts, ["“Water does not wait for us, and now we do not wait for water,”"]);
    assert_eq!(parts[0]["dateCreated"], "2024-05-24");
    assert_eq!(data["correction"][0]["datePublished"], "2024-05-26");
}

#[test]
fn former_addresses_lead_on_and_are_not_indexed() {
    let pages = rendered(&Fixture::new());
    let stub = &pages["speakers/m-lindqvist/index.html"];
    assert!(stub.contains("content=\"0; url=/port/speakers/mara-lindqvist/\""));
    assert!(pages["2024/lock/index.html"].contains("url=/port/briefs/lock-opens/"));
    let sitemap = &pages["sitemap.xml"];
    assert!(sitemap.contains("<loc>https://notes.example/port/speakers/mara-lindqvist/</loc>"));
    assert!(!sitemap.contains("m-lindqvist/</loc>\n<") && !sitemap.contains("/2024/lock/"));
    assert!(pages["robots.txt"].ends_with("Sitemap: https://notes.example/port/sitemap.xml\n"));
}

#[test]
fn no_two_pages_have_one_file_and_a_page_goes_before_a_redirect() {
    let mut fixture = Fixture::new();
    let to = || "/briefs/lock-opens/".to_owned();
    fixture.library.redirects = vec![("/fine/".into(), to()), ("/speakers/".into(), to())];
    let site = fixture.site();
    let jobs = plan(&site);
    let redirects: Vec<&str> =
        jobs.iter().filter(|j| matches!(j.kind, JobKind::Redirect(_))).map(|j| j.path.as_str()).collect();
    assert_eq!(redirects, ["fine/index.html"]);
    let paths: BTreeSet<&str> = jobs.iter().map(|j| j.path.as_str()).collect();
    assert_eq!(paths.len(), jobs.len());
}

#[test]
fn an_empty_site_has_no_empty_lists() {
    let fixture = Fixture::new();
    let library = Library::default();
    let site = SiteView::new(&fixture.settings, &library, Vec::new(), &[], Common::of(&library, &[]));
    let jobs = plan(&site);
    let pages = jobs.iter().filter(|job| !job.is_card());
    let paths: Vec<&str> = pages.map(|j| j.path.as_str()).collect();
    assert_eq!(paths, ["index.html", "404.html", "atom.xml", "feed.json", "sitemap.xml", "robots.txt"]);
    let renderer = Renderer::new(&fixture.settings, &[], &AssetNames::default()).unwrap();
    for job in &jobs {
        let page = renderer.render(job, &site).unwrap_or_else(|d| panic!("{}", d.render()));
        assert!(!String::from_utf8(page.content).unwrap().contains("/briefs/"), "{}", job.path);
    }
}

#[test]
fn one_record_is_drawn_without_a_site() {
    let fixture = Fixture::new();
    let html = fragment(&fixture.records[0], &fixture.settings);
    assert!(html.contains("<span class=\"said h0\" data-quote=\"q-"), "{html}");
    assert!(!html.contains("<a "), "nothing leads anywhere: {html}");
}

#[test]
fn pages_can_be_made_from_many_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Renderer>();
    shared::<SiteView<'_>>();
    shared::<Job>();
}
