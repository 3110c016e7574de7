"""Every name and port of a services file, asked of the C library: `services.py FOLDER AT_LEAST`."""

import socket
import sys

entries = [line.split("#")[0].split() for line in open(sys.argv[1] + "/services", encoding="utf-8")]
entries = [entry for entry in entries if entry]
names = {}
for name, at, *aliases in entries:
    port, transport = at.split("/")
    assert socket.getservbyport(int(port), transport) == name, (name, at)
    for one in [name, *aliases]:
        names.setdefault((one, transport), int(port))
for (name, transport), port in names.items():
    assert socket.getservbyname(name, transport) == port, (name, transport)
assert len(entries) >= int(sys.argv[2])
print("getservbyname, getservbyport: all of", len(names), "names resolve")
