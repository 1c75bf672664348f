//! Annotation: who said what, and when, in one article.
//!
//! Entry point: [`annotate`]. It reads a [`Document`] and [`Options`] and answers with
//! [`Annotations`], layers of spans into `Document::text`. It knows no HTML, no files, no clock
//! and no network, and imports `text` and `diag` alone.
//!
//! In order: [`Prose`] hides what is no prose; `reading` cuts it into tokens, sentences and
//! quotations; `name` and `person` find who is in it; `attribution` finds sources, cues and
//! contents by rules, [`sequence`] by a model, and both are merged; `speaker` says who the sources
//! are; [`timex`] resolves dates; `said_on` dates the words; `standfirst` sees what is told twice;
//! `finish` carries everything back into the document.

mod attribution;
mod cataphora;
mod edited;
mod filed;
mod finish;
mod given;
mod language;
mod lexicon;
mod model;
mod name;
mod occasion;
mod only_day;
mod person;
mod pronoun;
mod quotation;
mod reading;
mod said_on;
pub mod sequence;
mod speaker;
mod standfirst;
#[cfg(test)]
mod tests;
pub mod timex;
mod variation;
mod why;

pub use edited::EditedDate;
pub use filed::filed_on;
pub use finish::quote_id;
pub use language::Language;
pub use model::{
    Act, Annotations, Basis, Form, Mention, Options, Person, Provenance, Quote, SaidOn, Speaker, SpeakerKind,
    Venue,
};
pub use why::{Finder, Naming, Why};

use crate::text::{Document, Prose};

/// Annotates one article.
///
/// Works on any text: what it cannot make out it leaves out or gives a low confidence. The time
/// it takes is linear in the length of the text, but for a single sentence with thousands of cues.
#[must_use]
pub fn annotate(document: &Document, options: &Options) -> Annotations {
    annotate_edited(document, options, &[])
}

/// The same with what an editor says of dates in the text, so that whatever hangs on a date (the day
/// of speaking, an interval) hangs on the editor's.
#[must_use]
pub fn annotate_edited(document: &Document, options: &Options, dates: &[EditedDate]) -> Annotations {
    let prose = Prose::of(document);
    let reading = reading::Reading::of(&prose, options.language);
    // English cues in another language would put words into somebody's mouth.
    let (names, found) = match options.language.has_speakers() {
        true => (name::find(&reading), attributions(&reading)),
        false => (Vec::new(), Vec::new()),
    };
    let mut cast = person::Cast::of(&reading, names);
    let speakers = speaker::resolve(&reading, &mut cast, &found);
    let sentences: Vec<_> = reading.sentences.iter().map(|s| s.span).collect();
    let mut timexes = edited::dates(timex::tag(prose.text(), &sentences, options), &prose, dates);
    // "This Week" is a programme.
    timexes.retain(|dated| !reading.in_title(reading.tokens.from(dated.timex.span.start)));
    let said_on = said_on::dates(&reading, &found, &speakers, &cast, &timexes, options.dct);
    let repeats = standfirst::match_up(&reading, &found, &speakers);
    finish::annotations(&finish::Parts {
        reading: &reading,
        cast: &cast,
        found: &found,
        speakers: &speakers,
        said_on: &said_on,
        repeats: &repeats,
        timexes: &timexes,
        language: options.language,
    })
}

/// The attributions of an article: the rules', and the model's where it is built in.
fn attributions(reading: &reading::Reading<'_>) -> Vec<attribution::Found> {
    let ruled = attribution::find(reading);
    #[cfg(feature = "weights")]
    let ruled = {
        let proposals = sequence::finding::propose(reading, &ruled);
        attribution::merged(reading, ruled, proposals)
    };
    ruled
}
