//! Outlets, places, topics and stories: names that make rows. Entry point: [`Rows::of`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::BriefId;
use crate::diag::{Code, Diagnostic};
use crate::text::fold;

/// A name and the briefs that carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Newest first.
    pub(crate) briefs: Vec<BriefId>,
}

/// A name as one brief writes it.
pub(crate) struct Use<'f> {
    pub(crate) brief: BriefId,
    pub(crate) entry: &'f Path,
    pub(crate) name: String,
}

/// All names of one sort.
#[derive(Default)]
pub(crate) struct Rows {
    /// By name.
    pub(crate) rows: Vec<Row>,
    /// The rows of each brief, by name.
    pub(crate) of: BTreeMap<BriefId, Vec<usize>>,
}

impl Rows {
    /// The rows of `uses`. Names with one slug are one row, called by the first of them in the
    /// order of code points; `folder` is the first segment of its pages' addresses.
    pub(crate) fn of(folder: &str, uses: &[Use<'_>]) -> (Self, Vec<Diagnostic>) {
        let mut by_id: BTreeMap<String, Vec<&Use<'_>>> = BTreeMap::new();
        for each in uses.iter().filter(|u| !u.name.trim().is_empty()) {
            by_id.entry(id(each.name.trim())).or_default().push(each);
        }
        let mut diagnostics = Vec::new();
        let mut rows: Vec<Row> = Vec::with_capacity(by_id.len());
        for (id, uses) in by_id {
            let name = uses.iter().map(|u| u.name.trim()).min().unwrap_or_default().to_owned();
            let briefs: BTreeSet<BriefId> = uses.iter().map(|u| u.brief).collect();
            diagnostics.extend(spellings(folder, &id, &name, &uses));
            rows.push(Row { id, name, briefs: briefs.into_iter().collect() });
        }
        rows.sort_by_cached_key(|row| (fold::key(&row.name), row.id.clone()));
        let mut of: BTreeMap<BriefId, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            for brief in &row.briefs {
                of.entry(*brief).or_default().push(index);
            }
        }
        (Self { rows, of }, diagnostics)
    }

    /// The first row of a brief.
    pub(crate) fn first(&self, brief: BriefId) -> Option<usize> {
        self.of.get(&brief)?.first().copied()
    }
}

/// The slug of a name; of its digest where no letter of it has one.
pub(crate) fn id(name: &str) -> String {
    let slug = fold::slug(name);
    if slug.is_empty() { blake3::hash(name.as_bytes()).to_hex()[..8].to_owned() } else { slug }
}

/// One warning for each wording that is not the row's name, at the first entry that has it.
fn spellings(folder: &str, id: &str, name: &str, uses: &[&Use<'_>]) -> Vec<Diagnostic> {
    let mut others: BTreeMap<&str, &Path> = BTreeMap::new();
    for each in uses.iter().filter(|u| u.name.trim() != name) {
        let first = others.entry(each.name.trim()).or_insert(each.entry);
        *first = each.entry.min(first);
    }
    let said = |(other, entry): (&str, &Path)| {
        let message = format!("`{other}` and `{name}` have one page, /{folder}/{id}/");
        Diagnostic::warning(Code::TWO_SPELLINGS, message)
            .in_file(entry)
            .hint(format!("the page says `{name}`; write it the same way here, or choose another name"))
    };
    others.into_iter().map(said).collect()
}

/// The places of a dateline, as people write them: "WASHINGTON/KYIV" is Washington and Kyiv.
pub(crate) fn places(dateline: &str) -> Vec<String> {
    dateline.split('/').map(str::trim).filter(|p| !p.is_empty()).map(title_case).collect()
}

/// Small letters for a name in capitals; a name with small letters stays as it is. What follows a
/// comma is its state or country and stays, too: "PORTLAND, Maine" is Portland, Maine, and not
/// "PORTLAND, Ore.".
fn title_case(place: &str) -> String {
    match place.split_once(',') {
        Some((name, rest)) if name.contains(char::is_alphabetic) => format!("{},{rest}", small_letters(name)),
        _ => small_letters(place),
    }
}

fn small_letters(place: &str) -> String {
    /// Abbreviations that datelines have in capitals everywhere.
    const ABBREVIATIONS: &[&str] = &["HMS", "RAF", "UN", "US", "USS"];
    const SMALL: &[&str] =
        &["of", "the", "on", "upon", "de", "la", "le", "au", "aux", "del", "da", "do", "sur"];
    if place.chars().any(char::is_lowercase) {
        return place.to_owned();
    }
    let mut out = String::with_capacity(place.len());
    let mut word = String::new();
    for c in place.chars().map(Some).chain([None]) {
        if let Some(letter) = c.filter(|c| c.is_alphabetic() || matches!(c, '\'' | '’')) {
            word.push(letter);
            continue;
        }
        let lower = word.to_lowercase();
        if ABBREVIATIONS.contains(&word.as_str()) {
            out.push_str(&word);
        } else if !out.is_empty() && SMALL.contains(&lower.as_str()) {
            out.push_str(&lower);
        } else {
            // "L'AQUILA" and "N'DJAMENA" have their capital behind the mark as well.
            let elided = word.char_indices().nth(1).is_some_and(|(_, c)| matches!(c, '\'' | '’'));
            for (index, letter) in word.chars().enumerate() {
                if index == 0 || (elided && index == 2) {
                    out.push(letter);
                } else {
                    out.extend(letter.to_lowercase());
                }
            }
        }
        word.clear();
        out.extend(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_name_places_in_small_letters() {
        for (dateline, expected) in [
            ("KYIV", &["Kyiv"][..]),
            ("WASHINGTON/KYIV", &["Washington", "Kyiv"]),
            ("NEW YORK ", &["New York"]),
            ("PORT-AU-PRINCE", &["Port-au-Prince"]),
            ("THE HAGUE", &["The Hague"]),
            ("ÅLESUND", &["Ålesund"]),
            ("L'AQUILA", &["L'Aquila"]),
            ("N’DJAMENA", &["N’Djamena"]),
            ("XI'AN", &["Xi'an"]),
            ("McMurdo", &["McMurdo"]),
            ("KENNEDY SPACE CENTER, Fla.", &["Kennedy Space Center, Fla."]),
            ("ABOARD USS HORNET", &["Aboard USS Hornet"]),
            ("WASHINGTON, D.C.", &["Washington, D.C."]),
            ("//", &[]),
        ] {
            assert_eq!(places(dateline), expected, "{dateline}");
        }
    }

    #[test]
    fn spellings_of_one_slug_are_one_row_and_it_is_said() {
        let used = |brief, entry: &'static str, name: &str| Use {
            brief,
            entry: Path::new(entry),
            name: name.into(),
        };
        let uses =
            [used(1, "content/b.md", "moon"), used(0, "content/a.md", "Moon"), used(0, "content/a.md", "★")];
        let (rows, said) = Rows::of("topics", &uses);
        assert_eq!(rows.rows.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["Moon", "★"]);
        assert_eq!((rows.rows[0].id.as_str(), rows.rows[0].briefs.as_slice()), ("moon", &[0, 1][..]));
        assert_eq!(rows.of[&0], [0, 1]);
        assert_eq!(said.len(), 1);
        assert_eq!(
            said[0].render(),
            "warning[P005 two-spellings]: `moon` and `Moon` have one page, /topics/moon/\n\
             \x20--> content/b.md\n\
             \x20 = help: the page says `Moon`; write it the same way here, or choose another name\n"
        );
    }
}
