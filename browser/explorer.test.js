// The explorer as a person uses it.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { after, before, test } from "node:test";
import { EXPLORER, HOSTILE, appleports, firstPorts, hostilePage, launch, openPage, rows } from "./page.js";

const PORTS = JSON.parse(appleports(["export", "--format", "json"])).records;
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

// Runs a test on a fresh page; whatever the browser complains about fails it.
const onPage = (name, run, options) =>
  test(name, async () => {
    const { page, complaints } = await openPage(browser, options);
    await run(page);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

onPage("the page has every row", async (page) => {
  assert.equal(await rows(page), PORTS.length);
  assert.match(await page.locator("#count").textContent(), new RegExp(`^${PORTS.length} of ${PORTS.length} rows`));
});

onPage("search finds words, ports and ranges as they are typed", async (page) => {
  const find = async (text) => { await page.fill("#search", text); return firstPorts(page); };
  const covering = (port, transport) => PORTS.filter((record) => record.transports.includes(transport) &&
    record.ports.some(({ first, last }) => first <= port && port <= last)).length;
  assert.equal((await find("8043/tcp")).length, covering(8043, "tcp"));
  assert.ok((await find("facetime")).includes("16393-16402"));
  assert.ok((await find("FACETIME 5223")).every((text) => text === "5223"));
  assert.deepEqual(await find("no such thing"), []);
  assert.ok(await page.locator("#empty").isVisible());
  assert.match(await page.locator("#count").textContent(), /^0 of/);
});

onPage("each filter leaves its rows, together they leave fewer, and all are cleared", async (page) => {
  const count = (test) => PORTS.filter(test).length;
  await page.selectOption("#transport", "udp");
  assert.equal(await rows(page), count((record) => record.transports.includes("udp")));
  await page.selectOption("#transport", "none");
  assert.equal(await rows(page), count((record) => record.transports.length === 0));
  await page.selectOption("#transport", "");
  await page.selectOption("#product", "FaceTime");
  assert.equal(await rows(page), count((record) => record.products.includes("FaceTime")));
  await page.selectOption("#status", "match");
  assert.equal(await rows(page), count((record) => record.products.includes("FaceTime") && record.cross_check.some((check) => check.iana_status === "match")));
  await page.click("#clear");
  await page.selectOption("#code", "any");
  const found = await rows(page);
  assert.ok(found > 0 && found < PORTS.length);
  await page.click("#clear");
  assert.equal(await rows(page), PORTS.length);
});

onPage("columns sort both ways and say so", async (page) => {
  const header = page.locator("#head th").first();
  assert.equal(await header.getAttribute("aria-sort"), "ascending");
  const up = await firstPorts(page);
  await header.locator("button").click();
  assert.equal(await header.getAttribute("aria-sort"), "descending");
  const down = await firstPorts(page);
  assert.equal(Number(down[0].split(/[-,]/)[0]), Math.max(...PORTS.map((record) => record.ports[0].first)));
  assert.deepEqual([...up].sort(), [...down].sort());
  await page.locator("#head th button", { hasText: "Name" }).click();
  const names = await page.locator("#body tr td:nth-child(3)").allTextContents();
  const given = names.filter(Boolean).map((name) => name.toLowerCase());
  assert.ok(given.length > 50 && given.slice(0, 20).every((name, at) => at === 0 || given[at - 1].localeCompare(name) <= 0), given.slice(0, 20).join());
  assert.equal(await page.locator("#head th button:focus").textContent(), "Name ↑", "the focus stays");
});

onPage("a link leads to a record and the filters; Back leads out", async (page) => {
  await page.waitForSelector("#detail[open]");
  const detail = await page.locator("#detail").textContent();
  const record = PORTS.find((one) => one.id === "5222-tcp-jabber-client");
  assert.ok(detail.includes(`line ${record.provenance.line_first}`) && detail.includes("I001") && detail.includes("xmpp-client"), detail);
  for (const cell of record.provenance.cells) assert.ok(detail.includes(cell), cell);
  await page.keyboard.press("Escape");
  // A dialog says that it was closed a moment later.
  await page.waitForFunction(() => document.activeElement.id.startsWith("row-"));
  assert.equal(await page.locator("#detail[open]").count(), 0);
  assert.equal(await page.locator("#search").inputValue(), "jabber");
  assert.equal(await page.evaluate(() => document.activeElement.id), "row-5222-tcp-jabber-client");
  await page.goBack();
  await page.waitForSelector("#detail[open]");
  await page.goForward();
  await page.waitForSelector("#detail:not([open])", { state: "attached" });
}, { hash: "#/q=jabber&r=5222-tcp-jabber-client" });

onPage("everything can be done with the keyboard", async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "skip");
  await page.keyboard.press("/");
  await page.keyboard.type("imap");
  await page.keyboard.press("Tab");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  const first = (await firstPorts(page))[0];
  assert.equal(await page.evaluate(() => document.activeElement.textContent), first);
  await page.keyboard.press("Enter");
  assert.ok((await page.locator("#detail-title").textContent()).startsWith(first));
  await page.keyboard.press("Escape");
  await page.waitForFunction((text) => document.activeElement.textContent === text, first);
  await page.locator("#search").focus();
  await page.keyboard.press("Escape");
  assert.equal(await rows(page), PORTS.length);
});

