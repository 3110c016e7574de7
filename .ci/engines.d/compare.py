"""Compares the rows of all engines with what numpy computes: `compare.py shown|made LOG RESULT...`.

Fails at the first row that differs; `shown` also compares with the page. Prints the seconds, which
nothing depends on.
"""

import json
import sys
from pathlib import Path

import page
from expected import expected


def differ(engine, query, rows):
    """The first difference in words, or None."""
    found = query["rows"]
    for number, (one, other) in enumerate(zip(found, rows)):
        if one != other:
            return f"{engine}, {query['title']}, row {number + 1}: {one}, but numpy has {other}"
    if len(found) != len(rows):
        return f"{engine}, {query['title']}: {len(found)} rows, but numpy has {len(rows)}"
    return None


def differ_from_page(run):
    """The first result that the page shows otherwise, or None."""
    on_page = [block.result for block in page.blocks(None) if block.result is not None]
    for query, text in zip(run["queries"], on_page, strict=True):
        result = page.shown(query["columns"], query["rows"])
        if result != text:
            return f"{page.PAGE}: {query['title']} gives\n{result}and the page has\n{text}"
    return None


def times(runs):
    """Seconds, and those of processor, as Markdown: a line for each query, a column for each engine."""
    titles = [query["title"] for query in runs[0]["queries"]]
    yield "| seconds (of processor) | " + " | ".join(run["engine"] for run in runs) + " |"
    yield "|---" * (len(runs) + 1) + "|"
    for at, title in enumerate(titles):
        cells = [f"{run['queries'][at]['seconds']:.1f} ({run['queries'][at]['processor']:.1f})" for run in runs]
        yield f"| {title} | " + " | ".join(cells) + " |"


def main(kind, log, paths):
    answers = expected(log)
    runs = [json.loads(Path(path).read_text()) for path in paths]
    compared = 0
    for run in runs:
        titles = [query["title"] for query in run["queries"]]
        if titles != list(answers):
            sys.exit(f"{run['engine']} ran {titles}, but expected.py computes {list(answers)}")
        for query in run["queries"]:
            if difference := differ(run["engine"], query, answers[query["title"]]):
                sys.exit(difference)
            compared += len(query["rows"])
        if kind == "shown" and (difference := differ_from_page(run)):
            sys.exit(difference)
    print("\n".join(times(runs)))
    print(f"{len(runs)} engines and numpy give the same: {compared} rows compared")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
