// What the filters ask for, kept in the address, and which records answer.
const QUESTION = { q: "", t: "", p: "", s: "", c: "", e: "", o: "port", r: "", z: "" };

// Which rows a question is put to: those of the article, those that left it, or both.
const POOLS = { "": RECORDS, left: FORMER, all: [...RECORDS, ...FORMER] };

function readAddress() {
  const words = new URLSearchParams(location.hash.replace(/^#\/?/, ""));
  const question = { ...QUESTION };
  for (const key of Object.keys(QUESTION)) question[key] = words.get(key) ?? QUESTION[key];
  if (!Object.hasOwn(POOLS, question.e)) question.e = "";
  return question;
}

function address(question) {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(question)) if (value !== QUESTION[key]) words.set(key, value);
  return `#/${words}`;
}

function answers(question) {
  const asked = understand(question.q);
  return POOLS[question.e].filter((record) =>
    isAsked(record, asked) &&
    (!question.t || (question.t === "none" ? record.transports.length === 0 : record.transports.includes(question.t))) &&
    (!question.p || record.products.includes(question.p)) &&
    (!question.s || record.checks.some((check) => check.status === question.s)) &&
    (!question.c || (question.c === "any" ? record.findings.length > 0 : record.findings.some((finding) => finding.code === question.c))));
}

// The rows to open: of the article as it is, and of the ports and the transport that are asked for.
function openRows(records, question) {
  const asked = understand(question.q);
  const isWanted = (check) => (!question.t || question.t === "none" || check.transport === question.t) && isAskedCheck(check, asked);
  return records.filter((record) => !record.left).flatMap((record) => record.checks).filter(isWanted);
}

const ORDERS = {
  port: (a, b) => a.ports[0].first - b.ports[0].first || a.ports[0].last - b.ports[0].last || a.order - b.order,
  transport: (a, b) => a.transports.join().localeCompare(b.transports.join()),
  name: (a, b) => (a.name === "") - (b.name === "") || a.name.localeCompare(b.name, "en", { sensitivity: "base" }),
  title: (a, b) => (a.title === "") - (b.title === "") || a.title.localeCompare(b.title, LANGUAGE, { sensitivity: "base" }),
  used: (a, b) => (a.usedBy === "") - (b.usedBy === "") || a.usedBy.localeCompare(b.usedBy, LANGUAGE, { sensitivity: "base" }),
  status: (a, b) => (a.checks[0]?.status ?? "").localeCompare(b.checks[0]?.status ?? ""),
  confirmed: (a, b) => a.confirmed.localeCompare(b.confirmed),
  findings: (a, b) => a.findings.length - b.findings.length,
};

function sorted(records, order) {
  const back = order.startsWith("-");
  const compare = ORDERS[back ? order.slice(1) : order] ?? ORDERS.port;
  return [...records].sort((a, b) => (back ? -1 : 1) * compare(a, b) || ORDERS.port(a, b));
}
