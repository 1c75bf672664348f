//! The features of a token: templates filled with what the [`Sheet`] says, as hashes.
//!
//! Entry point: [`View`]. Nothing is allocated. The number of a template is part of its hash, so
//! numbers are never used twice, and a change of any template needs new weights.
//!
//! Most features change seldom from one token to the next, so they come in groups, each with all that
//! it depends on: who sums their weights need not sum again what has stayed the same. Where some of
//! a group's depend on less, there are groups of these alone; the order of all is that of training.

use super::facts::Fact;
use super::hash::{both, feature};
use super::sheet::{NONE, Place, Quoted, Sheet, Word, number};

/// What stands where the paragraph has ended.
pub(super) const BEYOND: u32 = 1;

/// No token has more features.
const MOST: usize = 128;

/// Features, in the order in which they were taken.
#[derive(Debug)]
pub(super) struct List {
    features: [u32; MOST],
    count: usize,
}

impl List {
    pub(super) const fn new() -> Self {
        Self { features: [0; MOST], count: 0 }
    }

    pub(super) const fn clear(&mut self) {
        self.count = 0;
    }

    #[inline]
    pub(super) fn features(&self) -> &[u32] {
        &self.features[..self.count]
    }

    /// Takes a feature of the kind `KIND` where features of the kinds `OF` are wanted.
    #[inline]
    fn take_of<const OF: u8, const KIND: u8>(&mut self, feature: u32) {
        if OF & KIND != 0 {
            self.take(feature);
        }
    }

    #[inline]
    fn take(&mut self, feature: u32) {
        self.features[self.count] = feature;
        self.count += 1;
    }
}

/// All that the features of a group depend on, as numbers: where they are the same, so are these.
pub(super) type Key = [u32; 4];

/// Features that stay the same while their key does.
pub(super) struct Group<F: FnOnce(&mut List)> {
    pub(super) key: Key,
    /// Takes the features.
    pub(super) each: F,
}

/// The kinds of features that hang on the letters of a word of the article.
pub(super) const WORDS: u8 = 1;

/// Those that hang on the letters of a word and on how far away it is.
pub(super) const DISTANCE: u8 = 2;

/// Those that hang on no letters: there are few, which come again and again.
pub(super) const SIGNS: u8 = 4;

/// All of them.
pub(super) const ALL: u8 = WORDS | DISTANCE | SIGNS;

/// How far to either side the words count, and how far their looks do.
pub(super) const REACH: usize = 3;
pub(super) const SIGHT: usize = 2;

/// How many words are in reach: a token's own is number [`REACH`] of them.
pub(super) const SLOTS: usize = 2 * REACH + 1;

/// The feature of every token.
pub(super) fn bias(to: &mut List) {
    to.take(feature(1, 0, 0));
}

/// The feature of the word with this hash, or [`BEYOND`], in slot `slot`.
pub(super) fn letters(slot: usize, hash: u32, to: &mut List) {
    to.take(feature(10 + number(slot), hash, 0));
}

/// The features of what a word in slot `slot` looks like and what is known of it.
pub(super) fn looks(slot: usize, word: &Word, to: &mut List) {
    let slot = number(slot);
    to.take(feature(20 + slot, word.shape, 0));
    to.take(feature(30 + slot, word.quoted as u32, 0));
    if word.cue > 0 {
        to.take(feature(40 + slot, u32::from(word.cue), 0));
    }
    if word.source > 0 {
        to.take(feature(50 + slot, u32::from(word.source), 0));
    }
    if word.facts.0 != 0 {
        to.take(feature(60 + slot, u32::from(word.facts.0), 0));
    }
}

/// The features of the pieces of a token's own word.
pub(super) fn pieces(word: &Word, to: &mut List) {
    to.take(feature(75, word.stem, 0));
    if word.parts[0] != 0 {
        for (slot, part) in (0..).zip(word.parts) {
            to.take(feature(76 + slot, part, 0));
        }
    }
}

/// One token and what it sees.
#[derive(Clone, Copy)]
pub(super) struct View<'s> {
    sheet: &'s Sheet,
    at: usize,
    place: &'s Place,
    word: &'s Word,
}

