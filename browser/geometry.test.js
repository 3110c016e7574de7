// Tables with random spans: read from the page as the browser lays them out.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { pageTests, ROOT } from "./page.js";

const { onPage } = pageTests();
const TABLES = 200, COLUMNS = 60, WIDTH = 10;

// The same numbers on every run (Numerical Recipes, section 7.1).
let state = 20151023;
const random = (count) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * count); };
const oneOf = (list) => list[random(list.length)];

function randomTable() {
  let cells = 0;
  const span = (name, list) => (random(3) ? "" : ` ${name}="${oneOf(list)}"`);
  const cell = () => {
    const tag = oneOf(["td", "td", "td", "th"]);
    const text = random(8) ? `c${cells++}` : "";
    return `<${tag}${span("rowspan", [0, 1, 2, 2, 3, 9, "2x", "-1"])}${span("colspan", [0, 1, 2, 2, 3, "x"])}>${text}</${tag}>`;
  };
  const times = (count, make) => Array.from({ length: count }, make).join("");
  const row = () => `<tr>${times(random(5), cell)}</tr>`;
  const group = () => { const tag = oneOf(["tbody", "tbody", "tbody", "thead", "tfoot"]); return `<${tag}>${times(1 + random(4), row)}</${tag}>`; };
  // The first group gives each column its width.
  return `<table><thead><tr>${times(COLUMNS, () => "<td>w</td>")}</tr></thead>${times(1 + random(3), group)}</table>`;
}

const page = `<!DOCTYPE html><html lang="en"><head><title>Tables</title><style>
table { border-collapse: separate; border-spacing: 0; table-layout: fixed; width: ${COLUMNS * WIDTH}px }
tr, td, th { height: 20px } td, th { padding: 0; border: 0; overflow: hidden; font-size: 5px; white-space: nowrap }
</style></head><body>${Array.from({ length: TABLES }, randomTable).join("\n")}</body></html>`;

// For each row what is in its columns, by where the cells are on the screen; null where two overlap.
const laidOut = (width) => [...document.querySelectorAll("table")].map((table) =>
  [...table.querySelectorAll("tr")].map((row) => {
    const place = row.getBoundingClientRect();
    const columns = [];
    let overlap = false;
    for (const cell of row.parentElement.querySelectorAll("td, th")) {
      const own = cell.getBoundingClientRect();
      if (own.top > place.top + 1 || own.bottom < place.bottom - 1) continue;
      const [from, to] = [Math.round((own.left - place.left) / width), Math.round((own.right - place.left) / width)];
      for (let at = from; at < to; at++) {
        overlap ||= columns[at] !== undefined;
        columns[at] = at === from ? cell.textContent : "";
      }
    }
    return overlap ? null : Array.from(columns, (text) => text ?? "");
  }));

// Rows without a text, and columns at the end without one, are nothing to compare.
const trimmed = (tables) => tables.map((rows) => rows
  .map((row) => row && row.join("|").replace(/\|+$/, ""))
  .filter((row) => row !== ""));

onPage("200 random tables are cut as the browser lays them out", async (browser) => {
  await browser.setContent(page);
  const seen = trimmed(await browser.evaluate(laidOut, WIDTH));
  const run = spawnSync("cargo", ["run", "--quiet", "--locked", "--package", "appleports-ingest", "--example", "tables"], { cwd: ROOT, encoding: "utf8", input: page, maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, run.stderr);
  const read = trimmed(JSON.parse(run.stdout));
  assert.equal(read.length, TABLES);
  const sources = page.match(/<table>.*?<\/table>/g);
  seen.forEach((rows, at) => assert.deepEqual(read[at], rows, sources[at].replace(/<thead>.*?<\/thead>/, "")));
  const all = seen.flat();
  assert.ok(all.includes(null) && all.filter((row) => row).length > TABLES, "the tables have overlaps, and rows");
}, { file: "" });
