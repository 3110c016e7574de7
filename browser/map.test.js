// The map: any part of the port space, by every kind of hand, and kept in the link.
import assert from "node:assert/strict";
import { appleports, filter, firstPorts, openPage, pageTests, rows } from "./page.js";

const PORTS = JSON.parse(appleports(["export", "--format", "json"])).records;
const own = pageTests();
const { onPage } = own;

const strip = (page, transport = "TCP") => page.locator(`#strips svg[aria-label="${transport} ports"]`);
const part = (page) => page.locator("#part").inputValue();
const bounds = async (page) => (await part(page)).split("-").map(Number);
// The middle of a port on the screen.
const spot = async (page, port, transport = "TCP") => {
  await strip(page, transport).scrollIntoViewIfNeeded();
  const box = await strip(page, transport).boundingBox();
  return { x: box.x + (await page.evaluate((asked) => middle(asked, asked, inSight), port)) * box.width, y: box.y + box.height / 2 };
};
const kept = (page, text) => page.waitForFunction((wanted) => new URLSearchParams(location.hash.slice(2)).get("z") === wanted, text);

onPage("the scale: parts stay in the port space, and what is pointed at stays", async (page) => {
  const wrong = await page.evaluate(() => {
    const found = [];
    const good = (one) => one.from >= 0 && one.end <= 65536 && one.end - one.from >= 15.999 && lastOf(one) <= 65535;
    for (const text of ["0-65535", "0-1023", "16000-17000", "65520-65535", "0-15", "5223", "0", "65535"]) {
      const begun = readPart(text);
      if (!good(begun)) found.push(["read", text]);
      if (text.includes("-") && partText(begun) !== text) found.push(["text", text, partText(begun)]);
      for (const factor of [0.01, 0.5, 0.9, 1.1, 2, 100]) for (const share of [0, 0.3, 1]) {
        const next = zoomed(begun, factor, share);
        if (!good(next)) found.push(["zoom", text, factor, share, next]);
        // Where no end of the space is in the way, what was at `share` is there still.
        const port = unwarp(warp(begun.from) + share * (warp(begun.end) - warp(begun.from)));
        if (next.from > 0 && next.end < 65535.9 && Math.abs(place(port, next) - share) > 1e-6) found.push(["moved", text, factor, share]);
        for (const other of [moved(next, share - 0.5), pulled(next, share - 0.5), pulled(next, 50), moved(next, -50)]) if (!good(other)) found.push(["pan", text, factor, share, other]);
      }
      for (let port = firstOf(begun); port < lastOf(begun); port += 1 + ((lastOf(begun) - firstOf(begun)) >> 8)) {
        if (portAt(middle(port, port, begun), begun) !== port) found.push(["at", text, port]);
        if (place(port, begun) >= place(port + 1, begun)) found.push(["order", text, port]);
      }
      const written = ticks(begun, 0.05);
      if (written.length < 4 || written.some((port, at) => at && port <= written[at - 1])) found.push(["ticks", text, written]);
    }
    for (const text of ["", "x", "70000", "1-65536", "-5", "1-2-3"]) if (readPart(text)) found.push(["nonsense", text]);
    return found;
  });
  assert.deepEqual(wrong, []);
});

onPage("it says what is pointed at, by mouse and by keys, and opens it", async (page) => {
  await page.selectOption("#parts", "49152-65535");
  const dynamic = await spot(page, 57000);
  await page.mouse.move(dynamic.x, dynamic.y);
  assert.match(await page.locator("#pointed").textContent(), /49152-65535\/tcp/);
  await page.selectOption("#parts", "0-1023");
  const empty = await spot(page, 300);
  await page.mouse.move(empty.x, empty.y);
  assert.equal(await page.locator("#pointed").textContent(), "300/tcp: not in the article");
  const system = strip(page);
  await system.focus();
  await page.keyboard.press("Home");
  const lowest = PORTS.filter((record) => record.transports.includes("tcp")).map((record) => record.ports[0].first).sort((a, b) => a - b)[0];
  assert.equal(await system.getAttribute("aria-valuenow"), `${lowest}`);
  await page.keyboard.press("ArrowRight");
  const said = await system.getAttribute("aria-valuetext");
  await page.keyboard.press("Enter");
  const title = await page.locator("#detail-title").textContent();
  assert.ok(title.startsWith(said.split("/")[0]), `${said} opened ${title}`);
  await page.keyboard.press("Escape");
  await page.waitForSelector("#detail:not([open])", { state: "attached" });
  const https = await spot(page, 443);
  await page.mouse.click(https.x, https.y);
  assert.match(await page.locator("#detail-title").textContent(), /^443 /);
});

