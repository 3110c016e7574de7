// What a person types: products in any spelling that the command resolves, ports, other words.
import { DATA } from "./data.js";
import { RECORDS, TRANSPORTS } from "./records.js";
import { fold, letters, unique } from "./text.js";

export const PRODUCTS = DATA.products.map(([, spellings]) => ({ name: spellings[0], spellings }));

const BY_FORM = [fold, letters].map((form) => {
  const found = new Map();
  for (const product of PRODUCTS) {
    for (const key of new Set(product.spellings.map(form)))
      found.set(key, [...(found.get(key) ?? []), product]);
  }
  return [form, found];
});

// The product that a text names, or the text before brackets at its end (`Siri (iOS)`).
export const productNamed = (text) =>
  productCalled(text) ?? productCalled(/^([^()]*)\([^()]*\)$/.exec(fold(text))?.[1] ?? "");

// One that could be two is none.
function productCalled(text) {
  for (const [form, products] of BY_FORM) {
    const found = products.get(form(text)) ?? [];
    if (found.length === 1) return found[0].name;
  }
  return null;
}

// `5223`, `16384-16472`, `443/tcp`
const TRANSPORT = TRANSPORTS.join("|");
const PORTS = new RegExp(`^(\\d+)(?:-(\\d+))?(?:/(${TRANSPORT}))?$`);
const BEFORE_TRANSPORT = new RegExp(`(\\d) ?/ ?(?=${TRANSPORT})`, "g");
const TRANSPORT_FIRST = new RegExp(`\\b(${TRANSPORT}) ?/ ?(\\d[\\d-]*)`, "g");

// `80 - 90`, `5223 / tcp` and `tcp/5223` are one part each, and `port 443` is 443.
const joinedParts = (text) =>
  fold(text)
    .replace(/^ ?port (?=\d)/, "")
    .replace(/(\d) ?- ?(?=\d)/g, "$1-")
    .replace(BEFORE_TRANSPORT, "$1/")
    .replace(TRANSPORT_FIRST, "$2/$1");

function readPorts(text) {
  const found = PORTS.exec(text);
  if (!found) return null;
  const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
  const wrong = [first, last].find((port) => port > 65535);
  if (wrong) return { refusal: `port ${wrong} is out of range, the highest is 65535` };
  return first > last
    ? { refusal: `range ${first}-${last} runs backwards` }
    : { first, last, transport: found[3] };
}

// No product is asked for in more words: those of its longest spelling, and as many in brackets.
const MAX_WORDS =
  2 * Math.max(...PRODUCTS.flatMap(({ spellings }) => spellings).map((name) => fold(name).split(" ").length));

// The longest names first: `apple remote desktop 5900` is a product and a port.
export function understand(text) {
  const asked = { products: [], ports: [], transports: [], words: [], refusal: "" };
  const parts = joinedParts(text)
    .split(/[\s,;]+/)
    .filter(Boolean);
  for (let at = 0; at < parts.length; at += 1) {
    let end = Math.min(parts.length, at + MAX_WORDS);
    let name = null;
    while (end > at && !(name = productNamed(parts.slice(at, end).join(" ")))) end -= 1;
    const ports = readPorts(parts[at]);
    if (name) {
      asked.products.push(name);
      at = end - 1;
      // `AirPlay 2` and `FaceTime 4` are versions, not ports.
      if (/^[1-9]$/.test(parts[at + 1] ?? "")) at += 1;
    } else if (ports?.refusal) {
      asked.refusal = ports.refusal;
    } else if (ports) {
      asked.ports.push(ports);
    } else if (TRANSPORTS.includes(parts[at])) {
      asked.transports.push(parts[at]);
    } else {
      asked.words.push(parts[at]);
    }
  }
  asked.words = unique(asked.words);
  return asked;
}

export const isAskedCheck = (check, { ports, transports }) =>
  (ports.length === 0 ||
    ports.some(
      ({ first, last, transport }) =>
        check.first <= last && first <= check.last && (!transport || check.transport === transport),
    )) &&
  (transports.length === 0 || transports.includes(check.transport));

// Several products or ports are their union; everything else must be there.
export const isAsked = (record, asked) =>
  !asked.refusal &&
  (asked.products.length === 0 || asked.products.some((name) => record.products.includes(name))) &&
  ((asked.ports.length === 0 && asked.transports.length === 0) ||
    record.checks.some((check) => isAskedCheck(check, asked))) &&
  asked.words.every((word) => record.text.includes(word));

// Rows that the product asked for does not use, and that bear its name all the same.
export function alsoNamed(question) {
  const { products, ports, transports, words } = understand(question.q);
  if (products.length !== 1 || ports.length || transports.length || words.length) return [];
  const alone = (text) =>
    ` ${fold(text)
      .replace(/[^\p{Alphabetic}\p{N}]+/gu, " ")
      .trim()} `;
  const named = alone(question.q);
  const isNamed = (record) =>
    [record.name, record.title, ...record.names.map(([, name]) => name)].some((name) =>
      alone(name).includes(named),
    ) || record.checks.some((check) => check.names.some((name) => alone(name) === named));
  return RECORDS.filter((record) => !record.products.includes(products[0]) && isNamed(record));
}
