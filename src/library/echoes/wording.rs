//! Whether two wordings are one: [`compare`].

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::fold;

use super::LONG;

/// The most edits that are looked for, whatever the length.
const MOST_EDITS: usize = 12;
/// What stands for an edit that may not be.
const NEVER: usize = usize::MAX / 4;

/// Words that turn or measure what is said, folded. Wordings that differ in one of them are two.
///
/// Contractions leave a "t" behind ("don’t" is "don t").
const DECISIVE: &[&str] = &[
    "not",
    "no",
    "t",
    "cannot",
    "never",
    "none",
    "nor",
    "neither",
    "nobody",
    "nothing",
    "nowhere",
    "without",
    "hardly",
    "barely",
    "against",
    "yes",
    "only",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "dozen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "half",
    "twice",
    "double",
    "first",
    "second",
    "third",
    "more",
    "less",
    "fewer",
    "most",
    "least",
    "all",
    "before",
    "after",
    "until",
    "above",
    "below",
    "under",
    "up",
    "down",
    "yesterday",
    "today",
    "tomorrow",
    "if",
    "unless",
    "last",
    "next",
];

/// The same, to be looked up in.
static IS_DECISIVE: LazyLock<HashSet<&str>> = LazyLock::new(|| DECISIVE.iter().copied().collect());

/// Endings in which forms and spellings of one word differ.
const ENDINGS: &[&str] =
    &["", "s", "es", "e", "ed", "d", "ing", "ise", "ize", "ised", "ized", "ising", "izing"];
/// The same for names as agencies write them.
const NAME_ENDINGS: &[&str] = &["", "s", "y", "i", "j", "yy", "iy", "ii", "ij"];

/// What a word may suffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    /// To be dropped or replaced.
    Common,
    /// To be spelled differently.
    Name,
    /// Nothing.
    Decisive,
}

/// One word, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    folded: String,
    weight: Weight,
}

/// How the shorter of two wordings stands to the longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// It is a part of it, word for word.
    Inside,
    /// It is it, or a part of it, but for a few words that decide nothing.
    Near,
}

/// The words of a text. A capital letter inside a sentence makes a name.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut opens = true;
    for piece in text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/')) {
        let capital = piece.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let folded = fold::words(piece);
        for word in folded.split(' ').filter(|w| !w.is_empty()) {
            let weight = if IS_DECISIVE.contains(word) || word.contains(|c: char| c.is_numeric()) {
                Weight::Decisive
            } else if capital && !opens && !folded.starts_with("i ") && folded != "i" {
                Weight::Name
            } else {
                Weight::Common
            };
            out.push(Word { folded: word.to_owned(), weight });
        }
        if !piece.is_empty() {
            let end = piece.trim_end_matches(['”', '"', '’', '\'', '»', ')']);
            opens = end.ends_with(['.', '!', '?', ':', '…']) || (opens && folded.is_empty());
        }
    }
    out
}

/// How many edits leave a wording of so many words what it is. So few always leave [`ROW`] words in a
/// row.
///
/// [`ROW`]: super::wordings::ROW
fn allowed(words: usize) -> usize {
    if words < LONG { 0 } else { ((words - 4) / 4).min(MOST_EDITS) }
}

/// Whether `short` is `long` or a part of it, the words at `i` there lying about `i + diagonal` here;
/// `None` where it is neither. A word dropped, added or in another form is one edit, a word replaced
/// is two. Costs the length times the number of edits allowed.
pub(super) fn compare(short: &[Word], long: &[Word], diagonal: isize) -> Option<Likeness> {
    let allowed = allowed(short.len());
    // Words of the longer one that are too far away cost nothing, either.
    let start = (diagonal - allowed.cast_signed()).max(0).cast_unsigned().min(long.len());
    let end = (short.len() + allowed).cast_signed() + diagonal;
    let end = end.max(0).cast_unsigned().clamp(start, long.len());
    let (long, diagonal) = (&long[start..end], diagonal - start.cast_signed());
    let band = |row: usize| {
        let middle = row.cast_signed() + diagonal;
        let from = (middle - allowed.cast_signed()).max(0).cast_unsigned();
        let to = (middle + allowed.cast_signed()).min(long.len().cast_signed());
        (from, to.max(-1))
    };
    let mut above = vec![NEVER; long.len() + 1];
    let mut row = above.clone();
    // What the longer one has before and behind costs nothing.
    let (from, to) = band(0);
    for cell in above.iter_mut().take((to + 1).cast_unsigned()).skip(from) {
        *cell = 0;
    }
    for (index, word) in short.iter().enumerate() {
        let (from, to) = band(index + 1);
        if from.cast_signed() > to {
            return None;
        }
        if from > 0 {
            row[from - 1] = NEVER;
        }
        for at in from..=to.cast_unsigned() {
            let kept = if at == 0 { NEVER } else { above[at - 1] + replaced(word, &long[at - 1]) };
            let added = if at == from { NEVER } else { row[at - 1] + dropped(&long[at - 1]) };
            row[at] = kept.min(added).min(above[at] + dropped(word)).min(NEVER);
        }
        std::mem::swap(&mut above, &mut row);
    }
    let (from, to) = band(short.len());
    let least = above[from.min(long.len())..=to.max(0).cast_unsigned()].iter().min().copied()?;
    match least {
        0 => Some(Likeness::Inside),
        edits if edits <= allowed => Some(Likeness::Near),
        _ => None,
    }
}

fn dropped(word: &Word) -> usize {
    if word.weight == Weight::Common { 1 } else { NEVER }
}

