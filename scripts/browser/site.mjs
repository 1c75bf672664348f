// The built site behind a web server, and a browser in front of it.
//
// SITE names the built folder, BASE the path that it is published under, CHROMIUM the browser,
// PICTURES a folder for pictures of the pages (none are taken without it).
import { createReadStream, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import puppeteer from "puppeteer-core";

const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run scripts/test, which sets it`);
  return value;
};
export const site = need("SITE");
export const base = need("BASE");

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
  ".svg": "image/svg+xml", ".png": "image/png", ".xml": "application/xml", ".txt": "text/plain",
};

// A static host as simple as they come: folders by their index, everything else by name, 404 for the rest.
export async function serve() {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    let file = path.startsWith(base) ? normalize(join(site, path.slice(base.length))) : null;
    if (file && (file + sep).startsWith(site + sep) && statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      file = join(file, "index.html");
    }
    const found = file?.startsWith(site + sep) && statSync(file, { throwIfNoEntry: false })?.isFile();
    response.writeHead(found ? 200 : 404, { "content-type": types[extname(found ? file : ".html")] ?? "application/octet-stream" });
    createReadStream(found ? file : join(site, "404.html")).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { url: (path = "") => `${origin}${base}${path}`, origin, close: () => server.close() };
}

export function browse() {
  return puppeteer.launch({
    executablePath: need("CHROMIUM"),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
}

// A page whose own faults fail the test: console errors, exceptions, requests that leave the site or miss.
export async function open(browser, { width = 1280, dark = false, javascript = true } = {}) {
  const page = await browser.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  page.on("request", (request) => /^(http:\/\/127\.0\.0\.1|data:)/.test(request.url()) || faults.push(`leaves the site: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
  await page.setViewport({ width, height: 900 });
  await page.setJavaScriptEnabled(javascript);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  page.faults = faults;
  return page;
}

const inside = (folder, depth, test) => {
  const found = [];
  const walk = (at, level) => {
    for (const entry of readdirSync(join(site, at), { withFileTypes: true })) {
      if (entry.isDirectory()) walk(`${at}/${entry.name}`, level + 1);
      else if (entry.name === "index.html" && level === depth && test(readFileSync(join(site, at, "index.html"), "utf8"))) found.push(`${at}/`);
    }
  };
  if (statSync(join(site, folder), { throwIfNoEntry: false })) walk(folder, 0);
  return found.sort();
};
const first = (folder, depth, test = () => true) => inside(folder, depth, test)[0];

// A brief with several voices and the same words elsewhere, one with something uncertain, and one
// page of every other kind that the site has.
export const brief = first("briefs", 1, (html) => html.includes('data-voice="2"') && html.includes('class="also"'));
export const unsure = first("briefs", 1, (html) => /class="said[^"]* unsure[^"]*" data-quote/.test(html));
export const speaker = first("speakers", 1, (html) => (html.match(/class="words"/g) ?? []).length > 4);
export const day = first("days", 3, (html) => html.includes('id="said"'));
export const kinds = {
  home: "", brief, unsure, speaker, day,
  ...Object.fromEntries(["briefs", "speakers", "days", "timeline", "stories", "topics", "outlets", "places", "search"]
    .filter((folder) => statSync(join(site, folder, "index.html"), { throwIfNoEntry: false })).map((folder) => [folder, `${folder}/`])),
  ...Object.fromEntries([["story", "stories", 1], ["topic", "topics", 1], ["outlet", "outlets", 1], ["place", "places", 1], ["year", "days", 1], ["month", "days", 2]]
    .map(([name, folder, depth]) => [name, first(folder, depth)]).filter(([, path]) => path)),
  missing: "404.html",
};
