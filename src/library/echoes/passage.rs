//! The quoted words of statements, equal ones as one [`Class`], and the pairs worth comparing.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::{COMMON, LEAST, Saying};
use crate::annotate::Form;
use crate::library::memory::{Digest, digest};
use crate::library::{Memory, ProfileId};
use crate::text::{fold, quoted};

/// How many words in a row make two wordings worth comparing. What `wording` takes for nearly equal
/// always shares so many.
pub(super) const ROW: usize = 4;
/// How many bytes a word and the blank behind it have at least, on an average.
const SHORTEST: usize = 5;
/// What joins the pieces of a content.
const GAP: &str = " … ";
/// Alignments of one pair that are tried.
const TRIED: usize = 4;

/// One wording: passages with the same folded words.
#[derive(Debug)]
pub(super) struct Class {
    /// How many words it has.
    pub(super) length: usize,
    /// The sayings with these words, in order.
    pub(super) members: Vec<usize>,
    /// The same by speaker, sorted; `None`: those without a name.
    of: Vec<(Option<ProfileId>, Vec<usize>)>,
    /// Those of them that quote other words as well.
    partial: BTreeSet<usize>,
    /// The first of them: the saying and the place in its words.
    first: (usize, Range<usize>),
    /// The digest of its words as the first saying has them.
    pub(super) digest: Digest,
}

/// Quoted words that may be told elsewhere.
#[derive(Debug)]
pub(crate) struct Passage {
    /// Where they stand in the words of their statement.
    place: Range<usize>,
    /// Whether the statement quotes other words as well.
    partial: bool,
    /// How many words.
    length: usize,
    /// The digest of the folded words, by which equal ones are known.
    folded: Digest,
    /// The digest of the words as they stand.
    digest: Digest,
    /// The hash of each row of [`ROW`] words.
    rows: Vec<u64>,
}

/// Four words in a row: their hash, the wording and the place of the first word. Several wordings
/// with one hash by accident cost a comparison and no more.
type Row = (u64, u32, u32);

impl Class {
    fn new(passage: &Passage, saying: usize) -> Self {
        Self {
            length: passage.length,
            members: Vec::new(),
            of: Vec::new(),
            partial: BTreeSet::new(),
            first: (saying, passage.place.clone()),
            digest: passage.digest,
        }
    }

    fn add(&mut self, saying: usize, profile: Option<ProfileId>, partial: bool) {
        if self.members.last() == Some(&saying) {
            return;
        }
        self.members.push(saying);
        match self.of.binary_search_by_key(&profile, |(who, _)| *who) {
            Ok(known) => self.of[known].1.push(saying),
            Err(at) => self.of.insert(at, (profile, vec![saying])),
        }
        if partial {
            self.partial.insert(saying);
        }
    }

    /// What somebody says, or nobody named.
    fn said_by(&self, profile: Option<ProfileId>) -> &[usize] {
        let found = self.of.binary_search_by_key(&profile, |(who, _)| *who);
        found.map_or(&[], |at| self.of[at].1.as_slice())
    }

    /// The words as the first saying has them.
    pub(super) fn text<'l>(&self, sayings: &[Saying<'l>]) -> &'l str {
        &sayings[self.first.0].words[self.first.1.clone()]
    }

    /// Whether these are all the words that a saying quotes.
    pub(super) fn is_all_of(&self, saying: usize) -> bool {
        !self.partial.contains(&saying)
    }

    /// The lists in which somebody may find their own words: those by the same speaker and those by
    /// nobody named; for nobody named, everyone's.
    pub(super) fn heard_by(&self, profile: Option<ProfileId>) -> [&[usize]; 2] {
        match profile {
            Some(_) => [self.said_by(profile), self.said_by(None)],
            None => [&self.members, &[]],
        }
    }

    /// The named speakers and what they say.
    pub(super) fn named(&self) -> impl Iterator<Item = (ProfileId, &[usize])> {
        self.of.iter().filter_map(|(profile, sayings)| Some(((*profile)?, sayings.as_slice())))
    }
}

/// Two wordings that share a row of words.
pub(super) struct Pair {
    pub(super) short: usize,
    pub(super) long: usize,
    /// How many words further back the longer one has what they share, the most frequent first.
    pub(super) diagonals: Vec<isize>,
}

