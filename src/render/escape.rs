//! Text into HTML and XML, the one place where it happens: [`text_and_plain`], [`attribute`], [`href`].
//!
//! Characters that neither HTML nor XML can carry (controls, noncharacters) become U+FFFD, so that
//! no content makes a page or a feed invalid. Letters are written in Unicode's form C, as the W3C asks of
//! pages ("Character Model for the World Wide Web: String Matching"): what a reader sees is the same.

use std::borrow::Cow;
use std::convert::Infallible;
use std::io::{self, Write};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether HTML or XML has no place for `c`, not even escaped.
fn forbidden(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\x7F'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// Where words are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In an element.
    Element,
    /// In the value of an attribute in double quotation marks.
    Attribute,
    /// Nowhere in markup: as a reader reads them.
    Plain,
    /// In a string of JSON in a `<script>`, which they cannot end.
    Script,
}

impl Place {
    /// What stands there instead of `c`; `None` where `c` stands for itself.
    fn instead(self, c: char) -> Option<&'static str> {
        match c {
            '<' if self == Self::Script => Some("\\u003c"),
            '>' if self == Self::Script => Some("\\u003e"),
            '&' if self == Self::Script => Some("\\u0026"),
            // What a string of JSON cannot hold is escaped in it already.
            _ if self == Self::Script => None,
            '&' if self != Self::Plain => Some("&amp;"),
            '<' if self != Self::Plain => Some("&lt;"),
            '>' if self != Self::Plain => Some("&gt;"),
            '"' if self == Self::Attribute => Some("&quot;"),
            '\r' => Some(""),
            _ if forbidden(c) => Some("\u{FFFD}"),
            _ => None,
        }
    }
}

/// Bytes that begin a character for which something else may stand. Continuation bytes are none.
const LOOKED_AT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        // Behind C2 lie the controls of Latin-1, behind EF and F0 to F4 the noncharacters.
        table[byte] = matches!(
            byte as u8,
            b'&' | b'<' | b'>' | b'"' | 0..=0x08 | 0x0B..=0x1F | 0x7F | 0xC2 | 0xEF | 0xF0..=0xF4
        );
        byte += 1;
    }
    table
};

/// Hands over `words` in stretches, as they are written at `place`.
fn stretches<E>(words: &str, place: Place, mut put: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let (mut done, mut at) = (0, 0);
    while let Some(next) = words.as_bytes()[at..].iter().position(|byte| LOOKED_AT[usize::from(*byte)]) {
        at += next;
        let Some(c) = words[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        if let Some(instead) = place.instead(c) {
            put(&words[done..at])?;
            put(instead)?;
            done = end;
        }
        at = end;
    }
    put(&words[done..])
}

fn push(out: &mut String, words: &str, place: Place) {
    let Ok(()) = stretches(words, place, |stretch| {
        out.push_str(stretch);
        Ok::<(), Infallible>(())
    });
}

/// Appends `words` as the value of an attribute in double quotation marks.
pub(super) fn attribute(out: &mut String, words: &str) {
    push(out, &composed(words), Place::Attribute);
}

/// Appends `words` to `html` as the content of an element, and to `plain` as a reader reads them there.
pub(super) fn text_and_plain(html: &mut String, plain: &mut String, words: &str) {
    let words = composed(words);
    push(html, &words, Place::Element);
    push(plain, &words, Place::Plain);
}

/// `json` as the content of a `<script>`, in form C like the rest of the page.
pub(super) fn script(json: &str) -> String {
    let json = composed(json);
    let mut out = String::with_capacity(json.len() + 16);
    push(&mut out, &json, Place::Script);
    out
}

/// Words as a page writes them: in form C.
pub(super) fn composed(words: &str) -> Cow<'_, str> {
    if words.is_ascii() || words.chars().all(stands_alone) || is_nfc_quick(words.chars()) == IsNormalized::Yes
    {
        return Cow::Borrowed(words);
    }
    Cow::Owned(words.nfc().collect())
}

/// Whether `c` is one of the letters and signs of which most texts are made, which form C leaves alone
/// whatever stands around them: all before the combining marks, and dashes and quotation marks.
fn stands_alone(c: char) -> bool {
    c < '\u{300}' || ('\u{2010}'..='\u{2044}').contains(&c)
}

/// The escape function of the templates.
pub(super) fn for_templates(input: &str, out: &mut dyn Write) -> io::Result<()> {
    stretches(&composed(input), Place::Attribute, |stretch| out.write_all(stretch.as_bytes()))
}

/// The bytes that stand for themselves in an address, where `reserved` ones do so too.
const fn unencoded(reserved: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] =
            matches!(byte as u8, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~');
        byte += 1;
    }
    let mut index = 0;
    while index < reserved.len() {
        table[reserved[index] as usize] = true;
        index += 1;
    }
    table
}

const IN_ADDRESSES: [bool; 256] = unencoded(b"!*'();:@&=+$,/?#%");
const IN_FIELDS: [bool; 256] = unencoded(b"");

/// `words` with every byte percent-encoded that is not in `table`.
fn encoded(words: Cow<'_, str>, table: &[bool; 256]) -> String {
    let stands = |byte: &u8| table[usize::from(*byte)];
    let Some(first) = words.bytes().position(|byte| !stands(&byte)) else { return words.into_owned() };
    let mut out = String::with_capacity(words.len() + 16);
    out.push_str(&words[..first]);
    for byte in words.bytes().skip(first) {
        if stands(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// An address with everything percent-encoded that an address cannot hold; what is encoded
/// already stays as it is.
pub(super) fn href<'a>(address: impl Into<Cow<'a, str>>) -> String {
    encoded(address.into(), &IN_ADDRESSES)
}

/// `words` as the value of one field of a query.
pub(super) fn query(words: &str) -> String {
    encoded(words.into(), &IN_FIELDS)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::canonical_combining_class;

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
    fn what_is_not_looked_at_stands_for_itself() {
        for c in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).as_bytes();
            let looked_at = LOOKED_AT[usize::from(bytes[0])];
            assert!(looked_at || Place::Attribute.instead(c).is_none(), "{c:?}");
            assert!(bytes[1..].iter().all(|byte| !LOOKED_AT[usize::from(*byte)]), "{c:?}");
        }
    }

    #[test]
    fn what_stands_alone_is_in_form_c_beside_anything() {
        for c in ('\0'..=char::MAX).filter(|c| stands_alone(*c)) {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            assert_eq!(canonical_combining_class(c), 0, "{c:?}");
        }
    }

    #[test]
    fn what_a_reader_reads_has_no_markup_and_nothing_forbidden() {
        let (mut html, mut plain) = (String::new(), String::new());
        text_and_plain(&mut html, &mut plain, "\"a\" <\r\n\u{0}e\u{301}");
        assert_eq!((html.as_str(), plain.as_str()), ("\"a\" &lt;\n\u{FFFD}é", "\"a\" <\n\u{FFFD}é"));
    }

    #[test]
    fn letters_are_written_composed() {
        let mut out = String::new();
        attribute(&mut out, "re\u{301}sume\u{301} & \u{1100}\u{1161}");
        assert_eq!(out, "r\u{e9}sum\u{e9} &amp; \u{ac00}");
    }
}
