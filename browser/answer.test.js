// What a visitor came for: the answer, in the first screen of a phone.
import assert from "node:assert/strict";
import { appleports, filter, firstPorts, pageTests, rows } from "./page.js";

const { records: RECORDS, former: FORMER, sources: SOURCES } = JSON.parse(appleports(["export", "--format", "json"]));
const FINDINGS = JSON.parse(appleports(["export", "--format", "findings"]));
const { onPage } = pageTests();
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const text = (page, selector) => page.locator(selector).textContent();
const fact = (page, label) =>
  page.locator("#found dl").evaluate((list, label) => [...list.querySelectorAll("dt")].find((one) => one.textContent === label)?.nextSibling.textContent ?? "", label);
const bottom = (page, selector) => page.locator(selector).last().evaluate((one) => one.getBoundingClientRect().bottom + scrollY);
const ports = (page) => page.locator("#found .ports").allTextContents();

for (const [question, lines] of [
  ["facetime", ["TCP 80, 443, 5223", "UDP 3478-3497, 16384-16387, 16393-16402"]],
  ["5223", ["TCP 5223"]],
  ["443", ["TCP 443", "UDP 443"]],
  ["tcp 443", ["TCP 443"]],
  ["push notifications", ["TCP 443, 2197, 5223"]],
  ["49152-65535", ["TCP 49152-65535", "UDP 49152-65535"]],
]) {
  onPage(`on a phone, \`${question}\` is answered without scrolling`, async (page) => {
    await page.fill("#search", question);
    assert.deepEqual(await ports(page), lines);
    for (const part of ["#found .ports", "#copy-list", "#copy-rule", "#copy-json"]) assert.ok((await bottom(page, part)) <= 844, `${part} ends at ${await bottom(page, part)}`);
    assert.equal(await page.evaluate(() => scrollY), 0);
    assert.ok(await page.locator("#edition").isVisible(), "the age of the data is in sight");
  }, PHONE);
}

onPage("a product's answer has its age and what the findings doubt", async (page) => {
  const own = RECORDS.filter((record) => record.products.includes("FaceTime"));
  const days = own.map((record) => record.confirmed).sort();
  assert.equal(await text(page, "#answer-title"), "FaceTime");
  assert.equal(await fact(page, "Confirmed"), `${days[0]} to ${days.at(-1)}`);
  const badges = await page.locator("#found .finding").allTextContents();
  assert.ok(badges.some((badge) => /^▲warning: obsolete RFC ×2$/.test(badge.trim())), badges.join());
  assert.ok(badges[0].includes("warning"), "the most severe first");
  assert.equal(await fact(page, "No longer"), "53 until 2015-10-23");
}, { hash: "#/q=facetime" });

onPage("an answer that filters limit says so", async (page) => {
  assert.deepEqual(await ports(page), ["UDP 3478-3497, 16384-16387, 16393-16402"]);
  assert.equal(await text(page, "#found .limits"), "Only Transport: UDP; Ports 3000-20000");
  await page.click("#clear");
  assert.equal(await page.locator("#found .limits").count(), 0);
}, { hash: "#/q=facetime&t=udp&z=3000-20000&a=1" });

onPage("a port's answer says who uses it, what it is and what the registry calls it", async (page) => {
  const [own] = RECORDS.filter((record) => record.id === "5223-tcp");
  assert.equal(await fact(page, "Used by"), own.products.join(", "));
  assert.equal(await fact(page, "Service"), own.title);
  assert.equal(await fact(page, "Registry"), "no name hpvirtgrp");
  assert.match(await page.locator("#found dd a", { hasText: "hpvirtgrp" }).getAttribute("href"), /^https:\/\/www\.iana\.org\/.*search=5223$/);
}, { hash: "#/q=5223" });

