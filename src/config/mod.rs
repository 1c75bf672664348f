//! Settings: dateline.toml and people.toml, read once and resolved.
//!
//! Entry points: `Site::parse` and `Register::parse`, which take the files' text; `content`
//! reads the files. Everything that changes the output passes through [`Settings`]: there is no
//! clock, environment or locale further down.

use chrono::NaiveDate;

mod base_url;
mod people;
mod site;

pub use base_url::BaseUrl;
pub use people::{Link, Register, Registered, Role};
pub use site::{MenuItem, Site};

/// Everything that a build depends on besides the content.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// dateline.toml.
    pub site: Site,
    /// people.toml.
    pub people: Register,
    /// The day of the build, which decides what an embargo still holds back.
    pub build_date: NaiveDate,
    /// Whether drafts are shown (`--drafts`, preview only).
    pub drafts: bool,
    /// Whether entries dated after the build date are shown (`--future`, preview only).
    pub future: bool,
}
