// An editor at work: whatever is saved, however it is saved, the open page follows and stays where it
// is; what is wrong is shown on top of it, and what the annotator is unsure of beside it.
import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { preview, savings } from "./preview.mjs";
import { browse, open } from "./site.mjs";

const paragraph = "The mill stands on the left bank, the quay on the right, and the ferry goes between them by day and by night. ";
const brief = ({ title = "The bridge is closed", said = "The bridge is closed until the spring", end = "", more = "" } = {}) =>
  `+++\ntitle = "${title}"\ndate = 2025-12-06\ntopics = ["Harbour"]\n+++\n\n` +
  `OSLO - "${said}," harbour master Ada Moreno said on Friday.\n\n${`${paragraph.repeat(4)}\n\n`.repeat(12)}${end}${more}\n`;
const other = `+++\ntitle = "A toll is planned"\ndate = 2025-12-04\n+++\n\nOSLO - "A toll will pay for the stones," Vera Holm said on Thursday.\n`;
const unsure = `+++\ntitle = "Two rivals"\ndate = 2025-12-05\n+++\n\nOSLO - Ada Moreno and Vera Holm met on Friday.\n\n"The ferry stays in the harbour from now on," it was said.\n`;
const settings = `title = "Test site"\nbase_url = "https://news.example/desk/"\n`;

let browser, site, page;
before(async () => { browser = await browse(); });
after(async () => { await browser?.close(); });
beforeEach(async () => {
  site = await preview({ "dateline.toml": settings, "content/bridge.md": brief(), "content/toll.md": other, "content/rivals.md": unsure });
  page = await open(browser);
});
afterEach(async () => { await page?.close(); site?.close(); });

const shown = (words) => page.waitForFunction((it) => document.body.textContent.includes(it), { timeout: 20_000 }, words);
const gone = (words) => page.waitForFunction((it) => !document.body.textContent.includes(it), { timeout: 20_000 }, words);
// What the preview says: of the overlay and of the strip, empty where they are not to be seen.
const says = (part) => page.evaluate((it) => {
  const found = document.querySelector("dateline-preview").shadowRoot.querySelector(`.${it}`);
  return found.hidden ? "" : found.textContent;
}, part);
const saysThat = (part, test) => page.waitForFunction((it, words) => {
  const found = document.querySelector("dateline-preview")?.shadowRoot.querySelector(`.${it}`);
  if (!found) return false;
  return words === null ? found.hidden : !found.hidden && found.textContent.includes(words);
}, { timeout: 20_000 }, part, test);
// Marks the document that is open: another one has no mark.
const visit = async (path) => {
  await page.goto(site.url + path);
  await page.waitForFunction(() => document.querySelector("dateline-preview"));
  await page.evaluate(() => { window.opened = true; });
};
const stayed = () => page.evaluate(() => window.opened === true);

for (const [how, save] of Object.entries(savings)) {
  test(`an edit saved so: ${how}`, async () => {
    await visit("briefs/bridge/");
    await page.evaluate(() => {
      scrollTo(0, 900);
      document.querySelector(".speech details").open = true;
      document.querySelector("footer a").focus({ preventScroll: true });
    });
    const before = await page.evaluate(() => scrollY);
    for (const season of ["summer", "autumn", "winter"]) {
      site.write("content/bridge.md", brief({ said: `The bridge is closed until the ${season}` }), save);
      await shown(`closed until the ${season}`);
      assert.equal(await says("overlay"), "", "a half-saved file is no mistake");
    }
    assert.ok(await stayed(), "the page was loaded anew");
    const now = await page.evaluate(() => ({ at: scrollY, open: document.querySelector(".speech details").open, focus: document.activeElement.textContent, footer: document.querySelector("footer a").textContent }));
    assert.equal(now.at, before);
    assert.equal(now.open, true);
    assert.equal(now.focus, now.footer);
    assert.deepEqual(page.faults, []);
  });
}

test("a new title is on every page that shows it", async () => {
  await visit("");
  await shown("The bridge is closed");
  site.write("content/bridge.md", brief({ title: "A ferry in its place" }));
  await shown("A ferry in its place");
  assert.ok(await stayed());
  for (const path of ["", "briefs/", "speakers/ada-moreno/", "days/2025/12/06/", "days/2025/12/05/", "topics/harbour/", "atom.xml", "feed.json", "briefs/bridge/", "search/rows/2025/12-06-0.json"]) {
    const text = await site.get(path);
    if (path === "feed.json" && !text.includes("{")) continue;
    assert.ok(text.includes("A ferry in its place"), path);
    assert.ok(!text.includes("The bridge is closed<"), path);
  }
});

