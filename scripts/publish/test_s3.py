"""Buckets: moto, which checks who is asking and what they may do, and s3rver, which lays files on disk."""

import concurrent.futures
import json
import os
import re
import urllib.parse
import urllib.request
from pathlib import Path

import boto3
import botocore.config

import harness

BUCKET = "briefs"
MAY = ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"]


class Bucket:
    """A folder of a bucket; what inherits it with the cases says how its server is started."""

    # With what is written otherwise in an address.
    FOLDER = "record/ü+1"

    @classmethod
    def client(cls, service="s3", key=None, secret=None):
        """What looks at the server past Dateline."""
        settings = botocore.config.Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1})
        return boto3.client(
            service,
            endpoint_url=f"http://127.0.0.1:{cls.port}",
            region_name="us-east-1",
            aws_access_key_id=key or cls.KEY,
            aws_secret_access_key=secret or cls.RIGHT,
            config=settings,
        )

    @classmethod
    def opened(cls):
        """The bucket is there, and the line to it stands."""
        cls.s3 = cls.client()
        cls.proxy = harness.Proxy(cls.port)
        cls.read = 0

    @classmethod
    def stop(cls):
        if cls.proxy:
            cls.proxy.close()
            cls.server.stop()

    def table(self, wrong=False, bucket=BUCKET):
        return (
            f'kind = "s3"\nurl = "s3://{bucket}/{self.FOLDER}"\nregion = "us-east-1"\n'
            f'endpoint = "http://127.0.0.1:{self.proxy.port}"'
        )

    def environment(self, wrong=False):
        return {"AWS_ACCESS_KEY_ID": self.KEY, "AWS_SECRET_ACCESS_KEY": self.WRONG if wrong else self.RIGHT}

    def put_foreign(self, path, content):
        self.s3.put_object(Bucket=BUCKET, Key=f"{self.FOLDER}/{path}", Body=content)

    def keys(self):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        return [file["Key"] for page in pages for file in page.get("Contents", [])]

    def listing(self):
        def content(key):
            return key.removeprefix(f"{self.FOLDER}/"), self.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            return dict(pool.map(content, self.keys()))

    # The line that the server writes of each file it was sent.
    SENT = re.compile(rb'"PUT /' + BUCKET.encode() + rb'/([^ ?]+)(?:\?x-id=PutObject)? HTTP/1.1" 200')

    def uploads(self):
        log = self.server.log.read_bytes()
        found = self.SENT.findall(log[type(self).read :])
        type(self).read = len(log)
        paths = [urllib.parse.unquote(path.decode()) for path in found]
        return [path.removeprefix(f"{self.FOLDER}/") for path in paths]

    def test_what_is_stored_with_each_file(self):
        for path, content_type, cached in (
            ("index.html", "text/html; charset=utf-8", False),
            ("feed.json", "application/feed+json", False),
            (next(path for path in self.site.built() if path.endswith(".css")), "text/css; charset=utf-8", None),
        ):
            head = self.s3.head_object(Bucket=BUCKET, Key=f"{self.FOLDER}/{path}")
            self.assertEqual(head["ContentType"].split(";")[0], content_type.split(";")[0], path)
            self.assertRegex(head["CacheControl"], "^public, max-age=")
            if cached is False:
                self.assertEqual(head["CacheControl"], "public, max-age=0, must-revalidate")
            ledger = json.loads(self.listing()[harness.LEDGER])
            self.assertEqual(head["Metadata"], {"blake3": ledger["files"][path]["digest"]})
            self.assertEqual(head["ETag"].strip('"'), ledger["files"][path]["tag"])

    def test_files_beside_the_folder_are_not_looked_at(self):
        beside = f"{self.FOLDER} of old/index.html"
        self.s3.put_object(Bucket=BUCKET, Key=beside, Body=b"theirs")
        try:
            run = self.publish("--dry-run")
            self.assertEqual((run.summary["not_ours"], run.summary["deleted"]), (self.publish().summary["not_ours"], []))
            self.assertEqual(self.s3.get_object(Bucket=BUCKET, Key=beside)["Body"].read(), b"theirs")
        finally:
            self.s3.delete_object(Bucket=BUCKET, Key=beside)

    def test_a_file_that_somebody_changed_there_is_put_right(self):
        page = "index.html"
        content = self.site.built()[page]
        self.put_foreign(page, content[:-1] + b" ")
        self.uploads()
        run = self.publish()
        self.assertEqual((run.code, run.sent()), (0, [page]), run)
        self.assert_whole()

    def test_a_bucket_that_is_not_there(self):
        self.site.target("")
        command, environment = self.command()
        file = self.site.root / "dateline.toml"
        file.write_text(file.read_text().replace(f"s3://{BUCKET}/", "s3://no-such-bucket/"))
        run = self.publish_as_it_stands(command, environment)
        self.assertEqual(run.code, 2, run)
        self.assertIn("has no bucket `no-such-bucket`", run.err)

    def publish_as_it_stands(self, command, environment):
        """A publish with dateline.toml as it is."""
        done = harness.subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=240)
        return harness.Run(done.returncode, done.stdout, done.stderr)

    def test_a_line_that_drops_once_is_ridden_out(self):
        # A request that is cut is sent anew at once, without a word.
        self.site.retitle("The Record, once more")
        self.proxy.cut_after(self.CUT, once=True)
        run = self.publish()
        self.assertEqual((run.code, self.proxy.cuts), (0, 1), run)
        self.assert_whole()

    def test_credentials_from_a_file(self):
        home = self.folder / "home/.aws"
        home.mkdir()
        self.addCleanup(harness.shutil.rmtree, home)
        (home / "credentials").write_text(
            f"[default]\naws_access_key_id = nobody\naws_secret_access_key = {self.WRONG}\n"
            f"[desk]\naws_access_key_id = {self.KEY}\naws_secret_access_key = {self.RIGHT}\n"
        )
        command, environment = self.command()
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            del environment[name]
        run = self.publish_as_it_stands(command, {**environment, "AWS_PROFILE": "desk"})
        self.assertEqual(run.code, 0, run)
        run = self.publish_as_it_stands(command, environment)
        self.assertEqual(run.code, 2, run)
        self.assertIn("does not know the access key", run.err)


