//! [`Table`]: the keys and values of a TOML text, each with its place in the file.
//!
//! Entry point: [`Table::from_toml`]; `parse` makes the same of YAML. Keeping the places until a
//! value is judged is what lets every message point at the very word that is wrong.

use chrono::NaiveDate;
use toml::de::{DeTable, DeValue};

use super::When;
use crate::text::Span;

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed<T> {
    /// The value.
    pub(crate) value: T,
    /// Where in the file.
    pub(crate) place: Span,
}

/// Keys and values in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    /// The fields.
    pub(crate) fields: Vec<Field>,
}

/// One key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    /// The key.
    pub(crate) key: Placed<String>,
    /// What it holds.
    pub(crate) value: Placed<Value>,
}

/// What a key can hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// Yes or no.
    Flag(bool),
    /// A date or time that TOML knows as such, as it is written.
    Date(String),
    /// Several values.
    List(Vec<Placed<Value>>),
    /// Keys and values.
    Table(Table),
    /// Nothing (YAML's `null`).
    Nothing,
}

/// Why a text is no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// What the parser says, one line.
    pub(crate) message: String,
    /// Where it says so.
    pub(crate) place: Span,
}

impl Table {
    /// Reads the TOML in `text`; places count from `offset` bytes before it.
    ///
    /// # Errors
    /// The first place where it is no TOML.
    pub(crate) fn from_toml(text: &str, offset: usize) -> Result<Self, Malformed> {
        match DeTable::parse(text) {
            Ok(table) => Ok(Self::of(table.get_ref(), offset)),
            Err(error) => {
                let range = error.span().unwrap_or(0..0);
                let end = range.end.min(text.len());
                Err(Malformed {
                    message: error.message().lines().collect::<Vec<_>>().join(", "),
                    place: Span::new(offset + range.start.min(end), offset + end),
                })
            }
        }
    }

    /// Takes the field called `key` out; one that holds nothing counts as absent.
    pub(crate) fn take(&mut self, key: &str) -> Option<Placed<Value>> {
        let at = self.fields.iter().position(|f| f.key.value == key)?;
        Some(self.fields.remove(at).value).filter(|v| v.value != Value::Nothing)
    }

    /// The nesting is bounded by the TOML parser.
    fn of(table: &DeTable<'_>, offset: usize) -> Self {
        let shift = |r: std::ops::Range<usize>| Span::new(offset + r.start, offset + r.end);
        let mut fields: Vec<Field> = table
            .iter()
            .map(|(key, value)| Field {
                key: Placed { value: key.get_ref().to_string(), place: shift(key.span()) },
                value: Placed { value: Value::of(value.get_ref(), offset), place: shift(value.span()) },
            })
            .collect();
        fields.sort_by_key(|f| f.key.place);
        Self { fields }
    }
}

impl Value {
    fn of(value: &DeValue<'_>, offset: usize) -> Self {
        match value {
            DeValue::String(words) => Self::Text(words.to_string()),
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix())
                .map_or_else(|_| Self::Text(n.as_str().to_owned()), Self::Integer),
            DeValue::Float(n) => n
                .as_str()
                .replace('_', "")
                .parse()
                .map_or_else(|_| Self::Text(n.as_str().to_owned()), Self::Float),
            DeValue::Boolean(yes) => Self::Flag(*yes),
            DeValue::Datetime(when) => Self::Date(when.to_string()),
            DeValue::Array(items) => Self::List(
                items
                    .iter()
                    .map(|item| {
                        let range = item.span();
                        Placed {
                            value: Self::of(item.get_ref(), offset),
                            place: Span::new(offset + range.start, offset + range.end),
                        }
                    })
                    .collect(),
            ),
            DeValue::Table(table) => Self::Table(Table::of(table, offset)),
        }
    }

    /// What kind of value it is, as a message names it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) | Self::Float(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Nothing => "nothing",
        }
    }

    /// The day or moment that the value means, where it is one.
    pub(crate) fn when(&self) -> Option<When> {
        match self {
            Self::Text(words) | Self::Date(words) => When::parse(words),
            _ => None,
        }
    }

    /// The day that the value means; a year or month alone means its first day, or its last.
    pub(crate) fn day(&self, last: bool) -> Option<NaiveDate> {
        let words = match self {
            Self::Text(words) | Self::Date(words) => words.clone(),
            Self::Integer(year) => format!("{year:04}"),
            _ => return None,
        };
        if let Some(when) = When::parse(&words) {
            return Some(when.day());
        }
        let (year, month) = match words.split_once('-') {
            Some((year, month)) => (year.parse().ok()?, Some(month.parse::<u32>().ok()?)),
            None => (words.parse().ok()?, None),
        };
        let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1)?;
        if !last {
            return Some(first);
        }
        let months = chrono::Months::new(if month.is_some() { 1 } else { 12 });
        first.checked_add_months(months)?.pred_opt()
    }

    /// The same as JSON, for templates.
    pub(crate) fn into_json(self) -> serde_json::Value {
        match self {
            Self::Text(words) | Self::Date(words) => words.into(),
            Self::Integer(n) => n.into(),
            Self::Float(n) => n.into(),
            Self::Flag(yes) => yes.into(),
            Self::List(items) => items.into_iter().map(|i| i.value.into_json()).collect(),
            Self::Table(table) => {
                let fields = table.fields.into_iter();
                fields
                    .map(|f| (f.key.value, f.value.value.into_json()))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }
            Self::Nothing => serde_json::Value::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_in_the_order_of_the_file_with_their_places() {
        let text = "zeta = 1\nalpha = 2025-12-06\n";
        let table = Table::from_toml(text, 10).unwrap();
        let keys: Vec<_> = table.fields.iter().map(|f| f.key.value.as_str()).collect();
        assert_eq!(keys, ["zeta", "alpha"]);
        assert_eq!(table.fields[1].key.place, Span::new(19, 24));
        assert_eq!(table.fields[1].value.value, Value::Date("2025-12-06".into()));
    }

    #[test]
    fn a_year_or_month_has_a_first_and_a_last_day() {
        let day = |v: Value, last| v.day(last).unwrap().to_string();
        assert_eq!(day(Value::Integer(1968), false), "1968-01-01");
        assert_eq!(day(Value::Integer(1968), true), "1968-12-31");
        assert_eq!(day(Value::Text("1968-02".into()), true), "1968-02-29");
        assert_eq!(day(Value::Date("1968-12-24".into()), true), "1968-12-24");
        assert_eq!(Value::Text("soon".into()).day(true), None);
    }
}
