//! The preview, asked as a browser asks.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::support::{DAY, SiteTest};

/// A running preview; it ends with the test.
struct Preview {
    child: Child,
    address: String,
    path: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn of(site: &SiteTest, arguments: &[&str]) -> Self {
        let mut command = site.command(&[&["serve", "--as-of", DAY], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
        let rest = url.strip_prefix("http://").unwrap();
        let (address, path) = rest.split_once('/').unwrap();
        Self { child, address: address.to_owned(), path: format!("/{path}") }
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The answer to a GET with another header.
    fn get_with(&self, path: &str, header: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{header}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask("GET", path, &self.address)
    }

    /// Waits until the answer to `path` holds `words`.
    fn until(&self, path: &str, words: &str) -> String {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if answer.contains(words) {
                return answer;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "no `{words}` at {path}:\n{answer}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn status(answer: &str) -> &str {
    answer.split_whitespace().nth(1).unwrap_or_default()
}

#[test]
fn pages_come_with_their_types_and_the_sites_own_404() {
    let site = SiteTest::new().good();
    let preview = Preview::of(&site, &[]);
    let home = preview.get("/");
    assert_eq!(status(&home), "200");
    assert!(home.contains("content-type: text/html; charset=utf-8"), "{home}");
    assert!(home.contains("Headline of good"));
    assert!(home.contains("/_dateline/preview.js"), "the preview's script");
    assert!(preview.get("/atom.xml").contains("content-type: application/atom+xml"));
    assert!(preview.get("/search/index.txt?h=1").contains("dateline-search 1\t"));
    let lost = preview.get("/no/such/page/");
    assert_eq!(status(&lost), "404");
    assert!(lost.contains("<html"), "{lost}");
    let slash = preview.get("/briefs/good");
    assert_eq!(status(&slash), "307");
    assert!(slash.contains("location: /briefs/good/"), "{slash}");
    assert_eq!(status(&preview.get("/../Cargo.toml")), "404");
    assert_eq!(status(&preview.get("/%2e%2e/dateline.toml")), "404");
    assert!(!site.root().join("public").exists(), "a preview writes nothing");
}

#[test]
fn only_this_machine_is_answered_and_nothing_is_taken() {
    let site = SiteTest::new().good();
    let preview = Preview::of(&site, &[]);
    assert_eq!(status(&preview.ask("GET", "/", "evil.example")), "403");
    assert_eq!(status(&preview.ask("GET", "/", "localhost")), "200");
    assert_eq!(status(&preview.ask("GET", "/", "[::1]:1111")), "200");
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = preview.ask(method, "/", &preview.address);
        assert_eq!(status(&answer), "405", "{method}");
        assert!(answer.contains("allow: GET, HEAD"), "{answer}");
    }
    let head = preview.ask("HEAD", "/", &preview.address);
    assert_eq!(status(&head), "200");
    assert!(head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn the_real_base_path_holds() {
    let site = SiteTest::new().good();
    let preview = Preview::of(&site, &["--base-url", "https://a.example/news/"]);
    assert_eq!(preview.path, "/news/");
    let root = preview.get("/");
    assert_eq!(status(&root), "307");
    assert!(root.contains("location: /news/"), "{root}");
    let home = preview.get("/news/");
    assert!(home.contains("\"/news/briefs/good/\"") && home.contains("/news/_dateline/preview.js"), "{home}");
    assert!(
        home.contains(&format!("http://{}/news/", preview.address)),
        "canonical addresses are the preview's"
    );
    assert_eq!(status(&preview.get("/briefs/good/")), "404");
}

#[test]
fn a_change_is_shown_and_told() {
    let site = SiteTest::new().good();
    let preview = Preview::of(&site, &[]);
    let mut events = TcpStream::connect(&preview.address).unwrap();
    events.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    write!(events, "GET /_dateline/events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).unwrap();
    let mut events = BufReader::new(events).lines().map_while(Result::ok);
    assert!(events.any(|line| line == "content-type: text/event-stream"));
    assert!(events.any(|line| line == "event: change"), "the number that holds");
    site.write(
        "content/good.md",
        "+++\ntitle = \"Another headline\"\ndate = 2025-12-06\n+++\n\nOSLO - Rain, \"no more,\" Ada Moreno said.\n",
    );
    assert!(events.any(|line| line == "event: change"), "the next one");
    preview.until("/briefs/good/", "Another headline");
    site.write(
        "content/second.md",
        "+++\ntitle = \"A second one\"\ndate = 2025-12-06\n+++\n\nOSLO - Rain.\n",
    );
    preview.until("/", "A second one");
}

#[test]
fn notes_of_an_editor_are_followed() {
    let site = SiteTest::new().good();
    let preview = Preview::of(&site, &[]);
    let note = "[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"Vera Holm\"\n";
    site.write("content/good.notes.toml", note);
    preview.until("/briefs/good/", "Vera Holm");
    site.write("content/good.notes.toml", "");
    preview.until("/speakers/", "Ada Moreno");
    assert_eq!(status(&preview.get("/good.notes.toml")), "404");
}

#[test]
fn a_template_that_breaks_keeps_the_last_site_and_says_why() {
    let site = SiteTest::new().good();
    let preview = Preview::of(&site, &[]);
    // There was no folder of templates before.
    site.write("templates/404.html", "<p>{{ nothing_of_that_name }</p>");
    let told = preview.until("/_dateline/state.json", "\"T001\"");
    assert!(told.contains("\"path\":\"templates/404.html\",\"line\":1,\"column\":28"), "{told}");
    assert!(preview.get("/").contains("Headline of good"));
    site.write("templates/404.html", "<!doctype html><title>Lost</title><p>Mended.</p>");
    preview.until("/nowhere/", "Mended.");
    assert!(!preview.get("/_dateline/state.json").contains("T001"));
}

#[test]
fn pages_that_nobody_looks_at_are_tried_too() {
    let site = SiteTest::new().good();
    let preview = Preview::of(&site, &[]);
    site.write("templates/speaker.html", "<p>{{ page.no.such.thing }}</p>");
    preview.until("/_dateline/state.json", "\"path\":\"templates/speaker.html\"");
    assert!(preview.get("/speakers/ada-moreno/").contains("The bridge is open"), "drawn as it last was");
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let draft = "+++\ntitle = \"Not yet\"\ndate = 2025-12-06\ndraft = true\n+++\n\nOSLO - Rain.\n";
    let site = SiteTest::new().good().file("content/draft.md", draft);
    assert_eq!(status(&Preview::of(&site, &[]).get("/briefs/draft/")), "404");
    assert_eq!(status(&Preview::of(&site, &["--drafts"]).get("/briefs/draft/")), "200");
}

#[test]
fn to_disk_writes_what_build_writes() {
    let site = SiteTest::new().good();
    let preview = Preview::of(&site, &["--to-disk"]);
    preview.until("/", "Headline of good");
    let _ = site.run(&["build", "--as-of", DAY, "--output", "built"]).expect_ok();
    let written =
        |site: &SiteTest| site.root().join("public").is_dir() && site.tree("public") == site.tree("built");
    let start = Instant::now();
    while !written(&site) {
        assert!(start.elapsed() < Duration::from_secs(30), "another site is written");
        std::thread::sleep(Duration::from_millis(50));
    }
    site.write(
        "content/second.md",
        "+++\ntitle = \"A second one\"\ndate = 2025-12-06\n+++\n\nOSLO - Rain.\n",
    );
    let start = Instant::now();
    while !site.root().join("public/briefs/second/index.html").exists() {
        assert!(start.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn parts_of_files_and_what_a_browser_has() {
    let site = SiteTest::new().good().file("static/sound.mp3", "0123456789");
    let preview = Preview::of(&site, &[]);
    let whole = preview.get("/sound.mp3");
    assert!(whole.contains("accept-ranges: bytes") && whole.contains("cache-control: no-cache"), "{whole}");
    let tag = whole.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned();
    for (header, expected, range, body) in [
        ("Range: bytes=2-4", "206", "content-range: bytes 2-4/10", "234"),
        ("Range: bytes=-3", "206", "content-range: bytes 7-9/10", "789"),
        ("Range: bytes=10-", "416", "content-range: bytes */10", ""),
        ("Range: bytes=0-1,4-5", "200", "", "0123456789"),
        (&format!("Range: bytes=2-4\r\nIf-Range: {tag}"), "206", "", "234"),
        ("Range: bytes=2-4\r\nIf-Range: \"another\"", "200", "", "0123456789"),
    ] {
        let answer = preview.get_with("/sound.mp3", header);
        assert_eq!(status(&answer), expected, "{header}");
        assert!(answer.contains(range), "{header}: {answer}");
        assert!(expected == "416" || answer.ends_with(&format!("\r\n\r\n{body}")), "{header}: {answer}");
    }
    for header in [format!("If-None-Match: {tag}"), format!("If-None-Match: \"x\", W/{tag}")] {
        let answer = preview.get_with("/sound.mp3", &header);
        assert_eq!(status(&answer), "304", "{header}");
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    }
    site.write("static/sound.mp3", "9876543210");
    preview.until("/sound.mp3", "9876543210");
    assert_eq!(status(&preview.get_with("/sound.mp3", &format!("If-None-Match: {tag}"))), "200");
}

#[test]
fn pictures_beside_a_brief_are_served_where_the_page_shows_them() {
    let head = "+++\ntitle = \"A picture\"\ndate = 2025-12-06\n";
    let body = "+++\n\nOSLO - Rain.\n\n![A cat](cat.jpg)\n";
    let site = SiteTest::new()
        .file("content/trip/a.md", format!("{head}{body}"))
        .file("content/trip/cat.jpg", "miaow");
    let site = site.file("content/trip/dog.jpg", "woof");
    let preview = Preview::of(&site, &[]);
    assert!(preview.get("/trip/cat.jpg").ends_with("miaow"));
    assert_eq!(status(&preview.get("/trip/dog.jpg")), "404");
    site.write("content/trip/a.md", format!("{head}show = \"quotes\"\n{body}"));
    preview.until("/briefs/a/", "A picture");
    let start = Instant::now();
    while status(&preview.get("/trip/cat.jpg")) != "404" {
        assert!(start.elapsed() < Duration::from_secs(30), "the picture is held back");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn another_host_is_answered_where_it_is_asked_for() {
    let site = SiteTest::new().good();
    let preview = Preview::of(&site, &["--host", "0.0.0.0"]);
    assert!(preview.address.starts_with("127.0.0.1:"));
    assert_eq!(status(&preview.ask("GET", "/", "192.168.7.7:1111")), "200");
    assert_eq!(status(&preview.ask("GET", "/", "evil.example")), "403");
    let _ = site.run(&["serve", "--host", "a b"]).expect_code(2);
}

#[test]
fn a_port_that_is_taken_is_said() {
    let site = SiteTest::new().good();
    let held = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = held.local_addr().unwrap().port().to_string();
    let _ = site.run(&["serve", "--port", &port]).expect_code(2).stderr_is(&format!(
        "dateline: port {port} is taken; give another with --port, or none to get the next free one\n"
    ));
}
