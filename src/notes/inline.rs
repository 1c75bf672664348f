//! Links that are an editor's word: [`read`].

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::model::{About, At, Claim, Note, Source, SpeakerClaim, Written};
use super::read::DATES;
use crate::config::{Placed, short};
use crate::diag::{Code, Diagnostic, Flood, Location};
use crate::parse::Article;
use crate::parse::markdown::{EDITOR_SCHEMES, options};
use crate::text::{Markup, Span};

/// A link as it is written.
struct Link {
    address: String,
    /// All of it.
    place: Span,
    /// Its words.
    words: Option<Span>,
}

/// Reads the links of an article into `written`.
pub(super) fn read(article: &Article, written: &mut Written) {
    let text = &article.document.text;
    let may = EDITOR_SCHEMES.iter().any(|scheme| text.contains(scheme));
    if article.document.markup != Markup::Markdown || !may {
        return;
    }
    let source = written.sources.len();
    let mut flood = Flood::default();
    for link in links(text) {
        let Link { address, place, words } = link;
        let inside = address_in(text, place, &address);
        let bad = |message: String, hint: &str| {
            let mut location = Location::of(text, inside);
            location.line += article.lines_before;
            Diagnostic::error(Code::BAD_NOTE, message).in_file(&article.path).at(location).hint(hint)
        };
        let Some(words) = words else {
            flood.push(Code::BAD_NOTE, || {
                bad("this link has no words".into(), "put the words that are meant between the brackets")
            });
            continue;
        };
        let about = if let Some(id) = address.strip_prefix(EDITOR_SCHEMES[0]) {
            let at = Span::new(inside.end as usize - id.len().min(inside.len()), inside.end as usize);
            let id = Placed { value: id.trim().to_owned(), place: at };
            if id.value.is_empty() {
                flood.push(Code::BAD_NOTE, || {
                    bad("this link names nobody".into(), "write `speaker:` and an id, `speaker:ann-lee`")
                });
                continue;
            }
            About::Mention(Claim::Says(SpeakerClaim { words: id, kind: None }))
        } else {
            let value = address.strip_prefix(EDITOR_SCHEMES[1]).unwrap_or_default();
            let Ok(date) = value.trim().parse() else {
                let message = format!("`{}` is no date that we know", short(value));
                flood.push(Code::BAD_NOTE, || bad(message, DATES));
                continue;
            };
            About::Date(Claim::Says(date))
        };
        written.notes.push(Note { source, place: inside, at: At::Link(words), about });
    }
    written.diagnostics.extend(flood.into_diagnostics());
    let (path, lines_before) = (article.path.clone(), article.lines_before);
    written.sources.push(Source { path, text: text.clone(), lines_before });
}

/// The editor's links of a text, in order. Links do not lie in links.
fn links(text: &str) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    let mut open = false;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                open = EDITOR_SCHEMES.iter().any(|scheme| dest_url.starts_with(scheme));
                if open {
                    found.push(Link { address: dest_url.into_string(), place: range.into(), words: None });
                }
            }
            Event::End(TagEnd::Link) => open = false,
            Event::Text(words) if open && !words.trim().is_empty() => {
                if let Some(link) = found.last_mut() {
                    let span = Span::from(range);
                    link.words = Some(link.words.map_or(span, |words| words.cover(span)));
                }
            }
            _ => {}
        }
    }
    found
}

/// Where in a link its address stands; all of the link where that is elsewhere.
fn address_in(text: &str, link: Span, address: &str) -> Span {
    let start = link.start as usize;
    link.of(text).rfind(address).map_or(link, |at| Span::new(start + at, start + at + address.len()))
}
