//! Given names: whose they may be, their short forms, and where the family name stands first.
//!
//! Entry points: [`sex`], [`short_for_same`], [`family_first`].

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::lexicon::{Gender, lexicon};

const CENSUS: &str = include_str!("rules/en/census.txt");
const NICKNAMES: &str = include_str!("rules/en/nicknames.txt");
const FAMILIES: &str = include_str!("rules/en/family_first.txt");

/// The sex that a given name (lower case) usually tells; `None` where it tells none.
///
/// The census knows more names than `names.txt`, but many of them are surnames and words as well:
/// it says whom a pronoun may mean, and never that something is a name.
pub(super) fn sex(word: &str) -> Option<Gender> {
    static SEXES: LazyLock<HashMap<&str, Gender>> = LazyLock::new(|| {
        let listed = lines(CENSUS).filter_map(|line| line.split_once(": "));
        let sex = |letter: &str| if letter == "m" { Gender::Male } else { Gender::Female };
        listed.flat_map(|(letter, names)| names.split(' ').map(move |name| (name, sex(letter)))).collect()
    });
    match lexicon().given_name(word) {
        Some(Gender::Either) => None,
        Some(told) => Some(told),
        None => SEXES.get(word).copied(),
    }
}

/// Whether two given names (folded) are forms of one: "bill" and "william".
pub(super) fn short_for_same(a: &str, b: &str) -> bool {
    static NAMES: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
        let mut names: HashMap<&str, Vec<usize>> = HashMap::new();
        for (row, line) in lines(NICKNAMES).enumerate() {
            line.split(' ').for_each(|name| names.entry(name).or_default().push(row));
        }
        names
    });
    let rows = |name: &str| NAMES.get(name).map_or(&[][..], Vec::as_slice);
    rows(a).iter().any(|row| rows(b).contains(row))
}

/// Whether the words of a full name (folded) put the family first: by its Chinese, Korean or
/// Vietnamese family name ("Xi Jinping"), or by a given name that stands last ("Orbán Viktor").
pub(super) fn family_first(words: &[String]) -> bool {
    static FAMILIES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| lines(self::FAMILIES).flat_map(|line| line.split(' ')).collect());
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let given = |word: &String| lexicon().given_name(word).is_some();
    match words.len() {
        2..=4 if FAMILIES.contains(first.as_str()) => true,
        2 => given(last) && !given(first) && sex(first).is_none(),
        _ => false,
    }
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn the_census_tells_a_sex_and_no_more() {
        assert_eq!(sex("ann"), Some(Gender::Female));
        assert_eq!(sex("brigid"), Some(Gender::Female));
        assert_eq!(sex("clifton"), Some(Gender::Male));
        assert_eq!(sex("kim"), None, "borne by both");
        assert_eq!(sex("andrea"), lexicon().given_name("andrea").filter(|g| *g != Gender::Either));
        assert_eq!(lexicon().given_name("clifton"), None);
    }

    #[test]
    fn short_forms_share_a_line() {
        assert!(short_for_same("bill", "william"));
        assert!(short_for_same("peg", "margaret") || short_for_same("peggy", "margaret"));
        assert!(!short_for_same("bill", "robert"));
        assert!(!short_for_same("oss", "oss"), "no given name at all");
    }

    #[test]
    fn families_stand_first_in_some_countries() {
        assert!(family_first(&words("xi wenming")));
        assert!(family_first(&words("kim sung ho")));
        assert!(family_first(&words("halasz viktor")));
        assert!(!family_first(&words("viktor halasz")));
        assert!(!family_first(&words("thomas arnold")), "both are given names");
        assert!(!family_first(&words("xi")));
    }
}
