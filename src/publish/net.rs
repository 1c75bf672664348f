//! What the kinds that speak HTTP share: the [runtime](runtime()), how long an answer is waited for,
//! what the [`Machine`] knows, and how a fault is told.

use std::error::Error;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use super::place::PlaceError;

/// How many files are on their way at once.
pub(super) const IN_FLIGHT: usize = 12;

/// How we name ourselves to a server.
pub(super) const USER_AGENT: &str = concat!("dateline/", env!("CARGO_PKG_VERSION"));

/// How long a connection may take to stand.
pub(super) const CONNECT: Duration = Duration::from_secs(10);

/// How long a file of `size` bytes may take with everything else that is on its way: a minute, and
/// a second more for each 16 kB.
pub(super) fn patience(size: u64) -> Duration {
    Duration::from_secs(60 + size / 16_000)
}

/// A runtime of one thread, the caller's. TLS is ready with it.
///
/// # Errors
/// Where the system gives none.
pub(super) fn runtime() -> Result<Runtime, PlaceError> {
    // An error says that a provider is there already, which is what we want.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| PlaceError::new("open a connection", error))
}

/// What a place may ask of the machine: variables, and files of the user's own.
#[derive(Clone, Copy)]
pub(super) struct Machine<'m> {
    /// A variable of the environment; `None` where it is not set or empty, as a secret is that a
    /// CI job was not given.
    pub(super) variable: &'m dyn Fn(&str) -> Option<String>,
    /// The user's own folder.
    pub(super) home: Option<&'m Path>,
}

impl Machine<'_> {
    /// The file that `variable` names, else the one at `path` in the user's folder.
    pub(super) fn file(&self, variable: &str, path: &str) -> Option<PathBuf> {
        (self.variable)(variable).map(PathBuf::from).or_else(|| Some(self.home?.join(path)))
    }
}

/// Does `work` with the machine that this runs on. Secrets are in the environment by custom, so
/// that they are in no file of the site.
pub(super) fn with_machine<T>(work: impl FnOnce(Machine<'_>) -> T) -> T {
    let variable = |name: &str| {
        let value = std::env::var_os(name)?.into_string().ok()?;
        (!value.is_empty()).then_some(value)
    };
    work(Machine { variable: &variable, home: std::env::home_dir().as_deref() })
}

/// The text of a file; empty where there is none.
///
/// # Errors
/// Where it is there and cannot be read.
pub(super) fn text_of(file: Option<&Path>) -> Result<String, PlaceError> {
    let Some(file) = file else { return Ok(String::new()) };
    match fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(String::new())
        }
        Err(error) => Err(PlaceError::new(format!("read {}", file.display()), error)),
    }
}

/// A line of at most 200 characters: what a server says may be a whole page.
pub(super) fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// What is at the bottom of a fault, in one line: "connection refused", and not all the layers
/// through which it came.
pub(super) fn cause(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    one_line(&last.to_string())
}

/// A fault of the line, not of an answer: worth another try, but for a certificate that nobody
/// vouches for.
pub(super) fn line_fault(doing: String, host: &str, error: &dyn Error) -> PlaceError {
    let cause = cause(error);
    let fault = PlaceError::new(doing, format!("{host}: {cause}"));
    if cause.contains("certificate") {
        return fault
            .hint("SSL_CERT_FILE names the certificates to trust, where the system's are not enough");
    }
    let fault = fault.transient();
    if cause.contains("lookup") || cause.contains("refused") {
        return fault.hint("is the address right, and is the server up?");
    }
    fault
}

/// A server that gives the answers it was told, one a connection, for tests.
#[cfg(test)]
pub(super) mod answering {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::thread::JoinHandle;
    use std::time::Duration;

    /// Starts it: its address (`127.0.0.1:PORT`) and, in the end, the requests that it got, head and
    /// body. The last answer is given to every further request.
    pub(in crate::publish) fn server(answers: &[(u16, &str, &str)]) -> (String, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let answers: Vec<String> = answers
            .iter()
            .map(|(status, headers, body)| {
                let length = body.len();
                format!(
                    "HTTP/1.1 {status} x\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                )
            })
            .collect();
        let thread = std::thread::spawn(move || {
            let mut requests = Vec::new();
            for answer in answers {
                let Some(mut stream) = accepted(&listener) else { break };
                requests.push(request(&mut stream));
                stream.write_all(answer.as_bytes()).unwrap();
            }
            requests
        });
        (address, thread)
    }

    /// The next connection; `None` where none comes for a while, so that a test fails and does not
    /// stand still.
    fn accepted(listener: &TcpListener) -> Option<TcpStream> {
        listener.set_nonblocking(true).unwrap();
        for _ in 0..500 {
            if let Ok((stream, _)) = listener.accept() {
                stream.set_nonblocking(false).unwrap();
                return Some(stream);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }

    fn request(stream: &mut TcpStream) -> String {
        let (mut bytes, mut byte) = (Vec::new(), [0]);
        while !bytes.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).unwrap();
            bytes.extend(byte);
        }
        let head = String::from_utf8(bytes).unwrap();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then(|| value.parse().unwrap())
        });
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).unwrap();
        head + &String::from_utf8_lossy(&body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_a_line() {
        assert_eq!(one_line(" a\n  b\tc "), "a b c");
        assert_eq!(one_line(&"é".repeat(201)), format!("{}…", "é".repeat(200)));
    }

    #[test]
    fn a_file_that_is_not_there_says_nothing() {
        assert_eq!(text_of(None).unwrap(), "");
        assert_eq!(text_of(Some(Path::new("no/such/file"))).unwrap(), "");
        let folder = tempfile::tempdir().unwrap();
        text_of(Some(folder.path())).unwrap_err();
    }
}
