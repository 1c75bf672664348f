//! [`Lexicon`]: the words that rules of time are made of, each with its classes and numbers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::Deserialize;

use super::relative::Holiday;

/// A word or phrase of the lexicon; 0 is every other word.
pub(super) type WordId = u16;

/// No word of a rule is longer, so none longer is looked up.
pub(super) const LONGEST: usize = 16;

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident $name:literal,)+) => {
        /// What a token can be in a rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(super) enum Class { $($(#[$doc])* $class,)+ }

        impl Class {
            /// The class of a name in the rule files.
            pub(super) fn of_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$class),)+ _ => None }
            }
        }
    };
}

classes! {
    Month "month", PlainMonth "plain-month", MonthAbbreviation "month-abbreviation",
    Weekday "weekday", Weekdays "weekdays", WeekdayAbbreviation "weekday-abbreviation",
    Season "season", Part "part", Parts "parts", Unit "unit", Units "units",
    Cardinal "cardinal", Amount "amount", Vague "vague", Ordinal "ordinal",
    Shift "shift", TextShift "text-shift", Deixis "deixis", Edge "edge", Approx "approx",
    Zone "zone", Meridiem "meridiem", Noon "noon", DecadeName "decade-name",
    QuarterCode "quarter-code", HalfCode "half-code", Repeat "repeat",
    PastWord "past-word", PresentWord "present-word", FutureWord "future-word",
    Ahead "ahead", Behind "behind", Preposition "preposition", Counted "counted",
    Numbered "numbered", Paper "paper", Holiday "holiday",
    /// A word that starts with a capital and stands in no other class.
    Name "name",
    /// A number from 1 to 31, in one or two digits.
    Day "day",
    /// Such a number with st, nd, rd or th.
    DayTh "dayth",
    /// Four digits, from 1000 to 2999.
    Year "year",
    /// Exactly two digits.
    Two "two",
    /// A number from 1 to 12, in one or two digits.
    MonthNumber "month-number",
    /// A number from 0 to 24, in one or two digits.
    Hour "hour",
    /// "1960s".
    Decade "decade",
    /// "60s".
    ShortDecade "short-decade",
}

impl Class {
    /// The class as a set of classes.
    pub(super) const fn bit(self) -> u64 {
        1 << self as u8
    }
}

/// Mixes short words well enough, eight bytes at a step: a word of the text costs one or two.
#[derive(Clone, Copy, Default)]
pub(super) struct Mix(u64);

impl Mix {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        // A product mixes upwards; the table looks at both ends.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        // Shifted, not copied: to read eight bytes that were just written one by one stalls.
        self.add(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }
}

/// One word with what it can be.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// All of its classes.
    pub(super) classes: u64,
    /// Those it has only with a capital.
    pub(super) capital: u64,
    /// Its number in each class.
    values: Vec<(Class, i32)>,
    /// The phrases that start with it, the longest first: their other words, and the phrase.
    pub(super) phrases: Vec<(Vec<WordId>, WordId)>,
}

impl Entry {
    /// The number that the word has in a class.
    pub(super) fn value(&self, class: Class) -> Option<i32> {
        self.values.iter().find(|(c, _)| *c == class).map(|(_, value)| *value)
    }
}

/// The words, by text and by number.
#[derive(Debug)]
pub(super) struct Lexicon {
    ids: HashMap<Box<[u8]>, WordId, BuildHasherDefault<Mix>>,
    entries: Vec<Entry>,
    holidays: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: Vec<ClassOfWords>,
    holiday: Vec<NamedHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassOfWords {
    name: String,
    #[serde(default)]
    capital: bool,
    words: std::collections::BTreeMap<String, i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedHoliday {
    names: Vec<String>,
    on: Holiday,
}

impl Lexicon {
    /// Reads words.toml.
    pub(super) fn parse(source: &str) -> Self {
        let file: File = toml::from_str(source).expect("words.toml is compiled in and tested");
        let mut lexicon =
            Self { ids: HashMap::default(), entries: vec![Entry::default()], holidays: Vec::new() };
        for of in &file.class {
            let class = Class::of_name(&of.name).unwrap_or_else(|| panic!("no class is called {}", of.name));
            for (words, value) in &of.words {
                lexicon.add(words, class, of.capital, *value);
            }
        }
        for holiday in &file.holiday {
            let number = i32::try_from(lexicon.holidays.len()).expect("there are few holidays");
            lexicon.holidays.push(holiday.on);
            for name in &holiday.names {
                lexicon.add(name, Class::Holiday, true, number);
            }
        }
        for entry in &mut lexicon.entries {
            entry.phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    /// The id of a word of a rule, which becomes known by being asked for.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word.as_bytes()) {
            return *id;
        }
        let id = WordId::try_from(self.entries.len()).expect("there are fewer than 65536 words");
        self.ids.insert(word.as_bytes().into(), id);
        self.entries.push(Entry::default());
        id
    }

    /// The id of a folded word, 0 if no rule knows it.
    pub(super) fn id(&self, word: &[u8]) -> WordId {
        self.ids.get(word).copied().unwrap_or(0)
    }

    /// What a word can be.
    pub(super) fn entry(&self, id: WordId) -> &Entry {
        &self.entries[usize::from(id)]
    }

    /// The holiday of a number of the class.
    pub(super) fn holiday(&self, number: i32) -> Option<Holiday> {
        self.holidays.get(usize::try_from(number).ok()?).copied()
    }

    fn add(&mut self, words: &str, class: Class, capital: bool, value: i32) {
        let id = self.intern(words);
        let entry = &mut self.entries[usize::from(id)];
        entry.classes |= class.bit();
        if capital {
            entry.capital |= class.bit();
        }
        entry.values.push((class, value));
        let parts = split_words(words);
        if parts.len() > 1 {
            let ids: Vec<WordId> = parts.iter().map(|part| self.intern(part)).collect();
            let first = &mut self.entries[usize::from(ids[0])];
            if !first.phrases.iter().any(|(_, phrase)| *phrase == id) {
                first.phrases.push((ids[1..].to_vec(), id));
            }
        }
    }
}

/// The tokens that the scan makes of a phrase: "new year's day" is new, year, 's, day.
fn split_words(phrase: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for word in phrase.split(' ') {
        let (stem, genitive) = word.strip_suffix("'s").map_or((word, None), |stem| (stem, Some("'s")));
        for (number, half) in stem.split('-').enumerate() {
            if number > 0 {
                parts.push("-");
            }
            parts.push(half);
        }
        parts.extend(genitive);
    }
    parts
}
