//! [`InputLine`]: one line of what `annotate --jsonl` reads.

use chrono::NaiveDate;
use serde_json::{Map, Value};

/// One text to annotate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputLine {
    /// Echoed in the answer.
    pub id: String,
    /// The text; it may hold a header, a dateline and a credit.
    pub text: String,
    /// The publication date.
    pub date: Option<NaiveDate>,
    /// The headline.
    pub title: Option<String>,
    /// The language as a BCP 47 tag.
    pub lang: Option<String>,
}

/// Why a line cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct InputError {
    /// The line's id, where that much could be read.
    pub id: Option<String>,
    /// What is wrong.
    pub fault: InputFault,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputFault {
    /// It is no JSON object.
    #[error("not a JSON object: {0}")]
    BadJson(String),
    /// `id` or `text` is not there.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// A value is no string.
    #[error("`{0}` must be a string")]
    NotText(&'static str),
    /// `date` is no day of the calendar.
    #[error("`{0}` is no date; write it as 2025-12-06")]
    BadDate(String),
}

impl InputFault {
    /// The stable name that the answer carries.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadJson(_) => "bad-json",
            Self::Missing(_) => "missing-key",
            Self::NotText(_) => "not-a-string",
            Self::BadDate(_) => "bad-date",
        }
    }
}

impl InputLine {
    /// Reads one line. Keys that we do not know are left alone.
    ///
    /// # Errors
    /// [`InputError`], with the line's id where it could be read.
    pub fn parse(line: &str) -> Result<Self, InputError> {
        let object = match serde_json::from_str(line) {
            Ok(Value::Object(object)) => object,
            Ok(_) => return Err(fault(None, InputFault::BadJson("the line is another value".into()))),
            Err(error) => return Err(fault(None, InputFault::BadJson(error.to_string()))),
        };
        let id = required(&object, "id").map_err(|f| fault(None, f))?;
        Self::fields(&object, &id).map_err(|f| fault(Some(id), f))
    }

    fn fields(object: &Map<String, Value>, id: &str) -> Result<Self, InputFault> {
        Ok(Self {
            id: id.to_owned(),
            text: required(object, "text")?,
            date: optional(object, "date")?.map(|date| day(&date)).transpose()?,
            title: optional(object, "title")?,
            lang: optional(object, "lang")?,
        })
    }
}

fn fault(id: Option<String>, fault: InputFault) -> InputError {
    InputError { id, fault }
}

fn required(object: &Map<String, Value>, key: &'static str) -> Result<String, InputFault> {
    optional(object, key)?.ok_or(InputFault::Missing(key))
}

fn optional(object: &Map<String, Value>, key: &'static str) -> Result<Option<String>, InputFault> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(InputFault::NotText(key)),
    }
}

/// A day written with all its ten characters.
fn day(date: &str) -> Result<NaiveDate, InputFault> {
    let parsed = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok().filter(|_| date.len() == 10);
    parsed.ok_or_else(|| InputFault::BadDate(date.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_with_its_optional_keys() {
        let line = r#"{"id":"a","text":"So.","date":"2025-12-06","title":null,"more":[1]}"#;
        let read = InputLine::parse(line).unwrap();
        assert_eq!((read.id.as_str(), read.text.as_str(), read.title, read.lang), ("a", "So.", None, None));
        assert_eq!(read.date, NaiveDate::from_ymd_opt(2025, 12, 6));
    }

    #[test]
    fn what_is_wrong_is_said_to_the_letter() {
        for (line, id, code, message) in [
            ("[1]", None, "bad-json", "not a JSON object: the line is another value"),
            ("{\"id\":", None, "bad-json", "not a JSON object: EOF while parsing a value at line 1 column 6"),
            (r#"{"text":"So."}"#, None, "missing-key", "`id` is missing"),
            (r#"{"id":7,"text":"So."}"#, None, "not-a-string", "`id` must be a string"),
            (r#"{"id":"a","text":null}"#, Some("a"), "missing-key", "`text` is missing"),
            (
                r#"{"id":"a","text":"","date":"2025-2-30"}"#,
                Some("a"),
                "bad-date",
                "`2025-2-30` is no date; write it as 2025-12-06",
            ),
        ] {
            let error = InputLine::parse(line).unwrap_err();
            assert_eq!((error.id.as_deref(), error.fault.code()), (id, code), "{line}");
            assert_eq!(error.to_string(), message);
        }
        assert!(InputLine::parse(&"[".repeat(100_000)).is_err());
    }
}
