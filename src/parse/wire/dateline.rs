//! [`find`]: place, day and agency at the head of a first paragraph.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::credit;
use super::rules::{ByLetters, Letters, compile, rules};
use crate::text::fold;

/// A dateline; offsets count from the head of the paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::parse) struct Found {
    /// The words of the place.
    pub(in crate::parse) place: Range<usize>,
    /// The words of the day.
    pub(in crate::parse) day: Option<Range<usize>>,
    /// The agencies in parentheses, and their usual names.
    pub(in crate::parse) credit: Option<(Range<usize>, Vec<String>)>,
    /// The first byte of the prose.
    pub(in crate::parse) end: usize,
}

/// The most bytes that a dateline may take.
pub(in crate::parse) const LONGEST: usize = 200;

const MONTH: &str = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december)";
const WEEKDAY: &str =
    "(?:mon|tues?|wed|thu|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)";

/// Two forms: a place in capitals, or any place before an agency in parentheses.
static FORMS: ByLetters<[Regex; 2]> = ByLetters::new(|| forms(Letters::Ascii), || forms(Letters::All));

fn forms(letters: Letters) -> [Regex; 2] {
    let word = r"(?:Mc|Mac|O['’])?\p{Lu}[\p{Lu}\p{M}.'’]*(?:-\p{L}[\p{L}\p{M}.'’]*)*";
    let place = format!(r"{word}(?: {word}){{0,5}}");
    let places = format!(r"{place}(?:\s?/\s?{place}| (?:and|AND|&) {place}){{0,3}}");
    let mixed = r"\p{Lu}[\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]+){0,3}";
    let region = r"\p{Lu}[\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]+){0,3}";
    let date = format!(
        r"(?i:(?:{WEEKDAY}\.?,? )?(?:{MONTH}\.? \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}}\.? {MONTH}\.?(?:,? \d{{4}})?)|\d{{4}}-\d{{2}}-\d{{2}}|{WEEKDAY})"
    );
    let separator = r"(?:\s+-{1,3}\s+|\s+[–—―]{1,3}\s*|[—―]\s*)";
    // After an agency the hyphen may touch the text: "DALLAS (Reuters) -The".
    let agency = format!(r",?\s\((?P<agency>[^()\d]{{2,40}})\)(?:{separator}|\s+-{{1,3}}\s*)");
    let tail = format!(r"(?:,? (?P<day>{date}))?(?:,? (?P<year>\d{{4}}))?");
    [
        letters.compile(&format!(
            r"^(?P<place>{places}(?:, (?P<region>{region}))?){tail}(?:{agency}|{separator})"
        )),
        letters.compile(&format!(r"^(?P<place>{mixed}(?:, (?P<region>{region}))?){tail}{agency}")),
    ]
}

static WEEKDAYS: LazyLock<Regex> = LazyLock::new(|| compile(&format!("^(?i:{WEEKDAY}|{MONTH})$")));

/// The dateline at the head of `head`, the first bytes of a paragraph.
pub(in crate::parse) fn find(head: &str) -> Option<Found> {
    let first = head.chars().next()?;
    let last = head.rfind(['-', '–', '—', '―'])?;
    if !first.is_uppercase() {
        return None;
    }
    // Nothing but blanks is read behind the last dash.
    let [capitals, mixed] = FORMS.of(&head[..last]);
    read(capitals, head, true).or_else(|| read(mixed, head, false))
}

fn read(form: &Regex, head: &str, capitals: bool) -> Option<Found> {
    let found = form.captures(head)?;
    let range = |name: &str| found.name(name).map(|m| m.range());
    let end = found.get(0)?.end();
    if !begins_a_sentence(&head[end..]) {
        return None;
    }
    let (mut place, mut day) = (range("place")?, range("day"));
    let mut region = range("region");
    if let Some(r) = region.clone().filter(|r| day.is_none() && WEEKDAYS.is_match(&head[r.clone()])) {
        place.end = head[..r.start].trim_end().trim_end_matches(',').len();
        (day, region) = (Some(r), None);
    }
    let agency = range("agency");
    let outlets = agency.clone().and_then(|a| credit::outlets(&head[a.clone()]).map(|o| (a, o)));
    if !capitals && outlets.is_none() {
        return None;
    }
    let evidence = day.is_some() || agency.is_some() || region.is_some();
    if capitals && !is_place(&head[place.clone()], evidence) {
        return None;
    }
    Some(Found { place, day, credit: outlets, end })
}

/// Whether what follows a separator is the head of a sentence, not an aside.
fn begins_a_sentence(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| !c.is_lowercase() && !c.is_whitespace() && !matches!(c, ',' | ';' | ')' | '-'))
}

/// Whether capitals name a place: not an abbreviation and not the label of a text.
fn is_place(words: &str, evidence: bool) -> bool {
    let folded = fold::words(words);
    let rules = rules();
    if rules.short_places.contains(&folded) {
        return true;
    }
    let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
    let least = if evidence { 2 } else { 4 };
    letters >= least && (evidence || !rules.not_places.contains(&folded))
}
