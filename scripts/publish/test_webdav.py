"""Folders on WebDAV servers: WsgiDAV, Apache's mod_dav, and rclone, each with a login."""

import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

import harness

HALF = ".dateline-half-"
USER = "desk"


class Dav:
    """A folder of a server; what inherits it with the cases says how its server is started."""

    # What is published to, as an address and as a folder below the server's root.
    AT = "dav/the%20record/%C3%BC%2B1/"
    BELOW = "the record/ü+1"
    # Each folder is asked for with some 400 bytes.
    IDLE = 200_000

    @classmethod
    def start(cls):
        cls.port = harness.free_port()
        cls.root = cls.folder / "dav"
        (cls.root / cls.BELOW).parent.mkdir(parents=True)
        cls.server = cls.serve()
        cls.proxy = harness.Proxy(cls.port)
        cls.read = 0

    @classmethod
    def serve(cls):
        """Starts the server of `cls.root` at `/dav/`."""
        raise NotImplementedError

    @classmethod
    def stop(cls):
        if cls.proxy:
            cls.proxy.close()
            cls.server.stop()

    def table(self, wrong=False):
        return f'kind = "webdav"\nurl = "http://127.0.0.1:{self.proxy.port}/{self.AT}"'

    def environment(self, wrong=False):
        return {"WEBDAV_USERNAME": USER, "WEBDAV_PASSWORD": self.WRONG if wrong else self.RIGHT}

    @property
    def site_root(self):
        return self.root / self.BELOW

    def put_foreign(self, path, content):
        harness.lay(self.site_root, path, content)

    def listing(self):
        """What readers can ask for. Servers keep records of their own in folders that begin with a dot."""
        return {
            path: content
            for path, content in harness.files(self.site_root).items()
            if not path.rsplit("/", 1)[-1].startswith(HALF) and "/.DAV/" not in f"/{path}"
        }

    def halves(self):
        return [path for path in harness.files(self.site_root) if path.rsplit("/", 1)[-1].startswith(HALF)]

    def test_a_target_lost_in_the_middle(self):
        super().test_a_target_lost_in_the_middle()
        self.assertEqual(self.halves(), [])

    def test_folders_go_with_their_last_file_and_not_before(self):
        page = self.site.add("a-note-for-a-week")
        other = self.site.add("another-note")
        self.assertEqual(self.publish().code, 0)
        folder, kept = (self.site_root / page).parent, (self.site_root / other).parent
        (kept / "theirs.txt").write_text("mine")
        (kept / "theirs of old").mkdir()
        for name in ("a-note-for-a-week", "another-note"):
            (self.site.root / "content" / f"2025-12-01-{name}.md").unlink()
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        self.assertFalse(folder.exists())
        self.assertEqual(sorted(path.name for path in kept.iterdir() if path.name != ".DAV"), ["theirs of old", "theirs.txt"])
        shutil.rmtree(kept)
        self.assert_whole()

    def test_a_folder_with_the_name_of_a_file_stays(self):
        page = self.site.add("a-note-in-a-box")
        box = self.site_root / page
        (box / "inner").mkdir(parents=True)
        (box / "inner/theirs.txt").write_text("mine")
        run = self.publish()
        self.assertEqual(run.code, 2, run)
        self.assertIn("a folder has that name", run.err)
        self.assertEqual((box / "inner/theirs.txt").read_text(), "mine")
        shutil.rmtree(box)
        self.assertEqual(self.publish().code, 0)
        self.assert_whole()

    def test_a_file_that_somebody_changed_there_is_put_right(self):
        page = "index.html"
        content = self.site.built()[page]
        self.put_foreign(page, content + b" ")
        run = self.publish()
        self.assertEqual((run.code, run.sent()), (0, [page]), run)
        self.assert_whole()

    def test_no_login_and_a_login_from_a_file(self):
        command, environment = self.command()
        for name in ("WEBDAV_USERNAME", "WEBDAV_PASSWORD"):
            del environment[name]
        run = self.run_as_it_stands(command, environment)
        self.assertEqual(run.code, 2, run)
        self.assertIn("wants a user name and a password", run.err)
        netrc = self.folder / "home/.netrc"
        self.addCleanup(netrc.unlink)
        netrc.write_text(f"machine 127.0.0.1\n  login {USER}\n  password {self.RIGHT}\n")
        run = self.run_as_it_stands(command, environment)
        self.assertEqual((run.code, run.sent()), (0, []), run)

    def run_as_it_stands(self, command, environment):
        """A publish with dateline.toml as it is."""
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=240)
        self.assertNotIn(self.RIGHT, done.stdout + done.stderr)
        return harness.Run(done.returncode, done.stdout, done.stderr)


