//! [`Make`]: what a rule makes of the tokens that it matched.
//!
//! Entry point: [`Make::meaning`].

mod clocks;
pub(super) mod dates;
mod lengths;
pub(super) mod periods;

use serde::Deserialize;

use super::Modifier;
use super::cue::Cue;
use super::grammar::{Grammar, Match};
use super::lexicon::Class;
use super::pattern::Element;
use super::relative::{Period, Relative};
use super::talk::Talk;
use super::token::Token;
use super::value::{Clock, Part, Season, Unit, Value};
use crate::text::Span;

/// What an expression means before its day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The text says all of it.
    Fixed(Value),
    /// It hangs on the day of publication or speaking.
    Hangs(Relative),
    /// Times that come again.
    Set(Value),
    /// A time of a day that must be found.
    Clock(Clock),
}

/// The kinds of meaning; each reads what it needs from the classes of its match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Make {
    /// A day of a month, with or without year.
    Date,
    /// A day of a month of the year named last.
    DateThatYear,
    /// A day of the month spoken of.
    TextDay,
    /// The day before (-1) or after (1) a day of a month or a holiday.
    DayBeside(i64),
    /// A day whose event everybody knows by month and day alone.
    Known(chrono::NaiveDate),
    /// The first, second, ... or last of a weekday in a month.
    NthWeekday,
    /// Two days of a month; the meaning is the first.
    DateRange,
    /// Year, month and day in digits.
    Iso,
    /// Day and month in digits, in the order of the settings.
    Numeric,
    /// A month, with year, shift or neither.
    Month,
    /// Two months; the meaning is the last.
    MonthRange,
    /// A month of last, this or next year.
    MonthOfYear,
    /// A weekday, with shift or without.
    Weekday,
    /// A weekday of last, this or next week.
    WeekdayOfWeek,
    /// "today" and the like.
    Deixis,
    /// A part of the day so many days away.
    PartOfDay(i64),
    /// Last, this or next unit.
    Unit,
    /// "the weekend".
    Weekend,
    /// A unit told from the day last spoken of.
    TextUnit,
    /// The unit (a place in `Unit::ALL`) of what was spoken of last.
    Within(usize),
    /// A weekday told from the day last spoken of.
    TextWeekday,
    /// A part of the day last spoken of.
    TextPart,
    /// So many days from the day last spoken of.
    TextDeixis,
    /// A season with year, shift or neither.
    Season,
    /// A quarter with year, shift or neither.
    Quarter,
    /// The quarter spoken of, so many years away.
    TextQuarter(i32),
    /// A half of a year.
    Half,
    /// A year.
    Year,
    /// The year of publication, the one before or the one after it.
    PresentYear,
    /// A year before 1500, or any other.
    OldYear,
    /// A year after an apostrophe.
    ShortYear,
    /// A decade in digits or in words.
    Decade,
    /// A century by its ordinal.
    Century,
    /// The last day of last, this or next year.
    YearEnd,
    /// So many units before (-1) or after (1) the day of speaking.
    Away(i64),
    /// The same, where the unit is a day or longer.
    DaysAway(i64),
    /// So many units before (-1) or after (1) the day spoken of.
    TextAway(i64),
    /// A year before the period spoken of.
    YearAgo,
    /// A length of time.
    Length,
    /// A length of six or nine months of which figures are reported.
    ReportedMonths,
    /// A year of which figures are reported, as a length.
    ReportedYear,
    /// A length of two units.
    Lengths,
    /// "a year and a half".
    OneAndAHalf,
    /// A length that nobody measured, in the unit.
    VagueLength,
    /// A weekday of each week.
    EachWeekday,
    /// Each of a unit, part, season or month.
    Each,
    /// Once in each unit.
    Per,
    /// "daily" and the like.
    Repeat,
    /// "annually".
    EveryYear,
    /// "quarterly": every three months.
    EveryQuarter,
    /// An hour with or without minutes.
    Clock,
    /// An hour that is meant to the minute, with or without minutes.
    FullClock,
    /// A part of a day that must be found.
    Part,
    /// An hour in four digits.
    MilitaryClock,
    /// Noon or midnight.
    Noon,
    /// A holiday with year, shift or neither.
    Holiday,
    /// So many days from the day last spoken of.
    TextDays(i64),
    /// A part of the day so many days from the one last spoken of.
    NextPart(i64),
    /// A season told from what was spoken of last.
    TextSeason,
    /// Half of a unit.
    HalfLength,
    /// What was spoken of last.
    Then,
    /// Some day to come, where the words look ahead.
    SomeDay,
    /// Some time past.
    Past,
    /// The present.
    Present,
    /// Some time to come.
    Future,
}

/// A text as it is read: its tokens, and what is known of it as a whole.
#[derive(Clone, Copy)]
pub(super) struct Page<'g> {
    /// The rules and their words.
    pub(super) grammar: &'g Grammar,
    pub(super) text: &'g str,
    pub(super) tokens: &'g [Token],
    pub(super) sentences: &'g [Span],
    /// Whether `12/5` is the twelfth of May.
    pub(super) day_first: bool,
}

