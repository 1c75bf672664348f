// Readers' ways through the site.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { brief, browse, day, open, serve, speaker, unsure } from "./site.mjs";

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser?.close(); server?.close(); });

const text = (page, selector) => page.$eval(selector, (element) => element.textContent.replace(/\s+/g, " ").trim());
const follow = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const done = (page) => { assert.deepEqual(page.faults, []); return page.close(); };

test("from home to a brief to a speaker to a day and back", async () => {
  const page = await open(browser);
  await page.goto(server.url());
  const headline = await text(page, "main .headline a");
  await follow(page, "main .headline a");
  assert.equal(await text(page, "h1"), headline);

  await page.goto(server.url(brief));
  const name = await text(page, ".people a");
  await follow(page, ".people a");
  assert.equal(await text(page, "h1"), name);
  const words = await text(page, ".words a");

  await follow(page, ".row .figure a");
  assert.match(await text(page, "h1"), /\d{4}$/);
  const names = await page.$$eval(".speaker a", (links) => links.map((link) => link.textContent));
  assert.ok(names.includes(name), `${name} is not on the day that their page leads to`);
  await Promise.all([page.waitForNavigation(), page.goBack()]);
  assert.equal(await text(page, "h1"), name);

  // The words lead to their place in the brief, where they are marked as this speaker's.
  await follow(page, ".words a");
  const mark = await page.$eval(":target", (element) => ({ voice: element.dataset.voice, text: element.textContent, top: element.getBoundingClientRect().top }));
  assert.ok(words.includes(mark.text.slice(0, 12)), `${words} leads to ${mark.text}`);
  assert.ok(mark.top >= 0 && mark.top < 900, "the words are not in view");
  assert.equal(await text(page, `.people [data-voice="${mark.voice}"] a`), name);
  await done(page);
});

test("a speaker under the pointer or the focus lights their words, and nobody else's", async () => {
  const page = await open(browser);
  await page.goto(server.url(brief));
  const lit = () => page.$$eval(".copy .lit", (marks) => [...new Set(marks.map((mark) => mark.dataset.voice))]);
  assert.deepEqual(await lit(), []);
  for (const voice of ["0", "1", "2"]) {
    await page.hover(`.people [data-voice="${voice}"] a`);
    assert.deepEqual(await lit(), [voice]);
    const wanted = await page.$$eval(`.copy .said[data-voice="${voice}"]`, (marks) => marks.length);
    assert.equal(await page.$$eval(".copy .lit", (marks) => marks.length), wanted);
  }
  await page.hover("h1");
  assert.deepEqual(await lit(), []);
  await page.focus('.speech[data-voice="1"] h3 a');
  assert.deepEqual(await lit(), ["1"]);
  // A name in the text stands for its own row.
  const names = await page.$$eval(".copy a.who", (links) => links.map((link) => link.textContent.replace(" said by ", "")));
  await page.hover(".copy a.who");
  const [voice] = await lit();
  assert.equal(await text(page, `.people [data-voice="${voice}"] a`), names[0].split(",")[0]);
  await done(page);
});

test("words that are clicked are told of in the strip, with the same facts as in the list", async () => {
  const page = await open(browser);
  await page.goto(server.url(brief));
  assert.equal(await page.$(".strip:not([hidden])"), null);
  const ids = await page.$$eval(".copy .said[id]", (marks) => marks.map((mark) => mark.id));
  const listed = await page.$$eval(".speech li[id]", (rows) => Object.fromEntries(rows.map((row) => [
    row.id, `${row.closest(".speech").querySelector("h3").textContent}|${row.querySelector("p.line").textContent}`])));
  const told = () => page.$eval(".strip", (strip) => `${strip.querySelector(".speaker").textContent}|${strip.querySelector("p.line:not(.walk)").textContent}`);
  await page.click(`#${ids[0]}`);
  for (const [index, id] of ids.entries()) {
    assert.equal(await told(), listed[`about-${id}`]);
    assert.match(await text(page, ".strip .walk"), new RegExp(`${index + 1} of ${ids.length}`));
    if (index + 1 < ids.length) {
      await page.click('.strip [aria-label="The next quotation"]');
      assert.equal(await page.evaluate(() => location.hash), `#${ids[index + 1]}`);
    }
  }
  assert.ok(await page.$eval('.strip [aria-label="The next quotation"]', (button) => button.disabled));
  // The words that are told of are not behind the strip.
  const [bottom, top] = await page.evaluate(() => [document.querySelector(".told").getBoundingClientRect().bottom, document.querySelector(".strip").getBoundingClientRect().top]);
  assert.ok(bottom <= top, `the words end at ${bottom}, the strip begins at ${top}`);
  await page.keyboard.press("Escape");
  assert.equal(await page.$(".strip:not([hidden])"), null);
  assert.equal(await page.$(".told"), null);
  await done(page);
});

