// The words of the search, marked where they are read.
import { PRODUCTS, understand } from "./asked.js";
import { element } from "./elements.js";
import { foldLetters } from "./text.js";

// What to mark: other words anywhere, the spellings of products as whole words.
export function termsOf(question) {
  const { products, words } = understand(question.q);
  const names = [...products, question.p].filter(Boolean);
  const spellings = PRODUCTS.filter(({ name }) => names.includes(name)).flatMap(
    (product) => product.spellings,
  );
  return [
    ...words.map((text) => ({ text, isWhole: false })),
    ...spellings.map((text) => ({ text: foldLetters(text).trim(), isWhole: true })),
  ].filter(({ text }) => text);
}

const isLetter = (text) => /[\p{Alphabetic}\p{N}]/u.test(text ?? "");

// Where the terms are in a text, as offsets from and to, in order and apart from each other.
export function placesOf(text, terms) {
  let folded = "";
  const from = [];
  let at = 0;
  for (const letter of text) {
    const folds = foldLetters(letter).replace(/\s/g, " ");
    for (let count = 0; count < folds.length; count += 1) from.push(at);
    folded += folds;
    at += letter.length;
  }
  from.push(text.length);
  const found = [];
  for (const { text: term, isWhole } of terms) {
    for (let start = folded.indexOf(term); start >= 0; start = folded.indexOf(term, start + 1)) {
      const end = start + term.length;
      if (isWhole && (isLetter(folded[start - 1]) || isLetter(folded[end]))) continue;
      found.push([from[start], from[end]]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let last = 0;
  return found.filter(([start, end]) => {
    const isApart = start >= last;
    last = Math.max(last, end);
    return isApart;
  });
}

// The text with its marks.
export function marked(text, terms) {
  const parts = [];
  let at = 0;
  for (const [start, end] of placesOf(text, terms)) {
    parts.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}

// How much of a clipped text is surely seen.
const MAX_SEEN = 26;

// A long text in two lines. It begins later where its first match would be cut off; all of it is
// on paper.
export function clipped(text, terms) {
  const first = placesOf(text, terms)[0];
  const isFar = first && first[1] > MAX_SEEN;
  const begin = isFar ? text.lastIndexOf(", ", first[0]) + 2 : 0;
  const start = begin > 1 ? begin : isFar ? first[0] : 0;
  return element(
    "span",
    { className: "clip", title: text },
    start
      ? [
          element("span", { className: "dots", "aria-hidden": "true" }, "… "),
          element("span", { className: "lead" }, text.slice(0, start)),
        ]
      : "",
    marked(text.slice(start), terms),
  );
}
