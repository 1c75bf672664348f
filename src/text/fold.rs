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
    plain(text).unwrap_or_else(|| thorough(text))
}

/// [`thorough`] for texts without letters that it would take apart: most news has quotation marks and
/// dashes beyond ASCII, and nothing else.
fn plain(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '`' | '‘' | '’' => out.push('\''),
            '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
            '“' | '”' | '–' | '—' => out.push(c),
            '…' => out.push_str("..."),
            '\u{a0}' => out.push(' '),
            _ => return None,
        }
    }
    Some(out)
}

fn thorough(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_leads_where_the_long_one_does() {
        let all: String = ('\0'..='\u{2fff}').filter(|c| plain(&c.to_string()).is_some()).collect();
        assert_eq!(plain(&all).as_deref(), Some(thorough(&all).as_str()));
        assert_eq!(
            plain("“It’s — well… `fine`,” she said").as_deref(),
            Some("“it's — well... 'fine',” she said")
        );
        assert!(["é", "ß", "Ω", "½", "ʼ", "„"].iter().all(|text| plain(text).is_none()));
    }
}
