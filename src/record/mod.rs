//! [`Record`]: the unit that flows, one an article.
//!
//! A record is what `annotate` prints, what the cache keeps and what other engines hand in. Its
//! written form is JSON schema 1, made by [`written`] and read back by [`read`]; offsets there count
//! code points. [`Facts`] is the small part of it that the library folds: it carries no article
//! text but the quotations and sentences that list pages show, and nothing that [`Shown`] keeps
//! from readers.

use crate::annotate::Annotations;
use crate::parse::Article;

pub mod explained;
mod facts;
mod gather;
mod input;
mod places;
pub mod read;
mod reading;
#[cfg(test)]
pub(crate) mod sample;
mod shown;
pub mod written;

pub use facts::{DateFacts, Facts, OpenFacts, PersonFacts, StatementFacts};
pub use input::{InputError, InputFault, InputLine};
pub use reading::Reading;
pub use shown::Shown;

/// One article with its annotations.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The parsed entry.
    pub article: Article,
    /// What was found in it.
    pub annotations: Annotations,
}
