"""What must get through: the union of the rows of ports.csv."""

import csv
import random

csv.field_size_limit(1 << 24)
# A port of the rules that were there before, which the article does not have.
FOREIGN = 2222


def union(path, keep=lambda row: True):
    """The ports, transport by transport."""
    ports = {"tcp": set(), "udp": set()}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["transport"] and keep(row):
                ports[row["transport"]].update(range(int(row["port_first"]), int(row["port_last"]) + 1))
    assert FOREIGN not in ports["tcp"] | ports["udp"]
    return ports


def probes(ports):
    """Every border of every range, one more and one less, and 200 others."""
    borders = {FOREIGN}
    for of_transport in ports.values():
        for port in of_transport:
            if port - 1 not in of_transport or port + 1 not in of_transport:
                borders.update((port - 1, port, port + 1))
    others = sorted(set(range(1, 65536)) - borders)
    return sorted((borders & set(range(1, 65536))) | set(random.Random(0).sample(others, 200)))


def product(path):
    """Some product with rows of both transports, and fewer than all."""
    with open(path, encoding="utf-8", newline="") as file:
        names = {name for row in csv.DictReader(file) for name in row["products"].split("; ") if name}
    of = {name: union(path, lambda row: name in row["products"].split("; ")) for name in names}
    sizes = {name: len(ports["tcp"]) + len(ports["udp"]) for name, ports in of.items() if ports["tcp"] and ports["udp"]}
    name = min(sizes, key=lambda name: (sizes[name], name))
    return name, of[name]
