//! Runs the rules over one text and joins what belongs together: a time and its day, the two
//! ends of a range.
//!
//! Entry point: [`hits`].

use super::fold::fold;
use super::grammar::{Grammar, Match};
use super::lexicon::Class;
use super::make::{Captures, Make, Meaning};
use super::relative::{Period, Relative};
use super::talk::{Talk, cue};
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
    let grammar = Grammar::english();
    let mut tokens = scan(text, &grammar.lexicon);
    fold(&mut tokens, &grammar.lexicon, grammar.glue);
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
            let mut of = Captures::of(self.grammar, &self.tokens, at, found);
            of.cue = cue(&self.tokens, at, self.sentence(at), self.text);
            of.day_first = self.options.day_first;
            let Some(meaning) = rule.make.meaning(&of, &self.talk) else { continue };
            let (modifier, to) = (of.modifier(), at + found.length);
            let borrowed = matches!(rule.make, Make::Date | Make::DateRange | Make::Month)
                && matches!(meaning, Meaning::Fixed(_))
                && !of.names_year();
            let confidence = if borrowed { rule.confidence.min(0.7) } else { rule.confidence };
            let hit = Hit { from: at, to, rule: number, meaning, modifier, confidence };
            if matches!(rule.make, Make::DateRange | Make::MonthRange) {
                self.push_range(hit);
                return Some(to);
            }
            return Some(self.push(hit));
        }
        None
    }

    /// The start of the sentence in which a token stands.
    fn sentence(&self, at: usize) -> u32 {
        let start = self.tokens[at].start;
        let after = self.sentences.partition_point(|s| s.start <= start);
        after.checked_sub(1).map_or(0, |n| self.sentences[n].start)
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
                && is_on(&self.tokens[last.to], self.text)
            {
                last.meaning = reclocked(day, clock);
            }
        }
        self.note(&hit);
        self.hits.push(hit);
        hit.to
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
            (day, Meaning::Clock(clock)) if touching || (gap.len() == 1 && is_on(&gap[0], self.text)) => {
                let Some(timed) = with_clock(day, clock) else { return false };
                hit.meaning = timed;
                gap.is_empty() && touching
            }
            _ => false,
        }
    }

    fn word(&self, token: &Token) -> &str {
        &self.text[token.start as usize..token.end as usize]
    }

    /// The part of the day behind a day: "Friday night", "Dec 5 evening".
    fn part_after(&self, at: usize) -> Option<Part> {
        self.part_at(at).filter(|_| !self.tokens[at].breaks)
    }

    /// The part of the day that a token names.
    fn part_at(&self, at: usize) -> Option<Part> {
        let token = self.tokens.get(at).filter(|t| t.is(Class::Part) && !t.capital)?;
        Part::ALL.get(usize::try_from(token.value(&self.grammar.lexicon, Class::Part)).ok()?).copied()
    }

    /// The part of the day before a day: "the night of Dec 5".
    fn part_of(&self, at: usize) -> Option<Part> {
        let free = self.hits.last().is_none_or(|last| last.to + 2 <= at);
        let joined = at >= 2 && free && !self.tokens[at].breaks && self.word(&self.tokens[at - 1]) == "of";
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
        before.or_else(|| self.hits[index + 1..].iter().take(4).take_while(near).find_map(day))
    }
}

/// Whether a token is "on", "at" or a comma.
fn is_on(token: &Token, text: &str) -> bool {
    matches!(&text[token.start as usize..token.end as usize], "on" | "at" | ",")
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
