"""The ports of an application profile, read by ufw: `ufw.py WORK FOLDER DIRECTION`."""

import builtins
import os
import shutil
import sys

work, folder, direction = sys.argv[1:]
sys.path.insert(0, os.path.join(work, "debian/usr/lib/python3/dist-packages"))
builtins._ = lambda text: text
from ufw.applications import get_ports, get_profiles, verify_profile

profiles_folder = os.path.join(folder, f"applications-{direction}.d")
os.mkdir(profiles_folder)
shutil.copy(os.path.join(folder, f"ufw-{direction}"), os.path.join(profiles_folder, "apple"))
profiles = get_profiles(profiles_folder)
assert list(profiles) == ["Apple products"], profiles
for name, profile in profiles.items():
    assert verify_profile(name, profile)
    for ports in get_ports(profile):
        print(ports)
