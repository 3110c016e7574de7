// Wheel, drag and pinch on a strip of the map. A plain wheel scrolls the page, as
// everywhere: with Ctrl or as a pinch it zooms, sideways or with Shift it moves.
import { pulled, within, zoomed } from "./scale.js";

export function gestures(surface, { part, show }) {
  const fingers = new Map();
  let start = null;
  let dragged = false;
  const shareOf = (event) => {
    const box = surface.getBoundingClientRect();
    return (event.clientX - box.left) / box.width;
  };
  const begin = () => {
    start = { part: part(), at: [...fingers.values()] };
  };

  surface.addEventListener(
    "wheel",
    (event) => {
      const lines = event.deltaMode === 0 ? 1 : 33;
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        show(zoomed(part(), 2 ** within((event.deltaY * lines) / 100, -2, 2), shareOf(event)));
      } else if (event.shiftKey || Math.abs(sideways) > Math.abs(event.deltaY)) {
        show(pulled(part(), (sideways * lines) / surface.clientWidth));
      } else {
        return;
      }
      event.preventDefault();
    },
    { passive: false },
  );

  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (fingers.size === 0) dragged = false;
    fingers.set(event.pointerId, shareOf(event));
    begin();
  });
  surface.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, shareOf(event));
    const now = [...fingers.values()];
    if (now.length === 1) {
      const pull = now[0] - start.at[0];
      // A hand is not quite still when it clicks.
      if (!dragged && Math.abs(pull) * surface.clientWidth < 5) return;
      dragged = true;
      surface.setPointerCapture(event.pointerId);
      show(pulled(start.part, -pull));
    } else if (now.length === 2) {
      dragged = true;
      const apart = ([a, b]) => Math.max(Math.abs(a - b), 0.02);
      const center = ([a, b]) => within((a + b) / 2, 0, 1);
      show(
        pulled(
          zoomed(start.part, apart(start.at) / apart(now), center(start.at)),
          center(start.at) - center(now),
        ),
      );
    }
  });
  const lift = (event) => {
    if (fingers.delete(event.pointerId)) begin();
  };
  for (const end of ["pointerup", "pointercancel"]) surface.addEventListener(end, lift);
  // The end of a drag is no click.
  surface.addEventListener("click", (event) => {
    if (dragged) event.stopImmediatePropagation();
  });
}
