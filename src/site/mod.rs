//! The pipeline: from a folder to a site.
//!
//! Entry points: [`Site::load`] reads the settings and the theme; [`Site::build`] writes the
//! site, [`Site::check`] only says what is wrong with it, [`Site::preview`] keeps it in memory; a
//! [`Session`](session::Session) looks at it while people write.
//! Every stage returns a finished value: the entries are read, parsed and annotated in parallel
//! but in order, the library is folded once, then every page is rendered in parallel.

mod annotator;
mod beside;
mod content;
mod draw;
mod folder;
mod hosting;
mod html;
mod language;
mod links;
mod load;
mod report;
mod rights;
pub mod session;
mod stages;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

pub use content::Content;
pub use folder::output_folder;
pub use hosting::Hosting;
#[cfg(feature = "serve")]
pub(crate) use html::decode;
pub use load::{Loaded, Overrides};
pub use report::{Changes, Report, Timings};
pub use stages::{annotate_file, annotate_input, annotate_line, fragment, register_lines, written};

use crate::config::Settings;
use crate::diag::{Code, Diagnostic};
use crate::output::{Assets, OutputError, Sink, SitePath, disk, memory};

/// A site's settings and theme, ready to build.
#[derive(Debug)]
pub struct Site {
    /// The folder that holds content/.
    pub root: PathBuf,
    /// dateline.toml, people.toml and what the command line says.
    pub settings: Settings,
    /// The site's own templates, by name, in the place of the built-in ones.
    templates: Vec<(String, String)>,
    /// Static files: the built-in ones and the site's own.
    statics: Assets,
    /// Who serves it, where that is known: pages then name styles and scripts by their digests.
    hosting: Option<Hosting>,
    /// What was wrong with settings and theme.
    diagnostics: Vec<Diagnostic>,
}

/// Whether what is costly to make may be kept for the next build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keep {
    Yes,
    No,
}

/// Whether a broken link is the address of an image of the same file that was named as missing.
fn is_same_image(missing: &Diagnostic, link: &Diagnostic) -> bool {
    let (Some(image), Some(place)) = (&missing.location, &link.location) else { return false };
    let inside = (image.column..image.column + image.width).contains(&place.column);
    image.line == place.line && inside
}

impl Site {
    /// Builds the site into the folder `output`: all of it or nothing.
    ///
    /// Mistakes in content are in the report. Where a template is wrong, nothing is written and
    /// the report says that it [stopped](Report::stopped).
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn build(&self, output: &Path) -> Result<Report, OutputError> {
        let folder = disk::Output::open(output)?;
        let (content, mut report) = self.read(Keep::Yes);
        let drawn = match &self.hosting {
            None => self.draw_into(&content, &folder, &mut report, Keep::Yes)?,
            Some(hosting) => {
                let hosted = hosting::Hosted::new(&folder, hosting);
                let drawn = self.draw_into(&content, &hosted, &mut report, Keep::Yes)?;
                let base = &self.settings.site.base_url;
                let named: Vec<String> = self.statics.renamed().map(|(_, name)| name).collect();
                hosted.finish(base, content.library.redirects(), &named)?;
                drawn
            }
        };
        if !drawn {
            return Ok(report.finished());
        }
        let start = Instant::now();
        let written = folder.commit()?;
        report.changes = Some(Changes::of(&written));
        report.diagnostics.extend(written.diagnostics);
        report.timings.write = start.elapsed();
        Ok(report.finished())
    }

    /// The same site for whoever serves it: with the files that the host wants, and with styles and
    /// scripts under names that hold their digests.
    #[must_use]
    pub fn hosted(self, hosting: Hosting) -> Self {
        Self { hosting: Some(hosting), ..self }
    }

    /// Builds the site in memory.
    ///
    /// # Errors
    /// None in practice: memory refuses nothing.
    pub fn preview(&self) -> Result<(BTreeMap<SitePath, memory::File>, Report), OutputError> {
        let (content, mut report) = self.read(Keep::Yes);
        let output = memory::Output::new();
        self.draw_into(&content, &output, &mut report, Keep::Yes)?;
        Ok((output.into_files(), report.finished()))
    }

    /// Says everything that [`build`](Self::build) would say, and what else is wrong: links that
    /// lead nowhere, agency copy shown in full without a word about rights. Writes nothing.
    ///
    /// # Errors
    /// None in practice: memory refuses nothing.
    pub fn check(&self) -> Result<Report, OutputError> {
        let (content, mut report) = self.read(Keep::No);
        let output = memory::Output::new();
        let whole = self.draw_into(&content, &output, &mut report, Keep::No)?;
        report.diagnostics.extend(rights::check(&content));
        if whole {
            let files = output.into_files();
            let broken = links::check(&files, &self.settings.site.base_url, &content);
            let mut missing: BTreeMap<Option<&Path>, Vec<&Diagnostic>> = BTreeMap::new();
            for image in report.diagnostics.iter().filter(|d| d.code == Code::MISSING_FILE) {
                missing.entry(image.path.as_deref()).or_default().push(image);
            }
            let named = |link: &Diagnostic| {
                let images = missing.get(&link.path.as_deref());
                images.is_some_and(|images| images.iter().any(|image| is_same_image(image, link)))
            };
            let broken: Vec<Diagnostic> = broken.into_iter().filter(|link| !named(link)).collect();
            report.diagnostics.extend(broken);
        }
        Ok(report.finished())
    }

    /// Reads all content, for commands that want more than pages of it.
    #[must_use]
    pub fn content(&self) -> Content {
        Content::read(&self.root, &self.settings, Keep::No, &mut Timings::default())
    }

    /// Reads all content and starts the report on it.
    fn read(&self, keep: Keep) -> (Content, Report) {
        let mut timings = Timings::default();
        let mut content = Content::read(&self.root, &self.settings, keep, &mut timings);
        let mut report = Report::of(&content, timings);
        report.diagnostics.extend(self.diagnostics.iter().cloned());
        report.diagnostics.append(&mut content.diagnostics);
        (content, report)
    }

    /// Renders every page into `sink`; `false` where a template is wrong.
    fn draw_into(
        &self,
        content: &Content,
        sink: &dyn Sink,
        report: &mut Report,
        keep: Keep,
    ) -> Result<bool, OutputError> {
        let start = Instant::now();
        let drawn = draw::draw(self, content, sink, keep)?;
        report.timings.render = start.elapsed();
        report.pages = drawn.pages;
        report.stopped = drawn.failed;
        report.diagnostics.extend(drawn.diagnostics);
        Ok(!drawn.failed)
    }
}
