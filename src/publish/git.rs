//! [`Git`]: a branch of a Git repository, such as the one that GitHub Pages serves.
//!
//! The branch is fetched into a bare repository of the cache, the new tree is made there out of the
//! branch's own, and one push shows everything or nothing. Git knows contents by ids of its own;
//! they are the [tags](There::tag) by which the ledger knows what lies there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::ledger;
use super::place::{Arrived, Outgoing, Place, PlaceError, There};
use super::program::{Program, Ran, without_users};
use crate::config::{History, Target};
use crate::output::cache;

/// The branch where the target names none.
const BRANCH: &str = "gh-pages";

/// Where the cache remembers what the branch was last known to be, so that it is not collected.
const THERE: &str = "refs/dateline/there";

/// Settings of the repository in which the site lies that say who one is. Where a job checks a
/// site out, they hold its token.
const CREDENTIALS: &str =
    r"^(http\.(.*\.)?(extraheader|proxy|sslcainfo)|credential\..*|core\.sshcommand|user\.(name|email))$";

/// Variables with which git tells its own hooks and aliases which repository is meant; it is not
/// ours.
const OTHERS: [&str; 5] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"];

/// A branch of a repository.
#[derive(Debug)]
pub(super) struct Git {
    /// The repository, as git is told.
    url: String,
    /// The branch with `refs/heads/`.
    branch: String,
    history: History,
    /// The site's title, for the message.
    title: String,
    /// The bare repository on this machine.
    cache: PathBuf,
    /// The site's settings for git, each with the variable that holds its value.
    settings: Vec<(String, String)>,
    /// Whether the branch was fetched.
    fetched: bool,
    /// The branch's newest commit, where there is a branch.
    tip: Option<String>,
    /// Its files, with their ids and sizes.
    there: BTreeMap<String, (String, u64)>,
    /// What is to become of files: the id of the new content, or nothing.
    wanted: BTreeMap<String, Option<String>>,
    /// The commit that was made and not pushed yet.
    made: Option<String>,
}

impl Git {
    /// The branch that `target` names. `root` is the site's folder, `title` its title.
    ///
    /// # Errors
    /// Where the address holds a password, the name is none of a branch, or git is not there.
    pub(super) fn open(target: &Target, root: &Path, title: &str) -> Result<Self, PlaceError> {
        let url = address(&target.to, root)?;
        let branch = format!("refs/heads/{}", target.branch.as_deref().unwrap_or(BRANCH));
        let doing = || format!("publish to {}", without_users(&url));
        if !Program::new("git").args(["check-ref-format", &branch]).run(&doing())?.went_well() {
            let name = branch.trim_start_matches("refs/heads/");
            return Err(PlaceError::new(doing(), format!("`{name}` is no name of a branch")));
        }
        let cache = root.join(cache::FOLDER).join("git").join(&target.name);
        let cache = std::path::absolute(&cache).map_err(|error| PlaceError::new(doing(), error))?;
        let settings = settings(root)?;
        let (there, wanted) = Default::default();
        let (history, title) = (target.history, title.to_owned());
        Ok(Self {
            url,
            branch,
            history,
            title,
            cache,
            settings,
            fetched: false,
            tip: None,
            there,
            wanted,
            made: None,
        })
    }

    /// Git, at work on the repository of the cache.
    fn git(&self) -> Program {
        let mut program = plain().args(["--git-dir=."]).at(&self.cache);
        for (at, (key, value)) in self.settings.iter().enumerate() {
            // Values may be secrets, and what stands on a command line can be read by others.
            let name = format!("DATELINE_GIT_SETTING_{at}");
            program = program.args([format!("--config-env={key}={name}")]).env(&name, value);
        }
        program
    }

    /// Git's answer to a question about the repository of the cache, one line.
    fn ask(&self, doing: &str, program: Program) -> Result<String, PlaceError> {
        let ran = program.run(doing)?;
        if !ran.went_well() {
            return Err(self.fault(doing, &ran));
        }
        Ok(String::from_utf8_lossy(&ran.out).trim_end().to_owned())
    }

