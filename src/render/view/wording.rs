//! Two wordings of one quotation, word by word: [`compared`].

use serde::Serialize;

use crate::text::fold;

/// The most comparisons of two words that a page is worth.
const MOST: usize = 400_000;
/// How many words at an end that one wording alone has are shown; of more, that they are there.
const SHOWN: usize = 3;

/// Words of one or both wordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    /// The words; those that both have are given as they stand there.
    words: String,
    /// "both", "here" or "there".
    side: &'static str,
}

/// A word with the marks around it.
struct Token<'t> {
    text: &'t str,
    key: String,
}

/// The other wording, with what stands here alone and what stands there alone; nothing where both are
/// too long to compare. Case and marks make no difference.
pub(super) fn compared(here: &str, there: &str) -> Vec<Piece> {
    let (here, there) = (tokens(here), tokens(there));
    if here.len() * there.len() > MOST {
        return Vec::new();
    }
    // How many words both have from here on, by the place in either.
    let width = there.len() + 1;
    let mut shared = vec![0_u32; (here.len() + 1) * width];
    for (i, one) in here.iter().enumerate().rev() {
        for (j, other) in there.iter().enumerate().rev() {
            shared[i * width + j] = if one.key == other.key {
                shared[(i + 1) * width + j + 1] + 1
            } else {
                shared[(i + 1) * width + j].max(shared[i * width + j + 1])
            };
        }
    }
    let mut pieces = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < here.len() || j < there.len() {
        if i < here.len() && j < there.len() && here[i].key == there[j].key {
            push(&mut pieces, "both", there[j].text);
            (i, j) = (i + 1, j + 1);
        } else if j == there.len()
            || (i < here.len() && shared[(i + 1) * width + j] >= shared[i * width + j + 1])
        {
            push(&mut pieces, "here", here[i].text);
            i += 1;
        } else {
            push(&mut pieces, "there", there[j].text);
            j += 1;
        }
    }
    shorten(&mut pieces);
    pieces
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let words = text.split_whitespace().map(|text| Token { text, key: fold::words(text) });
    words.filter(|token| !token.key.is_empty()).collect()
}

fn push(pieces: &mut Vec<Piece>, side: &'static str, word: &str) {
    match pieces.last_mut() {
        Some(last) if last.side == side => {
            last.words.push(' ');
            last.words.push_str(word);
        }
        _ => pieces.push(Piece { words: word.to_owned(), side }),
    }
}

/// Leaves out what one wording alone goes on with before or behind the words of both.
fn shorten(pieces: &mut [Piece]) {
    let (Some(first), Some(last)) =
        (pieces.iter().position(|p| p.side == "both"), pieces.iter().rposition(|p| p.side == "both"))
    else {
        return;
    };
    for (index, piece) in pieces.iter_mut().enumerate() {
        let outside = index < first || index > last;
        if outside && piece.words.split(' ').count() > SHOWN {
            *piece = Piece { words: "…".into(), side: "both" };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces in one line, `-here-` and `+there+`.
    fn line(here: &str, there: &str) -> String {
        let pieces = compared(here, there);
        let drawn = pieces.iter().map(|p| match p.side {
            "here" => format!("-{}-", p.words),
            "there" => format!("+{}+", p.words),
            _ => p.words.clone(),
        });
        drawn.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_compared_and_marks_are_not() {
        for (here, there, expected) in [
            ("“The gate stays shut,”", "\"the gate stays shut.\"", "\"the gate stays shut.\""),
            ("The gate stays shut", "The gate remains shut", "The gate -stays- +remains+ shut"),
            ("The gate is very old", "The gate is old", "The gate is -very- old"),
            ("The gate — mine — is old", "The old gate is mine", "The +old+ gate -mine- is -old- +mine+"),
            ("We open at noon", "Listen to me once more: we open today at noon", "… we open +today+ at noon"),
            ("No, we open at noon", "We open at ten", "-No,- We open at -noon- +ten+"),
            ("one", "two", "-one- +two+"),
        ] {
            assert_eq!(line(here, there), expected);
        }
    }

    #[test]
    fn what_is_too_long_is_not_compared() {
        let long = "word ".repeat(1_000);
        assert_eq!(compared(&long, &long), []);
    }
}
