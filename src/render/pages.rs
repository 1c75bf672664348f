//! From a [`Job`] to the text of its page: which template, which view, which head.
//!
//! Entry points: [`draw`], and [`fragment`] for one record without a site.

use std::rc::Rc;

use serde::Serialize;

#[cfg(feature = "cards")]
use super::card::CardPage;
use super::cast::role_on;
use super::engine::Engine;
use super::linked_data;
use super::metadata::{self, FeedLink, Head};
use super::view::anonymous::{UnknownPage, UnnamedPage};
use super::view::brief::{BriefPage, Drawn, dated_title, moment};
use super::view::days::{DayPage, MonthPage, YearPage, YearsPage};
use super::view::feed::{self, Feed, FeedFormat, FeedOf, FeedPage};
use super::view::groups::{GroupKind, GroupPage, GroupsPage};
use super::view::home::{BriefsPage, HomePage};
use super::view::search::SearchPage;
use super::view::selection::Selection;
use super::view::sitemap::{NewsSitemapPage, RobotsPage, SitemapIndexPage, SitemapPage};
use super::view::speaker::{self, SpeakerPage, StatementsPage};
use super::view::speakers::SpeakersPage;
use super::view::{brief, opening};
use super::weave::{Marks, weave};
use super::{Common, Job, JobKind, SiteView, links, plan, report, web_annotations};
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
    /// The language of title and text, where it is not that of the page.
    lang: Option<&'a str>,
    extra: &'a serde_json::Value,
}

/// A former address.
#[derive(Serialize)]
struct Moved<'a> {
    to: &'a str,
}

/// What two files in a row are drawn of: a brief that was woven gives its page and its annotations, a
/// feed its two formats.
#[derive(Default)]
pub struct Last<'a> {
    brief: Option<(BriefId, Rc<Drawn>)>,
    feed: Option<(FeedOf, Rc<Feed<'a>>)>,
}

impl<'a> Last<'a> {
    fn brief(&mut self, site: &SiteView<'a>, id: BriefId) -> Rc<Drawn> {
        again(&mut self.brief, id, || Drawn::of(site, id))
    }

    fn feed(&mut self, site: &SiteView<'a>, of: FeedOf) -> Rc<Feed<'a>> {
        again(&mut self.feed, of, || Feed::of(site, of))
    }
}

/// What was made last if it is of `key`, else what `make` gives.
fn again<K: Copy + PartialEq, T>(last: &mut Option<(K, Rc<T>)>, key: K, make: impl FnOnce() -> T) -> Rc<T> {
    match last {
        Some((known, made)) if *known == key => Rc::clone(made),
        _ => {
            let made = Rc::new(make());
            *last = Some((key, Rc::clone(&made)));
            made
        }
    }
}

/// The text of one page.
pub(super) fn draw<'a>(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'a>,
    last: &mut Last<'a>,
) -> Result<String, Diagnostic> {
    let (shared, words) = (site.facts(), site.words);
    let head = |title: &str, description: String, section| head(site, job, title, description, section);
    match &job.kind {
        JobKind::Home => {
            let settings = &site.settings.site;
            let mut head = head(&settings.title, home_description(site), "/");
            head.window.clone_from(&settings.title);
            head.json_ld = Some(linked_data::home(site));
            engine.render("home.html", shared, &head, &HomePage::of(site))
        }
        JobKind::Briefs(page) => draw_briefs(engine, job, site, *page),
        JobKind::Brief(id) => draw_brief(engine, job, site, (*id, &last.brief(site, *id))),
        JobKind::Annotations(id) => Ok(web_annotations::annotations(site, *id, &last.brief(site, *id))),
        JobKind::Speakers => {
            let text = words.count("speakers.description", site.speakers().count());
            let head = head(words.get("sections.speakers"), text, "/speakers/");
            engine.render("speakers.html", shared, &head, &SpeakersPage::of(site))
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
            let text = words.get("search.description").into();
            let head = head(words.get("sections.search"), text, "/search/");
            engine.render("search.html", shared, &head, &SearchPage::of(site))
        }
        JobKind::Page(index) => draw_page(engine, job, site, &site.pages[*index]),
        JobKind::NotFound => {
            let mut head = head(words.get("lost.title"), words.get("lost.description").into(), "");
            head.noindex = true;
            engine.render("404.html", shared, &head, &Bare {})
        }
        JobKind::Redirect(to) => {
            let head =
                head(words.get("moved.title"), words.with("moved.description", &[("address", to)]), "");
            engine.render("redirect.html", shared, &head, &Moved { to })
        }
        JobKind::Feed(of, FeedFormat::Json) => Ok(feed::to_json(site, &last.feed(site, *of), &job.site_path)),
        JobKind::Feed(of, FeedFormat::Atom) => {
            let feed = last.feed(site, *of);
            engine.render("atom.xml", shared, &Head::default(), &FeedPage::of(&feed, &job.site_path))
        }
        JobKind::SiteCard
        | JobKind::BriefCard(_)
        | JobKind::Sitemap(_)
        | JobKind::SitemapIndex
        | JobKind::NewsSitemap
        | JobKind::Robots => draw_data(engine, job, site),
    }
}

