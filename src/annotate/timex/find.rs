//! Runs the rules over one text and joins what belongs together: a time and its day, the two
//! ends of a range.
//!
//! Entry point: [`hits`].

use super::calendar::Lean;
use super::fold::fold;
use super::grammar::{Grammar, Match};
use super::lexicon::Class;
use super::make::dates::is_ambiguous;
use super::make::periods::quarter_ending;
use super::make::{Captures, Make, Meaning, Page};
use super::relative::{Period, Relative};
use super::talk::Talk;
use super::token::{Token, scan};
use super::value::{Clock, Part, Unit, Value};
use super::{Found, Kind, Modifier, Timex, range};
use crate::annotate::{Options, Provenance};
use crate::text::Span;

/// A rule's match with what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// The first token.
    from: usize,
    /// The token after the last.
    to: usize,
    /// The rule, by its place in the grammar.
    pub(super) rule: usize,
    meaning: Meaning,
    modifier: Option<Modifier>,
    confidence: f32,
}

/// The expressions of `text` with the rules that found them.
pub(super) fn hits(text: &str, sentences: &[Span], options: &Options) -> Vec<(usize, Found)> {
    let grammar = Grammar::of(options.language);
    let mut tokens = scan(text, &grammar.lexicon, &grammar.writing);
    fold(&mut tokens, &grammar.lexicon, &grammar.glue);
    let talk = Talk::new(options.dct);
    let mut finder = Finder { grammar, text, tokens, sentences, options, talk, hits: Vec::new() };
    finder.run();
    finder.finish()
}

struct Finder<'t> {
    grammar: &'static Grammar,
    text: &'t str,
    tokens: Vec<Token>,
    sentences: &'t [Span],
    options: &'t Options,
    talk: Talk,
    hits: Vec<Hit>,
}

