// The files that `appleports export` writes for the same rows. The templates are those of
// the command, and are read alike: see crates/emit/src/openers/template.rs.
import { DATA } from "./data.js";
import { oneLine, range } from "./text.js";

export const RULES = new Map(DATA.rules.formats.map((format) => [format.name, format]));

const covers = (direction, one) => direction === "both" || direction === one;

// The line without the direction that it belongs to; null if that is another one.
function lineOf(line, direction) {
  const [mark, named] = /^\{\{(out|in)\}\}/.exec(line) ?? [];
  if (!mark) return line;
  return covers(direction, named) ? line.slice(mark.length) : null;
}

// One copy for each row of the first values that have all names of the part.
function copies(part, values) {
  const names = [...part.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => name);
  if (names.length === 0) return [part];
  const found = values.find(({ columns }) => names.every((name) => columns.includes(name)));
  return (found?.rows ?? []).map((row) =>
    part.replace(/\{\{(.*?)\}\}/g, (_, name) => oneLine(String(row[found.columns.indexOf(name)]))),
  );
}

function fill(template, direction, values) {
  const lines = template
    .trimEnd()
    .split("\n")
    .map((line) => lineOf(line, direction))
    .filter((line) => line !== null);
  return lines
    .map((line) => {
      const [, before, part, between] = /^(.*?)\[\[(.*?)\]\](.*)$/.exec(line) ?? [];
      return part === undefined
        ? copies(`${line}\n`, values).join("")
        : `${before}${copies(part, values).join(between)}\n`;
    })
    .join("");
}

// The union of the rows, transport by transport.
export function union(rows) {
  const sets = new Map();
  for (const { first, last, transport } of [...rows].sort((a, b) => a.first - b.first)) {
    if (!transport) continue;
    const set = sets.get(transport) ?? [];
    const before = set.at(-1);
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else set.push({ first, last });
    sets.set(transport, set);
  }
  return [...sets].sort(([a], [b]) => (a < b ? -1 : 1));
}

// Groups of as many ports as the format takes at once, a range counting as two.
function groups(set, slots) {
  const made = [];
  let taken = Infinity;
  for (const ports of set) {
    const needed = ports.first === ports.last ? 1 : 2;
    if (taken + needed > slots) {
      made.push([]);
      taken = 0;
    }
    made.at(-1).push(ports);
    taken += needed;
  }
  return made;
}

export const joined = (set, between, separator) =>
  set.map(({ first, last }) => range(first, last, between)).join(separator);

function portValues(format, open) {
  const list = (set) => joined(set, format.between, format.separator);
  return [
    {
      columns: ["transport", "letter", "ports"],
      rows: open.map(([name, set]) => [name, name[0].toUpperCase(), list(set)]),
    },
    {
      columns: ["transport", "group"],
      rows: open.flatMap(([name, set]) => groups(set, format.slots).map((group) => [name, list(group)])),
    },
    {
      columns: ["transport", "range"],
      rows: open.flatMap(([name, set]) => set.map((ports) => [name, list([ports])])),
    },
  ];
}

function heading(format, direction, records) {
  const subject = (record) => [...oneLine(record.title || record.usedBy)].slice(0, 60).join("");
  const silent = records.filter((one) => one.transports.length === 0);
  const total = DATA.totals.rows_emitted;
  const head = fill(DATA.rules.head, direction, [
    { columns: ["source"], rows: DATA.rules.sources.map((source) => [source]) },
    {
      columns: ["unselected", "total"],
      rows: records.length < total ? [[total - records.length, total]] : [],
    },
    { columns: ["unopened"], rows: silent.map((record) => [`${record.portText} (${subject(record)})`]) },
  ]);
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const lines = head.trimEnd().split("\n");
  return { columns: ["heading"], rows: lines.map((line) => [format.isXml ? escaped(line) : line]) };
}

// The text, or why there is none.
export function rule(name, direction, records, rows) {
  const format = RULES.get(name);
  const open = union(rows);
  if (open.length === 0) return { refusal: "Nothing to open." };
  if (format.hasOneTransport && open.length > 1)
    return { refusal: "This list cannot tell TCP from UDP: choose a transport." };
  const asked = format.directions.length ? direction : null;
  if (asked && !format.directions.includes(asked))
    return { refusal: `Not possible in one file: ${format.advice}.` };
  const template = format.template.replaceAll("{{table}}", DATA.rules.table);
  return { text: fill(template, asked, [heading(format, asked, records), ...portValues(format, open)]) };
}
