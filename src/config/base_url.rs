//! [`BaseUrl`]: where the site will stand.

/// The site's address, split where pages need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host without a slash at the end: `https://example.org`.
    origin: String,
    /// The path with a slash at both ends: `/` or `/repo/`.
    path: String,
}

impl BaseUrl {
    /// Reads `https://host/path`, with or without a slash at the end.
    ///
    /// # Errors
    /// A sentence that says what is wrong, where it is no http or https address, or carries
    /// a query, a fragment, blanks or quotation marks.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or_else(|| format!("`{text}` does not start with https:// or http://"))?;
        if rest.contains(|c: char| c.is_whitespace() || "?#\"'<>\\".contains(c)) {
            return Err(format!("`{text}` holds a character that no site address has"));
        }
        let host_end = rest.find('/').unwrap_or(rest.len());
        if host_end == 0 {
            return Err(format!("`{text}` names no host"));
        }
        let at = text.len() - rest.len() + host_end;
        let path = text[at..].trim_matches('/');
        Ok(Self {
            origin: text[..at].to_owned(),
            path: if path.is_empty() { "/".into() } else { format!("/{path}/") },
        })
    }

    /// Scheme and host, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The path under which the site stands, with a slash at both ends.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// A site path (`/briefs/a/`) as a path on the host (`/repo/briefs/a/`).
    #[must_use]
    pub fn local(&self, site_path: &str) -> String {
        [&self.path, site_path.trim_start_matches('/')].concat()
    }

    /// A site path as a full address.
    #[must_use]
    pub fn absolute(&self, site_path: &str) -> String {
        [&self.origin, &self.path, site_path.trim_start_matches('/')].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn paths_are_joined_with_one_slash() {
        for (given, local, absolute) in [
            ("https://a.example", "/briefs/x/", "https://a.example/briefs/x/"),
            ("https://a.example/repo", "/repo/briefs/x/", "https://a.example/repo/briefs/x/"),
            ("http://a.example:8080/r/s/", "/r/s/briefs/x/", "http://a.example:8080/r/s/briefs/x/"),
        ] {
            let base = BaseUrl::parse(given).unwrap();
            assert_eq!(base.local("/briefs/x/"), local);
            assert_eq!(base.absolute("/briefs/x/"), absolute);
        }
        for bad in ["example.org", "https://", "https://a b", "https://a/?q", "ftp://a"] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
