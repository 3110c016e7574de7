"""What a firewall has opened, from standard input, against the rows of ports.json:
`opened.py KIND FOLDER [DIRECTION]`."""

import json
import re
import sys


def expand(transport, first, last):
    return {(transport, port) for port in range(int(first), int(last) + 1)}


def nft(text):
    """Both sets, and in the chains of the direction a rule for each, and no other."""
    rules = [entry for entry in json.loads(text)["nftables"] if "metainfo" not in entry]
    sets = [entry["set"] for entry in rules if "set" in entry]
    assert [one["name"] for one in sets] == ["appleports_tcp", "appleports_udp"], sets
    uses = [(entry["rule"]["chain"], json.dumps(entry["rule"]["expr"])) for entry in rules if "rule" in entry]
    for chain in chains("appleports_{}"):
        for transport in ("tcp", "udp"):
            match = {"op": "==", "left": {"payload": {"protocol": transport, "field": "dport"}}, "right": f"@appleports_{transport}"}
            uses.remove((chain, json.dumps([{"match": match}, {"accept": None}])))
    assert not uses, uses
    for one in sets:
        for port in one.get("elem", []):
            first, last = port["range"] if isinstance(port, dict) else (port, port)
            yield from expand(one["name"].removeprefix("appleports_"), first, last)


def iptables(text):
    """The same rules of each direction, for IPv4 and IPv6."""
    rules = [line for line in text.splitlines() if line.startswith("-")]
    pattern = r"-A (APPLEPORTS_\w+) -p (tcp|udp) -m multiport --dports ([0-9:,]+) -j ACCEPT"
    found = [re.fullmatch(pattern, rule).groups() for rule in rules]
    assert {chain for chain, *_ in found} == set(chains("APPLEPORTS_{}", str.upper))
    times = 2 * len(chains(""))
    assert all(found.count((chain, *rest)) == 2 for chain, *rest in found)
    assert len(found) == times * len({tuple(rest) for _, *rest in found})
    for _, transport, ports in found:
        for port in ports.split(","):
            first, _, last = port.partition(":")
            yield from expand(transport, first, last or first)


def chains(name, case=str):
    return [name.format(case(one)) for one in ("out", "in") if direction in (one, "both")]


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


kind, folder, *rest = sys.argv[1:]
direction = rest[0] if rest else ""
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
