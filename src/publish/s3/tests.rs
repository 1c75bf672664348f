//! A bucket, asked of a server that gives the answers it was told.

use std::fs::{self, File};
use std::io::Write as _;

use super::super::net::answering::server;
use super::*;
use crate::config::Site;

fn target(table: &str) -> Target {
    let (site, problems) = Site::parse(&format!("[publish.web]\nkind = \"s3\"\n{table}"));
    assert!(problems.is_empty(), "{problems:?}");
    site.unwrap().publish.remove(0)
}

fn lay(file: &std::path::Path, text: &str) {
    File::create(file).unwrap().write_all(text.as_bytes()).unwrap();
}

/// The place, where the environment holds `variables` and the files of `~/.aws` are `files`.
fn open(table: &str, variables: &[(&str, &str)], files: &[(&str, &str)]) -> Result<S3, PlaceError> {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join(".aws")).unwrap();
    for (name, text) in files {
        lay(&home.path().join(".aws").join(name), text);
    }
    let variable = |name: &str| {
        let found = variables.iter().find(|(given, _)| *given == name);
        found.map(|(_, value)| (*value).to_owned()).filter(|value| !value.is_empty())
    };
    S3::with(&target(table), Machine { variable: &variable, home: Some(home.path()) })
}

const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "s3cret")];

fn at(address: &str) -> S3 {
    let table = format!("url = \"s3://briefs/web\"\nregion = \"eu-west-1\"\nendpoint = \"http://{address}\"");
    open(&table, &KEYS, &[]).unwrap()
}

fn refused(table: &str, variables: &[(&str, &str)], files: &[(&str, &str)]) -> String {
    let told = open(table, variables, files).err().unwrap().to_string();
    assert!(!told.contains("s3cret"), "{told}");
    told
}

#[test]
fn an_address_is_a_bucket_and_a_folder() {
    let read = |url: &str| address(url).map_err(|error| error.reason);
    assert_eq!(read("s3://briefs"), Ok(("briefs".into(), String::new())));
    assert_eq!(read("s3://briefs/"), Ok(("briefs".into(), String::new())));
    assert_eq!(read("s3://my.briefs-2/a b/ü/"), Ok(("my.briefs-2".into(), "a b/ü/".into())));
    assert_eq!(read("https://briefs"), Err("`url` does not begin with `s3://`".into()));
    assert_eq!(read("s3:///web"), Err("`url` names no bucket".into()));
    assert_eq!(read("s3://user:s3cret@briefs"), Err("`url` names no bucket".into()));
    assert_eq!(read("s3://briefs//web"), Err("`url` names no folder".into()));
    assert_eq!(read("s3://briefs/../web"), Err("`url` names no folder".into()));
}

#[test]
fn credentials_come_from_the_environment_then_from_the_profile() {
    let key = |variables: &[(&str, &str)], files: &[(&str, &str)]| {
        let place = open("url = \"s3://briefs\"", variables, files).unwrap();
        let found = place.runtime.block_on(place.store.credentials().get_credential()).unwrap();
        (found.key_id.clone(), found.token.clone(), place.bucket.host)
    };
    let files = [
        (
            "credentials",
            "[default]\naws_access_key_id=ONE\naws_secret_access_key=s\n[desk]\naws_access_key_id=TWO\naws_secret_access_key=s\naws_session_token=t",
        ),
        (
            "config",
            "[default]\nregion=eu-west-1\n[profile desk]\nregion = eu-north-1\nendpoint_url=https://s3.example/",
        ),
    ];
    assert_eq!(key(&KEYS, &files), ("AKIA".into(), None, "s3.eu-west-1.amazonaws.com".into()));
    assert_eq!(key(&[], &files), ("ONE".into(), None, "s3.eu-west-1.amazonaws.com".into()));
    let named = [("AWS_PROFILE", "desk"), ("AWS_ACCESS_KEY_ID", "")];
    assert_eq!(key(&named, &files), ("TWO".into(), Some("t".into()), "s3.example".into()));
    let region = [KEYS[0], KEYS[1], ("AWS_REGION", "eu-west-3"), ("AWS_SESSION_TOKEN", "u")];
    assert_eq!(key(&region, &files), ("AKIA".into(), Some("u".into()), "s3.eu-west-3.amazonaws.com".into()));
}

#[test]
fn a_target_that_cannot_be_opened_says_why() {
    let bucket = "url = \"s3://briefs\"";
    let disabled = ("AWS_EC2_METADATA_DISABLED", "true");
    assert_eq!(
        refused(bucket, &[disabled], &[]),
        "cannot publish to the bucket `briefs`: no credentials were found\n  set AWS_ACCESS_KEY_ID and \
         AWS_SECRET_ACCESS_KEY, or write a profile to ~/.aws/credentials (AWS_PROFILE names it)"
    );
    assert_eq!(
        refused(bucket, &[KEYS[1], disabled], &[]),
        "cannot publish to the bucket `briefs`: AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is not"
    );
    assert_eq!(
        refused(
            bucket,
            &[("AWS_PROFILE", "desk")],
            &[("credentials", "[default]\naws_secret_access_key=s3cret")]
        ),
        "cannot use the profile `desk`: neither ~/.aws/credentials nor ~/.aws/config has it\n  AWS_PROFILE names \
         it: set it to another one, or unset it"
    );
    assert_eq!(
        refused(bucket, &[], &[("config", "[default]\nsso_session = desk")]),
        "cannot publish to the bucket `briefs`: the profile in ~/.aws says `sso_session`, which leads elsewhere\n  \
         get keys from there first: eval \"$(aws configure export-credentials --format env)\""
    );
    for endpoint in
        ["s3.example.org", "ftp://s3.example.org", "https://u:s3cret@s3.example.org", "https://a/b"]
    {
        let told = refused(&format!("{bucket}\nendpoint = \"{endpoint}\""), &KEYS, &[]);
        assert!(told.contains("`endpoint` is not the address of a server"), "{told}");
    }
}