/// What only machines read.
fn draw_data(engine: &Engine, job: &Job, site: &SiteView<'_>) -> Result<String, Diagnostic> {
    let (shared, none) = (site.facts(), Head::default());
    match &job.kind {
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

fn draw_briefs(engine: &Engine, job: &Job, site: &SiteView<'_>, page: usize) -> Result<String, Diagnostic> {
    let words = site.words;
    let title = match page {
        1 => words.get("sections.briefs").to_owned(),
        page => words.with("briefs.title_of_page", &[("page", &page)]),
    };
    let total = words.count("count.briefs", site.library.briefs.len());
    let text = words.with(
        "briefs.description",
        &[("briefs", &total), ("site", &site.settings.site.title), ("title", &title)],
    );
    let head = head(site, job, &title, text, "/briefs/");
    engine.render("briefs.html", site.facts(), &head, &BriefsPage::of(site, page))
}

fn draw_brief(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    (id, drawn): (BriefId, &Drawn),
) -> Result<String, Diagnostic> {
    let row = site.brief(id);
    let page = BriefPage::of(site, id, drawn);
    let mut head = head(site, job, &row.title, row.description.clone(), "/briefs/");
    if site.is_shared_title(&row.title) {
        head.window = window(site, &dated_title(site, row));
    }
    if let Some(lang) = &site.records[id].article.meta.lang {
        head.locale = metadata::locale(lang);
    }
    head.kind = "article";
    head.published = Some(moment(row.published));
    head.modified = row.updated.map(moment);
    head.annotations = Some(links::annotations(&row.slug));
    head.json_ld = Some(linked_data::brief(site, job, &head, (id, drawn), page.stand));
    head.report = report::address(site, Some(&row.title), &job.site_path);
    engine.render("brief.html", site.facts(), &head, &page)
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
    let words = site.words;
    let statements = words.count("count.statements", profile.statements.len());
    let briefs = words.count("count.briefs", profile.briefs.len());
    let name = format!("{}{role}", profile.name);
    let text = words
        .with("speaker.description", &[("statements", &statements), ("name", &name), ("briefs", &briefs)]);
    let mut head = head(site, job, &profile.name, text, "/speakers/");
    let shared = site.is_shared_title(&profile.name);
    let id_given = if shared { format!(" ({})", profile.id) } else { String::new() };
    let title = format!("{}{id_given}", profile.name);
    head.window = window(site, &words.with("speaker.window", &[("title", &title)]));
    head.kind = "profile";
    head.noindex = profile.noindex;
    head.json_ld = Some(linked_data::speaker(site, job, &head, id));
    engine.render("speaker.html", site.facts(), &head, &SpeakerPage::of(site, id))
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
    let shared = site.is_shared_title(&profile.name);
    let id_given = if shared { format!(" ({})", profile.id) } else { String::new() };
    let title = format!("{title}{id_given}");
    head.window = window(site, &site.words.with("speaker.window", &[("title", &title)]));
    head.noindex = !job.is_indexed(site);
    engine.render("statements.html", site.facts(), &head, &StatementsPage::of(site, selection))
}

fn draw_unnamed(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    year: Option<(i32, usize)>,
) -> Result<String, Diagnostic> {
    let title = speaker::of_year(site, site.words.get("unnamed.title").to_owned(), year);
    let text = site.words.with("unnamed.description", &[("title", &title)]);
    let head = head(site, job, &title, text, "/speakers/");
    engine.render("unnamed.html", site.facts(), &head, &UnnamedPage::of(site, year))
}

fn draw_unknown(engine: &Engine, job: &Job, site: &SiteView<'_>) -> Result<String, Diagnostic> {
    let text = site.words.get("unknown.description").into();
    let mut head = head(site, job, site.words.get("unknown.title"), text, "/speakers/");
    head.noindex = true;
    engine.render("unknown.html", site.facts(), &head, &UnknownPage::of(site))
}

fn draw_groups(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    kind: GroupKind,
) -> Result<String, Diagnostic> {
    let key = match kind {
        GroupKind::Outlet => "groups.outlets",
        GroupKind::Topic => "groups.topics",
        GroupKind::Place => "groups.places",
        GroupKind::Story => "groups.stories",
    };
    let text = site.words.count(key, kind.rows(site).len());
    let head = head(site, job, kind.title(site), text, kind.path());
    let (_, template) = kind.templates();
    engine.render(template, site.facts(), &head, &GroupsPage::of(site, kind))
}

fn draw_group(
    engine: &Engine,
    job: &Job,
    site: &SiteView<'_>,
    kind: GroupKind,
    (index, page): (usize, usize),
) -> Result<String, Diagnostic> {
    let row = kind.row(site, index);
    let words = site.words;
    let part = if page > 1 { words.with("groups.part", &[("page", &page)]) } else { String::new() };
    let briefs = words.count("count.briefs", row.briefs.len());
    let (under, title) = match kind {
        GroupKind::Outlet => ("groups.under_outlet", "groups.outlet"),
        GroupKind::Topic => ("groups.under_topic", "groups.topic"),
        GroupKind::Place => ("groups.under_place", "groups.place"),
        GroupKind::Story => ("groups.under_story", "groups.story"),
    };
    let text = words.with(under, &[("briefs", &briefs), ("name", &row.name), ("part", &part)]);
    let mut head = head(site, job, row.name, text, kind.path());
    head.window = window(site, &words.with(title, &[("name", &row.name), ("part", &part)]));
    let (template, _) = kind.templates();
    engine.render(template, site.facts(), &head, &GroupPage::of(site, kind, index, page))
}

fn draw_days(engine: &Engine, job: &Job, site: &SiteView<'_>) -> Result<String, Diagnostic> {
    let (shared, words) = (site.facts(), site.words);
    let section = if job.kind == JobKind::Timeline { "/timeline/" } else { "/days/" };
    let head = |title: &str, text: String| head(site, job, title, text, section);
    match job.kind {
        JobKind::Year(year) => {
            let title = words.with("year.title", &[("year", &year)]);
            let head = head(&title, words.with("year.description", &[("year", &year)]));
            engine.render("year.html", shared, &head, &YearPage::of(site, year))
        }
        JobKind::Month(year, month) => {
            let title = words.month_of(year, month);
            let head = head(&title, words.with("month.description", &[("month", &title)]));
            engine.render("month.html", shared, &head, &MonthPage::of(site, year, month))
        }
        JobKind::Day(day) => {
            let title = words.long(day);
            let text = words.with("day.description", &[("day", &title)]);
            engine.render("day.html", shared, &head(&title, text), &DayPage::of(site, day))
        }
        JobKind::Timeline => {
            let head = head(words.get("sections.timeline"), words.get("timeline.description").into());
            engine.render("timeline.html", shared, &head, &YearsPage::timeline(site))
        }
        _ => {
            let head = head(words.get("sections.days"), words.get("days.description").into());
            engine.render("days.html", shared, &head, &YearsPage::of(site))
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
    let woven =
        weave(&article.document, &Marks::default(), &hidden, None, &addresses, site.interface(article));
    let title = &article.meta.title.text;
    /// Letters that stand for a description.
    const SUMMARY: usize = 155;
    let text = article.meta.description.clone().unwrap_or_else(|| opening(&woven.plain, SUMMARY));
    let page = PlainPage { body: woven.html, lang: site.other_lang(article), extra: &article.meta.extra };
    engine.render("page.html", site.facts(), &head(site, job, title, text, ""), &page)
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
        lang: site.words.lang(&settings.lang).to_owned(),
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
        site.words.with("home.description", &[("site", &site.settings.site.title)])
    } else {
        given.to_owned()
    }
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
    let site = SiteView::new(settings, &library, vec![record], &[], Common::of(&library, &[]));
    Drawn::of(&site, 0).woven.html
}
