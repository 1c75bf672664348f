"""A folder on this machine, plain and switched, and what nginx makes of it."""

import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

import harness

HALF = ".dateline-half-"

NGINX = """\
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr;
events {{ worker_connections 64; }}
http {{
  access_log off;
  types {{ text/html html; text/css css; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    absolute_redirect off;
    location /repo/ {{ alias {root}/; gzip_static on; error_page 404 /repo/404.html; }}
  }}
}}
"""


class Direct(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_):
        return None


class Folder(harness.Publishing):
    """Each file is written in one step."""

    CREDENTIALS = False
    SWITCH = ""

    @classmethod
    def start(cls):
        cls.root = cls.folder / "www"

    def table(self, wrong=False):
        return f'kind = "folder"\npath = "{self.root}"\n{self.SWITCH}'

    def put_foreign(self, path, content):
        harness.lay(self.root, path, content)

    def listing(self):
        # A file that is not whole yet has a name that nobody asks for.
        found = harness.files(self.root.resolve())
        return {path: content for path, content in found.items() if HALF not in path}

    def assert_whole(self):
        super().assert_whole()
        self.assertEqual(list(self.root.resolve().rglob(f"{HALF}*")), [])

    def begun(self):
        """What tells that the target is being written: the ledger is written first."""
        return (self.root / harness.LEDGER).stat().st_mtime_ns

    def cut_off(self):
        # The program is killed as soon as it has begun; whether all files arrived by then or none
        # is left to chance, so a little is waited.
        before = self.begun()
        command, environment = self.command()
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            harness.wait_for(lambda: self.begun() != before or process.poll() is not None, "the first write")
            time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            out, err = process.communicate()
        return harness.Run(process.returncode, out, err)

    def get(self, port, path, **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        try:
            with urllib.request.build_opener(Direct).open(request, timeout=10) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def test_what_is_published_is_what_is_built(self):
        out = str(self.folder / "built")
        harness.dateline(str(self.site.root), "build", "--base-url", harness.BASE_URL, "--output", out)
        built = harness.files(out)
        del built[".dateline.json"]
        # Published, styles and scripts are asked for by names that hold their digests.
        named = re.compile(rb"\b([a-z-]+)\.([0-9a-f]{8})\.(css|js|svg|png)\b")
        published = {}
        for path, content in self.ours().items():
            if match := named.fullmatch(path.encode()):
                self.assertEqual(content, built[f"{match[1].decode()}.{match[3].decode()}"])
            else:
                published[path] = named.sub(rb"\1.\3?h=\2", content)
        self.assert_same(published, built)

    def test_nginx_serves_it_under_its_base_path(self):
        port = harness.free_port()
        settings = self.folder / "nginx.conf"
        # nginx lets its workers run as somebody else when it is root, who must be able to get here.
        user = "user root;\n" if os.getuid() == 0 else ""
        settings.write_text(user + NGINX.format(folder=self.folder, port=port, root=self.root))
        server = harness.Server(["nginx", "-e", "stderr", "-c", str(settings)], port, self.folder)
        self.addCleanup(server.stop)
        built = self.site.built()
        status, headers, body = self.get(port, "/repo/")
        self.assertEqual((status, headers["Content-Type"], body), (200, "text/html", built["index.html"]))
        status, headers, _ = self.get(port, "/repo/briefs")
        self.assertEqual((status, headers["Location"]), (301, "/repo/briefs/"))
        self.assertEqual(self.get(port, "/repo/briefs/")[2], built["briefs/index.html"])
        status, _, body = self.get(port, "/repo/no/such/page/")
        self.assertEqual((status, body), (404, built["404.html"]))
        # What the pages ask for is under the base path, too.
        self.assertIn(b'href="/repo/', built["index.html"])
        self.assertEqual(self.get(port, "/about/")[0], 404)
        # Readers who are there while the site changes see the new one, with no word to nginx.
        source, page = self.site.take()
        self.change(source)
        self.assertEqual(self.publish().code, 0)
        self.assertEqual(self.get(port, f"/repo/{page.removesuffix('index.html')}")[2], self.site.built()[page])


class SwitchedFolder(Folder):
    """A link that is switched from the old site to the new one."""

    SWITCHES = True
    SWITCH = "switch = true"

    def begun(self):
        # The new site is laid down beside the old one.
        return len(list((self.folder / "www.releases").iterdir()))

    def test_the_site_before_stays_for_a_step_back(self):
        before = self.listing()
        source, _ = self.site.take()
        self.change(source)
        self.assertEqual(self.publish().code, 0)
        self.assert_whole()
        kept = [harness.files(folder) for folder in (self.folder / "www.releases").iterdir()]
        self.assertEqual(len(kept), 2)
        self.assertIn(before, kept)