impl<'s> View<'s> {
    pub(super) fn of(sheet: &'s Sheet, at: usize) -> Self {
        Self { sheet, at, place: &sheet.places[at], word: &sheet.words[at] }
    }

    /// Takes every feature, in the order that training has always had.
    pub(super) fn each(&self, to: &mut List) {
        bias(to);
        for slot in 0..SLOTS {
            let word = self.slot(slot).map(|at| &self.sheet.words[at]);
            letters(slot, word.map_or(BEYOND, |w| w.hash), to);
            if let Some(word) = word.filter(|_| slot.abs_diff(REACH) <= SIGHT) {
                looks(slot, word, to);
            }
        }
        self.pairs(to);
        pieces(self.word, to);
        (self.signs().each)(to);
        (self.edges().each)(to);
        (self.sentence().each)(to);
        (self.setting().each)(to);
        self.left::<ALL>(to);
        self.right::<ALL>(to);
        (self.marks().each)(to);
        (self.quotation().each)(to);
        self.pronoun(to);
        self.capitals::<ALL>(to);
        (self.ruled().each)(to);
        self.part::<ALL>(to);
        self.beside::<ALL>(to);
    }

    /// The token in slot `slot`, where that is still in the paragraph.
    #[inline]
    pub(super) fn slot(&self, slot: usize) -> Option<usize> {
        let at = (self.at + slot).checked_sub(REACH)?;
        let (start, end) = self.place.paragraph;
        (at >= start as usize && at < end as usize).then_some(at)
    }

