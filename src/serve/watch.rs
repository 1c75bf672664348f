//! Watching the site's sources: [`start`].

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use notify_debouncer_full::notify::{self, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use super::ServeError;
use super::rebuild::Builder;

/// The folders whose every file counts.
const FOLDERS: [&str; 4] = ["content", "templates", "static", "themes"];
/// The files in the site's folder that count.
const FILES: [&str; 2] = ["dateline.toml", "people.toml"];
/// How long the disk must be quiet before the site is built again: editors write in bursts.
const QUIET: Duration = Duration::from_millis(50);

/// Keeps watching until it is dropped.
pub(super) struct Watching {
    _debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

/// Calls the builder, on a thread of its own, after every change of the sources.
pub(super) fn start(builder: Builder) -> Result<Watching, ServeError> {
    let root = builder.options.root.canonicalize().unwrap_or_else(|_| builder.options.root.clone());
    let (changed, changes) = mpsc::channel();
    let seen = root.clone();
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |error: notify::Error| ServeError::Watch { path, reason: error.to_string() }
    };
    let mut debouncer = new_debouncer(QUIET, None, move |result: DebounceEventResult| {
        if counts(&seen, &result) {
            // An error says that the preview is going away.
            let _ = changed.send(());
        }
    })
    .map_err(fault(&root))?;
    debouncer.watch(&root, RecursiveMode::NonRecursive).map_err(fault(&root))?;
    for folder in FOLDERS.map(|name| root.join(name)).into_iter().filter(|folder| folder.is_dir()) {
        debouncer.watch(&folder, RecursiveMode::Recursive).map_err(fault(&folder))?;
    }
    std::thread::spawn(move || {
        while changes.recv().is_ok() {
            // What has changed meanwhile is in the next build anyway.
            while changes.try_recv().is_ok() {}
            builder.build();
        }
    });
    Ok(Watching { _debouncer: debouncer })
}

/// Whether a burst of events changes a source. Reading a file is an event, too.
fn counts(root: &Path, result: &DebounceEventResult) -> bool {
    match result {
        Ok(events) => events
            .iter()
            .filter(|event| !event.kind.is_access())
            .any(|event| event.paths.iter().any(|path| is_source(root, path))),
        // Something was missed: better one build too many.
        Err(_) => true,
    }
}

fn is_source(root: &Path, path: &Path) -> bool {
    let Ok(below) = path.strip_prefix(root) else { return false };
    let mut parts = below.components().map(|part| PathBuf::from(part.as_os_str()));
    let Some(first) = parts.next().and_then(|part| part.into_os_string().into_string().ok()) else {
        return false;
    };
    FOLDERS.contains(&first.as_str()) || (FILES.contains(&first.as_str()) && parts.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_is_no_source() {
        let root = Path::new("/site");
        for (path, expected) in [
            ("/site/content/a.md", true),
            ("/site/templates", true),
            ("/site/people.toml", true),
            ("/site/public/index.html", false),
            ("/site/public/content/a.md", false),
            ("/site", false),
            ("/other/content/a.md", false),
        ] {
            assert_eq!(is_source(root, Path::new(path)), expected, "{path}");
        }
    }
}
