// The port space, one strip for each transport: ranges are light, so that overlaps
// darken; single ports are solid.
const WIDTH = 1000;
const PARTS = [[0, 1023, 0.36], [1024, 49151, 0.5], [49152, 65535, 0.14]];
const ZOOMS = [["", "All", 0, 65535], ["s", "System 0-1023", 0, 1023], ["r", "Registered 1024-49151", 1024, 49151],
  ["h", "Up to 10000", 0, 10000], ["d", "Dynamic 49152-65535", 49152, 65535]];
const TICKS = { "": [0, 1024, 10000, 20000, 30000, 40000, 49152, 65535], s: [0, 200, 400, 600, 800, 1023],
  r: [1024, 10000, 20000, 30000, 40000, 49151], h: [0, 1000, 2500, 5000, 7500, 10000], d: [49152, 55000, 60000, 65535] };

// Where a port begins, 0 to WIDTH. The whole space is drawn in three scales, since
// most ports are low.
function place(port, zoom) {
  if (zoom === "") {
    let start = 0;
    for (const [first, last, share] of PARTS) {
      if (port <= last + 1 && port >= first) return (start + ((port - first) / (last + 1 - first)) * share) * WIDTH;
      start += share;
    }
    return WIDTH;
  }
  const [, , first, last] = ZOOMS.find(([key]) => key === zoom) ?? ZOOMS[0];
  return ((port - first) / (last + 1 - first)) * WIDTH;
}

const visible = (zoom) => (ZOOMS.find(([key]) => key === zoom) ?? ZOOMS[0]).slice(2);

// All ranges of a transport, by first port; `none` are the rows without one.
const marksOf = (transport) =>
  RECORDS.flatMap((record) => record.checks.filter((check) => (check.transport || "none") === transport).map((check) => ({ record, check })))
    .sort((a, b) => a.check.first - b.check.first || b.check.last - a.check.last);

const MARKS = { tcp: marksOf("tcp"), udp: marksOf("udp"), none: marksOf("none") };

const sayMark = ({ record, check }) =>
  `${range(check.first, check.last)}${check.transport ? `/${check.transport}` : ", no transport given"}: ${record.name || record.title || record.usedBy || "no name"}`;

function drawStrip(transport, shown, zoom, open) {
  const [from, to] = visible(zoom);
  const marks = MARKS[transport].filter(({ check }) => check.first <= to && check.last >= from);
  const svg = drawing("svg", { viewBox: `0 0 ${WIDTH} 36`, preserveAspectRatio: "none", tabindex: "0", role: "slider",
    "aria-label": `${transport === "none" ? "Ports without a transport" : `${transport.toUpperCase()} ports`}`,
    "aria-valuemin": from, "aria-valuemax": to, "aria-valuenow": marks[0]?.check.first ?? from,
    "aria-valuetext": marks.length ? sayMark(marks[0]) : "no ports here" });
  svg.append(drawing("rect", { class: "field-of-ports", width: WIDTH, height: 36 }));
  if (zoom === "") for (const port of [1024, 49152]) svg.append(drawing("line", { class: "zone", x1: place(port, zoom), x2: place(port, zoom), y1: 0, y2: 36 }));
  for (const { record, check } of marks) {
    const start = place(Math.max(check.first, from), zoom);
    const width = Math.max(place(Math.min(check.last, to) + 1, zoom) - start, 2);
    const single = check.first === check.last;
    svg.append(drawing("rect", { class: `mark${single ? " single" : ""}${shown.has(record.id) ? "" : " out"}`, x: start, width, y: single ? 5 : 0, height: single ? 26 : 36 }));
  }
  const cursor = drawing("line", { class: "cursor", y1: 0, y2: 36, visibility: "hidden" });
  svg.append(cursor);
  let at = -1;
  const point = (mark, x) => {
    cursor.setAttribute("visibility", mark ? "visible" : "hidden");
    if (!mark) return;
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    svg.setAttribute("aria-valuenow", Math.max(mark.check.first, from));
    svg.setAttribute("aria-valuetext", sayMark(mark));
  };
  // The marks under the pointer, the narrowest first; a near one where none is.
  const under = (event) => {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const near = 4 * (WIDTH / box.width);
    const found = marks.filter(({ check }) => place(Math.max(check.first, from), zoom) - near <= x && x <= Math.max(place(Math.min(check.last, to) + 1, zoom), place(Math.max(check.first, from), zoom) + 2) + near);
    return { x, found: found.sort((a, b) => a.check.last - a.check.first - (b.check.last - b.check.first)) };
  };
  svg.addEventListener("pointermove", (event) => {
    const { x, found } = under(event);
    point(found[0], x);
    const more = found.length > 3 ? `; and ${found.length - 3} more` : "";
    if (found.length) $("pointed").textContent = found.slice(0, 3).map(sayMark).join("; ") + more;
  });
  svg.addEventListener("click", (event) => {
    const { found } = under(event);
    if (found.length) open(found[0].record.id);
  });
  svg.addEventListener("keydown", (event) => {
    const to = { ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (to !== undefined && marks.length) {
      at = Math.min(Math.max(to, 0), marks.length - 1);
      point(marks[at], place(Math.max(marks[at].check.first, from), zoom));
      $("pointed").textContent = sayMark(marks[at]);
      event.preventDefault();
    } else if (event.key === "Enter" && marks[at]) {
      open(marks[at].record.id);
    }
  });
  return svg;
}

function drawMap(records, question, ask, open) {
  const shown = new Set(records.map((record) => record.id));
  const zoom = question.z in TICKS ? question.z : "";
  $("zoom").replaceChildren(...ZOOMS.map(([key, label]) =>
    element("button", { type: "button", "aria-pressed": `${key === zoom}`, on: { click: () => ask({ z: key }) } }, label)));
  const strips = ["tcp", "udp", "none"].filter((transport) => MARKS[transport].length > 0).map((transport) =>
    element("div", { className: "strip" }, element("span", { className: "fine", "aria-hidden": "true" }, transport === "none" ? "none" : transport.toUpperCase()), drawStrip(transport, shown, zoom, open)));
  const axis = element("div", { className: "axis", "aria-hidden": "true" }, ...TICKS[zoom].map((port) => {
    const tick = element("span", {}, `${port}`);
    tick.style.left = `${place(port, zoom) / WIDTH * 100}%`;
    return tick;
  }));
  $("strips").replaceChildren(...strips, element("div", { className: "strip" }, axis));
}
