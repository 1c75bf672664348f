//! [`decode`]: from bytes to text, or to the reason why these bytes are none.

use encoding_rs::WINDOWS_1252;

use crate::diag::{Code, Diagnostic, Location};
use crate::text::Span;

/// A decoded file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text without a byte order mark; line ends and all else are as they were.
    pub(super) text: String,
    /// A warning, where the encoding had to be guessed.
    pub(super) warning: Option<Diagnostic>,
}

/// Decodes UTF-8, with or without byte order mark, and Windows-1252 where it is plausible.
///
/// # Errors
/// One diagnostic without a path: a NUL byte, UTF-16, or no text.
pub(super) fn decode(bytes: Vec<u8>) -> Result<Decoded, Diagnostic> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Diagnostic::error(Code::UNKNOWN_ENCODING, "this file is in UTF-16").hint(SAVE));
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            let warning = controls(&text)?;
            Ok(Decoded { text, warning })
        }
        Err(error) => guess(error.as_bytes(), error.utf8_error().valid_up_to()),
    }
}

const SAVE: &str = "save it as UTF-8";

/// Refuses text with a NUL byte and warns of other control characters, which pages show as `�`.
fn controls(text: &str) -> Result<Option<Diagnostic>, Diagnostic> {
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        return Err(Diagnostic::error(Code::NUL_BYTE, "this file holds a NUL byte: it is no text")
            .at(clean(Location::of(text, Span::new(at, at + 1))))
            .hint("take the file out of content/, or save it as UTF-8"));
    }
    let Some(at) = text.bytes().position(is_control) else { return Ok(None) };
    let message =
        format!("this file holds the control character U+{:04X}; it is shown as `�`", text.as_bytes()[at]);
    let place = clean(Location::of(text, Span::new(at, at + 1)));
    let hint = "delete the character; it cannot be seen, but it stands there";
    Ok(Some(Diagnostic::warning(Code::CONTROL_CHARACTER, message).at(place).hint(hint)))
}

/// The place with every control character of its excerpt shown as `�`.
fn clean(mut place: Location) -> Location {
    place.excerpt = place.excerpt.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    place
}

fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C)) || byte == 0x7F
}

/// Reads `bytes`, which are no UTF-8, as Windows-1252 if that is plausible.
fn guess(bytes: &[u8], valid_up_to: usize) -> Result<Decoded, Diagnostic> {
    if bytes.contains(&0) {
        let message = "this file holds a NUL byte: it is no text";
        return Err(Diagnostic::error(Code::NUL_BYTE, message)
            .hint("take the file out of content/, or save it as UTF-8"));
    }
    if !is_plausible(bytes) {
        let line = 1 + bytes[..valid_up_to].iter().filter(|b| **b == b'\n').count();
        let message = format!("this file is neither UTF-8 nor Windows-1252 (first seen in line {line})");
        return Err(Diagnostic::error(Code::UNKNOWN_ENCODING, message).hint(SAVE));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let place = Location::of(&text, Span::new(valid_up_to, valid_up_to + 1));
    let warning =
        Diagnostic::warning(Code::WINDOWS_1252, "this file is no UTF-8; it was read as Windows-1252")
            .at(place)
            .hint(SAVE);
    Ok(Decoded { text: text.into_owned(), warning: Some(warning) })
}

/// Whether a human being can have written `bytes` in Windows-1252: no control bytes, no bytes
/// that it leaves undefined, mostly ASCII, and not rather UTF-8 with a scratch.
fn is_plausible(bytes: &[u8]) -> bool {
    let undefined = |b: u8| matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    if bytes.iter().any(|b| is_control(*b) || undefined(*b)) {
        return false;
    }
    let high = bytes.iter().filter(|b| !b.is_ascii()).count();
    let (mut sequences, mut stray) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        stray += usize::from(!chunk.invalid().is_empty());
    }
    high * 3 <= bytes.len() && sequences <= stray
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(bytes: &[u8]) -> &'static str {
        decode(bytes.to_vec()).unwrap_err().code.id
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text_and_line_ends_stay() {
        let decoded = decode(b"\xEF\xBB\xBFa\r\nb".to_vec()).unwrap();
        assert_eq!(decoded, Decoded { text: "a\r\nb".into(), warning: None });
    }

    #[test]
    fn windows_1252_is_read_with_a_warning() {
        let decoded = decode(b"He said: \x93Caf\xE9\x94 \x96 yes.".to_vec()).unwrap();
        assert_eq!(decoded.text, "He said: “Café” – yes.");
        let warning = decoded.warning.unwrap();
        assert_eq!(warning.code, Code::WINDOWS_1252);
        assert_eq!(warning.location.unwrap().column, 10);
    }

    #[test]
    fn a_control_character_is_warned_of_and_stays() {
        let decoded = decode(b"a\nbell \x07 rang".to_vec()).unwrap();
        assert_eq!(decoded.text, "a\nbell \x07 rang");
        assert_eq!(
            decoded.warning.unwrap().render(),
            "warning[E008 control-character]: this file holds the control character U+0007; it is shown as `�`\n\
             \x20  |\n\
             2  | bell � rang\n\
             \x20  |      ^\n\
             \x20  = help: delete the character; it cannot be seen, but it stands there\n"
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(code(b"\xFF\xFEa\0"), "E001");
        assert_eq!(code(b"plain\0"), "E003");
        assert_eq!(code(b"\x89PNG\r\n\x1A\n\0\0"), "E003");
        assert_eq!(code(b"caf\xE9 \x07"), "E001");
        assert_eq!(code(b"\x8f\xfa\x83\x76"), "E001");
        // UTF-8 with one scratched byte is not Windows-1252.
        assert_eq!(code("“Zwölf” \u{2013} ja".bytes().chain([0xC3]).collect::<Vec<_>>().as_slice()), "E001");
    }
}
