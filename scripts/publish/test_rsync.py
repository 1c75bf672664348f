"""A folder that rsync reaches: as a daemon that asks for a password, and over a shell."""

import os
import re
import shlex
import sys

import harness

DAEMON = """\
use chroot = no
{user}
pid file = {folder}/rsyncd.pid
log file = {folder}/rsyncd.log
transfer logging = yes
log format = %o|%f
[web]
path = {root}
read only = no
auth users = editor
secrets file = {folder}/secrets
"""

# What a remote shell does with the command line that it is given; the host is left out.
SHELL = """\
#!/bin/sh
while [ "$1" = -l ]; do shift 2; done
shift
exec sh -c "$*"
"""

# Runs a command and hands on what it is given as it comes, but no more than so many bytes. What
# the command leaves unread does not keep it from ending.
FORWARD = """\
import os, subprocess, sys, threading
left, command = int(sys.argv[1]), sys.argv[2]
server = subprocess.Popen(["sh", "-c", command], stdin=subprocess.PIPE)
def forward():
    global left
    try:
        while left > 0 and (data := os.read(0, min(left, 65536))):
            server.stdin.write(data)
            server.stdin.flush()
            left -= len(data)
        server.stdin.close()
    except BrokenPipeError:
        pass
threading.Thread(target=forward, daemon=True).start()
os._exit(server.wait())
"""

# Does everything but delete.
LIAR = """\
#!/bin/sh
for argument; do [ "$argument" = --delete-missing-args ] && exit 0; done
exec {real} "$@"
"""


class Rsync:
    """What both ways have in common."""

    TO = ""
    path = os.environ["PATH"]

    def table(self, wrong=False):
        return f'kind = "rsync"\nurl = "{self.TO}"'

    def put_foreign(self, path, content):
        harness.lay(self.root, path, content)

    def listing(self):
        # What a broken run leaves in rsync's own folders is no part of the site.
        return {path: content for path, content in harness.files(self.root).items() if "/.~tmp~/" not in f"/{path}"}

    def assert_whole(self):
        super().assert_whole()
        self.assertEqual(list(self.root.rglob(".~tmp~")), [])

    def test_what_arrives_can_be_served(self):
        modes = {(path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in self.root.rglob("*")}
        self.assertEqual(modes, {(True, "0o755"), (False, "0o644")})

    def test_folders_that_are_empty_go(self):
        source, page = self.site.take()
        folder = (self.root / page).parent
        self.assertTrue(folder.is_dir())
        source.unlink()
        self.assertEqual(self.publish().code, 0)
        self.assertFalse(folder.exists())
        empty = [path for path in self.root.rglob("*") if path.is_dir() and not any(path.iterdir())]
        self.assertEqual(empty, [])


class Daemon(Rsync, harness.Publishing):
    """A daemon with a list of users."""

    @classmethod
    def start(cls):
        module = cls.folder / "web"
        module.mkdir(mode=0o755)
        # Two folders that are not there yet.
        cls.root = module / "sites" / "the record"
        secrets = cls.folder / "secrets"
        secrets.write_text(f"editor:{cls.RIGHT}\n")
        secrets.chmod(0o600)
        # As root, a daemon would write as nobody.
        user = "uid = root\ngid = root" if os.getuid() == 0 else ""
        settings = cls.folder / "rsyncd.conf"
        settings.write_text(DAEMON.format(folder=cls.folder, root=module, user=user))
        port = harness.free_port()
        command = ["rsync", "--daemon", "--no-detach", f"--config={settings}", f"--port={port}", "--address=127.0.0.1"]
        cls.server = harness.Server(command, port, cls.folder)
        cls.proxy = harness.Proxy(port)
        cls.TO = f"rsync://editor@127.0.0.1:{cls.proxy.port}/web/sites/the record"
        cls.logged = 0

    @classmethod
    def stop(cls):
        cls.proxy.close()
        cls.server.stop()

    def environment(self, wrong=False):
        return {"RSYNC_PASSWORD": self.WRONG if wrong else self.RIGHT, "PATH": self.path}

    def uploads(self):
        lines = (self.folder / "rsyncd.log").read_text().splitlines()
        new, type(self).logged = lines[self.logged :], len(lines)
        found = (re.search(r"\] recv\|sites/the record/(.*)$", line) for line in new)
        return [match[1] for match in found if match]

    def test_deletes_that_the_server_leaves_out_are_noticed(self):
        source, page = self.site.take()
        source.unlink()
        # Not the server, but an rsync in front of the real one does nothing and says all went well.
        real = harness.shutil.which("rsync")
        liar = self.folder / "liar"
        liar.mkdir()
        (liar / "rsync").write_text(LIAR.format(real=real))
        (liar / "rsync").chmod(0o755)
        self.path = f"{liar}:{os.environ['PATH']}"
        run = self.publish()
        del self.path
        self.assertEqual(run.code, 2, run)
        self.assertIn("the server said yes, and kept", run.err)
        # What is left is still known as ours, so that it goes once the server lets it.
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        self.assertNotIn(page, self.listing())
        self.assert_whole()


class Shell(Rsync, harness.Publishing):
    """The form for SSH, with a shell of this machine in the place of SSH's."""

    CREDENTIALS = False

    @classmethod
    def start(cls):
        cls.root = cls.folder / "srv" / "the 'record'"
        cls.shell = cls.folder / "shell"
        cls.shell.write_text(SHELL)
        cls.shell.chmod(0o755)
        cls.TO = f"editor@host.example:{cls.root}"

    def environment(self, wrong=False):
        return {"RSYNC_RSH": str(self.shell)}

    def cut_off(self):
        forward = self.folder / "forward.py"
        forward.write_text(FORWARD)
        line = shlex.join([sys.executable, str(forward), str(self.CUT // 3)])
        return self.publish_over(f'exec {line} "$*"')

    def publish_over(self, line):
        """One publish with another last line of the shell."""
        self.shell.write_text(SHELL.replace('exec sh -c "$*"', line))
        try:
            return self.publish()
        finally:
            self.shell.write_text(SHELL)

    def test_a_server_without_rsync_is_said_to_be_one(self):
        run = self.publish_over('PATH=/nowhere exec /bin/sh -c "$*"')
        self.assertEqual(run.code, 2, run)
        self.assertIn("is rsync installed on the server?", run.err)
        self.assertNotIn("trying again", run.err)
