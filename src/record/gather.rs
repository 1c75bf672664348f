//! [`Facts::of`]: what of a record goes into the library.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use super::facts::{DateFacts, Facts, OpenFacts, PersonFacts, StatementFacts, is_named};
use super::places::Places;
use super::{Reading, Record, Shown};
use crate::annotate::timex::{Kind, Modifier, Timex, Value};
use crate::annotate::{Act, Form, Provenance, Quote, Speaker, SpeakerKind};
use crate::parse::{Published, Show};
use crate::text::fold;
use crate::text::{BlockKind, Span, ZoneKind};

/// The longest context, in bytes; where the sentences around are longer, the words stand alone.
const CONTEXT: usize = 2_000;
/// The longest description that is made of the text, in code points.
const DESCRIPTION: usize = 200;

impl Facts {
    /// The facts of `record`; `None` for a plain page, which has no date.
    ///
    /// `threshold` is the least confidence of what is counted, from 0 to 1.
    #[must_use]
    pub fn of(record: &Record, threshold: f32) -> Option<Self> {
        let published = record.article.meta.date?;
        let gather = Gather {
            record,
            threshold,
            reading: Reading::of(&record.article.document),
            shown: Shown::of(record),
            standfirst: Places::of_kind(&record.article.document.zones, ZoneKind::Standfirst),
        };
        Some(gather.facts(published))
    }
}

/// One record while its facts are gathered.
struct Gather<'r> {
    record: &'r Record,
    threshold: f32,
    reading: Reading<'r>,
    shown: Shown,
    standfirst: Places,
}

