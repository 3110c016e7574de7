// Pointing at a strip of the map: by mouse, by touch, by keys.

import { $, drawing, element } from "./elements.js";
import { gestures } from "./gestures.js";
import { HEIGHT, WIDTH, inSight, point, sayMark } from "./map.js";
import { WHOLE, middle, moved, place, portAt, sees, startingAt, within, zoomed } from "./scale.js";

// The marks under the pointer, the narrowest first; near ones, too, for they may be thin.
function under(strip, event) {
  const box = strip.svg.getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  const near = (event.pointerType === "touch" ? 12 : 4) / box.width;
  const apart = ({ check }) =>
    Math.max(place(check.first, inSight) - share, share - place(check.last + 1, inSight), 0);
  const found = strip.marks
    .filter((mark) => sees(inSight, mark.check) && apart(mark) <= near)
    .sort((a, b) => a.check.last - a.check.first - (b.check.last - b.check.first) || apart(a) - apart(b));
  return { share, found };
}

// Where an arrow key leads: from mark to mark, also to those out of sight.
function markAfter(strip, key) {
  const { marks, current } = strip;
  const here = marks.indexOf(current);
  const after = here < 0 ? marks.findIndex(({ check }) => check.first >= inSight.end) : here + 1;
  const before = here < 0 ? marks.findLastIndex(({ check }) => check.last < inSight.from) : here - 1;
  const at = {
    ArrowRight: after,
    ArrowUp: after,
    ArrowLeft: before,
    ArrowDown: before,
    Home: 0,
    End: marks.length - 1,
  }[key];
  return at === undefined ? undefined : (marks[at] ?? current);
}

// Points at a mark and brings it into sight: as a whole where it fits, else its beginning.
function reach(strip, mark, look) {
  const { first, last } = mark.check;
  const ports = inSight.end - inSight.from;
  const fits = last - first < ports;
  if (fits ? first < inSight.from || last >= inSight.end : !sees(inSight, mark.check)) {
    look(startingAt((fits ? (first + last) / 2 : first) - ports / 2, ports));
  }
  point(strip, mark);
  $("pointed").textContent = sayMark(mark);
}

function strike(strip, event, { look, open }) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { current } = strip;
  const share = current ? within(middle(current.check.first, current.check.last, inSight), 0, 1) : 0.5;
  const views = {
    "+": () => zoomed(inSight, 0.5, share),
    "=": () => zoomed(inSight, 0.5, share),
    "-": () => zoomed(inSight, 2, share),
    0: () => WHOLE,
  };
  if (event.shiftKey)
    Object.assign(views, { ArrowLeft: () => moved(inSight, -0.5), ArrowRight: () => moved(inSight, 0.5) });
  const mark = markAfter(strip, event.key);
  if (views[event.key]) {
    look(views[event.key]());
  } else if (mark !== undefined) {
    if (mark) reach(strip, mark, look);
  } else if (event.key === "Enter" && current) {
    open(current.record.id);
  } else {
    return;
  }
  event.preventDefault();
}

// Makes a strip's picture, once.
export function prepareStrip(strip, { look, open }) {
  const name =
    strip.transport === "none" ? "Ports without a transport" : `${strip.transport.toUpperCase()} ports`;
  strip.layer = drawing("g");
  strip.cursor = drawing("line", { class: "cursor", y1: 0, y2: HEIGHT });
  strip.svg = drawing(
    "svg",
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: "none",
      tabindex: "0",
      role: "slider",
      "aria-label": name,
      "aria-describedby": "map-keys",
      "aria-valuemin": 0,
      "aria-valuemax": 65535,
      "aria-valuenow": 0,
    },
    drawing("rect", { class: "field-of-ports", width: WIDTH, height: HEIGHT }),
    strip.layer,
    strip.cursor,
  );
  gestures(strip.svg, { part: () => inSight, show: look });
  strip.svg.addEventListener("pointermove", (event) => {
    const { share, found } = under(strip, event);
    if (found.length) point(strip, found[0], share);
    const more = found.length > 3 ? `; and ${found.length - 3} more` : "";
    const transport = strip.transport === "none" ? "" : `/${strip.transport}`;
    const nothing = `${portAt(share, inSight)}${transport}: not in the article`;
    $("pointed").textContent = found.slice(0, 3).map(sayMark).join("; ") + more || nothing;
  });
  strip.svg.addEventListener("click", (event) => {
    const { found } = under(strip, event);
    if (found.length) open(found[0].record.id);
  });
  strip.svg.addEventListener("keydown", (event) => strike(strip, event, { look, open }));
  strip.frame = element(
    "div",
    { className: "strip" },
    element(
      "span",
      { className: "fine", "aria-hidden": "true" },
      strip.transport === "none" ? "none" : strip.transport.toUpperCase(),
    ),
    strip.svg,
  );
  return strip.frame;
}
