//! Answering browsers: [`serve`].
//!
//! Only requests that name this machine are answered ([`Host::admits`]). Pages are drawn when they are
//! asked for, and carry the digest of their bytes as `ETag`, so that a browser that asks again gets
//! nothing where nothing has changed. The preview's script and style are files of their own under a
//! reserved path, so that the strict content security policy of the pages holds.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH, IF_RANGE,
    LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::preview::Preview;
use super::range::{self, Wanted};
use super::{Host, ServeError, state};
use crate::output::SitePath;
use crate::site::session::{Found, Generation};

/// The reserved folder of the preview, below the base path.
const OWN: &str = "_dateline/";
const SCRIPT: &str = concat!(include_str!("browser/morph.js"), include_str!("browser/preview.js"));
const STYLE: &str = include_str!("browser/preview.css");
/// What the preview adds to the built-in search, so that what is open follows, too.
const SEARCH: &str = include_str!("browser/search.js");
const HTML: &str = "text/html; charset=utf-8";

/// What answers need.
pub(super) struct Answering {
    pub(super) preview: Arc<Preview>,
    pub(super) host: Host,
}

/// Serves until the process is interrupted.
pub(super) fn serve(listener: std::net::TcpListener, answering: Answering) -> Result<(), ServeError> {
    listener.set_nonblocking(true).map_err(ServeError::Start)?;
    let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    threads.map_err(ServeError::Start)?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Start)?;
        let router = Router::new().fallback(answer).with_state(Arc::new(answering));
        tokio::select! {
            served = axum::serve(listener, router) => served.map_err(ServeError::Start),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })
}

async fn answer(State(answering): State<Arc<Answering>>, request: Request) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| answering.host.admits(host)) {
        let told = format!("This preview answers to {} alone.\n", answering.host.in_url());
        return plain(StatusCode::FORBIDDEN, &told);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refused = plain(StatusCode::METHOD_NOT_ALLOWED, "GET and HEAD only.\n");
        return with(refused, ALLOW, "GET, HEAD");
    }
    // Drawing a page takes its time: others are answered meanwhile.
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let drawn = tokio::task::spawn_blocking(move || {
        Asked { preview: &answering.preview, headers: &headers }
            .answer(uri.path(), uri.query().unwrap_or_default())
    });
    drawn.await.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "This page cannot be drawn.\n"))
}

/// One request.
struct Asked<'r> {
    preview: &'r Preview,
    headers: &'r HeaderMap,
}

