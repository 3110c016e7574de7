// The records as the page uses them: every field there, the searched text made once.
const DATA = JSON.parse($("data").textContent);

const EMPTY = { name: "", names: [], title: "", rfcs: [], registration: "", deprecated: false, usedBy: "", products: [],
  note: "", checks: [], corrections: [], history: [], merged: [], cells: [], cellLines: [], overlaps: [], findings: [] };

const range = (first, last, between = "-") => (first === last ? `${first}` : `${first}${between}${last}`);

const RECORDS = DATA.records.map((stored, order) => {
  const record = { ...EMPTY, ...stored, order };
  record.checks = record.checks.map(([first, last, transport, status, names, edition, lines]) =>
    ({ first, last, transport: transport ?? "", status, names, edition, lines }));
  record.transports = [...new Set(record.checks.map((check) => check.transport))].filter(Boolean);
  const ranges = new Map(record.checks.map((check) => [`${check.first}-${check.last}`, check]));
  record.ports = [...ranges.values()].map(({ first, last }) => ({ first, last }));
  record.portText = record.ports.map(({ first, last }) => range(first, last)).join(", ");
  record.text = fold([record.portText, record.name, ...record.names.map(([, name]) => name), record.title, record.usedBy,
    ...record.products, record.note, ...record.checks.flatMap((check) => check.names), ...record.rfcs.map((rfc) => `rfc${rfc} ${sayRfc(rfc)}`),
    ...record.findings.map((finding) => finding.code), record.deprecated ? "deprecated" : "", record.registration].join("\n"));
  return record;
});

const BY_ID = new Map(RECORDS.map((record) => [record.id, record]));

const ARTICLE = DATA.sources.find((source) => source.kind === "article") ?? { id: "", date: "", locale: "" };

// `RFC 2616 (draft standard, 1999-06), replaced; living: RFC 9110 (internet standard, 2022-06)`.
function sayRfc(number) {
  const [status, date, living] = DATA.rfcs[number] ?? ["", "", []];
  const facts = [status, date].filter(Boolean).join(", ");
  const own = `RFC ${number}${facts ? ` (${facts})` : ""}`;
  return living.length ? `${own}, replaced; living: ${living.map(sayRfc).join(", ")}` : own;
}

// The language of the captured texts, for screen readers and hyphenation.
const LANGUAGE = ARTICLE.locale.split("-")[0] || "en";

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

const meaning = (status) => VERDICTS[status]?.[2] ?? "";

const verdict = (status) => {
  const [text, tone] = VERDICTS[status] ?? [status, "soft"];
  return element("span", { className: `status ${tone}`, title: meaning(status) }, text);
};
