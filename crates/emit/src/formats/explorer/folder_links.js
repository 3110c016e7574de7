// From a file, a link to a folder would list it: it is made one to the page when it is followed.
function nameThePage({ target }) {
  const link = target.closest?.("a[href]");
  if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
}

for (const kind of ["click", "auxclick", "contextmenu"]) addEventListener(kind, nameThePage, true);
