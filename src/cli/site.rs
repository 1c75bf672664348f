//! [`SiteArguments`]: the options of every command that reads a site.

use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use chrono::NaiveDate;
use clap::Args;

use super::terminal::{Format, Terminal};
use super::{Exit, clock};
use crate::config::BaseUrl;
use crate::diag::{Diagnostic, Severity};
use crate::site::{Loaded, Overrides, Site};

/// Where the site lies and how it is read.
#[derive(Debug, Args)]
pub(super) struct SiteArguments {
    /// The site's folder: the one that holds content/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
    /// The address under which the site will stand, in the place of the one in dateline.toml
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    pub(super) base_url: Option<BaseUrl>,
    /// The day of the build, which decides what an embargo still holds back [default: the day of
    /// SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    pub(super) as_of: Option<NaiveDate>,
    /// How diagnostics are printed: for people on standard error, or for editors as one JSON
    /// object a line on standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(super) format: Format,
}

/// How strict the exit status is.
#[derive(Debug, Args)]
pub(super) struct Strictness {
    /// Exit with status 1 where there are warnings, too
    #[arg(long)]
    deny_warnings: bool,
}

impl SiteArguments {
    /// What the command line says over dateline.toml.
    pub(super) fn overrides(&self) -> Result<Overrides> {
        let build_date = clock::build_date(self.as_of)?;
        Ok(Overrides { build_date, base_url: self.base_url.clone(), drafts: false, future: false })
    }

    /// The site, or `None` where its settings cannot be used: that was printed then.
    pub(super) fn load(&self, overrides: &Overrides, terminal: Terminal) -> Result<Option<Site>> {
        if !self.root.is_dir() {
            bail!("there is no folder {}", self.root.display());
        }
        if !self.root.join("content").is_dir() {
            return Err(anyhow!(
                "{} has no content/ folder, so there is no site to read; `dateline init` lays one down",
                self.root.display()
            ));
        }
        let Loaded { site, diagnostics } = Site::load(&self.root, overrides);
        if site.is_none() {
            terminal.diagnostics(&diagnostics, self.format, false)?;
        }
        Ok(site)
    }
}

impl Strictness {
    /// The exit status that these diagnostics mean.
    pub(super) fn exit(&self, diagnostics: &[Diagnostic]) -> Exit {
        let any = |severity| diagnostics.iter().any(|d| d.severity == severity);
        if any(Severity::Error) || (self.deny_warnings && any(Severity::Warning)) {
            Exit::Content
        } else {
            Exit::Fine
        }
    }
}

/// "1 brief", "2 briefs".
pub(super) fn many(n: usize, one: &str) -> String {
    match n {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn warnings_count_where_they_are_denied() {
        let warning = [Diagnostic::warning(Code::EMPTY, "x")];
        let error = [Diagnostic::error(Code::EMPTY, "x")];
        let (lax, strict) = (Strictness { deny_warnings: false }, Strictness { deny_warnings: true });
        assert_eq!((lax.exit(&warning), strict.exit(&warning)), (Exit::Fine, Exit::Content));
        assert_eq!((lax.exit(&error), strict.exit(&[])), (Exit::Content, Exit::Fine));
    }
}
