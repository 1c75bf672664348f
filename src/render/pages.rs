//! From a [`Job`] to the text of its page: which template, which view, which head.
//!
//! Entry points: [`draw`], and [`fragment`] for one record without a site.

use serde::Serialize;

#[cfg(feature = "cards")]
use super::card::CardPage;
use super::cast::role_on;
use super::date::{long, month_name};
use super::engine::Engine;
use super::linked_data;
use super::metadata::{self, FeedLink, Head};
use super::view::anonymous::{UnknownPage, UnnamedPage};
use super::view::brief::{BriefPage, Drawn, dated_title, moment};
use super::view::days::{DayPage, MonthPage, YearPage, YearsPage};
use super::view::feed::{FeedFormat, FeedOf, FeedPage};
use super::view::groups::{GroupKind, GroupPage, GroupsPage};
use super::view::home::{BriefsPage, HomePage};
use super::view::search::SearchPage;
use super::view::selection::Selection;
use super::view::sitemap::{NewsSitemapPage, RobotsPage, SitemapIndexPage, SitemapPage};
use super::view::speaker::{self, SpeakerPage, StatementsPage};
use super::view::speakers::SpeakersPage;
use super::view::{brief, count, opening};
use super::weave::{Marks, weave};
use super::{Job, JobKind, SiteView, links, plan, report, web_annotations};
use crate::config::Settings;
use crate::diag::Diagnostic;
use crate::library::{Brief, BriefId, Library, ProfileId};
use crate::parse::{Article, Published};
use crate::record::Record;

/// Nothing but the head.
#[derive(Serialize)]
struct Bare {}

/// A plain page.
#[derive(Serialize)]
struct PlainPage<'a> {
    body: String,
    extra: &'a serde_json::Value,
}

/// A former address.
#[derive(Serialize)]
struct Moved<'a> {
    to: &'a str,
}

/// The text of one page.
pub(super) fn draw(engine: &Engine, job: &Job, site: &SiteView<'_>) -> Result<String, Diagnostic> {
    let shared = &site.shared;
    let head = |title: &str, description: String, section| head(site, job, title, description, section);
    match &job.kind {
        JobKind::Home => {
            let settings = &site.settings.site;
            let mut head = head(&settings.title, home_description(site), "/");
            head.window.clone_from(&settings.title);
            head.json_ld = Some(linked_data::home(site));
            engine.render("home.html", shared, &head, &HomePage::of(site))
        }
        JobKind::Briefs(page) => {
            let title = if *page == 1 { "Briefs".to_owned() } else { format!("Briefs, page {page}") };
            let total = count(site.library.briefs.len(), "brief", "briefs");
            let head = head(
                &title,
                format!("{total} of {}, newest first. {title}.", site.settings.site.title),
                "/briefs/",
            );
            engine.render("briefs.html", shared, &head, &BriefsPage::of(site, *page))
        }
        JobKind::Brief(id) => draw_brief(engine, job, site, *id),
        JobKind::Speakers => {
            let total = count(site.speakers().count(), "speaker", "speakers");
            let text = format!("{total}, each with every statement on its day and in its brief.");
            engine.render(
                "speakers.html",
                shared,
                &head("Speakers", text, "/speakers/"),
                &SpeakersPage::of(site),
            )
        }
        JobKind::Speaker(id) => draw_speaker(engine, job, site, *id),
        JobKind::Statements(selection) => draw_statements(engine, job, site, *selection),
        JobKind::Unnamed(year) => draw_unnamed(engine, job, site, *year),
        JobKind::Unknown => draw_unknown(engine, job, site),
        JobKind::Groups(kind) => draw_groups(engine, job, site, *kind),
        JobKind::Group(kind, index) => draw_group(engine, job, site, *kind, (*index, 1)),
        JobKind::GroupPart(kind, index, page) => draw_group(engine, job, site, *kind, (*index, *page)),
        JobKind::Days | JobKind::Year(_) | JobKind::Month(..) | JobKind::Day(_) | JobKind::Timeline => {
            draw_days(engine, job, site)
        }
        JobKind::Search => {
            let text = "Who said it, when and in which brief: every statement by its words and its speaker.";
            engine.render(
                "search.html",
                shared,
                &head("Search", text.into(), "/search/"),
                &SearchPage::of(site),
            )
        }
        JobKind::Page(index) => draw_page(engine, job, site, &site.pages[*index]),
        JobKind::NotFound => {
            let mut head = head("There is no page here", "The address may be old or mistyped.".into(), "");
            head.noindex = true;
            engine.render("404.html", shared, &head, &Bare {})
        }
        JobKind::Redirect(to) => {
            let head = head("This page has moved", format!("It is now at {to}"), "");
            engine.render("redirect.html", shared, &head, &Moved { to })
        }
        JobKind::Feed(..)
        | JobKind::Annotations(_)
        | JobKind::SiteCard
        | JobKind::BriefCard(_)
        | JobKind::Sitemap(_)
        | JobKind::SitemapIndex
        | JobKind::NewsSitemap
        | JobKind::Robots => draw_data(engine, job, site),
    }
}

