"""Markdown as GitHub's renderer shows it: no markup but ours, and outside of code nothing that
GitHub links: `markdown.py FOLDER`."""

import json
import os
import re
import sys
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

folder = sys.argv[1]
OURS = set("h1 h2 h3 h4 p table thead tbody tr th td code ul ol li em strong details summary blockquote hr br".split())

# What GitHub makes links, pictures or formulas of, outside of code.
FILTERS = re.compile(
    r"@\w|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b|:[\w+-]+:|evil\.example|xmpp:|\$\S", re.I
)
PICTURE = [("src", "history.svg"), ("alt", "When the article had each record")]


class Page(HTMLParser):
    """The elements and the rows of tables."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.rows, self.links, self.open = set(), [], [], []
        self.in_code = 0
        self.feed(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))
        found = FILTERS.search(" ".join(self.open))
        assert not found, found.group()

    def handle_starttag(self, tag, attributes):
        if (tag, attributes) == ("img", PICTURE):
            return
        self.elements.add(tag)
        assert all(name in ("style", "href", "align") for name, _ in attributes), (tag, attributes)
        self.in_code += tag == "code"
        if tag == "a":
            self.links.append(dict(attributes)["href"])
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.in_code -= tag == "code"

    def handle_data(self, data):
        if not self.in_code:
            self.open.append(data)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def read(name):
    return open(os.path.join(folder, name), encoding="utf-8", newline="").read()


def plain(text):
    """A cell as a table can show it: hidden characters as spaces, white space as one."""
    hidden = (
        r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
        r"\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    )
    text = text.replace("##[", "## [")
    return " ".join(re.sub(hidden, " ", text).split())


page = Page(read("markdown"))
assert page.elements <= {"table", "thead", "tbody", "tr", "th", "td", "code"}, page.elements
records = json.loads(read("output/ports.json"))["records"]
shown = [[plain(cell) for cell in row[2:]] for row in page.rows[1:]]
wanted = [[plain(record[name]) for name in ("service_name", "title", "used_by")] for record in records]
assert shown == wanted, next(pair for pair in zip(shown, wanted) if pair[0] != pair[1])
for name in ("output/report.md", "diff.md", "diff-rest.md", "diff-2.md", "diff-rest-2.md"):
    page = Page(read(name))
    assert page.elements <= OURS | {"a"}, (name, page.elements - OURS)
    assert all(not link.startswith(("http:", "javascript:", "mailto:")) and "evil" not in link for link in page.links), page.links
print(f"cmark-gfm: {len(records)} rows with their very cells; no markup but ours in the report and the comparisons")
