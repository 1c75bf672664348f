//! Surnames that stand alone: [`tie`] joins those that evidence ties together, then ties each to the
//! one person who is called so in full, where evidence says so.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Key, KeyId, Member, Places};
use crate::library::name::Name;
use crate::library::register::means_brief;
use crate::record::PersonFacts;
use crate::text::fold;

/// How many people of one brief are looked at as company; more would make a list of names cost
/// the square of its length.
const COMPANY: usize = 200;

/// What ties a surname to somebody. Words are meant by their number in [`Surnames::numbers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Evidence {
    /// The slug of a story.
    Story(usize),
    /// A role, or a word of one.
    Role(usize),
    Company(KeyId),
}

/// What is known of somebody with a full name.
struct Known {
    /// The briefs that name them.
    briefs: HashSet<usize>,
    evidence: HashSet<Evidence>,
}

/// Moves the members of lone surnames to whom they mean; `groups` are the members of each key.
pub(super) fn tie(places: &Places<'_>, groups: &mut [Vec<Member>]) {
    let mut surnames = Surnames { places, numbers: HashMap::new(), said: HashMap::new() };
    let alone = lone(places);
    let full = surnames.by_surname(groups, &alone);
    let mut known: HashMap<KeyId, Known> = HashMap::new();
    for joined in surnames.joined(&alone) {
        let members: Vec<Member> = joined.iter().map(|lone| lone.member).collect();
        joined.iter().for_each(|lone| groups[lone.key].clear());
        if let Some([only]) = full.get(joined[0].surname).map(Vec::as_slice) {
            let known = known.entry(*only).or_insert_with(|| surnames.known(*only, &groups[*only]));
            if surnames.is_tied(&members, *only, known) {
                surnames.add(known, &members);
                groups[*only].extend(members);
                groups[*only].sort_unstable();
                continue;
            }
        }
        groups[joined[0].key] = members;
    }
}

/// The lone surnames, in the order of their places.
fn lone<'p>(places: &'p Places<'_>) -> Vec<Lone<'p>> {
    let lone = |(key, known): (KeyId, &'p Key)| match known {
        Key::Alone(member, surname) => Some(Lone { key, member: *member, surname }),
        Key::Registered(_) | Key::Body(_) | Key::Full(..) => None,
    };
    places.keys.iter().enumerate().filter_map(lone).collect()
}

/// The search for evidence.
struct Surnames<'p> {
    places: &'p Places<'p>,
    /// Words, each with a number.
    numbers: HashMap<String, usize>,
    /// The numbers of what was asked for before: roles, as a whole and by words, and stories.
    said: HashMap<(&'p str, Asked), Vec<usize>>,
}

/// What a text is read as.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Asked {
    Story,
    /// A role as a whole.
    Role,
    /// A role by its words that say something.
    RoleWords,
}

/// A surname that stands alone.
struct Lone<'p> {
    key: KeyId,
    member: Member,
    surname: &'p str,
}

