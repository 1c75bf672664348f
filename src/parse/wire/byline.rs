//! Bylines: lines of their own that name the writers.
//!
//! Entry points: [`find`] and [`is_trailer`].

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::rules::{compile, rules};
use crate::text::fold;

static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"\p{Lu}[\p{L}\p{M}.'’-]*";
    let name = format!(r"{word}(?: (?:{word}|de|la|da|di|del|van|von|der|den|bin|al|el|le))*? {word}");
    compile(&format!(
        r"^(?:By|BY)\s+(?P<names>{name}(?:(?:, (?:and |AND )?| (?:and|AND|&) ){name}){{0,5}})(?: (?:in|IN|at|AT) {word}(?: {word}){{0,3}})?(?:\s?[,|/]\s?\p{{Lu}}[^.!?“”\x22]{{1,60}})?$"
    ))
});

static TRAILER: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"^[(\[]?(?i:additional |further |original )?(?i:reporting|writing|editing|compiled|edited|written) by \p{Lu}[^“”\x22]{2,400}[)\]]?\.?$",
    )
});

/// The names in `line`, where it is a byline.
pub(super) fn find(line: &str) -> Option<Range<usize>> {
    if line.len() > 200 || !(line.starts_with("By") || line.starts_with("BY")) {
        return None;
    }
    let names = BYLINE.captures(line)?.name("names")?.range();
    let folded = fold::words(&line[names.clone()]);
    let is_name = |word: &str| rules().not_names.iter().all(|n| n != word);
    folded.split(' ').all(is_name).then_some(names)
}

/// Whether `line` names reporters and editors at the end of a story
/// ("(Reporting by Ann Lee; Editing by Bob Ray)").
pub(super) fn is_trailer(line: &str) -> bool {
    line.len() <= 500 && line.to_ascii_lowercase().contains(" by ") && TRAILER.is_match(line)
}
