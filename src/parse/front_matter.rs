//! [`Raw`]: the front matter as it is written, every key read and none judged.
//!
//! Entry point: [`read`].

use crate::config::{Placed, Reader, Table, Value, When, near, short};
use crate::diag::{Code, Severity};

/// Every key that front matter knows (the architecture's fixed names).
pub(super) const KEYS: [&str; 24] = [
    "title",
    "date",
    "updated",
    "slug",
    "draft",
    "authors",
    "description",
    "topics",
    "tags",
    "story",
    "aliases",
    "outlet",
    "source_url",
    "byline",
    "dateline",
    "credit",
    "rights",
    "lang",
    "status",
    "embargo",
    "corrections",
    "show",
    "notes",
    "extra",
];

/// What other generators call them.
const HABITS: [(&str, &str); 27] = [
    ("author", "authors"),
    ("categories", "topics"),
    ("category", "topics"),
    ("keywords", "topics"),
    ("taxonomies", "topics"),
    ("published", "date"),
    ("pubdate", "date"),
    ("published_at", "date"),
    ("created", "date"),
    ("lastmod", "updated"),
    ("modified", "updated"),
    ("last_modified_at", "updated"),
    ("summary", "description"),
    ("excerpt", "description"),
    ("standfirst", "description"),
    ("headline", "title"),
    ("language", "lang"),
    ("locale", "lang"),
    ("permalink", "slug"),
    ("url", "source_url"),
    ("source", "source_url"),
    ("series", "story"),
    ("agency", "credit"),
    ("params", "extra"),
    ("copyright", "rights"),
    ("note", "notes"),
    ("annotations", "notes"),
];

/// Unknown keys that mean "not yet" or "not at all" elsewhere. A brief that carries one is held
/// back: to publish what somebody wanted to hold back cannot be undone.
const HOLDING: [(&str, &str); 9] = [
    ("embargoed", "embargo"),
    ("embargo_until", "embargo"),
    ("publishdate", "embargo"),
    ("publish_date", "embargo"),
    ("publish_on", "embargo"),
    ("withheld", "status"),
    ("pubstatus", "status"),
    ("killed", "status"),
    ("drafts", "draft"),
];

/// The front matter as it is written.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) title: Option<Placed<String>>,
    pub(super) date: Option<Placed<When>>,
    pub(super) updated: Option<Placed<When>>,
    pub(super) slug: Option<Placed<String>>,
    pub(super) draft: bool,
    pub(super) authors: Vec<Placed<String>>,
    pub(super) description: Option<Placed<String>>,
    pub(super) topics: Vec<Placed<String>>,
    pub(super) story: Option<Placed<String>>,
    pub(super) aliases: Vec<Placed<String>>,
    pub(super) outlet: Option<Placed<String>>,
    pub(super) source_url: Option<Placed<String>>,
    pub(super) byline: Option<Placed<String>>,
    pub(super) dateline: Option<Placed<String>>,
    pub(super) credit: Vec<Placed<String>>,
    pub(super) rights: Option<Placed<String>>,
    pub(super) lang: Option<Placed<String>>,
    pub(super) status: Option<Placed<String>>,
    pub(super) embargo: Option<Placed<When>>,
    pub(super) corrections: Vec<Placed<Table>>,
    pub(super) show: Option<Placed<String>>,
    /// The editor's word, which a later stage reads.
    pub(super) notes: Vec<Placed<Table>>,
    pub(super) extra: Table,
    /// Whether a key that decides what is published could not be read: the entry is left out.
    pub(super) doubtful: bool,
}

/// Reads every key of `table` and reports those that are unknown or of the wrong kind.
pub(super) fn read(reader: &mut Reader<'_>, mut table: Table) -> Raw {
    let t = &mut table;
    let mut raw = deciding(reader, t);
    raw.title = reader.text(t, "title");
    raw.updated = reader.when(t, "updated");
    raw.authors = reader.texts(t, "authors");
    raw.description = reader.text(t, "description");
    raw.topics = reader.texts(t, "topics");
    raw.topics.extend(reader.texts(t, "tags"));
    raw.story = reader.text(t, "story");
    raw.aliases = reader.texts(t, "aliases");
    raw.outlet = reader.text(t, "outlet");
    raw.source_url = reader.text(t, "source_url");
    raw.byline = reader.text(t, "byline");
    raw.dateline = reader.text(t, "dateline");
    raw.credit = reader.texts(t, "credit");
    raw.rights = reader.text(t, "rights");
    raw.lang = reader.text(t, "lang");
    raw.notes = reader.tables(t, "notes");
    raw.extra = reader.table(t, "extra");
    raw.doubtful |= holding(reader, t);
    reader.finish(&table, &KEYS, &HABITS);
    raw
}

