"""A branch of a repository: by its path, and over http with names and passwords."""

import base64
import http.server
import os
import subprocess
import threading
import urllib.parse

import harness

# Refuses every push.
REFUSE = """\
#!/bin/sh
echo "the disk is full" >&2
exit 1
"""


def git(*arguments, **more):
    """Runs git as somebody who is not Dateline; its answer."""
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in (("NAME", "Somebody"), ("EMAIL", "s@example.org"))}
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", **who}
    return subprocess.run(["git", *arguments], env=environment, check=True, stdout=subprocess.PIPE, **more).stdout


class Branch:
    """What all ways to a branch have in common."""

    SWITCHES = True
    HISTORY = ""

    @classmethod
    def lay(cls):
        cls.bare = cls.folder / "the site.git"
        git("init", "--quiet", "--bare", str(cls.bare))

    def at(self, *arguments, **more):
        return git(f"--git-dir={self.bare}", *arguments, **more)

    def tip(self):
        return self.at("rev-parse", "refs/heads/gh-pages").decode().strip()

    def log(self):
        return self.at("log", "--format=%an <%ae>: %s", "refs/heads/gh-pages").decode().splitlines()

    def listing(self):
        out = self.folder / "checkout"
        harness.shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        self.at(f"--work-tree={out}", "checkout", "--force", "gh-pages", "--", ".", stderr=subprocess.DEVNULL)
        return harness.files(out)

    def put_foreign(self, path, content):
        index = {"GIT_INDEX_FILE": str(self.folder / "index")}
        blob = self.at("hash-object", "-w", "--stdin", input=content).decode().strip()
        line = f"100644 {blob}\t{path}\0".encode()
        environment = {**os.environ, **index}
        for command, given in ((["read-tree", self.tip()], None), (["update-index", "-z", "--index-info"], line)):
            subprocess.run(["git", f"--git-dir={self.bare}", *command], env=environment, input=given, check=True)
        tree = subprocess.run(
            ["git", f"--git-dir={self.bare}", "write-tree"], env=environment, check=True, stdout=subprocess.PIPE
        ).stdout.decode().strip()
        commit = self.at("commit-tree", tree, "-p", self.tip(), "-m", "A file of somebody else's").decode().strip()
        self.at("update-ref", "refs/heads/gh-pages", commit)

    def test_nothing_changed_is_no_push(self):
        tip = self.tip()
        self.assertEqual(self.publish().code, 0)
        self.assertEqual(self.tip(), tip)

    def test_the_message_says_what_changed(self):
        source, page = self.site.take()
        self.change(source)
        run = self.publish()
        added, changed = len(run.summary["added"]), len(run.summary["changed"])
        title = self.site.settings.split('title = "')[1].split('"')[0]
        said = f"Dateline <dateline@localhost>: Publish {title}: {added} added, {changed} changed, 0 deleted"
        self.assertEqual(self.log()[0], said)

    def test_a_cache_that_is_gone_is_made_anew(self):
        harness.shutil.rmtree(self.site.root / ".dateline-cache")
        tip = self.tip()
        self.assertEqual(self.publish().sent(), [])
        self.assertEqual(self.tip(), tip)
        source, _ = self.site.take()
        self.change(source)
        harness.shutil.rmtree(self.site.root / ".dateline-cache")
        self.assertEqual(self.publish().code, 0)
        self.assert_whole()


class Kept:
    """A branch that keeps its history."""

    def test_history_is_gone_on_with(self):
        tip, before = self.tip(), self.log()
        source, _ = self.site.take()
        self.change(source)
        self.assertEqual(self.publish().code, 0)
        self.assertEqual(self.log()[1:], before)
        self.assertEqual(self.at("rev-parse", "gh-pages^").decode().strip(), tip)


class Path(Branch, Kept, harness.Publishing):
    """A bare repository beside the site."""

    CREDENTIALS = False

    @classmethod
    def start(cls):
        cls.lay()

    def table(self, wrong=False):
        # A path is one from the site's folder on.
        return 'kind = "git"\nurl = "../the site.git"\n' + self.HISTORY

    def cut_off(self):
        hook = self.bare / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(REFUSE)
        hook.chmod(0o755)
        run = self.publish()
        hook.unlink()
        self.assertIn("the disk is full", run.err)
        return run

    def test_a_branch_that_moves_meanwhile_is_not_overwritten(self):
        # Somebody pushes while the push is under way: a hook of the repository is the somebody.
        source, _ = self.site.take()
        self.change(source)
        hook = self.bare / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        other = self.at("commit-tree", f"{self.tip()}^{{tree}}", "-p", self.tip(), "-m", "Meanwhile").decode().strip()
        hook.write_text(f"#!/bin/sh\nunset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/gh-pages {other}\n")
        hook.chmod(0o755)
        run = self.publish()
        hook.unlink()
        self.assertEqual(run.code, 2, run)
        self.assertEqual(self.tip(), other)
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        self.assert_whole()
        self.assertIn("Somebody <s@example.org>: Meanwhile", self.log())

    def test_a_repository_that_is_not_there_is_said_to_be_missing(self):
        away = self.bare.with_name("away.git")
        self.bare.rename(away)
        run = self.publish()
        away.rename(self.bare)
        self.assertEqual(run.code, 2, run)
        self.assertIn("does not appear to be a git repository", run.err)
        self.assertIn("make the repository first", run.err)


