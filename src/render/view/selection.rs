//! [`Selection`]: which of a speaker's statements one page shows, and the pages that follow from it.
//!
//! A speaker's page shows everything. Where that is a lot, plain links narrow it: by form, topic or
//! outlet, where that leaves some out and some in. What is longer than [`LONGEST`] is told by years,
//! each on pages of its own.

use chrono::Datelike;

use crate::annotate::Form;
use crate::library::{Profile, ProfileId, Statement, StatementId};
use crate::render::{SiteView, links};

/// The most statements on one page.
pub(crate) const LONGEST: usize = 200;

/// The fewest statements that are worth narrowing: fewer are read faster than chosen from.
const WORTH: usize = 10;

/// The fewest statements under a topic or of an outlet that have a page.
const FEW: usize = 2;

/// The most topics, and the most outlets, that one speaker's statements are narrowed by: those with
/// the most statements.
const MOST: usize = 6;

/// What is left of a speaker's statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Filter {
    /// Those in the exact words.
    Direct,
    /// Those told in other words, wholly or in part.
    Reported,
    /// Those in briefs under a topic, by its row.
    Topic(usize),
    /// Those in the briefs of an outlet, by its row.
    Outlet(usize),
}

impl Filter {
    /// Whether a statement is left.
    fn keeps(self, site: &SiteView<'_>, row: &Statement) -> bool {
        match self {
            Self::Direct => row.form == Form::Direct,
            Self::Reported => row.form != Form::Direct,
            Self::Topic(topic) => site.brief(row.brief).topics.contains(&topic),
            Self::Outlet(outlet) => site.brief(row.brief).outlet == Some(outlet),
        }
    }

    /// What it is called among its kind.
    pub(crate) fn name(self, site: &SiteView<'_>) -> String {
        match self {
            Self::Direct => site.words.get("speaker.form_exact").into(),
            Self::Reported => site.words.get("speaker.form_reported").into(),
            Self::Topic(topic) => site.library.topics[topic].name.clone(),
            Self::Outlet(outlet) => site.library.outlets[outlet].name.clone(),
        }
    }

    /// The heading with a speaker's name.
    pub(crate) fn heading(self, site: &SiteView<'_>, name: &str) -> String {
        let words = site.words;
        match self {
            Self::Direct => words.with("speaker.heading_exact", &[("name", &name)]),
            Self::Reported => words.with("speaker.heading_reported", &[("name", &name)]),
            Self::Topic(_) => {
                words.with("speaker.heading_topic", &[("name", &name), ("topic", &self.name(site))])
            }
            Self::Outlet(_) => {
                words.with("speaker.heading_outlet", &[("name", &name), ("outlet", &self.name(site))])
            }
        }
    }

    fn path(self, site: &SiteView<'_>, speaker: &str) -> String {
        match self {
            Self::Direct => links::speaker_form(speaker, "direct"),
            Self::Reported => links::speaker_form(speaker, "reported"),
            Self::Topic(topic) => links::speaker_topic(speaker, &site.library.topics[topic].id),
            Self::Outlet(outlet) => links::speaker_outlet(speaker, &site.library.outlets[outlet].id),
        }
    }
}

/// One page of a speaker's statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Selection {
    pub(crate) speaker: ProfileId,
    /// `None`: all of them.
    pub(crate) filter: Option<Filter>,
    /// A year on pages of its own, and which of them, from 1.
    pub(crate) year: Option<(i32, usize)>,
}

impl Selection {
    /// Everything that somebody says.
    pub(crate) fn all(speaker: ProfileId) -> Self {
        Self { speaker, filter: None, year: None }
    }

    /// The address.
    pub(crate) fn path(self, site: &SiteView<'_>) -> String {
        let id = &site.profile(self.speaker).id;
        let list = self.filter.map_or_else(|| links::speaker(id), |filter| filter.path(site, id));
        self.year.map_or(list.clone(), |(year, part)| links::year_of(&list, year, part))
    }

