//! A folder on a server, asked of one that gives the answers it was told.

use std::fs::File;
use std::io::Write as _;

use super::super::net::answering::server;
use super::*;
use crate::config::Site;

fn lay(file: &std::path::Path, text: &str) {
    File::create(file).unwrap().write_all(text.as_bytes()).unwrap();
}

/// The place, where the environment holds `variables` and `~/.netrc` is `netrc`.
fn open(url: &str, variables: &[(&str, &str)], netrc: &str) -> Result<Webdav, PlaceError> {
    let (site, problems) = Site::parse(&format!("[publish.web]\nkind = \"webdav\"\nurl = \"{url}\""));
    assert!(problems.is_empty(), "{problems:?}");
    let home = tempfile::tempdir().unwrap();
    lay(&home.path().join(".netrc"), netrc);
    let variable =
        |name: &str| variables.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned());
    let target = site.unwrap().publish.remove(0);
    Webdav::with(&target, Machine { variable: &variable, home: Some(home.path()) })
}

fn at(address: &str) -> Webdav {
    let login = [("WEBDAV_USERNAME", "ann"), ("WEBDAV_PASSWORD", "s3cret")];
    open(&format!("http://{address}/dav"), &login, "").unwrap()
}

/// An answer to PROPFIND that tells of `/dav/` and what is below it; folders end in a slash.
fn list(paths: &[&str]) -> (u16, &'static str, String) {
    let response = |path: &&str| {
        let (kind, tag) =
            if path.is_empty() || path.ends_with('/') { ("<collection/>", "") } else { ("", "W/\"t\"") };
        format!(
            "<response><href>/dav/{path}</href><propstat><prop><resourcetype>{kind}</resourcetype>\
             <getcontentlength>5</getcontentlength><getetag>{tag}</getetag></prop>\
             <status>HTTP/1.1 200 OK</status></propstat></response>"
        )
    };
    let list: String = paths.iter().map(response).collect();
    (207, "", format!("<multistatus xmlns=\"DAV:\">{list}</multistatus>"))
}

fn plain(status: u16) -> (u16, &'static str, String) {
    (status, "", String::new())
}

