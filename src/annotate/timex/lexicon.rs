//! [`Lexicon`]: the words that rules of time are made of, each with its classes and numbers.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::relative::Holiday;
use crate::text::mix::MixMap;

/// A word or phrase of the lexicon; 0 is every other word.
pub(super) type WordId = u16;

/// No word of a rule is longer, so none longer is looked up.
pub(super) const LONGEST: usize = 32;

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
    Ahead "ahead", Behind "behind", Undone "undone", Modal "modal", Bound "bound", Ended "ended", Ending "ending", Participial "participial", Festive "festive", Infinitive "infinitive", Present "present", Arranged "arranged", Preposition "preposition", Counted "counted",
    Numbered "numbered", Paper "paper", Holiday "holiday",
    DayAdjective "day-adjective", YearAdjective "year-adjective", AndAHalf "and-a-half",
    Long "long", TextDeixis "text-deixis",
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

/// One word with what it can be.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// All of its classes.
    pub(super) classes: u64,
    /// Those it has only with a capital.
    pub(super) capital: u64,
    /// Those it has only without one, but at the head of a sentence.
    pub(super) lower: u64,
    /// Its number in each class.
    values: Vec<(Class, i32)>,
    /// The phrases that start with it, by their second word, the longest first: their other words,
    /// and the phrase.
    phrases: Vec<(Vec<WordId>, WordId)>,
    /// The words that it is a compound of.
    pub(super) parts: Vec<WordId>,
}

impl Entry {
    /// The phrases that start with the word and have `second` behind it, the longest first.
    pub(super) fn phrases(&self, second: WordId) -> &[(Vec<WordId>, WordId)] {
        let from = self.phrases.partition_point(|(rest, _)| rest[0] < second);
        let to = from + self.phrases[from..].partition_point(|(rest, _)| rest[0] == second);
        &self.phrases[from..to]
    }

    /// The number that the word has in a class.
    pub(super) fn value(&self, class: Class) -> Option<i32> {
        self.values.iter().find(|(c, _)| *c == class).map(|(_, value)| *value)
    }
}

/// The words, by text and by number.
#[derive(Debug)]
pub(super) struct Lexicon {
    ids: MixMap<Box<[u8]>, WordId>,
    entries: Vec<Entry>,
    holidays: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: Vec<ClassOfWords>,
    holiday: Vec<NamedHoliday>,
    #[serde(default)]
    compounds: Vec<Compounds>,
    /// Compounds by word, each with the words that it stands for.
    #[serde(default)]
    compound: BTreeMap<String, String>,
}

