//! [`fault`]: what went wrong at an S3 server, and what to do about it.
//!
//! The codes are those of "Error responses" in the Amazon S3 API Reference; other servers use them
//! as well.

use std::error::Error;

use object_store::client::{HttpError, HttpErrorKind};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::net;
use super::super::place::PlaceError;

/// What a server answered.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// The HTTP status, where there was an answer at all.
    pub(super) status: Option<u16>,
    /// S3's own word for the fault: `NoSuchBucket`.
    pub(super) code: Option<String>,
    message: Option<String>,
    /// Where the bucket is, if the server says so.
    region: Option<String>,
}

impl Answer {
    /// What `error` is about. The type that holds the answer is private to `object_store`, so this
    /// is read from its text, which ends with the status and the body.
    pub(super) fn of(error: &object_store::Error) -> Self {
        let text = error.to_string();
        let mut answer = Self::default();
        if let Some((_, rest)) = text.split_once("status code: ") {
            answer.status = rest.get(..3).and_then(|digits| digits.parse().ok());
            answer.read(rest.find('<').map_or("", |at| &rest[at..]));
        } else if let Some((_, rest)) = text.rsplit_once("(code: ") {
            // One file of many that were to be deleted.
            answer.code = rest.strip_suffix(')').map(str::to_owned);
        } else if text.contains("redirect without LOCATION") {
            answer.code = Some("PermanentRedirect".to_owned());
        }
        answer
    }

    /// Takes what is of use out of `<Error>…</Error>`. Other parts of it are left: the string that
    /// was signed stands there, too.
    fn read(&mut self, body: &str) {
        let mut reader = Reader::from_str(body);
        let mut element = Vec::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => element = start.local_name().as_ref().to_vec(),
                Ok(Event::Text(text)) => {
                    let field = match element.as_slice() {
                        b"Code" => &mut self.code,
                        b"Message" => &mut self.message,
                        b"Region" => &mut self.region,
                        _ => continue,
                    };
                    let text = text.decode().unwrap_or_default();
                    field.get_or_insert_default().push_str(&text);
                }
                Ok(Event::End(_)) => element.clear(),
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
    }

    /// Whether a server says that it does not know how to delete many files at once.
    pub(super) fn knows_no_such_request(&self) -> bool {
        let code = self.code.as_deref().unwrap_or_default();
        matches!(self.status, Some(405 | 501))
            || matches!(code, "NotImplemented" | "MethodNotAllowed" | "MalformedPOSTRequest")
            || (self.status == Some(404) && code.is_empty())
    }
}

/// The bucket that is spoken of in what is told.
#[derive(Clone, Debug)]
pub(super) struct Bucket {
    pub(super) name: String,
    pub(super) region: String,
    /// The server's name.
    pub(super) host: String,
}

/// What went wrong.
pub(super) fn fault(doing: String, bucket: &Bucket, error: &object_store::Error) -> PlaceError {
    if let Some(kind) = line(error) {
        if matches!(kind, HttpErrorKind::Timeout) {
            return PlaceError::new(doing, format!("{} does not answer", bucket.host)).transient();
        }
        return net::line_fault(doing, &bucket.host, error);
    }
    if let object_store::Error::InvalidPath { source } = error {
        return PlaceError::new(doing, net::one_line(&source.to_string())).hint(
            "publish below a folder of the bucket that holds nothing else: `url = \"s3://bucket/site\"`",
        );
    }
    let answer = Answer::of(error);
    if answer.status.is_none() && answer.code.is_none() {
        return PlaceError::new(doing, format!("{}: {}", bucket.host, net::cause(error)));
    }
    of_answer(doing, bucket, &answer)
}

/// The fault of the line, where there was no answer.
fn line(error: &object_store::Error) -> Option<HttpErrorKind> {
    let mut next: Option<&dyn Error> = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<HttpError>() {
            return Some(error.kind());
        }
        next = error.source();
    }
    None
}

const KEYS: &str =
    "look at AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or at the profile in ~/.aws/credentials";

