//! People of one article: which names mean the same person.
//!
//! Entry point: [`Cast::of`]. Full names come first; surnames, titled or not, find the person
//! with that surname, wherever in the name it stands, and given names who alone bears them. Where
//! two people share it, the courtesy title decides, else the nearest one before, and the mention is
//! marked as ambiguous. "Ann Lee Jr." is not "Ann Lee".

use std::collections::HashMap;

use super::given::{family_first, sex, short_for_same};
use super::lexicon::{Gender, lexicon};
use super::name::Name;
use super::reading::Reading;
use super::{Mention, Person, SpeakerKind};
use crate::text::{Span, fold};

/// Someone in the article, with what the rules know about them.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) person: Person,
    pub(super) gender: Option<Gender>,
    /// The folded words of the fullest name, without suffix.
    pub(super) words: Vec<String>,
    /// "jr", "iii".
    pub(super) suffix: Option<String>,
    /// What sentences about them call them ("was elected mayor"): enough to understand "the mayor",
    /// not an office that a profile could give today.
    pub(super) called: Vec<String>,
    /// Whether something besides capitals says that it is somebody.
    pub(super) certain: bool,
}

/// A name in the text and whom it means.
#[derive(Clone, Debug)]
pub(super) struct Appearance {
    pub(super) name: Name,
    pub(super) member: usize,
    /// Whether another person of the article could be meant.
    pub(super) ambiguous: bool,
}

/// Everybody in the article.
#[derive(Clone, Debug, Default)]
pub(super) struct Cast {
    pub(super) members: Vec<Member>,
    /// In the order of the text.
    pub(super) appearances: Vec<Appearance>,
    /// Who has this first or last word in the name.
    index: HashMap<String, Vec<usize>>,
    /// Where those whom the index counts stand now.
    places: Vec<Option<usize>>,
    /// Whom a courtesy title with a surname has meant last. Used while names are read.
    styles: HashMap<String, usize>,
}

/// How many people of one surname are told apart; more make no difference to a reader.
const NAMESAKES: usize = 32;

impl Cast {
    /// Decides who is who.
    pub(super) fn of(reading: &Reading<'_>, names: Vec<Name>) -> Self {
        let mut cast = Self::default();
        let mut whose: Vec<Option<(usize, bool)>> = Vec::with_capacity(names.len());
        for name in &names {
            let full = is_full(reading, name) && !in_headline(reading, name);
            whose.push(full.then(|| (cast.full(reading, name), false)));
        }
        // Where each member was last seen, so that the nearest before is found at once.
        let mut seen: Vec<Option<usize>> = vec![None; cast.members.len()];
        for (index, name) in names.iter().enumerate() {
            if whose[index].is_none() && !in_headline(reading, name) {
                whose[index] = cast.short(reading, name, &seen);
                seen.resize(cast.members.len(), None);
            }
            if let Some((member, _)) = whose[index] {
                seen[member] = Some(index);
            }
        }
        for (name, whose) in names.into_iter().zip(whose) {
            let Some((member, ambiguous)) = whose else { continue };
            cast.learn(member, &name);
            cast.appearances.push(Appearance { name, member, ambiguous });
        }
        cast.in_order();
        cast
    }

    /// The person that a full name means, added where new.
    fn full(&mut self, reading: &Reading<'_>, name: &Name) -> usize {
        let (words, suffix) = name_words(reading, name);
        let same = |m: &usize| {
            let member = &self.members[*m];
            member.person.kind == name.kind && same_name(&member.words, &words, name.kind)
        };
        let exact = |m: &usize| same(m) && self.members[*m].suffix == suffix;
        let known = self.namesakes(words.last()).find(exact).or_else(|| {
            // "Bob Ray Jr.", then "Bob Ray": one person, unless the story is about a father and son.
            let shortened = |_: &usize| suffix.is_none() && !tells_of_kin(reading);
            self.namesakes(words.last()).find(same).filter(shortened)
        });
        if let Some(known) = known {
            if words.len() > self.members[known].words.len() {
                self.members[known].person.name = shown(reading, name);
                self.members[known].words = words;
            }
            return known;
        }
        self.add(reading, name, words, suffix)
    }

