"use strict";
// From a file, a link to a folder would list it.
for (const link of document.links) {
  const url = new URL(link.href);
  if (url.protocol === "file:" && url.pathname.endsWith("/")) {
    url.pathname += "index.html";
    link.href = url;
  }
}
// Whatever says so can be copied.
if (navigator.clipboard) {
  for (const text of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(text);
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    text.after(button);
  }
}
