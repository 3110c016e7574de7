// Opens the explorer in Chromium, and notes whatever the browser complains about.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const EXPLORER = join(ROOT, "output/explorer/index.html");

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });

export async function openPage(browser, { file = EXPLORER, hash = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(`${error}`));
  page.on("request", (request) => { if (!request.url().startsWith("file:")) complaints.push(`asks for ${request.url()}`); });
  page.on("dialog", (dialog) => { complaints.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  if (file) await page.goto(pathToFileURL(file).href + hash);
  return { page, complaints };
}

// Tests on fresh pages of one browser; whatever it complains about fails them.
export function pageTests() {
  const own = { browser: null };
  before(async () => { own.browser = await launch(); });
  after(async () => { await own.browser.close(); });
  own.onPage = (name, run, options) =>
    test(name, async () => {
      const { page, complaints } = await openPage(own.browser, options);
      await run(page);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  return own;
}

// Sets a filter, which are folded.
export async function filter(page, id, value) {
  if (!(await page.locator("#filters").evaluate((one) => one.open))) await page.click("#filters summary");
  await page.selectOption(`#${id}`, value);
}

export const rows = (page) => page.locator("#body tr").count();
export const firstPorts = (page) => page.locator("#body td.port a").allTextContents();

// The command as it was built.
export const COMMAND = join(ROOT, "target/debug/appleports");

export function appleports(arguments_, sources = join(ROOT, "sources")) {
  const run = spawnSync("cargo", ["run", "--quiet", "--locked", "--", "--sources", sources, ...arguments_], { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`appleports ${arguments_.join(" ")}: ${run.stderr}`);
  return run.stdout;
}

// The explorer of another capture, in a folder of its own.
export function capturePage(capture) {
  const folder = mkdtempSync(join(tmpdir(), "appleports-browser-"));
  appleports(["build", "--capture", capture, "--output", folder]);
  return { file: join(folder, "explorer/index.html"), remove: () => rmSync(folder, { recursive: true }) };
}

// What a cell must never become.
export const HOSTILE = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", "<!--<script>", "javascript:alert(3)",
  "\u202Eright to left\u202C", "{{style}}{{data}}", "` $(id) '\"", "x".repeat(1900)];

// The explorer of a capture with such texts in its cells, in a folder of its own.
export function hostilePage() {
  const folder = mkdtempSync(join(tmpdir(), "appleports-browser-"));
  const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const lines = HOSTILE.map((text, at) =>
    `<tr><td>${7000 + at}</td><td>TCP</td><td>${escape(text)}</td><td>-</td><td>name-${at}</td><td>${escape(text)}</td></tr>`);
  const head = ["Port", "TCP or UDP", "Service or protocol name", "RFC", "Service name", "Used by"].map((name) => `<th>${name}</th>`).join("");
  writeFileSync(join(folder, "page.html"),
    `<!doctype html><html lang="en"><title>TCP and UDP ports used by Apple software products</title><body><h1>TCP and UDP ports used by Apple software products</h1><table><tr>${head}</tr>\n${lines.join("\n")}\n</table></body></html>`);
  cpSync(join(ROOT, "sources"), join(folder, "sources"), { recursive: true });
  appleports(["ingest", join(folder, "page.html"), "--locale", "en-us", "--captured", "2026-10-12"], join(folder, "sources"));
  appleports(["build", "--capture", "apple/en-us/2026-10-12", "--output", join(folder, "output"), "--accept", "a test"], join(folder, "sources"));
  return { file: join(folder, "output/explorer/index.html"), remove: () => rmSync(folder, { recursive: true }) };
}