test("an address of a quotation opens it, and is copied with one press", async () => {
  const page = await open(browser);
  await browser.defaultBrowserContext().overridePermissions(server.origin, ["clipboard-read", "clipboard-sanitized-write"]);
  await page.goto(server.url(brief));
  const id = await page.$eval(".copy .said[id]", (mark) => mark.id);
  await page.bringToFront();
  await page.waitForSelector(`#about-${id} button`);
  await page.click(`#about-${id} button`);
  await page.waitForFunction((row) => document.querySelector(`#${row} button`).textContent === "Copied", {}, `about-${id}`);
  const address = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(address, `${server.url(brief)}#${id}`);
  await page.goto("about:blank");
  await page.goto(address);
  assert.equal(await page.$eval(".told", (mark) => mark.id), id);
  await done(page);
});

test("what is uncertain is said in the strip, too, and has nothing to cite", async () => {
  const page = await open(browser);
  await page.goto(server.url(unsure));
  const id = await page.$eval(".copy .said.unsure[id]", (mark) => mark.id);
  await page.click(`#${id}`);
  assert.match(await text(page, ".strip p.line:not(.walk)"), /possibly/);
  assert.equal(await page.$(".strip .cite"), null);
  await done(page);
});

test("by keyboard alone", async () => {
  const page = await open(browser);
  await page.goto(server.url(brief));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => location.hash), "#main");
  // From the content on, every stop is in view and has an outline; the list of who said what is among them.
  const seen = new Set();
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return { tag: element.tagName, inside: element.closest(".copy, .rail, .speech")?.className ?? "", outline: style.outlineStyle, shown: box.bottom > 0 && box.top < innerHeight };
    });
    if (at.tag === "BODY") break;
    assert.ok(at.shown, `a stop out of view: ${JSON.stringify(at)}`);
    assert.notEqual(at.outline, "none", JSON.stringify(at));
    seen.add(at.inside.split(" ")[0]);
  }
  for (const part of ["copy", "rail", "speech"]) assert.ok(seen.has(part), `no stop in .${part}`);
  // The citation opens by keyboard.
  await page.focus(".speech summary");
  await page.keyboard.press("Enter");
  assert.ok(await page.$eval(".speech details", (details) => details.open));
  await done(page);
});

test("without JavaScript everything is there", async () => {
  const page = await open(browser, { javascript: false });
  await page.goto(server.url(brief));
  const { origin } = server;
  const rows = await page.$$(".speech li[id]");
  assert.ok(rows.length > 2);
  await page.click(".speech summary");
  assert.match(await text(page, ".cite"), /quoted in|as reported in/);
  await follow(page, ".people a");
  await follow(page, ".row .figure a");
  assert.ok(page.url().startsWith(`${origin}`) && page.url().includes("/days/"));
  for (const path of [speaker, day]) {
    await page.goto(server.url(path));
    assert.ok((await text(page, "main")).length > 200);
  }
  await done(page);
});

test("what is copied out of an article is the article, without labels", async () => {
  const page = await open(browser);
  await page.goto(server.url(brief));
  const [copied, words] = await page.evaluate(() => {
    const copy = document.querySelector(".copy");
    getSelection().selectAllChildren(copy);
    const bare = copy.cloneNode(true);
    for (const label of bare.querySelectorAll(".who, .on, .also, .vh")) label.remove();
    const flat = (string) => string.replace(/\s+/g, "");
    return [flat(getSelection().toString()), flat(bare.textContent)];
  });
  assert.equal(copied, words);
  await done(page);
});

test("on paper the speakers and the days stand in black, and nothing to press", async () => {
  const page = await open(browser);
  await page.goto(server.url(brief));
  await page.emulateMediaType("print");
  const seen = await page.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.getClientRects().length).length;
    const colour = (selector) => getComputedStyle(document.querySelector(selector)).color;
    return { nav: shown("nav"), acts: shown(".acts"), speech: shown(".speech h3"), who: colour(".copy .who"), name: colour(".speech h3"), rail: colour(".people a") };
  });
  assert.equal(seen.nav, 0);
  assert.equal(seen.acts, 0);
  assert.ok(seen.speech > 0);
  for (const part of ["who", "name", "rail"]) assert.equal(seen[part], "rgb(0, 0, 0)", part);
  await done(page);
});