    /// The branch's newest commit at the target, where there is one.
    fn look(&self, doing: &str) -> Result<Option<String>, PlaceError> {
        let answer = self.ask(doing, self.git().args(["ls-remote", "--", &self.url, &self.branch]))?;
        let tips = answer.lines().filter_map(|line| line.split_once('\t'));
        Ok(tips.filter(|(_, name)| *name == self.branch).map(|(id, _)| id.to_owned()).next())
    }

    /// Brings the branch into the cache; what is there already is not brought again.
    fn fetch(&mut self) -> Result<(), PlaceError> {
        if self.fetched {
            return Ok(());
        }
        let doing = format!("read the branch {} of {}", self.name(), without_users(&self.url));
        if !self.cache.join("HEAD").exists() {
            fs::create_dir_all(&self.cache).map_err(|error| PlaceError::new(&doing, error))?;
            self.ask(&doing, plain().args(["init", "--quiet", "--bare", "."]).at(&self.cache))?;
        }
        self.tip = self.look(&doing)?;
        self.there.clear();
        if let Some(tip) = &self.tip {
            let whole = self.git().args(["rev-list", "--objects", "--quiet", "-n1", tip]).run(&doing)?;
            if !whole.went_well() {
                let into = format!("+{}:{THERE}", self.branch);
                let fetch = ["fetch", "--quiet", "--no-tags", "--depth=1", "--", &self.url, &into];
                self.ask(&doing, self.git().args(fetch))?;
            }
            let ran = self.git().args(["ls-tree", "-r", "-z", "-l", "--full-tree", tip]).run(&doing)?;
            if !ran.went_well() {
                // Somebody pushed between the look and the fetch.
                return Err(self
                    .fault(&doing, &ran)
                    .hint("publish again; it starts from what the branch is now"));
            }
            self.there = String::from_utf8_lossy(&ran.out).split('\0').filter_map(entry).collect();
        }
        self.fetched = true;
        Ok(())
    }

    /// Makes the commit; `None` where it would hold what the branch holds.
    fn commit(&self, doing: &str) -> Result<Option<String>, PlaceError> {
        let index = tempfile::tempdir().map_err(|error| PlaceError::new(doing, error))?;
        let at = index.path().join("index");
        let git = |args: &[&str]| self.git().env("GIT_INDEX_FILE", &at).args(args);
        let start = self.tip.as_deref().unwrap_or("--empty");
        self.ask(doing, git(&["read-tree", start]))?;
        // What goes, goes first: a file may stand where a folder comes.
        let (gone, put): (Vec<_>, Vec<_>) = self.wanted.iter().partition(|(_, id)| id.is_none());
        let mut lines = String::new();
        for (path, id) in gone.into_iter().chain(put) {
            match id {
                Some(id) => lines += &format!("100644 {id}\t{path}\0"),
                None => lines += &format!("0 {}\t{path}\0", "0".repeat(40)),
            }
        }
        self.ask(doing, git(&["update-index", "-z", "--index-info"]).input(lines.into_bytes()))?;
        let tree = self.ask(doing, git(&["write-tree"]))?;
        if let Some(tip) = &self.tip
            && self.ask(doing, self.git().args(["rev-parse", &format!("{tip}^{{tree}}")]))? == tree
        {
            return Ok(None);
        }
        let mut program = self.git().args(["commit-tree", &tree]);
        if let (Some(tip), History::Keep) = (&self.tip, self.history) {
            program = program.args(["-p", tip]);
        }
        for who in ["AUTHOR", "COMMITTER"] {
            // Without a name of its own, git makes one up from the machine's.
            let known =
                self.git().args(["-c", "user.useConfigOnly=true", "var", &format!("GIT_{who}_IDENT")]);
            if !known.run(doing)?.went_well() {
                program = program.env(&format!("GIT_{who}_NAME"), "Dateline");
                program = program.env(&format!("GIT_{who}_EMAIL"), "dateline@localhost");
            }
        }
        self.ask(doing, program.input(self.message().into_bytes())).map(Some)
    }

