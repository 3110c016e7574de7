"""The complete example of docs/firewalls.md, loaded as it is: `example.py APPLEPORTS FOLDER`."""

import os
import re
import subprocess
import sys

import rows
from network import Network, gateway

appleports, folder = sys.argv[1:]
docs = open(os.path.join(os.path.dirname(__file__), "../../docs/firewalls.md"), encoding="utf-8").read()
example = re.search(r"```nft\n(.*?)```", docs, re.DOTALL)[1]
ports = os.path.join(folder, "output/ports.csv")
rules = os.path.join(folder, "example.nft")
subprocess.run([appleports, "export", "--format", "nftables", "-o", rules], cwd=folder, check=True, capture_output=True)
assert example.count('"/etc/appleports.nft"') == 1
example = example.replace("/etc/appleports.nft", rules)

union = rows.union(ports)
probes = rows.probes(union)
expected = {(family, transport, port) for family in "46" for transport in union
            for port in probes if port in union[transport] or port == 53}
expected |= {(family, "udp", port) for family in "46" for port in (67, 547) if port in probes}
with Network() as network:
    # At each start: the second time it replaces itself.
    for _ in range(2):
        gateway("nft -f -", example)
        assert network.opened("gateway", "server", probes, "46") == expected
        assert not network.opened("server", "gateway", probes, "46")
        assert not network.opened("client", "server", probes, "46")
print("docs/firewalls.md: the example opens the rows and nothing else")
