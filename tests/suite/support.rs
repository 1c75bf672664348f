//! [`SiteTest`]: a site in a folder of its own, and the binary run on it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The day on which all tests build.
pub(crate) const DAY: &str = "2026-01-15";

/// A site. Files are laid first, then commands are run; nothing outlives the test.
#[must_use]
pub(crate) struct SiteTest {
    folder: TempDir,
}

/// What a command did.
#[must_use]
pub(crate) struct Done {
    root: PathBuf,
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl SiteTest {
    /// An empty site: a content/ folder and a short dateline.toml.
    pub(crate) fn new() -> Self {
        let site = Self::bare();
        fs::create_dir(site.root().join("content")).unwrap();
        site.file(
            "dateline.toml",
            "title = \"Test site\"\nbase_url = \"https://news.example/\"\nreport = \"mailto:desk@news.example\"\n",
        )
    }

    /// A folder with nothing in it.
    pub(crate) fn bare() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Lays a file.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// Lays or replaces a file later on.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        File::create(path).unwrap().write_all(content.as_ref()).unwrap();
    }

    /// Lays a brief with a headline, a date and a body.
    pub(crate) fn brief(self, name: &str, body: &str) -> Self {
        let text = format!("+++\ntitle = \"Headline of {name}\"\ndate = 2025-12-06\n+++\n\n{body}\n");
        self.file(&format!("content/{name}.md"), text)
    }

    /// A brief that is fine, to see that it is built whatever lies beside it.
    pub(crate) fn good(self) -> Self {
        self.brief("good", "OSLO - \"The bridge is open,\" harbour master Ada Moreno said on Friday.")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(arguments).current_dir(self.root());
        for name in ["SOURCE_DATE_EPOCH", "NO_COLOR", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the binary in the site's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        self.done(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs the binary with something on standard input.
    pub(crate) fn pipe(&self, arguments: &[&str], input: &[u8]) -> Done {
        let mut command = self.command(arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
        let writing = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writing.join().unwrap();
        self.done(output)
    }

    pub(crate) fn build(&self) -> Done {
        self.run(&["build", "--as-of", DAY])
    }

    pub(crate) fn check(&self) -> Done {
        self.run(&["check", "--as-of", DAY])
    }

    /// Every file below `folder` with its bytes.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.root().join(folder))
    }

    fn done(&self, output: Output) -> Done {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Done {
            root: self.root().to_owned(),
            code: output.status.code().unwrap_or(-1),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl Done {
    /// Exit status 0.
    pub(crate) fn expect_ok(self) -> Self {
        self.expect_code(0)
    }

    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Standard error, to the letter.
    pub(crate) fn stderr_is(self, expected: &str) -> Self {
        assert_eq!(self.stderr, expected);
        self
    }

    /// A diagnostic of this code about this file.
    pub(crate) fn says(self, code: &str, path: &str) -> Self {
        let mut heads = self.stderr.split("\n\n");
        let found = heads.any(|one| one.contains(&format!("[{code} ")) && one.contains(path));
        assert!(found, "no {code} about {path} in:\n{}", self.stderr);
        self
    }

    /// A page's text; panics where it is not there.
    pub(crate) fn page(&self, path: &str) -> String {
        let file = self.root.join("public").join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}\n{}", self.stderr))
    }

    pub(crate) fn expect_page(self, path: &str) -> Self {
        self.page(path);
        self
    }

    pub(crate) fn expect_no_page(self, path: &str) -> Self {
        assert!(!self.root.join("public").join(path).exists(), "{path} is there");
        self
    }

    /// The good brief of [`SiteTest::good`] was built.
    pub(crate) fn good_is_built(self) -> Self {
        assert!(self.page("briefs/good/index.html").contains("The bridge is open"));
        assert!(self.page("index.html").contains("Headline of good"));
        self
    }

    /// No file of the output holds `words`.
    pub(crate) fn nowhere(self, words: &str) -> Self {
        for (path, content) in tree(&self.root.join("public")) {
            let text = String::from_utf8_lossy(&content);
            // Among the digests of the manifest, any four figures stand somewhere.
            let is_digest = |part: &&str| part.len() == 64 && part.bytes().all(|b| b.is_ascii_hexdigit());
            let text = match path.as_str() {
                ".dateline.json" => text.split('"').filter(|part| !is_digest(part)).collect(),
                _ => text.into_owned(),
            };
            assert!(!text.contains(words), "`{words}` in {path}");
        }
        self
    }
}

/// Every file below `root` with its bytes, by path with forward slashes.
pub(crate) fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().display().to_string().replace('\\', "/");
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}
