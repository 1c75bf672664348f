//! people.toml: the register of speakers, an editor's word.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::reader::{Reader, short};
use super::table::{Placed, Table, Value};
use crate::diag::{Code, Diagnostic, Severity};
use crate::text::{Span, fold};

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

/// A picture of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portrait {
    /// The file below static/, forward slashes ("portraits/ann-lee.jpg").
    pub file: String,
    /// Who made it, and by what right it is shown.
    pub credit: Option<String>,
    /// What it shows, for those who do not see it.
    pub alt: String,
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
    /// Their picture.
    pub portrait: Option<Portrait>,
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

/// The file's name, as diagnostics give it.
const FILE: &str = "people.toml";

const KEYS: [&str; 14] = [
    "id",
    "name",
    "aliases",
    "kind",
    "roles",
    "links",
    "portrait",
    "portrait_credit",
    "portrait_alt",
    "merged",
    "only_in",
    "page",
    "index",
    "noindex",
];

const HABITS: [(&str, &str); 7] = [
    ("alias", "aliases"),
    ("role", "roles"),
    ("link", "links"),
    ("type", "kind"),
    ("image", "portrait"),
    ("photo", "portrait"),
    ("indexed", "index"),
];

/// Addresses below /speakers/ that are no speaker's: the pages of those without a name.
pub const NOBODYS: [&str; 2] = ["unknown", "unnamed"];

/// A person with the places that messages about it point at.
struct Entry {
    person: Registered,
    id: Span,
    names: Vec<Placed<String>>,
    merged: Vec<Placed<String>>,
}

impl Register {
    /// Reads the text of people.toml. `None` where it is no TOML at all; a person with a
    /// mistake in `id` or `name`, or whose id is taken, is left out, with an error.
    #[must_use]
    pub fn parse(text: &str) -> (Option<Self>, Vec<Diagnostic>) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader::new(text, FILE, Code::BAD_SETTING, Code::UNKNOWN_SETTING);
        let mut table = match Table::from_toml(text, 0) {
            Ok(table) => table,
            Err(malformed) => {
                reader.malformed(Code::BAD_CONFIG, "TOML", malformed);
                return (None, reader.diagnostics);
            }
        };
        let tables = reader.tables(&mut table, "person");
        reader.finish(&table, &["person"], &[("people", "[[person]]")]);
        let entries: Vec<Entry> = tables.into_iter().filter_map(|t| entry(&mut reader, t)).collect();
        let entries = unique_ids(&mut reader, entries);
        unique_names(&mut reader, &entries);
        let people = entries.into_iter().map(|e| e.person).collect();
        (Some(Self { people }), reader.diagnostics)
    }

    /// Takes away the pictures of which `is_there` knows no file below static/; answers with an error
    /// for each.
    pub fn drop_missing_portraits(&mut self, is_there: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for person in &mut self.people {
            let missing = person.portrait.take_if(|portrait| !is_there(&portrait.file));
            diagnostics.extend(missing.map(|Portrait { file, .. }| {
                let message = format!("the portrait of {}, static/{file}, is not there", short(&person.name));
                let hint = "put the file there, or mend `portrait`; until then the page has no picture";
                Diagnostic::error(Code::BAD_PERSON, message).in_file(FILE).hint(hint)
            }));
        }
        diagnostics
    }
}

fn entry(reader: &mut Reader<'_>, table: Placed<Table>) -> Option<Entry> {
    let Placed { value: mut table, place } = table;
    let t = &mut table;
    let id = reader.text(t, "id");
    let name = reader.text(t, "name");
    let aliases = reader.texts(t, "aliases");
    let kind = reader.text(t, "kind");
    let roles = roles(reader, t);
    let links = links(reader, t);
    let merged = reader.texts(t, "merged");
    let only_in = reader.texts(t, "only_in").into_iter().map(|s| s.value).collect();
    let page = reader.flag(t, "page").unwrap_or(true);
    let noindex = noindex(reader, t, place);
    let portrait = portrait(reader, t, name.as_ref().map_or("", |name| &name.value));
    reader.finish(&table, &KEYS, &HABITS);
    let (Some(id), Some(name)) = (id, name) else {
        let hint = "write `id = \"ann-lee\"` and `name = \"Ann Lee\"`";
        person_error(reader, place, "a person needs `id` and `name`".into(), hint);
        return None;
    };
    if !is_id(reader, &id) {
        return None;
    }
    let organisation = kind.is_some_and(|k| is_organisation(reader, &k));
    let merged: Vec<_> = merged.into_iter().filter(|m| is_id(reader, m)).collect();
    let person = Registered {
        id: id.value,
        name: name.value.clone(),
        aliases: aliases.iter().map(|a| a.value.clone()).collect(),
        organisation,
        roles,
        links,
        portrait,
        merged: merged.iter().map(|m| m.value.clone()).collect(),
        only_in,
        page,
        noindex,
    };
    let names = std::iter::once(name).chain(aliases).collect();
    Some(Entry { person, id: id.place, names, merged })
}

