// The answer to the search, right below it: ports in large type, whom they are for, how old the
// rows are and what the findings doubt.
import { understand } from "./asked.js";
import { copyButton } from "./clipboard.js";
import { DATA } from "./data.js";
import { ARTICLE, editionOf, sayStay } from "./editions.js";
import { $, button, element, entry, separated } from "./elements.js";
import { findingBadge, summarised } from "./findings.js";
import { editionLink, findingHref, link, portLink, productLink, registryLink } from "./links.js";
import { marked, termsOf } from "./marks.js";
import { QUESTION, answers, openRows } from "./query.js";
import { FORMER, RECORDS } from "./records.js";
import { joined, rule, union } from "./rules.js";
import { inOrder, range, unique } from "./text.js";
import { judge } from "./verdicts.js";

const MAX_LISTED = 8;

// What is asked: one thing to answer, whichever way it was asked.
export function subjectOf(question) {
  const asked = understand(question.q);
  const products = unique([...asked.products, question.p].filter(Boolean));
  const isProduct = products.length > 0 && asked.ports.length === 0 && asked.words.length === 0;
  return { ...asked, products, isProduct, isAsked: Boolean(question.q.trim() || question.p) };
}

const isKnown = ({ first, last }) =>
  [...RECORDS, ...FORMER].some((record) => record.ports.some((own) => own.first === first && own.last === last));

// `Port 443/tcp`, with a link to the port's page where there is one.
function drawPort(asked, at) {
  const text = range(asked.first, asked.last);
  const label = at ? "" : asked.first === asked.last ? "Port " : "Ports ";
  return [label, DATA.site && isKnown(asked) ? portLink(text) : text, asked.transport ? `/${asked.transport}` : ""];
}

function drawSubject({ products, ports, transports, words, refusal }, question) {
  const isNamed = !words.length && !refusal && (products.length || ports.length);
  const names = products.map((name) => (DATA.site ? productLink(name) : name));
  const parts = isNamed ? [...names, ...ports.map(drawPort), ...transports] : [`“${question.q.trim()}”`];
  return element("h2", { id: "answer-title" }, ...separated(parts).flat());
}

// One line for each transport; no break within a range.
function drawPorts(open) {
  const count = open.reduce((sum, [, set]) => sum + set.length, 0);
  const lines = open.map(([transport, set]) => {
    const ports = set.map(({ first, last }) => element("span", { className: "range" }, range(first, last)));
    return element("p", { className: "ports" },
      element("span", { className: "transport" }, transport.toUpperCase()), " ",
      element("span", { className: "set" }, ...separated(ports)));
  });
  return element("div", { className: count > 16 ? "open many" : "open" }, ...lines);
}

// The first items, and how many more there are.
function firstOnes(items, separator) {
  const shown = separated(items.slice(0, MAX_LISTED), separator);
  return items.length > MAX_LISTED ? [...shown, ` and ${items.length - MAX_LISTED} more`] : shown;
}

function drawServices(records, terms) {
  const names = unique(records.map((record) => record.title || record.name).filter(Boolean));
  return firstOnes(names.map((name) => element("span", {}, ...marked(name, terms))), "; ");
}

const drawUsers = (records) =>
  firstOnes(unique(records.flatMap((record) => record.products)).map((name) => productLink(name)), ", ");

// The verdicts on some ports, with the registry's names.
function drawRegistry(records, subject) {
  const isWanted = (check) => subject.ports.some(({ first, last }) => check.first <= last && first <= check.last);
  const found = new Map();
  for (const record of records) for (const check of record.checks.filter(isWanted)) {
    const ports = range(check.first, check.last);
    const names = check.names.join(", ");
    found.set(`${ports} ${check.status} ${names}`, [
      judge(record, check.status).badge, " ", registryLink(check.first, names || `search for ${check.first}`),
    ]);
  }
  return firstOnes([...found.values()].map((parts) => element("span", {}, ...parts)), "; ");
}

// `2024 to 2026-10-11`: how old the rows are.
function drawDays(records) {
  const days = unique(records.map((record) => record.confirmed).filter(Boolean)).sort();
  if (days.length === 0) return [editionLink(ARTICLE.id, ARTICLE.date)];
  const isOld = records.some((record) => record.findings.some(({ code }) => code === "N071"));
  const said = days.length === 1 ? days[0] : `${days[0]} to ${days.at(-1)}`;
  return [element("span", { className: isOld ? "warn" : "" }, said)];
}

const drawDoubts = (records) =>
  summarised(records.flatMap((record) => record.findings)).flatMap((finding, at) => [
    at ? " " : "", link(findingHref(finding.code), findingBadge(finding), { className: "plain" }),
  ]);

