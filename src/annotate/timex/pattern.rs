//! The language of rule patterns: words, `{classes}`, `(this|that)` and `optional?`.
//!
//! Entry point: [`expand`], which writes a pattern out as every plain sequence that it admits.
//! Each element of a sequence takes exactly one token.

use super::lexicon::{Class, Lexicon, WordId};

/// What one token must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// This very word or mark.
    Word(WordId),
    /// Any token of the class.
    Class(Class),
}

impl Element {
    /// Reads one element, `{class}` or a word.
    ///
    /// # Panics
    /// If there is no such class: the rules are compiled in.
    pub(super) fn parse(text: &str, lexicon: &mut Lexicon) -> Self {
        match text.strip_prefix('{').and_then(|t| t.strip_suffix('}')) {
            Some(name) => {
                Self::Class(Class::of_name(name).unwrap_or_else(|| panic!("no class is called {name}")))
            }
            None => Self::Word(lexicon.intern(text)),
        }
    }
}

/// Every sequence that `pattern` admits. `optional?` and groups nest; a group may be optional.
pub(super) fn expand(pattern: &str, lexicon: &mut Lexicon) -> Vec<Vec<Element>> {
    let spaced = pattern.replace('(', " ( ").replace(')', " ) ").replace('|', " | ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let sequences = alternatives(&words, &mut at, lexicon);
    assert_eq!(at, words.len(), "a bracket too many in `{pattern}`");
    sequences
}

fn alternatives(words: &[&str], at: &mut usize, lexicon: &mut Lexicon) -> Vec<Vec<Element>> {
    let mut all = Vec::new();
    loop {
        all.extend(sequence(words, at, lexicon));
        if words.get(*at) != Some(&"|") {
            return all;
        }
        *at += 1;
    }
}

fn sequence(words: &[&str], at: &mut usize, lexicon: &mut Lexicon) -> Vec<Vec<Element>> {
    let mut so_far = vec![Vec::new()];
    while let Some(&word) = words.get(*at) {
        let (choices, optional) = match word {
            "|" | ")" => break,
            "(" => {
                *at += 1;
                let inner = alternatives(words, at, lexicon);
                assert_eq!(words.get(*at), Some(&")"), "an open bracket in {words:?}");
                let optional = words.get(*at + 1) == Some(&"?");
                *at += usize::from(optional);
                (inner, optional)
            }
            _ => {
                let (plain, optional) = word.strip_suffix('?').map_or((word, false), |plain| (plain, true));
                (vec![vec![Element::parse(plain, lexicon)]], optional)
            }
        };
        *at += 1;
        so_far = product(&so_far, &choices, optional);
    }
    so_far
}

fn product(heads: &[Vec<Element>], tails: &[Vec<Element>], optional: bool) -> Vec<Vec<Element>> {
    let mut all = Vec::with_capacity(heads.len() * (tails.len() + 1));
    for head in heads {
        all.extend(tails.iter().map(|tail| [head.as_slice(), tail.as_slice()].concat()));
        if optional {
            all.push(head.clone());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_written_out() {
        let mut lexicon = Lexicon::parse("class = []\nholiday = []", None);
        let mut id = |word: &str| Element::Word(lexicon.intern(word));
        let (a, b, c, d) = (id("a"), id("b"), id("c"), id("d"));
        assert_eq!(expand("a? (b|c d)", &mut lexicon), [vec![a, b], vec![a, c, d], vec![b], vec![c, d]]);
        assert_eq!(expand("a (b c)? d", &mut lexicon), [vec![a, b, c, d], vec![a, d]]);
        assert_eq!(expand("{month}", &mut lexicon), [vec![Element::Class(Class::Month)]]);
    }
}