fn person_error(reader: &mut Reader<'_>, place: Span, message: String, hint: impl Into<String>) {
    let diagnostic = reader.at(Severity::Error, Code::BAD_PERSON, message, place).hint(hint);
    reader.diagnostics.push(diagnostic);
}

fn is_id(reader: &mut Reader<'_>, id: &Placed<String>) -> bool {
    let slug = fold::slug(&id.value);
    if NOBODYS.contains(&id.value.as_str()) {
        let hint = format!("give the person another id; /speakers/{}/ is a page of the site", id.value);
        person_error(reader, id.place, format!("`{}` is no id", id.value), hint);
        return false;
    }
    if slug == id.value {
        return true;
    }
    let hint = if slug.is_empty() {
        "use small letters, digits and hyphens".to_owned()
    } else {
        format!("write `{slug}`: small letters, digits and hyphens")
    };
    person_error(reader, id.place, format!("`{}` is no id", short(&id.value)), hint);
    false
}

/// Whether search engines are asked to stay away: `noindex`, or its opposite, `index`.
fn noindex(reader: &mut Reader<'_>, table: &mut Table, place: Span) -> Option<bool> {
    let (noindex, index) = (reader.flag(table, "noindex"), reader.flag(table, "index"));
    if noindex.is_some() && index.is_some() {
        let hint = "keep `index` and take `noindex` out";
        person_error(reader, place, "`index` and `noindex` say one thing twice".into(), hint);
    }
    index.map(|index| !index).or(noindex)
}

/// The picture, with words in its place: `portrait_alt`, else "Portrait of" and the name.
fn portrait(reader: &mut Reader<'_>, table: &mut Table, name: &str) -> Option<Portrait> {
    let file = reader.text(table, "portrait");
    let credit = reader.text(table, "portrait_credit").map(|credit| credit.value);
    let alt = reader.text(table, "portrait_alt").map(|alt| alt.value);
    let Placed { value, place } = file?;
    let file = value.trim_start_matches('/').trim_start_matches("static/").to_owned();
    let inside = !file.split('/').any(|part| matches!(part, "" | "." | "..")) && !file.contains(['\\', ':']);
    if !inside {
        let message = format!("`{}` is no file of static/", short(&value));
        reader.bad(place, message, "write its path below static/, `portraits/ann-lee.jpg`");
        return None;
    }
    Some(Portrait { file, credit, alt: alt.unwrap_or_else(|| format!("Portrait of {name}")) })
}

fn is_organisation(reader: &mut Reader<'_>, kind: &Placed<String>) -> bool {
    let known = ["person", "organisation"];
    if !known.contains(&kind.value.as_str()) {
        let hint = "write \"person\" or \"organisation\"";
        person_error(reader, kind.place, format!("`{}` is no kind of speaker", short(&kind.value)), hint);
    }
    kind.value == "organisation"
}

/// Roles are texts, or tables with `role`, `from` and `to`.
fn roles(reader: &mut Reader<'_>, table: &mut Table) -> Vec<Role> {
    let Some(found) = table.take("roles") else { return Vec::new() };
    let items = match found.value {
        Value::List(items) => items,
        value => vec![Placed { value, place: found.place }],
    };
    items.into_iter().filter_map(|item| role(reader, item)).collect()
}