    /// The word `offset` tokens away in the paragraph.
    #[inline]
    fn near(&self, offset: isize) -> Option<&'s Word> {
        self.slot(REACH.checked_add_signed(offset)?).map(|at| &self.sheet.words[at])
    }

    fn hash(&self, offset: isize) -> u32 {
        self.near(offset).map_or(BEYOND, |w| w.hash)
    }

    fn word(&self, at: u32) -> &'s Word {
        &self.sheet.words[at as usize]
    }

    /// The word at `at` where that is still in the paragraph.
    fn within(&self, at: u32) -> Option<&'s Word> {
        (at < self.place.paragraph.1).then(|| self.word(at))
    }

    /// Whether the sentence is the first of its paragraph.
    fn first(&self) -> u32 {
        u32::from(self.place.sentence.0 == self.place.paragraph.0)
    }

    /// The words around in pairs: hardly any two tokens have the same.
    pub(super) fn pairs(&self, to: &mut List) {
        let (here, next, before) = (self.word.hash, self.hash(1), self.hash(-1));
        to.take(feature(70, before, here));
        to.take(feature(71, here, next));
        to.take(feature(72, before, next));
        to.take(feature(73, self.hash(-2), before));
        to.take(feature(74, next, self.hash(2)));
    }

    /// What the word lists and the quotation marks say of the words around.
    pub(super) fn signs(&self) -> Group<impl FnOnce(&mut List)> {
        let facts = [-1, 0, 1].map(|offset| self.near(offset).map_or(u32::MAX, |w| u32::from(w.facts.0)));
        let [before, here, next] = [-1, 0, 1].map(|offset| self.near(offset).map_or(9, |w| w.quoted as u32));
        let quoted = before * 100 + here * 10 + next;
        let each = move |to: &mut List| {
            to.take(feature(80, facts[0], facts[1]));
            to.take(feature(81, facts[1], facts[2]));
            to.take(feature(82, both(facts[0], facts[1]), facts[2]));
            to.take(feature(83, quoted, 0));
        };
        Group { key: [facts[0], facts[1], facts[2], quoted], each }
    }

    /// How near the ends of sentence and paragraph are.
    pub(super) fn edges(&self) -> Group<impl FnOnce(&mut List)> {
        let (at, first) = (number(self.at), self.first());
        let ((start, end), (from, to)) = (self.place.sentence, self.place.paragraph);
        let ends = ((at - start).min(2), (end - at - 1).min(2));
        let paragraph = (at - from).min(1) * 2 + (to - at - 1).min(1);
        let each = move |to: &mut List| {
            to.take(feature(90, ends.0, ends.1));
            to.take(feature(91, paragraph, first));
        };
        Group { key: [ends.0, ends.1, paragraph, first], each }
    }

    /// What the sentence begins and ends with, and what its paragraph is made of.
    pub(super) fn sentence(&self) -> Group<impl FnOnce(&mut List)> {
        let ((start, end), (from, _)) = (self.place.sentence, self.place.paragraph);
        let around = self.place.around;
        let each = move |to: &mut List| {
            let (opening, closing) = (self.word(start), self.word(end - 1));
            to.take(feature(92, opening.hash, 0));
            to.take(feature(93, opening.shape, self.first()));
            let opens = u32::from(self.word(from).quoted == Quoted::Opening);
            to.take(feature(94, opens, opening.quoted as u32));
            to.take(feature(95, closing.hash, 0));
            to.take(feature(96, around, 0));
        };
        Group { key: [start, end, from, around], each }
    }

    /// What paragraph and sentence are made of, seen from in or outside the quotation marks.
    pub(super) fn setting(&self) -> Group<impl FnOnce(&mut List)> {
        let Place { around, inside, .. } = *self.place;
        let (quoted, first) = (self.word.quoted as u32, self.first());
        let each = move |to: &mut List| {
            to.take(feature(97, around, quoted * 2 + first));
            to.take(feature(98, inside, quoted));
        };
        Group { key: [around, inside, quoted, first], each }
    }

    /// The nearest likely verb of saying before: with the commas behind it a feature of its [`WORDS`],
    /// with how far it is one of their [`DISTANCE`], without its letters a [`SIGNS`].
    fn left<const OF: u8>(&self, to: &mut List) {
        let Place { left, commas, .. } = *self.place;
        let (quoted, commas, far) = (self.word.quoted as u32, u32::from(commas), self.far_left());
        if left == NONE {
            return to.take_of::<OF, SIGNS>(feature(100, quoted, 0));
        }
        let verb = self.word(left);
        let behind = self.within(left + 1).map_or(BEYOND, |w| w.hash);
        to.take_of::<OF, WORDS>(feature(101, verb.hash, 0));
        to.take_of::<OF, SIGNS>(feature(102, far, quoted));
        to.take_of::<OF, WORDS>(feature(103, verb.hash, behind));
        to.take_of::<OF, SIGNS>(feature(104, commas, quoted));
        to.take_of::<OF, WORDS>(feature(105, verb.hash, commas));
        to.take_of::<OF, DISTANCE>(feature(106, verb.stem, far));
    }

    fn far_left(&self) -> u32 {
        let left = self.place.left;
        if left == NONE { NONE } else { distance(number(self.at) - left) }
    }

    pub(super) fn left_words(&self) -> Group<impl FnOnce(&mut List)> {
        let Place { left, commas, .. } = *self.place;
        Group { key: [left, u32::from(commas), 0, 0], each: |to: &mut List| self.left::<WORDS>(to) }
    }

    pub(super) fn left_distance(&self) -> Group<impl FnOnce(&mut List)> {
        let key = [self.place.left, self.far_left(), 0, 0];
        Group { key, each: |to: &mut List| self.left::<DISTANCE>(to) }
    }

    pub(super) fn left_signs(&self) -> Group<impl FnOnce(&mut List)> {
        let commas = if self.place.left == NONE { 0 } else { u32::from(self.place.commas) };
        let key = [self.far_left(), commas, self.word.quoted as u32, 0];
        Group { key, each: |to: &mut List| self.left::<SIGNS>(to) }
    }

    /// The nearest likely verb of saying behind, and on which sides there are any.
    fn right<const OF: u8>(&self, to: &mut List) {
        let (quoted, right) = (self.word.quoted as u32, self.place.right);
        if right == NONE {
            to.take_of::<OF, SIGNS>(feature(110, quoted, 0));
        } else {
            let verb = self.word(right);
            let behind = self.within(right + 1).map_or(BEYOND, |w| w.hash);
            to.take_of::<OF, WORDS>(feature(111, verb.hash, 0));
            to.take_of::<OF, SIGNS>(feature(112, self.far_right(), quoted));
            to.take_of::<OF, WORDS>(feature(113, verb.hash, behind));
            // Itself, where it stands right before the verb.
            to.take_of::<OF, WORDS>(feature(114, verb.hash, self.word(right - 1).hash));
        }
        to.take_of::<OF, SIGNS>(feature(115, self.sides(), quoted));
    }

    fn far_right(&self) -> u32 {
        let right = self.place.right;
        if right == NONE { NONE } else { distance(right - number(self.at)) }
    }

    fn sides(&self) -> u32 {
        let Place { left, right, .. } = *self.place;
        u32::from(left != NONE) * 4 + u32::from(right != NONE) * 2 + u32::from(self.word.verb)
    }

    pub(super) fn right_words(&self) -> Group<impl FnOnce(&mut List)> {
        Group { key: [self.place.right, 0, 0, 0], each: |to: &mut List| self.right::<WORDS>(to) }
    }

    pub(super) fn right_signs(&self) -> Group<impl FnOnce(&mut List)> {
        let key = [self.far_right(), self.sides(), self.word.quoted as u32, 0];
        Group { key, each: |to: &mut List| self.right::<SIGNS>(to) }
    }

    /// The quotation marks around.
    pub(super) fn marks(&self) -> Group<impl FnOnce(&mut List)> {
        let Place { closed, opens, .. } = *self.place;
        let sides = u32::from(closed != NONE) * 2 + u32::from(opens != NONE);
        let (closed, opens, quoted) = (distance(closed), distance(opens), self.word.quoted as u32);
        let each = move |to: &mut List| {
            to.take(feature(120, closed, 0));
            to.take(feature(121, opens, 0));
            to.take(feature(122, sides, quoted));
        };
        Group { key: [closed, opens, sides, quoted], each }
    }

    /// The quotation that the token stands in.
    pub(super) fn quotation(&self) -> Group<impl FnOnce(&mut List)> {
        let Place { quotation: (first, last), paragraph: (from, end), sentence, .. } = *self.place;
        let outside = self.word.quoted == Quoted::Outside;
        let starts = u32::from(first == sentence.0);
        let each = move |to: &mut List| {
            if outside {
                return;
            }
            let before = if first > from { self.word(first - 1).hash } else { BEYOND };
            let behind = self.within(last + 1).map_or(BEYOND, |w| w.hash);
            let ending = if last > first { self.word(last - 1).hash } else { BEYOND };
            let (opens, closes) = (u32::from(first == from), u32::from(last + 1 == end));
            let length = distance(last - first);
            to.take(feature(123, before, 0));
            to.take(feature(124, behind, 0));
            to.take(feature(125, length, opens * 2 + closes));
            to.take(feature(126, before, behind));
            to.take(feature(127, ending, u32::from(behind == BEYOND)));
            to.take(feature(128, length, starts));
        };
        Group { key: if outside { [NONE; 4] } else { [first, last, from, starts] }, each }
    }

    /// A pronoun with the word behind it.
    pub(super) fn pronoun(&self, to: &mut List) {
        if self.word.facts.has(Fact::Pronoun) {
            to.take(feature(130, self.word.hash, self.hash(1)));
        }
    }

    /// The run of capitals that the token stands in.
    fn capitals<const OF: u8>(&self, to: &mut List) {
        if !self.word.capital {
            return;
        }
        let [length, starts, cues, facts] = self.run();
        let ((first, end), from) = (self.place.capitals, self.place.paragraph.0);
        let before = if first > from { Some(self.word(first - 1)) } else { None };
        let hash = |word: Option<&Word>| word.map_or(BEYOND, |w| w.hash);
        to.take_of::<OF, SIGNS>(feature(131, length, starts));
        to.take_of::<OF, WORDS>(feature(132, hash(self.within(end)), 0));
        to.take_of::<OF, WORDS>(feature(133, hash(before), 0));
        to.take_of::<OF, SIGNS>(feature(134, cues >> 16, cues & 0xffff));
        to.take_of::<OF, SIGNS>(feature(135, facts, 0));
    }

    /// The length of the run, whether it starts the sentence, how often the words behind and before it
    /// are cues, and what is known of the one behind.
    fn run(&self) -> Key {
        let ((first, end), from) = (self.place.capitals, self.place.paragraph.0);
        let before = if first > from { Some(self.word(first - 1)) } else { None };
        let behind = self.within(end);
        let cue = |word: Option<&Word>| word.map_or(0, |w| u32::from(w.cue));
        let starts = u32::from(first == self.place.sentence.0);
        let facts = behind.map_or(0, |w| u32::from(w.facts.0));
        [(end - first).min(4), starts, cue(behind) << 16 | cue(before), facts]
    }

    pub(super) fn capitals_words(&self) -> Group<impl FnOnce(&mut List)> {
        let Place { capitals: (first, end), paragraph: (from, _), .. } = *self.place;
        let key = if self.word.capital { [first, end, from, 0] } else { [NONE; 4] };
        Group { key, each: |to: &mut List| self.capitals::<WORDS>(to) }
    }

    pub(super) fn capitals_signs(&self) -> Group<impl FnOnce(&mut List)> {
        let key = if self.word.capital { self.run() } else { [NONE; 4] };
        Group { key, each: |to: &mut List| self.capitals::<SIGNS>(to) }
    }

    fn ruled_at(&self, offset: isize) -> u32 {
        self.near(offset).map_or(9, |w| u32::from(w.ruled))
    }

    /// What the rules have made of the token and its neighbours.
    pub(super) fn ruled(&self) -> Group<impl FnOnce(&mut List)> {
        let [far, before, here, next, farther] = [-2, -1, 0, 1, 2].map(|offset| self.ruled_at(offset));
        let quoted = self.word.quoted as u32;
        let near = before * 100 + here * 10 + next;
        let each = move |to: &mut List| {
            to.take(feature(140, near, 0));
            to.take(feature(141, near, quoted));
            to.take(feature(142, far * 100 + before * 10 + here, farther));
        };
        Group { key: [near, far, farther, quoted], each }
    }

    /// A word that the rules have made a part of an attribution.
    pub(super) fn part<const OF: u8>(&self, to: &mut List) {
        let here = u32::from(self.word.ruled);
        if here != 0 {
            to.take_of::<OF, WORDS>(feature(143, here, self.word.hash));
            to.take_of::<OF, SIGNS>(feature(144, here, u32::from(self.word.facts.0)));
        }
    }

    /// What the rules have made of the verbs of saying on either side.
    fn beside<const OF: u8>(&self, to: &mut List) {
        let [left, right, here, quoted] = self.made();
        if left != NONE {
            to.take_of::<OF, SIGNS>(feature(145, left * 10 + here, quoted));
            to.take_of::<OF, WORDS>(feature(146, left * 10 + here, self.word(self.place.left).hash));
        }
        if right != NONE {
            to.take_of::<OF, SIGNS>(feature(147, right * 10 + here, quoted));
        }
    }

    /// What the rules have made of the verbs and of the token, and how it stands to quotation marks.
    fn made(&self) -> Key {
        let Place { left, right, .. } = *self.place;
        let ruled = |at: u32| if at == NONE { NONE } else { u32::from(self.word(at).ruled) };
        [ruled(left), ruled(right), u32::from(self.word.ruled), self.word.quoted as u32]
    }

    pub(super) fn beside_words(&self) -> Group<impl FnOnce(&mut List)> {
        let key = [self.place.left, u32::from(self.word.ruled), 0, 0];
        Group { key, each: |to: &mut List| self.beside::<WORDS>(to) }
    }

    pub(super) fn beside_signs(&self) -> Group<impl FnOnce(&mut List)> {
        let each = |to: &mut List| {
            self.beside::<SIGNS>(to);
            self.part::<SIGNS>(to);
        };
        let [left, right, here, quoted] = self.made();
        // What is known of a word counts where it is a part.
        let facts = if here == 0 { 0 } else { u32::from(self.word.facts.0) };
        Group { key: [left, right, here << 16 | facts, quoted], each }
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
