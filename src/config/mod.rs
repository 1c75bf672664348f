//! Settings: dateline.toml and people.toml, read once and resolved.
//!
//! Entry points: `Site::parse` and `Register::parse`, which take the files' text; `content`
//! reads the files. Everything that changes the output passes through [`Settings`]: there is no
//! clock, environment or locale further down.

use chrono::NaiveDate;

mod base_url;
mod people;
mod promo;
mod publish;
mod reader;
mod site;
mod table;
mod when;

pub use base_url::BaseUrl;
pub use people::{Link, NOBODYS, Portrait, Register, Registered, Role};
pub use promo::Promo;
pub use publish::{History, Host, Keep, Target, TargetKind};
pub(crate) use reader::{Reader, near, short};
pub use site::{Cards, MenuItem, Site};
pub(crate) use table::{Field, Malformed, Placed, Table, Value};
pub(crate) use when::When;

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

/// Whether `tag` has the shape of a BCP 47 language tag: `en`, `en-GB`, `zh-Hant`.
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether `address` is an http or https address that can stand in an attribute.
pub(crate) fn is_web_address(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\".contains(c))
    })
}

/// The host of a web address.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
