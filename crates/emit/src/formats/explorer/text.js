// Texts as people type and read them.
const DROPPED = /[\p{M}\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/gu;

// Without case, accents and typography, as the command compares them; spaces as they are.
export const foldLetters = (text) =>
  text
    .normalize("NFKD")
    .replace(DROPPED, "")
    .replace(/\p{L}/gu, (letter) => (letter === "ß" ? "ss" : letter.toLowerCase()))
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/[‐-―−]/g, "-");

export const fold = (text) => foldLetters(text).replace(/\s+/g, " ").trim();

export const letters = (text) => fold(text).replace(/[^\p{Alphabetic}\p{N}]/gu, "");

// Both without the browser's tables of languages, which take long to load.
export const inOrder = (a, b) => (fold(a) < fold(b) ? -1 : 1);
export const grouped = (count) => `${count}`.replace(/\B(?=(\d{3})+$)/g, ",");

export const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export const range = (first, last, between = "-") =>
  first === last ? `${first}` : `${first}${between}${last}`;

export const unique = (values) => [...new Set(values)];

export function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => inOrder(a, b));
}

// What people do not see, as the command has it (crates/model/src/hidden.rs): controls, what Unicode
// calls ignorable (DI), what turns text round, and what is no character.
const HIDDEN = /[\p{Cc}\p{DI}\p{Bidi_C}\p{NChar}\u2028\u2029\ufff9-\ufffb]/gu;

// A text of a source for people, its hidden characters written out; lines stay lines.
export const visible = (text) =>
  text.replace(HIDDEN, (sign) => (sign === "\n" ? sign : `\\u{${sign.codePointAt(0).toString(16)}}`));

// A text within a line that programs read. Two number signs before a bracket are a command in a log
// of GitHub.
export const oneLine = (text) => text.replace(HIDDEN, " ").replace(/##(?=\[)/g, "## ");
