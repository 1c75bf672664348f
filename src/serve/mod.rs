//! The preview: the site in memory, on this machine alone, new after every change.
//!
//! Entry point: [`run`]. `rebuild` makes a [`Snapshot`](preview::Snapshot) of the site whenever
//! `watch` sees a change, [`preview`] keeps the last good one and tells the browsers, and `answer`
//! serves it under the real base path. Nothing here prints: what happens is told as an [`Event`].

mod answer;
mod port;
pub mod preview;
mod rebuild;
mod watch;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::config::BaseUrl;
use crate::output::OutputError;
use crate::site::{Overrides, Report};

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
    /// The port; `None` takes the first free one from [`PORT`] on.
    pub port: Option<u16>,
    /// Where each good build is written, too.
    pub to_disk: Option<PathBuf>,
}

/// What happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// The site was built for the first time or anew.
    Built(&'a Report),
    /// The site cannot be built; the last good one stays.
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
    #[error("cannot listen on 127.0.0.1: {0}")]
    Listen(io::Error),
    /// The threads cannot be started.
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
    let listener = port::listen(options.port)?;
    let port = listener.local_addr().map_err(ServeError::Listen)?.port();
    let origin = format!("http://127.0.0.1:{port}");
    let tell: Arc<dyn Fn(Event) + Send + Sync> = Arc::new(tell);

    let preview = Arc::new(preview::Preview::new());
    let builder = rebuild::Builder::new(options, origin.clone(), Arc::clone(&preview), Arc::clone(&tell));
    builder.build();
    let _watching = watch::start(builder)?;
    tell(Event::Listening(&format!("{origin}{}", preview.snapshot().base_path)));
    answer::serve(listener, preview)
}

/// The address of the preview: the origin of this machine, the path of the real site.
fn preview_url(origin: &str, real: &BaseUrl) -> BaseUrl {
    BaseUrl::parse(&format!("{origin}{}", real.path())).expect("a path that was parsed before")
}
