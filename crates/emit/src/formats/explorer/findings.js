// Findings by name: short in the table, in full beside a row.
import { element } from "./elements.js";
import { DATA } from "./data.js";

const NAMES = {
  A002: "lost cell",
  A008: "repaired character",
  A009: "footnote mark removed",
  A013: "lost last cells",
  A014: "footnote on a port?",
  A015: "footnote on an RFC?",
  A016: "cell over columns",
  A017: "cell over rows",
  A020: "copies disagree",
  A029: "swapped columns?",
  A030: "translation behind",
  A031: "languages disagree",
  A032: "later edition differs",
  A040: "other article differs",
  A041: "other article differs",
  I001: "registered as another name",
  I002: "name of another port",
  I003: "name of another transport",
  I004: "not registered",
  I005: "registry has a name",
  I006: "unregistered use",
  I007: "mark disagrees",
  I008: "name is an alias",
  I009: "wider than its registration",
  I010: "editions disagree",
  I011: "name of another service",
  I012: "outdated correction",
  N006: "hidden character",
  N010: "no transport",
  N011: "unclear transport",
  N020: "repeated row",
  N021: "two services on a port",
  N022: "overlaps other rows",
  N023: "many overlaps",
  N030: "invalid name",
  N031: "several names",
  N032: "more names than ports",
  N034: "name in the wrong cell?",
  N040: "unknown product",
  N041: "not an RFC number",
  N050: "contradicting marks",
  N060: "unusual characters",
  N070: "impossible date",
  N071: "not confirmed lately",
  R001: "wrong RFC",
  R002: "registry cites another RFC",
  R003: "obsolete RFC",
  R004: "replaced RFC",
  R005: "RFC never issued",
  R006: "no such RFC",
  R007: "RFC newer than the index",
  R008: "RFC off topic?",
  R009: "unknown RFC",
  S001: "not in services",
  S002: "services alias",
  S003: "name on several ports",
};

const LEVELS = { error: ["✕", "error", 0], warning: ["▲", "warn", 1], note: ["●", "soft", 2] };

export const titleOf = (code) => DATA.explained[code]?.[0] ?? "";
export const helpOf = (code) => DATA.explained[code]?.[1] ?? "";
export const findingName = (code) => NAMES[code] ?? (titleOf(code) || code);

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
