//! Answering browsers: [`serve`].
//!
//! Only requests that name this machine are answered: a page elsewhere that lets its own name
//! point here must not read drafts. The preview's script and style are files of their own under a
//! reserved path, so that the strict content security policy of the pages holds.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::BroadcastStream;

use super::ServeError;
use super::preview::{Preview, Snapshot};
use crate::output::{SitePath, memory};

/// The reserved folder of the preview, below the base path.
const OWN: &str = "_dateline/";
const SCRIPT: &str = include_str!("preview.js");
const STYLE: &str = include_str!("preview.css");

/// Serves until the process is interrupted.
pub(super) fn serve(listener: std::net::TcpListener, preview: Arc<Preview>) -> Result<(), ServeError> {
    listener.set_nonblocking(true).map_err(ServeError::Listen)?;
    let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    threads.map_err(ServeError::Start)?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Listen)?;
        let router = Router::new().fallback(answer).with_state(preview);
        tokio::select! {
            served = axum::serve(listener, router) => served.map_err(ServeError::Listen),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })
}

async fn answer(State(preview): State<Arc<Preview>>, request: Request) -> Response {
    if !names_this_machine(request.headers()) {
        return plain(StatusCode::FORBIDDEN, "This preview answers to localhost alone.\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "GET and HEAD only.\n");
        refused.headers_mut().insert(ALLOW, "GET, HEAD".parse().expect("a plain header"));
        return refused;
    }
    let snapshot = preview.snapshot();
    let path = request.uri().path();
    match path.strip_prefix(snapshot.base_path.as_str()) {
        Some(rest) => match rest.strip_prefix(OWN) {
            Some(own) => own_file(own, &preview, &snapshot),
            None => page(rest, &snapshot),
        },
        None if path == "/" || format!("{path}/") == snapshot.base_path => redirect(&snapshot.base_path),
        None => not_found(&snapshot),
    }
}

/// Whether the request is meant for this machine by name.
fn names_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = match host.strip_prefix("[::1]") {
        Some(_) => "[::1]",
        None => host.split(':').next().unwrap_or_default(),
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// The file at a path below the base path.
fn page(rest: &str, snapshot: &Snapshot) -> Response {
    let Some(path) = decode(rest) else { return not_found(snapshot) };
    let name =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.clone() };
    let find = |name: &str| SitePath::new(name).ok().and_then(|path| snapshot.files.get(&path));
    match find(&name) {
        Some(file) => found(StatusCode::OK, file, snapshot),
        None if find(&format!("{name}/index.html")).is_some() => {
            redirect(&format!("{}{rest}/", snapshot.base_path))
        }
        None => not_found(snapshot),
    }
}

/// The site's own page for addresses that lead nowhere.
fn not_found(snapshot: &Snapshot) -> Response {
    let own = SitePath::new("404.html").ok().and_then(|path| snapshot.files.get(&path));
    match own {
        Some(file) => found(StatusCode::NOT_FOUND, file, snapshot),
        None => {
            let body = "<!doctype html><html lang=en><title>Nothing here yet</title>\
                        <body><p>There is no page here yet: the site could not be built.</p></body></html>";
            let page = inject(body.as_bytes(), &snapshot.base_path);
            respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", page)
        }
    }
}

fn found(status: StatusCode, file: &memory::File, snapshot: &Snapshot) -> Response {
    let body = if file.content_type.starts_with("text/html") {
        inject(&file.content, &snapshot.base_path)
    } else {
        file.content.to_vec()
    };
    respond(status, file.content_type, body)
}

/// A page with the preview's script before the end of its body.
fn inject(page: &[u8], base_path: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let at = page.windows(END.len()).rposition(|part| part == END).unwrap_or(page.len());
    let script = format!("<script src=\"{base_path}{OWN}preview.js\" defer></script>");
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

fn own_file(name: &str, preview: &Preview, snapshot: &Snapshot) -> Response {
    match name {
        "preview.js" => respond(StatusCode::OK, "text/javascript; charset=utf-8", SCRIPT.into()),
        "preview.css" => respond(StatusCode::OK, "text/css; charset=utf-8", STYLE.into()),
        "problems.json" => {
            let problems: Vec<String> = snapshot.problems.iter().map(|p| p.to_json()).collect();
            respond(StatusCode::OK, "application/json", format!("[{}]", problems.join(",")).into())
        }
        "events" => events(preview),
        _ => not_found(snapshot),
    }
}

/// The stream of changes. A browser that fell behind is told to load the page again.
fn events(preview: &Preview) -> Response {
    let changes = BroadcastStream::new(preview.listen()).map(|change| {
        let name = change.map_or("page", super::preview::Change::name);
        Ok::<_, Infallible>(Event::default().event(name).data(name))
    });
    Sse::new(changes).keep_alive(KeepAlive::default()).into_response()
}

fn plain(status: StatusCode, text: &str) -> Response {
    respond(status, "text/plain; charset=utf-8", text.into())
}

fn redirect(to: &str) -> Response {
    let mut response = plain(StatusCode::TEMPORARY_REDIRECT, "");
    match to.parse() {
        Ok(to) => drop(response.headers_mut().insert(LOCATION, to)),
        Err(_) => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    response
}

fn respond(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in
        [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store"), (X_CONTENT_TYPE_OPTIONS, "nosniff")]
    {
        headers.insert(name, value.parse().expect("a plain header"));
    }
    response
}

/// Decodes `%41`.
fn decode(path: &str) -> Option<String> {
    crate::site::decode(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_meant() {
        let asks = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().unwrap());
            names_this_machine(&headers)
        };
        for own in ["localhost", "LOCALHOST:1111", "127.0.0.1:80", "[::1]:1111", "[::1]"] {
            assert!(asks(own), "{own}");
        }
        for other in ["example.org", "127.0.0.1.example.org", "localhost.example.org:1111", "10.0.0.1", ""] {
            assert!(!asks(other), "{other}");
        }
        assert!(!names_this_machine(&HeaderMap::new()));
    }

    #[test]
    fn the_script_stands_before_the_end_of_the_body() {
        let page = inject(b"<body>\xe2\x80\x9c</body></html>", "/repo/");
        let expected =
            "<body>\u{201c}<script src=\"/repo/_dateline/preview.js\" defer></script></body></html>";
        assert_eq!(String::from_utf8(page).unwrap(), expected);
    }
}
