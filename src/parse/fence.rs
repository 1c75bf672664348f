//! [`split`]: where the front matter ends and the text begins.

use std::ops::Range;

use crate::text::Span;

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// Between lines of `+++`.
    Toml,
    /// Between lines of `---`.
    Yaml,
}

impl Language {
    /// The fence.
    pub(super) fn fence(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }

    /// The name in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
        }
    }
}

/// What stands at the head of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// Text alone.
    Nothing,
    /// Front matter, and where the text begins.
    Found {
        /// How it is written.
        language: Language,
        /// The opening fence.
        fence: Span,
        /// The lines between the fences.
        inside: Range<usize>,
        /// The first byte of the text.
        body: usize,
    },
    /// A fence that nothing closes.
    Unclosed {
        /// How it is written.
        language: Language,
        /// The opening fence.
        fence: Span,
    },
}

/// Splits `text`; empty lines may stand before the fence. Wire copy knows `+++` alone, since
/// three hyphens are a mark there.
pub(super) fn split(text: &str, wire: bool) -> Split {
    let start = text.len() - text.trim_start().len();
    let first = text[start..].split('\n').next().unwrap_or_default();
    let language = match first.trim_end() {
        "+++" => Language::Toml,
        "---" if !wire => Language::Yaml,
        _ => return Split::Nothing,
    };
    let fence = Span::new(start, start + 3);
    let inside = (start + first.len() + 1).min(text.len());
    let mut at = inside;
    for line in text[inside..].split_inclusive('\n') {
        if line.trim_end() == language.fence() {
            return Split::Found { language, fence, inside: inside..at, body: at + line.len() };
        }
        at += line.len();
    }
    Split::Unclosed { language, fence }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fences_and_every_line_end() {
        for text in ["+++\na = 1\n+++\nBody", "\r\n+++\r\na = 1\r\n+++\r\nBody", "+++ \na = 1\n+++  \nBody"] {
            let Split::Found { language, inside, body, .. } = split(text, true) else { panic!("{text}") };
            assert_eq!((language, text[inside].trim(), &text[body..]), (Language::Toml, "a = 1", "Body"));
        }
        let Split::Found { language, body, .. } = split("---\na: 1\n---", false) else { panic!() };
        assert_eq!((language, body), (Language::Yaml, 12));
        assert_eq!(split("---\na: 1\n---\n", true), Split::Nothing);
        assert_eq!(split("Text\n+++\n", false), Split::Nothing);
        assert_eq!(split("", false), Split::Nothing);
        for open in ["+++", "+++\n", "+++\na = 1\n++++\n"] {
            assert!(matches!(split(open, false), Split::Unclosed { .. }), "{open}");
        }
    }
}
