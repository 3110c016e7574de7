"""The ports of a policy or service, read by firewalld: `firewalld.py WORK FOLDER DIRECTION`."""

import os
import shutil
import sys

work, folder, direction = sys.argv[1:]
sys.path.insert(0, os.path.join(work, "debian/usr/lib/python3/dist-packages"))
from firewall.core.io.policy import policy_reader
from firewall.core.io.service import service_reader

shutil.copy(os.path.join(folder, f"firewalld-{direction}"), os.path.join(folder, "apple.xml"))
if direction == "out":
    read = policy_reader("apple.xml", folder)
    assert (read.target, read.ingress_zones, read.egress_zones) == ("CONTINUE", ["HOST"], ["ANY"]), vars(read)
    assert not read.services and not read.rules and not read.protocols and not read.source_ports
else:
    read = service_reader("apple.xml", folder)
    assert not read.modules and not read.source_ports and not read.destination
assert read.short == "Apple products", read.short
for port, transport in read.ports:
    print(f"{port}/{transport}")
