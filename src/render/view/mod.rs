//! What templates get: slim rows that borrow from the library, never whole records.
//!
//! One file a page or kind of list. Every field is always there (Tera takes an undefined one for a
//! mistake); what is not known is `null`.

pub(super) mod anonymous;
pub(super) mod beside;
pub(super) mod brief;
mod calendar;
pub(super) mod days;
pub(super) mod feed;
pub(super) mod groups;
mod heat;
pub(super) mod home;
mod rail;
pub(super) mod readings;
mod related;
mod said;
pub(super) mod search;
pub(super) mod selection;
pub(super) mod sitemap;
pub(super) mod speaker;
pub(super) mod speakers;
pub(super) mod statement;
mod wording;

use serde::Serialize;

use super::SiteView;
use super::date::DateView;
use super::links;
use super::made::Ready;
use super::words::Words;
use crate::annotate::SpeakerKind;
use crate::library::{BriefId, ProfileId};

/// Words and where they lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    /// The words.
    pub(crate) title: String,
    /// A site path; `null` where the words stand alone.
    pub(crate) path: Option<String>,
}

/// A brief as lists show it.
#[derive(Debug, Serialize)]
pub(crate) struct BriefRow<'a> {
    title: &'a str,
    /// The language of title and description, where it is not that of the page.
    lang: Option<&'a str>,
    path: String,
    description: &'a str,
    date: Ready<DateView>,
    outlet: Option<Link>,
    place: Option<Link>,
    speakers: Vec<Ready<Link>>,
    /// How many speakers more there are than `speakers` lists.
    more: usize,
    statements: usize,
}

/// Speakers that a row of a list names.
const NAMED: usize = 3;

impl<'a> BriefRow<'a> {
    pub(super) fn of(site: &SiteView<'a>, id: BriefId) -> Self {
        let brief = site.brief(id);
        let day = brief.published.day;
        let heard = site.library.heard_in(id);
        Self {
            title: &brief.title,
            lang: site.other_lang(&site.records[id].article),
            path: links::brief(&brief.slug),
            description: &brief.description,
            date: site.day_view(day),
            outlet: brief.outlet.map(|outlet| outlet_link(site, outlet)),
            place: brief.place.map(|place| place_link(site, place)),
            more: heard.len().saturating_sub(NAMED),
            speakers: heard.into_iter().take(NAMED).map(|id| site.speaker_view(id)).collect(),
            statements: brief.statements.len(),
        }
    }

    /// Rows for several briefs, in their order.
    pub(super) fn all(site: &SiteView<'a>, ids: &[BriefId]) -> Vec<Self> {
        ids.iter().map(|id| Self::of(site, *id)).collect()
    }
}

/// An outlet and its page.
pub(super) fn outlet_link(site: &SiteView<'_>, outlet: usize) -> Link {
    let row = &site.library.outlets[outlet];
    Link { title: row.name.clone(), path: Some(links::outlet(&row.id)) }
}

/// A dateline place and its page.
pub(super) fn place_link(site: &SiteView<'_>, place: usize) -> Link {
    let row = &site.library.places[place];
    Link { title: row.name.clone(), path: Some(links::place(&row.id)) }
}

/// A speaker and their page, if they have one.
pub(super) fn speaker_link(site: &SiteView<'_>, id: ProfileId) -> Link {
    Link { title: site.profile(id).name.clone(), path: site.speaker_path(id) }
}

/// The type of schema.org that a speaker of this kind has; `None` for those who are no one body.
pub(super) fn schema_type(kind: SpeakerKind) -> Option<&'static str> {
    match kind {
        SpeakerKind::Person => Some("Person"),
        SpeakerKind::Organisation => Some("Organization"),
        SpeakerKind::Group | SpeakerKind::Unnamed | SpeakerKind::Document | SpeakerKind::Poll => None,
    }
}

/// The first words of a text, about `longest` letters of them, and a mark where more follows.
pub(super) fn opening(text: &str, longest: usize) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.is_empty() {
            out.extend(word.chars().take(longest));
        } else if out.len() + word.len() < longest {
            out.push(' ');
            out.push_str(word);
        } else {
            out.push_str(if out.ends_with('…') { "" } else { " …" });
            break;
        }
    }
    out
}

/// Names in a row, at most `most` of them: "A, B and C", "A, B and 4 more".
pub(super) fn listing(words: &'static Words, names: &[&str], most: usize) -> String {
    let (shown, rest) = names.split_at(names.len().min(most));
    match (shown, rest.len()) {
        ([], _) => String::new(),
        ([only], 0) => (*only).to_owned(),
        ([first @ .., last], 0) => words.with("lists.and", &[("first", &first.join(", ")), ("last", last)]),
        (shown, more) => {
            format!("{} {}", shown.join(", "), words.count("lists.more_joined", more))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, listing, opening};

    #[test]
    fn an_opening_ends_between_words() {
        assert_eq!(opening("the  lock\nopens", 40), "the lock opens");
        assert_eq!(opening("the lock opens", 9), "the lock …");
        assert_eq!(opening("  ", 9), "");
        assert_eq!(opening("the lock … opens", 12), "the lock …");
    }

    #[test]
    fn names_stand_in_a_row() {
        let names = ["Ada", "Bo", "Cy", "Di"];
        for (number, expected) in
            [(0, ""), (1, "Ada"), (2, "Ada and Bo"), (3, "Ada, Bo and Cy"), (4, "Ada, Bo, Cy and 1 more")]
        {
            assert_eq!(listing(Words::of_tag("en"), &names[..number], 3), expected);
        }
    }
}
