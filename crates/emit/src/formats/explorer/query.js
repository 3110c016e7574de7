// What the filters ask for, kept in the address, and which records answer.
import { isAsked, isAskedCheck, understand } from "./asked.js";
import { LANGUAGE } from "./editions.js";
import { FORMER, RECORDS } from "./records.js";
import { readPart, sees } from "./scale.js";
import { foldLetters } from "./text.js";

// Search, transport, product, verdict, finding, rows that left, their last edition, order, row,
// part of the map, whether the table shows that part alone, and whether the map is folded.
export const QUESTION = {
  q: "",
  t: "",
  p: "",
  s: "",
  c: "",
  e: "",
  l: "",
  o: "port",
  r: "",
  z: "",
  a: "",
  m: "",
};

// Which rows a question is put to: those of the article, those that left it, or both.
export const POOLS = { "": RECORDS, left: FORMER, all: [...RECORDS, ...FORMER] };

// The longest question that is answered, in letters as they are compared: a link may come from a
// stranger, and one letter can stand for eighteen.
const MAX_QUESTION = 500;

function cutQuestion(text) {
  let length = 0;
  let cut = "";
  for (const letter of text) {
    length += Math.max(foldLetters(letter).length, 1);
    if (length > MAX_QUESTION) break;
    cut += letter;
  }
  return cut;
}

export function readAddress() {
  const words = new URLSearchParams(location.hash.replace(/^#\/?/, ""));
  const question = { ...QUESTION };
  for (const key of Object.keys(QUESTION)) question[key] = words.get(key) ?? QUESTION[key];
  if (!Object.hasOwn(POOLS, question.e)) question.e = "";
  question.q = cutQuestion(question.q);
  return question;
}

export function address(question) {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(question)) if (value !== QUESTION[key]) words.set(key, value);
  return `#/${words}`;
}

// The part of the port space that the table is limited to, if it is.
const areaOf = (question) => (question.a ? readPart(question.z) : null);

export function answers(question) {
  const asked = understand(question.q);
  const area = areaOf(question);
  return POOLS[question.e].filter(
    (record) =>
      isAsked(record, asked) &&
      (!question.t ||
        (question.t === "none"
          ? record.transports.length === 0
          : record.transports.includes(question.t))) &&
      (!question.p || record.products.includes(question.p)) &&
      (!question.s || record.checks.some((check) => check.status === question.s)) &&
      (!question.c ||
        (question.c === "any"
          ? record.findings.length > 0
          : record.findings.some((finding) => finding.code === question.c))) &&
      (!question.l || record.left?.[1] === question.l) &&
      (!area || record.checks.some((check) => sees(area, check))),
  );
}

// The rows to open: of the article as it is, and of the ports and the transport that are asked for.
export function openRows(records, question) {
  const asked = understand(question.q);
  const isWanted = (check) =>
    (!question.t || question.t === "none" || check.transport === question.t) && isAskedCheck(check, asked);
  return records
    .filter((record) => !record.left)
    .flatMap((record) => record.checks)
    .filter(isWanted);
}

const byText = (text, language) => (a, b) =>
  (text(a) === "") - (text(b) === "") || text(a).localeCompare(text(b), language, { sensitivity: "base" });

const ORDERS = {
  port: (a, b) =>
    a.ports[0].first - b.ports[0].first || a.ports[0].last - b.ports[0].last || a.order - b.order,
  transport: (a, b) => a.transports.join().localeCompare(b.transports.join()),
  name: byText((record) => record.name, "en"),
  title: byText((record) => record.title, LANGUAGE),
  used: byText((record) => record.usedBy, LANGUAGE),
  status: (a, b) => (a.checks[0]?.status ?? "").localeCompare(b.checks[0]?.status ?? ""),
  confirmed: (a, b) => a.confirmed.localeCompare(b.confirmed),
  findings: (a, b) => a.findings.length - b.findings.length,
};

export function sorted(records, order) {
  const back = order.startsWith("-");
  const name = back ? order.slice(1) : order;
  const compare = Object.hasOwn(ORDERS, name) ? ORDERS[name] : ORDERS.port;
  return [...records].sort((a, b) => (back ? -1 : 1) * compare(a, b) || ORDERS.port(a, b));
}
