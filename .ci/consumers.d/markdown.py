"""Markdown as a renderer shows it: no markup but ours: `markdown.py FOLDER`."""

import json
import os
import re
import sys
from html.parser import HTMLParser

from markdown_it import MarkdownIt

folder = sys.argv[1]
renderer = MarkdownIt("gfm-like", {"html": True, "linkify": True})
OURS = set("h1 h2 h3 h4 p table thead tbody tr th td code ul ol li em strong details summary blockquote hr br".split())

PICTURE = [("src", "history.svg"), ("alt", "When the article had each record")]


class Page(HTMLParser):
    """The elements and the rows of tables."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.rows, self.links = set(), [], []
        self.feed(renderer.render(text))

    def handle_starttag(self, tag, attributes):
        if (tag, attributes) == ("img", PICTURE):
            return
        self.elements.add(tag)
        assert all(name in ("style", "href") for name, _ in attributes), (tag, attributes)
        if tag == "a":
            self.links.append(dict(attributes)["href"])
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def read(name):
    return open(os.path.join(folder, name), encoding="utf-8", newline="").read()


def plain(text):
    """A cell as a table can show it: hidden characters as spaces, white space as one."""
    hidden = r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
    return " ".join(re.sub(hidden, " ", text).split())


page = Page(read("markdown"))
assert page.elements <= {"table", "thead", "tbody", "tr", "th", "td"}, page.elements
records = json.loads(read("output/ports.json"))["records"]
shown = [[plain(cell) for cell in row[2:]] for row in page.rows[1:]]
wanted = [[plain(record[name]) for name in ("service_name", "title", "used_by")] for record in records]
assert shown == wanted, next(pair for pair in zip(shown, wanted) if pair[0] != pair[1])
for name in ("output/report.md", "diff.md", "diff-rest.md", "diff-2.md", "diff-rest-2.md"):
    page = Page(read(name))
    assert page.elements <= OURS | {"a"}, (name, page.elements - OURS)
    assert all(not link.startswith(("http:", "javascript:", "mailto:")) and "evil" not in link for link in page.links), page.links
print(f"markdown-it: {len(records)} rows with their very cells; no markup but ours in the report and the comparisons")
