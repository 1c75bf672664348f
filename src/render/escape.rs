//! Text into HTML and XML, the one place where it happens: [`text`], [`attribute`], [`href`].
//!
//! Characters that neither HTML nor XML can carry (controls, noncharacters) become U+FFFD, so that
//! no content makes a page or a feed invalid. Letters are written in Unicode's form C, as the W3C asks of
//! pages ("Character Model for the World Wide Web: String Matching"): what a reader sees is the same.

use std::borrow::Cow;
use std::io::{self, Write};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether HTML or XML has no place for `c`, not even escaped.
fn forbidden(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\x7F'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// Appends `words` as the content of an element.
pub(super) fn text(out: &mut String, words: &str) {
    push(out, words, false);
}

/// Appends `words` as the value of an attribute in double quotation marks.
pub(super) fn attribute(out: &mut String, words: &str) {
    push(out, words, true);
}

/// Words as a page writes them: in form C.
pub(super) fn composed(words: &str) -> Cow<'_, str> {
    if words.is_ascii() || is_nfc_quick(words.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.nfc().collect())
}

fn push(out: &mut String, words: &str, quotes: bool) {
    let words = &*composed(words);
    let mut done = 0;
    for (at, c) in words.char_indices() {
        let safe = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if quotes => "&quot;",
            ' '..='~' | '\n' | '\t' => continue,
            '\r' => "",
            _ if forbidden(c) => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(&words[done..at]);
        out.push_str(safe);
        done = at + c.len_utf8();
    }
    out.push_str(&words[done..]);
}

/// What stands in text where `c` is written: `None` for what is left out.
pub(super) fn shown(c: char) -> Option<char> {
    match c {
        '\r' => None,
        _ if forbidden(c) => Some('\u{FFFD}'),
        _ => Some(c),
    }
}

/// The escape function of the templates.
pub(super) fn for_templates(input: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut buffer = String::with_capacity(input.len() + 16);
    attribute(&mut buffer, input);
    out.write_all(buffer.as_bytes())
}

/// An address with everything percent-encoded that an address cannot hold; what is encoded
/// already stays as it is.
pub(super) fn href(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'~' | b'!' | b'*' | b'\'' | b'(' | b')' | b';' | b':' | b'@' | b'&'
            | b'=' | b'+' | b'$' | b',' | b'/' | b'?' | b'#' | b'%' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// `words` as the value of one field of a query.
pub(super) fn query(words: &str) -> String {
    let mut out = String::new();
    for byte in words.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_markup_or_invalid_gets_through() {
        let mut out = String::new();
        attribute(&mut out, "a<b>&\"c\"\u{0}\u{85}\u{FFFE}é\r\n");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;c&quot;\u{FFFD}\u{FFFD}\u{FFFD}é\n");
        assert_eq!(href("/a b/ü\"<\\?x=%20#y"), "/a%20b/%C3%BC%22%3C%5C?x=%20#y");
        assert_eq!(query("a b&c"), "a%20b%26c");
    }

    #[test]
    fn letters_are_written_composed() {
        let mut out = String::new();
        text(&mut out, "re\u{301}sume\u{301} & \u{1100}\u{1161}");
        assert_eq!(out, "r\u{e9}sum\u{e9} &amp; \u{ac00}");
    }
}
