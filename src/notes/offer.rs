//! Notes that an editor can take over as they stand: [`Offers`].

use super::folded::Folded;
use super::place::{after, before, has_words};
use crate::parse::Article;
use crate::text::{Prose, Span};

/// What a note that is offered is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An attribution.
    Quotation,
    /// A temporal expression.
    Date,
}

/// The text of one article, in which the notes on offer find their place.
#[derive(Debug)]
pub struct Offers {
    prose: Prose,
    folded: Folded,
}

/// How many words of a quotation a note gives first; where they stand twice, it gives all.
const FEW: usize = 8;
/// How many words beside them are tried to tell places apart.
const MOST_BESIDE: usize = 12;

impl Offers {
    /// Of one article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let prose = Prose::of(&article.document);
        let folded = Folded::of(prose.text());
        Self { prose, folded }
    }

    /// The first lines of a note about the words at `span` of the document, which fit no other place;
    /// what the note says of them comes after. `None` where the words are no part of the text that is
    /// annotated, or nothing tells them apart.
    #[must_use]
    pub fn head(&self, subject: Subject, span: Span) -> Option<String> {
        let view = self.prose.in_view(span)?;
        let whole: Vec<&str> = view.of(self.prose.text()).split_whitespace().collect();
        let lengths = [whole.len().min(FEW), whole.len()];
        let key = match subject {
            Subject::Quotation => "quotation",
            Subject::Date => "date",
        };
        lengths.into_iter().find_map(|length| {
            let words = whole[..length].join(" ");
            let words = words.trim_matches(|c: char| !c.is_alphanumeric());
            let all = self.folded.find(words);
            let at = *all.iter().find(|at| view.start <= at.start && at.end <= view.end)?;
            let beside = self.apart(&all, at, length == whole.len())?;
            Some(format!("[[notes]]\n{}{beside}", line(key, words)))
        })
    }

    /// The lines that tell a place from the others; `None` where there are none, or where more words
    /// should be tried first.
    fn apart(&self, all: &[Span], at: Span, whole: bool) -> Option<String> {
        if all == [at] {
            return Some(String::new());
        }
        let alone = |prefix: Option<&str>, suffix: Option<&str>| {
            let mut fits = all.iter().filter(|place| self.folded.is_between(**place, prefix, suffix));
            fits.next() == Some(&at) && fits.next().is_none()
        };
        (1..=MOST_BESIDE).filter(|_| whole).find_map(|number| {
            let prefix = before(&self.prose, at, number);
            let suffix = after(&self.prose, at, number);
            if has_words(&prefix) && alone(Some(&prefix), None) {
                return Some(line("prefix", &prefix));
            }
            if has_words(&suffix) && alone(None, Some(&suffix)) {
                return Some(line("suffix", &suffix));
            }
            let both = || line("prefix", &prefix) + &line("suffix", &suffix);
            (has_words(&prefix) && has_words(&suffix) && alone(Some(&prefix), Some(&suffix))).then(both)
        })
    }
}

/// A key and its words as a line of TOML.
#[must_use]
pub fn line(key: &str, words: &str) -> String {
    format!("{key} = {}\n", toml::Value::String(words.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Meta, Title, wire};

    fn head(text: &str, words: &str, nth: usize) -> Option<String> {
        let (document, _) = wire::document(text.to_owned(), &[]);
        let meta = Meta::titled(Title { text: "A toll".into(), derived: false });
        let article =
            Article { path: "content/a.txt".into(), meta, document, lines_before: 0, headline: None };
        let (at, _) = text.match_indices(words).nth(nth).unwrap();
        Offers::of(&article).head(Subject::Date, Span::new(at, at + words.len()))
    }

    #[test]
    fn words_that_stand_once_need_nothing_beside_them() {
        let text = "They met on Friday. The toll rises on Monday, and on Monday it falls.";
        assert_eq!(head(text, "Friday", 0).as_deref(), Some("[[notes]]\ndate = \"Friday\"\n"));
        assert_eq!(
            head(text, "Monday", 0).as_deref(),
            Some("[[notes]]\ndate = \"Monday\"\nprefix = \"rises on\"\n")
        );
        assert_eq!(
            head(text, "Monday", 1).as_deref(),
            Some("[[notes]]\ndate = \"Monday\"\nsuffix = \"it\"\n")
        );
    }
}
