// The article's editions: which one the page shows, what the others were, and what left.
const ARTICLES = DATA.sources.filter((source) => source.kind === "article");
const ARTICLE = ARTICLES[0] ?? { id: "", kind: "article", date: "", locale: "" };
const OTHER_EDITIONS = ARTICLES.slice(1).sort((a, b) => inOrder(a.date, b.date));
const EARLIER = OTHER_EDITIONS.filter((edition) => edition.date < ARTICLE.date);
const NOT_EARLIER = OTHER_EDITIONS.filter((edition) => edition.date >= ARTICLE.date);

// The language that the rows sort by.
const LANGUAGE = ARTICLE.locale.split("-")[0] || "en";

// What a source is belongs to its date: `2026-10-11 (compiled from dated statements)`.
const withRemark = (text, source) => (source?.remark ? `${text} (${source.remark})` : text);
const dated = (source) => withRemark(source.date, source);
const titled = (id) => withRemark(id, SOURCES.get(id));

const THE_ARTICLE = `the article of ${dated(ARTICLE)}`;

// From this many days on, the reader is warned, as on the command line.
const MAX_QUIET_AGE = 180;

function sayAge(now) {
  const days = Math.floor((now - Date.parse(ARTICLE.date)) / 86_400_000);
  return days > MAX_QUIET_AGE ? `${grouped(days)} days ago; Apple may have changed it since.` : "";
}

const SOURCE_NAMES = { iana: "the IANA registry", rfc: "the RFC index", siblings: "Apple’s other articles" };

const listEditions = (label, editions) =>
  (editions.length ? ` ${label}: ${editions.map((edition) => withRemark(`${edition.date} ${edition.locale}`, edition)).join(", ")}.` : "");

function drawAbout() {
  const age = sayAge(Date.now());
  $("edition").replaceChildren(element("strong", {}, `Article of ${dated(ARTICLE)}`), age ? element("span", { className: "warn" }, `, ${age}`) : "");
  const [registry, others] = [true, false].map((wanted) => DATA.sources.filter(({ kind }) => kind !== "article" && (kind === "iana") === wanted)
    .map((source) => `${SOURCE_NAMES[source.kind] ?? source.id} of ${dated(source)}`).join(", "));
  $("about").textContent = `${plural(RECORDS.length, "row", "rows")} (${ARTICLE.locale}), checked against ${registry || "no registry"}.`;
  const gone = FORMER.length ? `${plural(FORMER.length, "row of an earlier edition is", "rows of earlier editions are")} no longer in the article.` : "";
  const also = others ? ` Also used: ${others}.` : "";
  $("editions").textContent = `${gone}${listEditions("Earlier editions", EARLIER)}${listEditions("Other editions", NOT_EARLIER)}${also}`.trim();
}

const editionOf = (id) => SOURCES.get(id) ?? { date: id.split("/").at(-1) };

function sayLeft(record) {
  const [first, last] = record.left.map(editionOf);
  const when = first.date === last.date ? `that of ${dated(last)}` : `those of ${dated(first)} to ${dated(last)}`;
  return `Not in ${THE_ARTICLE}; it was in ${when}.`;
}

const saySeen = (record) => record.history.map(([locale, first, last]) => {
  const [begin, end] = [first, last].map((date) => withRemark(date, SOURCES.get(`apple/${locale}/${date}`)));
  return `${locale} ${begin === end ? begin : `${begin} to ${end}`}`;
}).join("; ");

// How many rows are shown, and out of which.
function sayCount(records, question) {
  const whole = POOLS[question.e].length;
  const ports = sayPorts(union(openRows(records, question)));
  if (question.e === "left") return `${records.length} of ${plural(whole, "row", "rows")} that left the article`;
  const gone = records.filter((record) => record.left).length;
  const besides = gone ? `, ${gone === records.length ? "all" : gone} no longer in the article${ports ? "; the rest" : ""}` : "";
  const named = alsoNamed(question);
  const more = named.length ? `; the name is also in ${named.map((record) => record.portText).join(", ")}` : "";
  return `${records.length} of ${plural(whole, "row", "rows")}${besides}${ports}${more}`;
}

// Where no row is left: whether one of the other editions has what is asked for.
function sayNothingFound(question, ask) {
  const elsewhere = question.e === "left" ? "" : "left";
  const found = question.e === "all" ? 0 : answers({ ...question, e: elsewhere }).length;
  if (found > 0) {
    const [none, others] = question.e === "left" ? ["No row that left the article matches", `of ${THE_ARTICLE}`]
      : [`No row of ${THE_ARTICLE} matches`, "of earlier editions"];
    return [element("p", {}, `${none}; ${plural(found, "row", "rows")} ${others} ${found === 1 ? "does" : "do"}.`),
      element("button", { type: "button", id: "elsewhere", on: { click: () => { ask({ e: elsewhere }); $("rows").focus(); } } }, found === 1 ? "Show it" : "Show them")];
  }
  const before = EARLIER.length === 1 ? `, nor does any row of the earlier edition (${dated(EARLIER[0])})` : EARLIER.length ? ", nor does any row of an earlier edition" : "";
  return [element("p", {}, `No row of ${THE_ARTICLE} matches${before}. Try fewer words, a port such as 443, or clear the filters.`)];
}
