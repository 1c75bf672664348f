//! [`article`]: one entry from its bytes to its [`Article`].

use chrono::NaiveDate;

use super::fence::{Language, Split, split};
use super::front_matter::{self, Raw};
use super::resolve::{decide, resolve};
use super::{
    Article, FrontNotes, Meta, Outcome, Parsed, Published, Show, address, encoding, gate, headline, markdown,
    wire, yaml,
};
use crate::config::{Reader, Settings, Table};
use crate::content::{Entry, EntryKind};
use crate::diag::{Code, Diagnostic, Location, Severity};
use crate::text::{BlockKind, Document, Span, fold};

/// Parses one entry.
///
/// What is withheld is not read past its front matter, and the one note about it names the file
/// and the reason alone.
#[must_use]
pub fn article(entry: &Entry, bytes: Vec<u8>, settings: &Settings) -> Parsed {
    let decoded = match encoding::decode(bytes) {
        Ok(decoded) => decoded,
        Err(diagnostic) => return Parsed::failed(vec![diagnostic.in_file(&entry.path)]),
    };
    let mut reader = Reader::new(&decoded.text, &entry.path, Code::BAD_VALUE, Code::UNKNOWN_KEY);
    reader.diagnostics.extend(decoded.warning.map(|w| w.in_file(&entry.path)));
    let Some((table, body)) = front_matter_of(&mut reader, &decoded.text, entry.kind) else {
        return Parsed::failed(reader.diagnostics);
    };
    let parsing = Parsing { entry, settings, text: &decoded.text, body };
    let mut raw = front_matter::read(&mut reader, table);
    let named = address::named(&entry.path);
    let Some(decided) = decide(&mut reader, &raw) else { return Parsed::failed(reader.diagnostics) };
    let date = raw.date.as_ref().map(|d| d.value);
    if let Some(reason) =
        gate::held_back(decided.status, raw.embargo.as_ref().map(|e| e.value), raw.draft, date, settings)
    {
        return Parsed::withheld(entry, reason);
    }
    if raw.doubtful {
        return Parsed::failed(reader.diagnostics);
    }
    let title = raw.title.is_some();
    let tables = std::mem::take(&mut raw.notes);
    let place = date_place(&raw);
    let Some(meta) = resolve(&mut reader, raw, decided.show, &named.slug) else {
        return Parsed::failed(reader.diagnostics);
    };
    let hints = Hints { title, place, day: named.day };
    let mut parsed = parsing.finish(&mut reader, meta, hints);
    if !tables.is_empty() {
        parsed.notes = Some(FrontNotes { text: decoded.text[..body].to_owned(), tables });
    }
    parsed
}

/// Where the front matter gives the date.
fn date_place(raw: &Raw) -> Option<Span> {
    raw.date.as_ref().map(|d| d.place)
}

/// The front matter, and where the text begins; `None` where it cannot be read.
fn front_matter_of(reader: &mut Reader<'_>, text: &str, kind: EntryKind) -> Option<(Table, usize)> {
    match split(text, kind == EntryKind::Wire) {
        Split::Nothing => Some((Table::default(), 0)),
        Split::Unclosed { language, fence } => {
            let mark = language.fence();
            let message = format!("the front matter is not closed: there is no second `{mark}`");
            let diagnostic = reader
                .at(Severity::Error, Code::UNCLOSED_FRONT_MATTER, message, fence)
                .hint(format!("put `{mark}` on a line of its own after the last key"));
            reader.diagnostics.push(diagnostic);
            None
        }
        Split::Found { language, inside, body, .. } => {
            let source = &text[inside.clone()];
            let table = match language {
                Language::Toml => Table::from_toml(source, inside.start),
                Language::Yaml => yaml::table(source, inside.start),
            };
            let table =
                table.map_err(|why| reader.malformed(Code::BAD_FRONT_MATTER, language.name(), why)).ok()?;
            Some((table, body))
        }
    }
}

