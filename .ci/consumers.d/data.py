"""The data formats give the cells of ports.json back: `data.py FOLDER SARIF_SCHEMA`."""

import csv
import json
import os
import sqlite3
import sys
from xml.etree import ElementTree

import duckdb
import frictionless
import jsonschema

folder, sarif_schema = sys.argv[1:]
output = os.path.join(folder, "output")
# Python refuses a cell of more than 128 KiB unless it is told otherwise.
csv.field_size_limit(1 << 24)


def load(name):
    return json.load(open(os.path.join(folder, name), encoding="utf-8"))


def expected(dataset):
    """The rows of ports.csv, from ports.json alone."""
    for record in dataset["records"]:
        # The first name that the cell has for a port; the others are its aliases.
        names = {entry["port"]: entry["name"] for entry in reversed(record.get("port_names", []))}
        for check in record["cross_check"]:
            first, last = check["ports"]["first"], check["ports"]["last"]
            name = names.get(first, "") if names else record["service_name"]
            yield [
                record["id"], str(first), str(last), check.get("transport") or "", name, record["title"],
                " ".join(map(str, record["rfcs"])), REGISTRATION.get(record["registration"], record["registration"]),
                str(record["deprecated"]).lower(), record["used_by"], "; ".join(record["products"]), record["note"],
                check["iana_status"], " ".join(check["iana_names"]), record["provenance"]["source"],
                str(record["provenance"]["line_first"]), record["confirmed"],
            ]


REGISTRATION = {"unstated": "", None: ""}
dataset = load("output/ports.json")
jsonschema.Draft202012Validator(load("output/ports.schema.json")).validate(dataset)
jsonschema.Draft7Validator(json.load(open(sarif_schema, encoding="utf-8"))).validate(load("check.sarif"))
assert load("output/findings.json")
print("json, jsonschema: ports.json and the SARIF are those of their schemas")

with open(os.path.join(output, "ports.csv"), encoding="utf-8", newline="") as file:
    heading, *rows = csv.reader(file)
wanted = list(expected(dataset))
assert heading[-1] == "findings"
cells = sorted(row[:-1] for row in rows)
assert cells == sorted(wanted), next(pair for pair in zip(cells, sorted(wanted)) if pair[0] != pair[1])
known = {(finding["record"], finding["code"]) for finding in load("output/findings.json")}
assert all((row[0], code) in known for row in rows for code in row[-1].split())
assert any(row[-1] for row in rows)
print(f"csv: {len(rows)} rows, each cell that of ports.json")

if os.path.exists(f"{folder}/ports.sqlite"):
    stored = sqlite3.connect(f"{folder}/ports.sqlite").execute("SELECT * FROM ports")
    assert [column[0] for column in stored.description] == heading
    assert [list(row) for row in stored] == rows
    print("sqlite3: .import gives the same cells")

database = duckdb.connect()
path = os.path.join(output, "ports.csv")
stored = database.execute(
    "SELECT * FROM read_csv(?, all_varchar=true, header=true, quote='\"', escape='\"', delim=',', max_line_size=16777216)", [path]
).fetchall()
assert [["" if cell is None else cell for cell in row] for row in stored] == rows
stored = database.execute(
    """SELECT id, port_first, port_last, coalesce(transport, ''), coalesce(service_name, ''),
    coalesce(title, ''), array_to_string(rfcs, ' '), coalesce(registration, ''), deprecated,
    coalesce(used_by, ''), array_to_string(products, '; '), coalesce(note, ''), iana_status,
    array_to_string(iana_names, ' '), source, line, coalesce(confirmed, ''),
    array_to_string(findings, ' ') FROM read_parquet(?)""", [f"{folder}/parquet"]
).fetchall()
as_text = lambda value: str(value).lower() if isinstance(value, bool) else str(value)
assert [[as_text(value) for value in row] for row in stored] == rows
print("DuckDB: CSV and Parquet have the same cells")

report = frictionless.validate(os.path.join(output, "datapackage.json"))
assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])[:5]
print(f"frictionless: the data package of {len(report.tasks)} files is valid")

svg = ElementTree.parse(os.path.join(output, "history.svg")).getroot()
kinds = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in svg.iter()}
assert kinds <= {"svg", "style", "title", "desc", "defs", "g", "use", "path", "rect", "text"}, kinds
ElementTree.parse(os.path.join(folder, "firewalld"))
print("ElementTree: history.svg and the service file hold nothing but their own elements")
