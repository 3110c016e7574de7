// The controls of the map: a named part, any part by its ports, steps, and the table's share in it.
import { $, options } from "./elements.js";
import { STRIPS, inSight, setAxisWidth } from "./map.js";
import { prepareStrip } from "./pointing.js";
import { WHOLE, moved, readPart, zoomed } from "./scale.js";

export const PARTS = [
  ["0-65535", "All ports"],
  ["0-1023", "System ports"],
  ["1024-49151", "Registered ports"],
  ["49152-65535", "Dynamic ports"],
  ["0-10000", "Up to 10000"],
];

const labels = PARTS.map(([part, name]) => [part, part === "0-65535" ? name : `${name} ${part}`]);

// `look` changes what is in sight, `choose` limits the table to it as well, `fit` shows what the
// other filters leave, `open` opens a record, and `fold` keeps in the address whether the map is
// folded.
export function prepareMap({ look, choose, fit, open, fold }) {
  $("strips").prepend(...STRIPS.map((strip) => prepareStrip(strip, { look, open })));
  options($("parts"), "Other part", [...labels, ["fit", "Rows of the table"]]);
  $("parts").addEventListener("change", () => {
    const { value } = $("parts");
    if (value === "fit") fit();
    else choose(readPart(value) ?? inSight);
  });
  $("part").addEventListener("change", () => {
    const asked = readPart($("part").value);
    if (asked) choose(asked);
    else $("seen").textContent = "Write ports as 16000-17000, up to 65535";
  });
  const buttons = {
    "zoom-out": () => zoomed(inSight, 2),
    "zoom-in": () => zoomed(inSight, 0.5),
    lower: () => moved(inSight, -0.5),
    higher: () => moved(inSight, 0.5),
  };
  for (const [id, next] of Object.entries(buttons)) $(id).addEventListener("click", () => look(next()));
  $("whole").addEventListener("click", () => choose(WHOLE));
  $("map").addEventListener("toggle", () => fold(!$("map").open));
  new ResizeObserver(([{ contentRect }]) => {
    // Nothing is drawn while it is folded.
    if (contentRect.width > 0) setAxisWidth(contentRect.width);
  }).observe($("axis"));
}
