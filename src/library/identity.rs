//! Who is who across briefs: [`clusters`].
//!
//! The register's word comes first. Full names are one person where they are equal but for case,
//! accents and initials that contradict nothing. A surname alone is never evidence by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Memory;
use super::name::Name;
use super::register::{Entries, means_brief};
use crate::annotate::SpeakerKind;
use crate::config::Register;
use crate::record::{Facts, PersonFacts};
use crate::text::fold;

/// A person in a brief: the indexes into the facts and into [`Facts::people`].
pub(crate) type Member = (usize, usize);

/// How many people of one brief are looked at as company; more would make a list of names cost
/// the square of its length.
const COMPANY: usize = 200;

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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Registered(usize),
    Body(String),
    /// The name's key and the initials.
    Full(String, String),
    /// The first of the places that share evidence.
    Alone(Member),
}

/// What ties a surname to somebody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    Story(String),
    Role(String),
    Company(Key),
}

/// Everybody in `briefs`, in an order that does not depend on the order of names.
///
/// The facts are in the order of their entries' paths; so the answer depends on them as a set.
pub(crate) fn clusters(briefs: &[&Facts], register: &Register, memory: &mut Memory) -> Vec<Cluster> {
    let places = Places::of(briefs, register, memory);
    let mut groups: BTreeMap<Key, Vec<Member>> = BTreeMap::new();
    for (member, key) in &places.keys {
        groups.entry(key.clone()).or_default().push(*member);
    }
    for index in 0..register.people.len() {
        groups.entry(Key::Registered(index)).or_default();
    }
    places.tie_surnames(&mut groups);
    groups.into_iter().map(|(key, members)| places.cluster(&key, members)).collect()
}

/// Every place with a named person or body, and its key before surnames are looked at.
struct Places<'f> {
    briefs: &'f [&'f Facts],
    register: &'f Register,
    names: BTreeMap<Member, Arc<Name>>,
    keys: BTreeMap<Member, Key>,
}

