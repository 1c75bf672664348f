//! [`table`]: YAML front matter as a [`Table`] with places.
//!
//! The only module that knows the YAML crate.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use crate::config::{Field, Malformed, Placed, Table, Value};
use crate::text::Span;

/// Reads the YAML in `text`; places count from `offset` bytes before it.
///
/// # Errors
/// The first place where it is no YAML, holds no keys, or grows beyond reason through aliases.
pub(super) fn table(text: &str, offset: usize) -> Result<Table, Malformed> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: 20_000,
            max_events: 60_000,
            max_aliases: 200,
            max_anchors: 200,
            max_depth: 32,
            max_documents: 1,
            max_total_scalar_bytes: 1 << 20,
        },
        with_snippet: false,
    };
    let wrong = |message: String, place: Span| Malformed { message, place: shifted(place, offset) };
    match serde_saphyr::from_str_with_options::<Spanned<Node>>(text, options) {
        Ok(node) => match node.value.0 {
            Value::Table(mut table) => {
                shift(&mut table, offset);
                Ok(table)
            }
            Value::Nothing => Ok(Table::default()),
            other => Err(wrong(format!("it holds {} instead of keys", other.kind()), place(node.referenced))),
        },
        Err(error) => {
            let at = error.location().map_or(Span::default(), |l| error_place(text, l));
            Err(wrong(first_line(&error.to_string()), at))
        }
    }
}

/// The bytes that a location means; the first where it knows none.
fn place(location: Location) -> Span {
    let span = location.span();
    let narrow = |n: Option<u64>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    let start = narrow(span.byte_offset());
    Span { start, end: start.saturating_add(narrow(span.byte_len())) }
}

/// The same for an error, which may know line and column alone.
fn error_place(text: &str, location: Location) -> Span {
    if location.span().byte_offset().is_some() {
        return place(location);
    }
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).saturating_sub(1);
    let line: usize = text.split_inclusive('\n').take(count(location.line())).map(str::len).sum();
    let column =
        text[line..].char_indices().nth(count(location.column())).map_or(text.len() - line, |(i, _)| i);
    Span::new(line + column, line + column)
}

fn shifted(span: Span, offset: usize) -> Span {
    let by = u32::try_from(offset).unwrap_or(u32::MAX);
    Span { start: span.start.saturating_add(by), end: span.end.saturating_add(by) }
}

/// Moves every place of `table` by `offset`. The budget bounds the depth.
fn shift(table: &mut Table, offset: usize) {
    for field in &mut table.fields {
        field.key.place = shifted(field.key.place, offset);
        shift_value(&mut field.value, offset);
    }
}

fn shift_value(value: &mut Placed<Value>, offset: usize) {
    value.place = shifted(value.place, offset);
    match &mut value.value {
        Value::Table(table) => shift(table, offset),
        Value::List(items) => items.iter_mut().for_each(|item| shift_value(item, offset)),
        _ => {}
    }
}

/// The first line of the parser's message, without the place, which is given better.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    let cut = [" at line ", ", set "].iter().filter_map(|end| line.find(end)).min().unwrap_or(line.len());
    let line = match line[..cut].strip_prefix("line ") {
        Some(rest) => rest.split_once(": ").map_or(rest, |(_, message)| message),
        None => &line[..cut],
    };
    line.trim_end_matches('.').to_owned()
}

/// A value as the YAML crate hands it over.
struct Node(Value);

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor).map(Node)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Flag(yes))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Value, E> {
        Ok(Value::Integer(n))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Value, E> {
        Ok(i64::try_from(n).map_or_else(|_| Value::Text(n.to_string()), Value::Integer))
    }

    fn visit_f64<E>(self, n: f64) -> Result<Value, E> {
        Ok(Value::Float(n))
    }

    fn visit_str<E>(self, words: &str) -> Result<Value, E> {
        Ok(Value::Text(words.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(Self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Node>>()? {
            list.push(Placed { value: item.value.0, place: place(item.referenced) });
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some((key, value)) = map.next_entry::<Spanned<String>, Spanned<Node>>()? {
            fields.push(Field {
                key: Placed { value: key.value, place: place(key.referenced) },
                value: Placed { value: value.value.0, place: place(value.referenced) },
            });
        }
        Ok(Value::Table(Table { fields }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_places() {
        let text = "title: \"Ünder\"\ndate: 2025-12-06\ntopics: [a, b]\ncorrections:\n  - date: 2025-12-07\n    text: No.\nempty:\n";
        let table = table(text, 4).unwrap();
        let at = |words: &str| {
            let start = text.find(words).unwrap() + 4;
            Span::new(start, start + words.len())
        };
        let keys: Vec<_> = table.fields.iter().map(|f| (f.key.value.as_str(), f.key.place)).collect();
        assert_eq!(keys[0], ("title", at("title")));
        assert_eq!(keys[1], ("date", at("date")));
        assert_eq!(table.fields[0].value.value, Value::Text("Ünder".into()));
        assert_eq!(
            table.fields[1].value,
            Placed { value: Value::Text("2025-12-06".into()), place: at("2025-12-06") }
        );
        let Value::List(topics) = &table.fields[2].value.value else { panic!() };
        assert_eq!(topics[1].place.start, at("b]").start);
        assert_eq!(table.fields[4].value.value, Value::Nothing);
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        for (text, message, start) in [
            ("title: \"open\n", "unclosed quote", 7),
            ("a: 1\na: 2\n", "duplicate mapping key: a", 5),
            ("- a\n- b\n", "it holds a list instead of keys", 0),
            ("a: [1, 2\nb: 3\n", "illegal placement of ':' indicator", 10),
            ("a: b: c\n", "mapping values are not allowed in this context", 4),
        ] {
            let malformed = table(text, 0).unwrap_err();
            assert_eq!((malformed.message.as_str(), malformed.place.start), (message, start), "{text}");
        }
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for n in 1..12 {
            let aliases = vec![format!("*a{}", n - 1); 10].join(", ");
            text.push_str(&format!("a{n}: &a{n} [{aliases}]\n"));
        }
        assert!(table(&text, 0).is_err());
        let deep = format!("a: {}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(table(&deep, 0).is_err());
    }
}
