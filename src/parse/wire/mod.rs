//! Wire copy: from plain text to a [`Document`] with zones.
//!
//! Entry point: [`document`]. The rules (agencies, promotional lines, marks, what is no place)
//! are data in `wire.toml`, with examples that run as tests. The text itself is never altered.

mod byline;
pub(super) mod credit;
pub(super) mod dateline;
mod lines;
mod paragraphs;
mod rules;

use chrono::NaiveDate;
use regex::Regex;

use crate::text::{Block, BlockKind, Credit, Dateline, Document, Markup, Span, Zone, ZoneKind};
use lines::{Sheet, floor};
use paragraphs::{Lines, block, group};
use rules::rules;

/// How many paragraphs may stand before a dateline.
const BEFORE_DATELINE: usize = 6;

/// A standfirst is short; a longer paragraph is text.
const STANDFIRST: usize = 700;

/// The longest headline, in bytes.
const HEADLINE: usize = 160;

/// Reads wire copy: the document, and the day that a header gives (`date 2025-12-06`).
///
/// `promo` are the site's own patterns: a line that one of them matches is promotional as a
/// whole. A headline, if the text has one, is the first block, a [`BlockKind::Heading`]. Any
/// text is wire copy; one without its layout has blocks and no zones.
#[must_use]
pub fn document(text: String, promo: &[Regex]) -> (Document, Option<NaiveDate>) {
    let sheet = Sheet::of(&text, promo);
    let paragraphs = group(&text, &sheet.prose);
    let Sheet { prose: _, mut zones, date, mut credit, byline } = sheet;
    let place = find_dateline(&text, &paragraphs);
    let headline = has_headline(&text, &paragraphs, place.as_ref().map(|(index, _)| *index));
    let mut place_found = None;
    if let Some((index, found)) = place {
        let start = paragraphs[index][0].start as usize;
        zones.push(Zone { kind: ZoneKind::Dateline, span: Span::new(start, start + found.end) });
        standfirst(&paragraphs[usize::from(headline).min(index)..index], &mut zones);
        place_found = Some(read_dateline(&text, start, found, &mut credit));
    }
    if let Some(last) = paragraphs.last() {
        foot(&text, last, paragraphs.len() > 1, &mut zones, &mut credit);
    }
    let kind = |index| if index == 0 && headline { BlockKind::Heading } else { BlockKind::Paragraph };
    let blocks: Vec<Block> = paragraphs.iter().enumerate().map(|(i, lines)| block(kind(i), lines)).collect();
    zones.sort_by_key(|z| (z.span, z.kind));
    let document =
        Document { text, markup: Markup::Wire, zones, blocks, dateline: place_found, credit, byline };
    (document, date)
}

/// The first paragraph with a dateline, and the dateline.
fn find_dateline(text: &str, paragraphs: &[Lines]) -> Option<(usize, dateline::Found)> {
    paragraphs.iter().take(BEFORE_DATELINE + 1).enumerate().find_map(|(index, lines)| {
        let line = lines[0].of(text);
        dateline::find(&line[..floor(line, dateline::LONGEST)]).map(|found| (index, found))
    })
}

/// Carries a dateline into the document; its agency is the credit if nothing else gives one.
fn read_dateline(text: &str, start: usize, found: dateline::Found, credit: &mut Option<Credit>) -> Dateline {
    let at = |range: std::ops::Range<usize>| Span::new(start + range.start, start + range.end);
    if let Some((words, outlets)) = found.credit {
        credit.get_or_insert(Credit { span: at(words), outlets });
    }
    let span = at(found.place);
    Dateline { span, place: span.of(text).to_owned(), day: found.day.map(at) }
}

/// Makes the paragraphs between headline and dateline a standfirst, if they can be one.
fn standfirst(before: &[Lines], zones: &mut Vec<Zone>) {
    let spans = before.iter().map(|lines| lines[0].cover(lines[lines.len() - 1]));
    let spans: Vec<Span> = spans.collect();
    if spans.iter().all(|span| span.len() <= STANDFIRST) {
        zones.extend(spans.into_iter().map(|span| Zone { kind: ZoneKind::Standfirst, span }));
    }
}

/// Whether the first paragraph is a headline: one short line without a full stop that something
/// else follows.
fn has_headline(text: &str, paragraphs: &[Lines], dateline: Option<usize>) -> bool {
    let [first, _, ..] = paragraphs else { return false };
    let words = first[0].of(text);
    let short = first.len() == 1 && words.len() <= HEADLINE;
    short && dateline != Some(0) && is_headline(words)
}

/// Whether `words` are worded as a headline: no full stop, and not all of it a quotation.
fn is_headline(words: &str) -> bool {
    let opens = words.starts_with(['“', '"', '„', '«']);
    let closes = words.ends_with(['”', '"', '“', '»']);
    let stops = words.ends_with(['.', ':', ';', ',', '…', '-', '–', '—'])
        || closes && words.contains(['.', '!', '?']);
    let words_in_it = words.split_whitespace().filter(|w| w.contains(char::is_alphabetic)).count();
    !(stops || opens && closes) && words_in_it >= 2
}

/// Finds marks and a credit at the end of the last paragraph, outermost first.
fn foot(text: &str, last: &Lines, others: bool, zones: &mut Vec<Zone>, credit: &mut Option<Credit>) {
    let start = last[0].start as usize;
    let mut end = last[last.len() - 1].end as usize;
    let from = floor(text, end.saturating_sub(80)).max(start);
    if let Some(mark) = rules().tail_marks.captures(&text[from..end]).and_then(|c| c.get(1)) {
        zones.push(Zone { kind: ZoneKind::Mark, span: Span::new(from + mark.start(), from + mark.end()) });
        end = from + text[from..from + mark.start()].trim_end().len();
    }
    let Some(found) = credit::at_end(&text[start..end]) else { return };
    if found.zone.start == 0 && !others {
        return;
    }
    let zone = Span::new(start + found.zone.start, start + found.zone.end);
    zones.push(Zone { kind: ZoneKind::Credit, span: zone });
    let span = Span::new(start + found.words.start, start + found.words.end);
    *credit = Some(Credit { span, outlets: found.outlets });
}

#[cfg(test)]
mod tests;
