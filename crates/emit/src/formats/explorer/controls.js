// The controls of the map: a named part, any part by its ports, and steps.
const PARTS = [["0-65535", "Whole space"], ["0-1023", "System ports"], ["1024-49151", "Registered ports"],
  ["49152-65535", "Dynamic ports"], ["0-10000", "Up to 10000"]];

// `look` changes what is in sight, `open` opens a record.
function prepareMap({ look, open }) {
  $("strips").prepend(...STRIPS.map((strip) => prepareStrip(strip, { look, open })));
  options($("parts"), "Other part", PARTS.map(([part, name]) => [part, part === "0-65535" ? name : `${name} ${part}`]).concat([["fit", "Rows of the table"]]));
  $("parts").addEventListener("change", () => {
    const rows = POOLS.all.filter((record) => answering.has(record.id)).flatMap((record) => record.checks);
    const asked = $("parts").value === "fit" && rows.length
      ? around(Math.min(...rows.map(({ first }) => first)), Math.max(...rows.map(({ last }) => last)))
      : readPart($("parts").value);
    look(asked ?? inSight);
  });
  $("part").addEventListener("change", () => {
    const asked = readPart($("part").value);
    if (asked) look(asked);
    else $("seen").textContent = "Write ports as 16000-17000, up to 65535";
  });
  const buttons = { "zoom-out": () => zoomed(inSight, 2), "zoom-in": () => zoomed(inSight, 0.5), lower: () => moved(inSight, -0.5), higher: () => moved(inSight, 0.5) };
  for (const [id, next] of Object.entries(buttons)) $(id).addEventListener("click", () => look(next()));
  new ResizeObserver(([{ contentRect }]) => {
    axisWidth = contentRect.width;
    drawSight();
  }).observe($("axis"));
}
