//! [`Target`]: a place to publish to, as `[publish.NAME]` describes it.

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::BaseUrl;
use super::reader::{Reader, near, short};
use super::table::Table;
use crate::text::Span;

/// How a site is carried to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// A folder on this machine.
    Folder,
    /// `rsync` over SSH or to a daemon.
    Rsync,
    /// A branch of a Git repository.
    Git,
    /// A bucket that speaks S3.
    S3,
    /// A WebDAV server.
    Webdav,
}

/// The names of [`TargetKind`], in its order.
const KINDS: [&str; 5] = ["folder", "rsync", "git", "s3", "webdav"];

/// Who serves the files: each wants other files beside the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub Pages: `.nojekyll`, `CNAME`, stubs for former addresses.
    GithubPages,
    /// GitLab Pages: `_redirects`, compressed twins.
    GitlabPages,
    /// Netlify: `_headers`, `_redirects`.
    Netlify,
    /// Cloudflare Pages: `_headers`, `_redirects`.
    CloudflarePages,
    /// Azure Static Web Apps: `staticwebapp.config.json`.
    AzureStaticWebApps,
    /// A web server that serves the files as they are (nginx, Apache, a bucket).
    Plain,
}

/// The names of [`Host`], in its order.
const HOSTS: [&str; 6] =
    ["github-pages", "gitlab-pages", "netlify", "cloudflare-pages", "azure-static-web-apps", "plain"];

/// What a branch keeps of what was published before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum History {
    /// One commit a publish, after those before.
    #[default]
    Keep,
    /// One commit, for the newest publish alone.
    Squash,
}

/// One `[publish.NAME]` of dateline.toml.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The name after `publish.`.
    pub name: String,
    /// How.
    pub kind: TargetKind,
    /// Where: a folder, or an address in the form that the kind reads.
    pub to: String,
    /// The address under which readers find it, where that is not the site's `base_url`.
    pub base_url: Option<BaseUrl>,
    /// Who serves it.
    pub host: Host,
    /// The site's own domain, for the host's `CNAME`.
    pub domain: Option<String>,
    /// Whether `.gz` and `.br` go along with what is worth compressing.
    pub compress: bool,
    /// Files there that are never replaced nor deleted.
    pub keep: Keep,
    /// How many files one run may delete; `None` leaves it to the command.
    pub max_delete: Option<usize>,
    /// `folder`: whether `to` is a symbolic link that is switched to the new site in one step.
    pub switch: bool,
    /// `git`: the branch; `None` is the host's own (`gh-pages`).
    pub branch: Option<String>,
    /// `git`: what the branch keeps.
    pub history: History,
    /// `s3`: the region of the bucket; `None` leaves it to the environment and the profile.
    pub region: Option<String>,
    /// `s3`: the address of a server that is not Amazon's.
    pub endpoint: Option<String>,
}

/// Patterns of files at a target that belong to somebody else.
#[derive(Clone, Debug, Default)]
pub struct Keep {
    patterns: Vec<String>,
    set: GlobSet,
}

impl Keep {
    /// From patterns such as `stats/**`.
    ///
    /// # Errors
    /// The first pattern that is none, and why.
    pub fn new<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<Self, (String, String)> {
        let (mut set, mut kept) = (GlobSetBuilder::new(), Vec::new());
        for pattern in patterns {
            let glob = Glob::new(pattern.trim_start_matches('/'));
            set.add(glob.map_err(|error| (pattern.to_owned(), error.kind().to_string()))?);
            kept.push(pattern.to_owned());
        }
        let set = set.build().map_err(|error| (kept.join(", "), error.kind().to_string()))?;
        Ok(Self { patterns: kept, set })
    }

    /// Whether the file at `path`, below the target, is one of them.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        self.set.is_match(path)
    }
}

impl PartialEq for Keep {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

/// Keys that every kind reads.
const COMMON: [&str; 7] = ["kind", "base_url", "host", "domain", "compress", "keep", "max_delete"];

/// Keys of each kind, in the order of [`KINDS`].
const OWN: [&[&str]; 5] =
    [&["path", "switch"], &["url"], &["url", "branch", "history"], &["url", "region", "endpoint"], &["url"]];

impl Target {
    /// Reads one table; a mistake in it leaves the target out.
    pub(super) fn read(reader: &mut Reader<'_>, name: &str, place: Span, mut table: Table) -> Option<Self> {
        use TargetKind::{Folder, Git, Rsync, S3, Webdav};
        let before = reader.diagnostics.len();
        if name.is_empty()
            || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
            || name.starts_with('.')
        {
            let message = format!("`{}` is no name of a place to publish to", short(name));
            reader.bad(place, message, "write it with letters, digits, `-` and `_`: `[publish.web]`");
        }
        let kinds = [Folder, Rsync, Git, S3, Webdav];
        let Some(kind) = choice(reader, &mut table, "kind", &KINDS, "kind of publishing") else {
            if reader.diagnostics.len() == before {
                let hint = format!("add `kind`, {}", one_of(&KINDS));
                reader.bad(place, format!("`publish.{name}` has no kind"), hint);
            }
            return None;
        };
        let where_key = OWN[kind][0];
        let to = reader.text(&mut table, where_key).map(|to| to.value);
        if to.is_none() && reader.diagnostics.len() == before {
            let message = format!("`publish.{name}` does not say where");
            reader.bad(place, message, format!("add `{where_key} = \"…\"`"));
        }
        let owns = |key: &str| OWN[kind].contains(&key);
        let hosts = [
            Host::GithubPages,
            Host::GitlabPages,
            Host::Netlify,
            Host::CloudflarePages,
            Host::AzureStaticWebApps,
            Host::Plain,
        ];
        let owned = |key: &str, reader: &mut Reader<'_>, table: &mut Table| {
            owns(key).then(|| reader.text(table, key)).flatten().map(|text| text.value)
        };
        let target = Self {
            name: name.to_owned(),
            kind: kinds[kind],
            to: to.unwrap_or_default(),
            base_url: base_url(reader, &mut table),
            host: choice(reader, &mut table, "host", &HOSTS, "host").map_or(Host::Plain, |n| hosts[n]),
            domain: reader.text(&mut table, "domain").map(|d| d.value),
            compress: reader.flag(&mut table, "compress").unwrap_or_default(),
            keep: keep(reader, &mut table),
            max_delete: reader.count(&mut table, "max_delete", 0),
            switch: owns("switch") && reader.flag(&mut table, "switch").unwrap_or_default(),
            branch: owned("branch", reader, &mut table),
            history: Some("history")
                .filter(|key| owns(key))
                .and_then(|key| choice(reader, &mut table, key, &["keep", "squash"], "way with history"))
                .map_or(History::Keep, |n| [History::Keep, History::Squash][n]),
            region: owned("region", reader, &mut table),
            endpoint: owned("endpoint", reader, &mut table),
        };
        let errors = reader.diagnostics.len() > before;
        let known: Vec<&str> = COMMON.iter().chain(OWN[kind]).copied().collect();
        reader.finish(&table, &known, &[("dir", "path"), ("bucket", "url"), ("baseURL", "base_url")]);
        (!errors).then_some(target)
    }
}