class WsgiDav(Dav, harness.Publishing):
    """The reference in Python."""

    @classmethod
    def serve(cls):
        settings = cls.folder / "wsgidav.yaml"
        settings.write_text(
            f"host: 127.0.0.1\nport: {cls.port}\nprovider_mapping:\n  '/dav': '{cls.root}'\n"
            f"simple_dc:\n  user_mapping:\n    '*':\n      '{USER}':\n        password: '{cls.RIGHT}'\n"
            "http_authenticator:\n  accept_basic: true\n  accept_digest: true\n  default_to_digest: false\n"
            "logging:\n  enable: true\nverbose: 3\n"
        )
        program = Path(os.sys.executable).parent / "wsgidav"
        return harness.Server([str(program), "--config", str(settings)], cls.port, cls.folder)

    def uploads(self):
        """By the moves into place, for each file is sent under another name before."""
        log = self.server.log.read_text()
        new, type(self).read = log[type(self).read :], len(log)
        found = re.findall(r'"MOVE /(.+?)" dest=.*-> 20[14]', new)
        return [path.removeprefix(f"{self.BELOW}/").replace(HALF, "") for path in found]


APACHE = """\
ServerRoot {folder}
PidFile {folder}/apache.pid
ErrorLog /dev/stderr
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
{modules}
DavLockDB {folder}/lock/db
DocumentRoot {web}
Alias /dav {root}
<Directory {root}>
  Dav On
  AuthType Basic
  AuthName desk
  AuthUserFile {folder}/users
  Require valid-user
</Directory>
"""
MODULES = "mpm_event authn_file authn_core authz_core authz_user auth_basic alias dav dav_fs mime".split()


@unittest.skipUnless(shutil.which("apache2"), "there is no apache2")
class Apache(Dav, harness.Publishing):
    """mod_dav, whose marks are weak for a second and which is asked for by every second web host."""

    @classmethod
    def serve(cls):
        web = cls.folder / "web"
        web.mkdir()
        user = ""
        if os.getuid() == 0:
            # It will not work as root, so that others must be able to get here, and to write.
            user = "User www-data\nGroup www-data\n"
            cls.addClassCleanup(os.umask, os.umask(0))
            cls.folder.chmod(0o755)
            for folder in (cls.root, *cls.root.rglob("*")):
                folder.chmod(0o777)
        (cls.folder / "lock").mkdir()
        modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES)
        digest = subprocess.run(
            ["openssl", "passwd", "-apr1", "-stdin"], input=cls.RIGHT, capture_output=True, text=True, check=True
        ).stdout
        (cls.folder / "users").write_text(f"{USER}:{digest}")
        (cls.folder / "mime.types").write_text("text/html html\n")
        settings = cls.folder / "apache.conf"
        settings.write_text(
            user
            + APACHE.format(folder=cls.folder, port=cls.port, root=cls.root, web=web, modules=modules)
            + f"TypesConfig {cls.folder}/mime.types\n"
        )
        return harness.Server(["apache2", "-D", "FOREGROUND", "-f", str(settings)], cls.port, cls.folder)


@unittest.skipUnless(shutil.which("rclone"), "there is no rclone")
class Rclone(Dav, harness.Publishing):
    """What many use to give out a folder."""

    @classmethod
    def serve(cls):
        settings = {"RCLONE_PASS": cls.RIGHT, "RCLONE_USER": USER, "RCLONE_CONFIG": str(cls.folder / "rclone.conf")}
        known = {name: value for name, value in os.environ.items() if name != "AWS_CA_BUNDLE"}
        command = ["rclone", "serve", "webdav", str(cls.root), "--addr", f"127.0.0.1:{cls.port}", "--baseurl", "/dav"]
        more = ["--dir-cache-time", "0s", "--vfs-cache-mode", "off"]
        return harness.Server([*command, *more], cls.port, cls.folder, env={**known, **settings})