fn of_answer(doing: String, bucket: &Bucket, answer: &Answer) -> PlaceError {
    let Bucket { name, region, host } = bucket;
    let told = || answer.message.as_deref().map(net::one_line).unwrap_or_default();
    let fault = |reason: String| PlaceError::new(doing.clone(), reason);
    match (answer.code.as_deref().unwrap_or_default(), answer.status) {
        ("NoSuchBucket", _) => fault(format!("{host} has no bucket `{name}`"))
            .hint("make it there first, or look at `url`, `region` and `endpoint`"),
        ("InvalidBucketName", _) => fault(format!("`{name}` is no name of a bucket")),
        ("InvalidAccessKeyId", _) | (_, Some(401)) => {
            fault(format!("{host} does not know the access key")).hint(KEYS)
        }
        ("SignatureDoesNotMatch", _) => {
            fault(format!("{host} does not take the secret key")).hint(KEYS)
        }
        ("ExpiredToken" | "InvalidToken" | "TokenRefreshRequired", _) => {
            fault("the session token has run out or is wrong".to_owned())
                .hint("get fresh credentials (AWS_SESSION_TOKEN), or unset it where the keys need none")
        }
        ("RequestTimeTooSkewed", _) => fault(format!("this machine's clock is not that of {host}"))
            .hint("set the clock: requests are signed with the time"),
        ("PermanentRedirect" | "AuthorizationHeaderMalformed" | "IllegalLocationConstraintException", _) => {
            let there = answer.region.as_deref();
            let hint = there.map_or_else(
                || "set `region` to where the bucket is".to_owned(),
                |there| format!("set `region = \"{}\"`", net::one_line(there)),
            );
            fault(format!("the bucket `{name}` is not in the region {region}")).hint(hint)
        }
        ("AccessDenied" | "AllAccessDisabled" | "AccountProblem", _) | (_, Some(403)) => {
            fault(format!("{host} does not allow it")).hint(format!(
                "the keys need s3:ListBucket for `{name}`, and s3:GetObject, s3:PutObject and s3:DeleteObject for \
                 what is in it"
            ))
        }
        ("SlowDown" | "InternalError" | "RequestTimeout" | "ServiceUnavailable", _)
        | (_, Some(408 | 429 | 500 | 502..=504)) => {
            fault(format!("{host} is busy ({})", word(answer))).transient()
        }
        ("QuotaExceeded" | "XMinioStorageFull", _) | (_, Some(507)) => {
            fault(format!("{host} has no room left"))
        }
        _ if told().is_empty() => fault(format!("{host} answers {}", word(answer))),
        _ => fault(format!("{host} answers {}: {}", word(answer), told())),
    }
}

/// The answer in a word.
fn word(answer: &Answer) -> String {
    match (&answer.code, answer.status) {
        (Some(code), _) => net::one_line(code),
        (None, Some(status)) => status.to_string(),
        (None, None) => "nothing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> PlaceError {
        let error = object_store::Error::Generic { store: "S3", source: text.into() };
        let (name, region) = ("briefs".to_owned(), "eu-west-1".to_owned());
        fault("write a".into(), &Bucket { name, region, host: "s3.example".into() }, &error)
    }

    fn xml(status: u16, code: &str, more: &str) -> String {
        format!(
            "Error performing GET https://x/ in 2ms - Server returned non-2xx status code: {status} Some Words: \
             <?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>It\n is so.</Message>{more}</Error>"
        )
    }

    #[test]
    fn each_fault_says_what_to_do() {
        let secret = "<AWSAccessKeyId>AKIA</AWSAccessKeyId><StringToSign>s3cret</StringToSign>";
        for (text, reason, hint) in [
            (xml(404, "NoSuchBucket", ""), "s3.example has no bucket `briefs`", "make it there first"),
            (xml(403, "InvalidAccessKeyId", secret), "s3.example does not know the access key", KEYS),
            (xml(403, "SignatureDoesNotMatch", secret), "s3.example does not take the secret key", KEYS),
            (xml(400, "ExpiredToken", ""), "the session token has run out or is wrong", "get fresh"),
            (xml(403, "AccessDenied", ""), "s3.example does not allow it", "the keys need s3:ListBucket"),
            (xml(403, "RequestTimeTooSkewed", ""), "this machine's clock is not that of s3.example", "set the"),
            (
                xml(400, "AuthorizationHeaderMalformed", "<Region>us-west-2</Region>"),
                "the bucket `briefs` is not in the region eu-west-1",
                "set `region = \"us-west-2\"`",
            ),
            (
                "Received redirect without LOCATION, this normally indicates an incorrectly configured region".into(),
                "the bucket `briefs` is not in the region eu-west-1",
                "set `region` to",
            ),
        ] {
            let fault = told(&text);
            assert_eq!((fault.reason.as_str(), fault.transient), (reason, false));
            assert!(fault.hint.as_ref().unwrap().starts_with(hint), "{fault}");
            assert!(!fault.to_string().contains("s3cret") && !fault.to_string().contains("AKIA"));
        }
    }

    #[test]
    fn what_may_pass_is_told_from_what_stays() {
        for (text, reason, transient) in [
            (xml(503, "SlowDown", ""), "s3.example is busy (SlowDown)", true),
            ("status code: 502 Bad Gateway: <html><p>nginx</html>".into(), "s3.example is busy (502)", true),
            (
                "DeleteObjects request failed for key a: x (code: InternalError)".into(),
                "s3.example is busy (InternalError)",
                true,
            ),
            (xml(400, "EntityTooLarge", ""), "s3.example answers EntityTooLarge: It is so.", false),
            (xml(507, "Full", ""), "s3.example has no room left", false),
            ("status code: 418 I'm a teapot: ".into(), "s3.example answers 418", false),
            ("an egg".into(), "s3.example: an egg", false),
        ] {
            let fault = told(&text);
            assert_eq!((fault.reason.as_str(), fault.transient), (reason, transient));
        }
    }

    #[test]
    fn hostile_answers_do_no_harm() {
        for body in
            ["<", "<Error><Code>", "<Code>a&b;</Code>", "<!DOCTYPE x [<!ENTITY a 'b'>]><Code>&a;</Code>"]
        {
            told(&format!("status code: 400 Bad: {body}"));
        }
        let long = told(&xml(400, &"x".repeat(9_999), ""));
        assert!(long.reason.chars().count() < 300);
    }
}