impl Page<'_> {
    /// The first byte of the sentence in which a token stands.
    pub(super) fn sentence(&self, at: usize) -> u32 {
        let start = self.tokens[at].start;
        let after = self.sentences.partition_point(|s| s.start <= start);
        after.checked_sub(1).map_or(0, |n| self.sentences[n].start)
    }
}

/// A match with everything that its meaning may need.
#[derive(Clone, Copy)]
pub(super) struct Captures<'g> {
    /// The rules and their words.
    pub(super) grammar: &'g Grammar,
    /// The tokens of the match.
    pub(super) tokens: &'g [Token],
    /// What each of them had to be.
    pub(super) elements: &'g [Element],
    page: Page<'g>,
    /// The place of the match among the tokens of the page.
    at: usize,
}

impl<'g> Captures<'g> {
    /// The captures of `found` at token `at`.
    pub(super) fn of(page: Page<'g>, at: usize, found: Match) -> Self {
        let elements = &page.grammar.sequence(found).elements;
        Self { grammar: page.grammar, tokens: &page.tokens[at..at + found.length], elements, page, at }
    }

    /// What the words about the match tell of its side. Few makers ask, so that it is read only then.
    pub(super) fn cue(&self) -> Cue {
        let place = self.at..self.at + self.tokens.len();
        Cue::of(self.grammar, self.page.tokens, place, self.page.sentence(self.at), self.page.text)
    }

    /// Whether day stands before month in figures.
    fn is_day_first(&self) -> bool {
        self.page.day_first
    }

    /// The tokens that the rule took as of `class`.
    fn tokens_of(&self, class: Class) -> impl Iterator<Item = &'g Token> {
        let wanted = Element::Class(class);
        self.elements.iter().zip(self.tokens).filter(move |(e, _)| **e == wanted).map(|(_, token)| token)
    }

    /// The number of the first token of `class`.
    fn get(&self, class: Class) -> Option<i32> {
        self.nth(class, 0)
    }

    /// The number of the nth token of `class`, from 0.
    fn nth(&self, class: Class, nth: usize) -> Option<i32> {
        self.tokens_of(class).nth(nth).map(|token| token.value(&self.grammar.lexicon, class))
    }

    /// The same as a small number.
    fn small(&self, class: Class) -> Option<u8> {
        self.get(class).and_then(|n| u8::try_from(n).ok())
    }

    /// The nth amount in thousandths: `None` inside is "several", and no amount at all is one.
    fn amount(&self, nth: usize) -> Option<u32> {
        if self.tokens_of(Class::Vague).next().is_some() {
            return None;
        }
        match self.tokens_of(Class::Amount).nth(nth) {
            Some(token) if token.word != 0 => {
                u32::try_from(self.grammar.lexicon.entry(token.word).value(Class::Amount)?)
                    .ok()?
                    .checked_mul(1000)
            }
            Some(token) => Some(token.number),
            None => Some(1000),
        }
    }

    /// The nth unit, in the singular or the plural.
    fn unit(&self, nth: usize) -> Option<Unit> {
        let unit = |element: &Element| {
            matches!(
                element,
                Element::Class(
                    Class::Unit | Class::Units | Class::DayAdjective | Class::YearAdjective | Class::Long
                )
            )
        };
        let (element, token) = self.elements.iter().zip(self.tokens).filter(|(e, _)| unit(e)).nth(nth)?;
        let Element::Class(class) = *element else { return None };
        let number = token.value(&self.grammar.lexicon, class);
        Unit::ALL.get(usize::try_from(number).ok()?).copied()
    }

    fn season(&self) -> Option<Season> {
        Season::ALL.get(usize::from(self.small(Class::Season)?)).copied()
    }

    fn part(&self) -> Option<Part> {
        let number = self.small(Class::Part).or_else(|| self.small(Class::Parts))?;
        Part::ALL.get(usize::from(number)).copied()
    }

    /// The year as written, in digits, in words or after an apostrophe.
    fn year(&self) -> Option<i32> {
        self.get(Class::Year).or_else(|| {
            let spelled = self.tokens_of(Class::Amount).next()?.number;
            (1_000_000..=2_999_000).contains(&spelled).then_some((spelled / 1000).cast_signed())
        })
    }

    /// Whether the match itself names a year.
    pub(super) fn names_year(&self) -> bool {
        self.tokens_of(Class::Year).next().is_some()
    }

    fn shift(&self) -> Option<i64> {
        self.get(Class::Shift).map(i64::from)
    }

    /// The modifier that the words of the match name.
    pub(super) fn modifier(&self) -> Option<Modifier> {
        let number = self.get(Class::Edge).or_else(|| self.get(Class::Approx))?;
        Modifier::of_number(number)
    }
}

