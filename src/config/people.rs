//! people.toml: the register of speakers, an editor's word.

use chrono::NaiveDate;

/// An address about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// "Wikidata", "Website".
    pub title: String,
    /// http or https.
    pub url: String,
}

/// An office or description, and when it was theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// "Commander, Apollo 8".
    pub role: String,
    /// The first day, where known.
    pub from: Option<NaiveDate>,
    /// The last day, where known.
    pub to: Option<NaiveDate>,
}

impl Role {
    /// Whether the role was held on `day`.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// One `[[person]]` of people.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The speaker page's address; once given it never changes its meaning.
    pub id: String,
    /// The name that pages show.
    pub name: String,
    /// Other full forms that mean them ("Edwin Aldrin").
    pub aliases: Vec<String>,
    /// Whether it is an organisation.
    pub organisation: bool,
    /// Roles in the order given.
    pub roles: Vec<Role>,
    /// Addresses about them.
    pub links: Vec<Link>,
    /// Ids that were merged into this one: their addresses redirect here.
    pub merged: Vec<String>,
    /// Which briefs are meant, by site path or slug, where two people share a name: this person
    /// is meant in these briefs alone (a split).
    pub only_in: Vec<String>,
    /// Whether there is a page, a feed, an index entry. `false`: named in briefs alone.
    pub page: bool,
    /// Whether search engines are asked to stay away. `None`: the built-in rule decides.
    pub noindex: Option<bool>,
}

/// people.toml, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// The people.
    pub people: Vec<Registered>,
}
