// A record's own view: what was captured, what the registry says, what is odd.
const entry = (label, ...content) =>
  content.some((one) => one !== "" && one !== null && one !== undefined) ? [element("dt", {}, label), element("dd", {}, ...content)] : [];

const listed = (title, items) => (items.length ? [element("h3", {}, title), element("ul", {}, ...items)] : []);

const inCapture = (record, text) => (text ? element("span", { lang: record.language }, text) : "");

function drawFinding(finding) {
  return element("li", {},
    element("code", {}, finding.code), " ",
    element("span", { className: { error: "error", warning: "warn" }[finding.level] ?? "soft" }, finding.level), ` ${finding.message} `,
    element("span", { className: "soft" }, `(${titled(finding.source)}, line ${finding.line})`), element("br"),
    element("span", { className: "fine" }, `To do: ${DATA.explained[finding.code]?.[1] ?? ""}`), element("br"),
    element("span", { className: "fine" }, "Key: ", element("code", {}, finding.key)));
}

function drawCells(record) {
  // The lines are those of the table's fields; where a cell was lost there is one cell less.
  const lines = record.cellLines.filter((line) => line > 0);
  const rows = record.cells.map((cell, at) =>
    element("tr", {}, element("td", {}, lines[at] ? `line ${lines[at]}` : ""), element("td", { lang: record.language }, cell || "(empty)")));
  return [element("h3", {}, `As captured in ${titled(record.source)}`),
    element("table", { className: "raw" }, element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Place"), element("th", { scope: "col" }, "Cell"))), element("tbody", {}, ...rows))];
}

function drawDetail(record, question, actions) {
  const registry = record.checks.map((check) => ({ check, ...judge(record, check.status) })).map(({ check, badge, meaning }) => element("li", {},
    element("code", {}, `${range(check.first, check.last)}${check.transport ? `/${check.transport}` : ""}`), " ", badge,
    check.names.length ? `: ${check.names.join(", ")}` : "",
    check.lines.length ? element("span", { className: "soft" }, ` (${titled(check.edition)}, line ${check.lines.join(", ")})`) : "",
    element("br"), element("span", { className: "fine" }, meaning)));
  const overlaps = [...record.overlaps].sort((a, b) => parseInt(a[2]) - parseInt(b[2])).map(([id, transport, shared]) => element("li", {},
    `${shared}/${transport} also in `, element("a", { href: address({ ...question, r: id }) }, BY_ID.get(id)?.portText ?? id), ` ${BY_ID.get(id)?.name || BY_ID.get(id)?.title || ""}`));
  const corrections = record.corrections.map((one) => element("li", {},
    `${one.field}: published as “${one.published}”, ${one.value ? `should be “${one.value}”` : "known to be wrong"}. ${one.reason} (${one.evidence})`));
  const names = record.names.map(([port, name]) => `${name} at ${port}`).join(", ") || record.name;
  const heading = `${record.portText}${record.transports.length ? ` ${record.transports.join(", ").toUpperCase()}` : ""}`;
  $("detail").replaceChildren(
    element("div", { className: "bar" },
      element("h2", { id: "detail-title", tabIndex: -1 }, `${heading} ${names || ""}`),
      element("button", { type: "button", on: { click: () => $("detail").close() } }, "Close")),
    element("p", { className: "actions" },
      record.left ? "" : element("button", { type: "button", on: { click: () => actions.rules([record]) } }, "Copy as rule …"),
      record.left && !answering.has(record.id) ? "" : element("button", { type: "button", on: { click: () => actions.map(record) } }, "Show on the map")),
    record.left ? element("p", { className: "gone" }, sayLeft(record)) : "",
    element("dl", {},
      ...entry("Service", inCapture(record, record.title)),
      ...entry("In English", record.englishTitle),
      ...entry("Transport", record.transports.length ? record.transports.join(", ").toUpperCase() : "the article gives none; such a row opens nothing"),
      ...entry("Name", names, record.deprecated ? " (deprecated, the article says)" : ""),
      ...entry("Registration", record.registration),
      ...entry(record.rfcs.length === 1 ? "RFC" : "RFCs", ...record.rfcs.flatMap((rfc, at) => (at ? [element("br"), sayRfc(rfc)] : [sayRfc(rfc)]))),
      ...entry("Used by", inCapture(record, record.usedBy)),
      ...entry("Products", record.products.join(", ")),
      ...entry("Note", inCapture(record, record.note)),
      ...entry("Seen", saySeen(record)),
      ...entry("Confirmed", record.confirmed)),
    ...listed("In the IANA registry", registry),
    ...listed("Findings", record.findings.map(drawFinding)),
    ...listed("Corrections, shown and not applied", corrections),
    ...listed("Shares ports with", overlaps),
    ...drawCells(record),
    element("p", { className: "fine id" }, "Id in the data files: ", element("code", {}, record.storedId)));
}
