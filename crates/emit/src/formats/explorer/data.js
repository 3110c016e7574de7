// What the page was given.
import { $ } from "./elements.js";

export const DATA = JSON.parse($("data").textContent);

export const SOURCES = new Map(DATA.sources.map((source) => [source.id, source]));
