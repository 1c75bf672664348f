//! [`Tally`]: the counts behind the [`Figures`].

use std::ops::AddAssign;

use serde::Serialize;

use super::Mention;
use super::pairing::same_span;
use crate::eval::measure::{Measure, ratio};

/// How well expressions were found and valued.
///
/// All measures compare the same two sets, but that of values leaves out what has no value in the
/// gold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// The same start and the same end.
    pub strict: Measure,
    /// At least one character in common.
    pub relaxed: Measure,
    /// In common, and of the same type.
    #[serde(rename = "type")]
    pub kind: Measure,
    /// In common, and of the same value: the headline.
    pub value: Measure,
    /// The same start, end and value.
    pub strict_value: Measure,
    /// The part of those in common that have the right type.
    pub type_accuracy: f64,
    /// The part of those in common that have the right value.
    pub value_accuracy: f64,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    gold: usize,
    system: usize,
    /// Those that have a value in the gold.
    gold_valued: usize,
    /// Those that meet no expression without a value.
    system_valued: usize,
    relaxed: usize,
    /// Those of `relaxed` that have a value in the gold.
    relaxed_valued: usize,
    strict: usize,
    kind: usize,
    value: usize,
    strict_value: usize,
}

impl Tally {
    /// One expression of the gold and what meets it; `right` says that the values agree.
    pub(super) fn of_gold(gold: &Mention, found: Option<&Mention>, valued: bool, right: bool) -> Self {
        let unmet = Self { gold: 1, gold_valued: usize::from(valued), ..Self::default() };
        let Some(found) = found else { return unmet };
        let strict = same_span(gold, found);
        Self {
            relaxed: 1,
            relaxed_valued: unmet.gold_valued,
            strict: usize::from(strict),
            kind: usize::from(gold.kind == found.kind),
            value: usize::from(right),
            strict_value: usize::from(right && strict),
            ..unmet
        }
    }

    /// One expression of the system.
    pub(super) fn of_system(valued: bool) -> Self {
        Self { system: 1, system_valued: usize::from(valued), ..Self::default() }
    }

    pub(super) fn figures(&self) -> Figures {
        let of_all = |right| Measure::of(right, self.system, self.gold);
        let of_valued = |right| Measure::of(right, self.system_valued, self.gold_valued);
        Figures {
            strict: of_all(self.strict),
            relaxed: of_all(self.relaxed),
            kind: of_all(self.kind),
            value: of_valued(self.value),
            strict_value: of_valued(self.strict_value),
            type_accuracy: ratio(self.kind, self.relaxed),
            value_accuracy: ratio(self.value, self.relaxed_valued),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        // Without `..`, so that a new count cannot be forgotten here.
        let Self {
            gold,
            system,
            gold_valued,
            system_valued,
            relaxed,
            relaxed_valued,
            strict,
            kind,
            value,
            strict_value,
        } = other;
        self.gold += gold;
        self.system += system;
        self.gold_valued += gold_valued;
        self.system_valued += system_valued;
        self.relaxed += relaxed;
        self.relaxed_valued += relaxed_valued;
        self.strict += strict;
        self.kind += kind;
        self.value += value;
        self.strict_value += strict_value;
    }
}