class Squashed(Path):
    """A branch that holds one commit. What was taken down is in no history either."""

    HISTORY = 'history = "squash"\nbranch = "gh-pages"'

    def assert_whole(self):
        super().assert_whole()
        self.assertEqual(len(self.log()), 1)

    # What does not lead to a push, and what leaves no trace in a branch of one commit.
    test_a_branch_that_moves_meanwhile_is_not_overwritten = None
    test_a_dry_run_touches_nothing = None
    test_a_line_that_drops_once_is_ridden_out = None
    test_a_repository_that_is_not_there_is_said_to_be_missing = None
    test_history_is_gone_on_with = None
    test_more_deletes_than_allowed_need_a_yes = None
    test_wrong_credentials_are_said_clearly = None


class Door(http.server.BaseHTTPRequestHandler):
    """Lets git's own server in to those who have the password."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            content = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                content += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(content)

    def answer(self, content):
        if self.headers.get("Authorization") != self.server.wanted:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="site"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.server.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": urllib.parse.unquote(path),
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(content)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_USER": "editor",
        }
        done = subprocess.run(["git", "http-backend"], env=environment, input=content, capture_output=True, check=False)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        fields = [line.split(": ", 1) for line in head.decode().splitlines()]
        status = next((value for name, value in fields if name == "Status"), "200 OK")
        self.send_response_only(int(status.split()[0]))
        for name, value in fields:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Http(Branch, Kept, harness.Publishing):
    """git's own server behind a password."""

    # The pack of a first publish is small, and so is what is sent later.
    CUT = 8_000

    @classmethod
    def start(cls):
        cls.lay()
        git(f"--git-dir={cls.bare}", "config", "http.receivepack", "true")
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
        # A line that is cut is what some cases are about.
        cls.server.handle_error = lambda *_: None
        cls.server.root = cls.folder
        cls.server.wanted = "Basic " + base64.b64encode(f"editor:{cls.RIGHT}".encode()).decode()
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.proxy = harness.Proxy(cls.server.server_address[1])

    @classmethod
    def stop(cls):
        cls.proxy.close()
        cls.server.shutdown()
        cls.server.server_close()

    def table(self, wrong=False):
        return f'kind = "git"\nurl = "http://127.0.0.1:{self.proxy.port}/the%20site.git"'

    def environment(self, wrong=False):
        # As git keeps them; it strikes out those that are refused.
        home = self.folder / "home"
        (home / ".gitconfig").write_text("[credential]\n\thelper = store\n")
        secret = self.WRONG if wrong else self.RIGHT
        (home / ".git-credentials").write_text(f"http://editor:{secret}@127.0.0.1:{self.proxy.port}\n")
        return {}

    def test_without_credentials_nobody_is_asked(self):
        (self.folder / "home" / ".gitconfig").write_text("")
        self.environment, before = (lambda wrong=False: {}), self.environment
        run = self.publish()
        self.environment = before
        self.assertEqual(run.code, 2, run)
        self.assertIn("could not read Username", run.err)
        self.assertIn("credential helper", run.err)

    def test_the_settings_of_the_sites_own_repository_count(self):
        # As the job of a code host leaves them: a header with its token.
        (self.folder / "home" / ".gitconfig").write_text("")
        self.environment, before = (lambda wrong=False: {}), self.environment
        subprocess.run(["git", "init", "--quiet", str(self.site.root)], check=True)
        key = f"http.http://127.0.0.1:{self.proxy.port}/.extraheader"
        header = f"Authorization: {self.server.wanted}"
        subprocess.run(["git", "-C", str(self.site.root), "config", key, header], check=True)
        run = self.publish()
        self.environment = before
        harness.shutil.rmtree(self.site.root / ".git")
        self.assertEqual(run.code, 0, run)
        self.assertEqual(run.sent(), [])
        self.assertNotIn(self.server.wanted.split()[1], run.out + run.err)
