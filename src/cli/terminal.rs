//! What reaches the terminal: [`Terminal`] prints results, diagnostics and progress.

use std::io::{self, IsTerminal as _, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::diag::{Diagnostic, Severity};

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, on standard error.
    #[default]
    Text,
    /// For editors: one JSON object a line, on standard output.
    Json,
}

/// Standard output and error, and what they can show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    colours: bool,
    interactive: bool,
}

impl Terminal {
    /// The terminal of this process. Colours are for terminals whose user has not set `NO_COLOR`.
    pub(super) fn of_process() -> Self {
        let interactive = io::stderr().is_terminal();
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { colours: interactive && !set("NO_COLOR") && !dumb, interactive }
    }

    /// Prints a line of results on standard output.
    pub(super) fn line(self, text: &str) -> io::Result<()> {
        writeln!(io::stdout().lock(), "{text}")
    }

    /// Prints a line for the person who waits, on standard error.
    pub(super) fn tell(self, text: &str) -> io::Result<()> {
        writeln!(io::stderr().lock(), "{text}")
    }

    /// Prints diagnostics in the order given, and under `Format::Text` how many there were.
    /// Under `quiet` only errors are printed.
    pub(super) fn diagnostics(self, all: &[Diagnostic], format: Format, quiet: bool) -> io::Result<()> {
        let shown = all.iter().filter(|d| !quiet || d.severity == Severity::Error);
        match format {
            Format::Json => {
                let mut out = io::stdout().lock();
                shown.into_iter().try_for_each(|d| writeln!(out, "{}", d.to_json()))
            }
            Format::Text => {
                let mut out = io::BufWriter::new(io::stderr().lock());
                for diagnostic in shown {
                    writeln!(out, "{}", self.painted(diagnostic))?;
                }
                if let Some(sum) = sum(all, quiet) {
                    writeln!(out, "{sum}")?;
                }
                out.flush()
            }
        }
    }

    fn painted(self, diagnostic: &Diagnostic) -> String {
        let text = diagnostic.render();
        let word = diagnostic.severity.name();
        let colour = match diagnostic.severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Note => "36",
        };
        match text.strip_prefix(word).filter(|_| self.colours) {
            Some(rest) => format!("\u{1b}[1;{colour}m{word}\u{1b}[0m{rest}"),
            None => text,
        }
    }

    /// Shows that `doing` goes on, from the second second on, until the answer is dropped.
    /// Nothing is shown where nobody looks.
    pub(super) fn progress(self, doing: &'static str) -> Option<Progress> {
        self.interactive.then(|| Progress::start(doing))
    }
}

/// "2 errors, 1 warning", if there is anything to count.
fn sum(all: &[Diagnostic], quiet: bool) -> Option<String> {
    let count = |severity| all.iter().filter(|d| d.severity == severity).count();
    let words = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let errors = words(count(Severity::Error), "error");
    let warnings = words(count(Severity::Warning), "warning").filter(|_| !quiet);
    let parts: Vec<String> = errors.into_iter().chain(warnings).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A line that counts seconds.
#[derive(Debug)]
pub(super) struct Progress {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    fn start(doing: &'static str) -> Self {
        let (stop, stopped) = mpsc::channel();
        let start = Instant::now();
        let thread = std::thread::spawn(move || {
            let mut shown = false;
            while stopped.recv_timeout(Duration::from_secs(1)) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(io::stderr(), "\r{doing} … {} s", start.elapsed().as_secs());
                shown = true;
            }
            if shown {
                let _ = write!(io::stderr(), "\r\u{1b}[K");
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn diagnostics_are_counted_in_words() {
        let error = || Diagnostic::error(Code::EMPTY, "x");
        let warning = || Diagnostic::warning(Code::EMPTY, "x");
        let note = || Diagnostic::note(Code::EMPTY, "x");
        assert_eq!(sum(&[note()], false), None);
        assert_eq!(sum(&[error(), error(), warning(), note()], false).unwrap(), "2 errors, 1 warning");
        assert_eq!(sum(&[error(), warning()], true).unwrap(), "1 error");
    }

    #[test]
    fn colours_are_for_terminals() {
        let error = Diagnostic::error(Code::EMPTY, "x");
        let plain = Terminal { colours: false, interactive: false };
        let bright = Terminal { colours: true, interactive: false };
        assert_eq!(plain.painted(&error), "error[E007 empty-file]: x\n");
        assert_eq!(bright.painted(&error), "\u{1b}[1;31merror\u{1b}[0m[E007 empty-file]: x\n");
    }
}
