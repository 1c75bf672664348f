//! [`Measure`]: precision, recall and their mean, from three counts.

use serde::Serialize;

/// How well a system's items meet those of the gold.
///
/// Fractions lie between 0 and 1, and are 0 where there is nothing to divide by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Measure {
    /// Precision: the part of the system's items that are right.
    #[serde(rename = "p")]
    pub precision: f64,
    /// Recall: the part of the gold's items that were found.
    #[serde(rename = "r")]
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// How many are right.
    #[serde(rename = "tp")]
    pub right: usize,
    /// How many items the system has.
    pub system: usize,
    /// How many items the gold has.
    pub gold: usize,
}

impl Measure {
    /// The measure of `right` items among `system` and `gold`.
    #[must_use]
    pub fn of(right: usize, system: usize, gold: usize) -> Self {
        let Rates { precision, recall, f1 } = Rates::of(ratio(right, system), ratio(right, gold));
        Self { precision, recall, f1, right, system, gold }
    }
}

/// Precision and recall of their own, where what is right is not the same on both sides.
///
/// Fractions lie between 0 and 1, and are 0 where there is nothing to divide by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rates {
    /// The part of the system's items that are right.
    pub precision: f64,
    /// The part of the gold's items that were found.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
}

impl Rates {
    pub(super) fn of(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Self { precision, recall, f1 }
    }
}

/// `part` of `whole`; 0 where there is no whole.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    quotient(float(part), whole)
}

/// As [`ratio`], for parts that are sums of fractions.
pub(super) fn quotient(part: f64, whole: usize) -> f64 {
    if whole > 0 { part / float(whole) } else { 0.0 }
}

/// A count as a number that can be divided.
pub(super) fn float(count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no corpus has 2^53 items")]
    let float = count as f64;
    float
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_four_against_one_of_three() {
        let measure = Measure::of(1, 4, 3);
        assert_eq!((measure.precision, measure.recall), (0.25, 1.0 / 3.0));
        assert!((measure.f1 - 2.0 / 7.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_never_divided_by() {
        assert_eq!(Measure::of(0, 0, 0), Measure::default());
        assert_eq!(Measure::of(0, 3, 0).f1, 0.0);
    }
}
