//! [`Rsync`]: a folder on a server that the program `rsync` reaches, over SSH or as a daemon.
//!
//! Rsync only carries: what is sent and deleted is named to it file by file, so that it neither
//! compares times nor deletes what it does not know. Sizes are all that a server tells; what
//! content lies there is the ledger's to say. A daemon may leave files out and still answer that
//! all went well, so what was sent and deleted is looked at afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::place::{Arrived, Outgoing, Place, PlaceError, There};
use super::program::{Program, Ran};

/// The folder in each folder where rsync keeps files that are whole but not in place yet
/// (`--delay-updates`). A run that breaks off leaves it.
const DELAYED: &str = ".~tmp~";

/// How long a server may be silent, in seconds.
const SILENCE: &str = "--timeout=60";

/// A folder on a server.
#[derive(Debug)]
pub(super) struct Rsync {
    /// Where, as rsync is told; it ends with a slash.
    to: String,
    /// Whether a daemon listens there, in the place of a shell.
    daemon: bool,
    /// The folder on this machine that holds what is sent.
    from: PathBuf,
    /// Whether the folder there exists.
    exists: bool,
    /// Every folder there, when it was last looked at, and every file with its size.
    folders: BTreeSet<String>,
    files: BTreeMap<String, u64>,
    /// What was sent, with its size.
    sent: BTreeMap<String, u64>,
}

impl Rsync {
    /// The folder at `to`; what is sent lies below `from`.
    ///
    /// # Errors
    /// Where `to` names no server.
    pub(super) fn open(to: &str, from: &Path) -> Result<Self, PlaceError> {
        let (to, daemon) = address(to)?;
        let from = std::path::absolute(from)
            .map_err(|error| PlaceError::new(format!("find {}", from.display()), error))?;
        let (folders, files, sent) = Default::default();
        Ok(Self { to, daemon, from, exists: true, folders, files, sent })
    }

    /// The program with what every call is told.
    fn program(&self) -> Program {
        // `-s` keeps a server's shell from reading names, `-8` shows them as they are.
        let program = Program::new("rsync").args(["-r", "-s", "-8", SILENCE]);
        if self.daemon { program.args(["--contimeout=20"]) } else { program }
    }

    /// The program with `names` as the only files it looks at. Names below are never read as
    /// options, patterns or comments.
    fn about<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Program {
        let input: Vec<u8> = names.into_iter().flat_map(|name| format!("./{name}\0").into_bytes()).collect();
        self.program().args(["--files-from=-", "--from0", "--no-implied-dirs"]).input(input)
    }

