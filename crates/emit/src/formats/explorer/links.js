// Where names lead: to a page of the site where there is one, else within this page.
import { element } from "./elements.js";
import { DATA, SOURCES } from "./data.js";
import { QUESTION, address } from "./query.js";

// As the site names its pages: `Wi-Fi Calling` is `wi-fi-calling`.
const SLUGS = new Map(DATA.products.map(([slug, spellings]) => [spellings[0], slug]));

export const link = (href, text, properties = {}) => element("a", { href, ...properties }, text);

// Addresses come from stored files: only those of the publishers of the sources become links.
const PUBLISHERS = ["support.apple.com", "www.iana.org", "www.rfc-editor.org"];

const isPublishers = (url) =>
  PUBLISHERS.some((host) => {
    const start = `https://${host}/`;
    return url.startsWith(start) && /^[\w.~/?=&%-]*$/.test(url.slice(start.length));
  });

export const external = (url, text) =>
  isPublishers(url ?? "") ? link(url, text, { rel: "noreferrer" }) : text;

export const asking = (change) => address({ ...QUESTION, ...change });

export const productHref = (name) =>
  DATA.site && SLUGS.has(name) ? `product/${SLUGS.get(name)}/` : asking({ q: name });

export const productLink = (name, properties) => link(productHref(name), name, properties);

export const portLink = (text) => link(DATA.site ? `port/${text}/` : asking({ q: text }), text);

export const findingHref = (code) => (DATA.site ? `finding/${code}/` : asking({ c: code }));

export const rfcLink = (number) => external(`https://www.rfc-editor.org/rfc/rfc${number}`, `RFC ${number}`);

const REGISTRY =
  "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml";

export const registryLink = (search, text) => external(`${REGISTRY}?search=${search}`, text);

// An edition's page, or the article as it is on the web today.
export function editionLink(id, text) {
  const source = SOURCES.get(id);
  if (!source) return text;
  return DATA.site && source.kind === "article"
    ? link(`edition/${source.date}/`, text)
    : external(source.url, text);
}

export const DATA_FILES = DATA.site
  ? [
      ["api/v1/ports.csv", "ports.csv"],
      ["api/v1/ports.json", "ports.json"],
      ["feed.xml", "changes as a feed"],
    ]
  : [
      ["../ports.csv", "ports.csv"],
      ["../ports.json", "ports.json"],
      ["../services", "services"],
      ["../findings.json", "findings.json"],
      ["../report.md", "report"],
      ["../changes.md", "changes"],
      ["../feed.xml", "changes as a feed"],
    ];
