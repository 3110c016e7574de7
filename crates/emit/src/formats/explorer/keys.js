// Keys of the page. Those without a modifier disturb who speaks to the computer; they can be
// switched off.
import { $ } from "./elements.js";
import { step } from "./table.js";

const SWITCH = "appleports-keys";

export function prepareKeys(ask) {
  try {
    $("keys").checked = localStorage.getItem(SWITCH) !== "off";
  } catch {
    /* no storage: on, as the page says */
  }
  $("keys").addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, $("keys").checked ? "on" : "off");
    } catch {
      /* off until the page is loaded again */
    }
  });
  document.addEventListener("keydown", (event) => strikeKey(event, ask));
}

function strikeKey(event, ask) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const single = $("keys").checked && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  const walking = $("body").contains(document.activeElement);
  if (event.key === "Escape" && document.activeElement === $("search")) {
    ask({ q: "" }, true);
  } else if (event.key === "Enter" && document.activeElement === $("search")) {
    // A phone's keyboard gives way to the answer.
    $("search").blur();
  } else if (single && event.key === "/") {
    $("search").focus();
    $("search").select();
  } else if ((single && event.key === "j") || (walking && event.key === "ArrowDown")) {
    step(1);
  } else if ((single && event.key === "k") || (walking && event.key === "ArrowUp")) {
    step(-1);
  } else {
    return;
  }
  event.preventDefault();
}