impl<'p> Surnames<'p> {
    /// The people with a full name, by surname; of surnames alone that no place has, nobody.
    fn by_surname(&self, groups: &[Vec<Member>], alone: &[Lone<'_>]) -> HashMap<String, Vec<KeyId>> {
        let asked: HashSet<&str> = alone.iter().map(|lone| lone.surname).collect();
        let mut full: HashMap<String, Vec<KeyId>> = HashMap::new();
        for (id, key) in self.places.keys.iter().enumerate() {
            let surname = match key {
                Key::Full(name, _) if !groups[id].is_empty() => {
                    name.rsplit(' ').next().unwrap_or(name).to_owned()
                }
                Key::Registered(index) if !self.places.register.people[*index].organisation => {
                    Name::of(&self.places.register.people[*index].name).surname.to_string()
                }
                _ => continue,
            };
            if asked.contains(surname.as_str()) {
                full.entry(surname).or_default().push(id);
            }
        }
        full
    }

    /// Lone surnames with those that share surname and evidence.
    fn joined<'l>(&mut self, alone: &'l [Lone<'p>]) -> Vec<Vec<&'l Lone<'p>>> {
        let mut leader: Vec<usize> = (0..alone.len()).collect();
        let mut first: HashMap<(&str, Evidence), usize> = HashMap::new();
        for (index, lone) in alone.iter().enumerate() {
            for evidence in self.evidence(lone.member, Asked::Role) {
                let other = *first.entry((lone.surname, evidence)).or_insert(index);
                let (a, b) = (find(&mut leader, other), find(&mut leader, index));
                leader[a.max(b)] = a.min(b);
            }
        }
        let mut joined: BTreeMap<usize, Vec<&Lone<'p>>> = BTreeMap::new();
        for (index, lone) in alone.iter().enumerate() {
            joined.entry(find(&mut leader, index)).or_default().push(lone);
        }
        joined.into_values().collect()
    }

    /// Whether the surname at `members` belongs to the full-named person `key`. Where one brief names
    /// both, it tells them apart, and so do we.
    fn is_tied(&mut self, members: &[Member], key: KeyId, known: &Known) -> bool {
        if members.iter().any(|(brief, _)| known.briefs.contains(brief) || !self.may_mean(key, *brief)) {
            return false;
        }
        members.iter().any(|member| {
            self.evidence(*member, Asked::RoleWords).iter().any(|evidence| known.evidence.contains(evidence))
        })
    }

    fn may_mean(&self, key: KeyId, brief: usize) -> bool {
        let Key::Registered(index) = self.places.keys[key] else { return true };
        means_brief(&self.places.register.people[index], &self.places.briefs[brief].slug)
    }

    /// What is known of a full-named person from the register and the places in `members`.
    fn known(&mut self, key: KeyId, members: &[Member]) -> Known {
        let mut known = Known { briefs: HashSet::new(), evidence: HashSet::new() };
        if let Key::Registered(index) = self.places.keys[key] {
            for role in &self.places.register.people[index].roles {
                known.evidence.extend(
                    self.numbers_of(&role.role, Asked::RoleWords).iter().copied().map(Evidence::Role),
                );
            }
        }
        self.add(&mut known, members);
        known
    }

    fn add(&mut self, known: &mut Known, members: &[Member]) {
        for member in members {
            known.briefs.insert(member.0);
            known.evidence.extend(self.evidence(*member, Asked::RoleWords));
        }
    }

    /// What a place says about somebody besides the name: the story, the roles, read as `asked`, and the
    /// people of full name beside them.
    fn evidence(&mut self, (brief, index): Member, asked: Asked) -> Vec<Evidence> {
        let places = self.places;
        let facts = places.briefs[brief];
        let mut all = Vec::new();
        if let Some(story) = &facts.story {
            all.extend(self.numbers_of(story, Asked::Story).iter().copied().map(Evidence::Story));
        }
        let of: &[String] = facts.people[index].as_ref().map_or(&[], |PersonFacts { roles, .. }| roles);
        for role in of {
            all.extend(self.numbers_of(role, asked).iter().copied().map(Evidence::Role));
        }
        let company = places.in_brief(brief).iter().take(COMPANY).filter(|((_, other), key)| {
            *other != index && !matches!(places.keys[*key], Key::Alone(..) | Key::Body(_))
        });
        all.extend(company.map(|(_, key)| Evidence::Company(*key)));
        all
    }

    /// The numbers of what `text` says, read as `asked`.
    fn numbers_of(&mut self, text: &'p str, asked: Asked) -> &[usize] {
        let numbers = &mut self.numbers;
        self.said.entry((text, asked)).or_insert_with(|| {
            let mut number = |word: String| {
                let next = numbers.len();
                *numbers.entry(word).or_insert(next)
            };
            match asked {
                Asked::Story => {
                    Some(fold::slug(text)).filter(|slug| !slug.is_empty()).map(number).into_iter().collect()
                }
                Asked::Role => vec![number(fold::words(text))],
                Asked::RoleWords => role_words(text).into_iter().map(number).collect(),
            }
        })
    }
}

/// The words of a role that say something: "aide", "kremlin", not "of" or "the".
fn role_words(role: &str) -> BTreeSet<String> {
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
