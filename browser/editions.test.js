// Editions of the article: the one that is shown, those before it, and what they had.
import assert from "node:assert/strict";
import { test } from "node:test";
import { appleports, capturePage, filter, firstPorts, openPage, pageTests, rows } from "./page.js";

const { records: RECORDS, former: FORMER, sources: SOURCES } = JSON.parse(appleports(["export", "--format", "json"]));
const SEED = "apple/de-de/2015-10-23";
const own = pageTests();
const { onPage } = own;

const REMARKS = { page: "", facts: " (table of facts read from a copy)", compiled: " (compiled from dated statements)" };
const dated = ({ date, form }) => `${date}${REMARKS[form]}`;
const ARTICLE = SOURCES.find((source) => source.kind === "article");
const day = (id) => dated(SOURCES.find((source) => source.id === id));
const text = (page, selector) => page.locator(selector).textContent();
const tone = (badge) => badge.evaluate((one) => getComputedStyle(one).color);

onPage("the header says which edition it is, what the file is and what it was held against", async (page) => {
  assert.ok((await text(page, "#edition")).startsWith(`Data of ${dated(ARTICLE)}`), await text(page, "#edition"));
  assert.ok(await page.locator("#edition").isVisible() && await page.locator("#about").isVisible());
  assert.equal(await page.locator("#editions").isVisible(), false, "the long provenance is folded");
  const registry = SOURCES.find((source) => source.kind === "iana");
  assert.ok((await text(page, "#about")).includes(`IANA registry of ${dated(registry)}`), await text(page, "#about"));
  for (const { date, locale, form } of SOURCES.filter((source) => source.kind === "article" && source !== ARTICLE)) {
    assert.ok((await text(page, "#editions")).includes(`${date} ${locale}${REMARKS[form]}`), date);
  }
});

onPage("an address is a link only if it leads to a publisher of the sources", async (page) => {
  const isLink = (url) => page.evaluate((address) => external(address, "x") !== "x", url);
  for (const { url } of SOURCES.filter((source) => source.url)) assert.ok(await isLink(url), url);
  for (const url of [
    "https://evil.example/103229", "https://support.apple.com.evil.example/", "https://support.apple.com@evil.example/",
    "https://support.apple.com:8443/", "https://support.apple.com", "http://support.apple.com/", "https://support.apple.com/\n",
    "https://evil.example/https://support.apple.com/", "javascript:alert(1)", "", undefined,
  ]) assert.ok(!(await isLink(url)), url);
});

onPage("an article that is old says so", async (page) => {
  const say = (days) => page.evaluate((after) => sayAge(Date.parse(ARTICLE.date) + after * 86_400_000), days);
  assert.equal(await say(-40), "");
  assert.equal(await say(180), "");
  assert.equal(await say(1181), "1,181 days ago; Apple may have changed it since.");
});

onPage("rows that left are shown where they are asked for, and the address keeps it", async (page) => {
  assert.equal(await rows(page), RECORDS.length);
  await filter(page, "article", "left");
  assert.equal(await rows(page), FORMER.length);
  assert.equal(await page.locator("#body tr.left").count(), FORMER.length);
  assert.equal(await text(page, "#count"), `${FORMER.length} of ${FORMER.length} rows that left the article`);
  assert.match(await page.evaluate(() => location.hash), /e=left/);
  const last = FORMER.find(({ record }) => record.id === "2195-tcp").last.split("/").at(-1);
  assert.equal(await page.locator("tr.left", { has: page.locator("#row-2195-tcp") }).locator(".day").textContent(), `left after ${last}`);
  await page.reload();
  assert.equal(await page.locator("#article").inputValue(), "left");
  await filter(page, "article", "all");
  assert.equal(await rows(page), RECORDS.length + FORMER.length);
  assert.equal(await page.locator("#body tr.left").count(), FORMER.length);
  await page.click("#clear");
  assert.equal(await rows(page), RECORDS.length);
  assert.equal(await page.locator("#body tr.left").count(), 0);
});

