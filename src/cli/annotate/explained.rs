//! [`of`]: why an attribution is what it is, as lines of the listing.

use std::fmt::Write as _;

use crate::annotate::Quote;
use crate::record::explained::{Explained, day, sure};

/// A line each for what found the words, how the speaker is known, where the day comes from, and
/// how the confidence comes about.
pub(super) fn of(page: &Explained<'_>, quote: &Quote, threshold: f32) -> String {
    let mut out = String::new();
    let mut line = |name: &str, text: &str| {
        let _ = writeln!(out, "      {name:<6} {text}");
    };
    let Some(why) = Explained::why(quote) else {
        line("found", "an editor's note says so");
        return out;
    };
    line("found", &page.found(quote, why));
    line("who", &page.naming(quote, why));
    if let Some(said) = &quote.said_on {
        line("when", day(said.basis));
    }
    line("sure", &sure(quote, why, threshold));
    out
}
