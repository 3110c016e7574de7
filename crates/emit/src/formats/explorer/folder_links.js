// In a page opened from a file, a link to a folder would list the folder: when such a link is followed,
// it leads to the page in the folder instead.
function completeFolderLink({ target }) {
  const link = target.closest?.("a[href]");
  if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
}

for (const kind of ["click", "auxclick", "contextmenu"]) addEventListener(kind, completeFolderLink, true);