impl Finder<'_> {
    fn run(&mut self) {
        let mut matches = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if self.tokens[at].breaks || matches!(self.word(&self.tokens[at]), "." | "?" | "!") {
                self.talk.sentence();
            }
            self.grammar.matches(&self.tokens, at, &mut matches);
            at = self.take(at, &matches).unwrap_or(at + 1);
        }
    }

    /// Takes the first of `matches` that means something; gives the token after it.
    fn take(&mut self, at: usize, matches: &[Match]) -> Option<usize> {
        for &found in matches {
            let number = self.grammar.sequence(found).rule;
            let rule = &self.grammar.rules[number];
            let of = Captures::of(self.page(), at, found);
            let Some(meaning) = rule.make.meaning(&of, &self.talk) else { continue };
            let (modifier, to) = (of.modifier(), at + found.length);
            let borrowed = matches!(rule.make, Make::Date | Make::DateRange | Make::Month)
                && matches!(meaning, Meaning::Fixed(_))
                && !of.names_year();
            let guessed =
                matches!(meaning, Meaning::Hangs(r) if matches!(r.period, Period::Month(_, Lean::Nearest)));
            let doubtful = borrowed || guessed;
            let most = match rule.make {
                Make::Numeric if is_ambiguous(&of) => 0.6,
                Make::Weekday if of.cue().is_doubtful() => 0.7,
                _ if doubtful => 0.7,
                _ => 1.0,
            };
            let confidence = rule.confidence.min(most);
            let hit = Hit { from: at, to, rule: number, meaning, modifier, confidence };
            if matches!(rule.make, Make::ReportedMonths | Make::ReportedYear) {
                self.talk.report_year();
            }
            if matches!(rule.make, Make::DateRange | Make::MonthRange) {
                self.push_range(hit);
                return Some(to);
            }
            return Some(self.push(hit));
        }
        None
    }

    fn page(&self) -> Page<'_> {
        Page {
            grammar: self.grammar,
            text: self.text,
            tokens: &self.tokens,
            sentences: self.sentences,
            day_first: self.options.day_first || self.grammar.writing.day_first,
        }
    }

    /// The first byte of the sentence in which a token stands.
    fn sentence(&self, at: usize) -> u32 {
        self.page().sentence(at)
    }

    /// Adds a hit, with the part of the day behind it and the time or day before it.
    fn push(&mut self, mut hit: Hit) -> usize {
        if let Some(part) = self.part_after(hit.to)
            && let Some(timed) = with_clock(hit.meaning, Clock::Part(part))
        {
            (hit.meaning, hit.to) = (timed, hit.to + 1);
        }
        if let Some(part) = self.part_of(hit.from)
            && let Some(timed) = with_clock(hit.meaning, Clock::Part(part))
        {
            (hit.meaning, hit.from) = (timed, hit.from - 2);
        }
        if let Some(part) = hit.from.checked_sub(1).and_then(|before| self.part_at(before))
            && self.hits.last().is_none_or(|last| last.to < hit.from)
            && !self.tokens[hit.from].breaks
            && let Some(timed) = with_clock(hit.meaning, Clock::Part(part))
        {
            (hit.meaning, hit.from) = (timed, hit.from - 1);
        }
        if let Some(mut last) = self.hits.last().copied()
            && self.meet(&mut last, &mut hit)
        {
            self.hits.pop();
            (hit.from, hit.rule, hit.modifier) = (last.from, last.rule, last.modifier.or(hit.modifier));
        } else if let Some(last) = self.hits.last_mut() {
            // A clock that has found its day knows it from now on.
            if let (Meaning::Clock(clock), Some(day)) =
                (last.meaning, with_clock(hit.meaning, Clock::Part(Part::Night)))
                && self.tokens[last.to..hit.from].len() == 1
                && self.grammar.writing.is_joint(self.tokens[last.to].of(self.text))
            {
                last.meaning = reclocked(day, clock);
            }
        }
        self.note(&hit);
        self.hits.push(hit);
        self.end_quarter();
        hit.to
    }

    /// "The quarter ended July 31" is the one that this day ends.
    fn end_quarter(&mut self) {
        let [.., quarter, end] = &mut self.hits[..] else { return };
        let gap = &self.tokens[quarter.to..end.from];
        let ends = gap.len() == 1 && gap[0].is(Class::Ending) && !gap[0].breaks;
        if !ends || !matches!(self.grammar.rules[quarter.rule].make, Make::TextQuarter(_)) {
            return;
        }
        let day = match end.meaning {
            Meaning::Hangs(relative) => self.options.dct.and_then(|dct| relative.resolve(dct).day()),
            Meaning::Fixed(value) => value.day(),
            Meaning::Set(_) | Meaning::Clock(_) => None,
        };
        if let Some(value) = day.and_then(quarter_ending) {
            quarter.meaning = Meaning::Fixed(value);
            self.talk.note(value, false);
        }
    }

    /// Joins a time and a day that touch; whether they have become one.
    fn meet(&self, last: &mut Hit, hit: &mut Hit) -> bool {
        let gap = &self.tokens[last.to..hit.from];
        let comma = gap.len() == 1 && self.word(&gap[0]) == ",";
        let touching = (gap.is_empty() || comma) && !self.tokens[hit.from].breaks;
        match (last.meaning, hit.meaning) {
            (Meaning::Clock(clock), day) if touching => {
                with_clock(day, clock).inspect(|timed| hit.meaning = *timed).is_some()
            }
            (day, Meaning::Clock(clock))
                if touching || (gap.len() == 1 && self.grammar.writing.is_joint(self.word(&gap[0]))) =>
            {
                let Some(timed) = with_clock(day, clock) else { return false };
                hit.meaning = timed;
                gap.is_empty() && touching
            }
            _ => false,
        }
    }

    fn word(&self, token: &Token) -> &str {
        token.of(self.text)
    }

    /// The part of the day behind a day: "Friday night", "Dec 5 evening".
    fn part_after(&self, at: usize) -> Option<Part> {
        self.part_at(at).filter(|_| !self.tokens[at].breaks)
    }

    /// The part of the day that a token names.
    fn part_at(&self, at: usize) -> Option<Part> {
        let noun = self.grammar.writing.capital_nouns;
        let token = self.tokens.get(at).filter(|t| t.is(Class::Part) && (noun || !t.capital))?;
        Part::ALL.get(usize::try_from(token.value(&self.grammar.lexicon, Class::Part)).ok()?).copied()
    }

    /// The part of the day before a day: "the night of Dec 5".
    fn part_of(&self, at: usize) -> Option<Part> {
        let free = self.hits.last().is_none_or(|last| last.to + 2 <= at);
        let of = |token| self.grammar.writing.is_part_of(self.word(token));
        let joined = at >= 2 && free && !self.tokens[at].breaks && of(&self.tokens[at - 1]);
        (joined && !self.tokens[at - 1].breaks).then(|| self.part_at(at - 2))?
    }

    /// The two ends of "Dec 2-5" are two expressions.
    fn push_range(&mut self, hit: Hit) {
        let tokens = &self.tokens[hit.from..hit.to];
        let Some(ends) = range::ends(tokens, &self.grammar.lexicon, hit.meaning) else { return };
        for end in ends {
            let half = Hit { from: hit.from + end.from, to: hit.from + end.to, meaning: end.meaning, ..hit };
            self.note(&half);
            self.hits.push(half);
        }
    }

    /// Tells the talk of a hit.
    fn note(&mut self, hit: &Hit) {
        match hit.meaning {
            Meaning::Fixed(value) => self.talk.note(value, true),
            Meaning::Hangs(relative) => {
                if let Some(day) = self.options.dct {
                    self.talk.note(relative.resolve(day), false);
                }
            }
            Meaning::Set(_) | Meaning::Clock(_) => {}
        }
    }

    fn finish(self) -> Vec<(usize, Found)> {
        let found = self.hits.iter().enumerate().filter_map(|(index, hit)| {
            let (value, relative, confidence) = self.value(index)?;
            let span = Span { start: self.tokens[hit.from].start, end: self.tokens[hit.to - 1].end };
            let kind = if matches!(hit.meaning, Meaning::Set(_)) { Kind::Set } else { value.kind() };
            let modifier = hit.modifier;
            let provenance = Provenance::Rule;
            let timex = Timex { span, kind, value, modifier, anchor: None, confidence, provenance };
            Some((hit.rule, Found { timex, relative }))
        });
        found.collect()
    }

    /// The value of a hit, how it hangs on the anchor, and how sure it is.
    fn value(&self, index: usize) -> Option<(Value, Option<Relative>, f32)> {
        let hit = &self.hits[index];
        match hit.meaning {
            Meaning::Fixed(value) | Meaning::Set(value) => Some((value, None, hit.confidence)),
            Meaning::Hangs(relative) => match self.options.dct {
                Some(day) => Some((relative.resolve(day), Some(relative), hit.confidence)),
                None => relative.unanchored().map(|value| (value, Some(relative), hit.confidence.min(0.5))),
            },
            Meaning::Clock(clock) => match self.day_beside(index) {
                Some(day) => Some((Value::Time(day, clock), None, hit.confidence.min(0.75))),
                None => {
                    let relative = Relative { period: Period::Unit(Unit::Day, 0), clock: Some(clock) };
                    let day = self.options.dct?;
                    Some((relative.resolve(day), Some(relative), hit.confidence.min(0.6)))
                }
            },
        }
    }

    /// The day of the nearest hit before, else after, in the sentence of hit `index`.
    fn day_beside(&self, index: usize) -> Option<chrono::NaiveDate> {
        let sentence = self.sentence(self.hits[index].from);
        let near = |hit: &&Hit| self.sentence(hit.from) == sentence;
        let day = |hit: &Hit| match hit.meaning {
            Meaning::Fixed(value) => value.day(),
            Meaning::Hangs(relative) => relative.resolve(self.options.dct?).day(),
            Meaning::Set(_) | Meaning::Clock(_) => None,
        };
        let before = self.hits[..index].iter().rev().take(4).take_while(near).find_map(day);
        let behind = || self.hits[index + 1..].iter().take(4).take_while(near).find_map(day);
        // "He comes on Friday. At 9 a.m. he speaks."
        let earlier = || {
            let here = self.hits[index].from;
            let beside = |hit: &&Hit| self.tokens[hit.from + 1..=here].iter().all(|token| !token.breaks);
            self.hits[..index].iter().rev().take(4).take_while(beside).find_map(day)
        };
        before.or_else(behind).or_else(earlier)
    }
}

/// A day with a time; `None` for what is no day.
fn with_clock(meaning: Meaning, clock: Clock) -> Option<Meaning> {
    match meaning {
        Meaning::Fixed(Value::Day(day)) => Some(Meaning::Fixed(Value::Time(day, clock))),
        Meaning::Hangs(relative @ Relative { clock: None, .. }) if relative.period.is_day() => {
            Some(Meaning::Hangs(Relative { clock: Some(clock), ..relative }))
        }
        _ => None,
    }
}

/// The same day with another time.
fn reclocked(meaning: Meaning, clock: Clock) -> Meaning {
    match meaning {
        Meaning::Fixed(Value::Time(day, _)) => Meaning::Fixed(Value::Time(day, clock)),
        Meaning::Hangs(relative) => Meaning::Hangs(Relative { clock: Some(clock), ..relative }),
        other => other,
    }
}
