// The rules that `appleports export` writes for the same rows.
function union(rows) {
  const sets = new Map();
  for (const { first, last, transport } of [...rows].sort((a, b) => a.first - b.first)) {
    if (!transport) continue;
    const set = sets.get(transport) ?? [];
    const before = set.at(-1);
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else set.push({ first, last });
    sets.set(transport, set);
  }
  return [...sets].sort(([a], [b]) => (a < b ? -1 : 1));
}

// At most 15 ports in one multiport match, a range counting as two.
function groups(set) {
  const made = [];
  let slots = 0;
  for (const ports of set) {
    const needed = ports.first === ports.last ? 1 : 2;
    if (made.length && slots + needed <= 15) {
      made.at(-1).push(ports);
      slots += needed;
    } else {
      made.push([ports]);
      slots = needed;
    }
  }
  return made;
}

const plain = (text) => text.replace(/\p{Cc}/gu, " ");

function heading(records) {
  const lines = ["Ports that Apple products use, from Apple's support article."];
  for (const source of DATA.sources) lines.push(`Source: ${plain(source.id)}`);
  lines.push("Inbound: these rules let packets in; they say nothing of connections that go out.");
  for (const record of records.filter((one) => one.transports.length === 0)) {
    const subject = [...plain(record.title || record.usedBy)].slice(0, 60).join("");
    lines.push(`Not opened, the article gives no transport: ${record.portText} (${subject})`);
  }
  return lines;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const comments = (lines) => lines.map((line) => `# ${line}\n`).join("");

const joined = (set, between, separator) => set.map(({ first, last }) => range(first, last, between)).join(separator);

const RULES = {
  nftables: (lines, open) => {
    const elements = open.flatMap(([transport, set]) => set.map(({ first, last }) => `\t\t\t${transport} . ${range(first, last)}`));
    return `#!/usr/sbin/nft -f\n${comments(lines)}\ntable inet appleports {\n\tset ports {\n\t\ttype inet_proto . inet_service\n\t\tflags interval\n\t\telements = {\n${elements.join(",\n")}\n\t\t}\n\t}\n\n\tchain input {\n\t\ttype filter hook input priority filter; policy accept;\n\t\tmeta l4proto . th dport @ports counter accept\n\t}\n}\n`;
  },
  iptables: (lines, open) => {
    const rules = open.flatMap(([transport, set]) => groups(set).map((group) =>
      `-A APPLEPORTS -p ${transport} -m multiport --dports ${joined(group, ":", ",")} -j ACCEPT\n`));
    return `${comments(lines)}# Send packets here with: iptables -A INPUT -j APPLEPORTS\n*filter\n:APPLEPORTS - [0:0]\n${rules.join("")}COMMIT\n`;
  },
  pf: (lines, open) => comments(lines) +
    open.map(([transport, set]) => `apple_${transport}_ports = "{ ${joined(set, ":", ", ")} }"\n`).join("") + "\n" +
    open.map(([transport]) => `pass in proto ${transport} to any port $apple_${transport}_ports\n`).join(""),
  firewalld: (lines, open) => {
    const ports = open.flatMap(([transport, set]) => set.map(({ first, last }) => `  <port protocol="${transport}" port="${range(first, last)}"/>\n`));
    return `<?xml version="1.0" encoding="utf-8"?>\n<service>\n  <short>Apple products</short>\n  <description>${escaped(lines.join(" "))}</description>\n${ports.join("")}</service>\n`;
  },
  ufw: (lines, open) => {
    const ports = open.flatMap(([transport, set]) => groups(set).map((group) => `${joined(group, ":", ",")}/${transport}`));
    return `${comments(lines)}[Apple products]\ntitle=Apple products\ndescription=Ports that Apple products use\nports=${ports.join("|")}\n`;
  },
  nmap: (lines, open) => `-p ${open.map(([transport, set]) => `${transport[0].toUpperCase()}:${joined(set, "-", ",")}`).join(",")}\n`,
  list: (lines, open) => open.map(([transport, set]) => set.map(({ first, last }) => `${range(first, last)}/${transport}\n`).join("")).join(""),
};

// Empty where nothing would be opened: not every reader takes rules without ports.
function rule(format, records, rows) {
  const open = union(rows);
  return open.length ? RULES[format](heading(records), open) : "";
}