impl Make {
    /// What the match means, `None` where it turns out to be no expression ("Feb 30") or to lie
    /// in a year that has not four digits.
    pub(super) fn meaning(self, of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
        let meaning = self.any_meaning(of, talk)?;
        let written = !matches!(meaning, Meaning::Fixed(value) if !value.is_written());
        written.then_some(meaning)
    }

    fn any_meaning(self, of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
        let period = |period: Option<Period>| period.map(|p| Meaning::Hangs(Relative::of(p)));
        match self {
            Self::Date | Self::DateRange => dates::date(of, talk),
            Self::DateThatYear => dates::date_that_year(of, talk),
            Self::TextDay => dates::text_day(of, talk),
            Self::DayBeside(days) => dates::day_beside(of, talk, days),
            Self::Known(day) => dates::known(of, day),
            Self::NthWeekday => dates::nth_weekday(of, talk),
            Self::Iso => dates::iso(of),
            Self::Numeric => dates::numeric(of, talk),
            Self::Month => dates::month(of, talk),
            Self::MonthRange => dates::last_month(of, talk),
            Self::MonthOfYear => period(dates::month_of_year(of)),
            Self::Weekday => period(dates::weekday(of)),
            Self::WeekdayOfWeek => period(dates::weekday_of_week(of)),
            Self::Deixis => period(dates::deixis(of)),
            Self::Holiday => dates::holiday(of),
            Self::Unit => period(periods::unit(of)),
            Self::Weekend => period(periods::weekend(of, talk)),
            Self::TextUnit => periods::text_unit(of, talk),
            Self::Within(unit) => talk.within(*Unit::ALL.get(unit)?).map(Meaning::Fixed),
            Self::TextPart => periods::text_part(of, talk),
            Self::TextDeixis => periods::text_deixis(of, talk),
            Self::TextWeekday => periods::text_weekday(of, talk),
            Self::Season => periods::season(of),
            Self::Quarter => periods::quarter(of, talk),
            Self::TextQuarter(years) => periods::text_quarter(years, talk),
            Self::Half => periods::half(of),
            Self::Year => periods::year(of.year().filter(|year| (1500..=2100).contains(year))),
            Self::PresentYear => periods::year(of.year().filter(|year| talk.is_about_now(*year))),
            Self::OldYear => periods::year(of.year()),
            Self::ShortYear => periods::year(of.get(Class::Two).map(|n| periods::full_year(n, talk))),
            Self::Decade => periods::decade(of),
            Self::Century => periods::century(of),
            Self::YearEnd => periods::year_end(of, talk),
            Self::Away(sign) => lengths::away(of, sign),
            Self::DaysAway(sign) => lengths::days_away(of, sign),
            Self::TextAway(sign) => lengths::text_away(of, sign, talk),
            Self::YearAgo => periods::year_ago(of, talk),
            Self::Length => lengths::length(of).map(Meaning::Fixed),
            Self::ReportedMonths => periods::reported_months(of).map(Meaning::Fixed),
            Self::ReportedYear => Some(Meaning::Fixed(Value::Length(Some(1000), Unit::Year))),
            Self::Lengths => lengths::lengths(of).map(Meaning::Fixed),
            Self::OneAndAHalf => lengths::one_and_a_half(of).map(Meaning::Fixed),
            Self::VagueLength => of.unit(0).map(|unit| Meaning::Fixed(lengths::vague(unit))),
            Self::EachWeekday => lengths::each_weekday(of).map(Meaning::Set),
            Self::Each => lengths::each(of).map(Meaning::Set),
            Self::Per => lengths::length(of).map(Meaning::Set),
            Self::Repeat => lengths::repeat(of).map(Meaning::Set),
            Self::EveryYear => Some(Meaning::Set(Value::Length(Some(1000), Unit::Year))),
            Self::EveryQuarter => Some(Meaning::Set(Value::Length(Some(3000), Unit::Month))),
            Self::Clock => clocks::clock(of).map(Meaning::Clock),
            Self::FullClock => clocks::full(of).map(Meaning::Clock),
            Self::Part => of.part().map(|part| Meaning::Clock(Clock::Part(part))),
            Self::MilitaryClock => clocks::military(of).map(Meaning::Clock),
            Self::Noon => clocks::noon(of).map(Meaning::Clock),
            Self::PartOfDay(days) => clocks::part_of_day(of, days),
            Self::TextDays(days) => periods::text_days(talk, days).map(Meaning::Fixed),
            Self::NextPart(days) => periods::next_part(of, talk, days),
            Self::TextSeason => periods::text_season(of, talk),
            Self::HalfLength => of.unit(0).map(|unit| Meaning::Fixed(lengths::half(unit))),
            Self::Then => talk.spoken_of().map(Meaning::Fixed),
            Self::SomeDay => lengths::some_day(of).map(Meaning::Fixed),
            Self::Past => Some(Meaning::Fixed(Value::Past)),
            Self::Present => Some(Meaning::Fixed(Value::Present)),
            Self::Future => Some(Meaning::Fixed(Value::Future)),
        }
    }
}
