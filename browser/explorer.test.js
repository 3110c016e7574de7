// The explorer as a person uses it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { EXPLORER, HOSTILE, ROOT, appleports, filter, firstPorts, hostilePage, openPage, pageTests, rows } from "./page.js";

const PORTS = JSON.parse(appleports(["export", "--format", "json"])).records;
const pages = pageTests();
const { onPage } = pages;

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
  await filter(page, "transport", "udp");
  assert.equal(await rows(page), count((record) => record.transports.includes("udp")));
  await filter(page, "transport", "none");
  assert.equal(await rows(page), count((record) => record.transports.length === 0));
  await filter(page, "transport", "");
  await filter(page, "product", "FaceTime");
  assert.equal(await rows(page), count((record) => record.products.includes("FaceTime")));
  await filter(page, "status", "match");
  assert.equal(await rows(page), count((record) => record.products.includes("FaceTime") && record.cross_check.some((check) => check.iana_status === "match")));
  await page.click("#clear");
  await filter(page, "code", "any");
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
  assert.ok(given.length > 30 && given.slice(0, 20).every((name, at) => at === 0 || given[at - 1].localeCompare(name) <= 0), given.slice(0, 20).join());
  assert.equal(await page.locator("#head th button:focus").textContent(), "Name ↑", "the focus stays");
});

onPage("a link leads to a record and the filters; Back leads out", async (page) => {
  await page.waitForSelector("#detail[open]");
  const detail = await page.locator("#detail").textContent();
  const record = PORTS.find((one) => one.id === "3284-tcp-classroom");
  assert.ok(detail.includes(`line ${record.provenance.line_first}`) && detail.includes("I001") && detail.includes("4talk"), detail);
  for (const cell of record.provenance.cells) assert.ok(detail.includes(cell), cell);
  await page.keyboard.press("Escape");
  // A dialog says that it was closed a moment later.
  await page.waitForFunction(() => document.activeElement.id.startsWith("row-"));
  assert.equal(await page.locator("#detail[open]").count(), 0);
  assert.equal(await page.locator("#search").inputValue(), "classroom");
  assert.equal(await page.evaluate(() => document.activeElement.id), "row-3284-tcp-classroom");
  await page.goBack();
  await page.waitForSelector("#detail[open]");
  await page.goForward();
  await page.waitForSelector("#detail:not([open])", { state: "attached" });
}, { hash: "#/q=classroom&r=3284-tcp-classroom" });

onPage("single-key shortcuts can be switched off, and stay so", async (page) => {
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.locator("label", { hasText: "Single-key shortcuts" }).click();
  for (const again of [false, true]) {
    if (again) await page.reload();
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("/");
    await page.keyboard.press("j");
    assert.equal(await focused(), "");
    // Those that belong to what has the focus stay.
    await page.locator("#body td.port a").first().focus();
    const first = await focused();
    await page.keyboard.press("j");
    assert.equal(await focused(), first);
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await focused(), first);
  }
  await page.locator("#keys").check();
  await page.reload();
  await page.keyboard.press("/");
  assert.equal(await focused(), "search");
});

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

onPage("what must be open for a product is said in one line", async (page) => {
  await filter(page, "product", "FaceTime");
  assert.equal(await page.locator("#count").textContent(),
    `6 of ${PORTS.length} rows: TCP 80, 443, 5223; UDP 3478-3497, 16384-16387, 16393-16402`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("#asked").innerText(), "Product: FaceTime (6)");
});

// The lines of `why`: `RFC 2616, replaced; current: RFC 9110, RFC 9112`.
for (const [port, id] of [[80, "80-tcp-http"], [25, "25-tcp-smtp"], [110, "110-tcp-pop3"]]) {
  onPage(`the RFCs of ${port} are those of \`why\`, with their status`, async (page) => {
    const wanted = appleports(["why", `${port}`]).split("\n").map((line) => line.trim()).filter((line) => line.startsWith("RFC "));
    const shown = (await page.locator("#detail dd").allInnerTexts()).flatMap((text) => text.split("\n")).filter((line) => line.startsWith("RFC "));
    assert.ok(wanted.length > 0);
    assert.deepEqual(shown.map((line) => line.replace(/ \([^)]*\)/g, "")), wanted);
    for (const line of shown) assert.match(line, /^RFC \d+ \([a-z ]+, \d{4}-\d\d\)/);
  }, { hash: `#/r=${id}` });
}

