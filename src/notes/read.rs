//! Reading `[[notes]]`: [`written`].

use super::inline;
use super::model::{About, At, Claim, Note, QuotationClaim, Selector, Source, SpeakerClaim, Written};
use super::{FrontNotes, Given};
use crate::annotate::timex::{Kind, Value as Time};
use crate::annotate::{Act, SpeakerKind};
use crate::config::{Placed, Reader, Table, Value, near, short};
use crate::diag::Code;
use crate::parse::Article;
use crate::text::Span;

/// The most notes that are read about one article.
const MOST: usize = 1_000;
/// The longest words of a selector, in bytes.
const LONGEST: usize = 20_000;

/// What a note can be about: the key with the words.
const ABOUT: [&str; 3] = ["quotation", "date", "mention"];
/// The keys of every note.
const EVERY: [&str; 6] = ["prefix", "suffix", "all", "reject", "confirm", "why"];
const OF_QUOTATION: [&str; 7] = ["speaker", "kind", "act", "said_on", "source", "cue", "content"];
const OF_DATE: [&str; 1] = ["value"];
const OF_MENTION: [&str; 2] = ["speaker", "kind"];

/// What somebody may call them.
const HABITS: [(&str, &str); 8] = [
    ("quote", "quotation"),
    ("exact", "quotation"),
    ("name", "mention"),
    ("person", "speaker"),
    ("by", "speaker"),
    ("words", "content"),
    ("comment", "why"),
    ("note", "why"),
];

/// What to write where a note says nothing.
const EXAMPLE: &str = "give `speaker`, `act`, `said_on`, `source`, `cue` or `content`, or `confirm = true`, or \
                       `reject = true`";

/// Every note about `article`: of its front matter, of the file beside it, of its links.
pub(super) fn written(article: &Article, given: Given) -> Written {
    let mut written = Written::default();
    if let Some(FrontNotes { text, tables }) = given.front {
        let source = Source { path: article.path.clone(), text, lines_before: 0 };
        written.take(source, Code::UNKNOWN_KEY, |_| tables);
    }
    if let Some((path, text)) = given.beside {
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let source = Source { path, text, lines_before: 0 };
        written.take(source, Code::UNKNOWN_NOTE_KEY, tables);
    }
    inline::read(article, &mut written);
    written
}

/// The tables of a file of notes.
fn tables(reader: &mut Reader<'_>) -> Vec<Placed<Table>> {
    let mut table = match Table::from_toml(reader.whole(), 0) {
        Ok(table) => table,
        Err(malformed) => {
            reader.malformed(Code::BAD_NOTES, "TOML", malformed);
            return Vec::new();
        }
    };
    let tables = reader.tables(&mut table, "notes");
    reader.finish(&table, &["notes"], &[("note", "[[notes]]"), ("annotations", "[[notes]]")]);
    tables
}

