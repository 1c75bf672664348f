//! [`Explained`]: why the attributions of a record are what they are, in words for an editor.

use super::{Reading, Record};
use crate::annotate::{Basis, Finder, Naming, Provenance, Quote, Why};
use crate::text::Span;

/// A record with what a reader sees of its text.
#[derive(Debug)]
pub struct Explained<'r> {
    record: &'r Record,
    reading: Reading<'r>,
}

impl<'r> Explained<'r> {
    /// Of one record.
    #[must_use]
    pub fn of(record: &'r Record) -> Self {
        Self { record, reading: Reading::of(&record.article.document) }
    }

    /// The words at `spans` on one line, without markup; parts that do not touch are joined by an
    /// ellipsis. What no reader sees (a headline's day in wire copy) stands as it is written.
    #[must_use]
    pub fn words(&self, spans: &[Span]) -> String {
        let seen = self.reading.joined(spans);
        if !seen.is_empty() {
            return seen;
        }
        let text = &self.record.article.document.text;
        let part = |span: &Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        spans.iter().map(part).collect::<Vec<_>>().join(" … ")
    }

    /// What has found the words.
    #[must_use]
    pub fn found(&self, quote: &Quote, why: Why) -> String {
        let cue = match quote.cue.is_empty() {
            true => "no word of saying".to_owned(),
            false => format!("“{}”", self.words(&quote.cue)),
        };
        match why.finder {
            Finder::Layout => "layout alone: a transcript line, a colon or a dash".to_owned(),
            Finder::Rule => format!("a rule, by {cue}"),
            Finder::Marks => "quotation marks without a tag of their own".to_owned(),
            Finder::Model => {
                format!("the trained model alone, by {cue}; no rule knows the construction")
            }
            Finder::Both => format!("a rule and the trained model, by {cue}"),
        }
    }

    /// How the speaker is known.
    #[must_use]
    pub fn naming(&self, quote: &Quote, why: Why) -> String {
        let source = self.words(&quote.source);
        match why.naming {
            Naming::Name => format!("“{source}” names the speaker"),
            Naming::Apposition => format!("“{source}” describes somebody whose name stands beside it"),
            Naming::Pronoun => format!("“{source}” is taken for the nearest speaker who fits"),
            Naming::Role => format!("“{source}” is the role of one person in this article"),
            Naming::Variation => {
                format!("“{source}” is taken for the person last named; the text does not say so")
            }
            Naming::Description => format!("“{source}” is all that the text says"),
            Naming::Shared => format!("the sentence has one speaker for several sayings: “{source}”"),
            Naming::CarriedOn => {
                "the words carry on those before them, without a tag of their own".to_owned()
            }
            Naming::Repeat => "the same words stand elsewhere in the article, with their speaker".to_owned(),
            Naming::Nobody if source.is_empty() => "the text names nobody".to_owned(),
            Naming::Nobody => format!("nobody is known for “{source}”"),
        }
    }

    /// What made the program find an attribution; `None` where an editor has decided.
    #[must_use]
    pub fn why(quote: &Quote) -> Option<Why> {
        quote.why.filter(|_| quote.provenance != Provenance::Editor)
    }
}

/// Where a day of speaking comes from.
#[must_use]
pub fn day(basis: Basis) -> &'static str {
    match basis {
        Basis::Text => "the words beside the cue tell the day",
        Basis::SameRemarks => "the day of the remarks beside it by the same speaker",
        Basis::Context => "concluded from the article: the occasion told before, or the speaker's only day",
        Basis::Editor => "an editor's note says so",
    }
}

/// How the confidence comes about, beside the site's threshold.
#[must_use]
pub fn sure(quote: &Quote, why: Why, threshold: f32) -> String {
    let percent = |share: f32| format!("{:.0} %", share * 100.0);
    let all = percent(quote.confidence);
    let steps = format!("found {} × who {}", percent(why.found), percent(why.named));
    let verdict = if quote.confidence < threshold {
        format!("below the site's {}: shown here alone, as “possibly”", percent(threshold))
    } else {
        format!("at or above the site's {}", percent(threshold))
    };
    // Marks that never close, and words told twice, take something off.
    let doubted = quote.confidence + 0.005 < why.found * why.named;
    let less = if doubted { ", less for doubts about the marks" } else { "" };
    format!("{all}: {steps}{less}; {verdict}")
}
