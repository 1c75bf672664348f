//! [`Library::fold`]: from facts to rows.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::addresses::one_each;
use super::people::People;
use super::rows::{Row, Rows, Use, places};
use super::{
    Brief, BriefId, DateMention, Echoes, Library, Memory, OpenQuote, Outlet, Place, ProfileId, Statement,
    StatementId, Story, Topic,
};
use crate::config::Settings;
use crate::diag::{Diagnostic, sort};
use crate::record::{DateFacts, Facts, OpenFacts, StatementFacts};

impl Library {
    /// The library of `facts`, and what there is to say about them, sorted.
    ///
    /// The answer depends on the facts as a set, never on their order. Of two briefs with one
    /// slug the second by path is left out with an error.
    #[must_use]
    pub fn fold<F: Borrow<Facts>>(facts: &[F], settings: &Settings) -> (Self, Vec<Diagnostic>) {
        Self::fold_again(facts, settings, &mut Memory::default())
    }

    /// The same with what the last fold has left in `memory`; the answer does not depend on it.
    #[must_use]
    pub fn fold_again<F: Borrow<Facts>>(
        facts: &[F],
        settings: &Settings,
        memory: &mut Memory,
    ) -> (Self, Vec<Diagnostic>) {
        memory.turn();
        let (facts, mut diagnostics) = one_each(facts.iter().map(Borrow::borrow).collect());
        let order = newest_first(&facts);
        let outlet = settings.site.outlet.as_deref();
        let (people, (names, said)) = rayon::join(
            || People::of(&facts, &settings.people, memory),
            || Names::of(&facts, &order, outlet),
        );
        diagnostics.extend(people.diagnostics.iter().cloned().chain(said));
        let mut library = Self { profiles: people.profiles.clone(), ..Self::default() };
        library.add_briefs(&order, &facts, &people, &names);
        library.take_rows(names);
        let ((calendar, shares), heard) = rayon::join(
            || (library.calendar(), library.shares()),
            || library.find_echoes(&settings.people, memory),
        );
        library.take_calendar(calendar);
        library.fill_profiles(shares, settings);
        diagnostics.extend(library.take_echoes(heard));
        diagnostics.extend(library.fill_redirects(&facts));
        sort(&mut diagnostics);
        (library, diagnostics)
    }

    /// Adds the briefs of `facts` in this order.
    fn add_briefs(&mut self, order: &[usize], facts: &[&Facts], people: &People, names: &Names) {
        let mut places = Vec::with_capacity(order.len());
        let mut statements = 0;
        for (brief, index) in order.iter().enumerate() {
            places.push((brief, *index, statements));
            statements += facts[*index].statements.len();
        }
        let shelve = |(brief, index, first): (BriefId, usize, StatementId)| {
            shelved(brief, first, facts[index], &people.of[index], names)
        };
        let shelved: Vec<Shelved> = places.into_par_iter().map(shelve).collect();
        self.statements.reserve_exact(statements);
        self.briefs.reserve_exact(order.len());
        for Shelved { brief, statements, open } in shelved {
            self.slugs.insert(brief.slug.clone(), self.briefs.len());
            self.briefs.push(brief);
            self.statements.extend(statements);
            self.open.extend(open);
        }
    }

    fn take_rows(&mut self, names: Names) {
        let outlet = |Row { id, name, briefs }| Outlet { id, name, briefs };
        let place = |Row { id, name, briefs }| Place { id, name, briefs };
        let topic = |Row { id, name, briefs }| Topic { id, name, briefs };
        let story = |Row { id, name, mut briefs }| {
            briefs.reverse();
            Story { id, name, briefs }
        };
        self.outlets = names.outlets.rows.into_iter().map(outlet).collect();
        self.places = names.places.rows.into_iter().map(place).collect();
        self.topics = names.topics.rows.into_iter().map(topic).collect();
        self.stories = names.stories.rows.into_iter().map(story).collect();
    }

    /// The share of each profile.
    fn shares(&self) -> Vec<Share> {
        let mut shares = vec![Share::default(); self.profiles.len()];
        for (id, said) in self.statements.iter().enumerate() {
            if let Some(profile) = said.profile {
                shares[profile].statements.push(id);
            }
        }
        let said = &self.statements;
        let order: Vec<(NaiveDate, NaiveDate)> = said.iter().map(|row| (row.when(), row.published)).collect();
        for Share { statements, briefs } in &mut shares {
            // Statements are by brief before they are by day.
            briefs.extend(statements.iter().map(|id| said[*id].brief));
            briefs.dedup();
            statements.sort_unstable_by_key(|id| (order[*id], *id));
        }
        shares
    }

    /// Gives profiles their statements and briefs, and decides `noindex` where the register does
    /// not: one statement in one brief makes nobody a public figure.
    fn fill_profiles(&mut self, shares: Vec<Share>, settings: &Settings) {
        let decided: BTreeSet<&str> =
            settings.people.people.iter().filter(|p| p.noindex.is_some()).map(|p| p.id.as_str()).collect();
        for (profile, Share { statements, briefs }) in self.profiles.iter_mut().zip(shares) {
            (profile.statements, profile.briefs) = (statements, briefs);
            if !decided.contains(profile.id.as_str()) {
                profile.noindex = profile.statements.len() <= 1;
            }
        }
        self.fill_who_names_whom();
    }

    /// Tells profiles whom they speak of and who speaks of them. Who is to have no page is in no list
    /// of people, and so on neither side.
    fn fill_who_names_whom(&mut self) {
        let pages: Vec<bool> = self.profiles.iter().map(|profile| profile.page).collect();
        for index in 0..self.profiles.len() {
            for id in self.profiles[index].statements.clone() {
                for other in self.statements[id].names.clone() {
                    if other != index && pages[index] && pages[other] {
                        self.profiles[index].speaks_of.entry(other).or_default().push(id);
                        self.profiles[other].named_by.entry(index).or_default().push(id);
                    }
                }
            }
        }
    }
}

