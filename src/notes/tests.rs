//! What notes do to annotations.

use chrono::NaiveDate;

use super::*;
use crate::annotate::{self, Act, Basis, Form, Options, Provenance, Quote};
use crate::config::Register;
use crate::content::{Entry, EntryKind};
use crate::parse::{Outcome, article};

mod contradict;
mod hostile;
mod links;
mod lost;
mod said;

/// People whom notes may name.
const PEOPLE: &str = "[[person]]\nid = \"ada-moreno\"\nname = \"Ada Moreno\"\n\n\
    [[person]]\nid = \"port-of-oslo\"\nname = \"Port of Oslo\"\nkind = \"organisation\"\n";

/// An article, annotated with its notes.
struct Done {
    text: String,
    found: Annotations,
    told: String,
}

/// Annotates Markdown of 2025-12-06 with notes beside it.
fn with(body: &str, notes: &str) -> Done {
    entry(&format!("+++\ntitle = \"T\"\ndate = 2025-12-06\n+++\n{body}\n"), Some(notes))
}

/// Annotates a whole file, with notes beside it.
fn entry(file: &str, notes: Option<&str>) -> Done {
    let (site, _) = crate::config::Site::parse("");
    let register = Register::parse(PEOPLE).0.unwrap();
    let settings = crate::config::Settings {
        site: site.unwrap(),
        people: register.clone(),
        build_date: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        drafts: false,
        future: false,
    };
    let entry =
        Entry { kind: EntryKind::Markdown, path: "content/a.md".into(), file: "a.md".into(), notes: None };
    let parsed = article(&entry, file.as_bytes().to_vec(), &settings);
    let Outcome::Article(article) = parsed.outcome else { panic!("{:?}", parsed.diagnostics) };
    let beside = notes.map(|notes| ("content/a.notes.toml".into(), notes.to_owned()));
    let given = Given { front: parsed.notes, beside };
    let options = Options { dct: article.meta.date.map(|d| d.day), ..Options::default() };
    let found = annotate::annotate(&article.document, &options);
    let Edited { annotations: found, diagnostics: mut told, .. } =
        annotate(&article, &options, found, given, &register);
    told.extend(parsed.diagnostics);
    crate::diag::sort(&mut told);
    let told = told.iter().map(Diagnostic::render).collect();
    Done { text: article.document.text, found, told }
}

impl Done {
    /// Nothing is told.
    fn fine(self) -> Self {
        assert_eq!(self.told, "");
        self
    }

    /// The attribution with these words in its content.
    #[track_caller]
    fn quote(&self, words: &str) -> &Quote {
        let has = |q: &&Quote| q.content.iter().any(|c| c.of(&self.text).contains(words));
        self.found.quotes.iter().find(has).unwrap_or_else(|| panic!("{words}: {:#?}", self.found.quotes))
    }

    fn has(&self, words: &str) -> bool {
        self.found.quotes.iter().any(|q| q.content.iter().any(|c| c.of(&self.text).contains(words)))
    }

    #[track_caller]
    fn speaker(&self, words: &str) -> &str {
        self.quote(words).speaker.as_ref().map_or("", |s| s.name.as_str())
    }

    /// The dates with their words, values and who decided.
    fn dates(&self) -> Vec<(String, String, Provenance)> {
        let dates = self.found.timexes.iter();
        dates.map(|t| (t.span.of(&self.text).to_owned(), t.value.to_string(), t.provenance)).collect()
    }

    fn people(&self) -> Vec<&str> {
        self.found.people.iter().map(|p| p.name.as_str()).collect()
    }
}