    /// "Publish The Record: 3 added, 1 changed, 0 deleted".
    fn message(&self) -> String {
        let files = || self.wanted.iter().filter(|(path, _)| *path != ledger::NAME);
        let deleted = files().filter(|(_, id)| id.is_none()).count();
        let changed = files().filter(|(path, id)| id.is_some() && self.there.contains_key(*path)).count();
        let added = files().count() - deleted - changed;
        format!("Publish {}: {added} added, {changed} changed, {deleted} deleted\n", self.title)
    }

    fn push(&self, doing: &str, commit: &str) -> Result<(), PlaceError> {
        let lease = format!("--force-with-lease={}:{}", self.branch, self.tip.as_deref().unwrap_or_default());
        let refspec = format!("{commit}:{}", self.branch);
        let mut args = vec!["push", "--quiet", "--no-verify"];
        // A branch that keeps its history is only ever gone on with, which git itself sees to.
        if self.tip.is_none() || self.history == History::Squash {
            args.push(&lease);
        }
        args.extend(["--", &self.url, &refspec]);
        let ran = self.git().args(args).run(doing)?;
        if ran.went_well() {
            return Ok(());
        }
        let moved = ["(stale info)", "(fetch first)", "(non-fast-forward)", "(already exists)"];
        if moved.iter().any(|words| ran.complaint.contains(words)) {
            return Err(PlaceError::new(doing, "somebody else has pushed to the branch meanwhile")
                .hint("publish again; it starts from what the branch is now"));
        }
        Err(self.fault(doing, &ran))
    }

    /// The branch's name.
    fn name(&self) -> &str {
        self.branch.trim_start_matches("refs/heads/")
    }

    fn fault(&self, doing: &str, ran: &Ran) -> PlaceError {
        let fault = PlaceError::new(doing, reason(ran));
        let fault = match hint(&ran.complaint) {
            Some(hint) => fault.hint(hint),
            None => fault,
        };
        if may_pass(&ran.complaint) { fault.transient() } else { fault }
    }
}