onPage("buttons and the field lead to any part, and the link keeps it", async (page) => {
  await page.fill("#part", "16000-17000");
  await page.keyboard.press("Enter");
  await kept(page, "16000-17000");
  assert.equal(await page.locator("#seen").textContent(), "Ports 16000-17000: 4 UDP rows");
  await page.getByRole("button", { name: "Higher ports" }).click();
  assert.deepEqual((await bounds(page))[0], 16500);
  await page.getByRole("button", { name: "Lower ports" }).click();
  assert.equal(await part(page), "16000-17000");
  await page.getByRole("button", { name: "Zoom in" }).click();
  const [first, last] = await bounds(page);
  assert.ok(first > 16000 && last < 17000 && Math.abs(last - first - 500) < 10, await part(page));
  const link = await part(page);
  await kept(page, link);
  // The same link elsewhere, and the rows' links keep the part.
  const { page: other } = await openPage(own.browser, { hash: await page.evaluate(() => location.hash) });
  assert.equal(await part(other), link);
  assert.ok((await other.locator("#body a").first().getAttribute("href")).includes(`z=${link}`));
  await other.context().close();
  assert.ok((await page.locator("#body a").first().getAttribute("href")).includes(`z=${link}`));
  for (let time = 0; time < 20; time += 1) await page.getByRole("button", { name: "Zoom out" }).click();
  assert.equal(await part(page), "0-65535");
  await page.fill("#part", "70000");
  await page.keyboard.press("Enter");
  assert.match(await page.locator("#seen").textContent(), /^Write ports as/);
  await page.fill("#part", "5223");
  await page.keyboard.press("Enter");
  const [low, high] = await bounds(page);
  assert.ok(low < 5223 && 5223 < high && high - low < 40);
  const said = await page.locator("#seen").textContent();
  assert.deepEqual(await firstPorts(page), ["5223", "5228"], "the table shows the area that was chosen");
  await filter(page, "product", "FaceTime");
  assert.equal(await page.locator("#seen").textContent(), said, "the filters say their own");
  await page.selectOption("#parts", "fit");
  const [from, to] = await bounds(page);
  assert.ok(from <= 53 && to >= 16402 && to < 18000, await part(page));
});

onPage("a link that asks for nonsense shows everything", async (page) => {
  assert.equal(await part(page), "0-65535");
}, { hash: "#/z=70000-80000" });

onPage("the wheel zooms with Ctrl, moves with Shift, and else scrolls the page", async (page) => {
  await strip(page, "UDP").scrollIntoViewIfNeeded();
  // The hand is on a whole pixel.
  const { x, y } = await spot(page, 16390, "UDP");
  await page.mouse.move(Math.round(x), y);
  const before = await page.evaluate((at) => under(STRIPS[1], { clientX: at }).share, Math.round(x));
  const port = await page.evaluate((share) => unwarp(warp(inSight.from) + share * (warp(inSight.end) - warp(inSight.from))), before);
  await page.keyboard.down("Control");
  for (let time = 0; time < 6; time += 1) await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await page.waitForFunction(() => inSight.end - inSight.from < 2000);
  assert.ok(Math.abs((await page.evaluate((at) => place(at, inSight), port)) - before) < 0.001);
  const [first] = await bounds(page);
  await page.keyboard.down("Shift");
  await page.mouse.wheel(0, 300);
  await page.keyboard.up("Shift");
  await page.waitForFunction((before) => firstOf(inSight) > before, first);
  const seen = await part(page);
  await page.mouse.wheel(0, 200);
  await page.waitForFunction(() => scrollY > 0);
  assert.equal(await part(page), seen);
});

onPage("a drag moves and opens nothing; the filters stay", async (page) => {
  await page.fill("#search", "facetime");
  await page.selectOption("#parts", "0-1023");
  const from = await spot(page, 443);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x - 40, from.y + 3);
  await page.mouse.move(from.x - 200, from.y + 5);
  await page.mouse.up();
  const [first] = await bounds(page);
  assert.ok(first > 50, await part(page));
  const now = await spot(page, 443);
  assert.ok(Math.abs(now.x - (from.x - 200)) < 2, "443 went with the hand");
  assert.equal(await page.locator("#detail[open]").count(), 0);
  await kept(page, await part(page));
  assert.match(await page.evaluate(() => location.hash), /q=facetime/);
  // The next click is a click.
  await page.mouse.click(now.x, now.y);
  await page.waitForSelector("#detail[open]");
});

