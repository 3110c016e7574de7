// Findings by name: short in the table, in full beside a row.
import { element } from "./elements.js";
import { DATA } from "./data.js";

const LEVELS = { error: ["✕", "error", 0], warning: ["▲", "warn", 1], note: ["●", "soft", 2] };

export const titleOf = (code) => DATA.explained[code]?.[0] ?? "";
export const helpOf = (code) => DATA.explained[code]?.[1] ?? "";
export const findingName = (code) => DATA.explained[code]?.[2] || code;

const severity = ({ level }) => LEVELS[level]?.[2] ?? 3;
export const bySeverity = (a, b) => severity(a) - severity(b) || (a.code < b.code ? -1 : 1);

// One for each code, the most severe first, with the number of its findings.
export function summarised(findings) {
  const kinds = new Map();
  for (const finding of [...findings].sort(bySeverity)) {
    const kind = kinds.get(finding.code) ?? { ...finding, count: 0 };
    kind.count += 1;
    kinds.set(finding.code, kind);
  }
  return [...kinds.values()];
}

// The name, with its severity by sign, colour and word.
export function findingBadge({ code, level, count = 1 }) {
  const [sign, tone] = LEVELS[level] ?? LEVELS.note;
  return element(
    "span",
    { className: `badge finding ${tone}`, title: `${code} (${level}): ${titleOf(code)}` },
    element("span", { className: "sign", "aria-hidden": "true" }, sign),
    element("span", { className: "unseen" }, `${level}: `),
    `${findingName(code)}${count > 1 ? ` ×${count}` : ""}`,
  );
}
