//! Tests of the fold: facts by hand, rows and diagnostics to the letter.

mod addresses;
mod echoes;
mod identity;
mod rows;
mod shared;

use chrono::NaiveDate;

use super::Library;
use crate::annotate::timex::Value;
use crate::annotate::{Basis, Form, SpeakerKind};
use crate::config::{BaseUrl, Register, Registered, Settings, Site};
use crate::diag::Diagnostic;
use crate::parse::{Published, Show};
use crate::record::sample::day;
use crate::record::{DateFacts, Facts, PersonFacts, StatementFacts};

/// A brief of one day, at `content/SLUG.md`.
struct Draft(Facts);

fn brief(slug: &str, published: NaiveDate) -> Draft {
    Draft(Facts {
        entry: format!("content/{slug}.md").into(),
        slug: slug.into(),
        title: format!("Headline of {slug}"),
        description: String::new(),
        published: Published { day: published, time: None },
        updated: None,
        outlet: None,
        place: None,
        topics: Vec::new(),
        story: None,
        aliases: Vec::new(),
        corrections: Vec::new(),
        show: Show::Full,
        people: Vec::new(),
        statements: Vec::new(),
        open: Vec::new(),
        dates: Vec::new(),
    })
}

impl Draft {
    fn with(mut self, change: impl FnOnce(&mut Facts)) -> Self {
        change(&mut self.0);
        self
    }

    /// Somebody who is named and silent.
    fn names(self, name: &str, roles: &[&str]) -> Self {
        self.row(name, SpeakerKind::Person, roles)
    }

    fn row(mut self, name: &str, kind: SpeakerKind, roles: &[&str]) -> Self {
        let roles = roles.iter().map(|r| (*r).to_owned()).collect();
        self.0.people.push(Some(PersonFacts { name: name.into(), kind, roles, profile: None }));
        self
    }

    /// The person named last says `words`.
    fn says(mut self, words: &str, said_on: Option<Value>) -> Self {
        let person = self.0.people.len() - 1;
        let (name, kind) = self.0.people[person].as_ref().map(|p| (p.name.clone(), p.kind)).unwrap();
        self.0.statements.push(StatementFacts {
            quote: format!("q-{}", self.0.statements.len() + 1).into(),
            person: Some(person),
            speaker: name.into(),
            kind,
            form: Form::Direct,
            words: words.into(),
            context: words.into(),
            said_on,
            basis: said_on.map(|_| Basis::Text),
            venue: None,
            names: Vec::new(),
            checked: false,
        });
        self
    }

    fn speaker(self, name: &str, roles: &[&str]) -> Self {
        self.names(name, roles).says("“So it is.”", None)
    }

    fn dated(mut self, value: Value) -> Self {
        let timex = format!("t{}", self.0.dates.len() + 1);
        let (words, sentence) = (value.to_string(), format!("On {value}."));
        self.0.dates.push(DateFacts {
            timex: timex.into(),
            value,
            until: None,
            statement: None,
            words: words.into(),
            sentence: sentence.into(),
            confidence: 0.9,
        });
        self
    }

    /// An interval that begins with the date named last.
    fn until(mut self, end: Value) -> Self {
        let begin = self.0.dates.last().unwrap().clone();
        self.0.dates.push(DateFacts { until: Some(end), ..begin });
        self
    }
}

fn entry(id: &str, name: &str) -> Registered {
    Registered {
        id: id.into(),
        name: name.into(),
        aliases: Vec::new(),
        organisation: false,
        roles: Vec::new(),
        links: Vec::new(),
        portrait: None,
        merged: Vec::new(),
        only_in: Vec::new(),
        page: true,
        noindex: None,
    }
}

fn settings(people: Vec<Registered>) -> Settings {
    Settings {
        site: Site {
            title: "A site".into(),
            description: String::new(),
            base_url: BaseUrl::parse("https://a.example").unwrap(),
            lang: "en".into(),
            report: None,
            menu: Vec::new(),
            per_page: 20,
            threshold: 0.8,
            publish: Vec::new(),
            promo: crate::config::Promo::default(),
            day_first: false,
            outlet: None,
            theme: None,
            search: true,
            cards: crate::config::Cards::Site,
            extra: serde_json::Value::Null,
        },
        people: Register { people },
        build_date: day(2026, 1, 1),
        drafts: false,
        future: false,
    }
}

/// Folds briefs, and again in other orders, which must change nothing.
fn fold_with(briefs: Vec<Draft>, people: Vec<Registered>) -> (Library, Vec<Diagnostic>) {
    let mut facts: Vec<Facts> = briefs.into_iter().map(|b| b.0).collect();
    let settings = settings(people);
    let folded = Library::fold(&facts, &settings);
    for _ in 0..facts.len() {
        facts.rotate_left(1);
        assert_eq!(Library::fold(&facts, &settings), folded);
        let reversed: Vec<Facts> = facts.iter().rev().cloned().collect();
        assert_eq!(Library::fold(&reversed, &settings), folded);
    }
    folded
}

fn fold(briefs: Vec<Draft>) -> (Library, Vec<Diagnostic>) {
    fold_with(briefs, Vec::new())
}

fn ids(library: &Library) -> Vec<&str> {
    library.profiles.iter().map(|p| p.id.as_str()).collect()
}

fn printed(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(Diagnostic::render).collect()
}
