"""The examples of docs/flow-logs.md, run in DuckDB, and Parquet compared with ports.csv."""

import csv
import os
import sys
import tempfile
from pathlib import Path

import duckdb

sys.path.insert(0, ".ci/engines.d")
import page

LISTED = """SELECT id, port_first, port_last, coalesce(transport, ''), coalesce(service_name, ''),
    coalesce(title, ''), array_to_string(rfcs, ' '), coalesce(registration, ''), deprecated,
    coalesce(used_by, ''), array_to_string(products, '; '), coalesce(note, ''), iana_status,
    array_to_string(iana_names, ' '), source, line, coalesce(confirmed, ''),
    array_to_string(findings, ' ') FROM 'target/ports.parquet'"""


def compare_with_csv():
    with open("output/ports.csv", encoding="utf-8", newline="") as ports:
        rows = list(csv.reader(ports))[1:]
    as_text = lambda value: str(value).lower() if isinstance(value, bool) else str(value)
    stored = [[as_text(value) for value in row] for row in duckdb.sql(LISTED).fetchall()]
    assert stored == rows, "ports.parquet is not ports.csv"
    return len(rows)


def results(blocks, folder):
    """Each query's result as the page shows it, of the files in the folder."""
    database = duckdb.connect()
    os.chdir(folder)
    for block in blocks:
        for statement in block.statements:
            result = database.execute(statement)
        if block.result is not None:
            yield block, page.shown([column[0] for column in result.description], result.fetchall())


def main(write):
    rows = compare_with_csv()
    root, text = os.getcwd(), page.PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("ports.parquet", "single-ports.parquet"):
            Path(folder, name).write_bytes(Path("target", name).read_bytes())
        Path(folder, "flows.parquet").write_bytes(Path("target/shown-flows.parquet").read_bytes())
        found = list(results(page.blocks("duckdb"), folder))
        os.chdir(root)
    assert len(found) == 5, f"{len(found)} examples"
    for block, result in found:
        if write:
            text = text.replace(f"{block.sql}```\n\n```text\n{block.result}```", f"{block.sql}```\n\n```text\n{result}```")
        elif result != block.result:
            sys.exit(f"{page.PAGE}: DuckDB gives\n{result}and the page has\n{block.result}")
    if write:
        page.PAGE.write_text(text, encoding="utf-8")
    print(f"DuckDB: {rows} rows of Parquet are those of ports.csv; {len(found)} examples give what the page shows")


main(sys.argv[1:] == ["--write"])
