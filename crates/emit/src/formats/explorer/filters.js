// The filters: folded into one disclosure, each active one a chip that removes it.
import { editionOf } from "./editions.js";
import { $, button, element, options } from "./elements.js";
import { findingName } from "./findings.js";
import { POOLS } from "./query.js";
import { FORMER, RECORDS } from "./records.js";
import { partText } from "./scale.js";
import { inSight } from "./map.js";
import { COLUMNS } from "./table.js";
import { counted, unique, visible } from "./text.js";
import { VERDICTS } from "./verdicts.js";

// The control of each filter and its key in the address.
export const FIELDS = { transport: "t", product: "p", status: "s", code: "c", article: "e", last: "l" };

const sayCounted = ([name, count]) => [name, `${name} (${count})`];

// Products that the article no longer has: apart, so that nobody takes them for today's.
export function formerProducts() {
  const today = new Set(RECORDS.flatMap((record) => record.products));
  return counted(FORMER.flatMap((record) => record.products).filter((name) => !today.has(name)));
}

function fillFilters() {
  options($("transport"), "All", [
    ["tcp", "TCP"],
    ["udp", "UDP"],
    ["none", "Not given"],
  ]);
  options($("product"), "All", counted(RECORDS.flatMap((record) => record.products)).map(sayCounted));
  const former = formerProducts()
    .map(sayCounted)
    .map(([value, label]) => element("option", { value }, label));
  if (former.length)
    $("product").append(element("optgroup", { label: "Only in earlier editions" }, ...former));
  const isVerdict = (status) =>
    POOLS.all.some((record) => record.checks.some((check) => check.status === status));
  const verdicts = Object.entries(VERDICTS).filter(([status]) => isVerdict(status));
  options(
    $("status"),
    "All",
    verdicts.map(([status, [text]]) => [status, text]),
  );
  const codes = counted(
    RECORDS.flatMap((record) => unique(record.findings.map((finding) => finding.code))),
  );
  options($("code"), "All", [
    ["any", "Any finding"],
    ...codes.map(([code, count]) => [code, `${findingName(code)} (${count})`]),
  ]);
  options($("article"), `In the article (${RECORDS.length})`, [
    ["left", `Left it (${FORMER.length})`],
    ["all", `All (${POOLS.all.length})`],
  ]);
  const editions = counted(FORMER.map((record) => record.left[1]));
  options(
    $("last"),
    "Any",
    editions.map(([id, count]) => [id, `${editionOf(id).date} (${count})`]),
  );
  for (const id of ["article", "last"]) $(id).parentElement.hidden = FORMER.length === 0;
  const orders = COLUMNS.flatMap(([key, label]) => [
    [key, label],
    [`-${key}`, `${label}, descending`],
  ]);
  $("order").replaceChildren(...orders.map(([value, label]) => element("option", { value }, label)));
}

export function prepareFilters(ask) {
  fillFilters();
  for (const [id, key] of Object.entries(FIELDS))
    $(id).addEventListener("input", () => ask(changeOf(key, $(id).value), true));
  $("order").addEventListener("input", () => ask({ o: $("order").value }, true));
}

// The last edition is asked of rows that left; those of the article have none.
function changeOf(key, value) {
  if (key === "l" && value) return { l: value, e: "left" };
  if (key === "e" && value === "") return { e: "", l: "" };
  return { [key]: value };
}

const CLEARED = { t: "", p: "", s: "", c: "", e: "", l: "", a: "" };

const labelOf = (id) => $(id).labels[0].textContent;

// As the control names it; a value of an old address that it no longer has, as it is.
function nameOfValue(id, value) {
  const option = [...$(id).options].find((one) => one.value === value);
  return `${labelOf(id)}: ${option ? option.textContent : value}`;
}

// The active filters as text, and what removes each.
function activeFilters(question) {
  const chosen = Object.entries(FIELDS).filter(([, key]) => question[key]);
  const filters = chosen.map(([id, key]) => [nameOfValue(id, question[key]), changeOf(key, "")]);
  return question.a ? [...filters, [`Ports ${partText(inSight)}`, { a: "" }]] : filters;
}

// What limits an answer beside its subject.
export const limitsOf = (question) => activeFilters({ ...question, p: "" }).map(([text]) => text);

export function drawFilters(question, ask) {
  for (const [id, key] of Object.entries(FIELDS))
    if ($(id).value !== question[key]) $(id).value = question[key];
  $("order").value = question.o;
  const active = activeFilters(question);
  $("active").hidden = active.length === 0;
  $("active").textContent = `${active.length}`;
  const remove = (change) => () => {
    ask(change);
    $("filters").querySelector("summary").focus();
  };
  const chips = active.map(([text, change]) =>
    element(
      "button",
      {
        type: "button",
        className: "chip",
        "aria-label": `Remove the filter ${text}`,
        on: { click: remove(change) },
      },
      text,
      element("span", { "aria-hidden": "true" }, " ×"),
    ),
  );
  if (chips.length) chips.push(button("Clear all", remove(CLEARED), { id: "clear", className: "chip" }));
  $("chosen").replaceChildren(...chips);
  // On paper nobody sees the filters.
  const search = question.q ? [`Search: ${question.q}`] : [];
  $("asked").textContent = visible([...search, ...active.map(([text]) => text)].join("; "));
}
