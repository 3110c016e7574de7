// The scripts of the page share one scope when they are joined; each says what it takes from where.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "./page.js";

const FOLDER = join(ROOT, "crates/emit/src/formats/explorer");
const SCRIPTS = new Map(readdirSync(FOLDER).filter((name) => name.endsWith(".js")).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")]));

const exported = (text) => [...text.matchAll(/^export (?:async )?(?:const|let|function) ([\w$]+)/gm)].map(([, name]) => name);
const imported = (text) => [...text.matchAll(/^import \{([^}]*)\} from "\.\/([^"]+)";/gm)].map(([, names, from]) => [from, names.split(",").map((name) => name.trim()).filter(Boolean)]);
const declared = (text) => [...text.matchAll(/^(?:export )?(?:async )?(?:const|let|function) ([\w$]+)/gm)].map(([, name]) => name);
// Without imports, comments and texts; properties are no names.
const body = (text) => text.replace(/^import [^;]*;/gm, "").replace(/^\s*\/\/.*$/gm, "").replace(/"[^"\n]*"/g, "").replace(/\.[\w$]+/g, (part, at, all) => (all.slice(at - 2, at + 1) === "..." ? part : ""));

test("each script imports what exists and what it uses", () => {
  const owners = new Map([...SCRIPTS].flatMap(([name, text]) => exported(text).map((own) => [own, name])));
  for (const [name, text] of SCRIPTS) {
    const taken = imported(text);
    for (const [from, names] of taken) for (const own of names) {
      assert.ok(SCRIPTS.has(from) && exported(SCRIPTS.get(from)).includes(own), `${name}: ${from} has no ${own}`);
      assert.ok(new RegExp(`(?<![\\w$])${own.replace("$", "\\$")}(?![\\w$])`).test(body(text)), `${name} does not use ${own}`);
    }
    const known = new Set([...declared(text), ...taken.flatMap(([, names]) => names)]);
    for (const call of body(text).matchAll(/(?<![\w$])([\w$]+)\(/g)) {
      if (owners.has(call[1]) && !known.has(call[1])) assert.ok(new RegExp(`[{,(]\\s*(?:\\w+, )*${call[1]}\\b`).test(body(text)), `${name} calls ${call[1]} of ${owners.get(call[1])} without an import`);
    }
  }
});

test("no two scripts declare the same name", () => {
  const seen = new Map();
  for (const [name, text] of SCRIPTS) for (const own of declared(text)) {
    assert.ok(!seen.has(own), `${own} is in ${seen.get(own)} and ${name}`);
    seen.set(own, name);
  }
  assert.ok(seen.size > 100);
});

test("no line is longer than a screen", () => {
  for (const [name, text] of SCRIPTS) for (const line of text.split("\n")) assert.ok(line.length <= 110, `${name}: ${line}`);
});
