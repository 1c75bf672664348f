//! [`Reading`]: one article cut into tokens, sentences and quotations, as the rules read it.

use std::ops::Range;

use super::Language;
use super::quotation::{self, Quotation};
use crate::text::token::{TokenKind, Tokens};
use crate::text::{Prose, Span, sentence};

/// A sentence with what the rules ask of it.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Where.
    pub(super) span: Span,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// The index of its paragraph.
    pub(super) paragraph: usize,
}

/// One article as the rules read it. All spans are the view's.
#[derive(Debug)]
pub(super) struct Reading<'p> {
    pub(super) prose: &'p Prose,
    pub(super) tokens: Tokens<'p>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) quotations: Vec<Quotation>,
    /// The titles of programmes in quotation marks, which are nobody's words.
    titles: Vec<Range<usize>>,
    /// For each token the quotation that it stands in (marks included).
    quoted: Vec<Option<u32>>,
}

impl<'p> Reading<'p> {
    /// Reads `prose`; in a language without rules for speakers no quotations are looked for.
    pub(super) fn of(prose: &'p Prose, language: Language) -> Self {
        let tokens = Tokens::of(prose.text(), language.stops());
        let quotations = match language.has_speakers() {
            true => quotation::find(&tokens, prose.paragraphs()),
            false => Vec::new(),
        };
        let (titles, quotations): (Vec<_>, Vec<_>) =
            quotations.into_iter().partition(|quotation| quotation::is_title(&tokens, quotation));
        let titles = titles.iter().map(|title| tokens.inside(title.whole())).collect();
        let mut quoted = vec![None; tokens.len()];
        for (index, quotation) in quotations.iter().enumerate() {
            for part in &quotation.parts {
                quoted[tokens.inside(*part)].fill(u32::try_from(index).ok());
            }
        }
        let sentences = sentence::split(&tokens, prose.paragraphs())
            .into_iter()
            .map(|span| Sentence {
                span,
                tokens: tokens.inside(span),
                paragraph: prose.paragraphs().partition_point(|p| p.span.end <= span.start),
            })
            .collect();
        Self { prose, tokens, sentences, quotations, titles, quoted }
    }

    /// Whether token `at` stands in the title of a programme.
    pub(super) fn in_title(&self, at: usize) -> bool {
        let next = self.titles.partition_point(|title| title.end <= at);
        self.titles.get(next).is_some_and(|title| title.contains(&at))
    }

    /// The quotation that token `at` stands in.
    pub(super) fn quotation(&self, at: usize) -> Option<usize> {
        self.quoted.get(at).copied().flatten().map(|q| q as usize)
    }

    /// The index of the sentence that token `at` stands in.
    pub(super) fn sentence_of(&self, at: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= at).min(self.sentences.len().saturating_sub(1))
    }

    /// The words of token `at` in lower case.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.tokens.lower(at)
    }

    /// Whether token `at` is the mark `mark`.
    pub(super) fn is(&self, at: usize, mark: &str) -> bool {
        self.tokens.word(at) == mark
    }

    /// Whether token `at` is a word.
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether token `at` is a genitive ending.
    pub(super) fn is_genitive(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Genitive)
    }

    /// Whether token `at` is a word with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.is_word(at) && self.tokens.get(at).is_some_and(|t| t.capital)
    }

    /// The span of the tokens in `range`, which is not empty.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.tokens.span(range.start, range.end - 1)
    }

    /// The words of the tokens in `range` as the text gives them; empty for an empty range.
    pub(super) fn words(&self, range: &Range<usize>) -> &'p str {
        if range.is_empty() { "" } else { self.span(range).of(self.prose.text()) }
    }
}