// Ports that a product used in earlier editions alone.
function drawFormer(subject, question) {
  if (!subject.isProduct) return [];
  const isNamed = (name) => subject.products.includes(name);
  const once = RECORDS.flatMap((record) =>
    record.once.filter(([name]) => isNamed(name) && !record.products.includes(name)).map(([, last]) => [record, last]));
  const left = answers({ ...QUESTION, q: question.q, p: question.p, e: "left" }).map((record) => [record, record.left[1]]);
  const said = ([record, last]) => `${record.portText} until ${editionOf(last).date}`;
  return firstOnes([...left, ...once].sort(([a], [b]) => a.ports[0].first - b.ports[0].first).map(said), ", ");
}

// As a program takes it.
function asJson(records, open, question) {
  const transports = open.map(([transport, set]) => [transport, set.map(({ first, last }) => ({ first, last }))]);
  const rows = records.map((record) => ({
    id: record.storedId, confirmed: record.confirmed, findings: unique(record.findings.map(({ code }) => code)),
  }));
  return `${JSON.stringify({ asked: question.q || question.p, article: ARTICLE.id, ...Object.fromEntries(transports), rows }, null, 2)}\n`;
}

function drawCopies(records, open, question, actions) {
  const [list, listDone] = copyButton("Copy list", () => rule("list", "out", records, openRows(records, question)).text, { id: "copy-list" });
  const [json, jsonDone] = copyButton("Copy JSON", () => asJson(records, open, question), { id: "copy-json" });
  const rules = button("Firewall rule …", () => actions.rules(records), { id: "copy-rule" });
  return element("div", { className: "actions" }, list, rules, json, listDone, jsonDone);
}

// Several products whose names have the words: each can be chosen.
function drawCandidates(subject, records) {
  if (subject.isProduct || subject.words.length === 0) return [];
  const terms = subject.words;
  const names = unique(records.flatMap((record) => record.products)).sort(inOrder);
  const found = names.filter((name) => terms.every((word) => name.toLowerCase().includes(word)));
  return firstOnes(found.map((name) => productLink(name)), ", ");
}

function drawFound(subject, records, question, actions) {
  const current = records.filter((record) => !record.left);
  const open = union(openRows(current, question));
  const silent = current.filter((record) => record.transports.length === 0);
  const terms = termsOf(question);
  const unopened = `No transport given: ${silent.map((record) => record.portText).join(", ")}`;
  return [
    element("div", {},
      drawSubject(subject, question),
      drawPorts(open),
      silent.length ? element("p", { className: "warn" }, unopened) : "",
      drawCopies(current, open, question, actions)),
    element("dl", { className: "facts" },
      ...entry("Products", drawCandidates(subject, current)),
      ...(subject.isProduct ? [] : entry("Used by", drawUsers(current))),
      ...(subject.isProduct ? [] : entry("Service", drawServices(current, terms))),
      ...(subject.ports.length ? entry("Registry", drawRegistry(current, subject)) : []),
      ...entry("Confirmed", drawDays(current)),
      ...entry("Findings", drawDoubts(current)),
      ...entry("No longer", drawFormer(subject, question))),
  ];
}

// What left the article: until when, and what it was.
function drawLeft(subject, records, question) {
  const lines = records.slice(0, MAX_LISTED).map((record) => element("li", {},
    element("span", { className: "port" }, `${record.portText}${record.transports.length ? `/${record.transports.join("+")}` : ""}`),
    ` ${record.title || record.name || record.usedBy}: in ${sayStay(record.left)}`,
    record.products.length ? [", used by ", ...firstOnes(record.products.map((name) => productLink(name)), ", ")] : ""));
  return [
    drawSubject(subject, question),
    element("p", { className: "lost" }, "No longer in the article"),
    element("ul", {}, ...lines),
  ];
}

const drawNothing = (subject, question) => [
  drawSubject(subject, question),
  element("p", { className: "lost" }, subject.refusal ? "Not a port" : "Not in the article"),
  subject.ports.length === 1 && !subject.refusal
    ? element("p", {}, registryLink(subject.ports[0].first, `Look up ${subject.ports[0].first} in the IANA registry`))
    : "",
];

// Below the search: the answer, or why there is none; before a question, examples.
export function drawAnswer(records, question, actions) {
  const subject = subjectOf(question);
  $("answer").hidden = !subject.isAsked && records.length > 0;
  $("start").hidden = subject.isAsked;
  if (!subject.isAsked) return $("found").replaceChildren();
  const gone = records.length ? records : answers({ ...question, e: "left", l: "" });
  const isFound = records.some((record) => !record.left);
  $("found").className = isFound ? "sided" : "";
  const drawn = isFound
    ? drawFound(subject, records, question, actions)
    : gone.length
      ? drawLeft(subject, gone, question)
      : drawNothing(subject, question);
  return $("found").replaceChildren(...drawn.flat().filter(Boolean));
}