impl<'f> Places<'f> {
    fn of(briefs: &'f [&'f Facts], register: &'f Register, memory: &mut Memory) -> Self {
        let entries = Entries::of(register);
        let mut places = Self { briefs, register, names: BTreeMap::new(), keys: BTreeMap::new() };
        for (brief, facts) in briefs.iter().enumerate() {
            for (index, person) in facts.people.iter().enumerate() {
                let Some(person) = person.as_ref().filter(|p| p.is_named()) else { continue };
                let name = comparable(person, memory);
                if name.key.is_empty() {
                    continue;
                }
                let told = person.profile.as_deref().and_then(|id| entries.named(id));
                let found = told.or_else(|| entries.find(&name, person.kind, &facts.slug));
                let key = found.map_or_else(|| own_key(&name, person.kind, (brief, index)), Key::Registered);
                places.names.insert((brief, index), name);
                places.keys.insert((brief, index), key);
            }
        }
        places.settle_initials();
        places
    }

    /// Gives every full name the longest initials that go with it. Initials that could be begun
    /// in two ways ("F." beside "F. X." and "F. Y.") stay apart.
    fn settle_initials(&mut self) {
        let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for key in self.keys.values() {
            if let Key::Full(name, initials) = key {
                known.entry(name.clone()).or_default().insert(initials.clone());
            }
        }
        for initials in known.values_mut() {
            let all = initials.clone();
            let begun = |one: &String| {
                let mut after =
                    all.range::<String, _>((std::ops::Bound::Excluded(one), std::ops::Bound::Unbounded));
                after.next().is_some_and(|next| next.starts_with(one.as_str()))
            };
            initials.retain(|one| !begun(one));
        }
        for key in self.keys.values_mut() {
            if let Key::Full(name, initials) = key {
                let mut fitting = known[name].range(initials.clone()..);
                let first = fitting.next().filter(|f| f.starts_with(initials.as_str()));
                let second = fitting.next().filter(|f| f.starts_with(initials.as_str()));
                if let (Some(only), None) = (first, second) {
                    *initials = only.clone();
                }
            }
        }
    }

    /// Joins surnames that evidence ties together, then ties each to the one person who is
    /// called so in full, where evidence says so.
    fn tie_surnames(&self, groups: &mut BTreeMap<Key, Vec<Member>>) {
        let full = self.by_surname(groups);
        for members in self.surname_groups(groups) {
            let surname = &self.names[&members[0]].surname;
            let known = full.get(surname).map(Vec::as_slice).unwrap_or_default();
            if let [only] = known
                && self.is_tied(&members, only, &groups[only])
                && let Some(joined) = groups.get_mut(only)
            {
                joined.extend(members);
                joined.sort_unstable();
                continue;
            }
            groups.insert(Key::Alone(members[0]), members);
        }
    }

    /// The people with a full name, by surname.
    fn by_surname(&self, groups: &BTreeMap<Key, Vec<Member>>) -> BTreeMap<String, Vec<Key>> {
        let mut full: BTreeMap<String, Vec<Key>> = BTreeMap::new();
        for key in groups.keys() {
            match key {
                Key::Full(name, _) => {
                    let surname = name.rsplit(' ').next().unwrap_or(name);
                    full.entry(surname.to_owned()).or_default().push(key.clone());
                }
                Key::Registered(index) if !self.register.people[*index].organisation => {
                    let surname = Name::of(&self.register.people[*index].name).surname;
                    full.entry(surname).or_default().push(key.clone());
                }
                Key::Registered(_) | Key::Body(_) | Key::Alone(_) => {}
            }
        }
        full
    }

    /// Takes the lone surnames out of `groups` and joins those that share surname and evidence.
    fn surname_groups(&self, groups: &mut BTreeMap<Key, Vec<Member>>) -> Vec<Vec<Member>> {
        let alone: Vec<Member> = groups
            .keys()
            .filter_map(|key| if let Key::Alone(member) = key { Some(*member) } else { None })
            .collect();
        groups.retain(|key, _| !matches!(key, Key::Alone(_)));
        let mut leader: Vec<usize> = (0..alone.len()).collect();
        let mut first: BTreeMap<(&str, Evidence), usize> = BTreeMap::new();
        for (index, member) in alone.iter().enumerate() {
            let surname = self.names[member].surname.as_str();
            for evidence in self.evidence(*member, whole_role) {
                let other = *first.entry((surname, evidence)).or_insert(index);
                let (a, b) = (find(&mut leader, other), find(&mut leader, index));
                leader[a.max(b)] = a.min(b);
            }
        }
        let mut joined: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
        for (index, member) in alone.iter().enumerate() {
            joined.entry(find(&mut leader, index)).or_default().push(*member);
        }
        joined.into_values().collect()
    }

    /// Whether the surname at `members` belongs to the full-named person at `full`. Where one
    /// brief names both, it tells them apart, and so do we.
    fn is_tied(&self, members: &[Member], key: &Key, full: &[Member]) -> bool {
        let named: BTreeSet<usize> = full.iter().map(|(brief, _)| *brief).collect();
        if members.iter().any(|(brief, _)| named.contains(brief) || !self.may_mean(key, *brief)) {
            return false;
        }
        let mut known: BTreeSet<Evidence> = self.register_roles(key);
        known.extend(full.iter().flat_map(|member| self.evidence(*member, role_words)));
        members.iter().any(|member| self.evidence(*member, role_words).any(|e| known.contains(&e)))
    }

    fn may_mean(&self, key: &Key, brief: usize) -> bool {
        let Key::Registered(index) = key else { return true };
        means_brief(&self.register.people[*index], &self.briefs[brief].slug)
    }

    fn register_roles(&self, key: &Key) -> BTreeSet<Evidence> {
        let Key::Registered(index) = key else { return BTreeSet::new() };
        let roles = &self.register.people[*index].roles;
        roles.iter().flat_map(|r| role_words(&r.role)).map(Evidence::Role).collect()
    }

    /// What a place says about somebody besides the name: the story, the roles as `split` gives
    /// them, and the people of full name beside them.
    fn evidence(
        &self,
        (brief, index): Member,
        split: fn(&str) -> Vec<String>,
    ) -> impl Iterator<Item = Evidence> {
        let facts = &self.briefs[brief];
        let story = facts.story.as_deref().map(fold::slug).filter(|s| !s.is_empty());
        let roles = facts.people[index].iter().flat_map(|p| &p.roles).flat_map(move |role| split(role));
        let company = self
            .keys
            .range((brief, 0)..(brief + 1, 0))
            .take(COMPANY)
            .filter(move |((_, other), key)| *other != index && !matches!(key, Key::Alone(_) | Key::Body(_)))
            .map(|(_, key)| Evidence::Company(key.clone()));
        story.map(Evidence::Story).into_iter().chain(roles.map(Evidence::Role)).chain(company)
    }

    fn cluster(&self, key: &Key, members: Vec<Member>) -> Cluster {
        let kind = match key {
            Key::Registered(index) if self.register.people[*index].organisation => SpeakerKind::Organisation,
            Key::Body(_) => SpeakerKind::Organisation,
            Key::Registered(_) | Key::Full(..) | Key::Alone(_) => SpeakerKind::Person,
        };
        let registered = if let Key::Registered(index) = key { Some(*index) } else { None };
        Cluster { registered, kind, alone: matches!(key, Key::Alone(_)), members }
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
    let key = Name::of_body(&person.name);
    Name { surname: key.clone(), key, initials: String::new(), alone: false }
}

fn own_key(name: &Name, kind: SpeakerKind, member: Member) -> Key {
    if kind == SpeakerKind::Organisation {
        Key::Body(name.key.clone())
    } else if name.alone {
        Key::Alone(member)
    } else {
        Key::Full(name.key.clone(), name.initials.clone())
    }
}

/// A role as one piece of evidence.
fn whole_role(role: &str) -> Vec<String> {
    vec![fold::words(role)]
}

/// The words of a role that say something: "aide", "kremlin", not "of" or "the".
fn role_words(role: &str) -> Vec<String> {
    const EMPTY: &[&str] = &["with", "from", "former", "senior", "chief", "deputy", "their", "this", "that"];
    let words = fold::words(role);
    let telling = words.split(' ').filter(|w| w.chars().count() > 3 && !EMPTY.contains(w));
    telling.map(str::to_owned).collect()
}

/// The leader of a joined group, its path made shorter on the way.
fn find(leader: &mut [usize], mut index: usize) -> usize {
    while leader[index] != index {
        leader[index] = leader[leader[index]];
        index = leader[index];
    }
    index
}
