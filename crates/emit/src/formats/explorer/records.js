// The records as the page uses them: every field present, the searched text made once.
import { DATA, SOURCES } from "./data.js";
import { titleOf } from "./findings.js";
import { fold, range, unique } from "./text.js";

const EMPTY = {
  name: "",
  names: [],
  title: "",
  englishTitle: "",
  rfcs: [],
  registration: "",
  deprecated: false,
  usedBy: "",
  products: [],
  note: "",
  checks: [],
  corrections: [],
  history: [],
  once: [],
  confirmed: "",
  left: null,
  merged: [],
  cells: [],
  cellLines: [],
  overlaps: [],
  findings: [],
};

// Findings that say that the registered name belongs to another service.
const OTHER_SERVICE = ["I006", "I011"];

// Notes that say not to rely on the row or on its name.
const UNRELIABLE = ["I009", "N071"];

export const TRANSPORTS = ["tcp", "udp", "sctp", "dccp"];

const isPort = (value) => Number.isInteger(value) && value >= 0 && value <= 65535;

// Rules that people run are written of these, so that nothing else may stand in their place.
function checkOf([first, last, transport, status, names, edition, lines]) {
  if (!isPort(first) || !isPort(last) || (transport && !TRANSPORTS.includes(transport)))
    throw new Error(`no ports: ${first}-${last}/${transport}`);
  return { first, last, transport: transport ?? "", status, names, edition, lines };
}

function readRecord(stored, order) {
  const record = { ...EMPTY, ...stored, storedId: stored.id, order };
  record.language = SOURCES.get(record.source)?.locale.split("-")[0] || "en";
  record.checks = record.checks.map(checkOf);
  // Beside a foreign title; not where both are the same words.
  if (fold(record.englishTitle) === fold(record.title)) record.englishTitle = "";
  record.transports = unique(record.checks.map((check) => check.transport)).filter(Boolean);
  const ranges = new Map(record.checks.map((check) => [`${check.first}-${check.last}`, check]));
  record.ports = [...ranges.values()].map(({ first, last }) => ({ first, last }));
  record.portText = record.ports.map(({ first, last }) => range(first, last)).join(", ");
  record.hidden = hiddenTexts(record);
  const shown = [
    record.portText,
    record.name,
    ...record.names.map(([, name]) => name),
    record.title,
    record.englishTitle,
    record.usedBy,
  ];
  record.text = fold([...shown, ...record.hidden.map(([, text]) => text)].join("\n"));
  // A name that another service has registered is no agreement.
  record.isOtherService = record.findings.some(({ code }) => OTHER_SERVICE.includes(code));
  record.isDoubted = record.findings.some(
    ({ code, level }) => level !== "note" || UNRELIABLE.includes(code),
  );
  return record;
}

// Texts that the search covers and no column of the table shows, each with its label.
const hiddenTexts = (record) =>
  [
    ...record.products.map((name) => ["product", name]),
    ["note", record.note],
    ...unique(record.checks.flatMap((check) => check.names)).map((name) => ["registry", name]),
    ...record.rfcs.map((rfc) => ["RFC", `rfc${rfc} ${sayRfc(rfc)}`]),
    ...record.findings.map(({ code }) => ["finding", `${code} ${titleOf(code)}`]),
    ["name", record.deprecated ? "deprecated" : ""],
    ["registration", record.registration],
  ].filter(([, text]) => text);

// `RFC 2616 (draft standard, 1999-06), replaced; current: RFC 9110 (internet standard, 2022-06)`.
export function sayRfc(number) {
  const [status, date, current] = DATA.rfcs[number] ?? ["", "", []];
  const facts = [status, date].filter(Boolean).join(", ");
  const cited = `RFC ${number}${facts ? ` (${facts})` : ""}`;
  return current.length ? `${cited}, replaced; current: ${current.map(sayRfc).join(", ")}` : cited;
}

export const RECORDS = DATA.records.map(readRecord);

// Records that left the article. Kept apart: only what asks for them gets them.
const taken = new Set(RECORDS.map((record) => record.id));
export const FORMER = DATA.former
  .map(readRecord)
  .map((record) => (taken.has(record.id) ? { ...record, id: `${record.id}@${record.left[1]}` } : record));

export const BY_ID = new Map([...RECORDS, ...FORMER].map((record) => [record.id, record]));
