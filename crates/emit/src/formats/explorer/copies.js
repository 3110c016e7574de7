// The answer, to be copied: as a list, as rules, as JSON.
import { copyButton } from "./clipboard.js";
import { ARTICLE } from "./editions.js";
import { button, element } from "./elements.js";
import { openRows } from "./query.js";
import { rule } from "./rules.js";
import { unique } from "./text.js";

// As a program takes it.
function asJson(records, open, question) {
  const transports = open.map(([transport, set]) => [
    transport,
    set.map(({ first, last }) => ({ first, last })),
  ]);
  const rows = records.map((record) => ({
    id: record.storedId,
    confirmed: record.confirmed,
    findings: unique(record.findings.map(({ code }) => code)),
  }));
  const ports = Object.fromEntries(transports);
  const answer = { asked: question.q || question.p, article: ARTICLE.id, ...ports, rows };
  return `${JSON.stringify(answer, null, 2)}\n`;
}

export function drawCopies(records, open, question, actions) {
  const [list, listDone] = copyButton(
    "Copy list",
    () => rule("list", "out", records, openRows(records, question)).text,
    { id: "copy-list" },
  );
  const [json, jsonDone] = copyButton("Copy JSON", () => asJson(records, open, question), {
    id: "copy-json",
  });
  const rules = button("Firewall rule …", () => actions.rules(records), { id: "copy-rule" });
  return element("div", { className: "actions" }, list, rules, json, listDone, jsonDone);
}
