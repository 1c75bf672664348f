//! [`Site::load`]: settings and theme.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Site, stages};
use crate::config::{BaseUrl, Cards, Settings};
use crate::content::Asset;
use crate::diag::{Code, Diagnostic};
use crate::output::{Assets, SitePath};

/// What the command line says over dateline.toml.
#[derive(Clone, Debug)]
pub struct Overrides {
    /// The day of the build.
    pub build_date: NaiveDate,
    /// `--base-url`.
    pub base_url: Option<BaseUrl>,
    /// `--drafts`.
    pub drafts: bool,
    /// `--future`.
    pub future: bool,
}

/// A site, or what is wrong with its settings.
#[derive(Debug)]
pub struct Loaded {
    /// `None` where dateline.toml or people.toml cannot be used.
    pub site: Option<Site>,
    /// Why not. Where there is a site, its reports carry the diagnostics and this is empty.
    pub diagnostics: Vec<Diagnostic>,
}

impl Site {
    /// Reads dateline.toml, people.toml and the site's own templates and static files.
    #[must_use]
    pub fn load(root: &Path, overrides: &Overrides) -> Loaded {
        let (settings, mut diagnostics) = stages::settings(root, overrides);
        let Some(mut settings) = settings else {
            crate::diag::sort(&mut diagnostics);
            return Loaded { site: None, diagnostics };
        };
        diagnostics.extend(undrawn(&settings));
        let (templates, own, problems) = stages::theme(root, &settings);
        diagnostics.extend(problems);
        let statics = gather(&own, &mut diagnostics);
        let there: BTreeSet<&str> = statics.files().keys().map(SitePath::as_str).collect();
        diagnostics.extend(settings.people.drop_missing_portraits(|file| there.contains(file)));
        let root = PathBuf::from(root);
        let site = Self { root, settings, templates, statics, hosting: None, diagnostics };
        Loaded { site: Some(site), diagnostics: Vec::new() }
    }
}

/// A setting that this program was built without.
fn undrawn(settings: &Settings) -> Option<Diagnostic> {
    let wanted = settings.site.cards == Cards::Briefs && !cfg!(feature = "cards");
    wanted.then(|| {
        Diagnostic::warning(Code::BAD_SETTING, "this program was built without the feature `cards`")
            .in_file("dateline.toml")
            .hint("build it with `--features cards`; until then every page has the fixed picture")
    })
}

/// The built-in static files with the site's own over them.
fn gather(own: &[Asset], diagnostics: &mut Vec<Diagnostic>) -> Assets {
    let mut assets = Assets::default();
    for (name, content) in stages::built_in_statics() {
        let path = SitePath::new(name).expect("built-in files have plain names");
        assets.insert(path, *content);
    }
    for asset in own {
        let shown = Path::new("static").join(&asset.path);
        let name = asset.path.display().to_string().replace('\\', "/");
        match (SitePath::new(&name), super::beside::bytes(&asset.file)) {
            (Ok(path), Ok(content)) => assets.insert(path, content),
            (Err(bad), _) => diagnostics.push(
                Diagnostic::error(Code::UNREADABLE, format!("the file cannot be copied: {}", bad.reason))
                    .in_file(shown)
                    .hint("give it another name"),
            ),
            (_, Err(error)) => diagnostics.push(
                Diagnostic::error(Code::UNREADABLE, format!("the file cannot be read: {error}"))
                    .in_file(shown),
            ),
        }
    }
    assets
}
