"""What the queries have to give, computed with numpy from ports.csv and the log, without any join.

`expected(log)` gives the rows of each query by its title. Every flow is one of 3 * 65,536 kinds
(transport and port); the answers are sums over kinds.
"""

import csv

import numpy
from pyarrow import parquet

PORTS = 65536
TRANSPORTS = {"tcp": 0, "udp": 1}
NAMES = ["tcp", "udp", None]
PRODUCTS = ["FaceTime", "Game Center", "Xsan", "iCloud"]
FIRST_FLOWS = 10
COLUMNS = ["flow", "src_port", "dst_port", "protocol", "bytes"]


def rows_of_csv():
    with open("output/ports.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["transport"]]
    # The narrowest first; `slots` lets the first one keep a port.
    return sorted(rows, key=lambda row: (int(row["port_last"]) - int(row["port_first"]), row["id"]))


def slots(row):
    start = TRANSPORTS[row["transport"]] * PORTS
    return slice(start + int(row["port_first"]), start + int(row["port_last"]) + 1)


def kinds(table):
    source, target = table["src_port"].to_numpy(), table["dst_port"].to_numpy()
    transport = numpy.full(table.num_rows, 2)
    for number, protocol in enumerate((6, 17)):
        transport[table["protocol"].to_numpy() == protocol] = number
    return transport * PORTS + numpy.where(source < target, source, target)


def expected(log):
    rows = rows_of_csv()
    ids = sorted({row["id"] for row in rows})
    owner = numpy.full(3 * PORTS, -1)
    covered = {product: numpy.zeros(3 * PORTS, dtype=bool) for product in PRODUCTS}
    for row in rows:
        free = owner[slots(row)]
        free[free == -1] = ids.index(row["id"])
        for product in row["products"].split("; "):
            if product in covered:
                covered[product][slots(row)] = True

    flows, size = numpy.zeros(3 * PORTS, dtype=numpy.int64), numpy.zeros(3 * PORTS, dtype=numpy.int64)
    first = []
    for batch in parquet.ParquetFile(log).iter_batches(1 << 20, columns=COLUMNS):
        kind = kinds(batch)
        numpy.add.at(flows, kind, 1)
        numpy.add.at(size, kind, batch["bytes"].to_numpy())
        for at in range(min(FIRST_FLOWS - len(first), batch.num_rows)):
            transport, port = divmod(int(kind[at]), PORTS)
            row = ids[owner[kind[at]]] if owner[kind[at]] >= 0 else None
            first.append([batch["flow"][at].as_py(), NAMES[transport], port, batch["bytes"][at].as_py(), row])

    def total(chosen):
        return [int(flows[chosen].sum()), int(size[chosen].sum())]

    per_row = [[name, *total(owner == number)] for number, name in [*enumerate(ids), (-1, None)]]
    per_row = sorted((row for row in per_row if row[1]), key=lambda row: (-row[2], row[0] or ""))
    per_product = [[product, *total(covered[product])] for product in PRODUCTS]
    return {
        "Each flow with its row": first,
        "Bytes per row, by key": per_row,
        "Bytes per product": [row for row in per_product if row[1]],
        "Bytes per row, by range": per_row,
        "Bytes per row, added up first": per_row,
    }
