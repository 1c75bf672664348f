//! [`responses`]: the answer to a PROPFIND, `<multistatus>` of RFC 4918, section 14.16.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

/// A file or a folder, as a server tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Response {
    /// Its address as it stands there: a path, or a whole URL, with escapes.
    pub(super) href: String,
    /// Whether it is a folder.
    pub(super) folder: bool,
    /// Its size in bytes.
    pub(super) size: Option<u64>,
    /// Its `ETag`.
    pub(super) tag: Option<String>,
}

/// Where the reader is, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Multistatus,
    Response,
    Href,
    Propstat,
    Status,
    Prop,
    ResourceType,
    Collection,
    Length,
    Tag,
    Else,
}

impl At {
    /// The element `name` in `outer`; in any other place it says nothing.
    fn inside(outer: Option<Self>, name: &[u8]) -> Self {
        match (outer, name) {
            (None, b"multistatus") => Self::Multistatus,
            (Some(Self::Multistatus), b"response") => Self::Response,
            (Some(Self::Response), b"href") => Self::Href,
            (Some(Self::Response), b"propstat") => Self::Propstat,
            (Some(Self::Propstat), b"status") => Self::Status,
            (Some(Self::Propstat), b"prop") => Self::Prop,
            (Some(Self::Prop), b"resourcetype") => Self::ResourceType,
            (Some(Self::ResourceType), b"collection") => Self::Collection,
            (Some(Self::Prop), b"getcontentlength") => Self::Length,
            (Some(Self::Prop), b"getetag") => Self::Tag,
            _ => Self::Else,
        }
    }
}

/// How deep elements may lie in one another; the reader itself counts no further than 65,535.
const DEPTH: usize = 64;

/// What one `<propstat>` says, which counts only where its status is 200.
#[derive(Default)]
struct Properties {
    status: String,
    folder: bool,
    length: String,
    tag: String,
}

/// Everything that the server tells of, in its order.
///
/// # Errors
/// Why it is no such answer, in a few words. A document with a `<!DOCTYPE>` is refused: nobody needs
/// one here but to make a reader work for ever.
pub(super) fn responses(body: &str) -> Result<Vec<Response>, String> {
    let mut reader = NsReader::from_str(body);
    let (mut path, mut found) = (Vec::new(), Vec::new());
    let (mut response, mut properties) = (Response::default(), Properties::default());
    let mut ended = false;
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(_) if path.len() == DEPTH => return Err("its elements lie too deep".to_owned()),
            Event::Start(start) => path.push(entered(&namespace, &start, &path)),
            Event::Empty(start) => {
                let at = entered(&namespace, &start, &path);
                ended |= at == At::Multistatus;
                leave(at, &mut response, &mut properties, &mut found);
            }
            Event::End(_) => {
                let at = path.pop().ok_or("an element ends that never began")?;
                ended |= at == At::Multistatus;
                leave(at, &mut response, &mut properties, &mut found);
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|error| error.to_string())?;
                said(path.last(), &text, &mut response, &mut properties);
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|error| error.to_string())?;
                said(path.last(), &text, &mut response, &mut properties);
            }
            Event::GeneralRef(reference) => {
                let character = match reference.resolve_char_ref().map_err(|error| error.to_string())? {
                    Some(character) => character.to_string(),
                    None => {
                        let name = reference.decode().map_err(|error| error.to_string())?;
                        let known = quick_xml::escape::resolve_xml_entity(&name);
                        known.ok_or("it has an entity that XML does not know")?.to_owned()
                    }
                };
                said(path.last(), &character, &mut response, &mut properties);
            }
            Event::DocType(_) => return Err("it has a document type".to_owned()),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    // Half a list would make files seem to be gone.
    if ended && path.is_empty() { Ok(found) } else { Err("it has no end".to_owned()) }
}

fn entered(namespace: &ResolveResult<'_>, start: &BytesStart<'_>, path: &[At]) -> At {
    if matches!(namespace, ResolveResult::Bound(Namespace(b"DAV:"))) {
        At::inside(path.last().copied(), start.local_name().as_ref())
    } else {
        At::Else
    }
}

fn said(at: Option<&At>, text: &str, response: &mut Response, properties: &mut Properties) {
    match at {
        Some(At::Href) => response.href.push_str(text),
        Some(At::Status) => properties.status.push_str(text),
        Some(At::Length) => properties.length.push_str(text),
        Some(At::Tag) => properties.tag.push_str(text),
        _ => {}
    }
}