test("an open search follows", async () => {
  await visit("search/?q=ferry");
  site.write("content/more.md", `+++\ntitle = "Of the ferry"\ndate = 2025-12-07\n+++\n\nOSLO - "The ferry is late," Ada Moreno said on Sunday.\n`);
  await page.waitForFunction(() => document.querySelector("#results")?.textContent.includes("ferry is late"), { timeout: 20_000 });
  site.write("content/more.md", `+++\ntitle = "Of the ferry"\ndate = 2025-12-07\n+++\n\nOSLO - "The ferry is early," Ada Moreno said on Sunday.\n`);
  await page.waitForFunction(() => document.querySelector("#results")?.textContent.includes("ferry is early"), { timeout: 20_000 });
  assert.ok(await stayed());
  assert.equal(await page.$eval("#q, [name=q]", (it) => it.value), "ferry");
  assert.deepEqual(page.faults, []);
});

test("statements come and go in an open page as in a fresh one", async () => {
  await visit("briefs/bridge/");
  const states = [
    brief({ more: `"No toll on it," Vera Holm said on Friday.` }),
    brief({ more: `"No toll on it," Vera Holm said on Friday.\n\n"Not before May," she added.` }),
    brief({ said: "Nothing moves here any more", more: `"Not before May," Vera Holm said.` }),
    brief({ title: "Another one" }),
  ];
  for (const [number, state] of states.entries()) {
    site.write("content/bridge.md", `${state}\nState ${number}.\n`);
    await shown(`State ${number}.`);
    const fresh = await open(browser);
    await fresh.goto(page.url());
    // What the page's own script makes of the links to copy comes when there is time.
    const seen = (it) => it.evaluate(() => {
      const main = document.querySelector("main").cloneNode(true);
      for (const list of main.querySelectorAll(".acts")) list.remove();
      return document.title + document.querySelector("header.site").outerHTML + main.outerHTML;
    });
    assert.equal(await seen(page), await seen(fresh));
    await fresh.close();
  }
  assert.ok(await stayed());
  await page.click(".copy .said[id]");
  assert.match(await page.$eval(".strip:not([hidden])", (it) => it.textContent), /Ada Moreno/);
  // A page that nobody sees lets go of the stream of events.
  assert.deepEqual(page.faults.filter((fault) => !fault.endsWith("_dateline/events")), []);
});

test("a template, the people, the settings, a note", async () => {
  await visit("briefs/bridge/");
  site.write("templates/brief.html", `{% extends "built-in/brief.html" %}{% block topics %}<p id="own">Written by a template</p>{% endblock topics %}`);
  await shown("Written by a template");
  site.write("people.toml", `[[person]]\nid = "ada-moreno"\nname = "Ada Moreno"\nroles = ["Captain of the port"]\n`);
  await shown("Captain of the port");
  site.write("dateline.toml", settings.replace("Test site", "The Harbour Record"));
  await shown("The Harbour Record");
  site.write("content/bridge.notes.toml", `[[notes]]\nquotation = "The bridge is closed until the spring"\nspeaker = "Vera Holm"\n`);
  await page.waitForFunction(() => document.querySelector(".people").textContent.includes("Vera Holm"), { timeout: 20_000 });
  site.remove("templates/brief.html");
  await gone("Written by a template");
  assert.ok(await stayed());
});

test("styles are taken without a reload", async () => {
  site.write("templates/brief.html", `{% extends "built-in/brief.html" %}{% block head %}<link rel="stylesheet" href="{{ "own.css" | asset }}">{% endblock head %}`);
  site.write("static/own.css", "h1 { letter-spacing: 1px }");
  await site.until("briefs/bridge/", "own.css?h=");
  await visit("briefs/bridge/");
  const spacing = (wanted) => page.waitForFunction((it) => getComputedStyle(document.querySelector("h1")).letterSpacing === it, { timeout: 20_000 }, wanted);
  await spacing("1px");
  site.write("static/own.css", "h1 { letter-spacing: 3px }");
  await spacing("3px");
  // What a style sheet imports has no digest in any page.
  site.write("static/own.css", `@import "more.css";`);
  site.write("static/more.css", "h1 { letter-spacing: 5px }");
  await spacing("5px");
  site.write("static/more.css", "h1 { letter-spacing: 7px }");
  await spacing("7px");
  assert.ok(await stayed());
  await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 2, { timeout: 20_000 });
});

