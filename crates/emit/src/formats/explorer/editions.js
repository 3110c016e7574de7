// The article's editions: which one the page shows, what the others were, and what left.
import { DATA, SOURCES } from "./data.js";
import { $, element, entry, separated, unbroken } from "./elements.js";
import { editionLink, external } from "./links.js";
import { FORMER, RECORDS } from "./records.js";
import { grouped, inOrder, plural } from "./text.js";

const ARTICLES = DATA.sources.filter((source) => source.kind === "article");
export const ARTICLE = ARTICLES[0] ?? { id: "", kind: "article", date: "", locale: "", url: "" };
const OTHER_EDITIONS = ARTICLES.slice(1).sort((a, b) => inOrder(a.date, b.date));
export const EARLIER = OTHER_EDITIONS.filter((edition) => edition.date < ARTICLE.date);
const NOT_EARLIER = OTHER_EDITIONS.filter((edition) => edition.date >= ARTICLE.date);

// The language that the rows sort by.
export const LANGUAGE = ARTICLE.locale.split("-")[0] || "en";

// What a source is belongs to its date: `2026-10-11 (compiled from dated statements)`.
export const withRemark = (text, source) => (source?.remark ? `${text} (${source.remark})` : text);
export const dated = (source) => withRemark(source.date, source);
export const titled = (id) => withRemark(id, SOURCES.get(id));

export const THE_ARTICLE = `the article of ${dated(ARTICLE)}`;

// From this many days on, the reader is warned, as on the command line.
const MAX_QUIET_AGE = 180;

export function sayAge(now) {
  const days = Math.floor((now - Date.parse(ARTICLE.date)) / 86_400_000);
  return days > MAX_QUIET_AGE ? `${grouped(days)} days ago; Apple may have changed it since.` : "";
}

// In plain sight: the day of the data and of the registry.
export function drawAge() {
  const age = sayAge(Date.now());
  const registries = DATA.sources.filter(({ kind }) => kind === "iana");
  $("edition").replaceChildren(
    element("strong", {}, ...unbroken(`Data of ${dated(ARTICLE)}`)),
    age ? element("span", { className: "warn" }, `, ${age}`) : "",
  );
  const compared = registries.map((source) => `${source.name} of ${dated(source)}`).join(", ");
  $("about").replaceChildren(...unbroken(compared || "Compared with no registry"));
}

// Behind a disclosure: every source with its day and its form.
export function drawSources() {
  const editions = (label, sources) => {
    const links = sources.map((source) =>
      editionLink(source.id, withRemark(`${source.date} ${source.locale}`, source)),
    );
    return sources.length ? entry(label, ...separated(links)) : [];
  };
  const gone = FORMER.length ? `; ${plural(FORMER.length, "row", "rows")} of earlier editions left it` : "";
  const others = DATA.sources.filter(({ kind }) => kind !== "article");
  $("editions").replaceChildren(
    ...entry(
      "Article",
      external(ARTICLE.url, "TCP and UDP ports used by Apple software products"),
      " of ",
      DATA.site ? editionLink(ARTICLE.id, dated(ARTICLE)) : dated(ARTICLE),
      ` (${ARTICLE.locale}), ${plural(RECORDS.length, "row", "rows")}${gone}`,
    ),
    ...editions("Earlier editions", EARLIER),
    ...editions("Other editions", NOT_EARLIER),
    ...others.flatMap((source) => entry(source.name, external(source.url, dated(source)))),
  );
}

export const editionOf = (id) => SOURCES.get(id) ?? { date: id.split("/").at(-1) };

// `that of 2015-10-23`, `those of 2015-10-23 to 2018-02-13`
export function sayStay([first, last]) {
  const [begin, end] = [editionOf(first), editionOf(last)];
  return begin.date === end.date ? `that of ${dated(end)}` : `those of ${dated(begin)} to ${dated(end)}`;
}

export const sayLeft = (record) => `Not in ${THE_ARTICLE}; it was in ${sayStay(record.left)}.`;

export const saySeen = (record) =>
  record.history
    .map(([locale, first, last]) => {
      const [begin, end] = [first, last].map((date) =>
        withRemark(date, SOURCES.get(`apple/${locale}/${date}`)),
      );
      return `${locale} ${begin === end ? begin : `${begin} to ${end}`}`;
    })
    .join("; ");
