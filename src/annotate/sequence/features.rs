//! The features of a token: templates filled with what the [`Sheet`] says, as hashes.
//!
//! Entry point: [`each`]. Nothing is allocated. The number of a template is part of its hash, so
//! numbers are never used twice, and a change of any template needs new weights.

use super::facts::Fact;
use super::hash::{both, feature};
use super::sheet::{NONE, Place, Quoted, Sheet, Word, number};

/// What stands where the paragraph has ended.
const BEYOND: u32 = 1;

/// No token has more features.
pub(super) const MOST: usize = 128;

/// Calls `take` with each feature of token `at`, at most [`MOST`] times.
pub(super) fn each(sheet: &Sheet, at: usize, mut take: impl FnMut(u32)) {
    let view = View { sheet, at, place: &sheet.places[at], word: &sheet.words[at] };
    take(feature(1, 0, 0));
    view.neighbours(&mut take);
    view.pairs(&mut take);
    view.position(&mut take);
    view.verbs(&mut take);
    view.marks(&mut take);
    view.capitals(&mut take);
    view.ruled(&mut take);
}

/// One token and what it sees.
struct View<'s> {
    sheet: &'s Sheet,
    at: usize,
    place: &'s Place,
    word: &'s Word,
}

impl View<'_> {
    /// The word `offset` tokens away in the paragraph.
    fn near(&self, offset: isize) -> Option<&Word> {
        let at = self.at.checked_add_signed(offset)?;
        let (start, end) = self.place.paragraph;
        (at >= start as usize && at < end as usize).then(|| &self.sheet.words[at])
    }

    fn hash(&self, offset: isize) -> u32 {
        self.near(offset).map_or(BEYOND, |w| w.hash)
    }

    fn of(&self, at: u32) -> &Word {
        &self.sheet.words[at as usize]
    }

    /// The word at `at` where that is still in the paragraph.
    fn within(&self, at: u32) -> Option<&Word> {
        (at < self.place.paragraph.1).then(|| self.of(at))
    }

    /// The words around, each by its distance.
    fn neighbours(&self, take: &mut impl FnMut(u32)) {
        for offset in -3..=3_isize {
            let slot = (offset + 3).unsigned_abs();
            let slot = number(slot);
            take(feature(10 + slot, self.hash(offset), 0));
            let Some(word) = self.near(offset).filter(|_| offset.abs() <= 2) else { continue };
            take(feature(20 + slot, word.shape, 0));
            take(feature(30 + slot, word.quoted as u32, 0));
            if word.cue > 0 {
                take(feature(40 + slot, u32::from(word.cue), 0));
            }
            if word.source > 0 {
                take(feature(50 + slot, u32::from(word.source), 0));
            }
            if word.facts.0 != 0 {
                take(feature(60 + slot, u32::from(word.facts.0), 0));
            }
        }
    }

    /// The words around in pairs, and the pieces of the word itself.
    fn pairs(&self, take: &mut impl FnMut(u32)) {
        let (here, next, before) = (self.word.hash, self.hash(1), self.hash(-1));
        take(feature(70, before, here));
        take(feature(71, here, next));
        take(feature(72, before, next));
        take(feature(73, self.hash(-2), before));
        take(feature(74, next, self.hash(2)));
        take(feature(75, self.word.stem, 0));
        if self.word.parts[0] != 0 {
            for (slot, part) in (0..).zip(self.word.parts) {
                take(feature(76 + slot, part, 0));
            }
        }
        let facts = |offset| self.near(offset).map_or(u32::MAX, |w| u32::from(w.facts.0));
        take(feature(80, facts(-1), facts(0)));
        take(feature(81, facts(0), facts(1)));
        take(feature(82, both(facts(-1), facts(0)), facts(1)));
        let quoted = |offset| self.near(offset).map_or(9, |w| w.quoted as u32);
        take(feature(83, quoted(-1) * 100 + quoted(0) * 10 + quoted(1), 0));
    }

    /// Where in sentence and paragraph, and what these are made of.
    fn position(&self, take: &mut impl FnMut(u32)) {
        let at = number(self.at);
        let ((start, end), (from, to)) = (self.place.sentence, self.place.paragraph);
        let quoted = self.word.quoted as u32;
        let first = u32::from(start == from);
        take(feature(90, (at - start).min(2), (end - at - 1).min(2)));
        take(feature(91, (at - from).min(1) * 2 + (to - at - 1).min(1), first));
        let (opening, closing) = (self.of(start), self.of(end - 1));
        take(feature(92, opening.hash, 0));
        take(feature(93, opening.shape, first));
        let opens = u32::from(self.of(from).quoted == Quoted::Opening);
        take(feature(94, opens, opening.quoted as u32));
        take(feature(95, closing.hash, 0));
        take(feature(96, self.place.around, 0));
        take(feature(97, self.place.around, quoted * 2 + first));
        take(feature(98, self.place.inside, quoted));
    }

    /// The nearest likely verbs of saying on either side.
    fn verbs(&self, take: &mut impl FnMut(u32)) {
        let at = number(self.at);
        let quoted = self.word.quoted as u32;
        let Place { left, right, commas, .. } = *self.place;
        if left == NONE {
            take(feature(100, quoted, 0));
        } else {
            let (verb, far) = (self.of(left), distance(at - left));
            let behind = self.within(left + 1).map_or(BEYOND, |w| w.hash);
            take(feature(101, verb.hash, 0));
            take(feature(102, far, quoted));
            take(feature(103, verb.hash, behind));
            take(feature(104, u32::from(commas), quoted));
            take(feature(105, verb.hash, u32::from(commas)));
            take(feature(106, verb.stem, far));
        }
        if right == NONE {
            take(feature(110, quoted, 0));
        } else {
            let (verb, far) = (self.of(right), distance(right - at));
            let behind = self.within(right + 1).map_or(BEYOND, |w| w.hash);
            take(feature(111, verb.hash, 0));
            take(feature(112, far, quoted));
            take(feature(113, verb.hash, behind));
            // Itself, where it stands right before the verb.
            take(feature(114, verb.hash, self.of(right - 1).hash));
        }
        let sides = u32::from(left != NONE) * 4 + u32::from(right != NONE) * 2 + u32::from(self.word.verb);
        take(feature(115, sides, quoted));
    }

    /// The quotation marks around, and the quotation that the token stands in.
    fn marks(&self, take: &mut impl FnMut(u32)) {
        let Place { closed, opens, quotation: (first, last), paragraph: (from, to), .. } = *self.place;
        take(feature(120, distance(closed), 0));
        take(feature(121, distance(opens), 0));
        take(feature(122, u32::from(closed != NONE) * 2 + u32::from(opens != NONE), self.word.quoted as u32));
        if self.word.quoted == Quoted::Outside {
            return;
        }
        let before = if first > from { self.of(first - 1).hash } else { BEYOND };
        let behind = self.within(last + 1).map_or(BEYOND, |w| w.hash);
        let ending = if last > first { self.of(last - 1).hash } else { BEYOND };
        let (opens, closes) = (u32::from(first == from), u32::from(last + 1 == to));
        let length = distance(last - first);
        take(feature(123, before, 0));
        take(feature(124, behind, 0));
        take(feature(125, length, opens * 2 + closes));
        take(feature(126, before, behind));
        take(feature(127, ending, u32::from(behind == BEYOND)));
        take(feature(128, length, u32::from(first == self.place.sentence.0)));
    }

    /// The run of capitals that the token stands in.
    fn capitals(&self, take: &mut impl FnMut(u32)) {
        if self.word.facts.has(Fact::Pronoun) {
            take(feature(130, self.word.hash, self.hash(1)));
        }
        if !self.word.capital {
            return;
        }
        let (first, end) = self.place.capitals;
        let before = if first > self.place.paragraph.0 { Some(self.of(first - 1)) } else { None };
        let behind = self.within(end);
        take(feature(131, (end - first).min(4), u32::from(first == self.place.sentence.0)));
        take(feature(132, behind.map_or(BEYOND, |w| w.hash), 0));
        take(feature(133, before.map_or(BEYOND, |w| w.hash), 0));
        take(feature(134, behind.map_or(0, |w| u32::from(w.cue)), before.map_or(0, |w| u32::from(w.cue))));
        take(feature(135, behind.map_or(0, |w| u32::from(w.facts.0)), 0));
    }
}