// Every format in every direction that it has; the lists have none.
const FORMATS = ["nftables", "iptables", "pf", "firewalld", "ufw", "nmap", "list", "lines", "comma"];

async function shownRules(page, format, direction) {
  await page.click("#rules");
  await page.selectOption("#format", format);
  const hasDirection = await page.locator("#direction").isEnabled();
  if (hasDirection) await page.selectOption("#direction", direction);
  const text = await page.locator("#rule-text").textContent();
  await page.keyboard.press("Escape");
  return { text, options: hasDirection ? ["--direction", direction] : [] };
}

onPage("the page offers the formats of the command", async (page) => {
  await page.click("#rules");
  assert.deepEqual(await page.locator("#format option").allTextContents(), FORMATS);
});

for (const format of FORMATS) {
  onPage(`rules for ${format} are those of the command`, async (page) => {
    // The page has the text, or a reason where the command refuses.
    const compare = async (direction, filters) => {
      const { text, options } = await shownRules(page, format, direction);
      const asked = ["export", "--format", format, ...options, ...filters];
      if (/^(Not possible|This list cannot)/.test(text)) assert.throws(() => appleports(asked), /error: /, text);
      else assert.equal(text, appleports(asked));
    };
    await compare("out", []);
    await filter(page, "product", "FaceTime");
    await compare("in", ["--product", "FaceTime"]);
    await filter(page, "transport", "udp");
    for (const direction of ["out", "in", "both"]) await compare(direction, ["--product", "FaceTime", "--transport", "udp"]);
    await page.click("#clear");
    // A row without a transport, where there is one, or no row: nothing to write for the command either.
    const silent = PORTS.find((record) => record.transports.length === 0);
    await (silent ? filter(page, "transport", "none") : page.fill("#search", "no such thing"));
    assert.equal((await shownRules(page, format, "out")).text, "Nothing to open.");
    assert.throws(() => appleports(["export", "--format", format, "--port", `${silent?.ports[0].first ?? 9}`]), /nothing (to open|found)/);
  });
}

// A row of one port.
const LONE = PORTS.find((record) => record.transports.join() === "tcp" && record.ports.length === 1 && record.ports[0].first === record.ports[0].last);