/// The place of a word in `words`; a word that is none of them is told of as no `what`.
fn choice(
    reader: &mut Reader<'_>,
    table: &mut Table,
    key: &str,
    words: &[&str],
    what: &str,
) -> Option<usize> {
    let found = reader.text(table, key)?;
    let at = words.iter().position(|word| *word == found.value);
    if at.is_none() {
        let hint = near(&found.value, words)
            .map_or_else(|| format!("write {}", one_of(words)), |near| format!("did you mean `{near}`?"));
        reader.bad(found.place, format!("`{}` is no {what}", short(&found.value)), hint);
    }
    at
}

/// `one of "a", "b"`.
fn one_of(words: &[&str]) -> String {
    format!("one of \"{}\"", words.join("\", \""))
}

fn base_url(reader: &mut Reader<'_>, table: &mut Table) -> Option<BaseUrl> {
    let found = reader.text(table, "base_url")?;
    match BaseUrl::parse(&found.value) {
        Ok(url) => Some(url),
        Err(error) => {
            reader.bad(found.place, error, "write it as `https://example.org/news/`");
            None
        }
    }
}

fn keep(reader: &mut Reader<'_>, table: &mut Table) -> Keep {
    let patterns = reader.texts(table, "keep");
    match Keep::new(patterns.iter().map(|pattern| pattern.value.as_str())) {
        Ok(keep) => keep,
        Err((pattern, why)) => {
            let place = patterns.iter().find(|p| p.value == pattern).map(|p| p.place);
            let message = format!("`{}` is no pattern of files: {why}", short(&pattern));
            reader.bad(place.unwrap_or_default(), message, "write it as `stats/**` or `*.pdf`");
            Keep::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Site;

    fn read(table: &str) -> (Vec<Target>, Vec<String>) {
        let (site, diagnostics) = Site::parse(&format!("[publish.web]\n{table}"));
        (site.unwrap().publish, diagnostics.iter().map(|d| d.message.clone()).collect())
    }

    #[test]
    fn each_kind_reads_its_own_keys() {
        let (targets, problems) = read(
            "kind = \"git\"\nurl = \"../site.git\"\nbranch = \"pages\"\nhistory = \"squash\"\n\
             host = \"github-pages\"\ndomain = \"briefs.example\"\nbase_url = \"https://briefs.example/\"\n\
             keep = [\"stats/**\"]\nmax_delete = 9",
        );
        assert_eq!(problems, [""; 0]);
        let target = &targets[0];
        assert_eq!(
            (target.kind, target.host, target.history),
            (TargetKind::Git, Host::GithubPages, History::Squash)
        );
        assert_eq!((target.to.as_str(), target.branch.as_deref()), ("../site.git", Some("pages")));
        assert_eq!(target.base_url.as_ref().unwrap().path(), "/");
        assert!(target.keep.holds("stats/2025/a.html") && !target.keep.holds("index.html"));
        assert_eq!(target.max_delete, Some(9));
    }

    #[test]
    fn a_key_of_another_kind_is_named() {
        let (targets, problems) = read("kind = \"folder\"\npath = \"/srv/site\"\nbranch = \"pages\"");
        assert_eq!((targets.len(), problems), (1, vec!["unknown key `branch`".to_owned()]));
    }

    #[test]
    fn a_name_is_a_word() {
        let (site, diagnostics) = Site::parse("[publish.\"../up\"]\nkind = \"folder\"\npath = \"x\"");
        assert_eq!(site.unwrap().publish, []);
        assert_eq!(diagnostics[0].message, "`../up` is no name of a place to publish to");
    }

    #[test]
    fn a_mistake_leaves_the_target_out() {
        for (table, message) in [
            ("kind = \"ftp\"", "`ftp` is no kind of publishing"),
            ("path = \"x\"", "`publish.web` has no kind"),
            ("kind = \"s3\"", "`publish.web` does not say where"),
            ("kind = \"folder\"\npath = \"x\"\nhost = \"githubpages\"", "`githubpages` is no host"),
            (
                "kind = \"folder\"\npath = \"x\"\nkeep = [\"a\", \"[\"]",
                "`[` is no pattern of files: unclosed character class; missing ']'",
            ),
        ] {
            assert_eq!(read(table), (vec![], vec![message.to_owned()]), "{table}");
        }
    }
}
