//! [`Base`]: the address of the folder that is published to, and what lies below it.

use std::net::IpAddr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use reqwest::Url;

use super::super::place::PlaceError;

/// What a part of a path may hold as it is (RFC 3986, section 2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The folder.
#[derive(Clone, Debug)]
pub(super) struct Base {
    /// Ends in a slash; holds no user, no query and no fragment.
    url: Url,
    /// The server, with the port where one is given.
    pub(super) host: String,
}

/// Where an address leads that a server names in the list of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// To the folder itself.
    Itself,
    /// To the file or folder of that name in it.
    Member(String),
    /// Elsewhere, or to a name that no file of ours can have.
    Elsewhere,
}

impl Base {
    /// Reads `https://host/dav/site/`.
    ///
    /// # Errors
    /// Where it is no such address. It is not repeated, since it may hold a password.
    pub(super) fn parse(address: &str) -> Result<Self, PlaceError> {
        let wrong = |reason: &str| {
            PlaceError::new("publish by WebDAV", format!("`url` {reason}"))
                .hint("write it as `https://dav.example.org/site/`")
        };
        let mut url = Url::parse(address).map_err(|_| wrong("is no address"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(wrong("begins with neither `https://` nor `http://`"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong("holds a user name or a password")
                .hint("set WEBDAV_USERNAME and WEBDAV_PASSWORD, or write them to ~/.netrc"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("goes on behind the path"));
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        let name = url.host_str().ok_or_else(|| wrong("names no server"))?;
        let host = url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
        Ok(Self { url, host })
    }

    /// The server's name without a port.
    pub(super) fn machine(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether a password that is sent there can be read on the way.
    pub(super) fn can_be_overheard(&self) -> bool {
        let name = self.machine().trim_start_matches('[').trim_end_matches(']');
        let own = name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        self.url.scheme() == "http" && !own
    }

    /// The address of what lies at `path`; of a folder where it ends in a slash, of this one where it
    /// is empty.
    pub(super) fn url(&self, path: &str) -> Url {
        let parts: Vec<String> =
            path.split('/').map(|part| utf8_percent_encode(part, ESCAPED).to_string()).collect();
        let mut url = self.url.clone();
        url.set_path(&format!("{}{}", self.url.path(), parts.join("/")));
        url
    }

    /// Where `href` leads, which stands in the list of the folder at `folder`.
    pub(super) fn lead(&self, folder: &str, href: &str) -> Lead {
        let folder = self.url(folder);
        let Ok(url) = folder.join(href) else { return Lead::Elsewhere };
        let (Some(outer), Some(inner)) = (parts(folder.path()), parts(url.path())) else {
            return Lead::Elsewhere;
        };
        match inner.strip_prefix(outer.as_slice()) {
            Some([]) => Lead::Itself,
            Some([name]) if is_name(name) => Lead::Member(name.clone()),
            _ => Lead::Elsewhere,
        }
    }
}

/// The parts of a path without escapes, for servers differ in what they escape.
fn parts(path: &str) -> Option<Vec<String>> {
    let path = path.trim_start_matches('/');
    let path = path.strip_suffix('/').unwrap_or(path);
    let parts = path.split('/').filter(|_| !path.is_empty());
    parts.map(|part| percent_decode_str(part).decode_utf8().ok().map(String::from)).collect()
}

fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\', '\0'])
}

/// An address as it may be shown: without a user and without what is behind the path.
pub(super) fn shown(base: &Url, address: &str) -> Option<String> {
    let url = base.join(address).ok()?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{}{port}{}", url.scheme(), url.host_str()?, url.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(address: &str) -> Base {
        Base::parse(address).unwrap()
    }

    #[test]
    fn an_address_is_a_folder_without_secrets() {
        assert_eq!(base("https://dav.example/a%20b").url("").as_str(), "https://dav.example/a%20b/");
        assert_eq!(base("http://[::1]:8080").host, "[::1]:8080");
        for (address, reason) in [
            ("dav.example/site", "`url` is no address"),
            ("davs://dav.example/site", "`url` begins with neither `https://` nor `http://`"),
            ("https://ann:s3cret@dav.example/", "`url` holds a user name or a password"),
            ("https://dav.example/?token=s3cret", "`url` goes on behind the path"),
        ] {
            let error = Base::parse(address).unwrap_err();
            assert_eq!(error.reason, reason);
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn a_password_is_not_sent_in_the_open() {
        for (address, open) in [
            ("https://dav.example/", false),
            ("http://localhost:8080/", false),
            ("http://127.0.0.2/", false),
            ("http://[::1]/", false),
            ("http://dav.example/", true),
            ("http://192.168.1.2/", true),
            ("http://localhost.example/", true),
        ] {
            assert_eq!(base(address).can_be_overheard(), open, "{address}");
        }
    }

    #[test]
    fn names_are_escaped() {
        let url = base("https://dav.example/x/").url("grüße/a b+c&d%?#.html");
        assert_eq!(url.as_str(), "https://dav.example/x/gr%C3%BC%C3%9Fe/a%20b%2Bc%26d%25%3F%23.html");
        assert_eq!(base("https://dav.example/x/").url("a/b/").as_str(), "https://dav.example/x/a/b/");
    }

    #[test]
    fn only_members_are_followed() {
        let base = base("https://dav.example/x%20y/");
        let member = |name: &str| Lead::Member(name.to_owned());
        for (href, lead) in [
            ("/x%20y/a/", Lead::Itself),
            ("/x%20y/a", Lead::Itself),
            ("https://inner.example:81/x%20y/a/", Lead::Itself),
            ("/x%20y/a/b%2bc.html", member("b+c.html")),
            ("/x y/%61/b'(c)", member("b'(c)")),
            ("b", member("b")),
            ("/x%20y/a/folder/", member("folder")),
            ("/x%20y/", Lead::Elsewhere),
            ("/x%20y/ab", Lead::Elsewhere),
            ("/x%20y/a/b/c", Lead::Elsewhere),
            ("/x%20y/a//", Lead::Elsewhere),
            ("/x%20y/a/../../etc", Lead::Elsewhere),
            ("/x%20y/a/%2e%2e/", Lead::Elsewhere),
            ("/x%20y/a/b%2Fc", Lead::Elsewhere),
            ("/x%20y/a/b%00", Lead::Elsewhere),
            ("/x%20y/a/%FF", Lead::Elsewhere),
            ("http://[", Lead::Elsewhere),
        ] {
            assert_eq!(base.lead("a/", href), lead, "{href}");
        }
    }

    #[test]
    fn an_address_is_shown_without_secrets() {
        let base = base("https://dav.example/x/").url("a");
        let told = shown(&base, "https://ann:s3cret@new.example:81/y/?key=s3cret#x").unwrap();
        assert_eq!(told, "https://new.example:81/y/");
        assert_eq!(shown(&base, "/y").unwrap(), "https://dav.example/y");
    }
}