/// What `work` does with a server that gives `answers`; the first lines of what it was asked.
fn asked<T>(
    answers: &[(u16, &'static str, String)],
    work: impl FnOnce(&mut Webdav) -> T,
) -> (T, Vec<String>) {
    let answers: Vec<_> =
        answers.iter().map(|(status, head, body)| (*status, *head, body.as_str())).collect();
    let (address, server) = server(&answers);
    let done = work(&mut at(&address));
    let requests = server.join().unwrap();
    let line = |request: &String| request.split(" HTTP/1.1").next().unwrap().to_owned();
    (done, requests.iter().map(line).collect())
}

fn outgoing(folder: &std::path::Path, path: &str) -> Outgoing {
    let file = folder.join("file");
    lay(&file, "Hello");
    let digest = String::new();
    Outgoing { path: path.into(), file, size: 5, digest, content_type: "text/html", cache_control: "" }
}

#[test]
fn a_login_comes_from_the_environment_then_from_netrc() {
    let login = |variables: &[(&str, &str)], netrc: &str| {
        open("https://dav.example:8443/site", variables, netrc).map(|place| place.login)
    };
    let netrc = "machine dav.example login ann password s3cret";
    let found = |user: &str, password: &str| Ok(Some((user.to_owned(), password.to_owned())));
    assert_eq!(login(&[("WEBDAV_USERNAME", "bo"), ("WEBDAV_PASSWORD", "x")], netrc), found("bo", "x"));
    assert_eq!(login(&[], netrc), found("ann", "s3cret"));
    assert_eq!(login(&[], "machine other login ann password s3cret"), Ok(None));
    let half = login(&[("WEBDAV_PASSWORD", "s3cret")], "").unwrap_err().to_string();
    assert_eq!(half, "cannot log in to dav.example:8443: WEBDAV_PASSWORD is set and WEBDAV_USERNAME is not");
}

#[test]
fn a_password_goes_only_where_nobody_can_read_it() {
    let login = [("WEBDAV_USERNAME", "ann"), ("WEBDAV_PASSWORD", "s3cret")];
    assert_eq!(
        open("http://dav.example/site", &login, "").err().unwrap().to_string(),
        "cannot log in to dav.example: the address begins with http://, so everybody on the way could read the \
         password\n  write it with https://"
    );
    assert!(open("http://dav.example/site", &[], "").is_ok());
    assert!(open("http://localhost/site", &login, "").is_ok());
}

#[test]
fn folders_are_walked_and_halves_left_out() {
    let (there, requests) = asked(
        &[list(&["", "a.html", "b%20b/", ".dateline-half-x"]), list(&["b%20b/", "b%20b/%C3%BC.html"])],
        |place| (place.list().unwrap(), place.halves.clone(), place.folders.clone()),
    );
    let (there, halves, folders) = there;
    let there: Vec<_> =
        there.into_iter().map(|(path, there)| (path, there.size, there.tag.unwrap())).collect();
    assert_eq!(there, [("a.html".into(), 5, "t".to_owned()), ("b b/ü.html".into(), 5, "t".to_owned())]);
    assert_eq!(halves, [".dateline-half-x"]);
    assert_eq!(folders.into_iter().collect::<Vec<_>>(), ["", "b b/"]);
    assert_eq!(requests, ["PROPFIND /dav/", "PROPFIND /dav/b%20b/"]);
}

#[test]
fn a_list_that_cannot_be_trusted_is_none() {
    let told = |answers: &[(u16, &'static str, String)]| asked(answers, Webdav::list).0.map_err(|e| e.reason);
    assert_eq!(told(&[plain(404)]), Ok(BTreeMap::new()));
    assert_eq!(
        told(&[list(&["../other/", "../other/a"])]),
        Err("the answer is about another address".into())
    );
    assert_eq!(told(&[list(&["a.html"])]), Err("the answer is about another address".into()));
    let page = (200, "", "<html>Log in</html>".to_owned());
    assert!(told(&[page]).unwrap_err().ends_with(" does not speak WebDAV there"));
    let half = (207, "", "<multistatus xmlns=\"DAV:\"><response>".to_owned());
    assert_eq!(told(&[half]), Err("the answer is damaged: it has no end".into()));
    assert!(told(&[plain(503), plain(503), plain(503)]).unwrap_err().ends_with(" is busy (503)"));
    assert_eq!(told(&[plain(503), list(&[""])]), Ok(BTreeMap::new()));
}

#[test]
fn a_file_is_moved_into_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = outgoing(folder.path(), "a/b c.html");
    let mut told = Vec::new();
    let (done, requests) =
        asked(&[plain(405), plain(201), plain(201), plain(204), list(&["a/b%20c.html"])], |place| {
            place.put(std::slice::from_ref(&file), &mut |file, tag| told.push((file.path.clone(), tag)))
        });
    done.unwrap();
    assert_eq!(told, [("a/b c.html".to_owned(), Some("t".to_owned()))]);
    assert_eq!(
        requests,
        [
            "MKCOL /dav/",
            "MKCOL /dav/a/",
            "PUT /dav/a/.dateline-half-b%20c.html",
            "MOVE /dav/a/.dateline-half-b%20c.html",
            "PROPFIND /dav/a/b%20c.html",
        ]
    );
}

#[test]
fn where_nothing_can_be_moved_files_are_put_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let files = [outgoing(folder.path(), "a"), outgoing(folder.path(), "b")];
    let (done, requests) = asked(
        &[plain(405), plain(201), plain(501), plain(204), plain(201), list(&["a"]), plain(201), list(&["b"])],
        |place| {
            place.put(&files[..1], &mut |_, _| ())?;
            place.put(&files[1..], &mut |_, _| ())
        },
    );
    done.unwrap();
    let half = "/dav/.dateline-half-a";
    let lines = [
        "MKCOL /dav/".to_owned(),
        format!("PUT {half}"),
        format!("MOVE {half}"),
        format!("DELETE {half}"),
        "PUT /dav/a".to_owned(),
        "PROPFIND /dav/a".to_owned(),
        "PUT /dav/b".to_owned(),
        "PROPFIND /dav/b".to_owned(),
    ];
    assert_eq!(requests, lines);
}

#[test]
fn a_folder_is_deleted_only_where_the_server_says_that_it_is_empty() {
    let delete = |then: &[(u16, &'static str, String)]| {
        let answers = [&[list(&["", "a/"]), list(&["a/", "a/x"]), plain(204)], then].concat();
        let (done, requests) = asked(&answers, |place| {
            place.list()?;
            place.delete(&["a/x".to_owned()])
        });
        done.unwrap();
        requests[2..].to_vec()
    };
    let looked = ["DELETE /dav/a/x", "PROPFIND /dav/a/"];
    assert_eq!(delete(&[list(&["a/"]), plain(204)]), [&looked[..], &["DELETE /dav/a/"]].concat());
    for full in [
        &["a/", "a/new"][..],
        &["a/", "a/b%2Fc"],
        &["a/", "a/sub/"],
        &["a/", "elsewhere"],
        &["b/"],
        &["a"],
        &[],
    ] {
        assert_eq!(delete(&[list(full)]), looked, "{full:?}");
    }
    assert_eq!(delete(&[plain(404)]), looked);
    assert_eq!(delete(&[(207, "", String::new())]), looked);
}

#[test]
fn nothing_is_asked_of_a_folder_that_is_known_to_be_full() {
    let answers = [list(&["", "a/"]), list(&["a/", "a/x", "a/y"]), plain(204)];
    let (done, requests) = asked(&answers, |place| {
        place.list()?;
        place.delete(&["a/x".to_owned()])
    });
    done.unwrap();
    assert_eq!(requests[2..], ["DELETE /dav/a/x"]);
}

#[test]
fn a_folder_with_the_name_of_a_file_is_neither_replaced_nor_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let file = outgoing(folder.path(), "a");
    let (told, _) = asked(&[list(&["", "a/"]), list(&["a/", "a/x"])], |place| {
        place.list().unwrap();
        let put = place.put(std::slice::from_ref(&file), &mut |_, _| ()).unwrap_err();
        (put.to_string(), place.delete(&["a".to_owned()]).unwrap_err().reason)
    });
    let (put, delete) = told;
    assert_eq!(
        put,
        "cannot write a: a folder has that name\n  move the folder away; Dateline deletes no folder that holds \
         something"
    );
    assert_eq!(delete, "a folder has that name");
}

#[test]
fn what_a_broken_run_left_is_swept_away() {
    let (done, requests) = asked(&[list(&["", ".dateline-half-a", "b"]), plain(204), plain(404)], |place| {
        place.list()?;
        place.delete(&["b".to_owned()])
    });
    done.unwrap();
    assert_eq!(requests[1..], ["DELETE /dav/.dateline-half-a", "DELETE /dav/b"]);
}

#[test]
fn a_refusal_is_told_without_the_password() {
    let read = |answers: &[(u16, &'static str, String)]| {
        let (read, _) = asked(answers, |place| place.read("a"));
        read.map_err(|error| {
            let told = error.to_string();
            assert!(!told.contains("s3cret") && !told.contains("ann:"), "{told}");
            error.reason.split_once(' ').unwrap().1.to_owned()
        })
    };
    assert_eq!(read(&[(200, "", "Hello".into())]), Ok(Some(b"Hello".to_vec())));
    assert_eq!(read(&[plain(404)]), Ok(None));
    assert_eq!(read(&[plain(401)]), Err("does not take the user name and the password".into()));
    let moved = (301, "Location: https://ann:s3cret@new.example/dav/?s3cret\r\n", String::new());
    assert_eq!(read(&[moved]), Err("sends us on to https://new.example/dav/".into()));
    let digest = (401, "WWW-Authenticate: Digest realm=\"x\"\r\n", String::new());
    assert_eq!(read(&[digest]), Err("wants a login in a way that Dateline does not know".into()));
}
