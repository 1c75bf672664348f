//! Words in quotation marks: [`stretches`].

use std::ops::Range;

/// Where quotation marks open and close in `text`, the marks included; what stays open is none of them.
///
/// ```
/// let text = "it would “stand firm”, they say";
/// let stretches = dateline::text::quoted::stretches(text);
/// assert_eq!(&text[stretches[0].clone()], "“stand firm”");
/// ```
#[must_use]
pub fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, &[char])> = None;
    for (at, c) in text.char_indices() {
        match open {
            Some((start, closing)) if closing.contains(&c) => {
                out.push(start..at + c.len_utf8());
                open = None;
            }
            Some(_) => {}
            None => {
                open = match c {
                    '“' => Some((at, &['”'][..])),
                    '"' => Some((at, &['"'][..])),
                    '„' => Some((at, &['“', '”'][..])),
                    '«' => Some((at, &['»'][..])),
                    _ => None,
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::stretches;

    #[test]
    fn quoted_stretches_are_those_that_close() {
        let find = |text: &str| stretches(text).into_iter().map(|at| text[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(find("it would “stand firm” and \"hold"), ["“stand firm”"]);
        assert_eq!(find("„ja“, «oui»"), ["„ja“", "«oui»"]);
        assert!(find("none ” here").is_empty());
    }
}
