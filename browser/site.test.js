// The site: every kind of page, every link, from a file and below a path.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, openPage } from "./page.js";
import { pagesOf, serve, writeSite } from "./site.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// A folder for screenshots, to be looked at.
const SHOTS = process.env.SHOTS;
const WIDTHS = [320, 390, 768, 1280, 1920, 2560];

// One of each kind, with the longest texts of its kind.
const KINDS = {
  front: "index.html",
  ports: "port/index.html",
  port: "port/443/index.html",
  range: "port/3478-3497/index.html",
  left: "port/2195/index.html",
  products: "product/index.html",
  product: "product/facetime/index.html",
  gone: "product/back-to-my-mac/index.html",
  editions: "edition/index.html",
  edition: "edition/2022-08-25/index.html",
  findings: "finding/index.html",
  finding: "finding/I001/index.html",
  api: "api/v1/index.html",
  missing: "404.html",
};

let browser, written, server;
before(async () => {
  written = writeSite();
  server = await serve(written.site);
  browser = await launch();
});
after(async () => {
  await browser.close();
  server.close();
  written.remove();
});

// A page by http; whatever is asked of another server is a complaint.
async function served(path, options = {}) {
  const { page, complaints } = await openPage(browser, { ...options, file: null });
  const own = complaints.length;
  page.on("response", (response) => { if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`); });
  const answer = await page.goto(server.root + path);
  const foreign = () => complaints.slice(own).filter((text) => !text.startsWith(`asks for ${server.origin}/`));
  return { page, answer, complaints: foreign };
}

for (const colorScheme of ["light", "dark"]) {
  for (const [kind, path] of Object.entries(KINDS)) {
    test(`${kind}, ${colorScheme}: accessible, at every width`, async () => {
      const { page, complaints } = await openPage(browser, { file: join(written.site, path), colorScheme });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `it scrolls sideways at ${width}`);
        if (SHOTS) await page.screenshot({ path: `${SHOTS}/site-${kind}-${width}-${colorScheme}.png` });
        if (width !== 390 && width !== 1280) continue;
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${width}: ${id}: ${nodes[0].html} ${nodes[0].failureSummary}`), []);
      }
      // All that is folded, too.
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      await page.setViewportSize({ width: 320, height: 900 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "unfolded, it scrolls sideways");
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }
}

test("below a path, every link of every page opens", async () => {
  const { page, complaints } = await served("");
  const known = new Map();
  const fragments = [];
  for (const path of pagesOf(written.site)) {
    await page.goto(server.root + path);
    known.set(`${server.root}${path}`, null);
    const links = await page.evaluate(() => [...document.links].map((link) => link.href));
    const ids = new Set(await page.evaluate(() => [...document.querySelectorAll("[id]")].map((own) => own.id)));
    known.set(page.url().replace(/index\.html$/, ""), ids);
    for (const link of links) {
      const url = new URL(link);
      if (url.origin !== server.origin) {
        assert.equal(url.protocol, "https:", `${path}: ${link}`);
        continue;
      }
      assert.ok(url.pathname.startsWith("/below/ports/"), `${path}: ${link}`);
      // The explorer's own state is behind `#/`.
      if (url.hash && !url.hash.startsWith("#/")) fragments.push([path, url.origin + url.pathname, url.hash.slice(1)]);
      url.hash = "";
      if (!known.has(url.href)) known.set(url.href, null);
    }
  }
  for (const url of known.keys()) {
    const answer = await page.request.get(url);
    assert.equal(answer.status(), 200, url);
  }
  for (const [path, url, id] of fragments) assert.ok(known.get(url.replace(/index\.html$/, ""))?.has(id), `${path}: ${url}#${id}`);
  assert.ok(known.size > 600, `${known.size} addresses`);
  assert.deepEqual(complaints(), []);
  await page.context().close();
});

