//! What stands in the head of a page: [`Head`].

use serde::Serialize;

/// A feed that a page announces.
#[derive(Debug, Serialize)]
pub(crate) struct FeedLink {
    /// What is in it.
    pub(crate) title: String,
    /// Its address as a site path.
    pub(crate) path: String,
    /// Its media type.
    pub(crate) media: &'static str,
    /// The name of its format for readers.
    pub(crate) format: &'static str,
    /// Whether it is a feed of this page and not of the whole site.
    pub(crate) own: bool,
}

/// What stands in the head of a page.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Head {
    /// The page's own title, as its first heading.
    pub(crate) title: String,
    /// What the window shows: unique in the site.
    pub(crate) window: String,
    /// One sentence.
    pub(crate) description: String,
    /// The address as a site path.
    pub(crate) path: String,
    /// "website", "article" or "profile".
    pub(crate) kind: &'static str,
    /// The language of the interface, as a BCP 47 tag: that of the page, but for what says another.
    pub(crate) lang: String,
    /// "de_DE" or "de".
    pub(crate) locale: String,
    /// Whether search engines are asked to stay away.
    pub(crate) noindex: bool,
    /// When it was published, for articles.
    pub(crate) published: Option<String>,
    /// When it was last changed, for articles.
    pub(crate) modified: Option<String>,
    /// The picture that links to the page are shown with, as a site path.
    pub(crate) image: String,
    /// What is to be seen on it.
    pub(crate) image_alt: String,
    /// The feeds that the page announces, its own before the site's.
    pub(crate) feeds: Vec<FeedLink>,
    /// The annotations of a brief as Web Annotations, as a site path.
    pub(crate) annotations: Option<String>,
    /// JSON-LD, safe inside a script element.
    pub(crate) json_ld: Option<String>,
    /// Where a wrong attribution is reported.
    pub(crate) report: Option<String>,
    /// The section of the menu that the page belongs to, as its path.
    pub(crate) section: &'static str,
}

/// A BCP 47 tag as OpenGraph writes locales.
pub(crate) fn locale(lang: &str) -> String {
    match lang.split_once('-') {
        Some((language, region)) if region.len() == 2 => {
            format!("{}_{}", language.to_ascii_lowercase(), region.to_ascii_uppercase())
        }
        _ if lang.eq_ignore_ascii_case("en") => "en_GB".into(),
        _ => lang.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_have_a_region_or_none() {
        assert_eq!([locale("de-at"), locale("en"), locale("fr")], ["de_AT", "en_GB", "fr"]);
    }
}
