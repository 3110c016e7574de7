// Rules for some records, in the format and direction that are chosen.
import { copyButton } from "./clipboard.js";
import { $, button, element } from "./elements.js";
import { RULES, rule } from "./rules.js";
import { plural } from "./text.js";

const DIRECTIONS = [
  ["out", "out to the ports"],
  ["in", "in at the ports"],
  ["both", "both"],
];

const SCOPE =
  "The union of the rows and nothing else, as `appleports export` writes it. Read it before you load it.";

export function drawRules(records, rows) {
  const text = element("pre", { tabIndex: 0, "aria-label": "The rules", id: "rule-text" });
  const format = element(
    "select",
    { id: "format" },
    ...[...RULES.keys()].map((name) => element("option", {}, name)),
  );
  const direction = element(
    "select",
    { id: "direction" },
    ...DIRECTIONS.map(([value, label]) => element("option", { value }, label)),
  );
  const [copy, done] = copyButton("Copy", () => text.textContent, { className: "primary" });
  const show = () => {
    const rules = rule(format.value, direction.value, records, rows);
    direction.disabled = RULES.get(format.value).directions.length === 0;
    copy.disabled = rules.text === undefined;
    text.textContent = rules.text ?? rules.refusal;
    done.textContent = "";
  };
  for (const select of [format, direction]) select.addEventListener("change", show);
  const silent = records
    .filter((record) => record.transports.length === 0)
    .map((record) => record.portText);
  const unopened = `${silent.join(", ")}: the article gives neither TCP nor UDP, so nothing is opened.`;
  $("copy").replaceChildren(
    element(
      "div",
      { className: "bar" },
      element("h2", { id: "copy-title" }, `Rules for ${plural(records.length, "row", "rows")}`),
      button("Close", () => $("copy").close()),
    ),
    element(
      "div",
      { className: "actions choices" },
      element("div", { className: "field" }, element("label", { htmlFor: "format" }, "Format"), format),
      element(
        "div",
        { className: "field" },
        element("label", { htmlFor: "direction" }, "Connections"),
        direction,
      ),
      copy,
      done,
    ),
    text,
    silent.length ? element("p", { className: "warn" }, unopened) : "",
    element("p", { className: "fine" }, SCOPE),
  );
  show();
}
