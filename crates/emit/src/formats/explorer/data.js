// The records as the page uses them: every field there, the searched text made once.
const DATA = JSON.parse($("data").textContent);

const SOURCES = new Map(DATA.sources.map((source) => [source.id, source]));

const EMPTY = { name: "", names: [], title: "", englishTitle: "", rfcs: [], registration: "", deprecated: false, usedBy: "", products: [],
  note: "", checks: [], corrections: [], history: [], confirmed: "", left: null, merged: [], cells: [], cellLines: [], overlaps: [], findings: [] };

const range = (first, last, between = "-") => (first === last ? `${first}` : `${first}${between}${last}`);

// Findings that say that the registered name belongs to another service.
const DOUBTS = ["I006", "I011"];

function readRecord(stored, order) {
  const record = { ...EMPTY, ...stored, storedId: stored.id, order };
  record.language = SOURCES.get(record.source)?.locale.split("-")[0] || "en";
  record.checks = record.checks.map(([first, last, transport, status, names, edition, lines]) =>
    ({ first, last, transport: transport ?? "", status, names, edition, lines }));
  // Beside a foreign title; not where both are the same words.
  if (fold(record.englishTitle) === fold(record.title)) record.englishTitle = "";
  record.transports = [...new Set(record.checks.map((check) => check.transport))].filter(Boolean);
  const ranges = new Map(record.checks.map((check) => [`${check.first}-${check.last}`, check]));
  record.ports = [...ranges.values()].map(({ first, last }) => ({ first, last }));
  record.portText = record.ports.map(({ first, last }) => range(first, last)).join(", ");
  record.text = fold([record.portText, record.name, ...record.names.map(([, name]) => name), record.title, record.englishTitle, record.usedBy,
    ...record.products, record.note, ...record.checks.flatMap((check) => check.names), ...record.rfcs.map((rfc) => `rfc${rfc} ${sayRfc(rfc)}`),
    ...record.findings.map((finding) => finding.code), record.deprecated ? "deprecated" : "", record.registration].join("\n"));
  // A name that another service has registered is no agreement.
  record.isDoubted = record.findings.some((finding) => DOUBTS.includes(finding.code));
  return record;
}

const RECORDS = DATA.records.map(readRecord);

// Records that left the article. Kept apart: only what asks for them gets them.
const taken = new Set(RECORDS.map((record) => record.id));
const FORMER = DATA.former.map(readRecord).map((record) =>
  (taken.has(record.id) ? { ...record, id: `${record.id}@${record.left[1]}` } : record));

const BY_ID = new Map([...RECORDS, ...FORMER].map((record) => [record.id, record]));

// `RFC 2616 (draft standard, 1999-06), replaced; current: RFC 9110 (internet standard, 2022-06)`.
function sayRfc(number) {
  const [status, date, living] = DATA.rfcs[number] ?? ["", "", []];
  const facts = [status, date].filter(Boolean).join(", ");
  const own = `RFC ${number}${facts ? ` (${facts})` : ""}`;
  return living.length ? `${own}, replaced; current: ${living.map(sayRfc).join(", ")}` : own;
}

const VERDICTS = {
  "match": ["registered", "good", "The registry has this name for the port."],
  "other-name": ["other name", "warn", "The registry has other names for the port."],
  "name-elsewhere": ["name elsewhere", "warn", "The name is registered, but not for this port."],
  "other-transport": ["other transport", "warn", "The registry has the name on this port, for another transport."],
  "unassigned": ["unassigned", "warn", "The registry has nothing for the port and does not know the name."],
  "no-name": ["no name", "soft", "The article gives no name; the registry has one."],
  "no-name-unassigned": ["no name, unassigned", "soft", "Neither the article nor the registry has a name."],
  "no-transport": ["no transport", "soft", "The article gives no transport to compare."],
};

const DOUBTED = ["registered, other use", "warn", "The registry has this name for the port, but for another service: see the findings."];

function judge(record, status) {
  const [text, tone, meaning] = record.isDoubted && status === "match" ? DOUBTED : VERDICTS[status] ?? [status, "soft", ""];
  // Nothing is approved that is no longer in the article.
  return { meaning, badge: element("span", { className: `status ${record.left ? "soft" : tone}`, title: meaning }, text) };
}
