//! Whom a note means: [`resolve`].

use super::desk::Desk;
use super::model::SpeakerClaim;
use crate::annotate::{Annotations, Person, Speaker, SpeakerKind};
use crate::config::{Registered, near, short};
use crate::diag::{Code, Severity};
use crate::text::fold;

/// Somebody, as a note means them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) name: String,
    pub(super) kind: SpeakerKind,
    /// The id in people.toml.
    pub(super) profile: Option<String>,
}

/// Whom `claim` of a note means: an id of people.toml, a person of the brief by name or by the id that
/// the name would make, a name of people.toml, or a new name. `None` is told.
pub(super) fn resolve(
    desk: &mut Desk<'_>,
    note: usize,
    claim: &SpeakerClaim,
    found: &Annotations,
) -> Option<Who> {
    let words = claim.words.value.as_str();
    let people = &desk.register.people;
    let by_id = people.iter().find(|p| p.id == words || p.merged.iter().any(|m| m == words));
    let known = by_id.map(Who::registered).or_else(|| in_brief(found, words)).or_else(|| {
        let key = fold::words(words);
        let named = |p: &&Registered| [&p.name].into_iter().chain(&p.aliases).any(|n| fold::words(n) == key);
        let mut named = people.iter().filter(named);
        named.next().filter(|_| named.next().is_none()).map(Who::registered)
    });
    if let Some(who) = known {
        if let Some(kind) = claim.kind.filter(|kind| *kind != who.kind) {
            let message =
                format!("`{}` is known as {}, not as {}", short(words), who.kind.name(), kind.name());
            desk.tell(note, Code::BAD_NOTE, message, "take `kind` out; it is for new names".into());
            return None;
        }
        return Some(who);
    }
    if !words.contains(|c: char| c.is_uppercase() || c.is_whitespace()) && claim.kind.is_none() {
        unknown_id(desk, note, claim, found);
        return None;
    }
    new_name(desk, note, claim, found);
    let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Who { name, kind: claim.kind.unwrap_or(SpeakerKind::Person), profile: None })
}

impl Who {
    fn registered(entry: &Registered) -> Self {
        let kind = if entry.organisation { SpeakerKind::Organisation } else { SpeakerKind::Person };
        Self { name: entry.name.clone(), kind, profile: Some(entry.id.clone()) }
    }

    fn person(person: &Person) -> Self {
        Self { name: person.name.clone(), kind: person.kind, profile: person.profile.clone() }
    }

    /// Whether they can have a row among the people of an article.
    pub(super) fn is_named(&self) -> bool {
        matches!(self.kind, SpeakerKind::Person | SpeakerKind::Organisation)
    }

    /// Their index among the people, where they are added if they are new.
    pub(super) fn place(&self, people: &mut Vec<Person>) -> usize {
        let known = people.iter().position(|person| Self::person(person) == *self).or_else(|| {
            // A name of the brief and an entry of people.toml with that name are one, once the id is given.
            let same = |p: &Person| p.kind == self.kind && fold::words(&p.name) == fold::words(&self.name);
            people.iter().position(|p| same(p) && (p.profile.is_none() || self.profile.is_none()))
        });
        if let Some(known) = known {
            let profile = &mut people[known].profile;
            *profile = profile.take().or_else(|| self.profile.clone());
            return known;
        }
        let Self { name, kind, profile } = self.clone();
        people.push(Person { name, kind, roles: Vec::new(), profile });
        people.len() - 1
    }

    /// The same as the speaker of an attribution.
    pub(super) fn speaker(&self, people: &mut Vec<Person>) -> Speaker {
        let person = self.is_named().then(|| self.place(people));
        Speaker { person, name: self.name.clone(), kind: self.kind }
    }
}

/// A person of the brief, by name or by the id that the name would make.
fn in_brief(found: &Annotations, words: &str) -> Option<Who> {
    let (key, slug) = (fold::words(words), fold::slug(words));
    let named = found.people.iter().find(|p| fold::words(&p.name) == key);
    let by_id = || found.people.iter().find(|p| slug == words && fold::slug(&p.name) == slug);
    named.or_else(by_id).map(Who::person)
}

fn unknown_id(desk: &mut Desk<'_>, note: usize, claim: &SpeakerClaim, found: &Annotations) {
    let words = claim.words.value.as_str();
    let slugs: Vec<String> = found.people.iter().map(|p| fold::slug(&p.name)).collect();
    let ids = desk.register.people.iter().map(|p| p.id.as_str());
    let ids: Vec<&str> = ids.chain(slugs.iter().map(String::as_str)).filter(|id| !id.is_empty()).collect();
    let message =
        format!("`{}` is no id of people.toml, and nobody in this brief would have it", short(words));
    let hint = match near(words, &ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "enter them in people.toml, or write the full name".to_owned(),
    };
    desk.tell_at(note, claim.words.place, (Severity::Error, Code::UNKNOWN_SPEAKER), message, hint);
}

/// Says that a new name is nearly that of somebody known.
fn new_name(desk: &mut Desk<'_>, note: usize, claim: &SpeakerClaim, found: &Annotations) {
    let words = claim.words.value.as_str();
    let names = desk.register.people.iter().map(|p| p.name.to_lowercase());
    let names: Vec<String> = names.chain(found.people.iter().map(|p| p.name.to_lowercase())).collect();
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(near) = near(words, &known) else { return };
    let all = desk.register.people.iter().map(|p| &p.name).chain(found.people.iter().map(|p| &p.name));
    let name = all.into_iter().find(|name| name.to_lowercase() == near).cloned().unwrap_or_default();
    let message = format!("`{}` is taken for somebody new", short(words));
    let hint = format!("did you mean {}?", short(&name));
    desk.tell_at(note, claim.words.place, (Severity::Warning, Code::UNKNOWN_SPEAKER), message, hint);
}