    /// Looks at what lies there.
    fn look(&mut self) -> Result<(), PlaceError> {
        let doing = format!("list the files at {}", self.to);
        let ran = self.program().args(["--list-only", "--no-h", "--no-motd", "--", &self.to]).run(&doing)?;
        self.exists = ran.went_well();
        if !ran.went_well() && !is_missing(&ran) {
            return Err(self.fault(doing, &ran));
        }
        self.folders.clear();
        self.files.clear();
        for line in String::from_utf8_lossy(&ran.out).lines() {
            match listed(line) {
                Some((path, None)) if path != "." => drop(self.folders.insert(path.to_owned())),
                Some((path, Some(size))) => drop(self.files.insert(path.to_owned(), size)),
                // A file that is not known to be there could be overwritten.
                None if is_file(line) => {
                    return Err(PlaceError::new(doing, format!("rsync answered `{line}`")));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Deletes what `names` names: files, and folders that are empty. Nothing else is touched.
    fn remove(&self, doing: &str, names: &[&str]) -> Result<Ran, PlaceError> {
        // A name that is given and is missing here is deleted there; the folder that it is in has
        // to be here for that.
        let here = tempfile::tempdir().map_err(|error| PlaceError::new(doing, error))?;
        for name in names {
            if let Some((folder, _)) = name.rsplit_once('/') {
                fs::create_dir_all(here.path().join(folder))
                    .map_err(|error| PlaceError::new(doing, error))?;
            }
        }
        let program = self.about(names.iter().copied()).at(here.path());
        program.args(["--delete-missing-args", "--", "./", &self.to]).run(doing)
    }

    /// Deletes the folders that `gone` has left empty, the deepest first.
    fn remove_folders(&self, gone: &[String]) {
        let holds = |folder: &str| {
            let below = |path: &String| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            self.files.keys().any(below)
        };
        let mut by_depth: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for path in gone {
            for (at, _) in path.match_indices('/') {
                let folder = &path[..at];
                if self.folders.contains(folder) && !holds(folder) {
                    by_depth.entry(folder.matches('/').count()).or_default().insert(folder);
                }
            }
        }
        for folders in by_depth.values().rev() {
            let names: Vec<&str> = folders.iter().copied().collect();
            // A folder that stays is in nobody's way.
            let _ = self.remove("delete empty folders", &names);
        }
    }

    fn fault(&self, doing: impl Into<String>, ran: &Ran) -> PlaceError {
        let fault = PlaceError::new(doing, reason(ran));
        let fault = match hint(ran, self.daemon) {
            Some(hint) => fault.hint(hint),
            None => fault,
        };
        if may_pass(ran) { fault.transient() } else { fault }
    }
}

impl Place for Rsync {
    fn list(&mut self) -> Result<BTreeMap<String, There>, PlaceError> {
        self.look()?;
        let files = self.files.iter().filter(|(path, _)| !is_delayed(path));
        Ok(files.map(|(path, size)| (path.clone(), There { size: *size, ..There::default() })).collect())
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PlaceError> {
        let doing = format!("read {path} at {}", self.to);
        let here = tempfile::tempdir().map_err(|error| PlaceError::new(&doing, error))?;
        // By its address: daemons of rsync 3.5 without a chroot lose what `--files-from` names.
        let from = self.to.clone() + path;
        let ran = self.program().at(here.path()).args(["--", &from, "./"]).run(&doing)?;
        if is_missing(&ran) {
            return Ok(None);
        }
        if !ran.went_well() {
            return Err(self.fault(doing, &ran));
        }
        fs::read(here.path().join(path)).map(Some).map_err(|error| PlaceError::new(doing, error))
    }

    fn put(&mut self, files: &[Outgoing], arrived: Arrived<'_>) -> Result<(), PlaceError> {
        let doing = match files {
            [] => return Ok(()),
            [file] => format!("send {} to {}", file.path, self.to),
            files => format!("send {} files to {}", files.len(), self.to),
        };
        // Files are compared by what they hold (`--ignore-times`): a time that happens to be the
        // same says nothing. Web servers must be able to read what arrives.
        let mut program = self.about(files.iter().map(|file| file.path.as_str())).at(&self.from).args([
            "--ignore-times",
            "--delay-updates",
            "--chmod=D755,F644",
        ]);
        if !self.exists {
            program = program.args(["--mkpath"]);
        }
        let ran = program.args(["--", "./", &self.to]).run(&doing)?;
        if !ran.went_well() {
            return Err(self.fault(doing, &ran));
        }
        self.exists = true;
        for file in files {
            self.sent.insert(file.path.clone(), file.size);
            arrived(file, None);
        }
        Ok(())
    }

    fn delete(&mut self, paths: &[String]) -> Result<(), PlaceError> {
        let doing = format!("delete {} at {}", counted(paths), self.to);
        let names: Vec<&str> = paths.iter().map(String::as_str).collect();
        let ran = self.remove(&doing, &names)?;
        if !ran.went_well() {
            return Err(self.fault(doing, &ran));
        }
        self.look()?;
        if let Some(path) = paths.iter().find(|path| self.files.contains_key(*path)) {
            return Err(PlaceError::new(doing, format!("the server said yes, and kept {path}"))
                .hint("the server's log says why; the next publish tries again"));
        }
        self.remove_folders(paths);
        Ok(())
    }

    fn finish(&mut self) -> Result<(), PlaceError> {
        self.look()?;
        for (path, size) in &self.sent {
            let found = self.files.get(path);
            if found != Some(size) {
                let what = found.map_or("has not arrived".to_owned(), |found| {
                    format!("has {found} bytes there in the place of {size}")
                });
                return Err(PlaceError::new(
                    format!("publish to {}", self.to),
                    format!("{path} {what}, although the server said yes"),
                )
                .hint("the server's log says why; the next publish sends it again"));
            }
        }
        let left: Vec<String> = self.files.keys().filter(|path| is_delayed(path)).cloned().collect();
        if !left.is_empty() {
            let names: Vec<&str> = left.iter().map(String::as_str).collect();
            // What a run that broke off has left is rubbish; the site is whole with it, too.
            let _ = self.remove("delete what a broken run has left", &names);
            self.files.retain(|path, _| !is_delayed(path));
            self.remove_folders(&left);
        }
        Ok(())
    }
}

/// Where to, as rsync is told, and whether a daemon listens there.
fn address(to: &str) -> Result<(String, bool), PlaceError> {
    let refuse = |reason: &str| {
        let reason = reason.to_owned();
        Err(PlaceError::new(format!("publish to {}", super::program::without_users(to)), reason)
            .hint("write it as `user@host:/srv/site` (SSH) or `rsync://user@host/module/site` (a daemon)"))
    };
    let (rest, daemon) = match to.strip_prefix("rsync://") {
        Some(rest) => (rest.split_once('/'), true),
        None => {
            // An address of IPv6 stands in brackets, since it holds colons itself.
            let end = if to.contains("@[") || to.starts_with('[') { to.find(']').unwrap_or(0) } else { 0 };
            let Some(colon) = to[end..].find(':').map(|at| end + at) else {
                return refuse("it names no server");
            };
            let (host, path) = (&to[..colon], &to[colon + 1..]);
            if host.contains('/') {
                return refuse("it names no server");
            }
            path.strip_prefix(':').map_or((Some((host, path)), false), |path| (Some((host, path)), true))
        }
    };
    let Some((host, path)) = rest else { return refuse("it names no module of the daemon") };
    let server = host.rsplit_once('@').map_or(host, |(_, server)| server);
    if server.is_empty() || host.starts_with('-') || server.starts_with('-') {
        return refuse("it names no server");
    }
    if host.rsplit_once('@').is_some_and(|(user, _)| user.contains(':')) {
        return refuse("it holds a password, which belongs into RSYNC_PASSWORD");
    }
    if daemon && path.trim_matches('/').is_empty() {
        return refuse("it names no module of the daemon");
    }
    // A folder is said from the home folder on by itself; no shell is there that would read `~`.
    let to = if daemon { to.to_owned() } else { to.replacen(":~/", ":", 1) };
    let slash = if to.ends_with(['/', ':']) { "" } else { "/" };
    Ok((to + slash, daemon))
}

/// One line of `--list-only`: a file with its size or a folder; anything else is nothing of ours.
fn listed(line: &str) -> Option<(&str, Option<u64>)> {
    let mut rest = line;
    let mut next = || {
        let (word, after) = rest.trim_start().split_once(' ')?;
        rest = after;
        Some(word)
    };
    let (kind, size) = (next()?, next()?.parse().ok()?);
    let (_date, _time) = (next()?, next()?);
    match kind.as_bytes().first()? {
        b'-' => Some((rest, Some(size))),
        b'd' => Some((rest, None)),
        _ => None,
    }
}

/// Whether a line of `--list-only` is about a file: it starts with its mode, `-rw-r--r--`.
fn is_file(line: &str) -> bool {
    let mode = line.split(' ').next().unwrap_or_default();
    mode.len() == 10 && mode.starts_with('-') && mode.bytes().all(|b| b"-rwxsStT".contains(&b))
}

/// Whether a path is one of rsync's own, for files that are not in place yet.
fn is_delayed(path: &str) -> bool {
    path.split('/').any(|part| part == DELAYED)
}

/// Whether all that is wrong is that a file or folder is not there: ENOENT is 2 everywhere. A
/// server that misses the folder itself ends before it is asked for more, so its status says little.
fn is_missing(ran: &Ran) -> bool {
    let missing =
        |line: &str| (line.contains("change_dir") || line.contains("link_stat")) && line.ends_with("(2)");
    let mut failed = ran.lines().filter(|line| line.contains(" failed: ")).peekable();
    matches!(ran.code, Some(3 | 12 | 23)) && failed.peek().is_some() && failed.all(missing)
}

/// The line that says most about what went wrong.
fn reason(ran: &Ran) -> String {
    let starting = |start: &str| ran.lines().find_map(|line| line.strip_prefix(start));
    let telling = ["Permission denied", "Host key verification", "Could not resolve", "Connection "];
    let line = starting("@ERROR: ")
        .or_else(|| ran.lines().find(|line| telling.iter().any(|words| line.contains(words))))
        .or_else(|| starting("rsync: "))
        .or_else(|| starting("rsync error: "))
        .or_else(|| ran.lines().last());
    line.map_or_else(
        || format!("rsync ended with status {:?}", ran.code),
        |line| line.trim_end_matches('.').to_owned(),
    )
}

/// What to do about it. The numbers are rsync's, see "EXIT VALUES" in its manual.
fn hint(ran: &Ran, daemon: bool) -> Option<&'static str> {
    let says = |words: &str| ran.complaint.contains(words);
    match ran.code? {
        1 if says("unknown option") || says("unrecognized option") => {
            Some("Dateline needs rsync 3.1 or later, here and on the server")
        }
        5 if says("auth failed") => {
            Some("name the user in the address, and put the password into the variable RSYNC_PASSWORD")
        }
        126 | 127 => Some("is rsync installed on the server?"),
        12 if says("not found") => Some("is rsync installed on the server?"),
        _ if !daemon && says("Permission denied (") => {
            Some("`ssh` with the same user and host must get in without a question: look at your keys")
        }
        _ if !daemon && says("Host key verification") => {
            Some("connect once with `ssh`, and compare the server's key")
        }
        _ => None,
    }
}

/// Whether the fault may be gone a moment later.
fn may_pass(ran: &Ran) -> bool {
    let says = |words: &str| ran.complaint.contains(words);
    match ran.code {
        // Sockets, a line that breaks, silence, a daemon that does not answer.
        Some(10 | 12 | 30 | 35) => {
            !says("not found") && !says("Permission denied") && !says("Name or service")
        }
        Some(5) => says("max connections"),
        Some(255) => {
            !says("Permission denied") && !says("Host key verification") && !says("resolve hostname")
        }
        _ => false,
    }
}

/// "index.html" or "12 files".
fn counted(paths: &[String]) -> String {
    match paths {
        [path] => path.clone(),
        paths => format!("{} files", paths.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_server() {
        for (to, told, daemon) in [
            ("ed@h.example:/srv/site", "ed@h.example:/srv/site/", false),
            ("h.example:", "h.example:", false),
            ("h.example:~/site/", "h.example:site/", false),
            ("[::1]:/srv", "[::1]:/srv/", false),
            ("ed@[::1]::web", "ed@[::1]::web/", true),
            ("rsync://ed@h.example:8873/web/site", "rsync://ed@h.example:8873/web/site/", true),
            ("h.example::web", "h.example::web/", true),
        ] {
            assert_eq!(address(to).unwrap(), (told.to_owned(), daemon), "{to}");
        }
        for (to, reason) in [
            ("h.example", "it names no server"),
            ("/srv/site:1", "it names no server"),
            (":/srv", "it names no server"),
            ("-oProxyCommand=x:/srv", "it names no server"),
            ("ed@-x:/srv", "it names no server"),
            ("rsync://h.example", "it names no module of the daemon"),
            ("rsync://h.example/", "it names no module of the daemon"),
            ("h.example::", "it names no module of the daemon"),
            ("rsync://ed:pw@h.example/web", "it holds a password, which belongs into RSYNC_PASSWORD"),
        ] {
            let error = address(to).unwrap_err();
            assert_eq!(error.reason, reason, "{to}");
            assert!(!error.to_string().contains("pw"), "{error}");
        }
    }

    #[test]
    fn a_listing_tells_files_and_folders() {
        for (line, path) in [
            ("-rw-r--r--              2 2026/11/23 18:01:00 a/b c/-y ü", Some(("a/b c/-y ü", Some(2)))),
            ("-rw-r--r--  3,612,188,00 2026/11/23 18:01:00 x", None),
            (
                "-rw-r--r--   361218800 2026/11/23 18:01:00  two  spaces",
                Some((" two  spaces", Some(361_218_800))),
            ),
            ("drwxr-xr-x           4096 2026/11/23 18:01:00 a", Some(("a", None))),
            ("lrwxrwxrwx              1 2026/11/23 18:01:00 a -> b", None),
            ("Welcome to the server", None),
            ("", None),
        ] {
            assert_eq!(listed(line), path, "{line}");
            assert_eq!(is_file(line), line.starts_with("-rw"), "{line}");
        }
    }

    fn ran(code: i32, complaint: &str) -> Ran {
        Ran { code: Some(code), out: Vec::new(), complaint: complaint.to_owned() }
    }

    #[test]
    fn a_fault_is_one_line_and_some_pass() {
        let refused = "rsync: [Receiver] failed to connect to 127.0.0.1 (127.0.0.1): Connection refused (111)\n\
                       rsync error: error in socket IO (code 10) at clientserver.c(165) [Receiver=3.5.0]\n";
        for (ran, said, passes) in [
            (
                ran(10, refused),
                "rsync: [Receiver] failed to connect to 127.0.0.1 (127.0.0.1): Connection refused (111)",
                true,
            ),
            (
                ran(
                    5,
                    "@ERROR: auth failed on module m\nrsync error: error starting client-server protocol (code 5)\n",
                ),
                "auth failed on module m",
                false,
            ),
            (
                ran(5, "@ERROR: max connections (4) reached -- try again later\n"),
                "max connections (4) reached -- try again later",
                true,
            ),
            (
                ran(
                    255,
                    "Welcome\ned@h: Permission denied (publickey).\nrsync: connection unexpectedly closed\n",
                ),
                "ed@h: Permission denied (publickey)",
                false,
            ),
            (
                ran(
                    12,
                    "bash: rsync: command not found\nrsync error: error in rsync protocol data stream (code 12)\n",
                ),
                "error in rsync protocol data stream (code 12)",
                false,
            ),
            (ran(20, ""), "rsync ended with status Some(20)", false),
        ] {
            assert_eq!((reason(&ran).as_str(), may_pass(&ran)), (said, passes));
        }
    }

    #[test]
    fn only_what_is_not_there_is_missing() {
        let gone = "rsync: [sender] change_dir \"x\" (in m) failed: No such file or directory (2)\nrsync error: some files (code 23)\n";
        assert!(is_missing(&ran(23, gone)));
        assert!(is_missing(&ran(12, &format!("{gone}rsync: connection unexpectedly closed [Receiver]\n"))));
        assert!(!is_missing(&ran(255, gone)));
        assert!(!is_missing(&ran(23, "rsync error: some files (code 23)\n")));
        assert!(!is_missing(&ran(23, "rsync: opendir \"x\" failed: Permission denied (13)\n")));
        assert!(!is_missing(&ran(
            23,
            &format!("{gone}rsync: opendir \"x\" failed: Permission denied (13)\n")
        )));
    }
}
