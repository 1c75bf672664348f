//! [`Program`]: a program of this machine that does the talking to a target.

use std::ffi::OsStr;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use super::place::PlaceError;

/// A program and what it is to be told. No shell reads it.
#[derive(Debug)]
pub(super) struct Program {
    name: &'static str,
    command: Command,
    input: Vec<u8>,
}

/// What a program did.
#[derive(Debug)]
pub(super) struct Ran {
    /// Its exit status; `None` where a signal ended it.
    pub code: Option<i32>,
    /// What it answered.
    pub out: Vec<u8>,
    /// What it complained of, without what may be a secret.
    pub complaint: String,
}

impl Program {
    /// The program `name`, whose messages are in English.
    pub(super) fn new(name: &'static str) -> Self {
        let mut command = Command::new(name);
        // Its own variables and the user's keys are inherited.
        command.env("LC_ALL", "C").stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { name, command, input: Vec::new() }
    }

    pub(super) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    pub(super) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Without a variable that this program may have been given itself.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// In which folder it runs.
    pub(super) fn at(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What it reads from its standard input.
    pub(super) fn input(mut self, input: Vec<u8>) -> Self {
        self.input = input;
        self
    }

    /// Runs it to its end. `doing` is what it is for.
    ///
    /// # Errors
    /// Where it cannot be started. That it failed is [`Ran::code`]'s to say.
    pub(super) fn run(self, doing: &str) -> Result<Ran, PlaceError> {
        let Self { name, mut command, input } = self;
        let fault = |error: std::io::Error| PlaceError::new(doing, format!("{name} cannot be run: {error}"));
        command.stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() });
        let mut child = command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound => PlaceError::new(doing, format!("{name} is not installed"))
                .hint(format!("install it (`apt install {name}`, `brew install {name}`) and publish again")),
            _ => fault(error),
        })?;
        // It may answer before it has read everything, so writing has a thread of its own.
        let writer = child.stdin.take().map(|mut stdin| thread::spawn(move || stdin.write_all(&input)));
        let Output { status, stdout, stderr } = child.wait_with_output().map_err(fault)?;
        // A program that ended before it had read everything says why itself.
        drop(writer.map(thread::JoinHandle::join));
        let complaint = without_users(&String::from_utf8_lossy(&stderr));
        Ok(Ran { code: status.code(), out: stdout, complaint })
    }
}

impl Ran {
    /// Whether it says that all went well.
    pub(super) fn went_well(&self) -> bool {
        self.code == Some(0)
    }

    /// The lines of the complaint that say something.
    pub(super) fn lines(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.complaint.lines().map(str::trim).filter(|line| !line.is_empty())
    }
}

/// A text in which each address has lost the user and password before its host: a token is a
/// secret wherever it stands.
#[must_use]
pub fn without_users(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        shown.push_str(before);
        let host = after.find(|c: char| "/'\"`?#".contains(c) || c.is_whitespace()).unwrap_or(after.len());
        rest = after[..host].rfind('@').map_or(after, |at| &after[at + 1..]);
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_and_passwords_are_cut_out_of_addresses() {
        for (text, shown) in [
            (
                "fatal: unable to access 'https://a:b@c.example/x/': no",
                "fatal: unable to access 'https://c.example/x/': no",
            ),
            ("https://token@h.example", "https://h.example"),
            ("rsync://ed:p@ss@h/m, http://x@y", "rsync://h/m, http://y"),
            ("see https://h.example/@name and a@b", "see https://h.example/@name and a@b"),
            ("no address", "no address"),
        ] {
            assert_eq!(without_users(text), shown);
        }
    }

    #[test]
    fn a_program_reads_answers_and_complains() {
        let text = "x".repeat(300_000).into_bytes();
        let ran = Program::new("cat").input(text.clone()).run("copy").unwrap();
        assert!(ran.went_well());
        assert_eq!(ran.out, text);
        let ran = Program::new("cat").args(["/no such file"]).run("copy").unwrap();
        assert_eq!(ran.code, Some(1));
        assert_eq!(ran.lines().next(), Some("cat: '/no such file': No such file or directory"));
    }

    #[test]
    fn a_program_that_is_missing_is_named() {
        let error = Program::new("no-such-program").run("send index.html").unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot send index.html: no-such-program is not installed\n  install it (`apt install \
             no-such-program`, `brew install no-such-program`) and publish again"
        );
    }
}
