// What a person types in the search: the page answers as the command does.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMAND, ROOT, appleports, firstPorts, pageTests } from "./page.js";

const { onPage } = pageTests();
const DATASET = JSON.parse(readFileSync(join(ROOT, "output/ports.json"), "utf8"));
const PRODUCTS = JSON.parse(appleports(["products", "--all", "--format", "json"]));

// The ids of the rows that answer, of the article and of earlier editions.
const answer = (page, texts) => page.evaluate((texts) => texts.map((q) =>
  ["", "left"].map((e) => answers({ ...QUESTION, q, e }).map((record) => record.storedId).sort())), texts);

const expected = (name) => [DATASET.records, DATASET.former.map(({ record }) => record)].map((records) =>
  records.filter(({ products }) => products.includes(name)).map(({ id }) => id).sort());

// The same spelling as others type it.
const VARIANTS = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.normalize("NFD"),
  (text) => `  ${text.replaceAll(" ", " \u00a0")} `,
  (text) => `${text} (as it is written)`,
  (text) => text.replaceAll("-", "\u2011").replaceAll("'", "\u2019"),
  (text) => text.replace(/[!-~]/g, (letter) => String.fromCodePoint(letter.codePointAt(0) + 0xfee0)),
];

onPage("every spelling of a product gives its rows", async (page) => {
  let asked = 0;
  for (const { name, spellings } of PRODUCTS) {
    const texts = [name, ...spellings].flatMap((spelling) => VARIANTS.map((variant) => variant(spelling)));
    const wanted = expected(name);
    for (const [at, found] of (await answer(page, texts)).entries()) assert.deepEqual(found, wanted, `${texts[at]} for ${name}`);
    asked += texts.length;
  }
  assert.ok(asked > 1000, `${asked}`);
});

onPage("a port is that port, and no digits of another number", async (page) => {
  const covering = (first, last, transport) => DATASET.records.filter(({ cross_check }) => cross_check.some((check) =>
    check.ports.first <= last && first <= check.ports.last && (!transport || check.transport === transport))).map(({ id }) => id).sort();
  for (const [text, ...ports] of [
    ["53", 53, 53], ["443", 443, 443], ["443/tcp", 443, 443, "tcp"], ["tcp 443", 443, 443, "tcp"], ["53 udp", 53, 53, "udp"], ["tcp/443", 443, 443, "tcp"], ["53 / udp", 53, 53, "udp"], ["80 - 90", 80, 90],
    ["16384-16472", 16384, 16472], ["16384\u201316472", 16384, 16472], ["\uff14\uff14\uff13", 443, 443],
  ]) assert.deepEqual((await answer(page, [text]))[0][0], covering(...ports), text);
});

onPage("products, ports and words go together", async (page) => {
  const ids = async (text) => (await answer(page, [text]))[0][0];
  const union = [...new Set([...expected("FaceTime")[0], ...expected("iMessage")[0]])].sort();
  for (const text of ["FaceTime, iMessage", "facetime imessage", "imessage;Face Time"]) assert.deepEqual(await ids(text), union, text);
  assert.deepEqual(await ids("ARD 5900"), ["5900-tcp+udp-rfb"]);
  assert.deepEqual(await ids("FaceTime nonsense"), []);
  await page.fill("#search", "kerberos");
  assert.match(await page.locator("#count").textContent(), /; the name is also in /);
  assert.equal((await firstPorts(page)).length, expected("Kerberos")[0].length);
});

// What people type, and the command's words for it where it knows better.
const QUESTIONS = [
  "ARD", "FaceTime, iMessage", "siri imessage", "wifi calling", "Anrufe \u00fcber WLAN", "push notifications", "apns", "Address Book",
  "53", "443", "tcp 443", "port 443", "\uff14\uff14\uff13", "443/tcp", "udp/443", " 443 / TCP ", "8443", "16384\u201316472", "16384 - 16472", "49152-65535/udp",
  "net bios", "kerberos", "timed", "Back to My Mac", "7777", "4711", "airdrp", "facetme", "imesage", "Face Tmie", "kerbros", "no such thing",
];

