//! [`Promo`]: the site's own patterns for promotional lines, compiled once.

use std::ops::Deref;

use regex::{Regex, RegexBuilder};

/// Patterns for promotional lines of wire copy. A line that one of them matches anywhere is
/// promotional as a whole.
#[derive(Clone, Debug, Default)]
pub struct Promo {
    patterns: Vec<Regex>,
}

/// A compiled pattern may take this many bytes: a pattern for one line needs far less.
const LARGEST: usize = 1 << 20;

impl Promo {
    /// Compiles `patterns`.
    ///
    /// # Errors
    /// The first pattern that is no regular expression, or too large a one.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<Self, regex::Error> {
        let patterns = patterns.into_iter().map(Self::compile).collect::<Result<_, _>>()?;
        Ok(Self { patterns })
    }

    pub(super) fn compile(pattern: &str) -> Result<Regex, regex::Error> {
        RegexBuilder::new(pattern).size_limit(LARGEST).build()
    }

    pub(super) fn push(&mut self, pattern: Regex) {
        self.patterns.push(pattern);
    }
}

impl Deref for Promo {
    type Target = [Regex];

    fn deref(&self) -> &[Regex] {
        &self.patterns
    }
}

impl PartialEq for Promo {
    fn eq(&self, other: &Self) -> bool {
        self.iter().map(Regex::as_str).eq(other.iter().map(Regex::as_str))
    }
}
