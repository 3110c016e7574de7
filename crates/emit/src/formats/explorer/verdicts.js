// What the registry says about a row, in words.
import { element } from "./elements.js";

export const VERDICTS = {
  match: ["registered", "good", "The registry has this name for the port."],
  "other-name": ["other name", "warn", "The registry has other names for the port."],
  "name-elsewhere": ["name elsewhere", "warn", "The name is registered, but not for this port."],
  "other-transport": [
    "other transport",
    "warn",
    "The registry has the name on this port, for another transport.",
  ],
  unassigned: ["unassigned", "warn", "The registry has nothing for the port and does not know the name."],
  "no-name": ["no name", "soft", "The article gives no name; the registry has one."],
  "no-name-unassigned": ["no name, unassigned", "soft", "Neither the article nor the registry has a name."],
  "no-transport": ["no transport", "soft", "The article gives no transport to compare."],
};

const OTHER_USE = [
  "registered, other use",
  "warn",
  "The registry has this name for the port, but for another service: see the findings.",
];

export function judge(record, status) {
  const isMatch = status === "match";
  const [text, tone, meaning] =
    record.isOtherService && isMatch ? OTHER_USE : (VERDICTS[status] ?? [status, "soft", ""]);
  // Nothing is green that a finding doubts, or that is no longer in the article.
  const isDimmed = record.left || (record.isDoubted && isMatch && tone === "good");
  const shown = isDimmed ? "soft" : tone;
  const about = isDimmed && !record.left ? `${meaning} A finding doubts the row.` : meaning;
  return { meaning, badge: element("span", { className: `badge status ${shown}`, title: about }, text) };
}
