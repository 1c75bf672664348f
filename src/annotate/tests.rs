//! The examples of the rule files, and whole stories.

use super::*;
use crate::text::{Block, BlockKind, Markup, Run, Span};

/// A document of plain paragraphs, parted by empty lines.
pub(super) fn plain(text: &str) -> Document {
    let mut at = 0;
    let mut blocks = Vec::new();
    for part in text.split("\n\n") {
        let span = Span::new(at, at + part.len());
        blocks.push(Block { kind: BlockKind::Paragraph, span, runs: vec![Run { span, reads: None }] });
        at += part.len() + 2;
    }
    Document {
        text: text.into(),
        markup: Markup::Wire,
        zones: Vec::new(),
        blocks,
        dateline: None,
        credit: None,
        byline: None,
    }
}

fn words(document: &Document, spans: &[Span]) -> String {
    spans.iter().map(|s| s.of(&document.text)).collect::<Vec<_>>().join(" … ")
}

#[test]
fn every_cue_does_what_its_examples_say() {
    let mut wrong = Vec::new();
    for example in lexicon::class_entries().iter().flat_map(|c| &c.examples) {
        let document = plain(&example.text);
        let found = annotate(&document, &Options::default());
        let fits = found.quotes.iter().any(|q| {
            words(&document, &q.source) == example.source
                && words(&document, &q.cue) == example.cue
                && words(&document, &q.content) == example.content
                && q.act.name() == example.act
        });
        if !fits {
            let got: Vec<String> = found
                .quotes
                .iter()
                .map(|q| {
                    format!(
                        "{} [{}] <{}> {{{}}}",
                        q.act.name(),
                        words(&document, &q.source),
                        words(&document, &q.cue),
                        words(&document, &q.content)
                    )
                })
                .collect();
            wrong.push(format!("{example:?}\n    got {got:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_said_in_the_counter_examples() {
    for text in lexicon::class_entries().iter().flat_map(|c| &c.counter) {
        let found = annotate(&plain(text), &Options::default());
        assert!(found.quotes.is_empty(), "{text}: {:?}", found.quotes);
    }
}