test("from a file, links lead to files", async () => {
  const { page, complaints } = await openPage(browser, { file: join(written.site, KINDS.port) });
  for (const path of Object.values(KINDS).filter((path) => !["404.html", "index.html"].includes(path))) {
    await page.goto(`file://${join(written.site, path)}`);
    const links = await page.evaluate(() => [...document.links].map((link) => link.href));
    for (const link of links.filter((link) => link.startsWith("file:"))) {
      const file = fileURLToPath(link.split("#")[0]);
      assert.ok(existsSync(file.endsWith("/") ? join(file, "index.html") : file), `${path}: ${link}`);
    }
  }
  await page.goto(`file://${join(written.site, KINDS.port)}`);
  for (const [name, expected] of [["FaceTime", "product/facetime/index.html"], ["5223", "port/5223/index.html"], ["Editions", "edition/index.html"]]) {
    await page.getByRole("link", { name, exact: true }).first().click();
    assert.equal(fileURLToPath(page.url()), join(written.site, expected));
  }
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("what is not there gets a page whose links work", async () => {
  const { page, answer } = await served("product/no-such/thing/");
  assert.equal(answer.status(), 404);
  assert.equal(await page.locator("h1").textContent(), "Page not found");
  await page.getByRole("link", { name: "all ports" }).click();
  assert.equal(page.url(), `${server.root}port/`);
  await page.context().close();
});

test("the answer is copied as a list, a rule and JSON", async () => {
  const { page, complaints } = await served("product/facetime/", { permissions: ["clipboard-read", "clipboard-write"] });
  const copied = async (button) => {
    await button.click();
    await button.filter({ hasText: "Copied" }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  assert.equal(await copied(page.locator(".answer .copy")), "TCP 80, 443, 5223; UDP 3478-3497, 16384-16387, 16393-16402");
  const block = async (name) => {
    await page.getByText(name, { exact: true }).click();
    return copied(page.locator("details", { hasText: name }).locator(".copy"));
  };
  assert.match(await block("nftables"), /^add element inet filter \w+ \{ 80, 443, 5223 \}$/m);
  assert.deepEqual(JSON.parse(await block("JSON")).map(({ transport }) => transport), ["tcp", "udp"]);
  assert.deepEqual(complaints(), []);
  await page.context().close();
});

test("without script, all is there but the copy buttons", async () => {
  const { page, complaints } = await served("port/5223/", { javaScriptEnabled: false });
  assert.equal(await page.locator(".answer strong").textContent(), "TCP 5223");
  assert.equal(await page.locator(".copy").count(), 0);
  await page.getByRole("link", { name: "FaceTime" }).first().click();
  assert.equal(page.url(), `${server.root}product/facetime/`);
  assert.deepEqual(complaints(), []);
  await page.context().close();
});

test("by keyboard alone", async () => {
  const { page } = await served("product/facetime/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).hash, "#main");
  const tabTo = async (selector) => {
    for (let at = 0; at < 15; at++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((own) => document.activeElement.matches(own), selector)) return;
    }
    assert.fail(`${selector} is not reached`);
  };
  await tabTo(".answer .copy");
  await tabTo(".answer a[href='#rules']");
  await page.keyboard.press("Enter");
  await tabTo(".rules summary");
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(".rules[open] pre").first().isVisible());
  await page.context().close();
});

test("it prints without menus", async () => {
  const { page } = await served("product/facetime/");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.locator(".top").isVisible(), false);
  assert.equal(await page.locator(".copy").first().isVisible(), false);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(0, 0, 0)");
  const pdf = await page.pdf({ path: SHOTS ? `${SHOTS}/site-product.pdf` : undefined, format: "A4" });
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(sheets <= 3, `${sheets} sheets`);
  await page.context().close();
});

test("a page is usable at once", async () => {
  const { page } = await served("port/5223/");
  const times = [];
  for (let at = 0; at < 5; at++) {
    await page.reload();
    times.push(await page.evaluate(() => performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd - performance.getEntriesByType("navigation")[0].responseEnd));
  }
  assert.ok(Math.min(...times) < 100, `${times} ms`);
  await page.context().close();
});
