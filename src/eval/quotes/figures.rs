//! [`Figures`]: what is told of a system, and the counts behind it.

use std::collections::BTreeMap;

use super::article::Form;
use crate::eval::measure::{Rates, quotient, ratio};

/// How well attributions were found. All fractions lie between 0 and 1, and are 0 where there is
/// nothing to divide by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// How many documents the gold has.
    pub articles: usize,
    /// How many attributions the gold has.
    pub gold: usize,
    /// How many different ones the system has.
    pub system: usize,
    /// The words of contents.
    pub content: SpanFigures,
    /// The words of sources.
    pub source: SpanFigures,
    /// The words of cues.
    pub cue: SpanFigures,
    /// Contents that meet, whatever their sources.
    pub found: Rates,
    /// Contents that meet, with the same source: the headline.
    pub attributed: Rates,
    /// As `attributed`, of attributions with a cue of saying.
    pub saying: Rates,
    /// How many attributions of the gold have a cue of saying.
    pub gold_saying: usize,
    /// The very words of the content, and the very words of the source.
    pub strict: Rates,
    /// The part of the contents that meet that have the same source.
    pub source_accuracy: f64,
    /// By how much of the content stands in quotation marks.
    pub forms: BTreeMap<Form, FormFigures>,
    /// Long quotations one by one.
    pub quotations: QuotationFigures,
    /// The part of the contents that meet whose form is what the system calls it; `None` where it
    /// claims no form.
    pub claimed_form: Option<f64>,
}

/// How well the words of contents, sources or cues agree.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SpanFigures {
    /// The very words.
    pub exact: Rates,
    /// The mean part of each that the other side covers (Pareti et al. 2013).
    pub partial: Rates,
    /// Word by word.
    pub tokens: Rates,
}

/// How well the contents of one form were found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FormFigures {
    /// How many the gold has.
    pub gold: usize,
    /// The mean part of each that the system covers.
    pub partial_recall: f64,
    /// The part that meets a content of the system.
    pub found_recall: f64,
    /// Those that meet one with the same source; the system's are of a form by the same rule.
    pub attributed: Rates,
}

/// Stretches of five words or more in quotation marks, of which the gold gives at least four fifths
/// to one source.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QuotationFigures {
    /// How many there are.
    pub number: usize,
    /// The part that a content of the system covers, at least half of each.
    pub covered: f64,
    /// The part that is covered with the same source.
    pub accuracy: f64,
    /// The part of those covered with any source that have the same one.
    pub precision: f64,
    /// As `accuracy`; the same name somewhere else in the text will do.
    pub by_name: f64,
}

/// The two sides of [`Rates`] that are counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sides {
    pub(super) system_right: usize,
    pub(super) system: usize,
    pub(super) gold_right: usize,
    pub(super) gold: usize,
}

impl Sides {
    fn rates(&self) -> Rates {
        Rates::of(ratio(self.system_right, self.system), ratio(self.gold_right, self.gold))
    }
}

/// What is counted of contents, sources or cues.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SpanTally {
    pub(super) gold: usize,
    pub(super) system: usize,
    pub(super) same: usize,
    /// The sum of the covered parts, of the gold and of the system.
    pub(super) gold_covered: f64,
    pub(super) system_covered: f64,
    pub(super) gold_words: usize,
    pub(super) system_words: usize,
    pub(super) common_words: usize,
}

impl SpanTally {
    fn figures(&self) -> SpanFigures {
        let Self { gold, system, same, .. } = *self;
        SpanFigures {
            exact: Rates::of(ratio(same, system), ratio(same, gold)),
            partial: Rates::of(quotient(self.system_covered, system), quotient(self.gold_covered, gold)),
            tokens: Rates::of(
                ratio(self.common_words, self.system_words),
                ratio(self.common_words, self.gold_words),
            ),
        }
    }
}

/// What is counted of one form.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FormTally {
    pub(super) covered: f64,
    pub(super) found: usize,
    pub(super) attributed: Sides,
}

impl FormTally {
    fn figures(&self) -> FormFigures {
        let gold = self.attributed.gold;
        FormFigures {
            gold,
            partial_recall: quotient(self.covered, gold),
            found_recall: ratio(self.found, gold),
            attributed: self.attributed.rates(),
        }
    }
}

/// What is counted of quotations.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct QuotationTally {
    pub(super) number: usize,
    pub(super) covered: usize,
    pub(super) sourced: usize,
    pub(super) right: usize,
    pub(super) by_name: usize,
}

impl QuotationTally {
    fn figures(&self) -> QuotationFigures {
        let Self { number, covered, sourced, right, by_name } = *self;
        QuotationFigures {
            number,
            covered: ratio(covered, number),
            accuracy: ratio(right, number),
            precision: ratio(right, sourced),
            by_name: ratio(by_name, number),
        }
    }
}

/// All counts over all documents.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) articles: usize,
    pub(super) gold: usize,
    pub(super) system: usize,
    pub(super) source: SpanTally,
    pub(super) cue: SpanTally,
    pub(super) content: SpanTally,
    pub(super) found: usize,
    pub(super) attributed: usize,
    pub(super) strict: usize,
    pub(super) saying: Sides,
    pub(super) forms: BTreeMap<Form, FormTally>,
    pub(super) quotations: QuotationTally,
    pub(super) claimed: usize,
    pub(super) claimed_rightly: usize,
}

impl Tally {
    pub(super) fn figures(&self) -> Figures {
        let of_all = |right| Rates::of(ratio(right, self.system), ratio(right, self.gold));
        let form = |form: Form| (form, self.forms.get(&form).copied().unwrap_or_default().figures());
        Figures {
            articles: self.articles,
            gold: self.gold,
            system: self.system,
            content: self.content.figures(),
            source: self.source.figures(),
            cue: self.cue.figures(),
            found: of_all(self.found),
            attributed: of_all(self.attributed),
            saying: self.saying.rates(),
            gold_saying: self.saying.gold,
            strict: of_all(self.strict),
            source_accuracy: ratio(self.attributed, self.found),
            forms: Form::ALL.map(form).into(),
            quotations: self.quotations.figures(),
            claimed_form: (self.claimed > 0).then(|| ratio(self.claimed_rightly, self.claimed)),
        }
    }
}
