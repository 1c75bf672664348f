//! [`Marks`]: which stretches of a text are drawn as what, and what stands behind them.

use crate::text::Span;

/// How many marks may lie inside one another; what is nested deeper is not drawn.
const DEEPEST: usize = 12;

/// Words that stand behind a mark and are not the article's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Label {
    /// The offset after which it stands.
    pub(crate) at: u32,
    /// The classes of its element.
    pub(crate) class: String,
    /// Words for those who hear the page, before the visible ones.
    pub(crate) heard: String,
    /// Words for all.
    pub(crate) seen: String,
    /// Words for those who hear the page, behind the visible ones.
    pub(crate) after: String,
    /// Where the visible words lead.
    pub(crate) href: Option<String>,
}

impl Label {
    /// A label behind `at` with words for those who hear the page alone.
    pub(crate) fn behind(at: u32, class: &str, heard: &str) -> Self {
        Self { at, class: class.to_owned(), heard: heard.to_owned(), ..Self::default() }
    }
}

/// Which annotation of the record a mark draws, by its index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// Of `Annotations::quotes`.
    Quote(usize),
    /// Of `Annotations::timexes`.
    Timex(usize),
}

/// One stretch of the text and its element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// What it draws; `None` for what is no annotation.
    pub(crate) subject: Option<Subject>,
    /// Where.
    pub(crate) span: Span,
    /// The element's name.
    pub(crate) element: &'static str,
    /// Its attributes, escaped, each with a blank before it; without the id.
    pub(crate) attributes: String,
    /// The id, which the first fragment alone carries.
    pub(crate) id: Option<String>,
    /// Where the words lead, unless they stand in a link already.
    pub(crate) href: Option<String>,
    /// What stands behind it, in this order, all at the place of the first.
    pub(crate) labels: Vec<Label>,
}

/// The marks of one text, with the set that is in force at each place.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    marks: Vec<Mark>,
    /// Places at which the set changes, and the set from there on, outermost first.
    changes: Vec<(u32, Vec<usize>)>,
}

impl Marks {
    /// Sorts the marks and works out the sets. Costs at most `DEEPEST` per border.
    pub(crate) fn new(mut marks: Vec<Mark>) -> Self {
        marks.retain(|m| !m.span.is_empty());
        marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
        let mut borders: Vec<u32> = marks.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
        borders.sort_unstable();
        borders.dedup();
        let (mut active, mut next): (Vec<usize>, usize) = (Vec::new(), 0);
        let mut changes = Vec::with_capacity(borders.len());
        for at in borders {
            active.retain(|&i| marks[i].span.end > at);
            while next < marks.len() && marks[next].span.start == at {
                if active.len() < DEEPEST {
                    active.push(next);
                }
                next += 1;
            }
            changes.push((at, active.clone()));
        }
        Self { marks, changes }
    }

    /// The mark with this index.
    pub(crate) fn get(&self, index: usize) -> &Mark {
        &self.marks[index]
    }

    /// How many marks there are.
    pub(crate) fn len(&self) -> usize {
        self.marks.len()
    }

    /// The marks in force at `offset`, outermost first.
    pub(crate) fn at(&self, offset: u32) -> &[usize] {
        match self.changes.partition_point(|(at, _)| *at <= offset).checked_sub(1) {
            Some(index) => &self.changes[index].1,
            None => &[],
        }
    }

    /// The stretches of `span` between which the set changes.
    pub(crate) fn pieces(&self, span: Span) -> impl Iterator<Item = Span> {
        let from = self.changes.partition_point(|(at, _)| *at <= span.start);
        let to = self.changes.partition_point(|(at, _)| *at < span.end).max(from);
        let inner = self.changes[from..to].iter().map(|(at, _)| *at);
        let mut start = span.start;
        inner.chain(std::iter::once(span.end)).map(move |end| {
            let piece = Span { start, end };
            start = end;
            piece
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize) -> Mark {
        Mark {
            subject: None,
            span: Span::new(start, end),
            element: "span",
            attributes: String::new(),
            id: None,
            href: None,
            labels: Vec::new(),
        }
    }

    #[test]
    fn crossing_marks_are_cut_at_every_border() {
        let marks = Marks::new(vec![mark(4, 9), mark(0, 6), mark(20, 20)]);
        let pieces: Vec<_> = marks.pieces(Span::new(2, 12)).map(|p| (p.start, p.end)).collect();
        assert_eq!(pieces, [(2, 4), (4, 6), (6, 9), (9, 12)]);
        let sets: Vec<_> = [2, 4, 6, 9].iter().map(|&at| marks.at(at).to_vec()).collect();
        assert_eq!(sets, [vec![0], vec![0, 1], vec![1], vec![]]);
        assert_eq!(marks.len(), 2);
    }

    #[test]
    fn ten_thousand_nested_marks_stay_shallow() {
        let marks = Marks::new((0..10_000).map(|i| mark(i, 20_000 - i)).collect());
        assert_eq!(marks.at(9_999).len(), DEEPEST);
    }
}