/// The keys that decide whether, when and how much is published.
fn deciding(reader: &mut Reader<'_>, t: &mut Table) -> Raw {
    let before = reader.diagnostics.len();
    let mut raw = Raw {
        status: reader.text(t, "status"),
        embargo: reader.when(t, "embargo"),
        draft: reader.flag(t, "draft").unwrap_or(false),
        date: reader.when(t, "date"),
        show: reader.text(t, "show"),
        slug: reader.text(t, "slug"),
        corrections: reader.tables(t, "corrections"),
        ..Raw::default()
    };
    raw.doubtful = reader.diagnostics.len() > before;
    raw
}

/// Reports unknown keys that may mean to hold the brief back, and takes them out.
fn holding(reader: &mut Reader<'_>, table: &mut Table) -> bool {
    let mut held = false;
    let mut rest = Vec::new();
    for field in std::mem::take(&mut table.fields) {
        let Some(meant) = meant_to_hold(&field.key.value, &field.value.value) else {
            rest.push(field);
            continue;
        };
        let message = format!(
            "unknown key `{}`: the brief is left out, since it may mean `{meant}`",
            short(&field.key.value)
        );
        let diagnostic = reader
            .at(Severity::Error, Code::UNKNOWN_KEY, message, field.key.place)
            .hint(format!("write `{meant}`, or remove the key"));
        reader.diagnostics.push(diagnostic);
        held = true;
    }
    table.fields = rest;
    held
}

fn meant_to_hold(key: &str, value: &Value) -> Option<&'static str> {
    let lower = key.to_lowercase();
    if let Some((_, meant)) = HOLDING.iter().find(|(k, _)| *k == lower) {
        return Some(meant);
    }
    if matches!(lower.as_str(), "published" | "publish") {
        return (*value == Value::Flag(false)).then_some("draft");
    }
    // A near miss of these three; `date` and others are nearer to nothing that holds back.
    near(&lower, &KEYS).filter(|k| matches!(*k, "embargo" | "status" | "draft")).filter(|k| *k != key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_toml(text: &str) -> (Raw, String) {
        let mut reader = Reader::new(text, "content/a.md", Code::BAD_VALUE, Code::UNKNOWN_KEY);
        let raw = read(&mut reader, Table::from_toml(text, 0).unwrap());
        (raw, reader.diagnostics.iter().map(crate::diag::Diagnostic::render).collect())
    }

    #[test]
    fn habits_of_other_generators_get_the_right_name() {
        for (given, right) in [
            ("author = \"A\"", "write `authors`"),
            ("pubDate = 2025-12-06", "write `date`"),
            ("lastmod = 2025-12-06", "write `updated`"),
            ("summary = \"S\"", "write `description`"),
            ("[taxonomies]\ntags = [\"a\"]", "write `topics`"),
            ("titel = \"T\"", "did you mean `title`?"),
        ] {
            let (raw, told) = read_toml(given);
            assert!(told.contains("warning[F005 unknown-key]: unknown key `"), "{told}");
            assert!(told.contains(right), "{told}");
            assert!(!raw.doubtful);
        }
    }

    #[test]
    fn a_key_that_may_hold_the_brief_back_does() {
        assert_eq!(
            read_toml("embargoed = 2030-01-01").1,
            "error[F005 unknown-key]: unknown key `embargoed`: the brief is left out, since it may mean `embargo`\n\
             \x20 --> content/a.md:1:1\n\
             \x20  |\n\
             1  | embargoed = 2030-01-01\n\
             \x20  | ^^^^^^^^^\n\
             \x20  = help: write `embargo`, or remove the key\n"
        );
        for given in [
            "stauts = \"withheld\"",
            "Draft = true",
            "published = false",
            "draft = \"yes\"",
            "embargo = \"soon\"",
        ] {
            assert!(read_toml(given).0.doubtful, "{given}");
        }
        assert!(!read_toml("published = true").0.doubtful);
    }
}