test("a mistake lies on top of the last good page until it is mended", async () => {
  await visit("briefs/bridge/");
  assert.equal(await says("overlay"), "");
  site.write("content/bridge.md", brief({ said: "Never to be seen" }).replace("2025-12-06", "2025-13-46"));
  await saysThat("overlay", "content/bridge.md:3:");
  const told = await says("overlay");
  assert.match(told, /error F\d+/);
  assert.match(told, /3 \| date = 2025-13-46\n +\| +\^+/);
  await shown("closed until the spring");
  site.write("content/bridge.md", brief({ said: "Mended it is" }));
  await shown("Mended it is");
  await saysThat("overlay", null);

  site.write("templates/base.html", "<p>{{ site.title }</p>");
  await saysThat("overlay", "templates/base.html:1:");
  await shown("Mended it is");
  site.write("content/bridge.md", brief({ said: "Words go on meanwhile" }));
  await shown("Words go on meanwhile");
  await page.keyboard.press("Escape");
  await saysThat("overlay", null);
  site.remove("templates/base.html");
  await page.waitForFunction(() => !document.querySelector("dateline-preview").shadowRoot.textContent.includes("T001"), { timeout: 20_000 });

  // A mistake elsewhere is told of where it is made, and lies in nobody's way afterwards.
  site.write("content/toll.md", "+++\ntitle = \"Broken\n+++\n\nRain.\n");
  await saysThat("overlay", "content/toll.md:2:");
  await visit("briefs/rivals/");
  await saysThat("strip", "1 elsewhere");
  assert.equal(await says("overlay"), "");
  assert.deepEqual(page.faults, []);
});

test("settings that were never good are told of, and the site comes when they are mended", async () => {
  site.close();
  site = await preview({ "dateline.toml": "title = \n", "content/toll.md": other });
  await page.goto(site.url);
  await saysThat("overlay", "dateline.toml:1:");
  page.faults.length = 0;
  site.write("dateline.toml", settings.replace("/desk/", "/"));
  await shown("A toll is planned");
  assert.deepEqual(page.faults, []);
});

test("what the annotator is unsure of can be settled by pasting what is copied", async () => {
  await browser.defaultBrowserContext().overridePermissions(new URL(site.url).origin, ["clipboard-read", "clipboard-sanitized-write"]);
  await (await page.createCDPSession()).send("Emulation.setFocusEmulationEnabled", { enabled: true });
  await visit("briefs/rivals/");
  await saysThat("strip", "Unsure of");
  assert.match(await says("strip"), /stays in the harbour/);
  const copied = await page.evaluate(async () => {
    const strip = document.querySelector("dateline-preview").shadowRoot.querySelector(".strip");
    strip.open = true;
    const button = [...strip.querySelectorAll("button")].find((it) => it.textContent.includes("Vera Holm"));
    button.click();
    await new Promise((done) => setTimeout(done, 300));
    return { text: await navigator.clipboard.readText(), told: button.closest("li").textContent };
  });
  assert.match(copied.told, /Put it at the end of content\/rivals\.notes\.toml/);
  assert.match(copied.text, /^\[\[notes\]\]\nquotation = "The ferry stays in the harbour/);
  site.write("content/rivals.notes.toml", copied.text);
  await page.waitForFunction(() => document.querySelector(".people")?.textContent.includes("Vera Holm"), { timeout: 20_000 });
  await saysThat("strip", null);
  // A page that is sure has no strip, and no page of a built site can have one.
  assert.doesNotMatch(await site.get("briefs/rivals/"), /notes\.toml|Unsure/);
  assert.deepEqual(page.faults, []);
});

test("ranges, tags and the site's own 404", async () => {
  const part = await fetch(`${site.url}atom.xml`, { headers: { Range: "bytes=0-4" } });
  assert.deepEqual([part.status, await part.text()], [206, "<?xml"]);
  const tag = part.headers.get("etag");
  assert.equal((await fetch(`${site.url}atom.xml`, { headers: { "If-None-Match": tag } })).status, 304);
  assert.equal((await fetch(`${site.url}atom.xml`, { headers: { Range: "bytes=99999999-" } })).status, 416);
  const lost = await fetch(`${site.url}no/such/page/`);
  assert.equal(lost.status, 404);
  assert.match(await lost.text(), /Test site/);
});

test("two hundred edits in a row cost no memory", async () => {
  await visit("briefs/bridge/");
  const edit = async (number) => {
    site.write("content/bridge.md", brief({ said: `Edit number ${number} is the last of all of them so far` }));
    await shown(`Edit number ${number} is`);
  };
  for (let number = 0; number < 50; number += 1) await edit(number);
  const before = site.rss();
  for (let number = 50; number < 200; number += 1) await edit(number);
  const after = site.rss();
  assert.ok(after < before * 1.1 + 4_000, `${before} kB after 50 edits, ${after} kB after 200`);
  assert.ok(await stayed());
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  await page.reload();
  assert.ok(nodes <= (await page.evaluate(() => document.querySelectorAll("*").length)) + 20, `${nodes} nodes`);
});