onPage("an address with an unknown edition shows the article", async (page) => {
  assert.equal(await rows(page), RECORDS.length);
  assert.equal(await page.locator("#article").inputValue(), "");
}, { hash: "#/e=toString" });

for (const [id, one] of [["7777-tcp-cbt", true], ["2195-tcp", false]]) {
  onPage(`the view of ${id} says that it left, and offers no rules`, async (page) => {
    const { first, last } = FORMER.find(({ record }) => record.id === id);
    assert.equal(first === last, one);
    const when = one ? `that of ${day(last)}` : `those of ${day(first)} to ${day(last)}`;
    assert.equal(await text(page, "#detail .gone"), `Not in the article of ${dated(ARTICLE)}; it was in ${when}.`);
    assert.equal(await page.locator("#detail button", { hasText: "Copy as rule" }).count(), 0);
    assert.equal(await page.locator("#detail .good").count(), 0);
    await page.keyboard.press("Escape");
    await page.waitForSelector("#detail:not([open])", { state: "attached" });
  }, { hash: `#/r=${id}` });
}

onPage("a search that only earlier editions answer says so and leads there", async (page) => {
  await page.fill("#search", "7777/tcp");
  assert.match(await text(page, "#empty"), new RegExp(`^No row of the article of ${ARTICLE.date} .*matches; 1 row of earlier editions does\\.Show it$`));
  assert.equal(await page.locator("#empty").getAttribute("role"), "status");
  await page.click("#elsewhere");
  assert.deepEqual(await firstPorts(page), ["7777"]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "rows", "the focus goes with the rows");
  await page.fill("#search", "facetime 3478");
  assert.match(await text(page, "#empty"), /^No row that left the article matches; 1 row of the article of .* does\./);
  await page.click("#elsewhere");
  assert.deepEqual(await firstPorts(page), ["3478-3497"]);
  assert.equal(await text(page, "#empty"), "");
});

onPage("a product that only earlier editions have can be chosen", async (page) => {
  await filter(page, "product", "Xgrid");
  assert.equal(await page.locator("#product option:checked").evaluate((option) => option.parentElement.label), "Only in earlier editions");
  const count = FORMER.filter(({ record }) => record.products.includes("Xgrid")).length;
  assert.match(await text(page, "#empty"), new RegExp(`${count} rows? of earlier editions do`));
  const today = new Set(RECORDS.flatMap((record) => record.products));
  for (const name of await page.locator("#product optgroup option").evaluateAll((all) => all.map((option) => option.value))) assert.ok(!today.has(name), name);
});

onPage("a search that nothing answers names the article and the editions before it", async (page) => {
  for (const e of ["", "left", "all"]) {
    await filter(page, "article", e);
    await page.fill("#search", "airdrop");
    assert.ok((await text(page, "#empty")).startsWith(`No row of the article of ${dated(ARTICLE)} matches, nor does any row of an earlier edition.`), await text(page, "#empty"));
    assert.equal(await page.locator("#elsewhere").count(), 0);
  }
});

onPage("no rule opens what left the article", async (page) => {
  const rules = async () => {
    await page.click("#rules");
    await page.selectOption("#format", "list");
    const shown = await text(page, "#rule-text");
    const note = await page.locator("#copy p.warn", { hasText: "left the article" }).allTextContents();
    await page.keyboard.press("Escape");
    return { shown, note };
  };
  const { shown: today, note } = await rules();
  assert.deepEqual(note, []);
  await filter(page, "article", "all");
  const both = await rules();
  assert.equal(both.shown, today);
  assert.deepEqual(both.note, [`${FORMER.length} rows that left the article are not included.`]);
  await filter(page, "article", "left");
  assert.equal((await rules()).shown, "Nothing to open.");
  await filter(page, "article", "all");
  await page.fill("#search", "7777/tcp");
  assert.equal((await rules()).shown, "Nothing to open.");
  assert.equal(await text(page, "#count"), `1 of ${RECORDS.length + FORMER.length} rows, all no longer in the article`);
});