/// What an element means that ends here.
fn leave(at: At, response: &mut Response, properties: &mut Properties, found: &mut Vec<Response>) {
    match at {
        At::Collection => properties.folder = true,
        At::Propstat => {
            let said = std::mem::take(properties);
            // `HTTP/1.1 200 OK`
            if said.status.split_whitespace().nth(1) == Some("200") {
                response.folder |= said.folder;
                response.size = said.length.trim().parse().ok().or(response.size);
                let tag = said.tag.trim();
                response.tag = (!tag.is_empty()).then(|| tag.to_owned()).or(response.tag.take());
            }
        }
        At::Response => {
            let mut response = std::mem::take(response);
            response.href = response.href.trim().to_owned();
            found.push(response);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APACHE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
        <D:multistatus xmlns:D="DAV:" xmlns:ns0="DAV:">
        <D:response xmlns:lp1="DAV:" xmlns:lp2="http://apache.org/dav/props/">
          <D:href>/dav/site/</D:href>
          <D:propstat><D:prop><lp1:resourcetype><D:collection/></lp1:resourcetype></D:prop>
          <D:status>HTTP/1.1 200 OK</D:status></D:propstat>
          <D:propstat><D:prop><D:getcontentlength/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>
        </D:response>
        <D:response xmlns:lp1="DAV:"><D:href>/dav/site/a&amp;b%20&#99;.html</D:href><D:propstat><D:prop>
          <lp1:resourcetype/><lp1:getcontentlength>12</lp1:getcontentlength>
          <lp1:getetag>"1f-&quot;x"</lp1:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>
        </D:response></D:multistatus>"#;

    #[test]
    fn files_and_folders_are_told_apart() {
        let folder = Response { href: "/dav/site/".into(), folder: true, size: None, tag: None };
        let file = Response {
            href: "/dav/site/a&b%20c.html".into(),
            folder: false,
            size: Some(12),
            tag: Some("\"1f-\"x\"".into()),
        };
        assert_eq!(responses(APACHE), Ok(vec![folder, file]));
    }

    #[test]
    fn only_what_has_the_right_name_place_and_status_counts() {
        let read = |inner: &str| responses(&format!("<multistatus xmlns=\"DAV:\">{inner}</multistatus>"));
        let plain = |href: &str| Ok(vec![Response { href: href.into(), ..Response::default() }]);
        for inner in [
            // Another name space, another place, another status.
            "<response><href>/a</href><propstat><prop><resourcetype><collection xmlns=\"x:\"/></resourcetype></prop>\
             <status>HTTP/1.1 200 OK</status></propstat></response>",
            "<response><href>/a</href><prop><resourcetype><collection/></resourcetype></prop></response>",
            "<response><href>/a</href><propstat><prop><resourcetype><collection/></resourcetype></prop>\
             <status>HTTP/1.1 403 Forbidden</status></propstat></response>",
            "<response><href>/a</href><propstat><prop><getcontentlength>-1</getcontentlength><getetag> </getetag>\
             </prop><status>HTTP/1.1 200 OK</status></propstat><error><href>/b</href></error></response>",
            "<response><href><![CDATA[/a]]></href><!-- no --></response>",
        ] {
            assert_eq!(read(inner), plain("/a"), "{inner}");
        }
        assert_eq!(responses("<multistatus xmlns=\"DAV:\"/>"), Ok(vec![]));
        assert_eq!(read(""), Ok(vec![]));
    }

    #[test]
    fn hostile_answers_are_refused() {
        let bomb = "<!DOCTYPE m [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><multistatus xmlns=\"DAV:\"><response>\
                    <href>&b;</href></response></multistatus>";
        assert_eq!(responses(bomb), Err("it has a document type".into()));
        let entity = "<multistatus xmlns=\"DAV:\"><response><href>&b;</href></response></multistatus>";
        assert_eq!(responses(entity), Err("it has an entity that XML does not know".into()));
        for half in
            [&APACHE[..APACHE.len() - 20], &APACHE[..400], "", "plain words", "<html><p>x</html>", "<a/>"]
        {
            responses(half).unwrap_err();
        }
        let deep = format!("<multistatus xmlns=\"DAV:\">{}", "<response>".repeat(200_000));
        assert_eq!(responses(&deep), Err("its elements lie too deep".into()));
    }
}
