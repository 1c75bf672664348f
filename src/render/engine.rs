//! [`Engine`]: Tera with the theme's templates and our filters, and its errors as diagnostics.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use super::{AssetNames, escape, inline, theme};
use crate::config::{BaseUrl, Settings};
use crate::content::THEME;
use crate::diag::{Code, Diagnostic, Location, nearest};

/// What the names of the built-in templates begin with, beside those of the site's own.
const BUILT_IN: &str = "built-in/";

/// Tera, and the text of each template for messages.
#[derive(Debug)]
pub(super) struct Engine {
    tera: Tera,
    sources: BTreeMap<String, String>,
    /// The name of the site's theme.
    theme: String,
}

impl Engine {
    /// The built-in templates with `overrides` (name below templates/, text) in their place. An
    /// override may extend the template that it replaces under its built-in name
    /// (`{% extends "built-in/brief.html" %}`; that of the theme as `theme/brief.html`), and define a
    /// component again.
    ///
    /// # Errors
    /// A diagnostic for the first template that cannot be read, at its place in the file.
    pub(super) fn new(
        settings: &Settings,
        overrides: &[(String, String)],
        assets: &AssetNames,
    ) -> Result<Self, Diagnostic> {
        let mut sources: BTreeMap<String, String> = inline::write_out(theme::TEMPLATES, overrides)
            .into_iter()
            .map(|(name, text)| (format!("{BUILT_IN}{name}"), text))
            .collect();
        sources.extend(overrides.iter().cloned());
        let mut tera = Tera::new();
        tera.set_fallback_prefixes(vec![THEME, BUILT_IN]).expect("no template is there yet");
        tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
        super::words::filter::register(&mut tera, &settings.site.lang);
        tera.set_escape_fn(escape::for_templates);
        filters(&mut tera, &settings.site.base_url, assets);
        let mut engine = Self { tera, sources, theme: settings.site.theme.clone().unwrap_or_default() };
        let texts = engine.sources.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        match engine.tera.add_raw_templates(texts) {
            Ok(()) => Ok(engine),
            Err(error) => Err(engine.diagnostic(&error, "")),
        }
    }

    /// Renders a template with `site`, `head` and `page`.
    ///
    /// # Errors
    /// A diagnostic at the place in the template that failed.
    pub(super) fn render<T: Serialize>(
        &self,
        template: &str,
        site: &tera::Value,
        head: &super::metadata::Head,
        page: &T,
    ) -> Result<String, Diagnostic> {
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        context.insert("head", head);
        context.insert("page", page);
        self.tera.render(template, &context).map_err(|error| self.diagnostic(&error, template))
    }

    /// Where a template lies, as an author knows it.
    fn file(&self, name: &str) -> String {
        match name.strip_prefix(THEME) {
            Some(rest) => format!("themes/{}/templates/{rest}", self.theme),
            None if name.starts_with(BUILT_IN) => name.to_owned(),
            None => format!("templates/{name}"),
        }
    }

    /// A mistake in a template as an author reads it.
    fn diagnostic(&self, error: &tera::Error, template: &str) -> Diagnostic {
        let (message, place) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                (report.message().to_owned(), Some((report.filename(), span.start_line, span.start_col + 1)))
            }
            other => (other.to_string(), None),
        };
        let mut diagnostic = Diagnostic::error(Code::BAD_TEMPLATE, sentence(&message));
        match place {
            Some((name, line, column)) => {
                diagnostic = diagnostic.in_file(self.file(name));
                if let Some(text) = self.sources.get(name) {
                    diagnostic = diagnostic.at(Location::line_column(text, line, column));
                }
            }
            None if !template.is_empty() => diagnostic = diagnostic.in_file(format!("templates/{template}")),
            None => {}
        }
        if let Some(meant) = meant(&message) {
            return diagnostic.hint(format!("did you mean `{meant}`?"));
        }
        diagnostic.hint(match error.kind() {
            ErrorKind::RenderingError(_) => {
                "docs/templates.md lists which values there are; one that is not known is `null`, never left out"
            }
            _ => "templates are written in Tera 2; the built-in template of that name is an example",
        })
    }
}

/// The field or variable that a message of Tera says is not there is one of those that it lists:
/// the nearest of them.
fn meant(message: &str) -> Option<&str> {
    let (said, known) = message.split_once(" is not defined. Available ")?;
    let wrong = said.split('`').nth(1)?;
    let known: Vec<&str> = known.split_once(": ")?.1.split(", ").collect();
    nearest(wrong, &known)
}

/// A message as diagnostics are worded: in lower case, without a full stop.
fn sentence(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = first.chars();
    match letters.next() {
        Some(letter) => letter.to_lowercase().chain(letters).collect(),
        None => "the template is wrong".into(),
    }
}

/// The filters through which every address passes.
fn filters(tera: &mut Tera, base: &BaseUrl, assets: &AssetNames) {
    let local = base.clone();
    tera.register_filter("url", move |path: &str, _: Kwargs, _: &State<'_>| {
        address(path, |p| local.local(p))
    });
    let absolute = base.clone();
    tera.register_filter("absolute", move |path: &str, _: Kwargs, _: &State<'_>| {
        address(path, |p| absolute.absolute(p))
    });
    let (base, assets) = (base.clone(), assets.clone());
    tera.register_filter("asset", move |name: &str, _: Kwargs, _: &State<'_>| {
        escape::href(base.local(&assets.path(name)))
    });
}

/// A site path through `join`; a full address or a fragment as it is.
fn address(path: &str, join: impl Fn(&str) -> String) -> String {
    if path.starts_with('/') { escape::href(join(path)) } else { escape::href(path) }
}
