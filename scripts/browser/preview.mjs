// A site in a folder of its own with `dateline serve` in front of it.
//
// DATELINE names the program.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

// The ways in which editors save a file.
export const savings = {
  "in place": (file, text) => {
    const open = openSync(file, "w");
    // In two steps, as with a large file: the first half alone would be another page.
    writeSync(open, text.slice(0, text.length / 2));
    writeSync(open, text.slice(text.length / 2));
    closeSync(open);
  },
  "a temporary file renamed over it": (file, text) => {
    const other = join(dirname(file), `.${Date.now()}.tmp`);
    writeFileSync(other, text);
    renameSync(other, file);
  },
  "the old file moved away": (file, text) => {
    renameSync(file, `${file}~`);
    writeFileSync(file, text);
    rmSync(`${file}~`);
  },
  "deleted and made anew": (file, text) => {
    rmSync(file);
    writeFileSync(file, text);
  },
};

export async function preview(files, flags = []) {
  const root = mkdtempSync(join(tmpdir(), "dateline-preview-"));
  const path = (name) => join(root, name);
  const write = (name, text, save = writeFileSync) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    save(path(name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { ...(await start(root, flags)), root, write, read: (name) => readFileSync(path(name), "utf8"), remove: (name) => rmSync(path(name)) };
}

// Serves the site in `root`; `close` stops it and leaves the folder to `done`.
export async function start(root, flags = []) {
  const server = spawn(process.env.DATELINE, ["serve", "--root", root, "--as-of", "2026-01-15", ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  let [said, wrong] = ["", ""];
  server.stderr.on("data", (data) => { wrong += data; });
  const url = await new Promise((done, fail) => {
    server.stdout.on("data", (data) => {
      said += data;
      const found = said.match(/Listening on (http:\S+)/);
      if (found) done(found[1]);
    });
    server.on("exit", () => fail(Error(wrong)));
  });
  const rss = () => Number(readFileSync(`/proc/${server.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]);
  const cpu = () => {
    const [user, system] = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13);
    return (Number(user) + Number(system)) * 10;
  };
  const get = async (path = "") => (await fetch(url + path)).text();
  // Waits until what is at `path` holds `words`.
  const until = async (path, words, limit = 20_000) => {
    const begun = Date.now();
    for (;;) {
      const text = await get(path);
      if (text.includes(words)) return text;
      if (Date.now() - begun > limit) throw Error(`no “${words}” at ${path}: ${text.slice(0, 2000)}`);
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const close = () => {
    server.removeAllListeners("exit");
    server.kill();
    rmSync(root, { recursive: true, force: true });
  };
  return { url, get, until, rss, cpu, close, said: () => said + wrong };
}