impl View<'_> {
    /// What the rules have made of the token and its neighbours.
    fn ruled(&self, take: &mut impl FnMut(u32)) {
        let ruled = |offset| self.near(offset).map_or(9, |w| u32::from(w.ruled));
        let (before, here, next) = (ruled(-1), ruled(0), ruled(1));
        let quoted = self.word.quoted as u32;
        take(feature(140, before * 100 + here * 10 + next, 0));
        take(feature(141, before * 100 + here * 10 + next, quoted));
        take(feature(142, ruled(-2) * 100 + before * 10 + here, ruled(2)));
        if here != 0 {
            take(feature(143, here, self.word.hash));
            take(feature(144, here, u32::from(self.word.facts.0)));
        }
        if self.place.left != NONE {
            let left = self.of(self.place.left);
            take(feature(145, u32::from(left.ruled) * 10 + here, quoted));
            take(feature(146, u32::from(left.ruled) * 10 + here, left.hash));
        }
        if self.place.right != NONE {
            take(feature(147, u32::from(self.of(self.place.right).ruled) * 10 + here, quoted));
        }
    }
}

/// A distance in tokens, coarser the farther.
const fn distance(tokens: u32) -> u32 {
    match tokens {
        0..=3 => tokens,
        4..=5 => 5,
        6..=8 => 8,
        9..=14 => 14,
        15..=25 => 25,
        NONE => NONE,
        _ => 99,
    }
}