impl Gather<'_> {
    fn facts(&self, published: Published) -> Facts {
        let meta = &self.record.article.meta;
        let place = self.record.article.document.dateline.as_ref().map(|d| d.place.clone());
        let (people, statements) = self.people_and_statements();
        Facts {
            entry: self.record.article.path.clone(),
            slug: meta.slug.clone(),
            title: meta.title.text.clone(),
            description: self.description(&statements),
            published,
            updated: meta.updated,
            outlet: meta.outlet.clone(),
            place: meta.dateline.clone().or(place),
            topics: meta.topics.clone(),
            story: meta.story.clone(),
            aliases: meta.aliases.clone(),
            corrections: meta.corrections.clone(),
            show: meta.show,
            people,
            dates: self.dates(&statements),
            open: self.open(),
            statements,
        }
    }

    /// The people that may be named, and the statements with the places of their speakers.
    fn people_and_statements(&self) -> (Vec<Option<PersonFacts>>, Vec<StatementFacts>) {
        let mut people = People::of(self.record);
        let quotes = &self.record.annotations.quotes;
        let counted = quotes.iter().filter(|q| self.counts(q));
        let statements: Vec<StatementFacts> = counted
            .filter_map(|quote| {
                let speaker = quote.speaker.as_ref()?;
                let person = people.place(speaker);
                Some(self.statement(quote, speaker, person)).filter(|s| !s.words.is_empty())
            })
            .collect();
        let rows = self.visible(people.rows, &statements);
        (rows, statements)
    }

    /// Whether an attribution is counted as something that somebody said.
    fn counts(&self, quote: &Quote) -> bool {
        quote.act == Act::Statement && quote.repeats.is_none() && quote.confidence >= self.threshold
    }

    /// Quoted words that are no statement for want of a certain speaker.
    fn open(&self) -> Vec<OpenFacts> {
        let said = |q: &&Quote| q.act == Act::Statement && q.repeats.is_none() && q.form != Form::Indirect;
        let quotes = self.record.annotations.quotes.iter().filter(said);
        let open = quotes.filter(|q| q.confidence < self.threshold || q.speaker.is_none());
        let shown = open.filter(|q| q.content.iter().all(|part| self.shown.has(*part)));
        let facts = shown.map(|q| OpenFacts {
            quote: q.id.as_str().into(),
            form: q.form,
            words: self.reading.joined(&q.content).into(),
            said_on: q.said_on.as_ref().map(|s| s.value),
            // Where words name a source, somebody is meant, and their own brief alone may hint at whom.
            nobody: (q.speaker.is_none() && q.source.is_empty()).then(|| self.around_nobodys(q).into()),
        });
        facts.filter(|open| !open.words.is_empty()).collect()
    }

    fn statement(&self, quote: &Quote, speaker: &Speaker, person: Option<usize>) -> StatementFacts {
        let words: Arc<str> = self.reading.joined(&quote.content).into();
        let quotes_alone = self.record.article.meta.show == Show::Quotes;
        let context = if quotes_alone { None } else { self.context(quote, Some(speaker)) };
        StatementFacts {
            quote: quote.id.as_str().into(),
            person,
            speaker: speaker.name.as_str().into(),
            kind: speaker.kind,
            form: quote.form,
            context: context.map_or_else(|| Arc::clone(&words), Arc::from),
            words,
            said_on: quote.said_on.as_ref().map(|s| s.value),
            basis: quote.said_on.as_ref().map(|s| s.basis),
            venue: quote.venue.as_ref().filter(|v| self.shown.has(v.span)).map(|v| v.text.as_str().into()),
            names: self.named_in(quote, person),
            checked: quote.provenance == Provenance::Editor,
        }
    }

    /// The people whom the words of an attribution name, by index, without `speaker`.
    fn named_in(&self, quote: &Quote, speaker: Option<usize>) -> Vec<usize> {
        let (mentions, people) = (&self.record.annotations.mentions, &self.record.annotations.people);
        let inside = quote.content.iter().flat_map(|part| {
            let first = mentions.partition_point(|m| m.span.start < part.start);
            mentions[first..].iter().take_while(|m| m.span.end <= part.end).map(|m| m.person)
        });
        let named: BTreeSet<usize> = inside.collect();
        let known = |index: &usize| people.get(*index).is_some_and(|person| is_named(person.kind));
        named.into_iter().filter(|index| Some(*index) != speaker && known(index)).collect()
    }

    /// The sentences around words that the text gives to nobody; of what is not shown, the words alone.
    fn around_nobodys(&self, quote: &Quote) -> String {
        let context = match self.record.article.meta.show {
            Show::Full => self.context(quote, None),
            Show::Excerpt | Show::Quotes => None,
        };
        context.unwrap_or_else(|| self.reading.joined(&quote.content))
    }

    /// The sentences that the attribution stands in; `None` where there are none or too many.
    fn context(&self, quote: &Quote, speaker: Option<&Speaker>) -> Option<String> {
        let sentences = &self.record.annotations.sentences;
        let mut found = BTreeSet::new();
        for part in quote.content.iter().chain(&quote.source).chain(&quote.cue) {
            let first = sentences.partition_point(|s| s.end <= part.start);
            let over = sentences[first..].iter().take_while(|s| s.start < part.end).count();
            found.extend(first..first + over);
        }
        let first = *found.first()?;
        if speaker.is_some_and(|speaker| self.leans_back(quote, speaker, sentences[first]))
            && let Some(before) = first.checked_sub(1)
            && self.may_precede(sentences[before], sentences[first])
        {
            found.insert(before);
        }
        let mut stretches: Vec<(usize, Span)> = Vec::new();
        for index in found {
            match stretches.last_mut() {
                Some((last, span)) if *last + 1 == index => {
                    (*last, *span) = (index, span.cover(sentences[index]));
                }
                _ => stretches.push((index, sentences[index])),
            }
        }
        let spans: Vec<Span> = stretches.into_iter().map(|(_, span)| span).collect();
        if spans.iter().map(|s| s.len()).sum::<usize>() > CONTEXT {
            return None;
        }
        Some(self.reading.joined(&spans)).filter(|words| !words.is_empty())
    }

    /// Whether a sentence opens with the words spoken and names their speaker by no part of the
    /// name ("he said"): without the sentence before, nobody knows who is meant.
    fn leans_back(&self, quote: &Quote, speaker: &Speaker, sentence: Span) -> bool {
        let opens = quote.content.iter().any(|c| c.start <= sentence.start);
        let name = fold::words(&speaker.name);
        let source = fold::words(&self.reading.joined(&quote.source));
        let named = source.split(' ').any(|word| !word.is_empty() && name.split(' ').any(|n| n == word));
        opens && !named
    }

    /// Whether `before` is shown and belongs to the same run of paragraphs as `sentence`.
    fn may_precede(&self, before: Span, sentence: Span) -> bool {
        self.shown.has(before)
            && self.is_paragraph(before)
            && self.standfirst.touch(before) == self.standfirst.touch(sentence)
    }

    /// Whether `span` stands in running text, not in a heading or a table.
    fn is_paragraph(&self, span: Span) -> bool {
        let blocks = &self.record.article.document.blocks;
        let index = blocks.partition_point(|b| b.span.start <= span.start);
        index == 0 || !matches!(blocks[index - 1].kind, BlockKind::Heading | BlockKind::Cell)
    }

    /// The people that something shown names, at their places.
    fn visible(&self, mut rows: Vec<PersonFacts>, said: &[StatementFacts]) -> Vec<Option<PersonFacts>> {
        if self.record.article.meta.show == Show::Full {
            return rows.into_iter().map(Some).collect();
        }
        let mut named: BTreeSet<usize> = said.iter().filter_map(|s| s.person).collect();
        let mentions = &self.record.annotations.mentions;
        named.extend(mentions.iter().filter(|m| self.shown.has(m.span)).map(|m| m.person));
        self.keep_shown_roles(&mut rows);
        rows.into_iter().enumerate().map(|(index, row)| named.contains(&index).then_some(row)).collect()
    }

    /// Takes away the roles whose words stand in nothing that is shown. One scan finds them all.
    fn keep_shown_roles(&self, rows: &mut [PersonFacts]) {
        let spans = self.shown.spans().unwrap_or_default();
        let text = bordered(&self.reading.joined(spans));
        let roles: BTreeSet<String> = rows.iter().flat_map(|r| &r.roles).map(|r| bordered(r)).collect();
        let roles: Vec<String> = roles.into_iter().collect();
        let mut found = BTreeSet::new();
        if let Ok(scan) = AhoCorasick::new(&roles) {
            found.extend(scan.find_overlapping_iter(&text).map(|m| roles[m.pattern().as_usize()].as_str()));
        }
        for row in rows {
            row.roles.retain(|role| found.contains(bordered(role).as_str()));
        }
    }

    /// The dates that calendar pages list, and the intervals behind those with which they begin:
    /// each meaning once a sentence.
    fn dates(&self, statements: &[StatementFacts]) -> Vec<DateFacts> {
        let mut seen = BTreeSet::new();
        let said = self.said(statements);
        let (timexes, intervals) = (&self.record.annotations.timexes, &self.record.annotations.intervals);
        let mut dates = Vec::new();
        for (index, timex) in timexes.iter().enumerate().filter(|(_, timex)| self.lists(timex)) {
            let one = self.date(index, timex, timex.span, &said).filter(|(around, _)| {
                listing(timex.value).is_some_and(|value| seen.insert((*around, value, None)))
            });
            dates.extend(one.map(|(_, date)| date));
            let interval = intervals.binary_search_by_key(&index, |interval| interval.begin);
            let Some(interval) = interval.ok().map(|found| intervals[found]) else { continue };
            let last = &timexes[interval.end];
            let (begin, end) = (listing(timex.value), listing(last.value));
            if let (Some(begin), Some(end)) = (begin, end)
                && self.lists(last)
                && let Some((around, date)) = self.date(index, timex, interval.span, &said)
                && seen.insert((around, begin, Some(end)))
            {
                let confidence = timex.confidence.min(last.confidence);
                dates.push(DateFacts { until: Some(last.value), confidence, ..date });
            }
        }
        dates
    }

    /// A date or interval with what is quoted around it; `None` where its words are not shown.
    fn date(
        &self,
        index: usize,
        timex: &Timex,
        span: Span,
        said: &[(Span, usize)],
    ) -> Option<(Span, DateFacts)> {
        let around = self.sentence_around(span)?;
        let words = self.reading.words(span);
        let date = DateFacts {
            timex: format!("t{}", index + 1).into(),
            value: timex.value,
            until: None,
            statement: within(said, span),
            words: words.into(),
            sentence: self.reading.words(around).into(),
            confidence: timex.confidence,
        };
        (!date.words.is_empty()).then_some((around, date))
    }

    /// The words of the counted statements, sorted, each with the statement's index.
    fn said(&self, statements: &[StatementFacts]) -> Vec<(Span, usize)> {
        let index: BTreeMap<&str, usize> =
            statements.iter().enumerate().map(|(index, s)| (&*s.quote, index)).collect();
        let quotes = self.record.annotations.quotes.iter();
        let counted = quotes.filter_map(|q| Some((index.get(q.id.as_str())?, &q.content)));
        let mut said: Vec<(Span, usize)> =
            counted.flat_map(|(index, content)| content.iter().map(|span| (*span, *index))).collect();
        said.sort_unstable();
        said
    }

    /// Whether a calendar page may list `timex`. "Before May 5" is not dated to May 5.
    fn lists(&self, timex: &Timex) -> bool {
        matches!(timex.kind, Kind::Date | Kind::Time)
            && timex.confidence >= self.threshold
            && !matches!(timex.modifier, Some(Modifier::Before | Modifier::After))
    }

    /// What is quoted around a date: its sentence, and of that no more than is shown.
    fn sentence_around(&self, span: Span) -> Option<Span> {
        let sentences = &self.record.annotations.sentences;
        let index = sentences.partition_point(|s| s.end <= span.start);
        let sentence = sentences.get(index).copied().filter(|s| s.contains(span)).unwrap_or(span);
        let sentence = self.with_quotation(sentence);
        match self.record.article.meta.show {
            Show::Full => Some(sentence),
            Show::Excerpt => self.shown.has(sentence).then_some(sentence),
            Show::Quotes => self.shown.around(span),
        }
    }

    /// A sentence that starts inside a quotation, from the start of the words spoken.
    fn with_quotation(&self, sentence: Span) -> Span {
        let quotes = &self.record.annotations.quotes;
        let before = quotes.partition_point(|q| q.content[0].start < sentence.start);
        let cut = |part: &&Span| part.start < sentence.start && sentence.start < part.end;
        let near = quotes[..before].iter().rev().take(4).flat_map(|q| &q.content);
        let whole = near.filter(cut).fold(sentence, |whole, part| whole.cover(*part));
        if whole.len() <= CONTEXT { whole } else { sentence }
    }

    /// One or two sentences about the article, made of what is shown.
    fn description(&self, statements: &[StatementFacts]) -> String {
        let meta = &self.record.article.meta;
        if let Some(given) = &meta.description {
            return given.clone();
        }
        let made = match meta.show {
            Show::Quotes => statements.first().map(|s| s.words.to_string()),
            Show::Full | Show::Excerpt => self.opening(),
        };
        made.filter(|m| !m.is_empty()).map_or_else(|| meta.title.text.clone(), |m| shorten(&m))
    }

    /// The first sentence that is shown, and the second where both are short.
    fn opening(&self) -> Option<String> {
        let sentences = &self.record.annotations.sentences;
        let shown = sentences.iter().filter(|s| self.is_paragraph(**s) && self.shown.has(**s));
        let mut worded = shown.map(|s| (s, self.reading.words(*s))).filter(|(_, words)| !words.is_empty());
        let (first, words) = worded.next()?;
        let second =
            worded.next().filter(|(s, _)| self.standfirst.touch(**s) == self.standfirst.touch(*first));
        let both = second.map(|(_, more)| format!("{words} {more}"));
        Some(both.filter(|b| b.chars().count() <= DESCRIPTION).unwrap_or(words))
    }
}

