// Writes the site into a folder of its own, and serves it below a path.
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { appleports } from "./page.js";

// The path of the public address.
export const BELOW = "/below/ports/";

export function writeSite() {
  const folder = mkdtempSync(join(tmpdir(), "appleports-site-"));
  const site = join(folder, "site");
  appleports(["site", "--out", site, "--url", `https://example.org${BELOW}`]);
  return { site, remove: () => rmSync(folder, { recursive: true }) };
}

export const pagesOf = (site) =>
  readdirSync(site, { recursive: true }).filter((path) => path.endsWith(".html")).sort();

const TYPES = { ".html": "text/html; charset=utf-8", ".json": "application/json", ".xml": "application/xml", ".csv": "text/csv", "": "text/plain" };

// Answers as a host of static files does: the index of a folder, and 404.html for what is not there.
export async function serve(site) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    let file = join(site, path.startsWith(BELOW) ? path.slice(BELOW.length) : "no such path");
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    const isThere = existsSync(file);
    if (!isThere) file = join(site, "404.html");
    response.writeHead(isThere ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "text/plain" });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, root: `${origin}${BELOW}`, close: () => server.close() };
}
