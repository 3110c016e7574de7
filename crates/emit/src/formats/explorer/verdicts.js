// What the registry says about a row, in words.
import { DATA } from "./data.js";
import { element } from "./elements.js";

export const VERDICTS = {
  match: ["registered", "good"],
  "other-name": ["other name", "warn"],
  "name-elsewhere": ["name elsewhere", "warn"],
  "other-transport": ["other transport", "warn"],
  unassigned: ["unassigned", "warn"],
  "no-name": ["no name", "soft"],
  "no-name-unassigned": ["no name, unassigned", "soft"],
  "no-transport": ["no transport", "soft"],
};

const OTHER_USE = [
  "registered, other use",
  "warn",
  "The registry has this name for the port, but for another service: see the findings.",
];

export function judge(record, status) {
  const isMatch = status === "match";
  const [text, tone, meaning] =
    record.isOtherService && isMatch ? OTHER_USE : [...VERDICTS[status], DATA.verdicts[status]];
  // Nothing is green that a finding doubts, or that is no longer in the article.
  const isDimmed = record.left || (record.isDoubted && isMatch && tone === "good");
  const shown = isDimmed ? "soft" : tone;
  const about = isDimmed && !record.left ? `${meaning} A finding doubts the row.` : meaning;
  return { meaning, badge: element("span", { className: `badge status ${shown}`, title: about }, text) };
}
