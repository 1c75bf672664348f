//! [`SiteView`]: everything that pages are made from, with the few lists that only pages need.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use serde::Serialize;

use super::date::DateView;
use super::links::{self, Target};
use super::made::{Made, Ready};
use super::view::{Link, speaker_link};
use super::weave::{Addresses, Interface};
use super::words::Words;
use crate::annotate::timex::Value;
#[cfg(feature = "cards")]
use crate::config::Cards;
use crate::config::Settings;
use crate::library::{Brief, BriefId, Day, Library, Period, Profile, ProfileId};
use crate::parse::Article;
use crate::record::Record;

/// What every template gets as `site`.
#[derive(Debug, Serialize)]
struct SiteFacts<'a> {
    /// The site's name.
    title: &'a str,
    /// One sentence about it; empty where dateline.toml has none.
    description: &'a str,
    /// The language of the texts, as a BCP 47 tag.
    lang: &'a str,
    /// `[[menu]]` of dateline.toml.
    menu: Vec<MenuRow<'a>>,
    /// The parts of the site that hold something, in the order of the menu.
    sections: Vec<SectionRow<'a>>,
    /// `[extra]` of dateline.toml.
    extra: &'a serde_json::Value,
}

/// A line of the menu.
#[derive(Debug, Serialize)]
struct MenuRow<'a> {
    title: &'a str,
    /// A site path or a full address.
    url: &'a str,
}

/// A part of the site with a page of its own.
#[derive(Debug, Serialize)]
struct SectionRow<'a> {
    title: &'a str,
    /// A site path.
    path: &'a str,
}

/// The finished library, the records behind it and the plain pages.
#[derive(Debug)]
pub struct SiteView<'a> {
    /// Settings of the site.
    pub settings: &'a Settings,
    /// The library's rows.
    pub library: &'a Library,
    /// The record of each brief, by [`BriefId`].
    pub records: Vec<&'a Record>,
    /// The plain pages.
    pub pages: &'a [Article],
    /// The words of the interface.
    pub(super) words: &'static Words,
    /// Days that have a page.
    pub(super) days: &'a BTreeMap<NaiveDate, Day>,
    /// Months that have a page.
    pub(super) months: &'a BTreeMap<(i32, u32), Period>,
    /// Years that have a page.
    pub(super) years: &'a BTreeMap<i32, Period>,
    /// How many addresses one sitemap holds at most.
    pub(super) urls_per_sitemap: usize,
    common: Arc<Common>,
}

/// What is made once of a library and a site's plain pages, for all pages: whoever draws pages one by
/// one need not make it for each of them.
#[derive(Debug)]
pub struct Common {
    /// Headlines and names that more than one page would have as its title.
    shared_titles: BTreeSet<String>,
    /// What every template gets as `site`, made when the first one asks.
    facts: OnceLock<tera::Value>,
    /// The brief or page of each entry, by its path relative to content/.
    entries: BTreeMap<String, String>,
    /// What rows show alike.
    made: Made,
}

impl Common {
    /// What all pages of this library and these plain pages share.
    #[must_use]
    pub fn of(library: &Library, pages: &[Article]) -> Arc<Self> {
        Arc::new(Self {
            shared_titles: shared_titles(library),
            facts: OnceLock::new(),
            entries: entries(library, pages),
            made: Made::of(library),
        })
    }
}

impl<'a> SiteView<'a> {
    /// Puts the parts together. `records` holds the record of each brief in the order of
    /// [`Library::briefs`]; `common` is made of the same library and pages, and of no other settings.
    ///
    /// # Panics
    /// Where there is not one record for each brief: that is a bug of the caller.
    #[must_use]
    pub fn new(
        settings: &'a Settings,
        library: &'a Library,
        records: Vec<&'a Record>,
        pages: &'a [Article],
        common: Arc<Common>,
    ) -> Self {
        assert_eq!(records.len(), library.briefs.len(), "one record for each brief");
        Self {
            settings,
            library,
            records,
            pages,
            words: Words::of_tag(&settings.site.lang),
            days: &library.days,
            months: &library.months,
            years: &library.years,
            urls_per_sitemap: super::view::sitemap::URLS,
            common,
        }
    }

