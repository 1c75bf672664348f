"""What every place must do that `dateline publish` carries a site to.

`Publishing` holds the cases; a kind of place inherits them and says how its server is started, how
its table in dateline.toml reads, and how its files are looked at from behind, past Dateline. The
site is this repository's own. The cases of a class share one server and one site: each starts from
a target that is as the site is, makes changes of its own, and leaves it so. One that fails is
mended by a publish before the next.

Import this module, not the class: what a test module holds by name is run.
"""

import functools
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DATELINE = os.environ.get("DATELINE", str(REPOSITORY / "target/debug/dateline"))
# The site's address, with a folder, and the day of every build.
BASE_URL = "http://briefs.example/repo/"
DAY = "2026-01-15"
LEDGER = ".dateline-published.json"


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, what, seconds=20):
    """Waits until `condition` holds."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(0.02)


def listens(port):
    """Whether somebody listens on `port`."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Server:
    """A program that serves until it is stopped. What it prints is in `log`."""

    def __init__(self, command, port, folder, **more):
        self.log = Path(folder) / f"{Path(command[0]).name}-{port}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **more
            )
        try:
            wait_for(lambda: self.process.poll() is not None or listens(port), f"{command[0]} to listen")
            if self.process.poll() is not None:
                raise AssertionError(f"{command[0]} does not start:\n{self.log.read_text()}")
        except AssertionError:
            self.stop()
            raise

    def stop(self):
        """Ends it and whatever it started."""
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Proxy:
    """A line to a server on this machine that counts what goes up, and can be cut.

    `cut_after(n)` lets `n` more bytes up, drops every connection and refuses new ones until
    `heal()`; with `once` the next connection is let through again.
    """

    def __init__(self, port):
        self.to = port
        self.up = 0
        self.lock = threading.Lock()
        self.left = None
        self.once = False
        self.cuts = 0
        self.pairs = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, size, once=False):
        with self.lock:
            self.left, self.once, self.cuts = size, once, 0

    def heal(self):
        with self.lock:
            self.left = None

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                refused = self.left is not None and self.left <= 0
            try:
                server = None if refused else socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                server = None
            if server is None:
                drop(client)
                continue
            pair = (client, server)
            with self.lock:
                self.pairs.add(pair)
            for source, sink, up in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pump, args=(source, sink, up, pair), daemon=True).start()

    def _pump(self, source, sink, up, pair):
        try:
            while data := source.recv(1 << 14):
                if up:
                    data = self._let(data)
                if not data:
                    break
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            with self.lock:
                self.pairs.discard(pair)
            for end in pair:
                drop(end)

    def _let(self, data):
        """What of `data` goes up."""
        with self.lock:
            if self.left is not None:
                data = data[: self.left]
                self.left -= len(data)
                if self.left <= 0:
                    self.cuts += 1
                    if self.once:
                        self.left = None
                    for pair in self.pairs:
                        for end in pair:
                            drop(end)
                    self.pairs.clear()
                    return b""
            self.up += len(data)
            return data


def drop(end):
    """Ends a connection at once, for both sides."""
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()


class Site:
    """This repository's site in a folder of its own, whose briefs can be changed."""

    def __init__(self, root):
        self.root = Path(root)
        for name in ("content", "themes", "templates", "static"):
            if (REPOSITORY / name).is_dir():
                shutil.copytree(REPOSITORY / name, self.root / name)
        shutil.copy(REPOSITORY / "people.toml", self.root)
        settings = (REPOSITORY / "dateline.toml").read_text()
        # The repository's own targets are left out with everything that follows them.
        self.settings = settings.split("\n[publish.")[0] + "\n"
        briefs = (path for path in sorted((self.root / "content").rglob("*.md")) if path.parent.name != "pages")
        self.briefs = [path for path in briefs if path.read_text().startswith("+++\n")]

    def target(self, table):
        """Writes dateline.toml with `table` as the target `t`."""
        self.table = table
        beside = f'[publish.beside]\nkind = "folder"\npath = "../beside"\nbase_url = "{BASE_URL}"\n'
        (self.root / "dateline.toml").write_text(f"{self.settings}\n[publish.t]\n{table}\n\n{beside}")

    def retitle(self, title):
        """Gives the site another name, which stands on every page."""
        line = next(line for line in self.settings.splitlines() if line.startswith("title = "))
        self.settings = self.settings.replace(line, f'title = "{title}"', 1)
        self.target(self.table)

    def take(self):
        """A brief that no other case changes, and the path of its page."""
        source = self.briefs.pop(0)
        return source, f"briefs/{source.stem[11:]}/index.html"

    def add(self, name):
        """A new brief; the path of its page."""
        source = self.root / "content" / f"2025-12-01-{name}.md"
        source.write_text(
            f'+++\ntitle = "{name.replace("-", " ").capitalize()}"\ndate = 2025-12-01\n+++\n\n'
            'GENEVA - "We have put it where it belongs," the caretaker said on Monday.\n'
        )
        return f"briefs/{name}/index.html"

    def built(self):
        """Every file of the site as it is to be published now, by path."""
        return built(str(self.root), self._digest())

    def _digest(self):
        digest = hashlib.sha256(self.settings.encode())
        for path in sorted(self.root.rglob("*")):
            below = path.relative_to(self.root)
            if path.is_file() and not below.parts[0].startswith(".dateline") and str(below) != "dateline.toml":
                digest.update(f"{below}\0".encode() + path.read_bytes())
        return digest.hexdigest()


