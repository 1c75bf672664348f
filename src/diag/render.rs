//! How a diagnostic is printed for people, and written for editors.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Code, Diagnostic, Severity};

/// The form that `--format json` prints, one object a line.
#[derive(Serialize)]
struct Written<'d> {
    severity: Severity,
    code: Code,
    name: &'static str,
    message: &'d str,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    width: Option<usize>,
    hint: Option<&'d str>,
}

impl Diagnostic {
    /// The diagnostic as it is printed: what, where, the line with a caret, what to do.
    ///
    /// ```text
    /// error[F003 missing-date]: this brief has no date
    ///   --> content/kyiv.md:1:1
    ///    |
    ///  1 | +++
    ///    | ^^^
    ///    = help: add `date = 2025-12-06` to the front matter
    /// ```
    #[must_use]
    pub fn render(&self) -> String {
        let mut out = format!("{}[{}]: {}\n", self.severity.name(), self.code, self.message);
        let number = self.location.as_ref().map_or(String::new(), |l| l.line.to_string());
        let gutter = " ".repeat(number.len());
        if let Some(path) = &self.path {
            let path = path.display().to_string().replace('\\', "/");
            let _ = match &self.location {
                Some(l) => writeln!(out, "{gutter} --> {path}:{}:{}", l.line, l.column),
                None => writeln!(out, "{gutter} --> {path}"),
            };
        }
        if let Some(l) = &self.location {
            let (blank, caret) = (" ".repeat(l.offset), "^".repeat(l.width));
            let _ = writeln!(out, "{gutter}  |");
            let _ = writeln!(out, "{number}  | {}", l.excerpt);
            let _ = writeln!(out, "{gutter}  | {blank}{caret}");
        }
        if let Some(hint) = &self.hint {
            let _ = writeln!(out, "{gutter}  = help: {hint}");
        }
        out
    }

    /// The diagnostic as one line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let place = self.location.as_ref();
        let written = Written {
            severity: self.severity,
            code: self.code,
            name: self.code.name,
            message: &self.message,
            path: self.path.as_ref().map(|p| p.display().to_string().replace('\\', "/")),
            line: place.map(|l| l.line),
            column: place.map(|l| l.column),
            width: place.map(|l| l.width),
            hint: self.hint.as_deref(),
        };
        serde_json::to_string(&written).expect("strings and numbers always serialise")
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::{Code, Diagnostic, Location};
    use crate::text::Span;

    fn example() -> Diagnostic {
        let text = "+++\ntitel = \"A\"\n+++\n";
        Diagnostic::warning(Code::UNKNOWN_KEY, "unknown key `titel`")
            .in_file("content/a.md")
            .at(Location::of(text, Span::new(4, 9)))
            .hint("did you mean `title`?")
    }

    #[test]
    fn printed_for_people() {
        assert_eq!(
            example().render(),
            "warning[F005 unknown-key]: unknown key `titel`\n\
             \x20 --> content/a.md:2:1\n\
             \x20  |\n\
             2  | titel = \"A\"\n\
             \x20  | ^^^^^\n\
             \x20  = help: did you mean `title`?\n"
        );
    }

    #[test]
    fn written_for_editors() {
        assert_eq!(
            example().to_json(),
            r#"{"severity":"warning","code":"F005","name":"unknown-key","message":"unknown key `titel`","path":"content/a.md","line":2,"column":1,"width":5,"hint":"did you mean `title`?"}"#
        );
    }
}
