//! A headline for a text that has none: [`derived`] from its words, or [`of_slug`].

use crate::text::{BlockKind, Document, Prose};

/// The longest derived headline, in characters.
const LONGEST: usize = 90;

/// Makes a headline of the standfirst or the first sentence; `None` where there are no words.
pub(super) fn derived(document: &Document) -> Option<String> {
    let prose = Prose::of(document);
    let paragraphs = prose.paragraphs();
    let chosen = paragraphs
        .iter()
        .find(|p| p.standfirst)
        .or_else(|| paragraphs.iter().find(|p| p.kind == BlockKind::Paragraph))
        .or_else(|| paragraphs.first())?;
    let words = first_sentence(chosen.span.of(prose.text()).trim());
    let cut = closed(&shorten(words));
    let plain = cut.trim_end_matches(|c: char| c.is_whitespace() || ".,;:!?…-–—".contains(c));
    plain.contains(char::is_alphanumeric).then(|| plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An address as words: `first-talks` is "First talks".
pub(super) fn of_slug(slug: &str) -> String {
    let words = slug.split(['-', '_', '.']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(|| slug.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// The first sentence of `text`; a full stop after an abbreviation or an initial ends none.
fn first_sentence(text: &str) -> &str {
    let mut from = 0;
    // A sentence that long is cut in any case.
    while let Some(found) = text[from..].find(['.', '!', '?']).filter(|at| from + at < 4 * LONGEST) {
        let stop = from + found + 1;
        let rest = text[stop..].trim_start_matches(['”', '"', '’', '\'', ')']);
        let end = text.len() - rest.len();
        let next = rest.trim_start().chars().next();
        let begins = rest.starts_with(char::is_whitespace) && next.is_none_or(|c| !c.is_lowercase());
        if rest.is_empty() || begins && !is_abbreviation(&text[..stop]) {
            return &text[..end];
        }
        from = stop;
    }
    text
}

/// Whether `text` ends in an abbreviation: "Mr.", "Dec.", "U.S.", "J.".
fn is_abbreviation(text: &str) -> bool {
    let Some(text) = text.strip_suffix('.') else { return false };
    let word =
        text.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(['“', '"', '(']);
    (word.chars().count() == 1 && word.contains(char::is_alphabetic))
        || word.contains('.')
        || [
            "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Lt", "Maj", "Capt", "Sgt", "Sen", "Rep", "Gov",
            "Rev", "St", "Jr", "Sr", "No", "vs", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct",
            "Nov", "Dec", "Inc", "Co",
        ]
        .contains(&word)
}

/// At most [`LONGEST`] characters, cut between two words.
fn shorten(words: &str) -> String {
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let cut: String = words.chars().take(LONGEST + 1).collect();
    match cut.rfind(char::is_whitespace) {
        Some(at) => cut[..at].to_owned(),
        None => words.chars().take(LONGEST).collect(),
    }
}

/// The same without a quotation that the cut has left open.
fn closed(words: &str) -> String {
    let count = |c: char| words.chars().filter(|x| *x == c).count();
    let open = if count('“') > count('”') {
        words.rfind('“')
    } else if count('"') % 2 == 1 {
        words.rfind('"')
    } else {
        None
    };
    match open {
        Some(at) if at >= LONGEST / 4 => words[..at].to_owned(),
        Some(at) => words[..at].to_owned() + words[at..].trim_start_matches(['“', '"']),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        derived(&crate::parse::wire::document(text.to_owned(), &[]).0)
    }

    #[test]
    fn a_headline_is_made_of_the_standfirst_or_the_first_sentence() {
        for (text, headline) in [
            ("KYIV - Mr. Lee met U.S. envoys on Dec. 5. It was cold.", "Mr. Lee met U.S. envoys on Dec. 5"),
            ("The bridge opens soon.\n\nELM - It opens. More.\n\nMore.", "The bridge opens soon"),
            ("“We go,” she said. More.", "“We go,” she said"),
            (
                "The council of the town voted on Monday evening, after nine hours of talks and “a long, long quarrel” to go home.",
                "The council of the town voted on Monday evening, after nine hours of talks and",
            ),
            (
                "“One word after another that nobody ever closes and that goes on and on until it has no more breath left.",
                "One word after another that nobody ever closes and that goes on and on until it has no",
            ),
        ] {
            assert_eq!(of(text).as_deref(), Some(headline));
        }
        assert_eq!(of("…"), None);
        assert!(of(&"x".repeat(1000)).unwrap().len() <= LONGEST);
    }
}
