//! Notes about mentions: [`apply`].

use std::collections::{BTreeMap, BTreeSet};

use super::dates::{contradiction, nothing_marked};
use super::desk::Desk;
use super::model::{About, At, Claim, SpeakerClaim};
use super::place::Placed;
use super::quotes::{Target, Words};
use super::who::{self, Who};
use crate::annotate::{Annotations, Mention, Quote};
use crate::text::{Span, fold};

/// A note's word about a place of the document.
struct Ruling {
    at: Span,
    /// `None`: the words mean nobody.
    who: Option<Who>,
    note: usize,
}

/// Puts the word of notes over the mentions, and adds to `words` what follows for whoever speaks:
/// where the source of an attribution is what the note is about, its speaker is decided with it.
pub(super) fn apply(desk: &mut Desk<'_>, placed: &[Placed], found: &mut Annotations, words: &mut Words) {
    let mut rulings: Vec<Ruling> = Vec::new();
    for Placed { note, at } in placed {
        let About::Mention(claim) = &desk.notes[*note].about else { continue };
        let link = matches!(desk.notes[*note].at, At::Link(_));
        let claim: Claim<SpeakerClaim> = match claim {
            Claim::Says(says) => Claim::Says(says.clone()),
            Claim::Reject => Claim::Reject,
            Claim::Confirm => Claim::Confirm,
        };
        let at = desk.prose.in_document(*at);
        let there = found.mentions.iter().any(|m| m.span.overlaps(at));
        let who = match claim {
            Claim::Says(claim) => who::resolve(desk, *note, &claim, found).map(Some),
            Claim::Reject if there => Some(None),
            Claim::Confirm if there => None,
            Claim::Reject => {
                nothing_marked(desk, *note, "mention", true, "`speaker`");
                None
            }
            Claim::Confirm => {
                nothing_marked(desk, *note, "mention", false, "`speaker`");
                None
            }
        };
        let Some(who) = who else { continue };
        if let Some(who) = who.as_ref().filter(|_| link)
            && around_words(desk, *note, at, who, found, words)
        {
            continue;
        }
        rulings.push(Ruling { at, who, note: *note });
    }
    let rulings = agreeing(desk, rulings);
    for ruling in &rulings {
        if let Some(who) = &ruling.who {
            for index in spoken_by(&desk.article.document.text, ruling.at, found) {
                words.entry(Target::Found(index)).or_default().speaker.push((ruling.note, who.clone()));
            }
        }
    }
    let known = identified(&rulings, found);
    put(&rulings, &known, found);
    for (old, who) in known {
        identify(old, who, found);
    }
}

/// Whom the article's people turn out to be, by their index: where every note about somebody's mentions
/// means one and the same, and the name is a part of theirs ("Moreno" of "Ada Moreno"), or no other
/// mention is left.
fn identified<'r>(rulings: &'r [Ruling], found: &Annotations) -> BTreeMap<usize, &'r Who> {
    let mut said: BTreeMap<usize, Vec<Option<&Ruling>>> = BTreeMap::new();
    for mention in &found.mentions {
        let ruling = rulings.iter().find(|r| r.at.overlaps(mention.span));
        said.entry(mention.person).or_default().push(ruling);
    }
    let one = |(old, said): (usize, Vec<Option<&'r Ruling>>)| {
        let mut given = said.iter().flatten().map(|ruling| ruling.who.as_ref());
        let who = given.next()?.filter(|who| who.is_named())?;
        let same = given.all(|other| other.is_some_and(|other| other.agrees(who)));
        let (short, long) = (fold::words(&found.people[old].name), fold::words(&who.name));
        let part = short.split(' ').all(|word| long.split(' ').any(|other| other == word));
        (same && (part || said.iter().all(Option::is_some))).then_some((old, who))
    };
    said.into_iter().filter_map(one).collect()
}

/// Makes all that the article has of one person that of another: an editor has said who it is.
fn identify(old: usize, who: &Who, found: &mut Annotations) {
    let speaker = who.speaker(&mut found.people);
    let Some(new) = speaker.person.filter(|new| *new != old) else { return };
    let roles = std::mem::take(&mut found.people[old].roles);
    for role in roles {
        let known = &mut found.people[new].roles;
        if !known.iter().any(|other| fold::words(other) == fold::words(&role)) {
            known.push(role);
        }
    }
    found.mentions.iter_mut().filter(|m| m.person == old).for_each(|m| m.person = new);
    for quote in &mut found.quotes {
        if quote.speaker.as_ref().is_some_and(|s| s.person == Some(old)) {
            quote.speaker = Some(speaker.clone());
        }
    }
}

/// Whether a link stands around the very words of quotations: then it says who spoke them.
fn around_words(
    desk: &Desk<'_>,
    note: usize,
    at: Span,
    who: &Who,
    found: &Annotations,
    words: &mut Words,
) -> bool {
    let text = &desk.article.document.text;
    let inside = |quote: &Quote| quote.content.iter().all(|c| at.contains(trimmed(text, *c)));
    let spoken: Vec<usize> =
        found.quotes.iter().enumerate().filter(|(_, q)| inside(q)).map(|(index, _)| index).collect();
    for index in &spoken {
        words.entry(Target::Found(*index)).or_default().speaker.push((note, who.clone()));
    }
    !spoken.is_empty()
}

