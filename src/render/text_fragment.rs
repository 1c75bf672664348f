//! Text fragments: addresses that lead a reader to the very words in somebody else's page.
//!
//! Entry point: [`to_words`]. The form is that of the WICG draft "URL Fragment Text Directives"
//! (`#:~:text=start,end`). A page may set its quotation marks, apostrophes and line breaks otherwise
//! than the copy that came to us, and a browser compares letter by letter, so that the directive is
//! made of whole words without any of these.

use super::escape;

/// Words at either end that are enough to find a longer passage.
const ENDS: usize = 5;
/// The longest passage, in words, that is given whole.
const WHOLE: usize = 10;
/// The fewest words, and the fewest letters, that find a place.
const FEWEST: (usize, usize) = (3, 12);

/// `address` with the directive that finds `words` there; `None` where they hold no stretch that is
/// sure to stand there letter by letter and long enough to be found.
pub(super) fn to_words(address: &str, words: &str) -> Option<String> {
    let stretches: Vec<Vec<&str>> = words.split(differs).map(plain_words).filter(|s| finds(s)).collect();
    let (first, last) = (stretches.first()?, stretches.last()?);
    let directive = if stretches.len() == 1 && first.len() <= WHOLE {
        encoded(first)
    } else {
        let (start, end) = (&first[..first.len().min(ENDS)], &last[last.len().saturating_sub(ENDS)..]);
        format!("{},{}", encoded(start), encoded(end))
    };
    let joint = if address.contains('#') { ":~:text=" } else { "#:~:text=" };
    Some(format!("{}{joint}{directive}", escape::href(address)))
}

/// Whether a page may well write another character here, or none.
fn differs(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '´'
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '…'
            | '–'
            | '—'
            | '['
            | ']'
            | '('
            | ')'
            | '\n'
    ) || c.is_control()
}

/// The words of a stretch without the punctuation at its ends.
fn plain_words(stretch: &str) -> Vec<&str> {
    stretch.trim_matches(|c: char| !c.is_alphanumeric()).split_whitespace().collect()
}

fn finds(words: &[&str]) -> bool {
    words.len() >= FEWEST.0 && words.iter().map(|word| word.chars().count()).sum::<usize>() >= FEWEST.1
}

/// Words as the value of a directive, in which `-`, `,` and `&` have a meaning of their own.
fn encoded(words: &[&str]) -> String {
    escape::query(&words.join(" ")).replace('-', "%2D")
}

#[cfg(test)]
mod tests {
    use super::to_words;

    #[test]
    fn a_directive_finds_the_words_whatever_marks_the_page_sets() {
        for (words, expected) in [
            ("“The gate holds for now,”", Some("The%20gate%20holds%20for%20now")),
            // A long passage by its ends; an apostrophe is in neither.
            (
                "“The gate will hold until the crews have come, and they won’t leave before the water is gone”",
                Some("The%20gate%20will%20hold%20until,before%20the%20water%20is%20gone"),
            ),
            // What has a meaning in a directive is encoded.
            ("a well-kept, old gate & lock", Some("a%20well%2Dkept%2C%20old%20gate%20%26%20lock")),
            ("“It’s over”", None),
            ("“I do so”", None),
            ("", None),
        ] {
            let found = to_words("https://far.example/a", words);
            let expected = expected.map(|d| format!("https://far.example/a#:~:text={d}"));
            assert_eq!(found, expected, "{words}");
        }
        let at_a_place = to_words("https://far.example/a#live", "the gate holds for now").unwrap();
        assert_eq!(at_a_place, "https://far.example/a#live:~:text=the%20gate%20holds%20for%20now");
    }
}
