//! [`Name`]: a name taken apart for comparing; never shown.

use std::sync::Arc;

use crate::text::fold;

/// Words before a name that say nothing about who it is. The annotator leaves most of them out;
/// front matter and other engines do not.
const HONORIFICS: &[&str] =
    &["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev"];

/// A name in comparable form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    /// The folded words without honorifics and initials: equal for forms of one full name.
    pub(crate) key: Arc<str>,
    /// The initials that were left out, in order ("f" of "John F. Kennedy").
    pub(crate) initials: Arc<str>,
    /// The last word of the key.
    pub(crate) surname: Arc<str>,
    /// Whether it is one word of several that the person has: a surname alone.
    pub(crate) alone: bool,
}

impl Name {
    /// The name of a person.
    pub(crate) fn of(text: &str) -> Self {
        let folded = fold::words(text);
        let mut words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
        while words.len() > 1 && HONORIFICS.contains(&words[0]) {
            words.remove(0);
        }
        let (initials, full): (Vec<&str>, Vec<&str>) =
            words.iter().copied().partition(|w| is_initial(w) && words.len() > 1);
        let initials = initials.concat();
        let surname: Arc<str> = (*full.last().or(words.last()).unwrap_or(&"")).into();
        if full.len() < 2 && !initials.is_empty() {
            // "J. D. Moe" and "JD Moe": the initials are all the given name there is.
            let key = [initials.as_str()].into_iter().chain(full).collect::<Vec<_>>().join(" ");
            return Self { key: key.into(), initials: Arc::default(), surname, alone: false };
        }
        let key = full.join(" ");
        Self { alone: full.len() == 1 && has_case(text), key: key.into(), initials: initials.into(), surname }
    }

    /// The name of a body: its folded words without a leading article.
    pub(crate) fn of_body(text: &str) -> String {
        let folded = fold::words(text);
        folded.strip_prefix("the ").map_or(folded.clone(), str::to_owned)
    }

    /// Whether the initials of two forms can be one person's: one has none, or one begins as
    /// the other.
    pub(crate) fn initials_agree(a: &str, b: &str) -> bool {
        a.starts_with(b) || b.starts_with(a)
    }
}

/// Whether a folded word is one letter that stands for a name.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_lowercase()) && chars.next().is_none()
}

/// Whether the script has capitals. Where it has none, names are written without blanks, and one
/// word is a full name.
fn has_case(text: &str) -> bool {
    text.chars().any(|c| c.is_lowercase() || c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_have_one_key() {
        for (text, key, initials, alone) in [
            ("John F. Kennedy", "john kennedy", "f", false),
            ("JOHN KENNEDY", "john kennedy", "", false),
            ("Mr. José Ruiz", "jose ruiz", "", false),
            ("J.D. Moe", "jd moe", "", false),
            ("JD Moe", "jd moe", "", false),
            ("Ushakov", "ushakov", "", true),
            ("Dr Moe", "moe", "", true),
            ("Ann Moe Jr", "ann moe jr", "", false),
            ("李明", "李明", "", false),
            ("", "", "", false),
            ("U", "u", "", true),
        ] {
            let name = Name::of(text);
            assert_eq!((&*name.key, &*name.initials, name.alone), (key, initials, alone), "{text}");
        }
        assert_eq!(Name::of_body("The Élan Group"), "elan group");
        assert!(Name::initials_agree("f", "") && Name::initials_agree("f", "fx"));
        assert!(!Name::initials_agree("f", "r"));
    }
}