/// The article's people, and speakers with a name that have no row among them.
struct People {
    rows: Vec<PersonFacts>,
    by_name: BTreeMap<(String, SpeakerKind), usize>,
}

impl People {
    fn of(record: &Record) -> Self {
        let people = record.annotations.people.iter();
        let rows: Vec<PersonFacts> = people
            .map(|p| PersonFacts {
                name: p.name.clone(),
                kind: p.kind,
                roles: p.roles.clone(),
                profile: p.profile.clone(),
            })
            .collect();
        let mut by_name = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            by_name.entry((fold::words(&row.name), row.kind)).or_insert(index);
        }
        Self { rows, by_name }
    }

    /// The place of a named speaker; `None` for those without a name.
    fn place(&mut self, speaker: &Speaker) -> Option<usize> {
        if let Some(index) = speaker.person.filter(|index| *index < self.rows.len()) {
            return is_named(self.rows[index].kind).then_some(index);
        }
        if !is_named(speaker.kind) {
            return None;
        }
        let next = self.rows.len();
        let index = *self.by_name.entry((fold::words(&speaker.name), speaker.kind)).or_insert(next);
        if index == next {
            let (name, kind) = (speaker.name.clone(), speaker.kind);
            self.rows.push(PersonFacts { name, kind, roles: Vec::new(), profile: None });
        }
        Some(index)
    }
}

