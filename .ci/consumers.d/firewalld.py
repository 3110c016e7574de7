"""The ports of a service file, read by firewalld: `firewalld.py WORK FOLDER`."""

import os
import shutil
import sys

work, folder = sys.argv[1:]
sys.path.insert(0, os.path.join(work, "debian/usr/lib/python3/dist-packages"))
from firewall.core.io.service import service_reader

shutil.copy(os.path.join(folder, "firewalld"), os.path.join(folder, "apple.xml"))
service = service_reader("apple.xml", folder)
assert service.short == "Apple products", service.short
assert not service.modules and not service.source_ports and not service.destination
for port, transport in service.ports:
    print(f"{port}/{transport}")
