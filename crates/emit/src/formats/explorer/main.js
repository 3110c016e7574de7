// One state, the address; every change goes through it, so that links and Back work.
import { drawAnswer } from "./answer.js";
import { DATA } from "./data.js";
import { prepareMap } from "./controls.js";
import { drawDetail, drawFinding } from "./detail.js";
import { drawAge, drawSources } from "./editions.js";
import { $, element, separated } from "./elements.js";
import { drawFilters, prepareFilters } from "./filters.js";
import { prepareKeys } from "./keys.js";
import { DATA_FILES, link } from "./links.js";
import { STRIPS, drawMap, point, setSight } from "./map.js";
import { address, answers, openRows, readAddress, sorted } from "./query.js";
import { BY_ID } from "./records.js";
import { drawRules } from "./rules_dialog.js";
import { around, storedPart } from "./scale.js";
import { drawStart } from "./start.js";
import { drawTable, prepareRows } from "./table.js";
import { plural, visible } from "./text.js";

let question = readAddress();
let results = [];
// The strip of the map from which a row was opened; back to the table otherwise.
let opener = null;

function ask(change, replace = false) {
  const next = address({ ...question, ...change });
  history[replace ? "replaceState" : "pushState"](null, "", next);
  draw();
}

const open = (id) => ask({ r: id });

// Changes what the map has in sight. The address follows when the hand rests: a browser
// takes only so many changes a second.
let resting = 0;
function look(part) {
  setSight(part);
  question.z = storedPart(part);
  clearTimeout(resting);
  resting = setTimeout(() => ask({}, true), 200);
}

// Chooses an area: the table shows its rows alone. All ports are no area.
function choose(part) {
  const z = storedPart(part);
  ask({ z, a: z && "1" });
}

const partOf = (checks) =>
  around(Math.min(...checks.map(({ first }) => first)), Math.max(...checks.map(({ last }) => last)));

function fit() {
  const checks = answers({ ...question, a: "" }).flatMap((record) => record.checks);
  if (checks.length) ask({ z: storedPart(partOf(checks)), a: "" });
}

const foldMap = (isFolded) => {
  if (isFolded !== (question.m === "0")) ask({ m: isFolded ? "0" : "" }, true);
};

const TITLE = document.title;

function prepare() {
  $("search").addEventListener("input", () => ask({ q: $("search").value }, true));
  prepareFilters(ask);
  $("rules").addEventListener("click", () => showRules(results));
  $("area").addEventListener("click", () => ask({ a: question.a ? "" : "1" }));
  prepareMap({ look, choose, fit, open, fold: foldMap });
  prepareRows(open);
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("rows").focus();
  });
  $("detail").addEventListener("close", () => {
    const id = question.r;
    if (!id) return;
    ask({ r: "" });
    (opener ?? $(`row-${id}`))?.focus();
  });
  for (const dialog of [$("detail"), $("copy")]) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }
  prepareKeys(ask);
  drawAge();
  drawSources();
  drawStart();
  $("files").replaceChildren(...separated(DATA_FILES.map(([href, name]) => link(href, name))));
  $("general").replaceChildren(...DATA.general.map(drawFinding));
  $("general").parentElement.hidden = DATA.general.length === 0;
}

function showOnMap(record) {
  ask({ r: "", z: storedPart(partOf(record.checks)), a: "", m: "" });
  const strip = STRIPS.find(({ marks }) => marks.some((mark) => mark.record === record));
  point(
    strip,
    strip.marks.find((mark) => mark.record === record),
  );
  strip.svg.focus();
  strip.svg.scrollIntoView({ block: "center" });
}

function showRules(records) {
  const current = records.filter((record) => !record.left);
  drawRules(current, openRows(current, question));
  const gone = records.length - current.length;
  const left = plural(gone, "row that left the article is", "rows that left the article are");
  if (gone) $("copy").append(element("p", { className: "warn" }, `${left} not included.`));
  $("copy").showModal();
}

function drawRecord(record) {
  if (record) {
    drawDetail(record, question, { rules: showRules, map: showOnMap });
    if (!$("detail").open) {
      opener = document.activeElement.closest("#strips svg");
      $("detail").showModal();
    }
    $("detail-title").focus();
    $("detail").scrollTop = 0;
  } else if ($("detail").open) {
    $("detail").close();
  }
}

function draw() {
  question = readAddress();
  if ($("search").value !== question.q) $("search").value = question.q;
  results = sorted(answers(question), question.o);
  drawTable(results, question, ask);
  drawMap(results, question);
  drawAnswer(results, question, { rules: showRules });
  drawFilters(question, ask);
  const record = BY_ID.get(question.r);
  drawRecord(record);
  const shown = record ? `${record.portText} ${record.name}` : question.q || question.p;
  document.title = shown ? visible(`${shown} - ${TITLE}`) : TITLE;
}

prepare();
addEventListener("hashchange", draw);
draw();