    /// The statements of the selection, whatever its year, in the order of the profile.
    pub(crate) fn statements(self, site: &SiteView<'_>) -> Vec<StatementId> {
        let all = &site.profile(self.speaker).statements;
        let Some(filter) = self.filter else { return all.clone() };
        let keeps = |id: &&StatementId| filter.keeps(site, &site.library.statements[**id]);
        all.iter().filter(keeps).copied().collect()
    }
}

/// Statements of one year, in their order.
pub(crate) struct InYear<'s> {
    pub(crate) year: i32,
    pub(crate) statements: &'s [StatementId],
}

impl InYear<'_> {
    /// How many pages they take.
    pub(crate) fn parts(&self) -> usize {
        self.statements.len().div_ceil(LONGEST)
    }
}

/// Statements, which are in the order of their days, by year.
pub(crate) fn by_year<'s>(site: &SiteView<'_>, statements: &'s [StatementId]) -> Vec<InYear<'s>> {
    let year = |id: &StatementId| site.library.statements[*id].when().year();
    let years = statements.chunk_by(|a, b| year(a) == year(b));
    years.map(|statements| InYear { year: year(&statements[0]), statements }).collect()
}

/// The ways of narrowing a speaker's statements that leave some out and some in, with how many they
/// leave; none where there are few.
pub(crate) fn filters(site: &SiteView<'_>, profile: &Profile) -> Vec<(Filter, usize)> {
    let total = profile.statements.len();
    if total < WORTH {
        return Vec::new();
    }
    let mut counts = std::collections::BTreeMap::new();
    for row in profile.statements.iter().map(|id| &site.library.statements[*id]) {
        let brief = site.brief(row.brief);
        let form = if row.form == Form::Direct { Filter::Direct } else { Filter::Reported };
        let topics = brief.topics.iter().map(|topic| Filter::Topic(*topic));
        for filter in topics.chain([form]).chain(brief.outlet.map(Filter::Outlet)) {
            *counts.entry(filter).or_insert(0_usize) += 1;
        }
    }
    let few = |filter: &Filter| if matches!(filter, Filter::Direct | Filter::Reported) { 1 } else { FEW };
    counts.retain(|filter, count| *count < total && *count >= few(filter));
    let forms = counts.iter().filter(|(f, _)| matches!(f, Filter::Direct | Filter::Reported));
    let mut kept: Vec<(Filter, usize)> = forms.map(|(filter, count)| (*filter, *count)).collect();
    for is_kind in [|f: &Filter| matches!(f, Filter::Topic(_)), |f: &Filter| matches!(f, Filter::Outlet(_))] {
        let mut kind: Vec<(Filter, usize)> =
            counts.iter().filter(|(f, _)| is_kind(f)).map(|(f, count)| (*f, *count)).collect();
        kind.sort_by_key(|(filter, count)| (std::cmp::Reverse(*count), *filter));
        kind.truncate(MOST);
        kind.sort_unstable();
        kept.extend(kind);
    }
    kept
}

/// The pages of one speaker besides the first: narrowed ones, and years of what is long.
pub(crate) fn pages(site: &SiteView<'_>, speaker: ProfileId) -> Vec<Selection> {
    let all = Selection::all(speaker);
    let profile = site.profile(speaker);
    let narrowed = filters(site, profile).into_iter();
    let narrowed = narrowed.map(|(filter, count)| (Selection { filter: Some(filter), ..all }, count));
    let mut pages = Vec::new();
    for (list, count) in std::iter::once((all, profile.statements.len())).chain(narrowed) {
        pages.extend(list.filter.map(|_| list));
        if count > LONGEST {
            for year in by_year(site, &list.statements(site)) {
                let part = |part| Selection { year: Some((year.year, part)), ..list };
                pages.extend((1..=year.parts()).map(part));
            }
        }
    }
    pages
}
