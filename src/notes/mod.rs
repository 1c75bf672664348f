//! The editor's word: what people say about the annotations of one article, which wins over all rules.
//!
//! Entry point: [`annotate()`], which puts the word of an article's editor over what was found. Notes stand in `<brief>.notes.toml` beside the entry and in its front matter, both as
//! `[[notes]]`, and as links in Markdown, `[Mr Lee](speaker:ann-lee)` and `[Dec 5](date:2025-12-05)`.
//!
//! In order: `read` and `inline` make notes of them; `place` finds the words of each in the text as
//! readers see it, by the text-quote selector of the W3C's Web Annotation (exact words, a prefix, a
//! suffix), which survives edits of other parts; `dates`, `mentions` and `quotes` apply them; `tidy`
//! mends what hung on what was changed. The answer depends on the notes as a set: notes that
//! contradict each other are told of, and none of them holds. A note whose words are gone is told of
//! with the nearest passage, and the rest of the brief is built.

mod dates;
mod desk;
mod folded;
mod inline;
mod mentions;
mod model;
mod nearest;
pub mod offer;
mod place;
mod quotes;
mod read;
#[cfg(test)]
mod tests;
mod tidy;
mod who;
mod word;

use std::path::PathBuf;

use crate::annotate::{Annotations, Options, annotate_edited};
use crate::config::Register;
use crate::diag::{Code, Diagnostic, Location};
use crate::parse::{Article, FrontNotes};
use crate::text::Span;
use desk::Desk;

/// Where an article's notes are written, besides its own text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// In the front matter.
    pub front: Option<FrontNotes>,
    /// In the file beside the entry: its path as diagnostics name it, and its text.
    pub beside: Option<(PathBuf, String)>,
}

/// What there is to say of notes in the front matter of a plain page, which is not annotated.
#[must_use]
pub fn on_a_page(page: &Article, front: &FrontNotes) -> Diagnostic {
    let place = front.tables.first().map_or_else(Span::default, |table| table.place);
    let place = read::first_line(&front.text, place);
    Diagnostic::warning(Code::NOTES_ALONE, "a plain page is not annotated: its notes say nothing")
        .in_file(&page.path)
        .at(Location::of(&front.text, place))
        .hint("take `notes` out, or move the page out of content/pages/")
}

/// An article's annotations, with its editor's word over what was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edited {
    /// What holds.
    pub annotations: Annotations,
    /// Notes that could not be applied; they change nothing.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether there are notes at all. Where there are none, people.toml was not looked at.
    pub noted: bool,
}

/// Puts the word of `article`'s editor over what was `found` with the same `options`.
///
/// `register` is people.toml, whose ids the notes name.
#[must_use]
pub fn annotate(
    article: &Article,
    options: &Options,
    found: Annotations,
    given: Given,
    register: &Register,
) -> Edited {
    let written = read::written(article, given);
    if written.notes.is_empty() {
        return Edited { annotations: found, diagnostics: written.diagnostics, noted: false };
    }
    let mut desk = Desk::new(article, register, written);
    let placed = place::all(&mut desk);
    let dates = dates::rulings(&mut desk, &placed, &found);
    let mut found = match dates.edited.is_empty() {
        true => found,
        false => annotate_edited(&article.document, options, &dates.edited),
    };
    dates::confirm(&mut found, &dates.confirmed);
    let before = found.quotes.clone();
    let mut words = quotes::words(&mut desk, &placed, &found);
    mentions::apply(&mut desk, &placed, &mut found, &mut words);
    let ids = quotes::apply(&mut desk, words, &mut found);
    tidy::tidy(&before, &ids, &mut found);
    Edited { annotations: found, diagnostics: desk.into_diagnostics(), noted: true }
}