    /// The person that a single word means: someone with that surname, or, where a courtesy title
    /// or a role says that it is a person, someone new.
    fn short(&mut self, reading: &Reading<'_>, name: &Name, seen: &[Option<usize>]) -> Option<(usize, bool)> {
        let (words, suffix) = name_words(reading, name);
        let fits: Vec<(Fit, usize)> = self
            .namesakes(words.last())
            .filter_map(|m| Some((fits_short(&self.members[m], name, &words, suffix.as_ref())?, m)))
            .collect();
        let best = fits.iter().map(|f| f.0).min();
        if best == Some(Fit::Given) && !stands_as_name(reading, name) {
            return None;
        }
        let found: Vec<usize> = fits.iter().filter(|f| Some(f.0) == best).map(|f| f.1).collect();
        match found[..] {
            [] => (name.certain || name.kind == SpeakerKind::Organisation)
                .then(|| (self.add(reading, name, words, suffix), false)),
            [only] => {
                self.styles.insert(fold::words(reading.words(&name.full)), only);
                Some((only, false))
            }
            _ => {
                // "Mrs. Lee" goes on meaning the Mrs. Lee of before, whoever else is named Lee.
                let style = fold::words(reading.words(&name.full));
                let same = self.styles.get(&style).copied().filter(|m| name.titled && found.contains(m));
                if let Some(member) = same {
                    return Some((member, true));
                }
                let nearest = found.iter().copied().max_by_key(|m| seen.get(*m).copied().flatten());
                let member = nearest?;
                self.styles.insert(style, member);
                Some((member, true))
            }
        }
    }

    /// The people whom a capitalised word that `name::find` has not marked off may mean: it stands
    /// in a headline all of whose words have capitals.
    pub(super) fn bearers(&self, words: &[String]) -> Vec<usize> {
        let same = |m: &usize| {
            let member = &self.members[*m];
            let alone = words.len() == 1 && member.words.len() > 1;
            let last = member.words.last() == words.last();
            let first = member.certain && member.words.first() == words.first();
            member.person.kind == SpeakerKind::Person
                && (alone && (last || first) || same_name(&member.words, words, SpeakerKind::Person))
        };
        self.namesakes(words.last())
            .filter_map(|m| self.places.get(m).copied().flatten())
            .filter(same)
            .collect()
    }

    fn add(
        &mut self,
        reading: &Reading<'_>,
        name: &Name,
        words: Vec<String>,
        suffix: Option<String>,
    ) -> usize {
        let person = Person { name: shown(reading, name), kind: name.kind, roles: Vec::new(), profile: None };
        let member = self.members.len();
        let mut ends: Vec<&String> = words.first().into_iter().chain(words.last()).collect();
        ends.dedup();
        for word in ends {
            let list = self.index.entry(word.clone()).or_default();
            if list.len() < NAMESAKES {
                list.push(member);
            }
        }
        self.members.push(Member {
            person,
            gender: name.gender,
            words,
            suffix,
            called: Vec::new(),
            certain: name.certain,
        });
        member
    }

    /// The members whose name starts or ends with `word`.
    fn namesakes(&self, word: Option<&String>) -> impl Iterator<Item = usize> {
        word.and_then(|w| self.index.get(w)).into_iter().flatten().copied()
    }

    fn learn(&mut self, member: usize, name: &Name) {
        let member = &mut self.members[member];
        member.gender = member.gender.or(name.gender);
        member.certain |= name.certain;
        member.called.extend(name.called.clone());
        for role in &name.roles {
            let key = fold::words(role);
            let known = member.person.roles.iter().any(|r| fold::words(r) == key);
            if !known {
                member.person.roles.push(role.clone());
            }
        }
    }

    /// Renumbers the members by first appearance.
    fn in_order(&mut self) {
        self.styles.clear();
        let mut place: Vec<Option<usize>> = vec![None; self.members.len()];
        let mut order = Vec::with_capacity(self.members.len());
        for appearance in &mut self.appearances {
            appearance.member = *place[appearance.member].get_or_insert_with(|| {
                order.push(appearance.member);
                order.len() - 1
            });
        }
        self.members = order.into_iter().map(|m| self.members[m].clone()).collect();
        self.places = place;
    }

    /// Leaves out what only looks like a name ("the Montreal Protocol"): members that nothing but
    /// capitals speak for and that do not speak. Answers with each member's new place.
    pub(super) fn keep(&mut self, speaks: &[bool]) -> Vec<Option<usize>> {
        let mut kept = 0;
        let place: Vec<Option<usize>> = (0..self.members.len())
            .map(|m| {
                let stays = self.members[m].certain || speaks.get(m).copied().unwrap_or(false);
                stays.then(|| {
                    kept += 1;
                    kept - 1
                })
            })
            .collect();
        let mut index = 0;
        self.members.retain(|_| {
            index += 1;
            place[index - 1].is_some()
        });
        self.appearances.retain_mut(|a| place[a.member].map(|p| a.member = p).is_some());
        place
    }

    /// The mentions of the layer.
    pub(super) fn mentions(&self, reading: &Reading<'_>) -> Vec<Mention> {
        self.appearances
            .iter()
            .map(|a| Mention { span: reading.span(&a.name.tokens), person: a.member })
            .collect()
    }

    /// The appearances inside `span`.
    pub(super) fn inside<'c>(
        &'c self,
        reading: &'c Reading<'_>,
        span: Span,
    ) -> impl Iterator<Item = &'c Appearance> {
        let first = self
            .appearances
            .partition_point(|a| reading.tokens.list()[a.name.tokens.start].span.start < span.start);
        self.appearances[first..].iter().take_while(move |a| reading.span(&a.name.tokens).end <= span.end)
    }
}

