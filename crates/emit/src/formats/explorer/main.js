// One state, the address; every change goes through it, so that links and Back work.
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
  inSight = part;
  drawSight();
  question.z = storedPart(part);
  clearTimeout(resting);
  resting = setTimeout(() => {
    history.replaceState(null, "", address(question));
    for (const link of $("body").querySelectorAll("td.port a")) link.href = address({ ...question, r: link.dataset.id });
  }, 200);
}

function options(select, first, values) {
  select.replaceChildren(...[["", first], ...values].map(([value, label]) => element("option", { value }, label)));
}

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => inOrder(a, b));
}

const sayCounted = ([name, count]) => [name, `${name} (${count})`];

// Products that the article no longer has: apart, so that nobody takes them for today's.
function formerProducts() {
  const today = new Set(RECORDS.flatMap((record) => record.products));
  const former = counted(FORMER.flatMap((record) => record.products).filter((name) => !today.has(name))).map(sayCounted);
  return former.length ? [element("optgroup", { label: "Only in earlier editions" }, ...former.map(([value, label]) => element("option", { value }, label)))] : [];
}

const FIELDS = { search: "q", transport: "t", product: "p", status: "s", code: "c", article: "e" };

function prepare() {
  options($("transport"), "All", [["tcp", "TCP"], ["udp", "UDP"], ["none", "Not given"]]);
  options($("product"), "All", counted(RECORDS.flatMap((record) => record.products)).map(sayCounted));
  $("product").append(...formerProducts());
  options($("status"), "All", Object.entries(VERDICTS).filter(([status]) => POOLS.all.some((record) => record.checks.some((check) => check.status === status))).map(([status, [text]]) => [status, text]));
  options($("code"), "All", [["any", "any finding"], ...counted(RECORDS.flatMap((record) => [...new Set(record.findings.map((finding) => finding.code))])).map(([code, count]) => [code, `${code} (${count})`])]);
  options($("article"), `In the article (${RECORDS.length})`, [["left", `Left it (${FORMER.length})`], ["all", `All (${POOLS.all.length})`]]);
  $("article").parentElement.hidden = FORMER.length === 0;
  for (const [id, key] of Object.entries(FIELDS)) $(id).addEventListener("input", () => ask({ [key]: $(id).value }, true));
  $("clear").addEventListener("click", () => ask({ q: "", t: "", p: "", s: "", c: "", e: "" }));
  $("rules").addEventListener("click", () => showRules(results));
  prepareMap({ look, open });
  $("skip").addEventListener("click", (event) => { event.preventDefault(); $("rows").focus(); });
  $("detail").addEventListener("close", () => { const id = question.r; if (id) { ask({ r: "" }); (opener ?? $(`row-${id}`))?.focus(); } });
  for (const dialog of [$("detail"), $("copy")]) dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  prepareKeys();
  drawAbout();
  $("general").replaceChildren(...DATA.general.map(drawFinding));
  $("general").parentElement.hidden = DATA.general.length === 0;
}

function showOnMap(record) {
  const part = around(Math.min(...record.ports.map(({ first }) => first)), Math.max(...record.ports.map(({ last }) => last)));
  ask({ r: "", z: storedPart(part) });
  const strip = STRIPS.find(({ marks }) => marks.some((mark) => mark.record === record));
  point(strip, strip.marks.find((mark) => mark.record === record));
  strip.svg.focus();
  strip.svg.scrollIntoView({ block: "center" });
}

function showRules(records) {
  const current = records.filter((record) => !record.left);
  drawRules(current, openRows(current, question));
  const gone = records.length - current.length;
  if (gone) $("copy").append(element("p", { className: "warn" }, `${plural(gone, "row that left the article is", "rows that left the article are")} not included.`));
  $("copy").showModal();
}

// Keys without a modifier disturb who speaks to the computer; they can be switched off.
const SWITCH = "appleports-keys";

function prepareKeys() {
  try {
    $("keys").checked = localStorage.getItem(SWITCH) !== "off";
  } catch { /* no storage: on, as the page says */ }
  $("keys").addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, $("keys").checked ? "on" : "off");
    } catch { /* off until the page is loaded again */ }
  });
  document.addEventListener("keydown", keys);
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const single = $("keys").checked && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  const walking = $("body").contains(document.activeElement);
  if (event.key === "Escape" && document.activeElement === $("search")) {
    ask({ q: "" }, true);
  } else if (single && event.key === "/") {
    $("search").focus();
  } else if ((single && event.key === "j") || (walking && event.key === "ArrowDown")) {
    step(1);
  } else if ((single && event.key === "k") || (walking && event.key === "ArrowUp")) {
    step(-1);
  } else {
    return;
  }
  event.preventDefault();
}

function draw() {
  question = readAddress();
  for (const [id, key] of Object.entries(FIELDS)) if ($(id).value !== question[key]) $(id).value = question[key];
  // On paper nobody sees the filters.
  $("asked").textContent = Object.entries(FIELDS).filter(([, key]) => question[key])
    .map(([id]) => `${$(id).labels[0].textContent}: ${$(id).selectedOptions?.[0].textContent ?? $(id).value}`).join("; ");
  results = sorted(answers(question), question.o);
  drawTable(results, question, ask);
  drawMap(results, question);
  const record = BY_ID.get(question.r);
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
  document.title = record ? `${record.portText} ${record.name} - ports that Apple products use` : "Ports that Apple products use";
}

prepare();
addEventListener("hashchange", draw);
draw();
