//! Speakers by name: [`lines`].

use std::collections::BTreeSet;

use super::postings::base36;
use super::tree::Line;
use super::words;
use crate::library::Profile;
use crate::render::SiteView;
use crate::render::view::opening;

/// Bytes of a name or a role that a line holds, and of a name that is looked for.
const LONGEST: usize = 120;

/// The lines of those who have a page and may be listed, under the whole of each of their names and
/// under every ending of it:
///
/// ```text
/// ~lee ␉ code ␉ name ␉ role ␉ statements
/// ```
///
/// The code puts the most heard of one name first and ends with the id.
pub(super) fn lines(site: &SiteView<'_>) -> Vec<Line> {
    let listed = site.speakers().filter(|(_, profile)| !profile.noindex && !profile.statements.is_empty());
    listed.flat_map(|(_, profile)| of(profile)).collect()
}

fn of(profile: &Profile) -> Vec<Line> {
    let count = profile.statements.len();
    let heard = base36((1 << 30_u32) - count.min(1 << 30) as u64);
    let role = profile.roles.last().map(|r| r.role.as_str());
    let role = role.or(profile.seen_roles.last().map(|r| r.role.as_str())).unwrap_or_default();
    let rest = format!("{}\t{}\t{count}", opening(&profile.name, LONGEST), opening(role, LONGEST));
    let names = std::iter::once(&profile.name).chain(&profile.other_names);
    let endings: BTreeSet<String> = names.flat_map(|name| endings(&words::joined(name))).collect();
    let line = |name| Line { key: format!("~{name}\t{heard:0>6} {}", profile.id), rest: rest.clone() };
    endings.into_iter().map(line).collect()
}

/// A name from each of its words on.
fn endings(name: &str) -> Vec<String> {
    let starts = name.char_indices().filter(|(at, _)| *at == 0 || name[..*at].ends_with(' '));
    starts.map(|(at, _)| opening(&name[at..], LONGEST)).collect()
}

#[cfg(test)]
mod tests {
    use super::endings;

    #[test]
    fn a_name_is_found_from_each_of_its_words() {
        assert_eq!(endings("ann van lee"), ["ann van lee", "van lee", "lee"]);
        assert!(endings("").is_empty());
    }
}
