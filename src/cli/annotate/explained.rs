//! [`of`]: why an attribution is what it is, in words for an editor.

use std::fmt::Write as _;

use super::listing::Page;
use crate::annotate::{Basis, Finder, Naming, Provenance, Quote};

/// A line each for what found the words, how the speaker is known, where the day comes from, and
/// how the confidence comes about.
pub(super) fn of(page: &Page<'_>, quote: &Quote, threshold: f32) -> String {
    let mut out = String::new();
    let mut line = |name: &str, text: &str| {
        let _ = writeln!(out, "      {name:<6} {text}");
    };
    let Some(why) = quote.why.filter(|_| quote.provenance != Provenance::Editor) else {
        line("found", "an editor's note says so");
        return out;
    };
    line("found", &found(page, quote, why.finder));
    line("who", &naming(page, quote, why.naming));
    if let Some(said) = &quote.said_on {
        line("when", day(said.basis));
    }
    line("sure", &sure(quote, why.found, why.named, threshold));
    out
}

fn found(page: &Page<'_>, quote: &Quote, finder: Finder) -> String {
    let cue = match quote.cue.is_empty() {
        true => "no word of saying".to_owned(),
        false => format!("“{}”", page.words(&quote.cue)),
    };
    match finder {
        Finder::Layout => "layout alone: a transcript line, a colon or a dash".to_owned(),
        Finder::Rule => format!("a rule, by {cue}"),
        Finder::Marks => "quotation marks without a tag of their own".to_owned(),
        Finder::Model => format!("the trained model alone, by {cue}; no rule knows the construction"),
        Finder::Both => format!("a rule and the trained model, by {cue}"),
    }
}

fn naming(page: &Page<'_>, quote: &Quote, naming: Naming) -> String {
    let source = page.words(&quote.source);
    match naming {
        Naming::Name => format!("“{source}” names the speaker"),
        Naming::Apposition => format!("“{source}” describes somebody whose name stands beside it"),
        Naming::Pronoun => format!("“{source}” is taken for the nearest speaker who fits"),
        Naming::Role => format!("“{source}” is the role of one person in this article"),
        Naming::Variation => {
            format!("“{source}” is taken for the person last named; the text does not say so")
        }
        Naming::Description => format!("“{source}” is all that the text says"),
        Naming::Shared => format!("the sentence has one speaker for several sayings: “{source}”"),
        Naming::CarriedOn => "the words carry on those before them, without a tag of their own".to_owned(),
        Naming::Repeat => "the same words stand elsewhere in the article, with their speaker".to_owned(),
        Naming::Nobody if source.is_empty() => "the text names nobody".to_owned(),
        Naming::Nobody => format!("nobody is known for “{source}”"),
    }
}

fn day(basis: Basis) -> &'static str {
    match basis {
        Basis::Text => "the words beside the cue tell the day",
        Basis::SameRemarks => "the day of the remarks beside it by the same speaker",
        Basis::Context => "concluded from the article: the occasion told before, or the speaker's only day",
        Basis::Editor => "an editor's note says so",
    }
}

fn sure(quote: &Quote, found: f32, named: f32, threshold: f32) -> String {
    let percent = |share: f32| format!("{:.0} %", share * 100.0);
    let all = percent(quote.confidence);
    let steps = format!("found {} × who {}", percent(found), percent(named));
    let verdict = if quote.confidence < threshold {
        format!("below the site's {}: shown here alone, as “possibly”", percent(threshold))
    } else {
        format!("at or above the site's {}", percent(threshold))
    };
    // Marks that never close, and words told twice, take something off.
    let less =
        if quote.confidence + 0.005 < found * named { ", less for doubts about the marks" } else { "" };
    format!("{all}: {steps}{less}; {verdict}")
}
