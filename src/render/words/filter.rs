//! The words of the interface in templates: `{{ "home.latest" | words }}`, with places as arguments,
//! `{{ "home.all_briefs" | words(n=12) }}`.

use std::collections::HashMap;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::Words;
use super::pattern::Piece;
use crate::render::escape;

/// Registers the filter.
pub(in crate::render) fn register(tera: &mut Tera, lang: &str) {
    let words = Words::of_tag(lang);
    // Most words have no places, and every page holds dozens of them.
    let fixed: HashMap<&str, Value> =
        words.without_places().map(|(key, text)| (key, Value::from(text))).collect();
    tera.register_filter("words", move |key: &str, places: Kwargs, state: &State<'_>| match fixed.get(key) {
        Some(value) => Ok(value.clone()),
        None => said(words, key, &places, state),
    });
}

/// The words of a key. What is filled in is text, and escaped with the rest, unless it is HTML already
/// (a block that was set): then the rest is escaped here, once.
fn said(words: &'static Words, key: &str, places: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let n = places.get::<&Value>("n")?.and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let pattern =
        words.pattern(key, n).ok_or_else(|| Error::message(format!("the interface has no words `{key}`")))?;
    let is_html = state.autoescaping_enabled() && places.iter().any(|(_, value)| value.is_safe());
    let mut out = String::new();
    let add = |out: &mut String, text: &str, safe: bool| {
        if is_html && !safe { escape::attribute(out, text) } else { out.push_str(text) }
    };
    for piece in pattern.pieces() {
        match piece {
            Piece::Words(text) => add(&mut out, text, false),
            Piece::Place(name) => {
                let value = places.must_get::<&Value>(name)?;
                match value.as_str() {
                    Some(text) => add(&mut out, text, value.is_safe()),
                    None => add(&mut out, &value.to_string(), false),
                }
            }
        }
    }
    Ok(if is_html { Value::safe_string(&out) } else { Value::from(out) })
}
