"""What a firewall has opened, from standard input, against the rows of ports.json."""

import json
import re
import sys


def expand(transport, first, last):
    return {(transport, port) for port in range(int(first), int(last) + 1)}


def nft(text):
    rules = [entry for entry in json.loads(text)["nftables"] if "metainfo" not in entry]
    assert [kind for entry in rules for kind in entry] == ["table", "set", "chain", "rule"], rules
    for element in rules[1]["set"]["elem"]:
        transport, port = element["concat"]
        first, last = port["range"] if isinstance(port, dict) else (port, port)
        yield from expand(transport, first, last)


def iptables(text):
    rules = [line for line in text.splitlines() if line.startswith("-")]
    pattern = r"-A APPLEPORTS -p (tcp|udp) -m multiport --dports ([0-9:,]+) -j ACCEPT"
    for rule in rules:
        transport, ports = re.fullmatch(pattern, rule).groups()
        for port in ports.split(","):
            first, _, last = port.partition(":")
            yield from expand(transport, first, last or first)


def lines(text):
    """`53/tcp`, `3478-3497/udp`, `1:2,3/tcp`."""
    for line in text.split():
        ports, transport = line.split("/")
        for port in ports.split(","):
            first, last = (re.split("[-:]", port) * 2)[:2]
            yield from expand(transport, first, last)


def nmap(text):
    for port in re.search(r"# Ports scanned: TCP\(\d+;([0-9,-]*)\)", text)[1].split(","):
        yield from expand("tcp", *(port.split("-") * 2)[:2])


kind, folder = sys.argv[1:]
dataset = json.load(open(f"{folder}/output/ports.json", encoding="utf-8"))
expected = set()
for record in dataset["records"]:
    for transport in record["transports"]:
        for ports in record["ports"]:
            expected |= expand(transport, ports["first"], ports["last"])
if kind == "nmap":
    expected = {(transport, port) for transport, port in expected if transport == "tcp"}
opened = set({"nft": nft, "iptables": iptables, "lines": lines, "nmap": nmap}[kind](sys.stdin.read()))
assert len(expected) > 50
assert opened == expected, (sorted(opened - expected)[:9], sorted(expected - opened)[:9])
