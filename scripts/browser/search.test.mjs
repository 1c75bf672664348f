// The search page: what it finds, what it leaves out, and what it says where there is nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browse, open, serve } from "./site.mjs";

let server, browser, page;
before(async () => { server = await serve(); browser = await browse(); page = await open(browser); });
after(async () => { await browser?.close(); server?.close(); });

// What stands under a query: the line above the results, and each result as words.
async function asked(query) {
  await page.goto(server.url(`search/?${query}`));
  await page.waitForFunction(() => {
    const line = document.querySelector("#found");
    return line.textContent && line.textContent !== line.dataset.busy;
  });
  return page.evaluate(() => {
    const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
    return {
      line: words(document.querySelector("#found")),
      rows: [...document.querySelectorAll("#results > li")].map(words),
      links: [...document.querySelectorAll("#results .words a")].map((link) => link.getAttribute("href")),
    };
  });
}
const some = (rows, words) => assert.ok(rows.some((row) => row.includes(words)), `${words} is not in:\n${rows.join("\n")}`);
const none = (rows, words) => assert.ok(!rows.some((row) => row.includes(words)), `${words} is in:\n${rows.join("\n")}`);

test("words find what was said, with the speaker and the day, and lead to its place", async () => {
  const { line, rows, links } = await asked("q=step+mankind");
  assert.match(line, /^Found /);
  some(rows, "That’s one small step for man");
  some(rows, "Neil Armstrong");
  some(rows, "July 1969");
  assert.ok(links.every((link) => /\/briefs\/[a-z0-9-]+\/#q-[0-9a-f]+/.test(link)), links.join());
  await page.click("#results .words a");
  await page.waitForSelector(":target");
  const quote = await page.$eval(":target", (mark) => mark.id);
  assert.ok(links[0].endsWith(`#${quote}`));
  const told = await page.$$eval(".said", (parts, id) => parts.filter((part) => part.dataset.quote === id).map((part) => part.textContent).join(" "), quote);
  assert.match(told, /step|mankind/);
});

test("another form of a word, a phrase, a beginning", async () => {
  some((await asked("q=talking")).rows, "talks with Washington");
  some((await asked("q=%22giant+leap%22")).rows, "Neil Armstrong");
  assert.deepEqual((await asked("q=%22leap+giant%22")).rows, []);
  some((await asked("q=kenned")).rows, "John F. Kennedy");
});

test("a speaker comes first, with the number of statements", async () => {
  const { rows } = await asked("q=Kennedy");
  assert.match(rows[0], /^Speaker ?John F\. Kennedy.*Statements: \d+$/);
});

test("filters by speaker, year and form", async () => {
  none((await asked("q=mankind&speaker=armstrong")).rows, "Jack Schmitt");
  const reported = (await asked("q=moon&year=1962&form=reported")).rows;
  some(reported, "1962");
  none(reported, "1969");
  none(reported, "“We choose");
  some((await asked("speaker=john-f-kennedy&form=direct")).rows, "“We choose to go to the moon");
});

test("what is not there is said, and what to try", async () => {
  assert.match((await asked("q=xylophon+moon")).line, /Nothing here has “xylophon”/);
  assert.match((await asked("year=1969")).line, /^Type a word or a name/);
  // Nobody has asked for anything: nothing is said.
  await page.goto(server.url("search/"), { waitUntil: "networkidle0" });
  assert.equal(await page.$eval("#found", (line) => line.textContent), "");
  assert.ok(await page.$eval("#search details", (details) => !details.open));
});

test("typed by keyboard, kept in the address, and back again", async () => {
  await page.goto(server.url("search/"));
  await page.focus("#q");
  await page.keyboard.type("giant leap");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("#results > li").length > 0);
  assert.match(page.url(), /\?q=giant\+leap/);
  const first = await page.$eval("#results > li", (row) => row.textContent);
  await Promise.all([page.waitForNavigation(), page.click("#results a")]);
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll("#results > li").length > 0);
  assert.equal(await page.$eval("#results > li", (row) => row.textContent), first);
  assert.deepEqual(page.faults, []);
});

test("a first question costs a reader at most 100 kB", async () => {
  const sizes = [];
  const count = (response) => sizes.push(response.buffer().then((body) => body.length));
  await page.setCacheEnabled(false);
  page.on("response", count);
  await asked("q=giant+leap+mankind");
  page.off("response", count);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  assert.ok(bytes > 20_000 && bytes <= 100_000, `${bytes} bytes`);
});
