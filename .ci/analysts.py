"""The examples of docs/flow-logs.md, run in DuckDB."""

import csv
import os
import re
import shutil
import sys
import tempfile

import duckdb

ROOT = os.getcwd()
PAGE = os.path.join(ROOT, "docs/flow-logs.md")


def shown(result):
    rows = [["NULL" if value is None else str(value) for value in row] for row in result.fetchall()]
    rows.insert(0, [column[0] for column in result.description])
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
    return "\n".join(lines) + "\n"


def examples(text):
    return re.findall(r"```sql\n(.*?)```\n\n```text\n(.*?)```", text, re.S)


page = open(PAGE, encoding="utf-8").read()
with tempfile.TemporaryDirectory() as folder:
    shutil.copy("docs/flows.csv", folder)
    shutil.copy("target/ports.parquet", folder)
    ports = open("output/ports.csv", encoding="utf-8", newline="")
    rows = list(csv.reader(ports))[1:]
    os.chdir(folder)
    database = duckdb.connect()
    stored = database.sql(
        """SELECT id, port_first, port_last, coalesce(transport, ''), coalesce(service_name, ''),
        coalesce(title, ''), array_to_string(rfcs, ' '), coalesce(registration, ''), deprecated,
        coalesce(used_by, ''), array_to_string(products, '; '), coalesce(note, ''), iana_status,
        array_to_string(iana_names, ' '), source, line, coalesce(confirmed, ''),
        array_to_string(findings, ' ') FROM 'ports.parquet'"""
    ).fetchall()
    as_text = lambda value: str(value).lower() if isinstance(value, bool) else str(value)
    assert [[as_text(value) for value in row] for row in stored] == rows, "ports.parquet is not ports.csv"
    found = examples(page)
    assert len(found) == 3, f"{len(found)} examples"
    for sql, expected in found:
        result = shown(database.execute(sql))
        if sys.argv[1:] == ["--write"]:
            page = page.replace(f"{sql}```\n\n```text\n{expected}", f"{sql}```\n\n```text\n{result}")
        elif result != expected:
            sys.exit(f"{PAGE}: DuckDB gives\n{result}and the page has\n{expected}")
    os.chdir(ROOT)
    if sys.argv[1:] == ["--write"]:
        open(PAGE, "w", encoding="utf-8").write(page)
print(f"DuckDB: {len(rows)} rows of Parquet are those of ports.csv; {len(found)} examples give what the page shows")