/// What only machines read.
fn draw_data(engine: &Engine, job: &Job, site: &SiteView<'_>) -> Result<String, Diagnostic> {
    let (shared, none) = (&site.shared, Head::default());
    match &job.kind {
        JobKind::Feed(of, FeedFormat::Json) => Ok(FeedPage::of(site, *of, FeedFormat::Json).to_json(site)),
        JobKind::Feed(of, format) => {
            engine.render("atom.xml", shared, &none, &FeedPage::of(site, *of, *format))
        }
        JobKind::Annotations(id) => Ok(web_annotations::annotations(site, *id)),
        #[cfg(feature = "cards")]
        JobKind::SiteCard => engine.render("card.svg", shared, &none, &CardPage::of_site(site)),
        #[cfg(feature = "cards")]
        JobKind::BriefCard(id) => engine.render("card.svg", shared, &none, &CardPage::of_brief(site, *id)),
        JobKind::SitemapIndex => {
            let page = SitemapIndexPage::of(site, &plan(site));
            engine.render("sitemap-index.xml", shared, &none, &page)
        }
        JobKind::Sitemap(part) => {
            let page = SitemapPage::of(site, &plan(site), *part);
            engine.render("sitemap.xml", shared, &none, &page)
        }
        JobKind::NewsSitemap => engine.render("sitemap-news.xml", shared, &none, &NewsSitemapPage::of(site)),
        _ => engine.render("robots.txt", shared, &none, &RobotsPage::of(site)),
    }
}

fn draw_brief(engine: &Engine, job: &Job, site: &SiteView<'_>, id: BriefId) -> Result<String, Diagnostic> {
    let row = site.brief(id);
    let drawn = Drawn::of(site, id);
    let page = BriefPage::of(site, id, &drawn);
    let mut head = head(site, job, &row.title, row.description.clone(), "/briefs/");
    if site.shared_titles.contains(row.title.as_str()) {
        head.window = window(site, &dated_title(row));
    }
    if let Some(lang) = &site.records[id].article.meta.lang {
        head.lang.clone_from(lang);
        head.locale = metadata::locale(lang);
    }
    head.kind = "article";
    head.published = Some(moment(row.published));
    head.modified = row.updated.map(moment);
    head.annotations = Some(links::annotations(&row.slug));
    head.json_ld = Some(linked_data::brief(site, job, &head, (id, &drawn), page.stand));
    head.report = report::address(site, Some(&row.title), &job.site_path);
    engine.render("brief.html", &site.shared, &head, &page)
}

fn draw_speaker(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    id: ProfileId,
) -> Result<String, Diagnostic> {
    let profile = site.profile(id);
    let latest = profile.briefs.iter().map(|b| site.brief(*b).published.day).max();
    let role = latest.and_then(|day| role_on(profile, day)).map_or_else(String::new, |r| format!(" ({r})"));
    let statements = count(profile.statements.len(), "statement", "statements");
    let briefs = count(profile.briefs.len(), "brief", "briefs");
    let text = format!("{statements} by {}{role} in {briefs}, each on its day.", profile.name);
    let mut head = head(site, job, &profile.name, text, "/speakers/");
    let shared = site.shared_titles.contains(profile.name.as_str());
    let id_given = if shared { format!(" ({})", profile.id) } else { String::new() };
    head.window = window(site, &format!("{}{id_given}: statements", profile.name));
    head.kind = "profile";
    head.noindex = profile.noindex;
    head.json_ld = Some(linked_data::speaker(site, job, &head, id));
    engine.render("speaker.html", &site.shared, &head, &SpeakerPage::of(site, id))
}

