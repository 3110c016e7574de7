// The table: one line a record, sortable, walked through with the keyboard.
const COLUMNS = [
  ["port", "Port"], ["transport", "Transport"], ["name", "Name"], ["title", "Service"], ["used", "Used by"],
  ["status", "Registry"], ["confirmed", "Confirmed"], ["findings", "Findings"],
];

function drawHead(question, ask) {
  const current = question.o.replace(/^-/, "");
  const down = question.o.startsWith("-");
  const cells = COLUMNS.map(([key, label]) => {
    const active = key === current;
    const cell = element("th", { scope: "col", role: "columnheader" },
      element("button", { type: "button", on: { click: () => ask({ o: active && !down ? `-${key}` : key }) } },
        label, active ? element("span", { "aria-hidden": "true" }, down ? " ↓" : " ↑") : ""));
    if (active) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
    return cell;
  });
  // The buttons keep the focus that they had.
  const focused = [...$("head").querySelectorAll("button")].indexOf(document.activeElement);
  $("head").replaceChildren(element("tr", { role: "row" }, ...cells));
  if (focused >= 0) $("head").querySelectorAll("button")[focused].focus();
}

function drawRow(record, href) {
  const cell = (className, label, lang, ...children) => {
    const made = element("td", { className, role: className === "port" ? "rowheader" : "cell" }, ...children);
    if (label && made.textContent) made.dataset.label = label;
    if (lang) made.lang = lang;
    return made;
  };
  const statuses = [...new Set(record.checks.map((check) => check.status))];
  const names = record.names.length ? record.names.map(([port, name]) => `${name} (${port})`).join(", ") : record.name;
  return element("tr", { role: "row", className: record.left ? "left" : "" },
    cell("port", "", "", element("a", { href: href(record.id), id: `row-${record.id}`, "data-id": record.id }, record.portText)),
    cell("", "Transport", "", record.transports.length ? record.transports.join(", ").toUpperCase() : "not given"),
    cell("name", "Name", "", names, record.deprecated ? element("span", { className: "soft" }, " deprecated") : ""),
    cell("title", "", "", element("span", { lang: record.language }, record.title), record.englishTitle ? element("span", { className: "english", lang: "en" }, record.englishTitle) : ""),
    cell("used", "Used by", record.language, element("span", { className: "clip", title: record.usedBy }, record.usedBy)),
    cell("", "Registry", "", ...statuses.flatMap((status, at) => [at ? " " : "", judge(record, status).badge])),
    record.left ? cell("day", "", "", "left after ", element("span", { className: "date" }, editionOf(record.left[1]).date)) : cell("day", "Confirmed", "", record.confirmed),
    cell("number", "Findings", "", record.findings.length ? `${record.findings.length}` : ""));
}

// The ports of the rows that are shown: one by one where they can be read at a glance.
function sayPorts(open) {
  const few = open.reduce((sum, [, set]) => sum + set.length, 0) <= 16;
  const ports = open.map(([transport, set]) => few
    ? `${transport.toUpperCase()} ${joined(set, "-", ", ")}`
    : `${grouped(set.reduce((sum, { first, last }) => sum + last - first + 1, 0))} ${transport.toUpperCase()} ports`);
  return ports.length ? `: ${ports.join(few ? "; " : ", ")}` : "";
}

function drawTable(records, question, ask) {
  drawHead(question, ask);
  $("body").replaceChildren(...records.map((record) => drawRow(record, (id) => address({ ...question, r: id }))));
  $("rows").hidden = records.length === 0;
  $("empty").replaceChildren(...(records.length ? [] : sayNothingFound(question, ask)));
  $("count").textContent = sayCount(records, question);
}

// Moves the focus from row to row.
function step(by) {
  const links = [...$("body").querySelectorAll("td.port a")];
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next].focus();
}
