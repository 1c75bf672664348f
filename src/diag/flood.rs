//! [`Flood`]: many mistakes of one kind in one file, said briefly.

use std::collections::BTreeMap;

use super::{Code, Diagnostic};

/// How many diagnostics of one code about one file are said in full.
const LIMIT: usize = 50;

/// Diagnostics about one file. Of each code the first [`LIMIT`] are kept; one more says at its
/// place how many follow. What is not kept is not made either: a place costs time to find.
#[derive(Debug, Default)]
pub struct Flood {
    kept: Vec<Diagnostic>,
    /// The first of each code that is not kept, and how many there are.
    more: BTreeMap<Code, (Diagnostic, usize)>,
    count: BTreeMap<Code, usize>,
}

impl Flood {
    /// Takes the diagnostic of `code` that `make` makes, or counts it.
    pub fn push(&mut self, code: Code, make: impl FnOnce() -> Diagnostic) {
        let count = self.count.entry(code).or_default();
        *count += 1;
        if *count <= LIMIT {
            self.kept.push(make());
        } else if let Some((_, more)) = self.more.get_mut(&code) {
            *more += 1;
        } else {
            self.more.insert(code, (make(), 1));
        }
    }

    /// Whether a diagnostic of `code` would only be counted.
    #[must_use]
    pub fn is_full(&self, code: Code) -> bool {
        self.more.contains_key(&code)
    }

    /// What there is to say.
    #[must_use]
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let rest = self.more.into_values().map(|(first, more)| match more {
            1 => first,
            _ => {
                let message = format!("{more} more like the {LIMIT} above are in this file");
                Diagnostic { message, hint: None, ..first }
            }
        });
        self.kept.into_iter().chain(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Location;
    use crate::text::Span;

    #[test]
    fn the_first_are_said_and_the_rest_counted() {
        let text = "x\n".repeat(200);
        let said = |number: usize| {
            let mut flood = Flood::default();
            for index in 0..number {
                flood.push(Code::RAW_HTML, || {
                    let place = Location::of(&text, Span::new(2 * index, 2 * index + 1));
                    Diagnostic::warning(Code::RAW_HTML, "an x").in_file("a.md").at(place).hint("none")
                });
            }
            flood.push(Code::BAD_SCHEME, || Diagnostic::warning(Code::BAD_SCHEME, "a link"));
            (flood.is_full(Code::RAW_HTML), flood.into_diagnostics())
        };
        let (full, few) = said(50);
        assert_eq!((full, few.len()), (false, 51));
        let (full, one_more) = said(51);
        assert_eq!((full, one_more.len(), one_more[51].message.as_str()), (true, 52, "an x"));
        let (_, many) = said(200);
        assert_eq!((many.len(), many[51].location.as_ref().unwrap().line), (52, 51));
        assert_eq!(many[51].message, "150 more like the 50 above are in this file");
    }
}
