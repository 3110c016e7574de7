"""ufw: default deny in each direction, with rules of the user's, in a copy of the system."""

import os
import re

from network import gateway

FORMAT = ["--format", "ufw"]
DIRECTIONS = ["out", "in", "both"]
FAMILIES = ["4", "6"]
COPY = os.environ.get("COPY")
loaded = []


def ufw(arguments):
    return gateway(f"chroot {COPY} ufw {arguments}")


def prepare():
    # The rules of whoever runs this are none of the test's.
    ufw("--force reset")
    for policy in ("incoming", "outgoing", "routed"):
        ufw(f"default deny {policy}")
    ufw("allow out 2222/tcp")
    ufw("allow in 2222/tcp")
    ufw("route allow proto tcp to any port 2222")
    ufw("--force enable")


def commands(file):
    """The rules that the head of the file tells to add."""
    head = open(file, encoding="utf-8").read().split("# Remove:")[0]
    found = re.findall(r'ufw ((?:route )?allow .*"Apple products")', head)
    return [one.replace("LAN", "lan0").replace("WAN", "wan0") for one in found]


def load(file):
    profile = f"{COPY}/etc/ufw/applications.d/appleports"
    if loaded and loaded != commands(file):
        stop_using()
    gateway(f"cp {file} {profile}")
    if loaded:
        ufw('app update "Apple products"')
    for command in commands(file) if not loaded else []:
        ufw(command)
        loaded.append(command)


def use(_):
    pass


def everything():
    rules = [gateway(f"chroot {COPY} {tool}-save") for tool in ("iptables", "ip6tables")]
    rules += [gateway(f"cat {COPY}/etc/ufw/{file}") for file in ("user.rules", "user6.rules")]
    lines = "\n".join(rules).splitlines()
    return "\n".join(re.sub(r"\[\d+:\d+\]", "", line) for line in lines if not line.startswith("# "))


def foreign():
    """In the file a rule has a comment before it and an empty line behind it."""
    lines = everything().splitlines()
    own = re.compile(r"Apple%20products|^### tuple ### .*Apple|^$")
    kept = [line for line in lines if not own.search(line)]
    return "\n".join(kept)


def stop_using():
    for command in loaded:
        ufw(re.sub(r"^(route )?allow", r"\1delete allow", command))
    loaded.clear()


def remove(_):
    gateway(f"rm {COPY}/etc/ufw/applications.d/appleports")