class Moto(Bucket, harness.Publishing):
    """A bucket whose owner has said what the keys are for."""

    @classmethod
    def start(cls):
        cls.port = harness.free_port()
        command = [str(Path(os.sys.executable).parent / "moto_server"), "-H", "127.0.0.1", "-p", str(cls.port)]
        cls.server = harness.Server(command, cls.port, cls.folder)
        cls.KEY = "before"
        cls.client().create_bucket(Bucket=BUCKET)
        cls.KEY, cls.RIGHT, cls.READER = "before", "before", cls.user("reader", MAY[:2])
        cls.KEY, cls.RIGHT = cls.user("desk", MAY)
        cls.SECRETS = (cls.RIGHT, cls.WRONG, cls.READER[1])
        # From here on it asks who it is.
        address = f"http://127.0.0.1:{cls.port}/moto-api/reset-auth"
        # Any type but that of a form, which the server would take apart.
        request = urllib.request.Request(address, data=b"0", headers={"Content-Type": "text/plain"})
        urllib.request.urlopen(request, timeout=10).close()
        cls.opened()

    @classmethod
    def user(cls, name, may):
        """Keys of somebody who may do so much."""
        iam = cls.client("iam")
        iam.create_user(UserName=name)
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": may, "Resource": "*"}]}
        iam.put_user_policy(UserName=name, PolicyName="bucket", PolicyDocument=json.dumps(policy))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]

    def test_keys_that_may_only_read(self):
        before = self.listing()
        source, _ = self.site.take()
        self.change(source)
        command, environment = self.command()
        key, secret = self.READER
        reader = {**environment, "AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret}
        run = self.publish_as_it_stands(command, reader)
        self.assertNotIn(secret, run.out + run.err)
        self.assertEqual(run.code, 2, run)
        self.assertIn("does not allow it\n  the keys need s3:ListBucket", run.err)
        self.assertNotIn("trying again", run.err)
        self.assert_same(self.listing(), before)
        self.assertEqual(self.publish().code, 0)
        self.assert_whole()


class S3rver(Bucket, harness.Publishing):
    """A server that lays objects on disk."""

    # With a space, which moto cannot have: it checks the signature of a query as it was written, and
    # not as it reads, so that it takes a space written `+` for a wrong one.
    FOLDER = "the record/ü+1"
    KEY = RIGHT = "S3RVER"
    SECRETS = (harness.Publishing.WRONG,)
    SENT = re.compile(rb'Stored object "(.+?)" in bucket')

    @classmethod
    def start(cls):
        cls.port = harness.free_port()
        program = Path(os.environ["S3RVER"])
        command = ["node", str(program), "-d", str(cls.folder / "s3rver"), "-a", "127.0.0.1", "-p", str(cls.port)]
        # Its lists are signed with MD4, which OpenSSL 3 does not give out any more.
        environment = {**os.environ, "NODE_OPTIONS": "--openssl-legacy-provider"}
        (cls.folder / "s3rver").mkdir()
        cls.server = harness.Server(command, cls.port, cls.folder, env=environment)
        cls.client().create_bucket(Bucket=BUCKET)
        cls.opened()

    def environment(self, wrong=False):
        # It checks the key and not what was signed with its secret.
        secrets = super().environment(wrong)
        return {**secrets, "AWS_ACCESS_KEY_ID": "nobody"} if wrong else secrets

    def test_a_target_lost_in_the_middle(self):
        # What arrived of a file whose line was cut stays on its disk, as on no other server's.
        self.site.retitle("The Record, continued")
        run = self.cut_off()
        self.assertNotEqual(run.code, 0, run)
        self.assertEqual(sorted(self.ours()), sorted(self.site.built()))
        run = self.publish()
        self.assertEqual(run.code, 0, run)
        self.assert_whole()
        self.assertEqual(self.publish().sent(), [])
