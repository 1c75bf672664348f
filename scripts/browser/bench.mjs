// The way from an editor's save to the words in the browser; see scripts/bench-serve.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { start } from "./preview.mjs";

const BRIEFS = 1000;
const EDITS = 20;

// ---- a site that nobody wrote ----

const names = ["Ada", "Vera", "Ola", "Ines", "Jonas", "Mila", "Omar", "Petra", "Rui", "Tess"].flatMap((first) =>
  ["Moreno", "Holm", "Brandt", "Okoye", "Sand", "Vik", "Lund", "Marsh", "Quist", "Rowe", "Stahl", "Thorn"].map((last) => `${first} ${last}`));
const things = ["bridge", "toll", "harbour", "ferry", "mill", "quay", "road", "school", "market", "tower", "canal", "lighthouse"];
const doings = ["will be mended", "must stay open", "costs too much", "has waited long enough", "belongs to the town", "is safe", "cannot wait", "was a mistake"];
const times = ["before the winter", "by the end of May", "within three years", "as soon as the river falls", "before anybody asks again", "when the money is there"];
const roles = ["mayor", "harbour master", "engineer", "councillor", "teacher", "captain"];
const makeSite = (root) => {
  let state = 88172645463325252n;
  const draw = (list) => {
    state ^= (state << 13n) & 0xffffffffffffffffn;
    state ^= state >> 7n;
    state ^= (state << 17n) & 0xffffffffffffffffn;
    return list[Number(state % BigInt(list.length))];
  };
  const saying = () => `the ${draw(things)} ${draw(doings)} ${draw(times)}, and so does the ${draw(things)} behind the ${draw(things)}`;
  mkdirSync(join(root, "content"));
  writeFileSync(join(root, "dateline.toml"), 'title = "Bench"\nbase_url = "https://bench.example/"\n');
  for (let number = 0; number < BRIEFS; number += 1) {
    const day = new Date(Date.UTC(2019, 0, 1 + ((number * 7919) % 2500))).toISOString().slice(0, 10);
    let text = `+++\ntitle = "The ${draw(things)} and the ${draw(things)}, part ${number}"\ndate = ${day}\ntopics = ["${draw(things)}"]\n+++\n\nOSLO - `;
    while (text.length < 5000) {
      const name = draw(names);
      text += draw([
        () => `"${saying()}," ${draw(roles)} ${name} said on Friday. `,
        () => `${name} told reporters that ${saying()}. `,
        () => `It rained on Monday, and ${name} waited at the ${draw(things)}.\n\n`,
        () => `"${saying()}. ${saying()}," said ${name}, a ${draw(roles)}.\n\n`,
      ])();
    }
    writeFileSync(join(root, "content", `brief-${String(number).padStart(4, "0")}.md`), text);
  }
};

// ---- what is measured ----

const root = mkdtempSync(join(tmpdir(), "dateline-bench-"));
if (process.env.FOLDER) {
  for (const part of ["content", "templates", "static", "themes", "dateline.toml", "people.toml"]) {
    const from = join(process.env.FOLDER, part);
    if (existsSync(from)) cpSync(from, join(root, part), { recursive: true });
  }
} else makeSite(root);
const entries = readdirSync(join(root, "content"), { recursive: true }).filter((name) => name.endsWith(".md")).sort();
const dated = (name) => readFileSync(join(root, "content", name), "utf8").match(/^date = "?(\S{10})/m)?.[1] ?? "";
const newest = entries.map((name) => [dated(name), name]).sort().at(-1)[1];
const file = join(root, "content", newest);
const before = readFileSync(file, "utf8");
const title = before.match(/^title = "(.*)"$/m)[1];

const site = await start(root, []);
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
// Numbers of changes as the program tells them to browsers.
const stream = (await fetch(new URL("_dateline/events", site.url))).body.getReader();
let waiting = () => {};
(async () => {
  for (let part = await stream.read(); !part.done; part = await stream.read()) waiting();
})().catch(() => {});
const changed = () => new Promise((done) => { waiting = done; });
const rest = (time) => new Promise((done) => setTimeout(done, time));
const now = () => performance.timeOrigin + performance.now();
const sorted = (all) => [...all].sort((a, b) => a - b);
const line = (what, all, unit = "ms") => console.log(`${what.padEnd(52)} ${sorted(all)[all.length >> 1].toFixed(0).padStart(5)} ${unit}, at most ${Math.max(...all).toFixed(0)}`);

try {
  const list = await site.get("atom.xml");
  const address = list.match(new RegExp(`<link rel="alternate" href="([^"]*/briefs/[^"]*)"`))?.[1] ?? list.match(/href="([^"]*\/briefs\/[^"#]+\/)"/)[1];
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector("dateline-preview"));
  // The moment at which the words stand in the page, by the clock that this program reads, too.
  await page.evaluate(() => {
    window.seen = {};
    new MutationObserver(() => {
      const word = document.body.textContent.match(/\bword\d+\b/)?.[0];
      if (word) window.seen[word] ??= performance.timeOrigin + performance.now();
    }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
  });
  console.log(`${entries.length} briefs, load ${loadavg()[0].toFixed(1)}, ${(site.rss() / 1024).toFixed(0)} MiB`);

  const [words, cost] = [[], []];
  for (let number = 0; number < EDITS; number += 1) {
    // The pages that are tried between edits are the program's own affair.
    await rest(300);
    const used = site.cpu();
    writeFileSync(file, `${before}\n“A word${number} is what we all wait for in this town,” Ada Moreno said.\n`);
    const saved = now();
    const seen = await page.waitForFunction((word) => window.seen[word], { polling: 5 }, `word${number}`);
    words.push((await seen.jsonValue()) - saved);
    cost.push(site.cpu() - used);
  }
  line("from the save to the words in the open page", words);
  line("CPU time of the program for it", cost);

  const lists = [];
  const topic = before.match(/^topics = \["(.*?)"/m)?.[1];
  const paths = ["", "briefs/", "atom.xml", new URL(address).pathname.slice(new URL(site.url).pathname.length), ...(topic ? [`topics/${topic.toLowerCase().replaceAll(" ", "-")}/`] : [])];
  for (let number = 0; number < EDITS; number += 1) {
    await rest(300);
    const name = `Title ${number} of this brief`;
    let told = changed();
    writeFileSync(file, before.replace(title, name));
    const saved = now();
    for (let open = paths; open.length; told = changed()) {
      await told;
      const texts = await Promise.all(open.map((path) => site.get(path)));
      open = open.filter((_, at) => !texts[at].includes(name));
    }
    lists.push(now() - saved);
  }
  line(`from a new title to ${paths.length} pages that show it`, lists);
  const found = [];
  for (let number = 0; number < 5; number += 1) {
    await rest(300);
    const digest = async () => (await site.get("search/index.txt")).split("\t")[1];
    const old = await digest();
    const told = changed();
    writeFileSync(file, before.replace(title, `Heading${number} of this brief`));
    const saved = now();
    await told;
    while ((await digest()) === old);
    found.push(now() - saved);
  }
  line("from a new title to the search index", found);
  console.log(`load ${loadavg()[0].toFixed(1)}, ${(site.rss() / 1024).toFixed(0)} MiB`);
} finally {
  await browser.close();
  await stream.cancel().catch(() => {});
  site.close();
  rmSync(root, { recursive: true, force: true });
}
