//! Reading our own pages: [`scan`] finds the addresses and anchors of one.
//!
//! It is no HTML parser: it reads what our templates and the weaver write, and skips what it does
//! not know.

use std::collections::BTreeSet;

/// What a page points to and what can be pointed to in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    /// Addresses in order, entities decoded.
    pub(super) links: Vec<String>,
    /// Ids and names of anchors.
    pub(super) ids: BTreeSet<String>,
}

/// The addresses and anchors of `html`.
pub(super) fn scan(html: &str) -> Scan {
    let mut scan = Scan::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let name = &rest[..name_end];
        rest = scan.attributes(name, &rest[name_end..]);
        if name == "script" || name == "style" {
            let close = format!("</{name}");
            rest = rest.find(&close).map_or("", |end| &rest[end..]);
        }
    }
    scan
}

impl Scan {
    /// Reads the attributes of a tag and answers with what comes after it.
    fn attributes<'h>(&mut self, tag: &str, mut rest: &'h str) -> &'h str {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                return after;
            }
            if rest.is_empty() {
                return rest;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end.max(rest.chars().next().map_or(0, char::len_utf8)));
            let Some(after) = after.strip_prefix('=') else {
                rest = after;
                continue;
            };
            let (value, after) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => {
                    let blank = |c: char| c.is_ascii_whitespace() || c == '>';
                    after.split_at(after.find(blank).unwrap_or(after.len()))
                }
            };
            self.attribute(tag, name, &unescape(value));
            rest = after;
        }
    }

    fn attribute(&mut self, tag: &str, name: &str, value: &str) {
        match (tag, name) {
            ("a" | "link" | "area", "href")
            | ("img" | "script" | "source" | "video" | "audio" | "iframe", "src")
            | ("video", "poster") => self.links.push(value.trim().to_owned()),
            ("img" | "source", "srcset") => {
                let first = |part: &str| part.split_ascii_whitespace().next().map(str::to_owned);
                self.links.extend(value.split(", ").filter_map(first));
            }
            ("meta", "content")
                if value.contains("url=") && value.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                self.links.extend(value.split_once("url=").map(|(_, url)| url.trim().to_owned()));
            }
            (_, "id") | ("a", "name") => {
                self.ids.insert(value.to_owned());
            }
            _ => {}
        }
    }
}

/// Decodes the entities that our templates write.
fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let mut out = value.to_owned();
    for (entity, plain) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, plain);
    }
    out
}

/// Decodes `%41`; `None` where the result is no UTF-8 or a `%` stands without its two digits.
pub(crate) fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'%' {
            let digits = str::from_utf8(after.get(..2)?).ok()?;
            if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                return None;
            }
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_anchors_are_found() {
        let scan = scan(
            "<!-- <a href='/no'> --><meta http-equiv=refresh content=\"0; url=/new/\">\
             <a class=x href=\"/a/?x=1&amp;y=2#z\" id=top>1 < 2</a><img src='b.png'/ alt>\
             <script>var s = \"<a href='/no'>\";</script><p id='é'></p><a href=/c>",
        );
        assert_eq!(scan.links, ["/new/", "/a/?x=1&y=2#z", "b.png", "/c"]);
        assert_eq!(scan.ids.into_iter().collect::<Vec<_>>(), ["top", "é"]);
    }

    #[test]
    fn broken_markup_ends_quietly() {
        for html in
            ["<", "<a", "<a href", "<a href=", "<a href=\"", "<!--", "<script>", "<a =x>", "<a é=\"\"", "<é>"]
        {
            let _ = scan(html);
        }
        assert!(scan("<a href=\"x").links == ["x"]);
    }

    #[test]
    fn percent_signs_are_decoded_or_refused() {
        assert_eq!(decode("a%20%C3%A9").as_deref(), Some("a é"));
        for bad in ["%", "%4", "%zz", "%ff", "%+1"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
