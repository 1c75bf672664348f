//! What the host of a published site wants beside the pages.
//!
//! Entry points: [`Hosting`], which a target of dateline.toml gives, and [`Hosted`], the sink through
//! which a site for it is drawn. GitHub Pages knows no headers and no redirects, so the pages carry
//! their policy and former addresses are stubs wherever the site stands; the other hosts get the
//! same a second time, in the form of their own that browsers see earlier.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use serde_json::json;

use crate::config::{BaseUrl, Host, Target};
use crate::output::{FOREVER, OutputError, Sink, SitePath};

/// How the files of a site are served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosting {
    /// By whom.
    pub host: Host,
    /// The domain that the site has to itself there.
    pub domain: Option<String>,
    /// Whether `.gz` and `.br` go along.
    pub compress: bool,
}

impl From<&Target> for Hosting {
    fn from(target: &Target) -> Self {
        Self { host: target.host, domain: target.domain.clone(), compress: target.compress }
    }
}

/// How much of [GitLab's `_redirects`](https://docs.gitlab.com/user/project/pages/redirects/) is
/// read: with more than this in it, none of it is.
const GITLAB_RULES: usize = 1_000;
const GITLAB_BYTES: usize = 64 * 1_024;
/// How many static rules [Cloudflare](https://developers.cloudflare.com/pages/configuration/redirects/) reads.
const CLOUDFLARE_RULES: usize = 2_000;
/// Files below this many bytes are sent as they are: a header of `gzip` would eat what is gained.
const WORTH: usize = 512;

/// A sink that lets host files and compressed twins go along with what is drawn.
pub(super) struct Hosted<'s> {
    sink: &'s dyn Sink,
    hosting: &'s Hosting,
    seen: Mutex<Seen>,
}

/// What has gone by.
#[derive(Default)]
struct Seen {
    paths: BTreeSet<SitePath>,
    /// The content security policy that the front page carries.
    policy: Option<String>,
}

impl<'s> Hosted<'s> {
    pub(super) fn new(sink: &'s dyn Sink, hosting: &'s Hosting) -> Self {
        Self { sink, hosting, seen: Mutex::default() }
    }

    /// Puts the host's own files, once everything else is there. What the site's static/ holds
    /// under the same name stays: it is the editor's word.
    pub(super) fn finish(
        self,
        base: &BaseUrl,
        redirects: &[(String, String)],
        named: &[String],
    ) -> Result<(), OutputError> {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let files = Files { hosting: self.hosting, base, redirects, named, policy: seen.policy.as_deref() };
        for (name, content) in files.all() {
            let path = SitePath::new(name).expect("host files have plain names");
            if !seen.paths.contains(&path) {
                self.sink.put(&path, content.as_bytes())?;
            }
        }
        Ok(())
    }
}

impl Sink for Hosted<'_> {
    fn put(&self, path: &SitePath, content: &[u8]) -> Result<(), OutputError> {
        self.sink.put(path, content)?;
        if self.hosting.compress && is_worth_compressing(path.as_str(), content) {
            for (extension, twin) in [("gz", gzip(content)), ("br", brotli(content))] {
                let twin_path = SitePath::new(&format!("{path}.{extension}"));
                self.sink.put(&twin_path.expect("a path with an extension"), &twin)?;
            }
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.paths.insert(path.clone());
        if path.as_str() == "index.html" {
            seen.policy = policy(content);
        }
        Ok(())
    }
}

/// Whether a browser gains from a compressed twin.
fn is_worth_compressing(path: &str, content: &[u8]) -> bool {
    let text = ["html", "css", "js", "mjs", "json", "jsonld", "xml", "txt", "svg", "webmanifest"];
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    content.len() >= WORTH && text.contains(&extension)
}

/// The same bytes for the same content: the header holds no time and no name.
fn gzip(content: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(content).expect("memory takes everything");
    out.finish().expect("memory takes everything")
}

fn brotli(content: &[u8]) -> Vec<u8> {
    /// Of 11: what comes above costs ten times as long for a few percent.
    const QUALITY: u32 = 9;
    /// The widest window that every browser takes, as a power of two.
    const WINDOW: u32 = 22;
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 4_096, QUALITY, WINDOW);
    writer.write_all(content).expect("memory takes everything");
    drop(writer);
    out
}

/// The content security policy in the head of a page.
fn policy(page: &[u8]) -> Option<String> {
    let page = str::from_utf8(page).ok()?;
    let (_, after) = page.split_once("http-equiv=\"Content-Security-Policy\" content=\"")?;
    Some(after.split_once('"')?.0.replace("&#39;", "'").replace("&quot;", "\""))
}

