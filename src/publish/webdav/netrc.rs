//! [`login`]: what `~/.netrc` says of a server.
//!
//! The form is that of netrc(5) as GNU Inetutils and curl read it: words between white space, where
//! `machine NAME` and `default` begin an entry, `login`, `password` and `account` each take the word
//! behind them, `macdef NAME` goes on to the next empty line, a word may stand in quotation marks
//! (with `\"` and `\\`), and `#` at the beginning of a word goes on to the end of the line.

use std::iter::Peekable;
use std::str::Chars;

/// The user and the password for `host`; the entry `default` counts where none names it.
pub(super) fn login(text: &str, host: &str) -> Option<(String, String)> {
    let mut words = Words(text.chars().peekable());
    let (mut ours, mut entry) = (false, Entry::default());
    while let Some(word) = words.next() {
        match word.as_str() {
            "machine" | "default" => {
                if let Some(found) = entry.done(ours) {
                    return Some(found);
                }
                entry = Entry::default();
                ours = word == "default" || words.next()?.eq_ignore_ascii_case(host);
            }
            "login" => entry.login = words.next(),
            "password" => entry.password = words.next(),
            "account" => drop(words.next()),
            "macdef" => words.skip_macro(),
            _ => {}
        }
    }
    entry.done(ours)
}

#[derive(Default)]
struct Entry {
    login: Option<String>,
    password: Option<String>,
}

impl Entry {
    fn done(&mut self, ours: bool) -> Option<(String, String)> {
        ours.then(|| Some((self.login.take()?, self.password.take()?))).flatten()
    }
}

/// The words of the file.
struct Words<'t>(Peekable<Chars<'t>>);

impl Words<'_> {
    /// Skips a macro, which ends before an empty line.
    fn skip_macro(&mut self) {
        let mut before = ' ';
        for character in self.0.by_ref() {
            if (before, character) == ('\n', '\n') {
                return;
            }
            if character != '\r' {
                before = character;
            }
        }
    }
}

impl Iterator for Words<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        loop {
            while self.0.next_if(|c| c.is_whitespace()).is_some() {}
            if self.0.peek() != Some(&'#') {
                break;
            }
            while self.0.next_if(|c| *c != '\n').is_some() {}
        }
        let quoted = self.0.next_if_eq(&'"').is_some();
        let mut word = String::new();
        while let Some(character) = self.0.next_if(|c| quoted || !c.is_whitespace()) {
            match character {
                '"' if quoted => return Some(word),
                '\\' if quoted => word.extend(self.0.next()),
                _ => word.push(character),
            }
        }
        (quoted || !word.is_empty()).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String)> {
        login(text, "dav.example")
    }

    #[test]
    fn an_entry_is_found_by_its_machine() {
        let ours = Some(("ann".to_owned(), "p#w".to_owned()));
        for text in [
            "machine dav.example login ann password p#w",
            "machine other login x password y\nmachine DAV.example\n  password p#w\n\taccount z\n  login ann\n",
            "# login x\nmachine other login x\nmachine dav.example login ann password p#w # mine\nmachine z",
            "macdef init\nmachine dav.example login no password no\n\nmachine dav.example login ann password p#w",
            "machine dav.example login \"ann\" password \"p#w\"\ndefault login x password y",
            "machine x login y password z default login ann password p#w",
        ] {
            assert_eq!(read(text), ours, "{text}");
        }
        assert_eq!(
            read("machine dav.example login \"a \\\"n\" password \"back\\\\ slash\""),
            Some(("a \"n".to_owned(), "back\\ slash".to_owned()))
        );
    }

    #[test]
    fn half_an_entry_is_none() {
        for text in [
            "",
            "machine",
            "machine dav.example",
            "machine dav.example login ann",
            "machine dav.example login ann password",
            "machine dav.example.org login ann password x",
            "login ann password x",
            "macdef x\nmachine dav.example login ann password x\n",
            "machine dav.example password \"\\",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
