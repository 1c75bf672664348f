//! [`Host`]: where the preview listens, and whose requests it answers.
//!
//! A page elsewhere that lets its own name point to this machine must not read drafts: only requests
//! that name the machine as the command line does are answered. An address that is written as a
//! number is no name that somebody else could point here.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

/// An address or a name of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// `127.0.0.1`, `::1`, `0.0.0.0`.
    Address(IpAddr),
    /// `desk.local`.
    Name(String),
}

impl Default for Host {
    fn default() -> Self {
        Self::Address(Ipv4Addr::LOCALHOST.into())
    }
}

impl Host {
    /// Reads an address, with or without the brackets of IPv6, or a name.
    ///
    /// # Errors
    /// A sentence, where it is neither.
    pub fn parse(text: &str) -> Result<Self, String> {
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
        if let Ok(address) = bare.parse() {
            return Ok(Self::Address(address));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if text.is_empty() || !text.chars().all(plain) {
            return Err(
                "give an address of this machine, such as 0.0.0.0 for all of them, or its name".into()
            );
        }
        Ok(Self::Name(text.to_ascii_lowercase()))
    }

    /// The address as a browser on this machine writes it: `127.0.0.1` where every address is meant.
    #[must_use]
    pub fn in_url(&self) -> String {
        match self {
            Self::Address(IpAddr::V4(any)) if any.is_unspecified() => Ipv4Addr::LOCALHOST.to_string(),
            Self::Address(IpAddr::V6(any)) if any.is_unspecified() => "[::1]".into(),
            Self::Address(IpAddr::V6(address)) => format!("[{address}]"),
            Self::Address(address) => address.to_string(),
            Self::Name(name) => name.clone(),
        }
    }

    /// Whether only this machine can reach the preview.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Address(address) => address.is_loopback(),
            Self::Name(name) => name == "localhost",
        }
    }

    /// Whether a request with this `Host` header is meant for the preview.
    #[must_use]
    pub fn admits(&self, header: &str) -> bool {
        let (name, port) = match header.strip_prefix('[') {
            Some(rest) => rest.split_once(']').unwrap_or_default(),
            None => header.find(':').map_or((header, ""), |at| header.split_at(at)),
        };
        let digits = port.strip_prefix(':').unwrap_or(port);
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        match (name.parse::<IpAddr>(), self) {
            (Ok(address), Self::Address(own)) => {
                address.is_loopback() || own.is_unspecified() || address == *own
            }
            // A name may stand for any address of this machine.
            (Ok(address), Self::Name(_)) => address.is_loopback(),
            (Err(_), Self::Name(own)) => name.eq_ignore_ascii_case(own),
            (Err(_), Self::Address(_)) => false,
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_meant() {
        let host = Host::default();
        for own in ["localhost", "LOCALHOST:1111", "127.0.0.1:80", "127.0.0.2", "[::1]:1111", "[::1]"] {
            assert!(host.admits(own), "{own}");
        }
        for other in [
            "example.org",
            "127.0.0.1.example.org",
            "localhost.example.org:1111",
            "10.0.0.1",
            "",
            "[::1",
            "[::1].example.org",
            "localhost:80@example.org",
        ] {
            assert!(!host.admits(other), "{other}");
        }
    }

    #[test]
    fn another_host_is_admitted_where_it_is_asked_for_and_no_more() {
        let all = Host::parse("0.0.0.0").unwrap();
        assert!(all.admits("192.168.1.5:1111") && all.admits("[fe80::1]:1111") && all.admits("localhost"));
        assert!(!all.admits("desk.example.org:1111"), "a name could be anybody's");
        let one = Host::parse("192.168.1.5").unwrap();
        assert!(one.admits("192.168.1.5:1111") && !one.admits("192.168.1.6:1111"));
        let named = Host::parse("Desk.local").unwrap();
        assert!(named.admits("desk.LOCAL:1111") && !named.admits("other.local") && !named.admits("10.0.0.1"));
        assert_eq!(Host::parse("[::1]").unwrap().in_url(), "[::1]");
        assert_eq!((all.in_url().as_str(), named.in_url().as_str()), ("127.0.0.1", "desk.local"));
        for bad in ["", "a b", "http://x", "x/y", "x:80"] {
            assert!(Host::parse(bad).is_err(), "{bad}");
        }
    }
}