/// What the host's files are made of.
struct Files<'f> {
    hosting: &'f Hosting,
    base: &'f BaseUrl,
    /// Former addresses and where they lead, as site paths.
    redirects: &'f [(String, String)],
    /// The files whose names hold their digest.
    named: &'f [String],
    policy: Option<&'f str>,
}

impl Files<'_> {
    fn all(&self) -> Vec<(&'static str, String)> {
        let domain = self.hosting.domain.as_ref().map(|domain| ("CNAME", format!("{domain}\n")));
        match self.hosting.host {
            Host::GithubPages => {
                // Without it GitHub's own generator leaves out every name that begins with `_`.
                [(".nojekyll", String::new())].into_iter().chain(domain).collect()
            }
            Host::GitlabPages => {
                let rules = self.rules("301");
                let read = self.redirects.len() <= GITLAB_RULES && rules.len() <= GITLAB_BYTES;
                Some(rules)
                    .filter(|rules| read && !rules.is_empty())
                    .map(|r| ("_redirects", r))
                    .into_iter()
                    .collect()
            }
            // The stub of a former address lies there as a file; `!` lets the rule win over it.
            Host::Netlify => vec![("_headers", self.headers()), ("_redirects", self.rules("301!"))],
            Host::CloudflarePages => {
                let rules =
                    if self.redirects.len() <= CLOUDFLARE_RULES { self.rules("301") } else { String::new() };
                vec![("_headers", self.headers()), ("_redirects", rules)]
            }
            Host::AzureStaticWebApps => vec![("staticwebapp.config.json", self.azure())],
            Host::Plain => Vec::new(),
        }
    }

    /// One line a former address, as Netlify, Cloudflare and GitLab read it.
    fn rules(&self, status: &str) -> String {
        self.redirects.iter().fold(String::new(), |mut rules, (from, to)| {
            let _ = writeln!(rules, "{} {} {status}", self.address(from), self.address(to));
            rules
        })
    }

    /// An address without the host, as a rule can hold it.
    fn address(&self, site_path: &str) -> String {
        self.base.local(site_path).replace('%', "%25").replace(' ', "%20")
    }

    /// What every answer says, in the order of their names.
    fn common(&self) -> BTreeMap<&'static str, String> {
        let mut headers: BTreeMap<&str, String> = BTreeMap::new();
        headers.insert("X-Content-Type-Options", "nosniff".into());
        headers.insert("Referrer-Policy", "strict-origin-when-cross-origin".into());
        if let Some(policy) = self.policy {
            // What a page cannot say of itself in its own head.
            headers.insert("Content-Security-Policy", format!("{policy}; frame-ancestors 'none'"));
        }
        headers
    }

    /// `_headers`. No rule for all files says how long they may be kept: Cloudflare joins the
    /// values of all rules that fit, and both hosts let browsers ask again by themselves.
    fn headers(&self) -> String {
        let mut text = format!("{}*\n", self.base.local("/"));
        for (name, value) in self.common() {
            let _ = writeln!(text, "  {name}: {value}");
        }
        for path in self.named {
            let _ = writeln!(text, "{}\n  Cache-Control: {FOREVER}", self.address(&format!("/{path}")));
        }
        text
    }

    /// [`staticwebapp.config.json`](https://learn.microsoft.com/azure/static-web-apps/configuration).
    fn azure(&self) -> String {
        let redirects = self.redirects.iter().map(|(from, to)| {
            json!({ "route": self.address(from), "redirect": self.address(to), "statusCode": 301 })
        });
        let named = self.named.iter().map(|path| {
            json!({ "route": self.address(&format!("/{path}")), "headers": { "Cache-Control": FOREVER } })
        });
        let config = json!({
            "routes": named.chain(redirects).collect::<Vec<_>>(),
            "responseOverrides": { "404": { "rewrite": "/404.html" } },
            "globalHeaders": self.common(),
            "mimeTypes": { ".jsonld": "application/ld+json" },
        });
        serde_json::to_string_pretty(&config).expect("strings always serialise") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::memory;

    fn drawn(host: Host, compress: bool) -> BTreeMap<String, String> {
        let hosting = Hosting { host, domain: Some("briefs.example".into()), compress };
        let memory = memory::Output::new();
        let hosted = Hosted::new(&memory, &hosting);
        let page = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">";
        for (path, content) in [("index.html", page), ("404.html", ""), ("robots.txt", "")] {
            hosted.put(&SitePath::new(path).unwrap(), content.as_bytes()).unwrap();
        }
        let base = BaseUrl::parse("https://briefs.example/news/").unwrap();
        let redirects = [("/speakers/a b/".to_owned(), "/speakers/c/".to_owned())];
        hosted.finish(&base, &redirects, &["site.1a2b3c4d.css".into()]).unwrap();
        let files = memory.into_files().into_iter();
        files
            .filter(|(path, _)| !path.as_str().ends_with(".html") && path.as_str() != "robots.txt")
            .map(|(path, file)| (path.to_string(), String::from_utf8_lossy(&file.content).into_owned()))
            .collect()
    }

    #[test]
    fn each_host_gets_its_own_files() {
        let names = |host| drawn(host, false).into_keys().collect::<Vec<_>>();
        assert_eq!(names(Host::GithubPages), [".nojekyll", "CNAME"]);
        assert_eq!(names(Host::GitlabPages), ["_redirects"]);
        assert_eq!(names(Host::Netlify), ["_headers", "_redirects"]);
        assert_eq!(names(Host::Plain), [""; 0]);
        assert_eq!(
            drawn(Host::Netlify, false)["_redirects"],
            "/news/speakers/a%20b/ /news/speakers/c/ 301!\n"
        );
        assert_eq!(
            drawn(Host::CloudflarePages, false)["_headers"],
            "/news/*\n\
             \x20 Content-Security-Policy: default-src 'self'; frame-ancestors 'none'\n\
             \x20 Referrer-Policy: strict-origin-when-cross-origin\n\
             \x20 X-Content-Type-Options: nosniff\n\
             /news/site.1a2b3c4d.css\n\
             \x20 Cache-Control: public, max-age=31536000, immutable\n"
        );
        let azure: serde_json::Value =
            serde_json::from_str(&drawn(Host::AzureStaticWebApps, false)["staticwebapp.config.json"])
                .unwrap();
        assert_eq!(azure["routes"][0]["route"], "/news/site.1a2b3c4d.css");
        assert_eq!(azure["routes"][1]["redirect"], "/news/speakers/c/");
        assert_eq!(azure["responseOverrides"]["404"]["rewrite"], "/404.html");
    }

    #[test]
    fn the_sites_own_file_stays() {
        let hosting = Hosting { host: Host::GithubPages, domain: Some("a.example".into()), compress: false };
        let memory = memory::Output::new();
        let hosted = Hosted::new(&memory, &hosting);
        let path = SitePath::new("CNAME").unwrap();
        hosted.put(&path, b"own.example").unwrap();
        hosted.finish(&BaseUrl::parse("https://a.example/").unwrap(), &[], &[]).unwrap();
        assert_eq!(&*memory.into_files()[&path].content, b"own.example");
    }

    #[test]
    fn both_twins_or_neither() {
        use std::io::Read as _;
        let hosting = Hosting { host: Host::Plain, domain: None, compress: true };
        let memory = memory::Output::new();
        let hosted = Hosted::new(&memory, &hosting);
        let long = "words and words ".repeat(100);
        for (path, content) in [("a.html", long.as_str()), ("b.html", "few words"), ("c.png", long.as_str())]
        {
            hosted.put(&SitePath::new(path).unwrap(), content.as_bytes()).unwrap();
        }
        let files = memory.into_files();
        let names: Vec<&str> = files.keys().map(SitePath::as_str).collect();
        assert_eq!(names, ["a.html", "a.html.br", "a.html.gz", "b.html", "c.png"]);
        let content = |name: &str| files[&SitePath::new(name).unwrap()].content.clone();
        let mut plain = String::new();
        flate2::read::GzDecoder::new(&*content("a.html.gz")).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, long);
        plain.clear();
        brotli::Decompressor::new(&*content("a.html.br"), 4_096).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, long);
    }

    #[test]
    fn more_rules_than_a_host_reads_are_left_to_the_stubs() {
        let many: Vec<(String, String)> = (0..1_001).map(|n| (format!("/a{n}/"), "/b/".into())).collect();
        let base = BaseUrl::parse("https://a.example/").unwrap();
        let files = |host| {
            let hosting = Hosting { host, domain: None, compress: false };
            Files { hosting: &hosting, base: &base, redirects: &many, named: &[], policy: None }.all()
        };
        assert_eq!(files(Host::GitlabPages), []);
        assert_eq!(files(Host::Netlify)[1].1.lines().count(), 1_001);
    }
}
