//! [`refusal`]: what a WebDAV server's refusal means, and what to do about it.
//!
//! The statuses are those of RFC 9110 and of RFC 4918, section 11.

use reqwest::StatusCode;

use super::super::place::PlaceError;

/// What is known of the server beside its answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Server<'s> {
    /// Its name, with the port where one was given.
    pub(super) host: &'s str,
    /// Whether a name and a password were sent.
    pub(super) logged_in: bool,
}

/// What `status` means. `sent_on` is the address to which a redirect leads, without secrets;
/// `schemes` are the ways to log in that the server names (`WWW-Authenticate`).
pub(super) fn refusal(
    doing: String,
    server: Server<'_>,
    status: StatusCode,
    sent_on: Option<&str>,
    schemes: &str,
) -> PlaceError {
    let Server { host, logged_in } = server;
    let fault = |reason: String| PlaceError::new(doing.clone(), reason);
    match status.as_u16() {
        401 if !schemes.is_empty() && !schemes.to_ascii_lowercase().contains("basic") => {
            fault(format!("{host} wants a login in a way that Dateline does not know")).hint(
                "it must allow Basic over https; many servers give out a password for applications that does",
            )
        }
        401 if logged_in => fault(format!("{host} does not take the user name and the password"))
            .hint("look at WEBDAV_USERNAME and WEBDAV_PASSWORD, or at ~/.netrc"),
        401 => fault(format!("{host} wants a user name and a password"))
            .hint("set WEBDAV_USERNAME and WEBDAV_PASSWORD, or write them to ~/.netrc"),
        403 => fault(format!("{host} does not allow it")).hint("may this account write there?"),
        404 | 410 => fault(format!("{host} has no such place")).hint(
            "is `url` the address for WebDAV? For Nextcloud it is https://HOST/remote.php/dav/files/USER/FOLDER/",
        ),
        405 => fault(format!("{host} does not do that at this address")).hint(
            "is `url` the address for WebDAV? For Nextcloud it is https://HOST/remote.php/dav/files/USER/FOLDER/",
        ),
        409 => fault("the folder above it is not there, or is no folder".to_owned())
            .hint("make the folder that `url` is in, or move away what has its name"),
        413 => fault(format!("it is larger than {host} takes")),
        423 => fault("it is locked".to_owned()).hint("somebody has it open: try again when it is closed"),
        507 => fault(format!("{host} has no room left")).hint("the disk is full, or the account's quota is"),
        408 | 425 | 429 | 500 | 502..=504 => fault(format!("{host} is busy ({})", status.as_u16())).transient(),
        300..=399 => {
            let fault = fault(format!("{host} sends us on to {}", sent_on.unwrap_or("another address")));
            fault.hint("write the address to which it leads into `url`")
        }
        _ => fault(format!("{host} answers {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: u16, logged_in: bool, schemes: &str) -> PlaceError {
        let server = Server { host: "dav.example", logged_in };
        let status = StatusCode::from_u16(status).unwrap();
        refusal("write a".into(), server, status, Some("https://new.example/dav/"), schemes)
    }

    #[test]
    fn each_refusal_says_what_to_do() {
        for (status, reason, hint) in [
            (401, "dav.example does not take the user name and the password", "look at WEBDAV_USERNAME"),
            (403, "dav.example does not allow it", "may this account"),
            (404, "dav.example has no such place", "is `url` the address"),
            (405, "dav.example does not do that at this address", "is `url` the address"),
            (409, "the folder above it is not there, or is no folder", "make the folder"),
            (423, "it is locked", "somebody has it open"),
            (507, "dav.example has no room left", "the disk is full"),
            (301, "dav.example sends us on to https://new.example/dav/", "write the address"),
        ] {
            let fault = told(status, true, "Basic realm=\"x\"");
            assert_eq!((fault.reason.as_str(), fault.transient), (reason, false), "{status}");
            assert!(fault.hint.unwrap().starts_with(hint), "{status}");
        }
        assert_eq!(told(401, false, "").reason, "dav.example wants a user name and a password");
        assert_eq!(
            told(401, true, "Digest realm=\"x\", Negotiate").reason,
            "dav.example wants a login in a way that Dateline does not know"
        );
        assert_eq!(told(418, true, "").reason, "dav.example answers 418 I'm a teapot");
    }

    #[test]
    fn what_may_pass_is_told_from_what_stays() {
        for status in [408, 425, 429, 500, 502, 503, 504] {
            let fault = told(status, true, "");
            assert_eq!((fault.reason, fault.transient), (format!("dav.example is busy ({status})"), true));
        }
        assert!(!told(501, true, "").transient && !told(505, true, "").transient);
    }
}
