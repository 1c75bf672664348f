//! Who is who across briefs: [`clusters`].
//!
//! The register's word comes first. Full names are one person where they are equal but for case,
//! accents and initials that contradict nothing. A surname alone is never evidence by itself
//! ([`surnames`]).
//!
//! A site names the same people again and again: each key is kept once and meant by its number, so that
//! what is done for every place is done with numbers, and what is done with words for every key.

mod surnames;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Bound, Range};
use std::sync::Arc;

use super::Memory;
use super::name::Name;
use super::register::Entries;
use crate::annotate::SpeakerKind;
use crate::config::Register;
use crate::record::{Facts, PersonFacts};

/// A person in a brief: the indexes into the facts and into [`Facts::people`].
pub(crate) type Member = (usize, usize);

/// Somebody, with every place that means them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cluster {
    /// The entry in the register.
    pub(crate) registered: Option<usize>,
    /// Person or organisation.
    pub(crate) kind: SpeakerKind,
    /// Whether no brief gives more than a surname.
    pub(crate) alone: bool,
    /// Where they are named, in order.
    pub(crate) members: Vec<Member>,
}

/// What makes two places mean the same body or person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Registered(usize),
    Body(Arc<str>),
    /// The name's key and the initials.
    Full(Arc<str>, Arc<str>),
    /// The first of the places that share evidence, and their surname.
    Alone(Member, Arc<str>),
}

/// The index of a [`Key`] in [`Places::keys`].
type KeyId = usize;

/// Everybody in `briefs`, in an order that does not depend on the order of names.
///
/// The facts are in the order of their entries' paths; so the answer depends on them as a set.
pub(crate) fn clusters(briefs: &[&Facts], register: &Register, memory: &mut Memory) -> Vec<Cluster> {
    let places = Places::of(briefs, register, memory);
    let mut groups: Vec<Vec<Member>> = vec![Vec::new(); places.keys.len()];
    for (member, key) in &places.named {
        groups[*key].push(*member);
    }
    surnames::tie(&places, &mut groups);
    let mut all: Vec<(&Key, Vec<Member>)> = places.keys.iter().zip(groups).collect();
    all.retain(|(key, members)| !members.is_empty() || matches!(key, Key::Registered(_)));
    all.sort_unstable_by_key(|(key, _)| *key);
    all.into_iter().map(|(key, members)| cluster(key, register, members)).collect()
}

fn cluster(key: &Key, register: &Register, members: Vec<Member>) -> Cluster {
    let kind = match key {
        Key::Registered(index) if register.people[*index].organisation => SpeakerKind::Organisation,
        Key::Body(_) => SpeakerKind::Organisation,
        Key::Registered(_) | Key::Full(..) | Key::Alone(..) => SpeakerKind::Person,
    };
    let registered = if let Key::Registered(index) = key { Some(*index) } else { None };
    Cluster { registered, kind, alone: matches!(key, Key::Alone(..)), members }
}

/// Every place with a named person or body, and its key before surnames are looked at.
struct Places<'f> {
    briefs: &'f [&'f Facts],
    register: &'f Register,
    /// Each key once, the register's entries first.
    keys: Vec<Key>,
    /// The places, in order.
    named: Vec<(Member, KeyId)>,
    /// Which of them stand in each brief.
    of: Vec<Range<usize>>,
}

impl<'f> Places<'f> {
    fn of(briefs: &'f [&'f Facts], register: &'f Register, memory: &mut Memory) -> Self {
        let entries = Entries::of(register);
        let mut keys = Keys::of(register);
        let mut named = Vec::with_capacity(briefs.iter().map(|facts| facts.people.len()).sum());
        let mut of = Vec::with_capacity(briefs.len());
        for (brief, facts) in briefs.iter().enumerate() {
            let first = named.len();
            for (index, person) in facts.people.iter().enumerate() {
                let Some(person) = person.as_ref().filter(|p| p.is_named()) else { continue };
                let name = comparable(person, memory);
                if name.key.is_empty() {
                    continue;
                }
                let told = person.profile.as_deref().and_then(|id| entries.named(id));
                let found = told.or_else(|| entries.find(&name, person.kind, &facts.slug));
                let member = (brief, index);
                let key = found.unwrap_or_else(|| keys.id(own_key(&name, person.kind, member)));
                named.push((member, key));
            }
            of.push(first..named.len());
        }
        let settled = keys.settle_initials();
        named.iter_mut().for_each(|(_, key)| *key = settled[*key]);
        Self { briefs, register, keys: keys.all, named, of }
    }

    /// The places of a brief.
    fn in_brief(&self, brief: usize) -> &[(Member, KeyId)] {
        &self.named[self.of[brief].clone()]
    }
}

/// Each key once.
struct Keys {
    all: Vec<Key>,
    ids: HashMap<Key, KeyId>,
}

impl Keys {
    /// The register's entries, each with its index for its number.
    fn of(register: &Register) -> Self {
        let all = (0..register.people.len()).map(Key::Registered).collect();
        Self { all, ids: HashMap::new() }
    }

    fn id(&mut self, key: Key) -> KeyId {
        // No two places have one such key.
        if matches!(key, Key::Alone(..)) {
            self.all.push(key);
            return self.all.len() - 1;
        }
        let all = &mut self.all;
        *self.ids.entry(key).or_insert_with_key(|key| {
            all.push(key.clone());
            all.len() - 1
        })
    }

    /// Which key each becomes when every full name gets the longest initials that go with it.
    /// Initials that could be begun in two ways ("F." beside "F. X." and "F. Y.") stay apart.
    fn settle_initials(&self) -> Vec<KeyId> {
        let mut settled: Vec<KeyId> = (0..self.all.len()).collect();
        let mut known: BTreeMap<&str, BTreeMap<&str, KeyId>> = BTreeMap::new();
        for (id, key) in self.all.iter().enumerate() {
            if let Key::Full(name, initials) = key {
                known.entry(name).or_default().insert(initials, id);
            }
        }
        for all in known.values().filter(|all| all.len() > 1) {
            let after = |one: &str| all.range::<str, _>((Bound::Excluded(one), Bound::Unbounded)).next();
            let is_begun = |one: &str| after(one).is_some_and(|(next, _)| next.starts_with(one));
            let longest: BTreeSet<&str> = all.keys().copied().filter(|one| !is_begun(one)).collect();
            for (initials, id) in all {
                let mut fitting = longest.range(*initials..).filter(|f| f.starts_with(initials));
                if let (Some(only), None) = (fitting.next(), fitting.next()) {
                    settled[*id] = all[only];
                }
            }
        }
        settled
    }
}

fn comparable(person: &PersonFacts, memory: &mut Memory) -> Arc<Name> {
    if person.kind == SpeakerKind::Organisation {
        return Arc::new(body(person));
    }
    if let Some(name) = memory.names.get(&person.name) {
        return Arc::clone(name);
    }
    let name = Arc::new(Name::of(&person.name));
    memory.names.put(person.name.clone(), Arc::clone(&name));
    name
}

fn body(person: &PersonFacts) -> Name {
    let key: Arc<str> = Name::of_body(&person.name).into();
    Name { surname: Arc::clone(&key), key, initials: Arc::default(), alone: false }
}

fn own_key(name: &Name, kind: SpeakerKind, member: Member) -> Key {
    if kind == SpeakerKind::Organisation {
        Key::Body(Arc::clone(&name.key))
    } else if name.alone {
        Key::Alone(member, Arc::clone(&name.surname))
    } else {
        Key::Full(Arc::clone(&name.key), Arc::clone(&name.initials))
    }
}
