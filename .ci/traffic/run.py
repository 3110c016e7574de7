"""Which packets each firewall lets through: `run.py APPLEPORTS FOLDER TOOL...`.

Loads, loads again, shrinks, grows, turns and removes the rules of one export after the
other, beside rules of somebody else's with default drop. After each step the ports that
get through are those of the rows, and all other rules are what they were.
"""

import importlib
import os
import subprocess
import sys

import rows
from network import FLOWS, Network

appleports, folder, *tools = sys.argv[1:]
PORTS = os.path.join(folder, "output/ports.csv")


def export(tool, file, direction, filters=()):
    path = os.path.join(folder, file)
    command = [appleports, "export", *tool.FORMAT, "--direction", direction, *filters, "-o", path]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return path


def compare(network, tool, step, directions, union, probes):
    """Every flow opens the ports of the rows if it goes in one of the directions."""
    count = 0
    for direction, flows in FLOWS.items():
        for sender, hearer, chain in flows:
            opened = network.opened(sender, hearer, probes, tool.FAMILIES)
            expected = {(family, "tcp", rows.FOREIGN) for family in tool.FAMILIES}
            if direction in directions:
                expected |= {(family, transport, port) for family in tool.FAMILIES
                             for transport, ports in union.items() for port in ports if port in probes}
            lost, more = sorted(expected - opened), sorted(opened - expected)
            assert not lost and not more, f"{tool.__name__}, {step}, {chain} {direction}: lost {lost[:9]}, more {more[:9]}"
            count += len(probes) * 2 * len(tool.FAMILIES)
    return count


def check(network, tool):
    everything = rows.union(PORTS)
    probes = rows.probes(everything)
    name, of_product = rows.product(PORTS)
    probes_of_product = rows.probes(of_product)
    nothing = {"tcp": set(), "udp": set()}
    tool.prepare()
    before, whole = tool.foreign(), tool.everything()
    sent = compare(network, tool, "before", [], nothing, probes)
    all_files = {direction: export(tool, f"{tool.__name__}-{direction}", direction) for direction in tool.DIRECTIONS}
    if hasattr(tool, "misuse"):
        tool.misuse(all_files["out"])
        assert tool.everything() == whole, "misuse has an effect"
    product_file = export(tool, f"{tool.__name__}-product", "out", ["--product", name])
    tool.load(all_files["out"])
    tool.use(all_files)
    steps = [
        ("loaded", all_files["out"], ["out"], everything, probes),
        ("loaded again", all_files["out"], ["out"], everything, probes),
        ("shrunk", product_file, ["out"], of_product, sorted({*probes, *probes_of_product})),
        ("grown", all_files["out"], ["out"], everything, probes),
        ("turned", all_files["in"], ["in"], everything, probes),
        ("widened", all_files.get("both"), ["out", "in"], everything, probes),
        ("turned back", all_files["out"], ["out"], everything, probes),
    ]
    steps = [step for step in steps if step[1]]
    for step, file, directions, union, of_step in steps:
        state = tool.everything()
        tool.load(file)
        if step == "loaded again":
            assert tool.everything() == state, "loading twice is not loading once"
        assert tool.foreign() == before, f"{step}: other rules have changed"
        sent += compare(network, tool, step, directions, union, of_step)
    tool.stop_using()
    tool.remove(all_files["out"])
    assert tool.foreign() == before and tool.everything() == whole, "removed: the rules are not what they were"
    sent += compare(network, tool, "removed", [], nothing, probes)
    print(f"{tool.__name__}: {len(probes)} ports, {sent} packets in {len(steps) + 2} steps: the rows get through and nothing else")


for name in tools:
    with Network() as network:
        check(network, importlib.import_module(name))
