// The port space, one strip for each transport: ranges are light, so that overlaps
// darken; single ports are solid. Any part of it can be looked at.
import { $, drawing, element } from "./elements.js";
import { PARTS } from "./controls.js";
import { editionOf } from "./editions.js";
import { POOLS } from "./query.js";
import { WHOLE, middle, partText, place, readPart, sees, storedPart, ticks } from "./scale.js";
import { plural, range, visible } from "./text.js";

export const WIDTH = 1000;
export const HEIGHT = 36;

// All ranges of a transport, by first port; `none` are the rows without one.
const marksOf = (transport) =>
  POOLS.all
    .flatMap((record) =>
      record.checks
        .filter((check) => (check.transport || "none") === transport)
        .map((check) => ({ record, check })),
    )
    .sort((a, b) => a.check.first - b.check.first || b.check.last - a.check.last);

export function sayMark({ record, check }) {
  const transport = check.transport ? `/${check.transport}` : ", no transport given";
  const name = record.name || record.title || record.usedBy || "no name";
  const left = record.left ? `, left after ${editionOf(record.left[1]).date}` : "";
  return visible(`${range(check.first, check.last)}${transport}: ${name}${left}`);
}

// What is in sight, and the records that the filters leave.
export let inSight = WHOLE;
export let answering = new Set();
// In pixels; told by the browser, for asking it costs a layout.
let axisWidth = 600;

export function setSight(part) {
  inSight = part;
  drawSight();
}

export function setAxisWidth(width) {
  axisWidth = width;
  drawSight();
}

export const STRIPS = ["tcp", "udp", "none"]
  .map((transport) => ({ transport, stored: marksOf(transport), marks: [], current: null }))
  .filter((strip) => strip.stored.length > 0);

// Puts the strip's cursor on a mark, or where the pointer is on it.
export function point(
  strip,
  mark,
  share = middle(
    Math.max(mark.check.first, inSight.from),
    Math.min(mark.check.last, inSight.end - 1),
    inSight,
  ),
) {
  strip.current = mark;
  for (const end of ["x1", "x2"]) strip.cursor.setAttribute(end, share * WIDTH);
  strip.svg.setAttribute("aria-valuenow", mark.check.first);
  strip.svg.setAttribute("aria-valuetext", sayMark(mark));
}

function drawStrip(strip) {
  const seen = strip.marks.filter(({ check }) => sees(inSight, check));
  const lines = strip.ticks.slice(1, -1).map((port) => {
    const x = middle(port, port, inSight) * WIDTH;
    return drawing("line", { class: "zone", x1: x, x2: x, y1: 0, y2: HEIGHT });
  });
  const marks = seen.map(({ record, check }) => {
    const start = Math.max(place(check.first, inSight), -0.01) * WIDTH;
    const width = Math.min(place(check.last + 1, inSight), 1.01) * WIDTH - start;
    const single = check.first === check.last;
    return drawing("rect", {
      class: ["mark", single && "single", record.left && "left", !answering.has(record.id) && "out"]
        .filter(Boolean)
        .join(" "),
      x: start,
      width,
      y: single ? 5 : 0,
      height: single ? 26 : HEIGHT,
    });
  });
  strip.layer.replaceChildren(...lines, ...marks);
  strip.current = seen.includes(strip.current) ? strip.current : (seen[0] ?? null);
  if (strip.current) point(strip, strip.current);
  else strip.svg.setAttribute("aria-valuetext", "no marks in sight");
  strip.svg.classList.toggle("empty", !strip.current);
  return seen.length;
}

// Draws what is in sight and says it.
function drawSight() {
  const ports = ticks(inSight, 56 / axisWidth);
  const counts = STRIPS.map((strip) => {
    strip.ticks = ports;
    return [strip.transport, drawStrip(strip)];
  });
  $("axis").replaceChildren(
    ...ports.map((port, at) => {
      const tick = element("span", {}, `${port}`);
      const share = at === 0 ? 0 : at === ports.length - 1 ? 1 : middle(port, port, inSight);
      tick.style.left = `${share * 100}%`;
      return tick;
    }),
  );
  const text = partText(inSight);
  $("part").value = text;
  $("parts").value = PARTS.some(([part]) => part === text) ? text : "";
  const said = counts
    .filter(([, count]) => count > 0)
    .map(([transport, count]) =>
      transport === "none"
        ? `${plural(count, "row", "rows")} without a transport`
        : plural(count, `${transport.toUpperCase()} row`, `${transport.toUpperCase()} rows`),
    );
  // Said aloud where it changes: with the part, not with the filters, which say their own.
  const seen = `Ports ${text}: ${said.join(", ") || "no rows"}`;
  if ($("seen").textContent !== seen) $("seen").textContent = seen;
}

// Shows what the address asks for; what is in sight already need not be read from it.
export function drawMap(records, question) {
  $("map").open = question.m !== "0";
  $("area").setAttribute("aria-pressed", `${Boolean(question.a)}`);
  $("area").disabled = !question.a && storedPart(readPart(question.z) ?? WHOLE) === "";
  answering = new Set(records.map((record) => record.id));
  // Rows that left the article are drawn only where the filters ask for them.
  for (const strip of STRIPS) {
    strip.marks = strip.stored.filter(({ record }) => !record.left || answering.has(record.id));
    strip.frame.hidden = strip.marks.length === 0;
  }
  if (storedPart(inSight) !== question.z) inSight = readPart(question.z) ?? WHOLE;
  drawSight();
}
