//! Credits: whose copy it is, at the end of a last paragraph or on a line of its own.
//!
//! Entry points: [`at_end`], [`whole`] and [`outlets`].

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::rules::{ByLetters, Letters, compile, rules};

/// A credit; offsets count into the text that was searched.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::parse) struct Found {
    /// The words of the credit.
    pub(in crate::parse) words: Range<usize>,
    /// The words with dash and parentheses.
    pub(in crate::parse) zone: Range<usize>,
    /// The usual names, each once.
    pub(in crate::parse) outlets: Vec<String>,
}

/// The most bytes at the end of a paragraph that are searched.
const LONGEST: usize = 240;

/// What stands between two names.
const BETWEEN: &str = r"(?:\s*(?:,\s*(?:and|AND)\s|[,/;|&])\s*|\s+(?:and|AND|with|WITH)\s+)";

/// A name in capitals that we do not know, which counts beside one that we know.
const UNKNOWN: &str = r"\p{Lu}[\p{Lu}&'’-]+(?: \p{Lu}[\p{Lu}&'’-]+){0,4}";

static CREDIT: ByLetters<Regex> = ByLetters::new(|| pattern(Letters::Ascii), || pattern(Letters::All));

fn pattern(letters: Letters) -> Regex {
    let name = format!("(?:{}|{UNKNOWN})", rules().forms);
    let lead = r"(?:(?i:with (?:additional |further )?(?:inputs?|reporting|material|files) (?:by|from)|sources?:|from)\s+)?";
    letters.compile(&format!(
        r"(?:^|(?P<stop>[.!?”’\x22»)\]])\s+)(?P<zone>(?:[-–—]{{1,3}}\s*)?[(\[]?{lead}(?P<words>{name}(?:{BETWEEN}{name}){{0,5}})[)\]]?)\s*$"
    ))
}

static SPLIT: LazyLock<Regex> = LazyLock::new(|| compile(BETWEEN));

/// The credit at the end of `paragraph`; offsets count into it.
pub(in crate::parse) fn at_end(paragraph: &str) -> Option<Found> {
    // A credit ends in a letter or a closing parenthesis; nearly every paragraph does not.
    let last = paragraph.trim_end().chars().next_back()?;
    if !last.is_alphabetic() && last != ')' && last != ']' {
        return None;
    }
    let mut from = paragraph.len().saturating_sub(LONGEST);
    while !paragraph.is_char_boundary(from) {
        from += 1;
    }
    let tail = &paragraph[from..];
    let credit = CREDIT.of(tail);
    let mut at = 0;
    while let Some(found) = credit.captures_at(tail, at) {
        let (zone, words) = (found.name("zone")?.range(), found.name("words")?.range());
        let starts_the_paragraph = found.name("stop").is_none();
        if let Some(outlets) = outlets(&tail[words.clone()])
            && balanced(&tail[zone.clone()])
            && !(starts_the_paragraph && from > 0)
        {
            let shift = |r: Range<usize>| from + r.start..from + r.end;
            let before = &paragraph[..from + zone.start];
            let credited = !before.trim_end().ends_with("...") && !is_open(before);
            return credited.then(|| Found { words: shift(words), zone: shift(zone), outlets });
        }
        // A sentence in capitals before the credit looked like a part of it.
        at = zone.start.max(tail.chars().next().map_or(1, char::len_utf8));
    }
    None
}

/// The credit that `line` is as a whole.
pub(in crate::parse) fn whole(line: &str) -> Option<Found> {
    if line.len() > LONGEST {
        return None;
    }
    at_end(line).filter(|found| found.zone.start == 0)
}

/// The usual names in a list of agencies; `None` where none is known.
pub(in crate::parse) fn outlets(list: &str) -> Option<Vec<String>> {
    let known = &rules().agencies;
    if let Some(name) = known.get(list.trim()) {
        return Some(vec![name.clone()]);
    }
    let mut names: Vec<String> = Vec::new();
    let mut any = false;
    for part in SPLIT.split(list) {
        let part = part.trim();
        let name = match known.get(part) {
            Some(name) => {
                any = true;
                name.clone()
            }
            None if part.is_empty() || part.chars().any(char::is_lowercase) => return None,
            None => title_case(part),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    any.then_some(names)
}

/// `THE ELM HERALD` as it is usually written.
fn title_case(capitals: &str) -> String {
    let mut out = String::with_capacity(capitals.len());
    let mut start = true;
    for c in capitals.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphanumeric() && !matches!(c, '\'' | '’');
    }
    out
}

/// Whether a quotation is open at the end of `text`.
fn is_open(text: &str) -> bool {
    let count = |c: char| text.chars().filter(|x| *x == c).count();
    count('“') > count('”')
        || (count('“') == 0 && count('”') == 0 && count('"') % 2 == 1 && !text.trim_end().ends_with('"'))
}

/// Whether the parentheses of a credit belong together.
fn balanced(zone: &str) -> bool {
    zone.contains(['(', '[']) == zone.contains([')', ']'])
}