fn replaced(one: &Word, other: &Word) -> usize {
    if one.folded == other.folded {
        return 0;
    }
    match (one.weight, other.weight) {
        (Weight::Decisive, _) | (_, Weight::Decisive) => NEVER,
        (Weight::Common, Weight::Common) if alike(one, other, ENDINGS) => 1,
        (Weight::Common, Weight::Common) => 2,
        _ if alike(one, other, NAME_ENDINGS) => 1,
        _ => NEVER,
    }
}

/// Whether two words are one but for their endings.
fn alike(one: &Word, other: &Word, endings: &[&str]) -> bool {
    let (one, other) = (one.folded.as_str(), other.folded.as_str());
    let shared: usize =
        one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let split = |stem: usize| endings.contains(&&one[stem..]) && endings.contains(&&other[stem..]);
    // "decide" and "deciding" part behind the d, "organise" and "organize" before the ending.
    one[..shared].char_indices().map(|(at, c)| at + c.len_utf8()).skip(2).any(split)
}

#[cfg(test)]
mod tests {
    use super::super::wordings::ROW;
    use super::*;

    /// `compare` with the diagonal that the first shared row of words gives.
    fn likeness(one: &str, other: &str) -> Option<Likeness> {
        let (mut short, mut long) = (words(one), words(other));
        if short.len() > long.len() {
            std::mem::swap(&mut short, &mut long);
        }
        let starts = |words: &[Word]| 0..(words.len() + 1).saturating_sub(ROW);
        let same = |a: usize, b: usize| (0..ROW).all(|i| short[a + i].folded == long[b + i].folded);
        let mut diagonals = starts(&short).flat_map(|a| starts(&long).map(move |b| (a, b)));
        let shared = diagonals.find(|(a, b)| same(*a, *b))?;
        compare(&short, &long, shared.1.cast_signed() - shared.0.cast_signed())
    }

    #[test]
    fn a_few_words_may_differ_and_none_that_decides() {
        let near = Some(Likeness::Near);
        for (one, other, expected) in [
            // Equal, but for case, marks and accents.
            ("“The Café stays open on Sundays,”", "the cafe stays open on Sundays!", Some(Likeness::Inside)),
            // A part, word for word.
            (
                "“stays open on Sundays for all”",
                "“The café stays open on Sundays for all of us.”",
                Some(Likeness::Inside),
            ),
            // A dropped word, another form, another spelling of a name.
            (
                "the old bridge will simply be rebuilt in stone",
                "the old bridge will be rebuilt in stone",
                near,
            ),
            ("the bridge will simply be rebuilt in stone", "the bridge will be rebuilt in stone", None),
            (
                "the old bridge will very simply be rebuilt in stone",
                "the old bridge will simply be rebuilt in stone",
                near,
            ),
            (
                "we have told Mr Zelenko that the bridge is ours",
                "we have told Mr Zelenkoy that the bridge is ours",
                near,
            ),
            (
                "we will organise a fair for the children of the valley",
                "we will organize a fair for the children of the valley",
                near,
            ),
            // One word in twelve or more replaced; not one in eight.
            (
                "the old bridge will be rebuilt in stone as soon as the river falls",
                "the old bridge will be rebuilt in stone as quickly as the river falls",
                near,
            ),
            (
                "the old bridge will be rebuilt in stone here",
                "the old bridge will be rebuilt in wood here",
                None,
            ),
            // What decides: a negation, a number, a name.
            (
                "the old bridge will be rebuilt in stone as soon as the river falls",
                "the old bridge will not be rebuilt in stone as soon as the river falls",
                None,
            ),
            (
                "the old bridge will cost the valley 20 million crowns and three years of work",
                "the old bridge will cost the valley 30 million crowns and three years of work",
                None,
            ),
            (
                "I have asked the engineer Anna to rebuild the old bridge as soon as she can",
                "I have asked the engineer Berta to rebuild the old bridge as soon as she can",
                None,
            ),
            (
                "we do want the bridge to be rebuilt in stone",
                "we don’t want the bridge to be rebuilt in stone",
                None,
            ),
            // Nearly a part of something longer.
            (
                "be rebuilt in stone as soon as the water falls, and nobody shall pay a toll on it",
                "Hear me: the old bridge will be rebuilt in stone as soon as the river falls, and nobody shall \
                 pay a toll on it, not in my lifetime",
                near,
            ),
            // Two statements with one frame.
            (
                "we will build the school in the valley by the spring",
                "we will build the bridge in the valley by the autumn",
                None,
            ),
        ] {
            assert_eq!(likeness(one, other), expected, "{one} / {other}");
            assert_eq!(likeness(other, one), expected, "{other} / {one}");
        }
    }

    #[test]
    fn what_is_nearly_equal_shares_a_row_of_words() {
        for words in LONG..200 {
            // Each edit cuts off at most ROW of the rows.
            assert!(words + 1 - ROW > ROW * allowed(words), "{words}");
        }
    }

    #[test]
    fn words_far_from_the_diagonal_are_no_match_and_no_panic() {
        let (short, long) = (words("one of the old mills is for sale"), words("a b c d e f g h i j"));
        for diagonal in [-40, -9, 0, 2, 9, 40] {
            assert_eq!(compare(&short, &long, diagonal), None);
        }
    }

    #[test]
    fn each_list_of_words_is_folded_and_has_nothing_twice() {
        for list in [DECISIVE, ENDINGS, NAME_ENDINGS] {
            for (index, word) in list.iter().enumerate() {
                assert_eq!(fold::words(word), **word);
                assert!(!list[index + 1..].contains(word), "{word}");
            }
        }
    }
}
