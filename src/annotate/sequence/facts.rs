//! What the word lists know of a word, by its hash: one probe instead of a dozen look-ups.
//!
//! Entry point: [`facts`].

use std::sync::LazyLock;

use super::hash;
use crate::annotate::Act;
use crate::annotate::lexicon::{Lexicon, lexicon};

/// One thing that the word lists may say of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// A form of a verb that makes a statement.
    Says = 0,
    /// A form of a verb that tells a view, or a denial.
    Holds = 1,
    /// A noun of people.
    Role = 2,
    /// A noun of bodies.
    Body = 3,
    /// A noun of texts or polls that speak.
    Text = 4,
    /// An office or courtesy title before a name.
    Title = 5,
    /// A given name.
    Given = 6,
    /// A state or its capital.
    Place = 7,
    /// A personal pronoun that may speak.
    Pronoun = 8,
    /// A comma.
    Comma = 9,
}

/// All that the word lists say of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts(pub(super) u16);

impl Facts {
    pub(super) const fn has(self, fact: Fact) -> bool {
        self.0 >> fact as u16 & 1 == 1
    }
}

/// What the word lists say of the word with this hash.
pub(super) fn facts(word: u32) -> Facts {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(lexicon()));
    TABLE.get(word)
}

/// Open addressing: the words that have facts, and room for as many again.
struct Table {
    slots: Vec<(u32, Facts)>,
}

impl Table {
    fn of(lexicon: &Lexicon) -> Self {
        let mut rows: Vec<(u32, u16)> = vec![(hash::word(b","), 1 << Fact::Comma as u16)];
        let mut add = |word: &str, fact: Fact| rows.push((hash::letters(word), 1 << fact as u16));
        for (word, act) in lexicon.cue_forms() {
            add(word, if act == Act::Statement { Fact::Says } else { Fact::Holds });
        }
        let lists = [
            ("roles", Fact::Role),
            ("bodies", Fact::Body),
            ("body_names", Fact::Body),
            ("documents", Fact::Text),
            ("polls", Fact::Text),
            ("titles", Fact::Title),
            ("places", Fact::Place),
        ];
        for (list, fact) in lists {
            lexicon.list(list).for_each(|word| {
                add(word, fact);
                if matches!(fact, Fact::Role | Fact::Body | Fact::Text) {
                    add(&format!("{word}s"), fact);
                }
            });
        }
        lexicon.honorifics().for_each(|word| add(word, Fact::Title));
        lexicon.given_names().for_each(|word| add(word, Fact::Given));
        for pronoun in ["i", "you", "he", "she", "it", "we", "they", "who", "one"] {
            add(pronoun, Fact::Pronoun);
        }
        rows.sort_unstable();
        rows.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 |= if same { next.1 } else { 0 };
            same
        });
        let mut slots = vec![(0, Facts::default()); (rows.len() * 2).next_power_of_two()];
        for (word, facts) in rows {
            let mut at = word as usize & (slots.len() - 1);
            while slots[at].1 != Facts::default() {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = (word, Facts(facts));
        }
        Self { slots }
    }

    fn get(&self, word: u32) -> Facts {
        let mut at = word as usize & (self.slots.len() - 1);
        loop {
            let (key, facts) = self.slots[at];
            if key == word || facts == Facts::default() {
                return facts;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_found_by_hash() {
        let of = |word: &str| facts(hash::letters(word));
        assert!(of("said").has(Fact::Says) && !of("said").has(Fact::Holds));
        assert!(of("believes").has(Fact::Holds));
        assert!(of("spokeswoman").has(Fact::Role) && of("spokesmen") == Facts::default());
        assert!(of("mr.").has(Fact::Title) && of("report").has(Fact::Text) && of("report").has(Fact::Says));
        assert!(of("she").has(Fact::Pronoun) && of(",").has(Fact::Comma));
        assert_eq!(of("lintel"), Facts::default());
    }
}