/// What else is known when the text is read.
struct Hints {
    /// Whether the front matter gives a headline.
    title: bool,
    /// Where it gives a date.
    place: Option<Span>,
    /// The day in the file's name.
    day: Option<NaiveDate>,
}

/// A text, read.
struct Body {
    document: Document,
    /// The headline in the text and its words.
    headline: Option<(Span, String)>,
    /// The day in the wire header.
    day: Option<NaiveDate>,
}

/// One entry under way.
struct Parsing<'p> {
    entry: &'p Entry,
    settings: &'p Settings,
    /// The whole file.
    text: &'p str,
    /// Where its text begins.
    body: usize,
}

impl Parsing<'_> {
    /// Reads the text and puts headline and date together.
    fn finish(&self, reader: &mut Reader<'_>, mut meta: Meta, hints: Hints) -> Parsed {
        if !self.text[self.body..].contains(char::is_alphanumeric) {
            let diagnostic =
                Diagnostic::error(Code::EMPTY, "this file holds no words").in_file(&self.entry.path);
            reader.diagnostics.push(diagnostic.hint("write something, or remove the file"));
            return Parsed::failed(std::mem::take(&mut reader.diagnostics));
        }
        let mut body = self.read(reader);
        if self.entry.kind != EntryKind::Page {
            self.date(reader, &mut meta, &hints, body.day);
            let Some(date) = meta.date else {
                return Parsed::failed(std::mem::take(&mut reader.diagnostics));
            };
            if let Some(reason) = gate::not_yet(date.day, self.settings) {
                return Parsed::withheld(self.entry, reason);
            }
        }
        let headline = self.title(reader, &mut meta, &hints, &mut body);
        let document = body.document;
        let lines_before = self.text[..self.body].matches('\n').count();
        let article = Article { path: self.entry.path.clone(), meta, document, lines_before, headline };
        Parsed {
            outcome: Outcome::Article(Box::new(article)),
            notes: None,
            diagnostics: std::mem::take(&mut reader.diagnostics),
        }
    }

    fn read(&self, reader: &mut Reader<'_>) -> Body {
        let text = self.text[self.body..].to_owned();
        if self.entry.kind == EntryKind::Wire {
            let (document, day) = wire::document(text, &self.settings.site.promo);
            let first = document.blocks.first().filter(|b| b.kind == BlockKind::Heading);
            let headline = first.map(|b| (b.span, b.span.of(&document.text).to_owned()));
            return Body { document, headline, day };
        }
        let read = markdown::document(text, self.entry.kind == EntryKind::Markdown);
        for finding in read.findings {
            let place =
                Span::new(self.body + finding.span.start as usize, self.body + finding.span.end as usize);
            let diagnostic =
                reader.at(Severity::Warning, finding.code, finding.message, place).hint(finding.hint);
            reader.diagnostics.push(diagnostic);
        }
        Body { document: read.document, headline: read.heading, day: None }
    }

    /// The date: the front matter's, else the wire header's, else the file name's.
    fn date(&self, reader: &mut Reader<'_>, meta: &mut Meta, hints: &Hints, header: Option<NaiveDate>) {
        let others = [(header, "the wire header"), (hints.day, "the file name")];
        let given = others.iter().find_map(|(day, place)| day.map(|day| (day, *place)));
        match (meta.date, given) {
            (Some(own), Some(_)) => {
                let differs =
                    others.iter().find_map(|(day, place)| day.filter(|d| *d != own.day).map(|d| (d, *place)));
                if let (Some((day, place)), Some(at)) = (differs, hints.place) {
                    let message = format!(
                        "the front matter says {}, {place} says {day}; the front matter counts",
                        own.day
                    );
                    let diagnostic = reader.at(Severity::Warning, Code::DATE_CONFLICT, message, at);
                    reader.diagnostics.push(diagnostic.hint("make both the same, or take one out"));
                }
            }
            (Some(_), None) => {}
            (None, Some((day, place))) => {
                if let Some(name) = hints.day.filter(|name| *name != day) {
                    let message = format!("{place} says {day}, the file name says {name}; {place} counts");
                    let diagnostic =
                        Diagnostic::warning(Code::DATE_CONFLICT, message).in_file(&self.entry.path);
                    reader
                        .diagnostics
                        .push(diagnostic.hint("give `date` in the front matter, or rename the file"));
                }
                meta.date = Some(Published { day, time: None });
            }
            (None, None) => self.no_date(reader),
        }
    }

    fn no_date(&self, reader: &mut Reader<'_>) {
        let line = self.text.lines().next().unwrap_or_default();
        let place = Location::of(self.text, Span::new(0, line.trim_end().len()));
        let day = self.settings.build_date;
        let hint = match (self.entry.kind, self.body > 0) {
            (EntryKind::Wire, _) => format!(
                "begin the file with the line `date {day}`, or its name with `{day}-`, or put `date = {day}` between lines of `+++`"
            ),
            (_, false) => format!(
                "begin the file with `+++`, `date = {day}` and `+++`, each on a line of its own, or its name with `{day}-`"
            ),
            (_, true) if self.text.trim_start().starts_with('-') => {
                format!("add `date: {day}` to the front matter, or begin the file's name with `{day}-`")
            }
            (_, true) => {
                format!("add `date = {day}` to the front matter, or begin the file's name with `{day}-`")
            }
        };
        let diagnostic = Diagnostic::error(Code::MISSING_DATE, "this brief has no date");
        reader.diagnostics.push(diagnostic.in_file(&self.entry.path).at(place).hint(hint));
    }

    /// The headline: the front matter's, else the text's, else one made of the text. Answers
    /// with the place of the text's own headline where it is the article's, and takes it out of
    /// the prose.
    fn title(
        &self,
        reader: &mut Reader<'_>,
        meta: &mut Meta,
        hints: &Hints,
        body: &mut Body,
    ) -> Option<Span> {
        if let Some((span, words)) = body.headline.take() {
            let same = fold::words(&words) == fold::words(&meta.title.text);
            if (!hints.title && words.contains(char::is_alphanumeric)) || (hints.title && same) {
                if !hints.title {
                    meta.title.text = words.split_whitespace().collect::<Vec<_>>().join(" ");
                }
                body.document.blocks.retain(|b| b.span != span);
                return Some(span);
            }
        }
        if hints.title {
            return None;
        }
        // Of a text that is shown in part, its first words may be what is not shown.
        let derived = (meta.show == Show::Full).then(|| headline::derived(&body.document)).flatten();
        let origin = if derived.is_some() { "the text" } else { "the address" };
        meta.title.text = derived.unwrap_or_else(|| headline::of_slug(&meta.slug));
        meta.title.derived = true;
        let message = format!("no headline is given; “{}” was made of {origin}", meta.title.text);
        let hint = match self.entry.kind {
            EntryKind::Wire => {
                "put the headline on a line of its own before the text, without a full stop, or give `title`"
            }
            EntryKind::Markdown | EntryKind::Page => {
                "give `title` in the front matter, or begin the text with `# Headline`"
            }
        };
        reader
            .diagnostics
            .push(Diagnostic::warning(Code::DERIVED_TITLE, message).in_file(&self.entry.path).hint(hint));
        None
    }
}

impl Parsed {
    fn failed(diagnostics: Vec<Diagnostic>) -> Self {
        Self { outcome: Outcome::Failed, notes: None, diagnostics }
    }

    fn withheld(entry: &Entry, reason: &str) -> Self {
        let note = Diagnostic::note(Code::WITHHELD, format!("held back: {reason}")).in_file(&entry.path);
        Self { outcome: Outcome::Withheld, notes: None, diagnostics: vec![note] }
    }
}

#[cfg(test)]
mod tests;
