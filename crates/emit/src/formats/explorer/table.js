// The table: one line a record, sortable, walked through with the keyboard.
import { sayCount, sayNothingFound } from "./counts.js";
import { editionOf } from "./editions.js";
import { $, element } from "./elements.js";
import { findingBadge, summarised } from "./findings.js";
import { link } from "./links.js";
import { clipped, marked, placesOf, termsOf } from "./marks.js";
import { address } from "./query.js";
import { isAskedCheck, understand } from "./asked.js";
import { unique } from "./text.js";
import { judge } from "./verdicts.js";

export const COLUMNS = [
  ["port", "Port"],
  ["transport", "Transport"],
  ["name", "Name"],
  ["title", "Service"],
  ["used", "Used by"],
  ["status", "Registry"],
  ["confirmed", "Confirmed"],
  ["findings", "Findings"],
];

function drawHead(question, ask) {
  const current = question.o.replace(/^-/, "");
  const down = question.o.startsWith("-");
  const cells = COLUMNS.map(([key, label]) => {
    const active = key === current;
    const sign = active ? element("span", { "aria-hidden": "true" }, down ? " ↓" : " ↑") : "";
    const sort = element(
      "button",
      { type: "button", on: { click: () => ask({ o: active && !down ? `-${key}` : key }) } },
      label,
      sign,
    );
    const cell = element("th", { scope: "col", role: "columnheader", className: key }, sort);
    if (active) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
    return cell;
  });
  // The buttons keep the focus that they had.
  const focused = [...$("head").querySelectorAll("button")].indexOf(document.activeElement);
  $("head").replaceChildren(element("tr", { role: "row" }, ...cells));
  if (focused >= 0) $("head").querySelectorAll("button")[focused].focus();
}

// A word that is in none of the texts that the row shows: what has it.
function drawElsewhere(record, terms, shown) {
  const missing = terms.filter(
    (term) => !term.isWhole && !shown.some((text) => placesOf(text, [term]).length),
  );
  const found = missing
    .map((term) => record.hidden.find(([, text]) => placesOf(text, [term]).length))
    .filter(Boolean);
  return unique(found).map(([label, text]) =>
    element("span", { className: "elsewhere" }, `${label}: `, ...marked(text, missing)),
  );
}

function drawRow(record, { href, terms, asked }) {
  const cell = (className, label, lang, ...children) => {
    const made = element(
      "td",
      { className, role: className === "port" ? "rowheader" : "cell" },
      ...children,
    );
    if (label && made.textContent) made.dataset.label = label;
    if (lang) made.lang = lang;
    return made;
  };
  const statuses = unique(record.checks.map((check) => check.status));
  const names = record.names.length
    ? record.names.map(([port, name]) => `${name} (${port})`).join(", ")
    : record.name;
  const isAskedPort = asked.ports.length > 0 && record.checks.some((check) => isAskedCheck(check, asked));
  const isOld = record.findings.some(({ code }) => code === "N071");
  const port = isAskedPort ? element("mark", {}, record.portText) : record.portText;
  const shown = [names, record.title, record.englishTitle, record.usedBy, record.portText];
  return element(
    "tr",
    { role: "row", className: record.left ? "left" : "", "data-id": record.id },
    cell("port", "", "", link(href(record.id), port, { id: `row-${record.id}`, "data-id": record.id })),
    cell(
      "transport",
      "",
      "",
      record.transports.length ? record.transports.join(", ").toUpperCase() : "not given",
    ),
    cell(
      "name",
      "Name",
      "",
      ...marked(names, terms),
      record.deprecated ? element("span", { className: "soft" }, " deprecated") : "",
    ),
    cell(
      "title",
      "",
      "",
      element("span", { lang: record.language }, ...marked(record.title, terms)),
      record.englishTitle
        ? element("span", { className: "english", lang: "en" }, ...marked(record.englishTitle, terms))
        : "",
      ...drawElsewhere(record, terms, shown),
    ),
    cell("used", "Used by", record.language, record.usedBy ? clipped(record.usedBy, terms) : ""),
    cell(
      "registry",
      "Registry",
      "",
      ...statuses.flatMap((status, at) => [at ? " " : "", judge(record, status).badge]),
    ),
    record.left
      ? cell(
          "day",
          "",
          "",
          "left after ",
          element("span", { className: "date" }, editionOf(record.left[1]).date),
        )
      : cell(isOld ? "day warn" : "day", "Confirmed", "", record.confirmed),
    cell(
      "findings",
      "",
      "",
      ...summarised(record.findings).flatMap((finding, at) => [at ? " " : "", findingBadge(finding)]),
    ),
  );
}

export function drawTable(records, question, ask) {
  drawHead(question, ask);
  const context = {
    href: (id) => address({ ...question, r: id }),
    terms: termsOf(question),
    asked: understand(question.q),
  };
  $("body").replaceChildren(...records.map((record) => drawRow(record, context)));
  $("rows-title").textContent =
    { left: "Rows that left the article", all: "Rows of all editions" }[question.e] ??
    "Rows of the article";
  $("rows").hidden = records.length === 0;
  $("empty").replaceChildren(...(records.length ? [] : sayNothingFound(question, ask)));
  const [count, rest] = sayCount(records, question);
  // The answer has the rest in large type.
  const isAnswered = Boolean(question.q || question.p);
  $("count").replaceChildren(
    count,
    rest ? element("span", { className: isAnswered ? "unseen" : "" }, rest) : "",
  );
}

// A whole row opens its view; links in it lead where they lead, and a selected text stays.
export function prepareRows(open) {
  $("body").addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (row && !event.target.closest("a, button") && getSelection().isCollapsed) open(row.dataset.id);
  });
}

// Moves the focus from row to row.
export function step(by) {
  const links = [...$("body").querySelectorAll("td.port a")];
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next].focus();
}