onPage("the map has what left only where it is asked for", async (page) => {
  const marks = () => page.locator("#strips .mark.left").count();
  const without = page.locator('#strips svg[aria-label="Ports without a transport"]');
  assert.equal(await marks(), 0);
  assert.equal(await without.isVisible(), RECORDS.some((record) => record.transports.length === 0));
  await filter(page, "article", "left");
  assert.equal(await marks(), FORMER.flatMap(({ record }) => record.cross_check).length);
  assert.ok(await without.isVisible());
  await page.fill("#search", "7777/tcp");
  await page.locator("#body td.port a").click();
  await page.locator("#detail button", { hasText: "Show on the map" }).click();
  await page.waitForSelector("#detail:not([open])", { state: "attached" });
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-valuetext")), /^7777\/tcp: cbt, left after \d{4}-\d\d-\d\d$/);
  await page.click("#clear");
  assert.equal(await marks(), 0);
});

onPage("the day of confirmation is a column and part of the view, with its finding", async (page) => {
  const smtp = RECORDS.find((record) => record.id === "25-tcp-smtp");
  const shown = await page.locator("#detail dl").evaluate((list) => [...list.children].map((one) => one.textContent));
  assert.equal(shown[shown.indexOf("Confirmed") + 1], smtp.confirmed);
  assert.ok((await text(page, "#detail")).includes("N071"));
  assert.ok((await text(page, "#detail")).includes(`As captured in ${ARTICLE.id}${REMARKS[ARTICLE.form]}`));
  await page.keyboard.press("Escape");
  await page.locator("#head th button", { hasText: "Confirmed" }).click();
  const days = await page.locator("#body td.day").allTextContents();
  assert.deepEqual(days, RECORDS.map((record) => record.confirmed).sort());
}, { hash: "#/r=25-tcp-smtp" });

onPage("a name that is registered for another service is not green", async (page) => {
  const badge = (id) => page.locator("tr", { has: page.locator(`[id="row-${id}"]`) }).locator(".status");
  assert.equal(RECORDS.find((record) => record.id === "8000-8999-tcp-irdmi").cross_check[0].iana_status, "match");
  const [green, doubted] = [await tone(badge("22-tcp-ssh")), await tone(badge("8000-8999-tcp-irdmi"))];
  assert.notEqual(doubted, green);
  assert.equal(await badge("8000-8999-tcp-irdmi").textContent(), "registered, other use");
  await page.locator('[id="row-8000-8999-tcp-irdmi"]').click();
  await page.waitForSelector("#detail[open]");
  assert.equal(await page.locator("#detail .good").count(), 0);
});

test("a foreign title has the English one beside it, and both are found", async () => {
  const { file, remove } = capturePage(SEED);
  const { page, complaints } = await openPage(own.browser, { file, hash: "#/q=ftp+control" });
  assert.deepEqual(await firstPorts(page), ["21"]);
  const title = page.locator("#body td.title");
  assert.deepEqual(await title.locator("span").evaluateAll((all) => all.map((one) => [one.lang, one.textContent])), [["de", "FTP-Steuerung"], ["en", "FTP control"]]);
  await page.locator("#body td.port a").click();
  await page.waitForSelector("#detail[open]");
  assert.ok((await text(page, "#detail dl")).includes("In EnglishFTP control"));
  // The article itself marks the use as unregistered, and the registry has another one.
  await page.keyboard.press("Escape");
  await page.fill("#search", "3com-tsmux");
  assert.equal(await page.locator("#body .status").textContent(), "registered, other use");
  // The oldest edition: nothing can have left it.
  assert.equal(await page.locator("#article").isVisible(), false);
  await page.fill("#search", "airdrop");
  assert.match(await text(page, "#empty"), /^No row of the article of 2015-10-23 matches\. Try/);
  assert.equal(await text(page, "#edition").then((said) => said.startsWith("Data of 2015-10-23, ")), true);
  assert.deepEqual(complaints, []);
  await page.context().close();
  remove();
});
