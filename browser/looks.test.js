// Accessibility and layout, wide and narrow, light and dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { EXPLORER, launch, openPage } from "./page.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// A folder for screenshots, to be looked at.
const SHOTS = process.env.SHOTS;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const VIEWS = {
  table: ["", async () => {}],
  answer: ["#/q=facetime", async () => {}],
  filters: ["#/e=left&t=tcp&z=0-1023&a=1", async (page) => page.click("#filters summary")],
  candidates: ["#/q=air", async () => {}],
  help: ["", async (page) => page.getByRole("button", { name: "How to use the map" }).click()],
  products: ["", async (page) => { await page.click("#all-title"); await page.click(".sources summary"); }],
  record: ["#/r=8000-8999-tcp-irdmi", async (page) => page.waitForSelector("#detail[open]")],
  rules: ["#/p=FaceTime", async (page) => page.click("#rules")],
  left: ["#/e=all&q=8000-8100", async () => {}],
  former: ["#/r=2195-tcp", async (page) => page.waitForSelector("#detail[open]")],
  elsewhere: ["#/q=7777", async () => {}],
  empty: ["#/q=nothing+of+this", async () => {}],
};

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 360]) {
    for (const [view, [hash, prepare]] of Object.entries(VIEWS)) {
      test(`${view}, ${width} wide, ${colorScheme}`, async () => {
        const { page, complaints } = await openPage(browser, { hash, colorScheme, viewport: { width, height: 800 } });
        await prepare(page);
        if (SHOTS) await page.screenshot({ path: `${SHOTS}/${view}-${width}-${colorScheme}.png`, fullPage: view === "table" && width === 1280 });
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page scrolls sideways");
        assert.deepEqual(complaints, []);
        await page.context().close();
      });
    }
  }
}

for (const width of [320, 390, 768, 1280, 1920, 2560]) {
  test(`nothing overflows at ${width}`, async () => {
    const { page } = await openPage(browser, { viewport: { width, height: 844 } });
    for (const [view, [hash, prepare]] of Object.entries(VIEWS)) {
      await page.goto("about:blank");
      await page.goto(pathToFileURL(EXPLORER).href + hash);
      await prepare(page);
      const wide = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 0 && box.right > innerWidth + 1 && !one.closest("pre, .unseen, .skip, svg");
      }).map((one) => `${one.tagName} ${one.id || one.className}`));
      assert.deepEqual(wide, [], view);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${view} scrolls sideways`);
    }
    await page.context().close();
  });
}

test("it prints without its controls", async () => {
  const { page } = await openPage(browser);
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  assert.equal(await page.locator("#search").isVisible(), false);
  assert.equal(await page.locator("#rows").isVisible(), true);
  const pdf = await page.pdf({ path: SHOTS ? `${SHOTS}/print.pdf` : undefined, format: "A4" });
  assert.ok(pdf.length > 10_000);
  await page.context().close();
});

// The margins of a printer, with which A4 is narrower than some screens.
const PAPER = { format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } };
const sheets = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;

test("on paper the table stays a table, and a row's page stands alone", async () => {
  const { page } = await openPage(browser);
  const all = sheets(await page.pdf(PAPER));
  assert.ok(all <= 10, `${all} sheets`);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 680, height: 1000 });
  assert.equal(await page.locator("#body tr").first().evaluate((row) => getComputedStyle(row).display), "table-row");
  await page.evaluate(() => { location.hash = "#/r=110-tcp-pop3"; });
  await page.waitForSelector("#detail[open]");
  assert.equal(await page.locator("#rows").isVisible(), false);
  assert.equal(await page.locator("#detail button").first().isVisible(), false);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(0, 0, 0)");
  const pdf = await page.pdf({ ...PAPER, path: SHOTS ? `${SHOTS}/record.pdf` : undefined });
  assert.equal(sheets(pdf), 1);
  await page.context().close();
});
