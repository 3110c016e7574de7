"""Two registry editions by key with csv-diff; repeated keys are numbered before."""
import csv
import sys

from csv_diff import compare


def load(path):
    rows = {}
    with open(path, encoding="utf-8", newline="") as registry:
        for row in csv.DictReader(registry):
            key = (row["Service Name"], row["Port Number"], row["Transport Protocol"])
            while key in rows:
                key = (*key, "again")
            rows[key] = row
    return rows


print({kind: len(found) for kind, found in compare(load(sys.argv[1]), load(sys.argv[2])).items()})