/// Whether a name of several words needs no other to be understood.
fn is_full(reading: &Reading<'_>, name: &Name) -> bool {
    let suffix = lexicon().is("suffixes", reading.lower(name.tokens.end - 1));
    match name.kind {
        SpeakerKind::Organisation => true,
        _ => name.tokens.len() > 1 + usize::from(suffix),
    }
}

/// Whether a run of capitals is no name by its capitals: all words around it have them ("Moss Addresses
/// Harbour Board").
fn in_headline(reading: &Reading<'_>, name: &Name) -> bool {
    if name.certain || name.tokens.len() < 3 {
        return false;
    }
    let sentence = &reading.sentences[reading.sentence_of(name.tokens.start)].tokens;
    let long = |at: &usize| {
        reading.is_word(*at) && reading.quotation(*at).is_none() && reading.tokens.word(*at).len() > 3
    };
    sentence.clone().filter(long).take(WORDS).all(|at| reading.is_capital(at))
}

/// So many words of a sentence tell whether all have capitals.
const WORDS: usize = 24;

/// The name as lists show it, on one line.
fn shown(reading: &Reading<'_>, name: &Name) -> String {
    let words = reading.words(&name.tokens).split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_start_matches("The ").to_owned()
}

/// The folded words of a name, and its suffix apart.
fn name_words(reading: &Reading<'_>, name: &Name) -> (Vec<String>, Option<String>) {
    let mut words: Vec<String> = fold::words(&shown(reading, name)).split(' ').map(str::to_owned).collect();
    let mut suffix = None;
    while words.len() > 1 && words.last().is_some_and(|w| lexicon().is("suffixes", w)) {
        suffix = words.pop();
    }
    (words, suffix)
}

/// Whether two full names mean one person: the same words, or the same first and last with
/// initials or middle names between, a short form of the given name, or the family name in front.
fn same_name(a: &[String], b: &[String], kind: SpeakerKind) -> bool {
    if a == b {
        return true;
    }
    let person = kind == SpeakerKind::Person && a.len() > 1 && b.len() > 1;
    if !person {
        return false;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let given = short[0] == long[0] || short_for_same(&short[0], &long[0]);
    given && short.last() == long.last() && short[1..].iter().all(|w| long.contains(w))
        || turned(short, long)
        || turned(long, short)
}

/// Whether `a` is `b` with its family name moved to the front: "Orbán Viktor", "Viktor Orbán".
fn turned(a: &[String], b: &[String]) -> bool {
    let same = a.len() == b.len() && a[1..] == b[..b.len() - 1] && Some(&a[0]) == b.last();
    same && family_first(a)
}

/// How well one word fits somebody; the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Their surname, with the suffix that the word has, or none.
    Surname,
    /// Their surname, where the suffix is left out.
    NoSuffix,
    /// A family name that stands first.
    Family,
    /// Their given name.
    Given,
}

/// How one word may mean `member`, with no gender against it; `None` where it does not.
fn fits_short(member: &Member, name: &Name, words: &[String], suffix: Option<&String>) -> Option<Fit> {
    let [word] = words else { return None };
    let gender = match (member.gender, name.gender) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    if member.person.kind != SpeakerKind::Person || !gender {
        return None;
    }
    if member.words.last() == Some(word) {
        return match (suffix, &member.suffix) {
            (None, Some(_)) => Some(Fit::NoSuffix),
            (told, own) => (told == own.as_ref()).then_some(Fit::Surname),
        };
    }
    if member.words.first() != Some(word) || suffix.is_some() {
        return None;
    }
    let given = lexicon().given_name(word).is_some() || sex(word).is_some();
    if family_first(&member.words) || name.titled && !given {
        return Some(Fit::Family);
    }
    (given && !name.titled).then_some(Fit::Given)
}

/// Whether the article speaks of fathers and sons.
fn tells_of_kin(reading: &Reading<'_>) -> bool {
    (0..reading.tokens.len())
        .any(|at| matches!(reading.lower(at), "father" | "son" | "sr" | "sr." | "elder" | "younger"))
}

/// Whether a given name alone is one where it stands: not at the head of a sentence, where many a
/// word has a capital ("Will the bridge hold?"), unless a verb or a genitive follows.
fn stands_as_name(reading: &Reading<'_>, name: &Name) -> bool {
    let at = name.full.start;
    let opens = reading.sentences[reading.sentence_of(at)].tokens.start == at;
    let next = reading.lower(name.tokens.end);
    !opens
        || reading.is_genitive(name.tokens.end)
        || lexicon().cue(next).is_some_and(|cue| !cue.bare)
        || matches!(next, "is" | "was" | "has" | "had")
}