onPage("one finger moves, two zoom, a tap opens", async (page) => {
  const session = await page.context().newCDPSession(page);
  const touch = (type, ...points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  await page.selectOption("#parts", "0-1023");
  await strip(page).scrollIntoViewIfNeeded();
  const { x, y } = await spot(page, 443);
  await touch("touchStart", [x - 10, y], [x + 10, y]);
  for (const apart of [20, 30, 40]) await touch("touchMove", [x - apart, y], [x + apart, y]);
  await touch("touchEnd");
  const [first, last] = await bounds(page);
  assert.ok(first > 100 && last < 900 && last - first < 400, await part(page));
  assert.ok(Math.abs((await spot(page, 443)).x - x) < 6);
  await touch("touchStart", [x, y]);
  for (const by of [20, 40, 60]) await touch("touchMove", [x - by, y]);
  await touch("touchEnd");
  assert.ok((await bounds(page))[0] > first + 20, await part(page));
  assert.equal(await page.locator("#detail[open]").count(), 0);
  const https = await spot(page, 443);
  // Chromium takes a touch that follows a swift drag for its end, for a moment.
  for (let time = 0; time < 20 && !(await page.locator("#detail[open]").count()); time += 1) {
    await page.touchscreen.tap(https.x, https.y);
    await page.waitForTimeout(200);
  }
  assert.match(await page.locator("#detail-title").textContent(), /^443 /);
  await page.locator("#detail button", { hasText: "Close" }).tap();
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-label") === "TCP ports");
}, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

onPage("keys zoom and move, reach marks out of sight, and lead out again", async (page) => {
  await page.getByRole("button", { name: "How to use the map" }).focus();
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent);
  assert.equal(await focused(), "TCP ports");
  await page.keyboard.press("End");
  const last = Math.max(...PORTS.flatMap((record) => record.cross_check).filter((check) => check.transport === "tcp").map((check) => check.ports.first));
  assert.equal(await strip(page).getAttribute("aria-valuenow"), `${last}`);
  await page.keyboard.press("Home");
  for (let time = 0; time < 5; time += 1) await page.keyboard.press("+");
  const [, close] = await bounds(page);
  assert.ok(close < 3000, await part(page));
  await page.keyboard.press("End");
  assert.ok((await bounds(page))[1] > last, "the mark that was out of sight is in sight");
  await page.keyboard.press("Shift+ArrowLeft");
  assert.ok((await bounds(page))[0] < last);
  await page.keyboard.press("0");
  assert.equal(await part(page), "0-65535");
  assert.equal(await focused(), "TCP ports", "the focus stays");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "UDP ports");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("#strips")), null);
});

onPage("a row's page leads to its marks", async (page) => {
  await page.locator("#detail button", { hasText: "Show on the map" }).click();
  await page.waitForSelector("#detail:not([open])", { state: "attached" });
  const [first, last] = await bounds(page);
  assert.ok(first < 8000 && last > 8999 && last - first < 1200, await part(page));
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-valuetext")), /^8000-8999\/tcp: irdmi/);
}, { hash: "#/r=8000-8999-tcp-irdmi" });

onPage("a mark that is reached by key is seen as a whole, with even ticks below", async (page) => {
  await page.fill("#part", "16376-16395");
  await page.keyboard.press("Enter");
  await strip(page, "UDP").focus();
  while (!(await strip(page, "UDP").getAttribute("aria-valuetext")).startsWith("16393-16402")) await page.keyboard.press("ArrowRight");
  const [first, last] = await bounds(page);
  assert.ok(first <= 16393 && last >= 16402 && last - first <= 21, await part(page));
  const written = (await page.locator("#axis span").allTextContents()).map(Number).slice(1, -1);
  assert.ok(written.length > 5 && written.every((port, at) => at === 0 || port - written[at - 1] === written[1] - written[0]), written.join());
});

onPage("an area that is chosen filters the table, follows the map and is a chip", async (page) => {
  await page.fill("#part", "16000-17000");
  await page.keyboard.press("Enter");
  const covering = (first, last) => PORTS.filter((record) => record.ports.some((ports) => ports.first <= last && first <= ports.last)).length;
  assert.equal(await rows(page), covering(16000, 17000));
  await page.getByRole("button", { name: "Higher ports" }).click();
  const next = await part(page);
  await kept(page, next);
  const [first, last] = await bounds(page);
  assert.ok(first > 16000 && covering(first, last) < covering(16000, 17000), next);
  await page.waitForFunction((count) => document.querySelectorAll("#body tr").length === count, covering(first, last));
  await page.locator("#chosen button", { hasText: `Ports ${next}` }).click();
  assert.equal(await rows(page), PORTS.length);
  assert.equal(await part(page), next, "the map stays where it is");
  await page.click("#area");
  assert.equal(await rows(page), covering(first, last));
  await page.click("#whole");
  assert.equal(await rows(page), PORTS.length);
});

onPage("an address of before, with a part of the map alone, shows all rows", async (page) => {
  assert.equal(await part(page), "16000-17000");
  assert.equal(await rows(page), PORTS.length);
}, { hash: "#/z=16000-17000" });

onPage("the map is folded away by its title, and the address keeps it", async (page) => {
  await page.locator("#map summary").click();
  await page.waitForFunction(() => location.hash.includes("m=0"));
  await page.reload();
  assert.equal(await page.locator("#strips").isVisible(), false);
  await page.locator("#map summary").click();
  await page.waitForFunction(() => !location.hash.includes("m=0"));
  assert.ok(await page.locator("#strips").isVisible());
  assert.equal(await page.locator("#map-help").isVisible(), false);
  await page.getByRole("button", { name: "How to use the map" }).click();
  assert.ok(await page.locator("#map-help").isVisible());
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#map-help").isVisible(), false);
});