fn role(reader: &mut Reader<'_>, item: Placed<Value>) -> Option<Role> {
    let mut table = match item.value {
        Value::Text(role) => return Some(Role { role, from: None, to: None }),
        Value::Table(table) => table,
        other => {
            let message = format!("a role must be a text or a table, not {}", other.kind());
            reader.bad(item.place, message, "write `{ role = \"Mayor\", from = 2019-05-01 }`");
            return None;
        }
    };
    let role = reader.text(&mut table, "role");
    let from = bound(reader, &mut table, "from", false);
    let to = bound(reader, &mut table, "to", true);
    reader.finish(&table, &["role", "from", "to"], &[("title", "role"), ("since", "from"), ("until", "to")]);
    if role.is_none() {
        reader.bad(item.place, "a role needs `role`", "write `{ role = \"Mayor\", from = 2019-05-01 }`");
    }
    Some(Role { role: role?.value, from, to })
}

/// The first or last day of a role: a day, a month or a year.
fn bound(reader: &mut Reader<'_>, table: &mut Table, key: &str, last: bool) -> Option<NaiveDate> {
    let found = table.take(key)?;
    let day = found.value.day(last);
    if day.is_none() {
        reader.bad(
            found.place,
            format!("`{key}` is no date"),
            "write a day, `2019-05-01`, or a year, `2019`",
        );
    }
    day
}

fn links(reader: &mut Reader<'_>, table: &mut Table) -> Vec<Link> {
    let tables = reader.tables(table, "links");
    tables.into_iter().filter_map(|t| link(reader, t)).collect()
}

fn link(reader: &mut Reader<'_>, mut item: Placed<Table>) -> Option<Link> {
    let title = reader.text(&mut item.value, "title");
    let url = reader.text(&mut item.value, "url");
    reader.finish(&item.value, &["title", "url"], &[("name", "title"), ("href", "url")]);
    let Some(url) = url else {
        reader.bad(item.place, "a link needs `url`", "write `{ title = \"Website\", url = \"https://…\" }`");
        return None;
    };
    if !super::is_web_address(&url.value) {
        let message = format!("`{}` is no web address", short(&url.value));
        reader.bad(url.place, message, "write an address that starts with https://");
        return None;
    }
    let title = title.map_or_else(|| super::host(&url.value).to_owned(), |t| t.value);
    Some(Link { title, url: url.value })
}

/// Leaves out who takes an id that is somebody's already; former ids count.
fn unique_ids(reader: &mut Reader<'_>, entries: Vec<Entry>) -> Vec<Entry> {
    let mut owner: BTreeMap<String, String> = BTreeMap::new();
    let mut kept = Vec::new();
    for entry in entries {
        let name = &entry.person.name;
        if let Some(other) = owner.get(&entry.person.id) {
            let message = format!("the id `{}` is taken by {}", entry.person.id, short(other));
            person_error(reader, entry.id, message, format!("give {} another id", short(name)));
            continue;
        }
        owner.insert(entry.person.id.clone(), name.clone());
        kept.push(entry);
    }
    for entry in &mut kept {
        for former in &entry.merged {
            let taken = owner.get(&former.value).cloned();
            if let Some(other) = taken {
                let message = format!("the merged id `{}` is taken by {}", former.value, short(&other));
                person_error(
                    reader,
                    former.place,
                    message,
                    "an id leads to one person; take it out of one place",
                );
                entry.person.merged.retain(|m| *m != former.value);
            } else {
                owner.insert(former.value.clone(), entry.person.name.clone());
            }
        }
    }
    kept
}

/// Says which names mean two people in every brief.
fn unique_names(reader: &mut Reader<'_>, entries: &[Entry]) {
    let mut owner: BTreeMap<String, usize> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        for name in &entry.names {
            let Some(&other) = owner.get(&fold::words(&name.value)) else {
                owner.insert(fold::words(&name.value), index);
                continue;
            };
            let split = |e: &Entry| !e.person.only_in.is_empty();
            if other != index && !split(entry) && !split(&entries[other]) {
                let (one, two) = (&entries[other].person.id, &entry.person.id);
                let message = format!("`{}` means both `{one}` and `{two}`", short(&name.value));
                let hint = "say with `only_in = [\"slug\"]` in which briefs one of them is meant";
                person_error(reader, name.place, message, hint);
            }
        }
    }
}

#[cfg(test)]
mod tests;
