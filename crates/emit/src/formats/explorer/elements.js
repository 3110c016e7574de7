// Elements are made from text, never from markup, and show what is hidden in it.
import { visible } from "./text.js";

export const $ = (id) => document.getElementById(id);

// The properties that people read.
const SHOWN = /^(?:title|label|aria-label)$/;

const isSaid = (one) => one !== "" && one !== null && one !== undefined;

const asRead = (child) => (typeof child === "string" ? visible(child) : child);

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, given] of Object.entries(properties)) {
    const value = SHOWN.test(key) ? visible(given) : given;
    if (key === "on") for (const [event, run] of Object.entries(value)) made.addEventListener(event, run);
    else if (key in made && key !== "role") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.flat().filter(isSaid).map(asRead));
  return made;
}

export function drawing(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.map(asRead));
  return made;
}

export const button = (text, click, properties = {}) =>
  element("button", { type: "button", on: { click }, ...properties }, text);

export function options(select, first, values) {
  select.replaceChildren(
    ...[["", first], ...values].map(([value, label]) => element("option", { value }, label)),
  );
}

// The items with a separator between them: `a, b, c`.
export const separated = (items, separator = ", ") =>
  items.flatMap((item, at) => (at ? [separator, item] : [item]));

// A text whose days are never broken at a hyphen.
export const unbroken = (text) =>
  text
    .split(/(\d{4}-\d\d(?:-\d\d)?)/)
    .map((part, at) => (at % 2 ? element("span", { className: "date" }, part) : part));

// A term of a description list and what it is, or nothing where that is nothing.
export const entry = (label, ...content) =>
  content.flat().some(isSaid) ? [element("dt", {}, label), element("dd", {}, ...content)] : [];

const MAX_LISTED = 8;

// The first items, and how many more there are.
export function firstOnes(items, separator) {
  const shown = separated(items.slice(0, MAX_LISTED), separator);
  return items.length > MAX_LISTED ? [...shown, ` and ${items.length - MAX_LISTED} more`] : shown;
}
