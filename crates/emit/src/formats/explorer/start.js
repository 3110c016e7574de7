// Before anything is typed: examples, and every product from A to Z.
import { $, element } from "./elements.js";
import { formerProducts } from "./filters.js";
import { asking, link, productLink } from "./links.js";
import { RECORDS } from "./records.js";
import { counted, plural } from "./text.js";

const EXAMPLES = ["FaceTime", "AirPlay", "Push notifications", "5223", "49152-65535"];

const chip = (name) => element("li", {}, productLink(name, { className: "chip" }));

export function drawStart() {
  $("examples").replaceChildren(
    ...EXAMPLES.map((text) => element("li", {}, link(asking({ q: text }), text, { className: "chip" }))),
  );
  const names = counted(RECORDS.flatMap((record) => record.products)).map(([name]) => name);
  const former = formerProducts().map(([name]) => name);
  $("all-title").textContent = `All ${plural(names.length, "product", "products")}`;
  $("all").replaceChildren(...names.map(chip));
  $("former").replaceChildren(...former.map(chip));
  $("former-title").hidden = former.length === 0;
}