onPage("the map says what is pointed at, by mouse and by keys, and opens it", async (page) => {
  await page.locator("#zoom button", { hasText: "Dynamic" }).click();
  const strip = page.locator("#strips svg").first();
  const box = await strip.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  assert.match(await page.locator("#pointed").textContent(), /49152-65535\/tcp/);
  await page.locator("#zoom button", { hasText: "System" }).click();
  const system = page.locator("#strips svg").first();
  await system.focus();
  await page.keyboard.press("Home");
  const lowest = PORTS.filter((record) => record.transports.includes("tcp")).map((record) => record.ports[0].first).sort((a, b) => a - b)[0];
  assert.equal(await system.getAttribute("aria-valuenow"), `${lowest}`);
  await page.keyboard.press("ArrowRight");
  const said = await page.locator("#pointed").textContent();
  await page.keyboard.press("Enter");
  const title = await page.locator("#detail-title").textContent();
  assert.ok(title.startsWith(said.split("/")[0]), `${said} opened ${title}`);
  await page.keyboard.press("Escape");
  await page.waitForSelector("#detail:not([open])", { state: "attached" });
  await page.locator("#strips svg").first().click({ position: { x: (443.5 / 1024) * box.width, y: 10 } });
  assert.match(await page.locator("#detail-title").textContent(), /^443 /);
});

for (const format of ["nftables", "iptables", "pf", "ufw", "nmap", "list"]) {
  onPage(`rules for ${format} are those of the command`, async (page) => {
    const rules = async () => {
      await page.click("#rules");
      await page.selectOption("#format", format);
      const text = await page.locator("#rule-text").textContent();
      await page.keyboard.press("Escape");
      return text;
    };
    assert.equal(await rules(), appleports(["export", "--format", format]));
    await page.selectOption("#product", "FaceTime");
    assert.equal(await rules(), appleports(["export", "--format", format, "--product", "FaceTime"]));
    await page.selectOption("#transport", "udp");
    assert.equal(await rules(), appleports(["export", "--format", format, "--product", "FaceTime", "--transport", "udp"]));
    await page.click("#clear");
    await page.fill("#search", "memcached");
    assert.equal(await rules(), appleports(["export", "--format", format, "--port", "11211"]));
  });
}

onPage("a rule is copied", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("#detail button", { hasText: "Copy as rule" }).click();
  await page.selectOption("#format", "list");
  await page.locator("#copy button", { hasText: /^Copy$/ }).click();
  await page.waitForFunction(() => document.querySelector("#copy [role=status]").textContent === "Copied.");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "5222/tcp\n");
}, { hash: "#/r=5222-tcp-jabber-client" });

test("hostile cells stay text", async () => {
  const { file, remove } = hostilePage();
  for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 700 }]) {
    const { page, complaints } = await openPage(browser, { file, viewport });
    assert.equal(await rows(page), HOSTILE.length);
    const shown = await page.locator("#body").textContent();
    // Characters that nobody sees are taken out before, with a finding.
    for (const text of HOSTILE) assert.ok(shown.includes(text.replace(/[\u202A-\u202E]/g, "")), text);
    await page.locator("#body td.port a").first().click();
    // A link changes the address, and the page follows.
    await page.waitForSelector("#detail[open]");
    assert.ok((await page.locator("#detail").textContent()).includes(HOSTILE[0]));
    assert.equal(await page.locator("img, #body script, #detail script").count(), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.deepEqual(complaints, []);
    await page.context().close();
  }
  remove();
});

test("the page is small and says how fast it was", async () => {
  const bytes = statSync(EXPLORER).size;
  assert.ok(bytes < 300_000, `${bytes} bytes`);
  assert.ok(!readFileSync(EXPLORER, "utf8").match(/(src|href)\s*=\s*"?https?:/), "nothing is loaded from elsewhere");
  const { page } = await openPage(browser);
  const [timing] = JSON.parse(await page.evaluate(() => JSON.stringify(performance.getEntriesByType("navigation"))));
  console.log(`explorer: ${bytes} bytes, loaded after ${timing.loadEventEnd.toFixed(0)} ms`);
  await page.context().close();
});