impl Place for Git {
    fn list(&mut self) -> Result<BTreeMap<String, There>, PlaceError> {
        self.fetch()?;
        let there = |(id, size): &(String, u64)| There { size: *size, digest: None, tag: Some(id.clone()) };
        Ok(self.there.iter().map(|(path, file)| (path.clone(), there(file))).collect())
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PlaceError> {
        self.fetch()?;
        let Some((id, _)) = self.there.get(path) else { return Ok(None) };
        let doing = format!("read {path} on the branch {}", self.name());
        let ran = self.git().args(["cat-file", "blob", id]).run(&doing)?;
        if ran.went_well() { Ok(Some(ran.out)) } else { Err(self.fault(&doing, &ran)) }
    }

    fn put(&mut self, files: &[Outgoing], arrived: Arrived<'_>) -> Result<(), PlaceError> {
        let doing = format!("write {} files into {}", files.len(), self.cache.display());
        let mut paths = String::new();
        for file in files {
            let absolute = std::path::absolute(&file.file).map_err(|error| PlaceError::new(&doing, error))?;
            paths += &format!("{}\n", absolute.display());
        }
        let hash = self.git().args(["hash-object", "-w", "--no-filters", "--stdin-paths"]);
        let ids = self.ask(&doing, hash.input(paths.into_bytes()))?;
        if ids.lines().count() != files.len() {
            return Err(PlaceError::new(doing, "git did not answer for each of them"));
        }
        for (file, id) in files.iter().zip(ids.lines()) {
            self.wanted.insert(file.path.clone(), Some(id.to_owned()));
            arrived(file, Some(id.to_owned()));
        }
        Ok(())
    }

    fn delete(&mut self, paths: &[String]) -> Result<(), PlaceError> {
        self.wanted.extend(paths.iter().map(|path| (path.clone(), None)));
        Ok(())
    }

    fn switches(&self) -> bool {
        true
    }

    fn finish(&mut self) -> Result<(), PlaceError> {
        let doing = format!("push the branch {} to {}", self.name(), without_users(&self.url));
        let commit = if let Some(commit) = self.made.clone() {
            // A push whose answer was lost may have gone well.
            if self.look(&doing)?.as_ref() == Some(&commit) {
                return Ok(());
            }
            commit
        } else {
            let Some(commit) = self.commit(&doing)? else { return Ok(()) };
            self.made = Some(commit.clone());
            commit
        };
        self.push(&doing, &commit)?;
        // The site is published; what is left is good order in the cache.
        for order in [&["update-ref", THERE, &commit][..], &["gc", "--auto", "--quiet"]] {
            let _ = self.git().args(order).run(&doing);
        }
        Ok(())
    }
}

/// Git, in nobody's repository. It never asks: a job would wait for ever.
fn plain() -> Program {
    let mut program = Program::new("git");
    for name in OTHERS {
        program = program.without(name);
    }
    program.env("GIT_TERMINAL_PROMPT", "0").args(["-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60"])
}

/// What git is told as the repository: a path is one from the site's folder on.
fn address(to: &str, root: &Path) -> Result<String, PlaceError> {
    let refuse = |reason: &str| PlaceError::new(format!("publish to {}", without_users(to)), reason);
    if to.starts_with('-') {
        return Err(refuse("it is no address of a repository"));
    }
    if let Some((_, rest)) = to.split_once("://") {
        let host = rest.split('/').next().unwrap_or_default();
        let user = host.rsplit_once('@').map_or("", |(user, _)| user);
        if user.contains(':') {
            return Err(refuse("it holds a password, which dateline.toml must not")
                .hint("take it out; git asks its credential helper, or uses the key of SSH"));
        }
        return Ok(to.to_owned());
    }
    // `host:path` is SSH; a colon after a slash is part of a name.
    if to.split('/').next().is_some_and(|first| first.contains(':')) {
        return Ok(to.to_owned());
    }
    std::path::absolute(root.join(to))
        .map(|path| path.display().to_string())
        .map_err(|error| refuse(&error.to_string()))
}

/// What the repository in which the site lies says about who one is.
fn settings(root: &Path) -> Result<Vec<(String, String)>, PlaceError> {
    let query = plain().at(root).args(["config", "--local", "--includes", "-z", "--get-regexp", CREDENTIALS]);
    let ran = query.run("ask git for its settings")?;
    let text = String::from_utf8_lossy(&ran.out);
    // Where the site lies in no repository there are none.
    let settings = text.split('\0').filter_map(|setting| setting.split_once('\n'));
    Ok(settings.map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
}

/// One file of `ls-tree -l`: "100644 blob ID    SIZE\tPATH". A repository inside is none.
fn entry(line: &str) -> Option<(String, (String, u64))> {
    let (about, path) = line.split_once('\t')?;
    let mut words = about.split_ascii_whitespace();
    let (_mode, "blob", id, size) = (words.next()?, words.next()?, words.next()?, words.next()?) else {
        return None;
    };
    Some((path.to_owned(), (id.to_owned(), size.parse().ok()?)))
}

/// The line that says most about what went wrong.
fn reason(ran: &Ran) -> String {
    let starting = |start: &str| ran.lines().find_map(|line| line.strip_prefix(start)).map(str::trim);
    let rejected = ran.complaint.contains("[remote rejected]");
    let remote = starting("remote: error: ").or_else(|| starting("remote: ")).filter(|_| rejected);
    let denied =
        ran.lines().find(|line| line.contains("Permission denied") || line.contains("Host key verification"));
    let line = remote
        .or(denied)
        .or_else(|| ran.lines().find_map(|line| Some(line.split_once("! [remote rejected] ")?.1)))
        .or_else(|| starting("fatal: "))
        .or_else(|| starting("error: "))
        .or_else(|| ran.lines().last());
    line.map_or_else(
        || format!("git ended with status {:?}", ran.code),
        |line| line.trim_end_matches('.').to_owned(),
    )
}

/// What to do about it.
fn hint(complaint: &str) -> Option<&'static str> {
    let says = |words: &str| complaint.contains(words);
    if says("terminal prompts disabled") || says("Authentication failed") || says("error: 403") {
        Some("git needs a name and a password or token from its credential helper (gitcredentials(7))")
    } else if says("Permission denied (") {
        Some("`ssh` with the same user and host must get in without a question: look at your keys")
    } else if says("does not appear to be a git repository") || says("not found") {
        Some("make the repository first; the branch is made by the first publish")
    } else {
        None
    }
}

/// Whether the fault may be gone a moment later.
fn may_pass(complaint: &str) -> bool {
    let passing = [
        "Connection refused",
        "Connection reset",
        "Connection timed out",
        "Failed to connect",
        "Couldn't connect",
        "Empty reply",
        "hung up",
        "early EOF",
        "unexpected disconnect",
        "RPC failed",
        "transfer closed",
        "Operation too slow",
        "error: 429",
        "error: 500",
        "error: 502",
        "error: 503",
        "error: 504",
    ];
    let staying =
        ["Permission denied", "Host key verification", "Authentication failed", "[remote rejected]"];
    let says = |words: &&str| complaint.contains(words);
    passing.iter().any(says) && !staying.iter().any(says)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(complaint: &str) -> Ran {
        Ran { code: Some(128), out: Vec::new(), complaint: complaint.to_owned() }
    }

    #[test]
    fn a_path_is_one_from_the_site_and_an_address_stays_one() {
        let root = std::path::absolute("site").unwrap();
        for to in
            ["https://h.example/x.git", "git@h.example:x/y.git", "ssh://git@h.example/x", "file:///srv/x"]
        {
            assert_eq!(address(to, &root).unwrap(), to);
        }
        assert_eq!(address("../x.git", &root).unwrap(), root.join("../x.git").display().to_string());
        assert_eq!(address("./a:b", &root).unwrap(), root.join("a:b").display().to_string());
        assert_eq!(
            address("https://ed:pw@h.example/x.git", &root).unwrap_err().to_string(),
            "cannot publish to https://h.example/x.git: it holds a password, which dateline.toml must not\n  \
             take it out; git asks its credential helper, or uses the key of SSH"
        );
        assert_eq!(address("--upload-pack=x", &root).unwrap_err().reason, "it is no address of a repository");
    }

    #[test]
    fn a_tree_is_read() {
        assert_eq!(
            entry("100644 blob 0a1b      12\ta b/ü.txt"),
            Some(("a b/ü.txt".into(), ("0a1b".into(), 12)))
        );
        assert_eq!(entry("160000 commit 0a1b       -\tinside"), None);
        assert_eq!(entry(""), None);
    }

    #[test]
    fn a_fault_is_one_line_and_some_pass() {
        for (complaint, said, passes) in [
            (
                "fatal: unable to access 'http://h/': Failed to connect to h port 80",
                "unable to access 'http://h/': Failed to connect to h port 80",
                true,
            ),
            (
                "git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.\nThe remote end hung up",
                "git@h: Permission denied (publickey)",
                false,
            ),
            (
                "remote: error: cards.png is too large\nTo h\n ! [remote rejected] x -> pages (pre-receive hook declined)\nerror: failed to push",
                "cards.png is too large",
                false,
            ),
            (
                "To h\n ! [remote rejected] x -> pages (hook declined)\nerror: failed to push",
                "x -> pages (hook declined)",
                false,
            ),
            ("fatal: Authentication failed for 'http://h/'", "Authentication failed for 'http://h/'", false),
            ("", "git ended with status Some(128)", false),
        ] {
            assert_eq!((reason(&ran(complaint)).as_str(), may_pass(complaint)), (said, passes));
        }
    }
}
