//! Agency copy: [`check`] names every brief that shows it in full without a word about rights.

use super::Content;
use crate::diag::{Code, Diagnostic, Location};
use crate::parse::{Article, Show};

/// One warning for each brief that credits an agency, is shown in full and has no `rights`.
pub(super) fn check(content: &Content) -> Vec<Diagnostic> {
    content.briefs().iter().filter_map(|record| warning(&record.article)).collect()
}

fn warning(article: &Article) -> Option<Diagnostic> {
    let meta = &article.meta;
    if meta.show != Show::Full || meta.rights.is_some() {
        return None;
    }
    let zone = article.document.credit.as_ref();
    let credit = if meta.credit.is_empty() { zone?.outlets.join(", ") } else { meta.credit.join(", ") };
    let diagnostic = Diagnostic::warning(
        Code::NO_RIGHTS,
        format!("this brief credits {credit} and is shown in full, but says nothing about rights"),
    )
    .in_file(&article.path)
    .hint("add `rights = \"…\"` if you may show it, or `show = \"excerpt\"` or `show = \"quotes\"`");
    Some(match zone.filter(|_| meta.credit.is_empty()) {
        Some(zone) => diagnostic.at(place(article, zone.span)),
        None => diagnostic,
    })
}

/// A place in the article's text as a place in its file.
pub(super) fn place(article: &Article, span: crate::text::Span) -> Location {
    let mut location = Location::of(&article.document.text, span);
    location.line += article.lines_before;
    location
}