    /// What every template gets as `site`.
    pub(super) fn facts(&self) -> &tera::Value {
        self.common.facts.get_or_init(|| self.facts_value())
    }

    /// Whether more than one page would have this headline or name as its title.
    pub(super) fn is_shared_title(&self, title: &str) -> bool {
        self.common.shared_titles.contains(title)
    }

    fn facts_value(&self) -> tera::Value {
        let site = &self.settings.site;
        let menu = site.menu.iter().map(|item| MenuRow { title: &item.title, url: &item.url });
        let sections = super::plan::sections(self).into_iter();
        tera::Value::from_serializable(&SiteFacts {
            title: &site.title,
            description: &site.description,
            lang: &site.lang,
            menu: menu.collect(),
            sections: sections.map(|(title, path)| SectionRow { title, path }).collect(),
            extra: &site.extra,
        })
    }

    /// A brief's row.
    pub(super) fn brief(&self, id: BriefId) -> &'a Brief {
        &self.library.briefs[id]
    }

    /// A speaker's row.
    pub(super) fn profile(&self, id: ProfileId) -> &'a Profile {
        &self.library.profiles[id]
    }

    /// The page that lists a value, if there is one.
    pub(super) fn value_path(&self, value: Value) -> Option<String> {
        self.library.calendar_page(value)
    }

    /// The [`DateView`] of a day, leading to its page.
    pub(super) fn day_view(&self, day: NaiveDate) -> Ready<DateView> {
        self.common.made.day(self.words, day)
    }

    /// The [`DateView`] of a day, leading nowhere.
    pub(super) fn plain_day_view(&self, day: NaiveDate) -> Ready<DateView> {
        self.common.made.plain_day(self.words, day)
    }

    /// The [`DateView`] of any value, leading to the page that lists it.
    pub(super) fn value_view(&self, of: Value) -> Ready<DateView> {
        match of {
            Value::Day(day) => self.day_view(day),
            _ => Ready::of(&DateView::value(self.words, of, self.value_path(of))),
        }
    }

    /// The [`DateView`] of any value, leading nowhere.
    pub(super) fn plain_value_view(&self, of: Value) -> Ready<DateView> {
        match of {
            Value::Day(day) => self.plain_day_view(day),
            _ => Ready::of(&DateView::value(self.words, of, None)),
        }
    }

    /// The [`Link`] to a speaker, leading to their page if they have one.
    pub(super) fn speaker_view(&self, id: ProfileId) -> Ready<Link> {
        self.common.made.speaker(id, || speaker_link(self, id))
    }

    /// The speakers with a page, in the library's order.
    pub(super) fn speakers(&self) -> impl Iterator<Item = (ProfileId, &'a Profile)> {
        self.library.listed_profiles()
    }

    /// The page of a speaker, if they have one.
    pub(super) fn speaker_path(&self, id: ProfileId) -> Option<String> {
        let profile = self.profile(id);
        profile.page.then(|| links::speaker(&profile.id))
    }

    /// Whether a picture is drawn of the site's name and description.
    pub(super) fn has_card(&self) -> bool {
        #[cfg(feature = "cards")]
        let drawn = super::card::has_site(self);
        #[cfg(not(feature = "cards"))]
        let drawn = false;
        drawn
    }

    /// Whether a picture is drawn of a brief.
    #[cfg_attr(not(feature = "cards"), expect(unused_variables, reason = "none is drawn"))]
    pub(super) fn has_brief_card(&self, id: BriefId) -> bool {
        #[cfg(feature = "cards")]
        let drawn = self.settings.site.cards == Cards::Briefs && super::card::has_brief(self, id);
        #[cfg(not(feature = "cards"))]
        let drawn = false;
        drawn
    }

    /// The picture that links to the site are shown with, as a site path, and what is to be seen on it.
    pub(super) fn card(&self) -> (String, String) {
        #[cfg(feature = "cards")]
        if self.has_card() {
            return (links::CARD.into(), super::card::site_alt(self));
        }
        (links::CARD.into(), self.words.get("base.fixed_card").into())
    }

    /// The same of a brief.
    pub(super) fn brief_card(&self, id: BriefId) -> (String, String) {
        #[cfg(feature = "cards")]
        if self.has_brief_card(id) {
            return (links::card(&self.brief(id).slug), super::card::brief_alt(self, id));
        }
        let _ = id;
        self.card()
    }

    /// The language of an entry: that of its front matter, else the site's.
    pub(super) fn lang_of(&self, article: &'a Article) -> &'a str {
        article.meta.lang.as_deref().unwrap_or(&self.settings.site.lang)
    }

    /// The same, where it is not the language of the interface.
    pub(super) fn other_lang(&self, article: &'a Article) -> Option<&'a str> {
        let interface = self.words.lang(&self.settings.site.lang);
        Some(self.lang_of(article)).filter(|lang| !lang.eq_ignore_ascii_case(interface))
    }

    /// What is written into an entry's text that is not its author's.
    pub(super) fn interface(&self, article: &'a Article) -> Interface<'a> {
        let lang = self.other_lang(article).map(|_| self.words.lang(&self.settings.site.lang));
        Interface { words: self.words, lang }
    }

    /// How addresses of the entry at `path` are resolved.
    pub(super) fn addresses<'s>(&'s self, path: &'s Path) -> EntryAddresses<'s> {
        EntryAddresses { site: self, path }
    }
}

/// The headlines that two briefs share and the names that two speakers share.
fn shared_titles(library: &Library) -> BTreeSet<String> {
    let titles = library.briefs.iter().map(|b| b.title.as_str());
    let names = library.profiles.iter().map(|p| p.name.as_str());
    let mut seen = HashSet::with_capacity(library.briefs.len() + library.profiles.len());
    titles.chain(names).filter(|title| !seen.insert(*title)).map(str::to_owned).collect()
}

/// The brief or page of each entry, by its path relative to content/.
fn entries(library: &Library, pages: &[Article]) -> BTreeMap<String, String> {
    let inside = |path: &Path| {
        let path = path.to_string_lossy().replace('\\', "/");
        path.strip_prefix("content/").unwrap_or(&path).to_owned()
    };
    let briefs = library.briefs.iter().map(|brief| (inside(&brief.entry), links::brief(&brief.slug)));
    let pages = pages.iter().map(|page| (inside(&page.path), links::page(&page.meta.slug)));
    briefs.chain(pages).collect()
}

/// Resolves the addresses that one entry writes.
pub(super) struct EntryAddresses<'s> {
    site: &'s SiteView<'s>,
    path: &'s Path,
}

impl Addresses for EntryAddresses<'_> {
    fn link(&self, address: &str) -> Option<String> {
        let base = &self.site.settings.site.base_url;
        let resolved = match links::target(self.path, address) {
            Target::Outside(address) | Target::Here(address) => address,
            Target::Site(path) => base.local(&path),
            Target::Content(path, rest) => {
                let place = self.site.common.entries.get(&path);
                base.local(&(place.cloned().unwrap_or_else(|| format!("/{path}")) + &rest))
            }
            Target::Refused => return None,
        };
        Some(super::escape::href(resolved))
    }

    fn image(&self, address: &str) -> Option<String> {
        match links::target(self.path, address) {
            Target::Site(path) => Some(path),
            Target::Content(path, rest) => Some(format!("/{path}{rest}")),
            Target::Outside(_) | Target::Here(_) | Target::Refused => None,
        }
        .map(|path| super::escape::href(self.site.settings.site.base_url.local(&path)))
    }
}
