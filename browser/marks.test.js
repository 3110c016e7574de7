// The words of the search are marked where they are found, and every mark is in sight.
import assert from "node:assert/strict";
import { pageTests, rows } from "./page.js";

const { onPage } = pageTests();

// Rows without a mark, and marks that their clipped cell does not show.
const unseen = (page) =>
  page.evaluate(() => {
    const missing = [...document.querySelectorAll("#body tr")].filter((row) => !row.querySelector("mark")).map((row) => row.dataset.id);
    const cut = [...document.querySelectorAll("#body tr")].filter((row) => {
      const marks = [...row.querySelectorAll("mark")];
      const isSeen = (mark) => {
        const [own, clip] = [mark.getBoundingClientRect(), mark.closest(".clip")?.getBoundingClientRect()];
        return own.width > 0 && (!clip || (own.bottom <= clip.bottom + 2 && own.top >= clip.top - 2));
      };
      return marks.length > 0 && !marks.some(isSeen);
    }).map((row) => row.dataset.id);
    return { missing, cut };
  });

for (const width of [320, 390, 768, 1024, 1280, 1920]) {
  onPage(`the match of each row is seen, ${width} wide`, async (page) => {
    for (const question of ["facetime", "AirPlay", "Xcode Server", "game center", "kerberos", "5223", "16384-16472", "imap", "iana", "hpvirtgrp", "rfc2616", "obsolete", "Icloud", "siri"]) {
      await page.fill("#search", question);
      // What is out of sight is not laid out on a phone.
      await page.evaluate(() => document.querySelectorAll("#body tr").forEach((row) => { row.style.contentVisibility = "visible"; }));
      const { missing, cut } = await unseen(page);
      assert.deepEqual(cut, [], question);
      // A product can be meant by words of the vocabulary that stand in no cell.
      if (!/siri|Icloud/i.test(question)) assert.deepEqual(missing, [], question);
    }
  }, { viewport: { width, height: 900 } });
}

onPage("marks are the words that were typed, whatever the case and accents", async (page) => {
  const found = await page.evaluate(() => [
    ["Größe und ß", "grosse"], ["AirPlay, ﬁle", "file"], ["Überall", "uber"], ["FaceTime", "facetime"], ["a b", "c"], ["İx", "x"],
  ].map(([text, term]) => placesOf(text, [{ text: term, isWhole: false }]).map(([from, to]) => text.slice(from, to))));
  assert.deepEqual(found, [["Größe"], ["ﬁle"], ["Über"], ["FaceTime"], [], ["x"]]);
  const whole = await page.evaluate(() => placesOf("Mail, iCloud Mail, Mailing", [{ text: "mail", isWhole: true }]).length);
  assert.equal(whole, 2);
});

onPage("all of a text is on paper, also what its clipped cell leaves out", async (page) => {
  const cell = page.locator("tr", { has: page.locator("[id='row-443-tcp-https']") }).locator("td.used");
  assert.ok(await cell.locator(".dots").isVisible());
  await page.emulateMedia({ media: "print" });
  assert.equal(await cell.locator(".dots").isVisible(), false);
  assert.ok((await cell.innerText()).startsWith("TLS websites"));
  assert.ok((await rows(page)) > 1);
}, { hash: "#/q=facetime" });