/// Every word of some classes written together with every word of some others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Compounds {
    heads: Vec<String>,
    tails: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassOfWords {
    name: String,
    #[serde(default)]
    capital: bool,
    #[serde(default)]
    lower: bool,
    /// What each word may end in; nothing but itself where none is given.
    #[serde(default)]
    endings: Vec<String>,
    words: BTreeMap<String, i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedHoliday {
    names: Vec<String>,
    #[serde(default = "yes")]
    capital: bool,
    on: Holiday,
}

impl ClassOfWords {
    /// Every form of every word, with its number.
    fn forms(&self) -> Vec<(String, i32)> {
        let none = [String::new()];
        let endings = if self.endings.is_empty() { &none[..] } else { &self.endings[..] };
        let forms = self
            .words
            .iter()
            .flat_map(|(word, value)| endings.iter().map(move |ending| (format!("{word}{ending}"), *value)));
        forms.collect()
    }
}

fn yes() -> bool {
    true
}

impl Lexicon {
    /// Reads words.toml; `genitive` is the ending that makes a token of its own.
    pub(super) fn parse(source: &str, genitive: Option<&str>) -> Self {
        let file: File = toml::from_str(source).expect("words.toml is compiled in and tested");
        let mut lexicon =
            Self { ids: MixMap::default(), entries: vec![Entry::default()], holidays: Vec::new() };
        for of in &file.class {
            let class = Class::of_name(&of.name).unwrap_or_else(|| panic!("no class is called {}", of.name));
            for (words, value) in of.forms() {
                let id = lexicon.add(&words, class, value, genitive);
                let entry = &mut lexicon.entries[usize::from(id)];
                entry.capital |= if of.capital { class.bit() } else { 0 };
                entry.lower |= if of.lower { class.bit() } else { 0 };
            }
        }
        for holiday in &file.holiday {
            let number = i32::try_from(lexicon.holidays.len()).expect("there are few holidays");
            lexicon.holidays.push(holiday.on);
            for name in &holiday.names {
                let id = lexicon.add(name, Class::Holiday, number, genitive);
                lexicon.entries[usize::from(id)].capital |=
                    if holiday.capital { Class::Holiday.bit() } else { 0 };
            }
        }
        lexicon.compound(&file);
        for entry in &mut lexicon.entries {
            entry.phrases.sort_by_key(|(rest, _)| (rest[0], std::cmp::Reverse(rest.len())));
        }
        lexicon
    }

    /// The id of a word of a rule, which becomes known by being asked for.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word.as_bytes()) {
            return *id;
        }
        assert!(
            word.len() <= LONGEST || word.contains([' ', '-']),
            "`{word}` is longer than what is looked up"
        );
        let id = WordId::try_from(self.entries.len()).expect("there are fewer than 65536 words");
        self.ids.insert(word.as_bytes().into(), id);
        self.entries.push(Entry::default());
        id
    }

    /// The id of a folded word, 0 if no rule knows it.
    pub(super) fn id(&self, word: &[u8]) -> WordId {
        self.ids.get(word).copied().unwrap_or(0)
    }

    /// How many words it knows, and one for every other.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// What a word can be.
    pub(super) fn entry(&self, id: WordId) -> &Entry {
        &self.entries[usize::from(id)]
    }

    /// The holiday of a number of the class.
    pub(super) fn holiday(&self, number: i32) -> Option<Holiday> {
        self.holidays.get(usize::try_from(number).ok()?).copied()
    }

    /// Makes `words` one of `class`; gives its id.
    fn add(&mut self, words: &str, class: Class, value: i32, genitive: Option<&str>) -> WordId {
        let id = self.intern(words);
        let entry = &mut self.entries[usize::from(id)];
        entry.classes |= class.bit();
        entry.values.push((class, value));
        let parts = split_words(words, genitive);
        if parts.len() > 1 {
            let ids: Vec<WordId> = parts.iter().map(|part| self.intern(part)).collect();
            let first = &mut self.entries[usize::from(ids[0])];
            if !first.phrases.iter().any(|(_, phrase)| *phrase == id) {
                first.phrases.push((ids[1..].to_vec(), id));
            }
        }
        id
    }

    /// Makes the compounds of the file known.
    fn compound(&mut self, file: &File) {
        let words = |classes: &[String]| -> Vec<String> {
            let named = |of: &&ClassOfWords| classes.contains(&of.name);
            let words = file.class.iter().filter(named).flat_map(ClassOfWords::forms).map(|(word, _)| word);
            words.filter(|word| !word.contains([' ', '-'])).collect()
        };
        for of in &file.compounds {
            let tails = words(&of.tails);
            for head in words(&of.heads) {
                for tail in &tails {
                    self.join(&format!("{head}{tail}"), &[head.as_str(), tail.as_str()]);
                }
            }
        }
        for (word, parts) in &file.compound {
            self.join(word, &parts.split(' ').collect::<Vec<_>>());
        }
    }

    fn join(&mut self, word: &str, parts: &[&str]) {
        let parts = parts.iter().map(|part| self.intern(part)).collect();
        let id = self.intern(word);
        self.entries[usize::from(id)].parts = parts;
    }
}

/// The tokens that the scan makes of a phrase: "new year's day" is new, year, 's, day.
fn split_words<'p>(phrase: &'p str, genitive: Option<&'p str>) -> Vec<&'p str> {
    let mut parts = Vec::new();
    for word in phrase.split(' ') {
        let stem = genitive.and_then(|ending| word.strip_suffix(ending));
        let (stem, genitive) = stem.map_or((word, None), |stem| (stem, genitive));
        for (number, half) in stem.split('-').enumerate() {
            if number > 0 {
                parts.push("-");
            }
            parts.extend(Some(half).filter(|half| !half.is_empty()));
        }
        parts.extend(genitive);
    }
    parts
}
