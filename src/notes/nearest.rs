//! The passage that words which are gone may have become: [`passage`].

use std::collections::HashMap;

use crate::diag;
use crate::text::{Span, fold};

/// How many of the words are looked for.
const WORDS: usize = 60;

/// The stretch of `text` that has the most of `words` in it; `None` where none has half of them.
///
/// Costs the length of the text.
pub(super) fn passage(text: &str, words: &str) -> Option<Span> {
    let wanted: Vec<String> = split(words).map(|span| fold::key(span.of(words))).take(WORDS).collect();
    let there: Vec<(Span, String)> = split(text).map(|span| (span, fold::key(span.of(text)))).collect();
    if let [only] = &wanted[..] {
        let known: Vec<&str> =
            there.iter().map(|(_, word)| word.as_str()).filter(|w| w.len() <= 40).collect();
        let near = (only.len() <= 40).then(|| diag::nearest(only, &known)).flatten()?;
        return there.iter().find(|(_, word)| word == near).map(|(span, _)| *span);
    }
    let mut missing: HashMap<&str, i32> = HashMap::new();
    for word in &wanted {
        *missing.entry(word).or_default() += 1;
    }
    let (mut best, mut shared) = ((0, 0), 0);
    for (last, (_, word)) in there.iter().enumerate() {
        if let Some(count) = missing.get_mut(word.as_str()) {
            shared += usize::from(*count > 0);
            *count -= 1;
        }
        if let Some(gone) = last.checked_sub(wanted.len())
            && let Some(count) = missing.get_mut(there[gone].1.as_str())
        {
            *count += 1;
            shared -= usize::from(*count > 0);
        }
        if shared > best.0 {
            best = (shared, last);
        }
    }
    let (shared, last) = best;
    if shared == 0 || shared * 2 < wanted.len() {
        return None;
    }
    let window = &there[(last + 1).saturating_sub(wanted.len())..=last];
    let mut own =
        window.iter().filter(|(_, word)| missing.contains_key(word.as_str())).map(|(span, _)| *span);
    let first = own.next()?;
    Some(own.fold(first, Span::cover))
}

/// The words of a text.
fn split(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let length = text[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - start);
        rest = start + length;
        Some(Span::new(start, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::passage;

    #[test]
    fn the_nearest_passage_shares_the_most_words() {
        let text = "The bridge will open in May, she said. The bridge may never open again, he thought.";
        let near = |words| passage(text, words).map(|span| span.of(text));
        assert_eq!(near("the bridge would open in May"), Some("The bridge will open in May"));
        assert_eq!(near("the old bridge may not open again"), Some("The bridge may never open again"));
        assert_eq!(near("brigde"), Some("bridge"));
        assert_eq!(near("nothing of the kind was there"), None);
        assert_eq!(near("elephants"), None);
        assert_eq!(passage("", "a b"), None);
    }
}
