//! The preview: the site in memory, on this machine alone, new after every change.
//!
//! Entry point: [`run`]. `watch` waits until an editor has saved (`burst`), `rebuild` reads what was
//! touched ([`Session`](crate::site::session::Session)), [`preview`] keeps the last good site and tells
//! the browsers, and `answer` draws what they ask for, under the real base path. In the browser
//! `preview.js` changes the open page in place and asks for its `state`: what is wrong, what the
//! annotator is unsure of. Nothing here prints: what happens is told as an [`Event`].

mod answer;
mod burst;
mod host;
mod port;
pub mod preview;
mod range;
mod rebuild;
mod state;
mod watch;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::output::OutputError;
use crate::site::session::Touched;
use crate::site::{Overrides, Report};

pub use host::Host;

/// The port that is tried first where none is given.
pub const PORT: u16 = 1111;

/// What to serve.
#[derive(Debug)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// What the command line says over dateline.toml. The base URL gives its path alone: the
    /// preview stands under `http://127.0.0.1:PORT`.
    pub overrides: Overrides,
    /// Where it listens.
    pub host: Host,
    /// The port; `None` takes the first free one from [`PORT`] on.
    pub port: Option<u16>,
    /// Where each good build is written, too.
    pub to_disk: Option<PathBuf>,
}

/// What happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// The site was read for the first time or anew.
    Built {
        /// What was read, and what is wrong with it.
        report: &'a Report,
        /// What was not wrong the last time.
        new: &'a [Diagnostic],
    },
    /// The settings cannot be used, or pages cannot be drawn; the last good ones stay.
    Failed(&'a Report),
    /// The preview can be looked at under this address.
    Listening(&'a str),
    /// Writing to disk failed; the preview goes on.
    NotWritten(&'a OutputError),
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port that was asked for is taken.
    #[error("port {0} is taken; give another with --port, or none to get the next free one")]
    PortTaken(u16),
    /// The network refuses.
    #[error("cannot listen on {host}: {reason}")]
    Listen {
        /// Where.
        host: Host,
        /// What the system says.
        reason: io::Error,
    },
    /// The server cannot be started.
    #[error("cannot start the server: {0}")]
    Start(io::Error),
    /// The folders cannot be watched.
    #[error("cannot watch {}: {reason}", path.display())]
    Watch {
        /// Which folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
}

/// Serves the site until the process is interrupted.
///
/// # Errors
/// Where no port is free or the folders cannot be watched.
pub fn run(options: Options, tell: impl Fn(Event) + Send + Sync + 'static) -> Result<(), ServeError> {
    let listener = port::listen(&options.host, options.port)?;
    let port = listener.local_addr().map_err(ServeError::Start)?.port();
    let host = options.host.clone();
    let origin = format!("http://{}:{port}", host.in_url());
    let tell: Arc<dyn Fn(Event) + Send + Sync> = Arc::new(tell);

    let preview = Arc::new(preview::Preview::new());
    let mut builder = rebuild::Builder::new(options, origin.clone(), Arc::clone(&preview), Arc::clone(&tell));
    builder.build(&Touched::Everything);
    watch::start(builder)?;
    let site = preview.shown().site;
    let base = site.as_ref().map_or("/", |site| site.base_path());
    tell(Event::Listening(&format!("{origin}{base}")));
    answer::serve(listener, answer::Answering { preview, host })
}
