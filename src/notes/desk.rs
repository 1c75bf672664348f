//! [`Desk`]: everything that lies before whoever applies the notes of one article.

use super::folded::Folded;
use super::model::{Note, Source, Written};
use crate::config::{Register, short};
use crate::diag::{Code, Diagnostic, Flood, Location, Severity};
use crate::parse::Article;
use crate::text::{Prose, Span};

/// One article with its notes, and what there is to say about them.
pub(super) struct Desk<'d> {
    pub(super) article: &'d Article,
    pub(super) register: &'d Register,
    pub(super) notes: Vec<Note>,
    /// The text as readers see it, in which notes are placed.
    pub(super) prose: Prose,
    pub(super) folded: Folded,
    sources: Vec<Source>,
    told: Flood,
    before: Vec<Diagnostic>,
}

impl<'d> Desk<'d> {
    pub(super) fn new(article: &'d Article, register: &'d Register, written: Written) -> Self {
        let Written { sources, notes, diagnostics } = written;
        let prose = Prose::of(&article.document);
        let folded = Folded::of(prose.text());
        Self { article, register, notes, prose, folded, sources, told: Flood::default(), before: diagnostics }
    }

    /// Says something about a note, at its words.
    pub(super) fn tell(&mut self, note: usize, code: Code, message: String, hint: String) {
        self.tell_at(note, self.notes[note].place, (Severity::Error, code), message, hint);
    }

    /// The same at another place of the text that the note stands in.
    pub(super) fn tell_at(
        &mut self,
        note: usize,
        place: Span,
        (severity, code): (Severity, Code),
        message: String,
        hint: String,
    ) {
        let source = &self.sources[self.notes[note].source];
        self.told.push(code, || {
            let mut location = Location::of(&source.text, place);
            location.line += source.lines_before;
            Diagnostic::new(severity, code, message).in_file(&source.path).at(location).hint(hint)
        });
    }

    /// Whether another diagnostic of this code would only be counted: its words need not be made.
    pub(super) fn is_full(&self, code: Code) -> bool {
        self.told.is_full(code)
    }

    /// Where a note stands, as a message about another names it.
    pub(super) fn whereabouts(&self, note: usize) -> String {
        let note = &self.notes[note];
        let source = &self.sources[note.source];
        let place = Location::of(&source.text, note.place);
        format!("{}:{}:{}", source.path.display(), place.line + source.lines_before, place.column)
    }

    /// The line of the entry in which a place of the view stands.
    pub(super) fn line(&self, view: Span) -> usize {
        let place = self.prose.in_document(view);
        Location::of(&self.article.document.text, place).line + self.article.lines_before
    }

    /// Words of the view on one line, for a message.
    pub(super) fn words(&self, view: Span) -> String {
        let words: Vec<&str> = view.of(self.prose.text()).split_whitespace().collect();
        short(&words.join(" "))
    }

    /// What stands at a place of the view, in the document: a part for each paragraph.
    pub(super) fn in_document(&self, view: Span) -> Vec<Span> {
        self.parts(view).into_iter().map(|part| self.prose.in_document(part)).collect()
    }

    /// A place of the view, cut where paragraphs end.
    pub(super) fn parts(&self, view: Span) -> Vec<Span> {
        let paragraphs = self.prose.paragraphs();
        let first = paragraphs.partition_point(|p| p.span.end <= view.start);
        paragraphs[first..]
            .iter()
            .take_while(|p| p.span.start < view.end)
            .map(|p| Span { start: p.span.start.max(view.start), end: p.span.end.min(view.end) })
            .filter(|part| !part.of(self.prose.text()).trim().is_empty())
            .collect()
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.before.into_iter().chain(self.told.into_diagnostics()).collect()
    }
}