/// The wordings of all sayings, in the order in which they come first, and the pairs that share a row
/// of words which few have, each once, by the longer one.
pub(super) fn classes(sayings: &[Saying<'_>], memory: &mut Memory) -> (Vec<Class>, Vec<Pair>) {
    let mut known: HashMap<Digest, usize> = HashMap::with_capacity(sayings.len());
    let mut classes: Vec<Class> = Vec::with_capacity(sayings.len());
    // To grow such a list again and again costs more than to fill it.
    let mut rows: Vec<Row> = Vec::with_capacity(sayings.iter().map(|s| s.words.len() / SHORTEST).sum());
    let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    for (index, saying) in sayings.iter().enumerate() {
        for passage in quoted_passages(saying, memory).iter() {
            let class = *known.entry(passage.folded).or_insert_with(|| {
                let row = |(at, hash): (usize, &u64)| (*hash, number(classes.len()), number(at));
                rows.extend(passage.rows.iter().enumerate().map(row));
                classes.push(Class::new(passage, index));
                classes.len() - 1
            });
            classes[class].add(index, saying.profile, passage.partial);
        }
    }
    let pairs = pairs(&classes, rows);
    (classes, pairs)
}

/// The passages of a saying that are long enough to be known again.
fn quoted_passages(saying: &Saying<'_>, memory: &mut Memory) -> Arc<[Passage]> {
    if !memory.passages.keeps() {
        return read_passages(saying.form, saying.words).into();
    }
    let question = digest(&[saying.form.name().as_bytes(), saying.words.as_bytes()]);
    if let Some(known) = memory.passages.get(&question) {
        return Arc::clone(known);
    }
    let passages: Arc<[Passage]> = read_passages(saying.form, saying.words).into();
    memory.passages.put(question, Arc::clone(&passages));
    passages
}

fn read_passages(form: Form, words: &str) -> Vec<Passage> {
    let places = passages(form, words);
    let several = places.len() > 1;
    let read = |(number, place): (usize, Range<usize>)| {
        let folded = fold::words(&words[place.clone()]);
        let length = if folded.is_empty() { 0 } else { folded.split(' ').count() };
        (length >= LEAST).then(|| Passage {
            // The pieces of direct speech come behind the whole.
            partial: several && (number > 0 || form == Form::Mixed),
            length,
            folded: digest(&[folded.as_bytes()]),
            digest: digest(&[words[place.clone()].as_bytes()]),
            rows: rows(&folded),
            place,
        })
    };
    places.into_iter().enumerate().filter_map(read).collect()
}

/// Where in the words of a statement quoted ones stand: all of them in direct speech, and its pieces
/// where the sentence interrupts it; what stands in quotation marks elsewhere.
fn passages(form: Form, words: &str) -> Vec<Range<usize>> {
    match form {
        Form::Direct => {
            let mut pieces = Vec::new();
            let mut start = 0;
            for (gap, _) in words.match_indices(GAP) {
                pieces.push(start..gap);
                start = gap + GAP.len();
            }
            let last = (start > 0).then_some(start..words.len());
            std::iter::once(0..words.len()).chain(pieces).chain(last).collect()
        }
        Form::Mixed => quoted::stretches(words),
        Form::Indirect => Vec::new(),
    }
}

/// The words in quotation marks of a statement, its pieces joined as the statement's own are.
pub(super) fn quoted_words(form: Form, words: &str) -> String {
    match form {
        Form::Direct => words.to_owned(),
        Form::Mixed | Form::Indirect => {
            let stretches = quoted::stretches(words);
            stretches.into_iter().map(|place| &words[place]).collect::<Vec<_>>().join(GAP)
        }
    }
}

/// The hash of each row of [`ROW`] words of a wording.
fn rows(words: &str) -> Vec<u64> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(words.match_indices(' ').map(|(blank, _)| blank + 1));
    let end = |at: usize| starts.get(at + ROW).map_or(words.len(), |next| next - 1);
    let all = 0..(starts.len() + 1).saturating_sub(ROW);
    all.map(|at| hash(&words[starts[at]..end(at)])).collect()
}

/// FNV-1a.
fn hash(words: &str) -> u64 {
    words
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn pairs(classes: &[Class], mut rows: Vec<Row>) -> Vec<Pair> {
    leave_lone_rows(&mut rows);
    rows.sort_unstable();
    let mut shared: Vec<(u32, u32, i64)> = Vec::new();
    for list in rows.chunk_by(|a, b| a.0 == b.0).filter(|list| (2..=COMMON).contains(&list.len())) {
        for (number, one) in list.iter().enumerate() {
            let others = list[number + 1..].iter().filter(|other| other.1 != one.1);
            shared.extend(others.map(|other| {
                let sized = |row: &Row| (classes[row.1 as usize].length, row.1, row.2);
                let (short, long) = (sized(one).min(sized(other)), sized(one).max(sized(other)));
                (long.1, short.1, i64::from(long.2) - i64::from(short.2))
            }));
        }
    }
    drop(rows);
    shared.sort_unstable();
    shared.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(pair).collect()
}

/// Leaves out rows that stand alone, before they are sorted. Some that share nothing but a few bits
/// with another are kept: they cost their sorting and no more.
fn leave_lone_rows(rows: &mut Vec<Row>) {
    const BITS: u32 = 21;
    let mut seen = vec![0_u8; 1 << BITS];
    let slot = |hash: u64| usize::try_from(hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS));
    for (hash, ..) in rows.iter() {
        if let Ok(slot) = slot(*hash) {
            seen[slot] = seen[slot].saturating_add(1);
        }
    }
    rows.retain(|(hash, ..)| slot(*hash).is_ok_and(|slot| seen[slot] > 1));
}

fn pair(shared: &[(u32, u32, i64)]) -> Pair {
    let mut votes: Vec<(usize, i64)> =
        shared.chunk_by(|a, b| a.2 == b.2).map(|same| (same.len(), same[0].2)).collect();
    votes.sort_by_key(|(votes, diagonal)| (std::cmp::Reverse(*votes), *diagonal));
    votes.truncate(TRIED);
    Pair {
        long: shared[0].0 as usize,
        short: shared[0].1 as usize,
        diagonals: votes.into_iter().filter_map(|(_, by)| isize::try_from(by).ok()).collect(),
    }
}
