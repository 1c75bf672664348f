//! [`Location`]: a place in a file as people count.

use serde::Serialize;

use crate::text::Span;

/// A place in a file, with the line that it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Location {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in code points, counted from 1.
    pub column: usize,
    /// The number of code points meant, at least 1 (cut at the end of the line).
    pub width: usize,
    /// The line's words around the place, at most 120 code points.
    pub excerpt: String,
    /// Where in `excerpt` the place is, in code points from 0.
    pub offset: usize,
}

/// The longest excerpt, in code points: a line of ten megabytes still makes a short message.
const EXCERPT: usize = 120;

impl Location {
    /// The place of `span` in the file `text`.
    ///
    /// `text` is the whole file as it was decoded, so that lines count as an editor counts them.
    #[must_use]
    pub fn of(text: &str, span: Span) -> Self {
        let start = floor(text, span.start as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = floor(text, (span.end as usize).clamp(start, line_end));
        let line = 1 + text.as_bytes()[..line_start].iter().filter(|b| **b == b'\n').count();
        let before = text[line_start..start].chars().count();
        let width = text[start..end].chars().count().max(1);

        let lead = before.min(EXCERPT / 2);
        let from = text[line_start..start].char_indices().rev().nth(lead.saturating_sub(1));
        let from = if lead == 0 { start } else { from.map_or(line_start, |(at, _)| line_start + at) };
        let excerpt: String = text[from..line_end].chars().take(EXCERPT).collect();
        Self {
            line,
            column: before + 1,
            width: width.min(EXCERPT - lead),
            excerpt: excerpt.trim_end_matches(['\r', '\n']).replace('\t', " "),
            offset: lead,
        }
    }

    /// The place of a line and a column, both counted from 1, as a parser reports them.
    #[must_use]
    pub fn line_column(text: &str, line: usize, column: usize) -> Self {
        let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text[line_start..].split('\n').next().unwrap_or_default();
        let inside = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        Self::of(text, Span::new(line_start + inside, line_start + inside))
    }
}

/// The nearest character border at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_code_points() {
        let text = "first\nzwei é hier\nlast";
        let start = text.find("hier").unwrap();
        let place = Location::of(text, Span::new(start, start + 4));
        assert_eq!((place.line, place.column, place.width), (2, 8, 4));
        assert_eq!((place.excerpt.as_str(), place.offset), ("zwei é hier", 7));
        assert_eq!(Location::line_column(text, 2, 8).column, 8);
    }

    #[test]
    fn a_long_line_gives_a_short_excerpt() {
        let text = "x".repeat(10_000_000);
        let place = Location::of(&text, Span::new(5_000_000, 5_000_400));
        assert_eq!((place.line, place.column), (1, 5_000_001));
        assert_eq!(place.excerpt.len(), EXCERPT);
        assert_eq!(place.offset + place.width, EXCERPT);
    }
}
