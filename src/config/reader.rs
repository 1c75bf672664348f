//! [`Reader`]: takes typed values out of a [`Table`] and says what is wrong with the others.

use std::path::{Path, PathBuf};

use super::When;
use super::table::{Malformed, Placed, Table, Value};
use crate::diag::{Code, Diagnostic, Flood, Location, Severity, nearest};
use crate::text::Span;

/// Reads one file's tables and collects what is wrong.
#[derive(Debug)]
pub(crate) struct Reader<'t> {
    /// The whole file.
    text: &'t str,
    path: PathBuf,
    /// The code of a value that cannot be.
    bad: Code,
    /// The code of a key that is not known.
    unknown: Code,
    /// What was wrong so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    /// A reader of the file `path` with the content `text`.
    pub(crate) fn new(text: &'t str, path: impl AsRef<Path>, bad: Code, unknown: Code) -> Self {
        Self { text, path: path.as_ref().to_path_buf(), bad, unknown, diagnostics: Vec::new() }
    }

    /// The whole file.
    pub(crate) fn whole(&self) -> &'t str {
        self.text
    }

    /// A diagnostic at a place of the file.
    pub(crate) fn at(&self, severity: Severity, code: Code, message: String, place: Span) -> Diagnostic {
        Diagnostic::new(severity, code, message).in_file(&self.path).at(Location::of(self.text, place))
    }

    /// Reports a value that cannot be.
    pub(crate) fn bad(&mut self, place: Span, message: impl Into<String>, hint: impl Into<String>) {
        let diagnostic = self.at(Severity::Error, self.bad, message.into(), place).hint(hint);
        self.diagnostics.push(diagnostic);
    }

    /// Reports that the file is no table at all.
    pub(crate) fn malformed(&mut self, code: Code, what: &str, malformed: Malformed) {
        let Malformed { message, place } = malformed;
        let diagnostic = self.at(Severity::Error, code, format!("this is no valid {what}: {message}"), place);
        self.diagnostics.push(diagnostic);
    }

    fn wrong(&mut self, key: &str, wanted: &str, hint: &str, found: &Placed<Value>) {
        self.bad(found.place, format!("`{key}` must be {wanted}, not {}", found.value.kind()), hint);
    }

    /// A text; empty ones and blanks count as absent.
    pub(crate) fn text(&mut self, table: &mut Table, key: &str) -> Option<Placed<String>> {
        let found = table.take(key)?;
        match found.value {
            Value::Text(value) => {
                let trimmed = value.trim();
                (!trimmed.is_empty()).then(|| Placed { value: trimmed.to_owned(), place: found.place })
            }
            _ => {
                self.wrong(key, "a text", &format!("write `{key} = \"…\"`, with quotation marks"), &found);
                None
            }
        }
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, table: &mut Table, key: &str) -> Option<bool> {
        let found = table.take(key)?;
        match found.value {
            Value::Flag(yes) => Some(yes),
            _ => {
                self.wrong(key, "true or false", "write it without quotation marks", &found);
                None
            }
        }
    }

    /// A number.
    #[expect(clippy::cast_precision_loss, reason = "settings are small numbers")]
    pub(crate) fn number(&mut self, table: &mut Table, key: &str) -> Option<Placed<f64>> {
        let found = table.take(key)?;
        let value = match found.value {
            Value::Integer(n) => n as f64,
            Value::Float(n) => n,
            _ => {
                self.wrong(key, "a number", "write it without quotation marks", &found);
                return None;
            }
        };
        Some(Placed { value, place: found.place })
    }

    /// A whole number from `least` up.
    pub(crate) fn count(&mut self, table: &mut Table, key: &str, least: usize) -> Option<usize> {
        let Placed { value, place } = table.take(key)?;
        if let Value::Integer(n) = value
            && let Ok(n) = usize::try_from(n)
            && n >= least
        {
            return Some(n);
        }
        let message = format!("`{key}` must be a whole number from {least} up");
        self.bad(place, message, format!("write `{key} = 20`, say"));
        None
    }

    /// A list of texts; a single text counts as a list of one.
    pub(crate) fn texts(&mut self, table: &mut Table, key: &str) -> Vec<Placed<String>> {
        let Some(found) = table.take(key) else { return Vec::new() };
        let place = found.place;
        let items = match found.value {
            Value::List(items) => items,
            value @ Value::Text(_) => vec![Placed { value, place }],
            _ => {
                self.wrong(key, "a list of texts", &format!("write `{key} = [\"…\", \"…\"]`"), &found);
                return Vec::new();
            }
        };
        let mut out = Vec::new();
        for item in items {
            match item.value {
                Value::Text(words) if !words.trim().is_empty() => {
                    out.push(Placed { value: words.trim().to_owned(), place: item.place });
                }
                Value::Text(_) => {}
                _ => self.wrong(key, "a list of texts", "put quotation marks around each", &item),
            }
        }
        out
    }

    /// A list of tables; a single table counts as a list of one.
    pub(crate) fn tables(&mut self, table: &mut Table, key: &str) -> Vec<Placed<Table>> {
        let Some(found) = table.take(key) else { return Vec::new() };
        let place = found.place;
        let items = match found.value {
            Value::List(items) => items,
            value @ Value::Table(_) => vec![Placed { value, place }],
            _ => {
                self.wrong(
                    key,
                    "a list of tables",
                    &format!("write `[[{key}]]` on a line of its own"),
                    &found,
                );
                return Vec::new();
            }
        };
        let mut out = Vec::new();
        for item in items {
            match item.value {
                Value::Table(value) => out.push(Placed { value, place: item.place }),
                _ => self.wrong(key, "a list of tables", &format!("write `[[{key}]]`"), &item),
            }
        }
        out
    }

    /// A table; an absent one is empty.
    pub(crate) fn table(&mut self, table: &mut Table, key: &str) -> Table {
        let Some(found) = table.take(key) else { return Table::default() };
        match found.value {
            Value::Table(value) => value,
            _ => {
                self.wrong(key, "a table", &format!("write `[{key}]` on a line of its own"), &found);
                Table::default()
            }
        }
    }

    /// A day or a moment.
    pub(crate) fn when(&mut self, table: &mut Table, key: &str) -> Option<Placed<When>> {
        let found = table.take(key)?;
        let Some(value) = found.value.when() else {
            let message = match &found.value {
                Value::Text(words) | Value::Date(words) => {
                    format!("`{key}` is no date that we know: {}", short(words))
                }
                other => format!("`{key}` must be a date, not {}", other.kind()),
            };
            self.bad(
                found.place,
                message,
                "write a day, `2025-12-06`, or a time with its zone, `2025-12-06T09:30:00+01:00`",
            );
            return None;
        };
        Some(Placed { value, place: found.place })
    }

    /// Warns of every key that is left in `table`, which nothing has read.
    ///
    /// `habits` names what other generators call a key that we know by another name.
    pub(crate) fn finish(&mut self, table: &Table, known: &[&str], habits: &[(&str, &str)]) {
        let mut flood = Flood::default();
        // A known key is left only where it stands twice, which TOML and YAML refuse.
        let unknown = table.fields.iter().filter(|field| !known.contains(&field.key.value.as_str()));
        for key in unknown.map(|field| &field.key) {
            flood.push(self.unknown, || self.unknown_key(key, known, habits));
        }
        self.diagnostics.extend(flood.into_diagnostics());
    }

    fn unknown_key(&self, key: &Placed<String>, known: &[&str], habits: &[(&str, &str)]) -> Diagnostic {
        let message = format!("unknown key `{}`", short(&key.value));
        let diagnostic = self.at(Severity::Warning, self.unknown, message, key.place);
        if let Some((_, right)) = habits.iter().find(|(habit, _)| habit.eq_ignore_ascii_case(&key.value)) {
            diagnostic.hint(format!("write `{right}`"))
        } else if let Some(near) = near(&key.value, known) {
            diagnostic.hint(format!("did you mean `{near}`?"))
        } else {
            diagnostic
        }
    }
}

/// The known key that `key` may mean.
pub(crate) fn near<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    if key.len() > 40 {
        return None;
    }
    nearest(&key.to_lowercase(), known)
}

/// At most 60 characters of `words`, for a message.
pub(crate) fn short(words: &str) -> String {
    let line = words.split(['\n', '\r']).next().unwrap_or_default();
    if line.chars().count() <= 60 { line.to_owned() } else { line.chars().take(60).chain(['…']).collect() }
}