// Of the command: the ids of the rows, and what it suggests where there are none.
function command(text) {
  const run = spawnSync(COMMAND, ["--sources", join(ROOT, "sources"), "find", "--format", "json", text], { encoding: "utf8", maxBuffer: 1 << 26 });
  const { records, former } = JSON.parse(run.stdout);
  if (records.length || former.length) return { ids: [records, former.map(({ record }) => record)].map((rows) => rows.map(({ id }) => id).sort()), meant: [] };
  const said = spawnSync(COMMAND, ["--sources", join(ROOT, "sources"), "find", text], { encoding: "utf8" }).stderr;
  return { ids: [[], []], meant: (/did you mean: (.*)/.exec(said)?.[1] ?? "").split(", ").filter(Boolean) };
}

onPage("the command gives the same rows, and the same suggestions", async (page) => {
  let suggested = 0;
  for (const text of QUESTIONS) {
    const { ids, meant } = command(text);
    assert.deepEqual((await answer(page, [text]))[0], ids, text);
    await page.fill("#search", text);
    assert.deepEqual(await page.locator("#meant a").allTextContents(), meant, text);
    suggested += meant.length;
  }
  assert.ok(suggested > 2, `${suggested}`);
});

onPage("what is no port is refused in the command's words", async (page) => {
  for (const text of ["70000", "90-80"]) {
    await page.fill("#search", text);
    const said = spawnSync(COMMAND, ["find", text], { encoding: "utf8" }).stderr;
    const reason = /: ([^:]*)$/.exec(said.trim())[1];
    assert.equal((await page.locator("#empty").textContent()).toLowerCase(), `${reason}.`);
  }
});

onPage("what is copied has the ports and transports that were asked for", async (page) => {
  for (const [text, ...ports] of [["53/udp", "53/udp"], ["tcp 5900", "5900/tcp"], ["443", "443/tcp", "443/udp"]]) {
    const open = await page.evaluate((q) => {
      const question = { ...QUESTION, q };
      return openRows(answers(question), question).map((check) => `${check.first}/${check.transport}`).sort();
    }, text);
    assert.deepEqual(open, ports, text);
  }
});

onPage("rows that bear a product's name are those of the command", async (page) => {
  let named = 0;
  for (const { name } of PRODUCTS.filter(({ rows }) => rows > 0)) {
    const shown = await page.evaluate((q) => alsoNamed({ ...QUESTION, q }).map((record) => record.portText), name);
    const said = appleports(["find", name]).match(/is also in the name or title of: (.*)/)?.[1] ?? "";
    assert.deepEqual([...new Set(shown)].sort(), [...new Set(said.split(", ").filter(Boolean).map((place) => place.split("/")[0]))].sort(), name);
    named += shown.length;
  }
  assert.ok(named > 0);
});

onPage("of a long question the start is answered", async (page) => {
  for (const [text, length] of [["a ", 500], ["\ufdfa", 27], ["1 ", 500]]) {
    await page.evaluate((text) => { location.hash = `#/${new URLSearchParams({ q: text.repeat(30000) })}`; }, text);
    await page.waitForFunction(([text, length]) => document.getElementById("search").value === text.repeat(length).slice(0, length), [text, length]);
  }
});

onPage("a long question is read word by word", async (page) => {
  // How often a text is folded, for so many words.
  const work = (count) => page.evaluate((count) => {
    const { normalize } = String.prototype;
    let calls = 0;
    String.prototype.normalize = function counted(...form) { calls += 1; return normalize.apply(this, form); };
    understand(Array.from({ length: count }, (_, at) => `word${at}`).join(" "));
    String.prototype.normalize = normalize;
    return calls;
  }, count);
  const [some, many] = [await work(100), await work(400)];
  assert.ok(many < some * 4.5, `${some} and ${many}`);
  assert.deepEqual(await page.evaluate(() => understand("ab ab 5223/sctp ab").words), ["ab"]);
});