fn draw_statements(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    selection: Selection,
) -> Result<String, Diagnostic> {
    let profile = site.profile(selection.speaker);
    let title = speaker::title(site, selection);
    let mut head = head(site, job, &title, speaker::description(site, selection), "/speakers/");
    let shared = site.shared_titles.contains(profile.name.as_str());
    let id_given = if shared { format!(" ({})", profile.id) } else { String::new() };
    head.window = window(site, &format!("{title}{id_given}: statements"));
    head.noindex = !job.is_indexed(site);
    engine.render("statements.html", &site.shared, &head, &StatementsPage::of(site, selection))
}

fn draw_unnamed(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    year: Option<(i32, usize)>,
) -> Result<String, Diagnostic> {
    let title = match year {
        None => "Unnamed sources".to_owned(),
        Some((year, 1)) => format!("Unnamed sources, {year}"),
        Some((year, part)) => format!("Unnamed sources, {year}, part {part}"),
    };
    let text = format!("{title}: what people without a name said, brief by brief.");
    let head = head(site, job, &title, text, "/speakers/");
    engine.render("unnamed.html", &site.shared, &head, &UnnamedPage::of(site, year))
}

fn draw_unknown(engine: &Engine, job: &Job, site: &SiteView<'_>) -> Result<String, Diagnostic> {
    let text = "Quotations of which no speaker could be told from the text.".into();
    let mut head = head(site, job, "Speaker unknown", text, "/speakers/");
    head.noindex = true;
    engine.render("unknown.html", &site.shared, &head, &UnknownPage::of(site))
}

fn draw_groups(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    kind: GroupKind,
) -> Result<String, Diagnostic> {
    let title = kind.title();
    let total = kind.rows(site).len();
    let text = format!(
        "{} with their briefs and the statements in them.",
        count(total, kind.noun(), &title.to_lowercase())
    );
    let head = head(site, job, title, text, kind.path());
    let template = format!("{}.html", title.to_lowercase());
    engine.render(&template, &site.shared, &head, &GroupsPage::of(site, kind))
}

fn draw_group(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    kind: GroupKind,
    (index, page): (usize, usize),
) -> Result<String, Diagnostic> {
    let row = kind.row(site, index);
    let part = if page > 1 { format!(", page {page}") } else { String::new() };
    let briefs = count(row.briefs.len(), "brief", "briefs");
    let under = match kind {
        GroupKind::Place => format!("from {}", row.name),
        _ => format!("under the {} {}", kind.noun(), row.name),
    };
    let text = format!("{briefs} {under}, with who said what, and when{part}.");
    let mut head = head(site, job, row.name, text, kind.path());
    head.window = window(site, &format!("{}: {}{part}", capital(kind.noun()), row.name));
    let template = format!("{}.html", kind.noun());
    engine.render(&template, &site.shared, &head, &GroupPage::of(site, kind, index, page))
}

fn draw_days(engine: &Engine, job: &Job, site: &SiteView<'_>) -> Result<String, Diagnostic> {
    let shared = &site.shared;
    let section = if job.kind == JobKind::Timeline { "/timeline/" } else { "/days/" };
    let head = |title: &str, text: String| head(site, job, title, text, section);
    match job.kind {
        JobKind::Year(year) => {
            let title = format!("The year {year}");
            let head = head(&title, format!("What was said, published and named in {year}, day by day."));
            engine.render("year.html", shared, &head, &YearPage::of(site, year))
        }
        JobKind::Month(year, month) => {
            let title = format!("{} {year}", month_name(month));
            let head = head(&title, format!("What was said, published and named in {title}, day by day."));
            engine.render("month.html", shared, &head, &MonthPage::of(site, year, month))
        }
        JobKind::Day(day) => {
            let title = long(day);
            let text = format!(
                "What was said on {title}, what was published that day, and what the briefs date to it."
            );
            engine.render("day.html", shared, &head(&title, text), &DayPage::of(site, day))
        }
        JobKind::Timeline => {
            let text = "Every day that the briefs speak of, from the first to the last.".into();
            engine.render("timeline.html", shared, &head("Timeline", text), &YearsPage::timeline(site))
        }
        _ => {
            let text =
                "The calendar of the briefs: what was said, published and named, by year and month.".into();
            engine.render("days.html", shared, &head("Days", text), &YearsPage::of(site))
        }
    }
}