/// What a profile has said.
#[derive(Clone, Default)]
struct Share {
    /// By day.
    statements: Vec<StatementId>,
    /// The briefs that they stand in.
    briefs: Vec<BriefId>,
}

/// A brief with its part of the other rows.
struct Shelved {
    brief: Brief,
    statements: Vec<Statement>,
    open: Vec<OpenQuote>,
}

/// The rows of the brief `id`, whose first statement is `first`; `people` are the profiles that its people
/// are.
fn shelved(
    id: BriefId,
    first: StatementId,
    facts: &Facts,
    people: &[Option<ProfileId>],
    names: &Names,
) -> Shelved {
    let brief = Brief {
        entry: facts.entry.clone(),
        slug: facts.slug.clone(),
        title: facts.title.clone(),
        description: facts.description.clone(),
        published: facts.published,
        updated: facts.updated,
        outlet: names.outlets.first(id),
        place: names.first_place(id, facts),
        topics: names.topics.of.get(&id).cloned().unwrap_or_default(),
        story: names.stories.first(id),
        corrections: corrections(facts),
        show: facts.show,
        people: people.to_vec(),
        statements: (first..first + facts.statements.len()).collect(),
        dates: facts.dates.iter().map(|d| mention(id, d, first)).collect(),
    };
    let statements = facts.statements.iter().map(|s| statement(id, facts, s, people)).collect();
    let open = facts.open.iter().map(|open| self::open(id, open)).collect();
    Shelved { brief, statements, open }
}

/// The profiles that the words of a statement name.
fn named(said: &StatementFacts, people: &[Option<ProfileId>]) -> Vec<ProfileId> {
    let named: BTreeSet<ProfileId> = said.names.iter().filter_map(|person| people[*person]).collect();
    named.into_iter().collect()
}

/// The facts' indexes, newest first: by day, time of day, slug.
fn newest_first(facts: &[&Facts]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..facts.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (facts[*a], facts[*b]);
        let newest = |f: &Facts| (f.published.day, f.published.time);
        newest(b).cmp(&newest(a)).then_with(|| a.slug.cmp(&b.slug))
    });
    order
}

/// The rows that are made of names.
struct Names {
    outlets: Rows,
    places: Rows,
    topics: Rows,
    stories: Rows,
}

impl Names {
    fn of(facts: &[&Facts], order: &[usize], outlet: Option<&str>) -> (Self, Vec<Diagnostic>) {
        let mut said = Vec::new();
        let rows = |folder: &str, names: &dyn Fn(&Facts) -> Vec<String>| {
            let mut uses = Vec::new();
            for (brief, index) in order.iter().enumerate() {
                let entry: &Path = &facts[*index].entry;
                uses.extend(names(facts[*index]).into_iter().map(|name| Use { brief, entry, name }));
            }
            Rows::of(folder, &uses)
        };
        let (outlets, spelled) =
            rows("outlets", &|f| f.outlet.as_deref().or(outlet).map(str::to_owned).into_iter().collect());
        said.extend(spelled);
        let (topics, spelled) = rows("topics", &|f| f.topics.clone());
        said.extend(spelled);
        let (stories, spelled) = rows("stories", &|f| f.story.clone().into_iter().collect());
        said.extend(spelled);
        // How a dateline spells its place is the agency's affair.
        let (places, _) = rows("places", &|f| f.place.as_deref().map(places).unwrap_or_default());
        (Self { outlets, places, topics, stories }, said)
    }

    /// The row of the place that the dateline names first.
    fn first_place(&self, brief: BriefId, facts: &Facts) -> Option<usize> {
        let first = places(facts.place.as_deref()?).into_iter().next()?;
        let slug = super::rows::id(&first);
        self.places.of.get(&brief)?.iter().copied().find(|row| self.places.rows[*row].id == slug)
    }
}

fn statement(
    brief: BriefId,
    facts: &Facts,
    said: &StatementFacts,
    people: &[Option<ProfileId>],
) -> Statement {
    Statement {
        brief,
        quote: said.quote.clone(),
        profile: said.person.and_then(|person| people[person]),
        speaker: said.speaker.clone(),
        kind: said.kind,
        form: said.form,
        words: said.words.clone(),
        context: said.context.clone(),
        said_on: said.said_on,
        basis: said.basis,
        venue: said.venue.clone(),
        names: named(said, people),
        published: facts.published.day,
        checked: said.checked,
    }
}

fn open(brief: BriefId, open: &OpenFacts) -> OpenQuote {
    OpenQuote {
        brief,
        quote: open.quote.clone(),
        form: open.form,
        words: open.words.clone(),
        said_on: open.said_on,
        nobody: open.nobody.clone(),
        echoes: Echoes::default(),
    }
}

/// A date of a brief whose first statement is `first`.
fn mention(brief: BriefId, date: &DateFacts, first: usize) -> DateMention {
    DateMention {
        brief,
        timex: date.timex.clone(),
        value: date.value,
        until: date.until,
        statement: date.statement.map(|index| first + index),
        words: date.words.clone(),
        sentence: date.sentence.clone(),
        confidence: date.confidence,
    }
}

/// Corrections, newest last; those of one day stay in the order given.
fn corrections(facts: &Facts) -> Vec<crate::parse::Correction> {
    let mut corrections = facts.corrections.clone();
    corrections.sort_by_key(|c| c.date);
    corrections
}
