//! The quoted words of statements, equal ones as one [`Class`].

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::wordings::{Slot, Wordings};
use super::{LEAST, Saying};
use crate::annotate::Form;
use crate::library::memory::{Digest, Kept, digest};
use crate::library::{Memory, ProfileId};
use crate::text::{fold, quoted};

/// How many bytes a word and the blank behind it have at least, on an average.
const SHORTEST: usize = 5;
/// What joins the pieces of a content.
const GAP: &str = " … ";
/// What stands for no class.
const NONE: usize = usize::MAX;

/// Where words lie, and how they are given.
pub(crate) type Address = (usize, Form);
/// Words, held so that nothing else comes to lie there, and their passages.
pub(crate) type Read = (Arc<str>, Arc<[Passage]>);

/// One wording: passages with the same folded words.
#[derive(Debug)]
pub(super) struct Class {
    /// How many words it has.
    pub(super) length: usize,
    /// The sayings with these words, in order.
    pub(super) members: Vec<usize>,
    /// Who speaks first; `None`: somebody without a name.
    speaker: Option<ProfileId>,
    /// The sayings by speaker, sorted; nothing where the first one has all of them, as nearly always.
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
    /// The wording.
    slot: Slot,
}

impl Class {
    fn new(passage: &Passage, saying: usize, speaker: Option<ProfileId>) -> Self {
        Self {
            length: passage.length,
            members: Vec::new(),
            speaker,
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
        if self.of.is_empty() && profile != self.speaker {
            self.of.push((self.speaker, self.members.clone()));
        }
        self.members.push(saying);
        if !self.of.is_empty() {
            match self.of.binary_search_by_key(&profile, |(who, _)| *who) {
                Ok(known) => self.of[known].1.push(saying),
                Err(at) => self.of.insert(at, (profile, vec![saying])),
            }
        }
        if partial {
            self.partial.insert(saying);
        }
    }

    /// What somebody says, or nobody named.
    fn said_by(&self, profile: Option<ProfileId>) -> &[usize] {
        if self.of.is_empty() {
            return if profile == self.speaker { &self.members } else { &[] };
        }
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
        let only = self.of.is_empty().then_some((self.speaker, self.members.as_slice()));
        let each = self.of.iter().map(|(profile, sayings)| (*profile, sayings.as_slice()));
        only.into_iter().chain(each).filter_map(|(profile, sayings)| Some((profile?, sayings)))
    }
}

/// The wordings of all sayings, in the order in which they come first, and which of them stands in each
/// slot of the memory's.
pub(super) fn classes(sayings: &[Saying<'_>], memory: &mut Memory) -> (Vec<Class>, Vec<usize>) {
    let Memory { sayings: known, wordings, .. } = memory;
    wordings.reserve(sayings.iter().map(|s| s.words.len() / SHORTEST).sum());
    let mut classes: Vec<Class> = Vec::with_capacity(sayings.len());
    let mut of: Vec<usize> = vec![NONE; wordings.len()];
    for (index, saying) in sayings.iter().enumerate() {
        let read;
        let passages = match recalled(saying, known, wordings) {
            Some(passages) => passages,
            None => {
                read = Arc::<[Passage]>::from(read_passages(saying, wordings));
                known.put(address(saying), (Arc::clone(saying.words), Arc::clone(&read)));
                read
            }
        };
        of.resize(wordings.len(), NONE);
        for passage in passages.iter() {
            let class = &mut of[passage.slot as usize];
            if *class == NONE {
                *class = classes.len();
                classes.push(Class::new(passage, index, saying.profile));
            }
            classes[*class].add(index, saying.profile, passage.partial);
        }
    }
    (classes, of)
}

/// Where the words of a saying lie, and how they are given: they lie there as long as they are kept.
fn address(saying: &Saying<'_>) -> Address {
    (saying.words.as_ptr().addr(), saying.form)
}

/// The passages of words that the last fold has read, which quote their wordings again.
fn recalled(
    saying: &Saying<'_>,
    known: &mut Kept<Address, Read>,
    wordings: &mut Wordings,
) -> Option<Arc<[Passage]>> {
    let (_, passages) = known.get(&address(saying))?;
    let again = |passage: &Passage| wordings.quoted_again(passage.folded, passage.slot);
    passages.iter().all(again).then(|| Arc::clone(passages))
}

/// The passages of a saying that are long enough to be known again.
fn read_passages(saying: &Saying<'_>, wordings: &mut Wordings) -> Vec<Passage> {
    let words = saying.words;
    let places = passages(saying.form, words);
    let several = places.len() > 1;
    let mut read = |(number, place): (usize, Range<usize>)| {
        let text = fold::words(&words[place.clone()]);
        let length = if text.is_empty() { 0 } else { text.split(' ').count() };
        if length < LEAST {
            return None;
        }
        let folded = digest(&[text.as_bytes()]);
        Some(Passage {
            // The pieces of direct speech come behind the whole.
            partial: several && (number > 0 || saying.form == Form::Mixed),
            length,
            slot: wordings.quoted(folded, &text, length),
            folded,
            digest: digest(&[words[place.clone()].as_bytes()]),
            place,
        })
    };
    places.into_iter().enumerate().filter_map(&mut read).collect()
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
