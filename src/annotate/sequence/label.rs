//! The labels of the chain: what one token is to the attribution around it.
//!
//! A plain "inside a content" would have to mean too much: a content before its cue and one behind
//! it begin and end by different signs. So sources and contents are split by the side on which
//! their cue stands, and what is outside is split by what the attribution it interrupts had last.

/// How many labels there are.
pub(super) const LABELS: usize = 20;

/// A part of an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Who.
    Source,
    /// The words of saying or holding.
    Cue,
    /// What.
    Content,
}

/// Where the cue of a source or content stands, seen from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Behind it.
    Behind,
    /// Before it, in the same sentence (for a source: in the same paragraph).
    Before,
    /// Before it, in an earlier sentence of the paragraph.
    Earlier,
    /// Nowhere in the paragraph.
    Nowhere,
}

/// A label by its number, which the weights are stored under: the order never changes without a
/// new version of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(pub(super) u8);

impl Label {
    /// Outside every attribution.
    pub(super) const OUTSIDE: Self = Self(0);

    /// Between two parts of one attribution, the last of which was `role`.
    pub(super) const fn gap(role: Role) -> Self {
        Self(1 + role as u8)
    }

    /// A token of a cue.
    pub(super) const fn cue(begins: bool) -> Self {
        Self(4 + !begins as u8)
    }

    /// A token of a source; no source has its cue in an earlier sentence.
    pub(super) const fn source(begins: bool, side: Side) -> Self {
        let side = match side {
            Side::Behind => 0,
            Side::Before | Side::Earlier => 1,
            Side::Nowhere => 2,
        };
        Self(6 + 2 * side + !begins as u8)
    }

    /// A token of a content.
    pub(super) const fn content(begins: bool, side: Side) -> Self {
        Self(12 + 2 * side as u8 + !begins as u8)
    }

    /// The part that the token belongs to; `None` outside and in a gap.
    pub(super) const fn role(self) -> Option<Role> {
        match self.0 {
            0..=3 => None,
            4 | 5 => Some(Role::Cue),
            6..=11 => Some(Role::Source),
            _ => Some(Role::Content),
        }
    }

    /// Whether the token is the first of its part.
    pub(super) const fn begins(self) -> bool {
        self.0 >= 4 && self.0.is_multiple_of(2)
    }

    /// Where the cue stands; for a cue and outside, nowhere.
    pub(super) const fn side(self) -> Side {
        match self.0 {
            6 | 7 | 12 | 13 => Side::Behind,
            8 | 9 | 14 | 15 => Side::Before,
            16 | 17 => Side::Earlier,
            _ => Side::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_tells_what_it_was_made_of() {
        let mut seen = vec![Label::OUTSIDE];
        for role in [Role::Source, Role::Cue, Role::Content] {
            assert_eq!(Label::gap(role).role(), None);
            seen.push(Label::gap(role));
        }
        for begins in [true, false] {
            seen.push(Label::cue(begins));
            for side in [Side::Behind, Side::Before, Side::Nowhere] {
                let label = Label::source(begins, side);
                assert_eq!((label.role(), label.begins(), label.side()), (Some(Role::Source), begins, side));
                seen.push(label);
            }
            for side in [Side::Behind, Side::Before, Side::Earlier, Side::Nowhere] {
                let label = Label::content(begins, side);
                assert_eq!((label.role(), label.begins(), label.side()), (Some(Role::Content), begins, side));
                seen.push(label);
            }
        }
        let mut numbers: Vec<usize> = seen.iter().map(|l| usize::from(l.0)).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..LABELS).collect::<Vec<_>>());
    }
}