/// A span without marks and blanks at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let begin = words.find(char::is_alphanumeric).unwrap_or(0);
    let end = words
        .rfind(char::is_alphanumeric)
        .map_or(words.len(), |at| at + words[at..].chars().next().map_or(0, char::len_utf8));
    Span::new(span.start as usize + begin, span.start as usize + end)
}

/// The rulings without those that contradict each other.
fn agreeing(desk: &mut Desk<'_>, mut rulings: Vec<Ruling>) -> Vec<Ruling> {
    rulings.sort_by_key(|r| (r.at, r.note));
    let agree = |a: &Ruling, b: &Ruling| match (&a.who, &b.who) {
        (Some(one), Some(other)) => one.agrees(other),
        (None, None) => true,
        _ => false,
    };
    let mut against = BTreeSet::new();
    for (index, ruling) in rulings.iter().enumerate() {
        let over = rulings[index + 1..].iter().take_while(|other| other.at.start < ruling.at.end);
        for (ahead, other) in over.enumerate().filter(|(_, other)| !agree(ruling, other)) {
            against.extend([index, index + 1 + ahead]);
            contradiction(desk, ruling.note, other.note);
        }
    }
    let kept = rulings.into_iter().enumerate().filter(|(index, _)| !against.contains(index));
    kept.map(|(_, ruling)| ruling).collect()
}

/// The attributions whose source the words at `at` are.
fn spoken_by(text: &str, at: Span, found: &Annotations) -> Vec<usize> {
    let meant: Vec<usize> = found.mentions.iter().filter(|m| m.span.overlaps(at)).map(|m| m.person).collect();
    let decides = |quote: &Quote| {
        let Some(source) = quote.source.iter().find(|s| s.overlaps(at)) else { return false };
        if at.contains(*source) {
            return true;
        }
        // A source may name others as well: "an aide to Mr Lee", "the mayor's lawyer".
        let named = |m: &Mention| source.contains(m.span) && !m.span.overlaps(at);
        let known = match quote.speaker.as_ref().and_then(|s| s.person) {
            Some(person) => meant.contains(&person),
            None => source.end <= at.end && !found.mentions.iter().any(named),
        };
        known && !hangs_on(text, *source, at)
    };
    found.quotes.iter().enumerate().filter(|(_, q)| decides(q)).map(|(index, _)| index).collect()
}

/// Whether the words at `at` only tell in a source whose somebody else is: "the wife of Mr Lee",
/// "Mr Lee's lawyer".
fn hangs_on(text: &str, source: Span, at: Span) -> bool {
    const TIES: [&str; 12] =
        ["of", "for", "to", "with", "by", "from", "at", "in", "on", "against", "under", "and"];
    let before = &text[source.start.min(at.start) as usize..at.start as usize];
    let mut words = before.split(|c: char| !c.is_alphanumeric()).rev().filter(|word| !word.is_empty());
    let last = words.find(|word| !["the", "then"].contains(&word.to_lowercase().as_str()));
    // Behind the words of a link stands its address.
    let after = &text[at.end as usize..source.end.max(at.end) as usize];
    let after = after.trim_start_matches(['*', '_', ']']);
    let after = after.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(after, |(_, rest)| rest);
    let owns = ["'s", "’s", "'", "’"].iter().any(|mark| after.starts_with(mark));
    owns || last.is_some_and(|word| TIES.contains(&word.to_lowercase().as_str()))
}

/// Gives the mentions to whom the editor says, takes out those that mean nobody, and takes their
/// speaker from attributions that had no other ground for it.
fn put(rulings: &[Ruling], known: &BTreeMap<usize, &Who>, found: &mut Annotations) {
    for ruling in rulings {
        let person = match &ruling.who {
            Some(who) if who.is_named() => Some(who.place(&mut found.people)),
            _ => None,
        };
        let lost: BTreeSet<usize> =
            found.mentions.iter().filter(|m| m.span.overlaps(ruling.at)).map(|m| m.person).collect();
        let first = found.mentions.iter().map(|m| m.span).find(|span| span.overlaps(ruling.at));
        found.mentions.retain(|m| !m.span.overlaps(ruling.at));
        if let Some(person) = person {
            let span = first.filter(|span| ruling.at.contains(*span)).unwrap_or(ruling.at);
            found.mentions.push(Mention { span, person });
        }
        for old in lost.into_iter().filter(|old| Some(*old) != person) {
            let named = found.mentions.iter().any(|m| m.person == old);
            for quote in &mut found.quotes {
                let here = quote.source.iter().any(|s| s.overlaps(ruling.at));
                let meant = quote.speaker.as_ref().is_some_and(|s| s.person == Some(old));
                // Who is identified keeps what a pronoun has given them.
                if meant && (here || !named) && !known.contains_key(&old) {
                    quote.speaker = None;
                }
            }
        }
    }
    found.mentions.sort_by_key(|m| m.span);
}

impl Who {
    /// Whether two notes mean the same: one may give a name where the other gives an id.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let ids = match (&self.profile, &other.profile) {
            (Some(one), Some(other)) => one == other,
            _ => fold::words(&self.name) == fold::words(&other.name),
        };
        ids && self.kind == other.kind
    }
}
