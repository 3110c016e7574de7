// A record's own view: what was captured, what the registry says, what is odd.
import { DATA } from "./data.js";
import { sayLeft, saySeen, titled } from "./editions.js";
import { $, button, element, entry, separated, unbroken } from "./elements.js";
import { bySeverity, findingBadge, helpOf, titleOf } from "./findings.js";
import { editionLink, findingHref, link, portLink, productLink, registryLink, rfcLink } from "./links.js";
import { answering } from "./map.js";
import { address } from "./query.js";
import { BY_ID, sayRfc } from "./records.js";
import { range } from "./text.js";
import { judge } from "./verdicts.js";

const listed = (title, items) =>
  items.length ? [element("h3", {}, title), element("ul", {}, ...items)] : [];

const inCapture = (record, text) => (text ? element("span", { lang: record.language }, text) : "");

export function drawFinding(finding) {
  return element(
    "li",
    {},
    link(findingHref(finding.code), findingBadge(finding), { className: "plain" }),
    " ",
    element("code", {}, finding.code),
    ` ${titleOf(finding.code)}: ${finding.message} `,
    element("span", { className: "soft" }, `(${titled(finding.source)}, line ${finding.line})`),
    element("br"),
    element("span", { className: "fine" }, `To do: ${helpOf(finding.code)}`),
    element("br"),
    element("span", { className: "fine" }, "Key: ", element("code", {}, finding.key)),
  );
}

function drawCells(record) {
  // The lines are those of the table's fields; where a cell was lost there is one cell less.
  const lines = record.cellLines.filter((line) => line > 0);
  const rows = record.cells.map((cell, at) =>
    element(
      "tr",
      {},
      element("td", {}, lines[at] ? `line ${lines[at]}` : ""),
      element("td", { lang: record.language }, cell || "(empty)"),
    ),
  );
  const head = ["Place", "Cell"].map((text) => element("th", { scope: "col" }, text));
  return [
    element("h3", {}, "As captured in ", editionLink(record.source, titled(record.source))),
    element(
      "table",
      { className: "raw" },
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows),
    ),
  ];
}

function drawVerdict(record, check) {
  const { badge, meaning } = judge(record, check.status);
  const place = check.lines.length ? ` (${titled(check.edition)}, line ${check.lines.join(", ")})` : "";
  return element(
    "li",
    {},
    element("code", {}, `${range(check.first, check.last)}${check.transport ? `/${check.transport}` : ""}`),
    " ",
    badge,
    check.names.length ? [": ", registryLink(check.first, check.names.join(", "))] : "",
    element("span", { className: "soft" }, place),
    element("br"),
    element("span", { className: "fine" }, meaning),
  );
}

function drawOverlap(question, [, id, transport, shared]) {
  const other = BY_ID.get(id);
  return element(
    "li",
    {},
    `${shared}/${transport} also in `,
    link(address({ ...question, r: id }), other?.portText ?? id),
    ` ${other?.name || other?.title || ""}`,
  );
}

function sayCorrection({ field, published, value, reason, evidence }) {
  const right = value ? `should be “${value}”` : "known to be wrong";
  return element("li", {}, `${field}: published as “${published}”, ${right}. ${reason} (${evidence})`);
}

// `RFC 2616 (draft standard, 1999-06), replaced; …`, with links.
const drawRfc = (number) =>
  sayRfc(number)
    .split(/RFC (\d+)/)
    .map((part, at) => (at % 2 ? rfcLink(part) : part));

export function drawDetail(record, question, actions) {
  const names = record.names.map(([port, name]) => `${name} at ${port}`).join(", ") || record.name;
  const transports = record.transports.join(", ").toUpperCase();
  const heading = `${record.portText}${transports ? ` ${transports}` : ""}`;
  const rfcs = record.rfcs.flatMap((rfc, at) => (at ? [element("br"), ...drawRfc(rfc)] : drawRfc(rfc)));
  const pages = DATA.site
    ? separated(record.ports.map(({ first, last }) => portLink(range(first, last))))
    : [];
  $("detail").replaceChildren(
    element(
      "div",
      { className: "bar" },
      element("h2", { id: "detail-title", tabIndex: -1 }, `${heading} ${names || ""}`),
      button("Close", () => $("detail").close()),
    ),
    element(
      "p",
      { className: "actions" },
      record.left ? "" : button("Copy as rule …", () => actions.rules([record])),
      record.left && !answering.has(record.id) ? "" : button("Show on the map", () => actions.map(record)),
    ),
    record.left ? element("p", { className: "gone" }, sayLeft(record)) : "",
    element(
      "dl",
      { className: "facts" },
      ...entry("Service", inCapture(record, record.title)),
      ...entry("In English", record.englishTitle),
      ...entry("Transport", transports || "the article gives none; such a row opens nothing"),
      ...entry("Name", names, record.deprecated ? " (deprecated, the article says)" : ""),
      ...entry("Registration", record.registration),
      ...entry(record.rfcs.length === 1 ? "RFC" : "RFCs", ...rfcs),
      ...entry("Used by", inCapture(record, record.usedBy)),
      ...entry("Products", ...separated(record.products.map((name) => productLink(name)))),
      ...entry("Note", inCapture(record, record.note)),
      ...entry("Seen", ...unbroken(saySeen(record))),
      ...entry("Confirmed", record.confirmed),
      ...entry("Port’s page", ...pages),
    ),
    ...listed(
      "In the IANA registry",
      record.checks.map((check) => drawVerdict(record, check)),
    ),
    ...listed("Findings", [...record.findings].sort(bySeverity).map(drawFinding)),
    ...listed("Corrections, shown and not applied", record.corrections.map(sayCorrection)),
    ...listed(
      "Shares ports with",
      record.overlaps.map((overlap) => drawOverlap(question, overlap)),
    ),
    ...drawCells(record),
    element("p", { className: "fine id" }, "Id in the data files: ", element("code", {}, record.storedId)),
  );
}