/// Folded words with a blank at both ends, so that only whole words are found in them.
fn bordered(text: &str) -> String {
    format!(" {} ", fold::words(text))
}

/// Where calendar pages list a value: a time of day goes with its day. `None`: nowhere.
fn listing(value: Value) -> Option<Value> {
    match value {
        Value::Time(day, _) => Some(Value::Day(day)),
        Value::Day(_)
        | Value::Week(..)
        | Value::Weekend(..)
        | Value::Month(..)
        | Value::Quarter(..)
        | Value::Half(..)
        | Value::Season(..)
        | Value::Year(_)
        | Value::Decade(_)
        | Value::Century(_) => Some(value),
        _ => None,
    }
}

/// At most [`DESCRIPTION`] code points, cut after a word.
fn shorten(words: &str) -> String {
    let Some((limit, _)) = words.char_indices().nth(DESCRIPTION) else { return words.to_owned() };
    let cut = words[..limit].rfind(' ').unwrap_or(limit);
    format!("{}…", words[..cut].trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c)))
}

/// The statement in whose words `span` stands: of several, the one that begins last.
fn within(said: &[(Span, usize)], span: Span) -> Option<usize> {
    let before = said.partition_point(|(words, _)| words.start <= span.start);
    said[..before].iter().rev().take(4).find(|(words, _)| words.contains(span)).map(|(_, index)| *index)
}

#[cfg(test)]
mod tests;
