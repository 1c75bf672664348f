//! What is not read for want of rules: [`notes`] says it once for each language. What pages do not speak
//! for want of words: [`of_pages`].

use std::collections::BTreeMap;

use crate::annotate::Language;
use crate::config::Settings;
use crate::diag::{Code, Diagnostic};
use crate::parse::Article;
use crate::record::Record;
use crate::render::interface_languages;

/// The tag of an article's language: that of its front matter, else the site's.
pub(super) fn tag<'a>(article: &'a Article, settings: &'a Settings) -> &'a str {
    article.meta.lang.as_ref().unwrap_or(&settings.site.lang)
}

/// One note for each language of `records` that lacks rules, at the first brief in it.
pub(super) fn notes<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    settings: &'a Settings,
) -> Vec<Diagnostic> {
    let mut lacking: BTreeMap<&str, (&Article, usize)> = BTreeMap::new();
    for record in records {
        let tag = tag(&record.article, settings);
        if !Language::of_tag(tag).has_speakers() {
            lacking.entry(tag).or_insert((&record.article, 0)).1 += 1;
        }
    }
    lacking.into_iter().map(|(tag, (first, briefs))| note(tag, first, briefs)).collect()
}

/// A note where pages do not speak the language of the site.
pub(super) fn of_pages(settings: &Settings) -> Option<Diagnostic> {
    let tag = &settings.site.lang;
    let spoken: Vec<String> = interface_languages().map(|tag| format!("`{tag}`")).collect();
    let primary = tag.split('-').next().unwrap_or_default();
    (!interface_languages().any(|spoken| spoken.eq_ignore_ascii_case(primary))).then(|| {
        let message = format!("pages speak English around the texts: there are no words for `{tag}`");
        let hint =
            format!("`lang` in dateline.toml says the language; there are words for {}", spoken.join(", "));
        Diagnostic::note(Code::NO_WORDS, message).in_file("dateline.toml").hint(hint)
    })
}

fn note(tag: &str, first: &Article, briefs: usize) -> Diagnostic {
    let place = match briefs {
        1 => "in this brief".to_owned(),
        2 => "in this brief and one other".to_owned(),
        n => format!("in this brief and {} others", n - 1),
    };
    let message = if Language::of_tag(tag) == Language::Other {
        format!("there are no rules for `{tag}`: only dates such as 2025-12-05 are read {place}")
    } else {
        format!("there are no rules for speakers in `{tag}`: dates alone are read {place}")
    };
    let hint =
        "`lang` in the front matter, else in dateline.toml, says the language; speakers are read in `en`";
    Diagnostic::note(Code::NO_RULES, message).in_file(&first.path).hint(hint)
}
