//! [`Builder`]: the site, built again whenever it is asked to.

use std::sync::Arc;

use super::preview::{Preview, Snapshot};
use super::{Event, Options, preview_url};
use crate::site::{Loaded, Overrides, Report, Site};

/// What is told as it happens.
pub(super) type Tell = Arc<dyn Fn(Event) + Send + Sync>;

/// Everything that a rebuild needs.
pub(super) struct Builder {
    pub(super) options: Options,
    origin: String,
    preview: Arc<Preview>,
    tell: Tell,
}

impl Builder {
    pub(super) fn new(options: Options, origin: String, preview: Arc<Preview>, tell: Tell) -> Self {
        Self { options, origin, preview, tell }
    }

    /// Reads everything anew and shows what comes of it; the last good site stays where nothing
    /// good comes.
    pub(super) fn build(&self) {
        let Loaded { site, diagnostics } = Site::load(&self.options.root, &self.options.overrides);
        let Some(mut site) = site else {
            return self.fail(Report { stopped: true, diagnostics, ..Report::default() });
        };
        let real = site.settings.site.base_url.clone();
        site.settings.site.base_url = preview_url(&self.origin, &real);
        let (files, report) = match site.preview() {
            Ok(built) => built,
            Err(error) => return (self.tell)(Event::NotWritten(&error)),
        };
        if report.stopped {
            return self.fail(report);
        }
        let problems = report.diagnostics.clone();
        self.preview.show(Snapshot { files, base_path: real.path().to_owned(), problems });
        (self.tell)(Event::Built(&report));
        self.write();
    }

    fn fail(&self, report: Report) {
        (self.tell)(Event::Failed(&report));
        self.preview.keep(report.diagnostics);
    }

    /// Writes the site to disk as `build` would: with its real address, drafts left out.
    fn write(&self) {
        let Some(output) = &self.options.to_disk else { return };
        let overrides = Overrides { drafts: false, future: false, ..self.options.overrides.clone() };
        let Some(site) = Site::load(&self.options.root, &overrides).site else { return };
        if let Err(error) = site.build(output) {
            (self.tell)(Event::NotWritten(&error));
        }
    }
}
