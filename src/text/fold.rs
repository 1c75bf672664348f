//! Folded forms for comparing words: never shown, never written back into a text.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, without accents, with straight apostrophes.
///
/// ```
/// assert_eq!(dateline::text::fold::key("Zelenskyy’s Élan"), "zelenskyy's elan");
/// ```
#[must_use]
pub fn key(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '’' | '‘' | 'ʼ' | '`') { '\'' } else { c })
        .collect()
}

/// The words of `text`, folded and joined by single blanks; everything else is left out.
///
/// Two wordings that differ in marks, case or spacing alone have the same words.
#[must_use]
pub fn words(text: &str) -> String {
    let folded = key(text);
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// An address made of `text`: ASCII words joined by hyphens, at most 80 bytes; may be empty.
///
/// ```
/// assert_eq!(dateline::text::fold::slug("Mr. O’Neil’s 2nd Straße!"), "mr-oneils-2nd-strasse");
/// ```
#[must_use]
pub fn slug(text: &str) -> String {
    let plain = deunicode::deunicode(text).to_ascii_lowercase().replace(['\'', '`'], "");
    let mut out = String::new();
    for word in plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            if out.len() + 1 + word.len() > 80 {
                break;
            }
            out.push('-');
        }
        out.push_str(&word[..word.len().min(80)]);
    }
    out
}
