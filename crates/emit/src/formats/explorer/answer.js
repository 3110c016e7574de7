// The answer to the search, right below it: ports in large type, whom they are for, how old the
// rows are and what the findings doubt.
import { understand } from "./asked.js";
import { candidatesOf, drawCandidates } from "./candidates.js";
import { drawCopies } from "./copies.js";
import { DATA } from "./data.js";
import { editionOf, sayStay } from "./editions.js";
import { $, element, entry, firstOnes, separated, unbroken } from "./elements.js";
import { drawDays, drawDoubts, drawFormer, drawRegistry, drawServices, drawUsers } from "./facts.js";
import { limitsOf } from "./filters.js";
import { portLink, productLink, registryLink } from "./links.js";
import { termsOf } from "./marks.js";
import { answers, openRows } from "./query.js";
import { FORMER, RECORDS } from "./records.js";
import { union } from "./rules.js";
import { range, unique } from "./text.js";

const MAX_LEFT = 8;

// What is asked: one thing to answer, whichever way it was asked.
export function subjectOf(question) {
  const asked = understand(question.q);
  const products = unique([...asked.products, question.p].filter(Boolean));
  const isProduct = products.length > 0 && asked.ports.length === 0 && asked.words.length === 0;
  return { ...asked, products, isProduct, isAsked: Boolean(question.q.trim() || question.p) };
}

const isKnown = ({ first, last }) =>
  [...RECORDS, ...FORMER].some((record) =>
    record.ports.some((ports) => ports.first === first && ports.last === last),
  );

// `Port 443/tcp`, with a link to the port's page where there is one.
function drawPort(asked, at) {
  const text = range(asked.first, asked.last);
  const label = at ? "" : asked.first === asked.last ? "Port " : "Ports ";
  return [
    label,
    DATA.site && isKnown(asked) ? portLink(text) : text,
    asked.transport ? `/${asked.transport}` : "",
  ];
}

function drawSubject({ products, ports, transports, words, refusal }, question) {
  const isNamed = !words.length && !refusal && (products.length || ports.length);
  const names = products.map((name) => (DATA.site ? productLink(name) : name));
  const parts = isNamed ? [...names, ...ports.map(drawPort), ...transports] : [`“${question.q.trim()}”`];
  return element("h2", { id: "answer-title" }, ...separated(parts).flat());
}

// One line for each transport; no break within a range.
function drawPorts(open, isSmall) {
  const count = open.reduce((sum, [, set]) => sum + set.length, 0);
  const lines = open.map(([transport, set]) => {
    const ports = set.map(({ first, last }) => element("span", { className: "range" }, range(first, last)));
    return element(
      "p",
      { className: "ports" },
      element("span", { className: "transport" }, transport.toUpperCase()),
      " ",
      element("span", { className: "set" }, ...separated(ports)),
    );
  });
  return element("div", { className: isSmall || count > 16 ? "open many" : "open" }, ...lines);
}

function drawFound(subject, records, question, actions) {
  const current = records.filter((record) => !record.left);
  const open = union(openRows(current, question));
  const silent = current.filter((record) => record.transports.length === 0);
  const terms = termsOf(question);
  const candidates = candidatesOf(subject);
  const limits = limitsOf(question);
  // The table has them, and those of several products say nothing.
  const isPlain = subject.isProduct || candidates.length > 0;
  const unopened = `No transport given: ${silent.map((record) => record.portText).join(", ")}`;
  return [
    element(
      "div",
      {},
      drawSubject(subject, question),
      limits.length ? element("p", { className: "warn limits" }, `Only ${limits.join("; ")}`) : "",
      candidates.length
        ? [
            drawCandidates(candidates, terms),
            element("p", { className: "fine" }, "All rows with these words:"),
          ]
        : "",
      drawPorts(open, candidates.length > 0),
      silent.length ? element("p", { className: "warn" }, unopened) : "",
      drawCopies(current, open, question, actions),
    ),
    element(
      "dl",
      { className: "facts" },
      ...(isPlain ? [] : entry("Used by", drawUsers(current))),
      ...(isPlain ? [] : entry("Service", drawServices(current, terms))),
      ...(subject.ports.length ? entry("Registry", drawRegistry(current, subject)) : []),
      ...entry("Confirmed", drawDays(current)),
      ...entry("Findings", drawDoubts(current)),
      ...entry("No longer", drawFormer(subject, question)),
    ),
  ];
}

const width = (record) => record.ports.reduce((sum, { first, last }) => sum + last - first, 0);

function drawLeftRow(record) {
  const transports = record.transports.length ? `/${record.transports.join("+")}` : "";
  const title = record.englishTitle || record.title || record.usedBy;
  const users = record.products.map((name) => productLink(name));
  return element(
    "li",
    {},
    element("span", { className: "port" }, `${record.portText}${transports} `),
    record.name ? [element("code", {}, record.name), " "] : "",
    title ? element("span", { lang: record.englishTitle ? "en" : record.language }, title) : "",
    ...unbroken(`: in ${sayStay(record.left)}`),
    users.length ? [", used by ", ...firstOnes(users, ", ")] : "",
  );
}

// What left the article: until when, and what it was; the closest row first.
function drawLeft(subject, records, question) {
  const closest = [...records].sort((a, b) => width(a) - width(b));
  const last = editionOf(closest[0].left[1]).date;
  return [
    drawSubject(subject, question),
    element("p", { className: "lost" }, ...unbroken(`Left the article after the edition of ${last}`)),
    element("ul", {}, ...closest.slice(0, MAX_LEFT).map(drawLeftRow)),
  ];
}

const drawNothing = (subject, question) => [
  drawSubject(subject, question),
  element("p", { className: "lost" }, subject.refusal ? "Not a port" : "Not in the article"),
  subject.ports.length === 1 && !subject.refusal
    ? element(
        "p",
        {},
        registryLink(subject.ports[0].first, `Look up ${subject.ports[0].first} in the IANA registry`),
      )
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
