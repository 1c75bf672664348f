//! [`Sheet`]: the lines of wire copy, each with what its layout says that it is.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::rules::{compile, rules};
use super::{byline, credit};
use crate::text::{Credit, Span, Zone, ZoneKind};

/// The lines that are left for prose, and the zones that take whole lines.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// What stands in each line of prose, without blanks around; `None` for an empty line and
    /// for one that a zone has taken.
    pub(super) prose: Vec<Option<Span>>,
    /// Zones that take whole lines.
    pub(super) zones: Vec<Zone>,
    /// The day in the header.
    pub(super) date: Option<NaiveDate>,
    /// A credit on a line of its own.
    pub(super) credit: Option<Credit>,
    /// The names of a byline.
    pub(super) byline: Option<Span>,
}

static HEADER: LazyLock<Regex> =
    LazyLock::new(|| compile(r"^\s*(?:date|Date|DATE):?\s+(?P<day>\d{4}-\d{2}-\d{2})(?:\s+|$)"));

/// How many lines of prose may stand before the first paragraph, and after the last.
const FRINGE: usize = 8;

/// A line longer than this is a paragraph, whatever it begins with.
const LONG: usize = 500;

impl Sheet {
    /// Reads the lines of `text`; `promo` are the site's own patterns.
    pub(super) fn of(text: &str, promo: &[Regex]) -> Self {
        let mut sheet = Self::default();
        let mut at = 0;
        let mut first = true;
        for line in text.split_inclusive('\n') {
            let mut start = at;
            at += line.len();
            if first && !line.trim().is_empty() {
                first = false;
                start += sheet.header(text, line, start);
            }
            let line = trimmed(text, start, at);
            let line = line.and_then(|line| sheet.promo(text, line, promo));
            let line = line.and_then(|line| sheet.mark(text, line));
            sheet.prose.push(line);
        }
        sheet.fringes(text);
        sheet
    }

    /// Takes the header at the start of the first line; answers with its length.
    fn header(&mut self, text: &str, line: &str, start: usize) -> usize {
        let Some(found) = HEADER.captures(&line[..floor(line, 80)]) else { return 0 };
        let end = found.get(0).map_or(0, |m| m.end());
        // "date 2025-12-06 was chosen" is a sentence.
        if line[end..].starts_with(|c: char| c.is_lowercase() || c == ',') {
            return 0;
        }
        self.date = NaiveDate::parse_from_str(&found["day"], "%Y-%m-%d").ok();
        let whole = text[start..start + end].trim_end_matches(['\r', '\n']).len();
        self.zones.push(Zone { kind: ZoneKind::Header, span: Span::new(start, start + whole) });
        end
    }

    /// Takes what is promotional off the head of a line; answers with the rest.
    fn promo(&mut self, text: &str, line: Span, own: &[Regex]) -> Option<Span> {
        let words = line.of(text);
        let mut taken = 0;
        if own.iter().any(|pattern| pattern.is_match(words)) {
            taken = words.len();
        } else {
            let head = &words[..floor(words, LONG)];
            let (set, patterns) = &rules().promo;
            // The first pattern that matches is the most exact one: it knows where it ends.
            if let Some(index) = set.matches(head).iter().next() {
                let end = patterns[index].find(head).map_or(0, |m| m.end());
                // A pattern that runs to the end of the head has not seen the end of the line.
                if end < head.len() || head.len() == words.len() {
                    taken = end;
                }
            }
        }
        if taken == 0 {
            return Some(line);
        }
        let start = line.start as usize;
        self.zones.push(Zone { kind: ZoneKind::Promo, span: Span::new(start, start + taken) });
        trimmed(text, start + taken, line.end as usize)
    }

    fn mark(&mut self, text: &str, line: Span) -> Option<Span> {
        if line.len() > 240 || !rules().marks.is_match(line.of(text)) {
            return Some(line);
        }
        self.zones.push(Zone { kind: ZoneKind::Mark, span: line });
        None
    }

    /// Takes bylines and credits that have lines of their own, at the head and at the foot.
    fn fringes(&mut self, text: &str) {
        let filled: Vec<usize> = (0..self.prose.len()).filter(|i| self.prose[*i].is_some()).collect();
        if filled.len() < 2 {
            return;
        }
        let mut left = filled.len();
        for index in filled.iter().rev().take(FRINGE) {
            if left < 2 || !self.foot(text, *index) {
                break;
            }
            left -= 1;
        }
        for index in filled.iter().take(FRINGE) {
            if left >= 2 && self.prose[*index].is_some() && self.head(text, *index) {
                left -= 1;
            }
        }
    }

    /// Takes a credit, a byline or a trailer at the end.
    fn foot(&mut self, text: &str, index: usize) -> bool {
        let Some(line) = self.prose[index] else { return false };
        if byline::is_trailer(line.of(text)) {
            self.take(index, ZoneKind::Byline);
            return true;
        }
        self.credit_line(text, index, line) || self.byline_line(text, index, line)
    }

    /// Takes a byline or a credit before the text.
    fn head(&mut self, text: &str, index: usize) -> bool {
        let Some(line) = self.prose[index] else { return false };
        self.byline_line(text, index, line) || self.credit_line(text, index, line)
    }

    fn byline_line(&mut self, text: &str, index: usize, line: Span) -> bool {
        let Some(names) = byline::find(line.of(text)) else { return false };
        let start = line.start as usize;
        self.byline.get_or_insert(Span::new(start + names.start, start + names.end));
        self.take(index, ZoneKind::Byline);
        true
    }

    fn credit_line(&mut self, text: &str, index: usize, line: Span) -> bool {
        let words = line.of(text);
        let lead = ["By ", "BY "].iter().find(|lead| words.starts_with(**lead)).map_or(0, |lead| lead.len());
        let Some(found) = credit::whole(&words[lead..]) else { return false };
        let start = line.start as usize + lead;
        let span = Span::new(start + found.words.start, start + found.words.end);
        self.credit.get_or_insert(Credit { span, outlets: found.outlets });
        self.take(index, ZoneKind::Credit);
        true
    }

    fn take(&mut self, index: usize, kind: ZoneKind) {
        if let Some(span) = self.prose[index].take() {
            self.zones.push(Zone { kind, span });
        }
    }
}

/// `start..end` without blanks around; `None` where nothing is left.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let words = &text[start..end];
    let left = words.len() - words.trim_start().len();
    let kept = words.trim().len();
    (kept > 0).then(|| Span::new(start + left, start + left + kept))
}

/// The nearest character border at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