#[test]
fn a_file_goes_out_with_what_readers_and_checks_need() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a");
    lay(&file, "<p>Hello");
    let (address, server) = server(&[(200, "ETag: \"abc\"\r\n", "")]);
    let outgoing = Outgoing {
        path: "grüße/a b+c.html".into(),
        file,
        size: 8,
        digest: "0a".into(),
        content_type: "text/html",
        cache_control: "no-store",
    };
    let mut told = Vec::new();
    at(&address)
        .put(std::slice::from_ref(&outgoing), &mut |file, tag| told.push((file.path.clone(), tag)))
        .unwrap();
    assert_eq!(told, [(outgoing.path.clone(), Some("abc".to_owned()))]);
    let requests = server.join().unwrap();
    let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("PUT /briefs/web/gr%C3%BC%C3%9Fe/a%20b%2Bc.html HTTP/1.1\r\n"), "{head}");
    for line in ["content-type: text/html", "cache-control: no-store", "x-amz-meta-blake3: 0a"] {
        assert!(head.to_ascii_lowercase().contains(line), "{line}: {head}");
    }
    assert_eq!(body, "<p>Hello");
    assert!(!requests[0].contains("s3cret"));
}

#[test]
fn the_other_side_is_told_of_in_words() {
    let answer = |status, code: &str| {
        let (address, server) = server(&[(status, "", &format!("<Error><Code>{code}</Code></Error>"))]);
        let read = at(&address).read("a.json").map_err(|error| (error.reason, error.transient));
        server.join().unwrap();
        read.map_err(|(reason, transient)| (reason.replace(&address, "HOST"), transient))
    };
    assert_eq!(answer(404, "NoSuchKey"), Ok(None));
    assert_eq!(answer(404, ""), Ok(None));
    assert_eq!(answer(404, "NoSuchBucket"), Err(("HOST has no bucket `briefs`".into(), false)));
    assert_eq!(
        answer(403, "SignatureDoesNotMatch"),
        Err(("HOST does not take the secret key".into(), false))
    );
    assert_eq!(answer(301, ""), Err(("the bucket `briefs` is not in the region eu-west-1".into(), false)));
    let mut nobody = at("127.0.0.1:9");
    let error = nobody.read("a.json").unwrap_err();
    assert!(error.transient && error.reason.starts_with("127.0.0.1:9: Connection refused"), "{error}");
}

#[test]
fn a_list_is_read_to_its_end() {
    let page = |files: &str, next: &str| format!("<ListBucketResult>{files}{next}</ListBucketResult>");
    let file = |key: &str, size: u64| {
        format!(
            "<Contents><Key>{key}</Key><LastModified>2026-01-01T00:00:00Z</LastModified><ETag>&quot;e{size}&quot;</ETag>\
             <Size>{size}</Size></Contents>"
        )
    };
    let one = page(
        &(file("web/a&amp;b.html", 1) + &file("web/", 0)),
        "<NextContinuationToken>n</NextContinuationToken>",
    );
    let two = page(&file("web/ü/c d+e.css", 2), "");
    let (address, server) = server(&[(200, "", &one), (200, "", &two)]);
    let there = at(&address).list().unwrap();
    let there: Vec<_> =
        there.into_iter().map(|(path, there)| (path, there.size, there.tag.unwrap())).collect();
    assert_eq!(there, [("a&b.html".into(), 1, "e1".to_owned()), ("ü/c d+e.css".into(), 2, "e2".to_owned())]);
    let requests = server.join().unwrap();
    assert!(requests[0].starts_with("GET /briefs?list-type=2&prefix=web%2F"), "{}", requests[0]);
    assert!(requests[1].contains("continuation-token=n"), "{}", requests[1]);
}

#[test]
fn a_server_that_cannot_delete_many_files_deletes_one_after_the_other() {
    let (address, server) = server(&[
        (501, "", "<Error><Code>NotImplemented</Code></Error>"),
        (501, "", "<Error><Code>NotImplemented</Code></Error>"),
        (501, "", "<Error><Code>NotImplemented</Code></Error>"),
        (501, "", "<Error><Code>NotImplemented</Code></Error>"),
        (204, "", ""),
        (404, "", "<Error><Code>NoSuchKey</Code></Error>"),
    ]);
    at(&address).delete(&["a".to_owned(), "b".to_owned()]).unwrap();
    let requests = server.join().unwrap();
    let methods: Vec<&str> = requests.iter().map(|request| request.split(' ').next().unwrap()).collect();
    assert_eq!(methods, ["POST", "POST", "POST", "POST", "DELETE", "DELETE"]);
}
