// Elements are made from text, never from markup.
const $ = (id) => document.getElementById(id);

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "on") for (const [event, run] of Object.entries(value)) made.addEventListener(event, run);
    else if (key in made && key !== "role") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function drawing(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Letters as a person types them: without case, accents and typography, as the command folds
// them.
const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/gu, "")
  .replace(/\p{L}/gu, (letter) => (letter === "ß" ? "ss" : letter.toLowerCase())).replace(/[“”„«»]/g, '"').replace(/[‘’‚]/g, "'").replace(/[‐-―−]/g, "-")
  .replace(/\s+/g, " ").trim();

// Both without the browser's tables of languages, which take long to load.
const inOrder = (a, b) => (fold(a) < fold(b) ? -1 : 1);
const grouped = (count) => `${count}`.replace(/\B(?=(\d{3})+$)/g, ",");

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // A page opened from a file may have no clipboard: the old way.
    const area = element("textarea", { value: text, readOnly: true });
    const owner = document.querySelector("dialog[open]") ?? document.body;
    owner.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}
