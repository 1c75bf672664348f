//! What the annotator is unsure of in a brief, and the lines with which an editor settles it.

use serde::Serialize;

use crate::annotate::timex::Timex;
use crate::annotate::{Act, Form, Provenance, Quote, Speaker, SpeakerKind};
use crate::config::Settings;
use crate::diag::Location;
use crate::library::{BriefId, Library, register_entry};
use crate::notes::offer::{Offers, Subject, line};
use crate::record::Record;
use crate::record::explained::Explained;
use crate::text::Span;

/// Something that the annotator is unsure of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doubt {
    /// The words, on one line.
    pub words: String,
    /// What the page says of them.
    pub says: String,
    /// How that came about; empty where it is not known.
    pub why: String,
    /// The anchor of the words on their page.
    pub anchor: Option<String>,
    /// The line of the file in which they stand.
    pub line: Option<usize>,
    /// What an editor can say.
    pub answers: Vec<Answer>,
}

/// Lines that settle a doubt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// What they say, in words.
    pub says: String,
    /// The lines, ready to be put at the end of `file`.
    pub lines: String,
    /// The file, relative to the site's folder.
    pub file: String,
}

/// How many people of an article are offered as the speaker of words.
const PEOPLE: usize = 4;

/// The doubts about a brief, in the order of the text, then those about names.
pub(super) fn of(library: &Library, id: BriefId, record: &Record, settings: &Settings) -> Vec<Doubt> {
    let notes = record.article.path.with_extension("notes.toml");
    let desk = Desk {
        record,
        explained: Explained::of(record),
        offers: Offers::of(&record.article),
        threshold: settings.site.threshold,
        file: notes.display().to_string().replace('\\', "/"),
    };
    let quotes = record.annotations.quotes.iter().filter_map(|quote| desk.quotation(quote));
    let timexes = record.annotations.timexes.iter().enumerate();
    let dates = timexes.filter_map(|(index, timex)| desk.date(index, timex));
    let mut doubts: Vec<(Span, Doubt)> = quotes.chain(dates).collect();
    doubts.sort_by_key(|(at, _)| (at.start, at.end));
    doubts.into_iter().map(|(_, doubt)| doubt).chain(names(library, id, settings)).collect()
}

/// One brief and what is needed to talk about it.
struct Desk<'r> {
    record: &'r Record,
    explained: Explained<'r>,
    offers: Offers,
    threshold: f32,
    /// Where its notes lie.
    file: String,
}

impl Desk<'_> {
    fn quotation(&self, quote: &Quote) -> Option<(Span, Doubt)> {
        let counted = quote.act != Act::None && quote.repeats.is_none();
        if !counted || quote.provenance == Provenance::Editor {
            return None;
        }
        let says = match &quote.speaker {
            Some(speaker) if quote.confidence < self.threshold => {
                format!("possibly {} ({})", speaker.name, percent(quote.confidence))
            }
            None if quote.act == Act::Statement && quote.form != Form::Indirect => {
                "nobody is named who says this".to_owned()
            }
            _ => return None,
        };
        let at = *quote.content.first()?;
        let why = Explained::why(quote).map(|why| self.explained.naming(quote, why)).unwrap_or_default();
        let answers = self.offers.head(Subject::Quotation, at).map(|head| self.speakers(quote, &head));
        let anchor = Some(quote.id.clone());
        let words = self.explained.words(&quote.content);
        Some((at, self.doubt(at, words, says, why, anchor, answers.unwrap_or_default())))
    }

    /// Who may have said it: whom the program takes for the speaker, others of the article, nobody.
    fn speakers(&self, quote: &Quote, head: &str) -> Vec<Answer> {
        let guess = quote.speaker.as_ref();
        let confirmed = guess.map(|speaker| {
            self.answer(format!("It was {}", speaker.name), format!("{head}confirm = true\n"))
        });
        let is_guess = |name: &str| guess.is_some_and(|speaker: &Speaker| speaker.name == name);
        let people = self.record.annotations.people.iter();
        let others = people.filter(|p| p.kind == SpeakerKind::Person && !is_guess(&p.name)).take(PEOPLE);
        let others = others.map(|person| {
            self.answer(format!("It was {}", person.name), head.to_owned() + &line("speaker", &person.name))
        });
        let nobody = self.answer("Nobody said it".into(), format!("{head}reject = true\n"));
        confirmed.into_iter().chain(others).chain([nobody]).collect()
    }

    fn date(&self, index: usize, timex: &Timex) -> Option<(Span, Doubt)> {
        let unsure = timex.confidence < self.threshold && timex.provenance != Provenance::Editor;
        let at = timex.span;
        timex.value.begin_end().filter(|_| unsure)?;
        let head = self.offers.head(Subject::Date, at);
        let answers = head.map(|head| {
            let right = self.answer(format!("It is {}", timex.value), format!("{head}confirm = true\n"));
            let other = format!("{head}value = {}\n", toml::Value::String(timex.value.to_string()));
            let other = self.answer("Another day: change `value`".into(), other);
            vec![right, other, self.answer("It is no date".into(), format!("{head}reject = true\n"))]
        });
        let says = format!("possibly {} ({})", timex.value, percent(timex.confidence));
        let words = self.explained.words(&[at]);
        let anchor = Some(format!("t{}", index + 1));
        Some((at, self.doubt(at, words, says, String::new(), anchor, answers.unwrap_or_default())))
    }

    fn doubt(
        &self,
        at: Span,
        words: String,
        says: String,
        why: String,
        anchor: Option<String>,
        answers: Vec<Answer>,
    ) -> Doubt {
        let place = Location::of(&self.record.article.document.text, at);
        let line = Some(place.line + self.record.article.lines_before);
        let marks = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | ',' | ' ');
        let words = words.trim_matches(marks).to_owned();
        Doubt { words, says, why, anchor, line, answers }
    }

    fn answer(&self, says: String, lines: String) -> Answer {
        Answer { says, lines, file: self.file.clone() }
    }
}

/// Speakers of a brief whom people.toml does not have and no brief names in full.
fn names(library: &Library, id: BriefId, settings: &Settings) -> Vec<Doubt> {
    let brief = &library.briefs[id];
    let mut speak: Vec<usize> =
        brief.statements.iter().filter_map(|said| library.statements[*said].profile).collect();
    speak.sort_unstable();
    speak.dedup();
    let known = |id: &str| settings.people.people.iter().any(|entry| entry.id == id);
    let alone = |id: &usize| {
        let profile = &library.profiles[*id];
        let one_word = !profile.name.trim().contains(char::is_whitespace);
        profile.kind == SpeakerKind::Person && one_word && !known(&profile.id)
    };
    let doubt = |id: usize| {
        let profile = &library.profiles[id];
        let entry = register_entry(library, id);
        let says = format!("Enter {} in people.toml", profile.name);
        Doubt {
            words: profile.name.clone(),
            says: "no brief gives this name in full".into(),
            why: "the name has a page of its own until people.toml says who it is".into(),
            anchor: None,
            line: None,
            answers: vec![Answer { says, lines: entry, file: "people.toml".into() }],
        }
    };
    speak.into_iter().filter(alone).map(doubt).collect()
}

fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}
