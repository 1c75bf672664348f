//! [`Folded`]: a text in which white space and the style of marks and dashes make no difference.

use crate::text::Span;

/// A text folded for finding words in it, each character with its place in the text.
///
/// Case and letters stay as they are: a selector means the very words.
#[derive(Debug, Default)]
pub(super) struct Folded {
    text: String,
    /// Where each character of `text` begins, and what it stands for.
    places: Vec<(usize, Span)>,
    /// White space that a next word will need.
    blank: Option<Span>,
}

impl Folded {
    /// The folded form of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), ..Self::default() };
        for (at, c) in text.char_indices() {
            folded.push(c, Span::new(at, at + c.len_utf8()));
        }
        folded
    }

    /// Every place where `words` stand as words of their own, in the coordinates of the text.
    pub(super) fn find(&self, words: &str) -> Vec<Span> {
        let words = Self::of(words).text;
        if words.is_empty() {
            return Vec::new();
        }
        self.text
            .match_indices(&words)
            .filter(|(at, _)| self.stands_free(*at, at + words.len()))
            .map(|(at, _)| self.original(at, at + words.len()))
            .collect()
    }

    /// Whether `prefix` and `suffix` stand beside a place that was found.
    pub(super) fn is_between(&self, place: Span, prefix: Option<&str>, suffix: Option<&str>) -> bool {
        let (start, end) = self.folded(place);
        let before = self.text[..start].trim_end();
        let after = self.text[end..].trim_start();
        prefix.is_none_or(|prefix| before.ends_with(Self::of(prefix).text.trim()))
            && suffix.is_none_or(|suffix| after.starts_with(Self::of(suffix).text.trim()))
    }

    fn push(&mut self, c: char, at: Span) {
        match c {
            // Soft hyphens, joiners and marks of direction are no part of a word.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2010}'..='\u{2015}' | '−' | '-' => {
                self.blank = None;
                match self.places.last_mut().filter(|_| self.text.ends_with('-')) {
                    Some((_, place)) => *place = place.cover(at),
                    None => self.put('-', at),
                }
            }
            c if c.is_whitespace() => {
                if !self.text.is_empty() && !self.text.ends_with('-') {
                    self.blank.get_or_insert(at);
                }
            }
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => self.word('"', at),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' | '′' | '`' | '\'' => self.apostrophe(at),
            '…' => ['.'; 3].into_iter().for_each(|c| self.word(c, at)),
            c => self.word(c, at),
        }
    }

    /// Two apostrophes are a quotation mark, as some wires write it.
    fn apostrophe(&mut self, at: Span) {
        let double = self.blank.is_none() && self.text.ends_with('\'');
        if double && let Some((_, place)) = self.places.pop() {
            self.text.pop();
            return self.put('"', place.cover(at));
        }
        self.word('\'', at);
    }

    fn word(&mut self, c: char, at: Span) {
        if let Some(blank) = self.blank.take() {
            self.put(' ', blank);
        }
        self.put(c, at);
    }

    fn put(&mut self, c: char, at: Span) {
        self.places.push((self.text.len(), at));
        self.text.push(c);
    }

    /// Whether a word begins at `start` and one ends at `end`.
    fn stands_free(&self, start: usize, end: usize) -> bool {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let inside = &self.text[start..end];
        let cut_before = word(self.text[..start].chars().next_back()) && word(inside.chars().next());
        let cut_after = word(self.text[end..].chars().next()) && word(inside.chars().next_back());
        !cut_before && !cut_after
    }

    /// What the folded bytes from `start` to `end` stand for.
    fn original(&self, start: usize, end: usize) -> Span {
        let first = self.places.partition_point(|(at, _)| *at < start);
        let last = self.places.partition_point(|(at, _)| *at < end);
        let end = last.checked_sub(1).map_or(self.places[first].1, |last| self.places[last].1);
        self.places[first].1.cover(end)
    }

    /// Where a place of the text stands in the folded form.
    fn folded(&self, place: Span) -> (usize, usize) {
        let at = |index: usize| self.places.get(index).map_or(self.text.len(), |(at, _)| *at);
        let first = self.places.partition_point(|(_, span)| span.end <= place.start);
        let last = self.places.partition_point(|(_, span)| span.start < place.end);
        (at(first), at(last))
    }
}

#[cfg(test)]
mod tests {
    use super::Folded;

    fn found<'t>(text: &'t str, words: &str) -> Vec<&'t str> {
        Folded::of(text).find(words).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn marks_dashes_and_white_space_of_any_style_are_the_same() {
        for (text, words) in [
            ("He said “We are\u{a0}close” twice.", "\"We  are close\""),
            ("«We're close»", "“We’re close”"),
            ("``We are close''", "\"We are close\""),
            ("a long — very long — day", "long -- very long-day"),
            ("ten\u{2011}day", "ten-day"),
            ("wait … and see", "wait ... and see"),
            ("co\u{ad}operate now", "cooperate now"),
            ("We\r\n\r\n\tare close", "We are close"),
        ] {
            let places = found(text, words);
            assert_eq!(places.len(), 1, "{words} in {text}");
        }
        assert_eq!(found("He said “We are\u{a0}close” twice.", "\"We are close\""), ["“We are\u{a0}close”"]);
        assert_eq!(found("``We are close''", "\"We are close\""), ["``We are close''"]);
    }

    #[test]
    fn words_stand_for_themselves() {
        assert_eq!(found("the theme of the day", "the").len(), 2);
        assert_eq!(found("May may", "may").len(), 1);
        assert!(found("", "x").is_empty() && found("x", "").is_empty() && found("x", "—").is_empty());
    }

    #[test]
    fn what_stands_beside_tells_places_apart() {
        let text = "she said yes. He said  “yes” then.";
        let folded = Folded::of(text);
        let places = folded.find("yes");
        assert_eq!(places.len(), 2);
        let fits =
            |prefix, suffix| places.iter().map(|p| folded.is_between(*p, prefix, suffix)).collect::<Vec<_>>();
        assert_eq!(fits(Some("He said \""), None), [false, true]);
        assert_eq!(fits(None, Some(". He")), [true, false]);
        assert_eq!(fits(Some("said"), Some("then")), [false, false]);
        assert_eq!(fits(None, None), [true, true]);
    }
}
