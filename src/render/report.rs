//! Where a reader reports a wrong attribution: [`address`].

use super::{SiteView, escape};

/// Where a wrong attribution at the site path `path` (with a fragment, of the one quotation) is
/// reported; a mail names the place, and the brief where it is in one. `None` where the site gives no
/// address.
pub(super) fn address(site: &SiteView<'_>, brief: Option<&str>, path: &str) -> Option<String> {
    let settings = &site.settings.site;
    let given = settings.report.as_deref()?;
    if !given.to_ascii_lowercase().starts_with("mailto:") {
        return Some(escape::href(given));
    }
    let place = settings.base_url.absolute(path);
    let subject = match brief {
        Some(title) => site.words.with("report.subject", &[("title", &title), ("address", &place)]),
        None => site.words.with("report.subject_page", &[("address", &place)]),
    };
    let joint = if given.contains('?') { '&' } else { '?' };
    Some(format!("{}{joint}subject={}", escape::href(given), escape::query(&subject)))
}
