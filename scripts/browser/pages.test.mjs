// Every kind of page as every reader gets it: wide and narrow, light and dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browse, kinds, open, serve } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser?.close(); server?.close(); });

for (const [kind, path] of Object.entries(kinds)) {
  test(`${kind} (/${path}) at 1280, 360 and 320 px, light and dark`, async () => {
    const papers = new Set();
    for (const dark of [false, true]) {
      for (const width of [1280, 360, 320]) {
        const page = await open(browser, { width, dark });
        await page.goto(server.url(path));
        const seen = await page.evaluate(() => ({
          headings: document.querySelectorAll("h1").length,
          paper: getComputedStyle(document.body).backgroundColor,
          wide: document.documentElement.scrollWidth - innerWidth,
          over: [...document.querySelectorAll("body *")].filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest(".vh, .table, pre")).map((it) => it.outerHTML.slice(0, 80)),
        }));
        assert.equal(seen.headings, 1);
        assert.ok(seen.wide <= 0, `${seen.wide} px too wide at ${width}: ${seen.over[0]}`);
        papers.add(`${dark} ${seen.paper}`);
        if (width !== 320) {
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
          assert.deepEqual(violations.map((it) => `${it.id}: ${it.nodes[0].html}`), []);
          if (process.env.PICTURES) {
            const name = `${kind}-${width}${dark ? "-dark" : ""}.png`;
            await page.screenshot({ path: join(process.env.PICTURES, name), fullPage: true });
          }
        }
        assert.deepEqual(page.faults, []);
        await page.close();
      }
    }
    assert.equal(papers.size, 2, "dark is not dark");
  });
}