onPage("a rule is copied", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("#detail button", { hasText: "Copy as rule" }).click();
  await page.selectOption("#format", "list");
  await page.locator("#copy button", { hasText: /^Copy$/ }).click();
  await page.waitForFunction(() => document.querySelector("#copy [role=status]").textContent === "Copied.");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${LONE.ports[0].first}/tcp\n`);
}, { hash: `#/r=${LONE.id}` });

test("hostile cells stay text", async () => {
  const { file, remove } = hostilePage();
  for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 700 }]) {
    const { page, complaints } = await openPage(pages.browser, { file, viewport });
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

// The page's data changed, for what somebody may have put into it.
async function changedPage(change) {
  const [before, data, after] = readFileSync(EXPLORER, "utf8").split(/(?<=id="data">)([^<]*)/);
  const changed = JSON.parse(data);
  change(changed);
  const folder = mkdtempSync(join(tmpdir(), "appleports-browser-"));
  const file = join(folder, "index.html");
  writeFileSync(file, before + JSON.stringify(changed).replaceAll("<", "\\u003c") + after);
  const { page } = await openPage(pages.browser, { file });
  return { page, remove: () => rmSync(folder, { recursive: true }) };
}

// Texts with what nobody sees, of every kind that the command knows, and a command of GitHub's logs.
const HIDING = readFileSync(join(ROOT, ".ci/update/hiding"), "utf8").trim().split("\n")
  .flatMap((range) => range.split("-")).map((code) => String.fromCodePoint(parseInt(code.slice(2), 16)));
const HIDDEN = ["\0", "\u009b", "\u2028", "\ufff9", "\ufffe", "\ufdd0", "\u{10ffff}", ...HIDING];

test("what is hidden is written out, and is a space in rules", async () => {
  const text = `see${HIDDEN.map((hidden) => `a${hidden}b`).join("")}##[error]x`;
  const { page, remove } = await changedPage((data) => {
    const [record] = data.records;
    Object.assign(record, { title: text, usedBy: text, note: text, cells: record.cells.map(() => text) });
    record.checks.forEach((check) => check.splice(2, 1, ""));
  });
  const isHidden = /[\p{Cc}\p{DI}\p{Bidi_C}\p{NChar}\u2028\u2029\ufff9-\ufffb]/u;
  await page.locator("#body td.port a").first().click();
  await page.waitForSelector("#detail[open]");
  for (const id of ["#body", "#detail"]) {
    const shown = (await page.locator(id).textContent()).replaceAll("\n", "");
    assert.ok(shown.includes("a\\u{202e}b") && shown.includes("a\\u{10ffff}b"), shown);
    assert.doesNotMatch(shown, isHidden);
  }
  await page.evaluate((text) => { location.hash = `#/${new URLSearchParams({ q: text })}`; }, text);
  await page.waitForFunction(() => document.title.includes("see"));
  const said = await page.evaluate(() => [document.title, document.getElementById("asked").textContent, ...RECORDS.slice(0, 1).map((record) => sayMark({ record: { ...record, name: "" }, check: record.checks[0] }))]);
  for (const label of said) {
    assert.ok(label.includes("a\\u{202e}b"), label);
    assert.doesNotMatch(label, isHidden);
  }
  for (const name of ["firewalld", "iptables"]) {
    const { text: written } = await page.evaluate((name) => rule(name, "out", RECORDS, RECORDS.flatMap(({ checks }) => checks)), name);
    assert.ok(written.includes("seea ba ba b"), written);
    assert.doesNotMatch(written.replaceAll("\n", ""), isHidden);
  }
  assert.equal(await page.evaluate((text) => oneLine(text), `${text}\n`), `see${"a b".repeat(HIDDEN.length)}## [error]x `);
  await page.context().close();
  remove();
});

onPage("an address with an unknown order shows the rows by port", async (page) => {
  assert.equal(await rows(page), PORTS.length);
}, { hash: "#/o=-__proto__" });

test("rules are written of ports and transports alone, a line each", async () => {
  const hostile = "tcp'; touch x; '";
  for (const values of [[22, 22, hostile], [hostile, hostile, "tcp"], [22, "22\nx", "tcp"]]) {
    const { page, remove } = await changedPage((data) => { data.records[0].checks[0].splice(0, 3, ...values); });
    assert.equal(await rows(page), 0, `${values}`);
    await page.context().close();
    remove();
  }
  const { page, remove } = await changedPage((data) => { data.rules.sources.push("a\ntouch x"); data.totals.rows_emitted = "99\ntouch x"; });
  await page.fill("#search", "443");
  await page.click("#rules");
  await page.selectOption("#format", "iptables");
  const shown = await page.locator("#rule-text").textContent();
  assert.match(shown, /touch x/);
  assert.doesNotMatch(shown, /^touch x/m);
  await page.context().close();
  remove();
});

test("the page is small and says how fast it was", async () => {
  const bytes = statSync(EXPLORER).size;
  assert.ok(bytes < 300_000, `${bytes} bytes`);
  assert.ok(!readFileSync(EXPLORER, "utf8").match(/(src|href)\s*=\s*"?https?:/), "nothing is loaded from elsewhere");
  // What the page's own thread worked until the page stood: the clock on the wall would
  // also count what else the machine does.
  const times = [];
  for (let run = 0; run < 5; run += 1) {
    const { page } = await openPage(pages.browser, { file: null, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(pathToFileURL(EXPLORER).href);
    await page.waitForFunction(() => document.readyState === "complete");
    const { metrics } = await session.send("Performance.getMetrics");
    times.push(["TaskDuration", "ScriptDuration"].map((wanted) => metrics.find(({ name }) => name === wanted).value * 1000));
    await page.context().close();
  }
  times.sort(([a], [b]) => a - b);
  const [work, script] = times[2].map((time) => time.toFixed(0));
  console.log(`explorer: ${bytes} bytes, on a phone's screen ${work} ms of work, ${script} of them script (the median of ${times.length})`);
});
