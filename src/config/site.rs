//! dateline.toml: from its text to [`Site`].

use super::BaseUrl;

/// One entry of the menu beside the built-in ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// The word shown.
    pub title: String,
    /// A site path (`/about/`) or a full address.
    pub url: String,
}

/// dateline.toml with every default filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The site's name.
    pub title: String,
    /// One sentence about the site.
    pub description: String,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// The language as a BCP 47 tag.
    pub lang: String,
    /// Where "report a wrong attribution" leads: `mailto:` or http(s); `None` hides nothing, it
    /// makes the line say that no address was given.
    pub report: Option<String>,
    /// The menu's own entries, after the built-in ones.
    pub menu: Vec<MenuItem>,
    /// Briefs on one page of a list.
    pub per_page: usize,
    /// Below this confidence an attribution is "possibly X", in its own brief only.
    pub threshold: f32,
    /// Regular expressions for promotional lines of wire copy, besides the built-in ones.
    pub promo: Vec<String>,
    /// Whether `12/5` is the twelfth of May.
    pub day_first: bool,
    /// The outlet of every entry that names none.
    pub outlet: Option<String>,
    /// Whatever else templates shall get.
    pub extra: serde_json::Value,
}