impl Written {
    /// Reads the notes of one text.
    fn take(
        &mut self,
        source: Source,
        unknown: Code,
        tables: impl FnOnce(&mut Reader<'_>) -> Vec<Placed<Table>>,
    ) {
        let mut reader = Reader::new(&source.text, &source.path, Code::BAD_NOTE, unknown);
        let tables = tables(&mut reader);
        if let Some(over) = tables.get(MOST) {
            let message =
                format!("there are more than {MOST} notes; this one and those after it are not read");
            reader.bad(over.place, message, "no brief needs as many; take out what is not needed");
        }
        let index = self.sources.len();
        let notes = tables.into_iter().take(MOST).filter_map(|table| note(&mut reader, table, index));
        self.notes.extend(notes.collect::<Vec<_>>());
        self.diagnostics.append(&mut reader.diagnostics);
        self.sources.push(source);
    }
}

/// One note; `None` where it cannot be used, which is told.
fn note(reader: &mut Reader<'_>, table: Placed<Table>, source: usize) -> Option<Note> {
    let Placed { value: mut table, place } = table;
    let t = &mut table;
    let before = reader.diagnostics.len();
    let given: Vec<(usize, Placed<Value>)> =
        ABOUT.iter().enumerate().filter_map(|(index, key)| Some((index, t.take(key)?))).collect();
    let [(kind, exact)] = &given[..] else {
        let message = match given.len() {
            0 => "a note needs the words that it is about".to_owned(),
            _ => "a note is about one thing: a quotation, a date or a mention".to_owned(),
        };
        let hint = "write `quotation = \"…\"`, `date = \"…\"` or `mention = \"…\"` with words of the text";
        reader.bad(first_line(reader.whole(), place), message, hint);
        return None;
    };
    let exact = exact_words(reader, ABOUT[*kind], exact)?;
    let at = At::Words(Selector {
        exact: exact.value,
        prefix: reader.text(t, "prefix").map(|p| p.value),
        suffix: reader.text(t, "suffix").map(|s| s.value),
        all: reader.flag(t, "all").unwrap_or(false),
    });
    let verdict = (reader.flag(t, "reject").unwrap_or(false), reader.flag(t, "confirm").unwrap_or(false));
    drop(reader.text(t, "why"));
    let (about, own) = match kind {
        0 => (quotation(reader, t, verdict, exact.place).map(About::Quotation), &OF_QUOTATION[..]),
        1 => (date(reader, t, verdict, exact.place).map(About::Date), &OF_DATE[..]),
        _ => (mention(reader, t, verdict, exact.place).map(About::Mention), &OF_MENTION[..]),
    };
    let wrong = reader.diagnostics.len() > before;
    let known: Vec<&str> = ABOUT.iter().chain(&EVERY).chain(own).copied().collect();
    reader.finish(&table, &known, &HABITS);
    Some(Note { source, place: exact.place, at, about: about? }).filter(|_| !wrong)
}

/// Only the head of a table that runs over several lines is pointed at.
pub(super) fn first_line(text: &str, place: Span) -> Span {
    let words = place.of(text);
    let line = words.split('\n').next().unwrap_or(words).trim_end();
    Span::new(place.start as usize, place.start as usize + line.len())
}

/// The words that a note is about.
fn exact_words(reader: &mut Reader<'_>, key: &str, given: &Placed<Value>) -> Option<Placed<String>> {
    let words = match &given.value {
        Value::Text(words) | Value::Date(words) => words.trim(),
        Value::Integer(number) => return Some(Placed { value: number.to_string(), place: given.place }),
        other => {
            let message = format!("`{key}` must be words of the text, not {}", other.kind());
            reader.bad(given.place, message, format!("write `{key} = \"…\"`, with quotation marks"));
            return None;
        }
    };
    if !words.contains(char::is_alphanumeric) {
        reader.bad(
            given.place,
            format!("`{key}` holds no words"),
            "write words of the text as they stand there",
        );
        return None;
    }
    if words.len() > LONGEST {
        let message = format!("`{key}` is longer than {LONGEST} bytes");
        reader.bad(given.place, message, "a few words are enough to find the place");
        return None;
    }
    Some(Placed { value: words.to_owned(), place: given.place })
}

/// What a note says, where `says` is what it gives; told where it says nothing or two things at once.
fn claim<T>(
    reader: &mut Reader<'_>,
    (reject, confirm): (bool, bool),
    says: Option<T>,
    place: Span,
    example: &str,
) -> Option<Claim<T>> {
    match (reject, confirm, says) {
        (true, false, None) => Some(Claim::Reject),
        (false, true, None) => Some(Claim::Confirm),
        (false, false, Some(says)) => Some(Claim::Says(says)),
        (false, false, None) => {
            reader.bad(place, "this note says nothing about these words", example);
            None
        }
        _ => {
            let hint = "keep one: what holds, `confirm = true`, or `reject = true`";
            reader.bad(place, "this note says two things at once", hint);
            None
        }
    }
}

fn quotation(
    reader: &mut Reader<'_>,
    t: &mut Table,
    verdict: (bool, bool),
    place: Span,
) -> Option<Claim<Box<QuotationClaim>>> {
    let before = reader.diagnostics.len();
    let acts = [Act::Statement, Act::Position, Act::None];
    let given = Box::new(QuotationClaim {
        speaker: speaker(reader, t),
        act: one_of(reader, t, "act", &acts, Act::name),
        said_on: said_on(reader, t),
        source: reader.text(t, "source"),
        cue: reader.text(t, "cue"),
        content: reader.texts(t, "content"),
    });
    if reader.diagnostics.len() > before {
        return None;
    }
    let QuotationClaim { speaker, act, said_on, source, cue, content } = &*given;
    if matches!(said_on, Some(Some(_))) && act.is_some_and(|act| act != Act::Statement) {
        reader.bad(place, "`said_on` is for statements alone", "take out `said_on`, or `act`");
        return None;
    }
    let says = speaker.is_some()
        || act.is_some()
        || said_on.is_some()
        || source.is_some()
        || cue.is_some()
        || !content.is_empty();
    claim(reader, verdict, says.then_some(given), place, EXAMPLE)
}

fn date(reader: &mut Reader<'_>, t: &mut Table, verdict: (bool, bool), place: Span) -> Option<Claim<Time>> {
    let before = reader.diagnostics.len();
    let value = t.take("value").and_then(|given| time(reader, "value", &given));
    if reader.diagnostics.len() > before {
        return None;
    }
    let example = "give `value = 2025-12-05`, or `confirm = true`, or `reject = true`";
    claim(reader, verdict, value, place, example)
}

fn mention(
    reader: &mut Reader<'_>,
    t: &mut Table,
    verdict: (bool, bool),
    place: Span,
) -> Option<Claim<SpeakerClaim>> {
    let before = reader.diagnostics.len();
    let speaker = speaker(reader, t);
    if reader.diagnostics.len() > before {
        return None;
    }
    let example = "give `speaker = \"ann-lee\"`, or `confirm = true`, or `reject = true`";
    claim(reader, verdict, speaker, place, example)
}

fn speaker(reader: &mut Reader<'_>, t: &mut Table) -> Option<SpeakerClaim> {
    let words = reader.text(t, "speaker");
    let kind = one_of(reader, t, "kind", &SpeakerKind::ALL, SpeakerKind::name);
    words.map(|words| SpeakerClaim { words, kind })
}

/// The time of speaking; `false` says that the text does not tell it.
fn said_on(reader: &mut Reader<'_>, t: &mut Table) -> Option<Option<Time>> {
    let given = t.take("said_on")?;
    if given.value == Value::Flag(false) {
        return Some(None);
    }
    let value = time(reader, "said_on", &given)?;
    if value.kind() == Kind::Date && value.begin_end().is_some() {
        return Some(Some(value));
    }
    let message = format!("`{value}` is no time of speaking");
    reader.bad(given.place, message, "write a day, `2025-12-05`, a month, `2025-12`, or a year");
    None
}

/// A TIMEX3 value, as a text or as TOML writes dates and years.
fn time(reader: &mut Reader<'_>, key: &str, given: &Placed<Value>) -> Option<Time> {
    let words = match &given.value {
        Value::Text(words) => words.trim().to_owned(),
        Value::Date(words) => without_seconds(words),
        Value::Integer(year) => format!("{year:04}"),
        other => {
            let message = format!("`{key}` must be a date, not {}", other.kind());
            reader.bad(given.place, message, DATES);
            return None;
        }
    };
    let value = words.parse().ok();
    if value.is_none() {
        reader.bad(given.place, format!("`{}` is no date that we know", short(&words)), DATES);
    }
    value
}

/// A date of TOML, which wants seconds, as TIMEX3 writes it, which has none.
fn without_seconds(words: &str) -> String {
    let Some((day, clock)) = words.split_once('T') else { return words.to_owned() };
    let (clock, zone) = clock.split_at(clock.find(['Z', '+', '-']).unwrap_or(clock.len()));
    let minutes = clock.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
    format!("{day}T{minutes}{zone}")
}

/// How dates are written.
pub(super) const DATES: &str = "write it as TIMEX3 does: a day `2025-12-05`, a time `2025-12-05T14:30`, a month `2025-12`, a year `2025`";

/// The one of `known` that a text names.
fn one_of<T: Copy>(
    reader: &mut Reader<'_>,
    t: &mut Table,
    key: &str,
    known: &[T],
    name: fn(T) -> &'static str,
) -> Option<T> {
    let given = reader.text(t, key)?;
    let found = known.iter().copied().find(|one| name(*one) == given.value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|one| name(*one)).collect();
        let hint = match near(&given.value, &names) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("write \"{}\"", names.join("\", \"")),
        };
        reader.bad(given.place, format!("`{}` is no value of `{key}`", short(&given.value)), hint);
    }
    found
}
