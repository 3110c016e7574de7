// What belongs to an answer beside its ports: whom they are for, how old they are, what is odd.
import { ARTICLE, editionOf } from "./editions.js";
import { element, firstOnes, unbroken } from "./elements.js";
import { findingBadge, summarised } from "./findings.js";
import { editionLink, findingHref, link, productLink, registryLink } from "./links.js";
import { marked } from "./marks.js";
import { QUESTION, answers } from "./query.js";
import { RECORDS } from "./records.js";
import { range, unique } from "./text.js";
import { judge } from "./verdicts.js";

export function drawServices(records, terms) {
  const names = unique(records.map((record) => record.title || record.name).filter(Boolean));
  return firstOnes(
    names.map((name) => element("span", {}, ...marked(name, terms))),
    "; ",
  );
}

export const drawUsers = (records) =>
  firstOnes(
    unique(records.flatMap((record) => record.products)).map((name) => productLink(name)),
    ", ",
  );

// The verdicts on some ports, with the registry's names.
export function drawRegistry(records, subject) {
  const isWanted = (check) =>
    subject.ports.some(({ first, last }) => check.first <= last && first <= check.last);
  const found = new Map();
  for (const record of records)
    for (const check of record.checks.filter(isWanted)) {
      const ports = range(check.first, check.last);
      const names = check.names.join(", ");
      found.set(`${ports} ${check.status} ${names}`, [
        judge(record, check.status).badge,
        " ",
        registryLink(check.first, names || `search for ${check.first}`),
      ]);
    }
  return firstOnes(
    [...found.values()].map((parts) => element("span", {}, ...parts)),
    "; ",
  );
}

// `2024 to 2026-10-11`: how old the rows are.
export function drawDays(records) {
  const days = unique(records.map((record) => record.confirmed).filter(Boolean)).sort();
  if (days.length === 0) return [editionLink(ARTICLE.id, ARTICLE.date)];
  const isOld = records.some((record) => record.findings.some(({ code }) => code === "N071"));
  const said = days.length === 1 ? days[0] : `${days[0]} to ${days.at(-1)}`;
  return [element("span", { className: isOld ? "warn" : "" }, ...unbroken(said))];
}

export const drawDoubts = (records) =>
  summarised(records.flatMap((record) => record.findings)).flatMap((finding, at) => [
    at ? " " : "",
    link(findingHref(finding.code), findingBadge(finding), { className: "plain" }),
  ]);

// Ports that a product used in earlier editions alone.
export function drawFormer(subject, question) {
  if (!subject.isProduct) return [];
  const isNamed = (name) => subject.products.includes(name);
  const once = RECORDS.flatMap((record) =>
    record.once
      .filter(([name]) => isNamed(name) && !record.products.includes(name))
      .map(([, last]) => [record, last]),
  );
  const left = answers({ ...QUESTION, q: question.q, p: question.p, e: "left" }).map((record) => [
    record,
    record.left[1],
  ]);
  const said = ([record, last]) => `${record.portText} until ${editionOf(last).date}`;
  return firstOnes(
    [...left, ...once].sort(([a], [b]) => a.ports[0].first - b.ports[0].first).map(said),
    ", ",
  ).flatMap(unbroken);
}
