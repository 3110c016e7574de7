// How many rows are shown, out of which, and what to do where there are none.
import { alsoNamed, understand } from "./asked.js";
import { EARLIER, THE_ARTICLE, dated } from "./editions.js";
import { $, button, element, separated } from "./elements.js";
import { asking, link } from "./links.js";
import { POOLS, answers, openRows } from "./query.js";
import { joined, union } from "./rules.js";
import { suggestions } from "./suggest.js";
import { grouped, plural } from "./text.js";

const sizeOf = (set) => set.reduce((sum, { first, last }) => sum + last - first + 1, 0);

// The ports of the rows that are shown: one by one where they can be read at a glance.
function sayOpened(open) {
  const few = open.reduce((sum, [, set]) => sum + set.length, 0) <= 16;
  const ports = open.map(([transport, set]) =>
    few
      ? `${transport.toUpperCase()} ${joined(set, "-", ", ")}`
      : `${grouped(sizeOf(set))} ${transport.toUpperCase()} ports`,
  );
  return ports.length ? `: ${ports.join(few ? "; " : ", ")}` : "";
}

// The number of rows, and the rest of the sentence, which the answer has as well.
export function sayCount(records, question) {
  const whole = POOLS[question.e].length;
  if (question.e === "left")
    return [`${records.length} of ${plural(whole, "row", "rows")} that left the article`, ""];
  const ports = sayOpened(union(openRows(records, question)));
  const gone = records.filter((record) => record.left).length;
  const besides = gone
    ? `, ${gone === records.length ? "all" : gone} no longer in the article${ports ? "; the rest" : ""}`
    : "";
  const named = alsoNamed(question);
  const more = named.length
    ? `; the name is also in ${named.map((record) => record.portText).join(", ")}`
    : "";
  return [`${records.length} of ${plural(whole, "row", "rows")}${besides}`, `${ports}${more}`];
}

// Names that are spelt alike, as links.
function drawSuggestions(question) {
  const { refusal, ports, words } = understand(question.q);
  const found = refusal || ports.length || !words.length ? [] : suggestions(question.q);
  if (found.length === 0) return "";
  const links = found.map((name) => link(asking({ q: name }), name));
  return element("p", { id: "meant" }, "Did you mean: ", ...separated(links), "?");
}

// Where no row is left: whether one of the other editions has what is asked for.
export function sayNothingFound(question, ask) {
  const { refusal } = understand(question.q);
  if (refusal) return [element("p", {}, `${refusal[0].toUpperCase()}${refusal.slice(1)}.`)];
  const elsewhere = question.e === "left" ? "" : "left";
  const found = question.e === "all" ? 0 : answers({ ...question, e: elsewhere, l: "" }).length;
  if (found > 0) {
    const [none, others] =
      question.e === "left"
        ? ["No row that left the article matches", `of ${THE_ARTICLE}`]
        : [`No row of ${THE_ARTICLE} matches`, "of earlier editions"];
    const show = () => {
      ask({ e: elsewhere, l: "" });
      $("rows").focus();
    };
    return [
      element(
        "p",
        {},
        `${none}; ${plural(found, "row", "rows")} ${others} ${found === 1 ? "does" : "do"}.`,
      ),
      button(found === 1 ? "Show it" : "Show them", show, { id: "elsewhere" }),
    ];
  }
  const before =
    EARLIER.length === 1
      ? `, nor does any row of the earlier edition (${dated(EARLIER[0])})`
      : EARLIER.length
        ? ", nor does any row of an earlier edition"
        : "";
  return [
    element(
      "p",
      {},
      `No row of ${THE_ARTICLE} matches${before}. Try fewer words, or a port such as 443.`,
    ),
    drawSuggestions(question),
  ];
}