onPage("a port that left says until when, and leads to its row", async (page) => {
  const { last } = FORMER.find(({ record }) => record.id === "7777-tcp-cbt");
  assert.equal(await text(page, "#found .lost"), `Left the article after the edition of ${last.split("/").at(-1)}`);
  assert.match(await page.locator("#found li").first().textContent(), /^7777\/tcp cbt .*used by Messages Server$/);
  await page.click("#elsewhere");
  assert.equal(await page.locator("#body tr.left").count(), await rows(page));
}, { hash: "#/q=7777", ...PHONE });

onPage("what is no port, and what nobody knows, is said", async (page) => {
  await page.fill("#search", "70000");
  assert.equal(await text(page, "#empty"), "Port 70000 is out of range, the highest is 65535.");
  await page.fill("#search", "90-80");
  assert.equal(await text(page, "#empty"), "Range 90-80 runs backwards.");
  await page.fill("#search", "4711");
  assert.equal(await text(page, "#found .lost"), "Not in the article");
  assert.match(await page.locator("#found a").getAttribute("href"), /iana\.org.*search=4711$/);
  await page.fill("#search", "facetme");
  await page.locator("#meant a", { hasText: "FaceTime" }).click();
  await page.waitForFunction(() => document.getElementById("search").value === "FaceTime");
  assert.equal((await ports(page))[0], "TCP 80, 443, 5223");
});

onPage("several products that match are lines of their own", async (page) => {
  await page.fill("#search", "airport");
  const names = await page.locator(".candidates a").allTextContents();
  assert.deepEqual(names, ["AirPort Admin Utility", "AirPort Base Station", "AirPort Express Assistant"]);
  assert.deepEqual(await page.locator(".candidates .set").allTextContents(), names.map(() => "UDP 192"));
  await page.locator(".candidates a").nth(1).click();
  await page.waitForFunction(() => document.getElementById("search").value === "AirPort Base Station");
  assert.equal(await text(page, "#answer-title"), "AirPort Base Station");
});

onPage("before a question there are examples and all products; each leads to an answer", async (page) => {
  assert.equal(await page.locator("#answer").isVisible(), false);
  const examples = await page.locator("#examples a").allTextContents();
  assert.deepEqual(examples, ["FaceTime", "AirPlay", "Push notifications", "5223", "49152-65535"]);
  const products = new Set(RECORDS.flatMap((record) => record.products));
  assert.equal(await text(page, "#all-title"), `All ${products.size} products`);
  assert.equal(await page.locator("#all a").first().isVisible(), false, "they are folded");
  await page.locator("#all-title").click();
  assert.deepEqual(new Set(await page.locator("#all a").allTextContents()), products);
  const past = await page.locator("#former a").allTextContents();
  assert.ok(past.length > 0 && past.every((name) => !products.has(name)));
  for (const name of examples) {
    await page.locator("#examples a", { hasText: name }).click();
    await page.waitForFunction((name) => document.getElementById("search").value === name, name);
    assert.ok((await ports(page)).length > 0, name);
    await page.fill("#search", "");
  }
});

onPage("the answer is copied as list and as JSON, and the rules are those of the answer", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = async (id) => {
    await page.click(id);
    await page.waitForFunction(() => [...document.querySelectorAll("#found [role=status]")].some((one) => one.textContent === "Copied."));
    return page.evaluate(() => navigator.clipboard.readText());
  };
  assert.equal(await copied("#copy-list"), appleports(["export", "--format", "list", "--product", "FaceTime"]));
  const json = JSON.parse(await copied("#copy-json"));
  assert.deepEqual(json.tcp, [80, 443, 5223].map((port) => ({ first: port, last: port })));
  assert.equal(json.article, SOURCES[0].id);
  assert.deepEqual(json.rows.map(({ id }) => id), RECORDS.filter((record) => record.products.includes("FaceTime")).map(({ id }) => id));
  await page.click("#copy-rule");
  await page.selectOption("#format", "list");
  assert.equal(await text(page, "#rule-text"), appleports(["export", "--format", "list", "--product", "FaceTime"]));
}, { hash: "#/q=facetime" });

