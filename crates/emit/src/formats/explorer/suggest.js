// What somebody may have meant by words that nothing was found for: the suggestions of the
// command, see crates/pipeline/src/suggest.rs.
import { PRODUCTS } from "./asked.js";
import { RECORDS } from "./records.js";
import { fold } from "./text.js";

const MAX_SUGGESTIONS = 3;

// What words that are all alike score if they are but a small part of a name, and what they
// can gain by being most of it.
const PART_OF_NAME = 0.75;
const MOST_OF_NAME = 0.2;

const wordsOf = (text) =>
  fold(text)
    .split(/[^\p{Alphabetic}\p{N}]+/u)
    .filter(Boolean);

const maxErrors = (length) => [2, 5, 8].findIndex((limit) => length <= limit);

// Letters to insert, drop, change or swap with a neighbour, at any distance.
function errorsBetween(one, other) {
  const [a, b] = [[...one], [...other]];
  const most = a.length + b.length;
  const table = Array.from({ length: a.length + 2 }, () => new Array(b.length + 2).fill(most));
  for (let i = 0; i <= a.length; i += 1) table[i + 1][1] = i;
  for (let j = 0; j <= b.length; j += 1) table[1][j + 1] = j;
  const seen = new Map();
  for (let i = 1; i <= a.length; i += 1) {
    let swapped = 0;
    for (let j = 1; j <= b.length; j += 1) {
      const row = seen.get(b[j - 1]) ?? 0;
      const column = swapped;
      const isSame = a[i - 1] === b[j - 1];
      if (isSame) swapped = j;
      table[i + 1][j + 1] = Math.min(
        table[i][j] + (isSame ? 0 : 1),
        table[i + 1][j] + 1,
        table[i][j + 1] + 1,
        table[row][column] + (i - row - 1) + 1 + (j - column - 1),
      );
    }
    seen.set(a[i - 1], i);
  }
  return table[a.length + 1][b.length + 1];
}

// 1 for equal words, less for each error; null for more errors than one makes.
function likeness(typed, known) {
  const lengths = [[...typed].length, [...known].length];
  const length = Math.max(...lengths);
  const group = maxErrors(length);
  const allowed = group < 0 ? 3 : group;
  if (length === 0 || Math.abs(lengths[0] - lengths[1]) > allowed) return null;
  const errors = errorsBetween(typed, known);
  return errors <= allowed ? 1 - errors / length : null;
}

// As a whole, wherever the spaces are, or word by word in any order.
function likenessOfNames(typed, others) {
  const whole = likeness(typed.join(""), others.join(""));
  const best = typed.map((word) => Math.max(...others.map((other) => likeness(word, other) ?? -1)));
  const isEachFound = best.length > 0 && best.every((score) => score >= 0);
  const mean = best.reduce((sum, score) => sum + score, 0) / Math.max(best.length, 1);
  const covered = Math.min(typed.length, others.length) / Math.max(others.length, 1);
  const byWord = isEachFound ? mean * (PART_OF_NAME + MOST_OF_NAME * covered) : null;
  return whole === null && byWord === null ? null : Math.max(whole ?? 0, byWord ?? 0);
}

// Products and service names spelt like a text, the most alike first.
export function suggestions(text) {
  const typed = wordsOf(text);
  const known = PRODUCTS.flatMap(({ name, spellings }) => spellings.map((spelling) => [spelling, name]));
  const names = RECORDS.flatMap((record) => [record.name, ...record.names.map(([, name]) => name)]);
  const scores = new Map();
  for (const [spelling, name] of [...known, ...names.map((name) => [name, name])]) {
    const score = likenessOfNames(typed, wordsOf(spelling));
    if (score !== null && score > (scores.get(name) ?? -1)) scores.set(name, score);
  }
  return [...scores]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MAX_SUGGESTIONS)
    .map(([name]) => name);
}