fn draw_page(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    article: &Article,
) -> Result<String, Diagnostic> {
    let hidden = brief::title_block(article);
    let addresses = site.addresses(&article.path);
    let woven = weave(&article.document, &Marks::default(), &hidden, None, &addresses);
    let title = &article.meta.title.text;
    /// Letters that stand for a description.
    const SUMMARY: usize = 155;
    let text = article.meta.description.clone().unwrap_or_else(|| opening(&woven.plain, SUMMARY));
    let page = PlainPage { body: woven.html, extra: &article.meta.extra };
    engine.render("page.html", &site.shared, &head(site, job, title, text, ""), &page)
}

// ---- heads ----

fn head(site: &SiteView<'_>, job: &Job, title: &str, description: String, section: &'static str) -> Head {
    let settings = &site.settings.site;
    let (image, image_alt) = match job.kind {
        JobKind::Brief(id) => site.brief_card(id),
        _ => site.card(),
    };
    let mut head = Head {
        title: title.to_owned(),
        window: window(site, title),
        description: if description.trim().is_empty() { title.to_owned() } else { description },
        path: job.site_path.clone(),
        kind: "website",
        lang: settings.lang.clone(),
        locale: metadata::locale(&settings.lang),
        noindex: false,
        published: None,
        modified: None,
        image,
        image_alt,
        feeds: feeds(site, &job.kind),
        annotations: None,
        json_ld: None,
        section,
        report: report::address(site, None, &job.site_path),
    };
    head.json_ld = linked_data::page(site, job, &head);
    head
}

/// The feeds that a page announces: its own, and the site's.
fn feeds(site: &SiteView<'_>, kind: &JobKind) -> Vec<FeedLink> {
    let own = match *kind {
        JobKind::Speaker(id) => Some(FeedOf::Speaker(id)),
        JobKind::Group(kind, index) => Some(FeedOf::Group(kind, index)),
        _ => None,
    };
    let all = own.into_iter().chain([FeedOf::Site]);
    all.flat_map(|of| FeedFormat::ALL.map(|format| (of, format)))
        .map(|(of, format)| FeedLink {
            title: format!("{} ({})", of.title(site), format.name()),
            path: of.path(site, format),
            media: format.media(),
            format: format.name(),
            own: of != FeedOf::Site,
        })
        .collect()
}

fn window(site: &SiteView<'_>, title: &str) -> String {
    format!("{title} | {}", site.settings.site.title)
}

fn home_description(site: &SiteView<'_>) -> String {
    let given = site.settings.site.description.trim();
    if given.is_empty() {
        format!("{}: briefs with who said what, and when.", site.settings.site.title)
    } else {
        given.to_owned()
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |l| l.to_uppercase().chain(letters).collect())
}

// ---- one record ----

/// The words of one record as HTML, with its marks, for `annotate --format html`: speakers and
/// dates lead nowhere, since there is no site around it.
#[must_use]
pub fn fragment(record: &Record, settings: &Settings) -> String {
    let meta = &record.article.meta;
    let day = meta.date.map_or(settings.build_date, |d| d.day);
    let brief = Brief {
        entry: record.article.path.clone(),
        slug: meta.slug.clone(),
        title: meta.title.text.clone(),
        description: String::new(),
        published: meta.date.unwrap_or(Published { day, time: None }),
        updated: None,
        outlet: None,
        place: None,
        topics: Vec::new(),
        story: None,
        corrections: Vec::new(),
        show: meta.show,
        people: vec![None; record.annotations.people.len()],
        statements: Vec::new(),
        dates: Vec::new(),
    };
    let library = Library { briefs: vec![brief], ..Library::default() };
    let site = SiteView::new(settings, &library, vec![record], &[]);
    Drawn::of(&site, 0).woven.html
}
