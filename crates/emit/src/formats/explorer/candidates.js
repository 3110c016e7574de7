// Several products whose names have the words: each with its ports, to be chosen.
import { PRODUCTS } from "./asked.js";
import { element } from "./elements.js";
import { link, productHref } from "./links.js";
import { marked } from "./marks.js";
import { RECORDS } from "./records.js";
import { joined, union } from "./rules.js";
import { fold } from "./text.js";

const MAX_CANDIDATES = 8;

// Products whose names begin with the words, of those that the article has.
export function candidatesOf({ isProduct, ports, words }) {
  if (isProduct || ports.length || words.length === 0) return [];
  const startsWith = (spelling, word) => ` ${fold(spelling)}`.includes(` ${word}`);
  const isMeant = ({ spellings }) =>
    words.every((word) => spellings.some((spelling) => startsWith(spelling, word)));
  const rowsOf = ({ name }) => RECORDS.filter((record) => record.products.includes(name));
  return PRODUCTS.filter(isMeant)
    .map((product) => [product.name, rowsOf(product)])
    .filter(([, rows]) => rows.length);
}

const sayPorts = (open) =>
  open.map(([transport, set]) => `${transport.toUpperCase()} ${joined(set, "-", ", ")}`).join("; ");

// One line for each product: `AirPlay TCP 80, 443; UDP 5353`.
export function drawCandidates(candidates, terms) {
  const lines = candidates
    .slice(0, MAX_CANDIDATES)
    .map(([name, rows]) =>
      element(
        "li",
        {},
        link(productHref(name), marked(name, terms)),
        " ",
        element("span", { className: "set" }, sayPorts(union(rows.flatMap((record) => record.checks)))),
      ),
    );
  return element("ul", { className: "candidates" }, ...lines);
}