onPage("active filters are counted and are chips that remove them", async (page) => {
  assert.equal(await page.locator("#transport").isVisible(), false, "filters are folded");
  assert.equal(await page.locator("#active").isVisible(), false);
  await filter(page, "transport", "udp");
  await filter(page, "code", "N071");
  assert.equal(await text(page, "#active"), "2");
  assert.deepEqual((await page.locator("#chosen button").allTextContents()).map((chip) => chip.replace(/ \(\d+\)/, "")),
    ["Transport: UDP ×", "Finding: not confirmed lately ×", "Clear all"]);
  await page.locator("#chosen button").nth(1).click();
  assert.equal(await rows(page), RECORDS.filter((record) => record.transports.includes("udp")).length);
  assert.equal(await text(page, "#active"), "1");
  await page.locator("#chosen button").first().click();
  assert.equal(await rows(page), RECORDS.length);
  assert.equal(await page.locator("#chosen button").count(), 0);
});

onPage("a filter of an old address that no row has any more is a chip all the same", async (page) => {
  assert.equal(await rows(page), 0);
  assert.deepEqual(await page.locator("#chosen button").allTextContents(), ["Finding: Z999 ×", "Clear all"]);
  await page.click("#clear");
  assert.equal(await rows(page), RECORDS.length);
}, { hash: "#/c=Z999" });

onPage("rows that left can be limited to the edition that had them last", async (page) => {
  const last = "apple/en-us/2022-08-25";
  await filter(page, "last", last);
  assert.equal(await page.locator("#article").inputValue(), "left");
  assert.equal(await rows(page), FORMER.filter((former) => former.last === last).length);
  assert.ok((await page.locator("#body td.day").allTextContents()).every((day) => day === "left after 2022-08-25"));
  await filter(page, "article", "");
  assert.equal(await rows(page), RECORDS.length);
});

onPage("a click anywhere in a row opens it; a selected text does not", async (page) => {
  await page.locator("#body tr").nth(3).locator("td.registry").click();
  await page.waitForSelector("#detail[open]");
  assert.ok((await text(page, "#detail-title")).startsWith((await firstPorts(page))[3]));
  await page.keyboard.press("Escape");
  await page.waitForSelector("#detail:not([open])", { state: "attached" });
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "A", "the focus is on the row's link");
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("#body td.title")));
  await page.locator("#body tr").nth(3).locator("td.registry").dispatchEvent("click");
  assert.equal(await page.locator("#detail[open]").count(), 0);
});

onPage("the article, RFCs, registry rows and data files are links", async (page) => {
  const hrefs = (selector) => page.locator(selector).evaluateAll((links) => links.map((one) => one.getAttribute("href")));
  assert.ok((await hrefs("#editions a")).includes(SOURCES[0].url));
  assert.ok((await hrefs("#detail dd a")).includes("https://www.rfc-editor.org/rfc/rfc2616"));
  assert.ok((await hrefs("#detail dd a")).includes("https://www.rfc-editor.org/rfc/rfc9110"), "the current one, too");
  assert.ok((await hrefs("#detail li a")).some((href) => /iana\.org.*search=80$/.test(href)));
  assert.deepEqual((await hrefs("#files a")).slice(0, 2), ["../ports.csv", "../ports.json"]);
}, { hash: "#/r=80-tcp-http" });

onPage("nothing is green that a finding doubts", async (page) => {
  const doubted = new Set(RECORDS.map(({ id }) => id).filter((id) => FINDINGS.some((one) => one.record === id && (one.level !== "note" || ["I009", "N071"].includes(one.code)))));
  const green = await page.locator("#body tr:has(.good)").evaluateAll((all) => all.map((row) => row.dataset.id));
  assert.ok(green.length > 0 && doubted.size > 0);
  assert.deepEqual(green.filter((id) => doubted.has(id)), []);
});