impl Asked<'_> {
    fn answer(&self, path: &str, query: &str) -> Response {
        let Some(site) = self.preview.shown().site else {
            return match path.split_once(OWN) {
                Some((_, own)) => self.own_file(own, query, None),
                None => self.empty(StatusCode::SERVICE_UNAVAILABLE, "/"),
            };
        };
        let base = site.base_path();
        match path.strip_prefix(base) {
            Some(rest) => match rest.strip_prefix(OWN) {
                Some(own) => self.own_file(own, query, Some(&site)),
                None => self.page(rest, &site),
            },
            None if path == "/" || format!("{path}/") == base => redirect(base),
            None => self.not_found(&site),
        }
    }

    /// The file at a path below the base path.
    fn page(&self, rest: &str, site: &Generation) -> Response {
        let Some(path) = crate::site::decode(rest) else { return self.not_found(site) };
        let name =
            if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.clone() };
        if let Some(answer) = self.file(&name, StatusCode::OK, site) {
            return answer;
        }
        let folder = SitePath::new(&format!("{name}/index.html"));
        match folder.is_ok_and(|folder| site.has(&folder)) {
            true => redirect(&format!("{}{rest}/", site.base_path())),
            false => self.not_found(site),
        }
    }

    /// The site's own page for addresses that lead nowhere.
    fn not_found(&self, site: &Generation) -> Response {
        self.file("404.html", StatusCode::NOT_FOUND, site)
            .unwrap_or_else(|| self.empty(StatusCode::NOT_FOUND, site.base_path()))
    }

    /// A file of the site; `None` where it has none of this name.
    fn file(&self, name: &str, status: StatusCode, site: &Generation) -> Option<Response> {
        let path = SitePath::new(name).ok()?;
        let before = site.failures();
        let found = site.file(&path)?;
        if site.failures() != before {
            self.preview.tell();
        }
        Some(match found {
            Ok(Found { content, content_type }) => {
                let content = match name {
                    _ if content_type.starts_with("text/html") => inject(&content, site.base_path()),
                    "search.js" if site.is_built_in(&path) => [&content, SEARCH.as_bytes()].concat(),
                    _ => content,
                };
                self.respond(status, content_type, content)
            }
            Err(_) => self.empty(StatusCode::INTERNAL_SERVER_ERROR, site.base_path()),
        })
    }

    /// A page for want of the site's own: its script tells what is wrong.
    fn empty(&self, status: StatusCode, base: &str) -> Response {
        let body = "<!doctype html><html lang=en><title>Nothing here yet</title>\
                    <body><p>There is no page here yet: the site could not be built.</p></body></html>";
        self.respond(status, HTML, inject(body.as_bytes(), base))
    }

    fn own_file(&self, name: &str, query: &str, site: Option<&Generation>) -> Response {
        let script = "text/javascript; charset=utf-8";
        match (name, site) {
            ("preview.js", _) => self.respond(StatusCode::OK, script, SCRIPT.into()),
            ("preview.css", _) => self.respond(StatusCode::OK, "text/css; charset=utf-8", STYLE.into()),
            ("state.json", _) => {
                self.respond(StatusCode::OK, "application/json", state::json(self.preview, query).into())
            }
            ("events", _) => events(self.preview),
            (_, Some(site)) => self.not_found(site),
            (_, None) => self.empty(StatusCode::NOT_FOUND, "/"),
        }
    }

    /// An answer with `body`, or with nothing where the browser has it, or with the part that it wants.
    fn respond(&self, status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response {
        let digest = blake3::hash(&body).to_hex();
        let tag = format!("\"{}\"", &digest[..32]);
        let header = |name: HeaderName| self.headers.get(name).and_then(|value| value.to_str().ok());
        let has =
            |tags: &str| tags.split(',').any(|t| t.trim().trim_start_matches("W/") == tag || t.trim() == "*");
        let answer = if status == StatusCode::OK && header(IF_NONE_MATCH).is_some_and(has) {
            bare(StatusCode::NOT_MODIFIED, content_type, Vec::new())
        } else if status == StatusCode::OK {
            let fresh = header(IF_RANGE).is_none_or(|held| held == tag);
            let length = body.len();
            let answer = match range::of(header(RANGE).filter(|_| fresh), length) {
                Wanted::Whole => bare(status, content_type, body),
                Wanted::Part(part) => {
                    let told = format!("bytes {}-{}/{length}", part.start, part.end - 1);
                    let answer = bare(StatusCode::PARTIAL_CONTENT, content_type, body[part].to_vec());
                    with(answer, CONTENT_RANGE, &told)
                }
                Wanted::Nothing => {
                    let answer = plain(StatusCode::RANGE_NOT_SATISFIABLE, "The file has no such bytes.\n");
                    with(answer, CONTENT_RANGE, &format!("bytes */{length}"))
                }
            };
            with(answer, ACCEPT_RANGES, "bytes")
        } else {
            bare(status, content_type, body)
        };
        with(answer, ETAG, &tag)
    }
}

/// A page with the preview's script at the end of its body: there it sees the page before the page's
/// own scripts, which wait, change it.
fn inject(page: &[u8], base_path: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let at = page.windows(END.len()).rposition(|part| part == END).unwrap_or(page.len());
    let script = format!("<script src=\"{base_path}{OWN}preview.js\"></script>");
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

/// The number of the last change, at once and whenever there is another.
fn events(preview: &Preview) -> Response {
    let changes = WatchStream::new(preview.changes())
        .map(|number| Ok::<_, Infallible>(Event::default().event("change").data(number.to_string())));
    Sse::new(changes).keep_alive(KeepAlive::default()).into_response()
}

fn plain(status: StatusCode, text: &str) -> Response {
    bare(status, "text/plain; charset=utf-8", text.into())
}

fn redirect(to: &str) -> Response {
    let mut response = plain(StatusCode::TEMPORARY_REDIRECT, "");
    match to.parse() {
        Ok(to) => drop(response.headers_mut().insert(LOCATION, to)),
        Err(_) => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

/// `no-cache`: a browser may keep the answer, and asks each time whether it still holds.
fn bare(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers =
        [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-cache"), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    headers.into_iter().fold(response, |response, (name, value)| with(response, name, value))
}

fn with(mut response: Response, name: HeaderName, value: &str) -> Response {
    response.headers_mut().insert(name, value.parse().expect("a plain header"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let page = inject(b"<body>\xe2\x80\x9c</body></html>", "/repo/");
        let expected = "<body>\u{201c}<script src=\"/repo/_dateline/preview.js\"></script></body></html>";
        assert_eq!(String::from_utf8(page).unwrap(), expected);
    }
}
