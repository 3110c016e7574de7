"""The registry as services(5), with nothing but Python's csv module."""
import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as registry:
    for row in csv.DictReader(registry):
        port = row["Port Number"]
        if row["Service Name"] and port.isdigit() and row["Transport Protocol"]:
            print(f"{row['Service Name']}\t{port}/{row['Transport Protocol']}\t# {row['Description'][:60]}")
