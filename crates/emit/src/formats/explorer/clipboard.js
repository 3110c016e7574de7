// Copying, also where the page was opened from a file.
import { button, element } from "./elements.js";

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard: the old way.
    const area = element("textarea", { value: text, readOnly: true });
    const owner = document.querySelector("dialog[open]") ?? document.body;
    owner.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  }
}

// A button that copies a text, and the place where it reports success.
export function copyButton(label, text, properties = {}) {
  const done = element("span", { className: "fine", role: "status" });
  const copy = async () => {
    done.textContent = (await copyText(text())) ? "Copied." : "Could not copy; select the text.";
  };
  return [button(label, copy, properties), done];
}