@functools.lru_cache(maxsize=8)
def built(root, _digest):
    """Publishes the site at `root` to an empty folder beside it, once for each state of it.

    That this is what `dateline build` makes is a case of test_folder's.
    """
    beside = Path(root).parent / "beside"
    shutil.rmtree(beside, ignore_errors=True)
    dateline(root, "publish", "beside")
    return {path: content for path, content in files(beside).items() if path != LEDGER}


def dateline(root, *arguments):
    """Runs Dateline on the site at `root`, which must go well."""
    command = [DATELINE, *arguments, "--root", root, "--as-of", DAY]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"`{' '.join(arguments)}` fails:\n{done.stderr}")


def lay(root, path, content):
    """Writes a file below `root`."""
    file = Path(root) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def files(root):
    """Every file below `root`, by path."""
    root = Path(root)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


class Run:
    """What one `dateline publish` did."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err
        lines = out.splitlines()
        self.summary = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else None

    def sent(self):
        return sorted(self.summary["added"] + self.summary["changed"])

    def __str__(self):
        return f"exit {self.code}\n{self.out[:2000]}\n{self.err[:4000]}"


class Publishing(unittest.TestCase):
    """The cases. A kind of place defines what raises NotImplementedError."""

    maxDiff = 2000
    # What every table ends with.
    COMMON = f'base_url = "{BASE_URL}"\nkeep = ["stats/**"]\n'
    # Words that must stand in no output and no file. `environment(wrong=True)` gives WRONG.
    SECRETS = ("right-Secret-1961", "wrong-Secret-1969")
    RIGHT, WRONG = SECRETS
    # Whether a reader sees all of a publish or nothing of it.
    SWITCHES = False
    # Whether the place asks who one is.
    CREDENTIALS = True
    # The line to the server, for a kind that has one; the kind opens it in `start`.
    proxy = None
    # How many bytes go up before the line is cut: more than the ledger, less than the site.
    CUT = 300_000
    # Whether not even a first publish went well.
    broken = False
    # How many bytes may go up where nothing has changed.
    IDLE = 30_000

    @classmethod
    def start(cls):
        """Starts the server with nothing in it."""
        raise NotImplementedError

    @classmethod
    def stop(cls):
        """Stops it."""

    def table(self, wrong=False):
        """The table's lines; with `wrong`, where they hold what makes credentials wrong."""
        raise NotImplementedError

    def environment(self, wrong=False):
        """What the environment says, secrets above all."""
        return {}

    def put_foreign(self, path, content):
        """Puts a file at the target past Dateline."""
        raise NotImplementedError

    def listing(self):
        """Every file at the target, the ledger too, by path."""
        raise NotImplementedError

    def uploads(self):
        """The files that the server was sent since this was last asked, or None where it cannot say."""
        return None

    def cut_off(self):
        """A publish in the middle of which the target is lost, and is back afterwards."""
        self.proxy.cut_after(self.CUT)
        run = self.publish()
        self.assertGreater(self.proxy.cuts, 0, f"the line was never cut\n{run}")
        self.proxy.heal()
        return run

    # What is shared by all.

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="dateline-publish-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.addClassCleanup(cls.stop)
        (cls.folder / "home").mkdir()
        (cls.folder / "site").mkdir()
        cls.site = Site(cls.folder / "site")
        cls.start()
        cls.settled = cls.broken = False
        cls.first = None

    def setUp(self):
        if not self.settled:
            first = type(self).first is None
            if first and self.broken:
                self.skipTest("the first publish failed")
            type(self).broken = first
            run = self.publish(*([] if first else ["--yes", "--take-over"]))
            self.assertEqual(run.code, 0, run)
            if first:
                type(self).first = (run, self.uploads())
            type(self).broken = False
            type(self).settled = True
        self.uploads()

    def run(self, result=None):
        # After a case that failed nobody knows what lies at the target.
        result = result or self.defaultTestResult()
        faults = len(result.failures) + len(result.errors)
        super().run(result)
        type(self).settled = not self.broken and len(result.failures) + len(result.errors) == faults
        return result

    def command(self, *arguments, wrong=False):
        """The command line and the environment of a publish."""
        self.site.target(f"{self.table(wrong)}\n{self.COMMON}")
        command = [DATELINE, "publish", "t", "--root", str(self.site.root), "--as-of", DAY, "--format", "json"]
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / "home"),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1",
            **self.environment(wrong),
        }
        return [*command, *arguments], environment

    def publish(self, *arguments, wrong=False):
        """One publish. Whatever comes of it, no secret is told."""
        command, environment = self.command(*arguments, wrong=wrong)
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=240, stdin=subprocess.DEVNULL, check=False
        )
        for secret in self.SECRETS:
            self.assertNotIn(secret, done.stdout + done.stderr)
        return Run(done.returncode, done.stdout, done.stderr)

    def ours(self, listing=None):
        """The target's files without the ledger and without what is not ours."""
        listing = self.listing() if listing is None else listing
        foreign = ("stats/", "theirs")
        return {path: content for path, content in listing.items() if path != LEDGER and not path.startswith(foreign)}

    def assert_whole(self):
        """The target is the site as it is built now, byte for byte."""
        self.assert_same(self.ours(), self.site.built())

    def assert_same(self, found, wanted):
        """The two hold the same files; what differs is named without its bytes."""
        self.assertEqual(sorted(found), sorted(wanted))
        self.assertEqual([path for path in wanted if found[path] != wanted[path]], [])

    def assert_sent(self, run, before, after):
        """Sent was what differs between two builds, and nothing else; the same for what was deleted."""
        differ = sorted(path for path, content in after.items() if before.get(path) != content)
        self.assertEqual(run.sent(), differ)
        self.assertEqual(run.summary["deleted"], sorted(set(before) - set(after)))
        self.assertEqual(run.summary["bytes_sent"], sum(len(after[path]) for path in differ))
        uploads = self.uploads()
        if uploads is not None:
            self.assertEqual(sorted(set(uploads) - {LEDGER}), differ)

    def change(self, source):
        """Adds a sentence to a brief."""
        source.write_text(source.read_text().rstrip() + "\n\nThe clock in the hall had stopped.\n")

    # The cases.

    def test_first_publish_brings_every_file(self):
        run, uploads = type(self).first
        self.assertEqual((run.code, run.summary["outcome"]), (0, "published"), run)
        self.assertIn(LEDGER, self.listing())
        self.assert_whole()
        if uploads is not None and run.summary["bytes_sent"]:
            self.assertEqual(sorted(set(uploads) - {LEDGER}), run.sent())

    def test_nothing_changed_sends_nothing(self):
        up = self.proxy.up if self.proxy else 0
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        summary = run.summary
        self.assertEqual((summary["bytes_sent"], run.sent(), summary["deleted"]), (0, [], []), run)
        self.assertEqual(summary["unchanged"], len(self.site.built()))
        self.assertIn(self.uploads(), ([], None))
        if self.proxy:
            self.assertLess(self.proxy.up - up, self.IDLE)
        # Files whose times are new and whose content is not are the same files.
        for path in self.site.root.glob("content/**/*.md"):
            os.utime(path)
        shutil.rmtree(self.site.root / ".dateline-cache")
        run = self.publish()
        self.assertEqual((run.code, run.summary["bytes_sent"], run.sent()), (0, 0, []), run)
        self.assertIn(self.uploads(), ([], None))
        self.assert_whole()

    def test_one_edit_sends_what_it_changed(self):
        before = self.site.built()
        source, page = self.site.take()
        self.change(source)
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        after = self.site.built()
        self.assertIn(page, run.sent())
        self.assertLess(len(run.sent()), len(after) / 4)
        self.assert_sent(run, before, after)
        self.assert_whole()

    def test_a_removed_brief_is_deleted(self):
        before = self.site.built()
        source, page = self.site.take()
        self.assertIn(page, self.listing())
        source.unlink()
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        self.assertIn(page, run.summary["deleted"])
        self.assert_sent(run, before, self.site.built())
        self.assert_whole()

    def test_a_withheld_brief_is_taken_down(self):
        before = self.site.built()
        source, page = self.site.take()
        title = source.read_text().split('title = "')[1].split('"')[0]
        self.assertIn(page, self.listing())
        source.write_text(source.read_text().replace("+++\n", '+++\nstatus = "withheld"\n', 1))
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        self.assertIn(page, run.summary["deleted"])
        self.assert_sent(run, before, self.site.built())
        self.assert_whole()
        for path, content in self.listing().items():
            self.assertNotIn(title.encode(), content, path)

    def test_more_deletes_than_allowed_need_a_yes(self):
        source, page = self.site.take()
        source.unlink()
        before = self.listing()
        run = self.publish("--max-delete", "1")
        self.assertEqual((run.code, run.summary["outcome"], run.summary["reason"]), (3, "refused", "too-many-deletes"), run)
        self.assertGreater(len(run.summary["deleted"]), 1)
        self.assertEqual(run.summary["bytes_sent"], 0)
        self.assertIn(self.uploads(), ([], None))
        self.assert_same(self.listing(), before)
        run = self.publish("--max-delete", "1", "--yes")
        self.assertEqual(run.code, 0, run)
        self.assertNotIn(page, self.listing())
        self.assert_whole()

    def test_a_dry_run_touches_nothing(self):
        before = self.listing()
        source, page = self.site.take()
        self.change(source)
        run = self.publish("--dry-run")
        self.assertEqual((run.code, run.summary["outcome"], run.summary["bytes_sent"]), (0, "planned", 0), run)
        self.assertIn(page, run.summary["changed"])
        self.assertGreater(run.summary["bytes_planned"], 0)
        self.assertIn(self.uploads(), ([], None))
        self.assert_same(self.listing(), before)
        self.assertEqual(self.publish().sent(), run.sent())
        self.assert_whole()

    def test_what_is_not_ours_stays(self):
        foreign = {
            "theirs.txt": b"a note of somebody else's\n",
            "theirs of old/-read me & weep.txt": "längst vergessen\n".encode(),
            "stats/visits.html": b"<p>12</p>\n",
        }
        for path, content in foreign.items():
            self.put_foreign(path, content)
        source, _ = self.site.take()
        self.change(source)
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        self.assertEqual((run.summary["kept"], run.summary["not_ours"]), (["stats/visits.html"], 2))
        listing = self.listing()
        self.assertEqual({path: listing.get(path) for path in foreign}, foreign)
        self.assert_whole()

    def test_a_file_in_the_way_is_not_replaced_unasked(self):
        page = self.site.add("the-clock-is-back")
        self.put_foreign(page, b"mine\n")
        before = self.listing()
        run = self.publish()
        self.assertEqual((run.code, run.summary["reason"]), (3, "in-the-way"), run)
        self.assertEqual(run.summary["in_the_way"], [page])
        self.assert_same(self.listing(), before)
        run = self.publish("--take-over")
        self.assertEqual(run.code, 0, run)
        self.assert_whole()

    def test_a_target_lost_in_the_middle(self):
        before = self.site.built()
        self.site.retitle("The Record, continued")
        source, _ = self.site.take()
        source.unlink()
        after = self.site.built()
        run = self.cut_off()
        self.assertNotEqual(run.code, 0, run)
        listing = self.ours()
        if self.SWITCHES:
            self.assert_same(listing, before)
        # Pages are deleted last, and nothing is there in part.
        self.assertEqual(sorted(set(before) - set(listing)), [])
        torn = [path for path, content in listing.items() if content not in (before.get(path), after.get(path))]
        self.assertEqual(torn, [])
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        self.assert_whole()
        self.assertEqual(self.publish().sent(), [])

    def test_a_line_that_drops_once_is_ridden_out(self):
        if not self.proxy:
            self.skipTest("there is no line to this target")
        self.site.retitle("The Record, once more")
        self.proxy.cut_after(self.CUT, once=True)
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        self.assertEqual(self.proxy.cuts, 1, run)
        self.assert_whole()

    def test_wrong_credentials_are_said_clearly(self):
        if not self.CREDENTIALS:
            self.skipTest("this place asks nobody who they are")
        before = self.listing()
        source, _ = self.site.take()
        self.change(source)
        run = self.publish(wrong=True)
        self.assertEqual(run.code, 2, run)
        self.assertEqual(run.summary, None)
        self.assertRegex(run.err, r"cannot .+: .*(?i:auth|credential|denied|password|key|forbidden)")
        self.assertEqual(run.err.count("cannot "), 1, run)
        self.assertNotIn("trying again", run.err)
        self.assert_same(self.listing(), before)
        for path, content in files(self.site.root / ".dateline-cache").items():
            for secret in self.SECRETS:
                self.assertNotIn(secret.encode(), content, path)
        self.assertEqual(self.publish().code, 0)
        self.assert_whole()
