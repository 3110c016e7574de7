"""firewalld: zones and policies of the user's that drop, in a copy of the system."""

import os
import re
import time

from network import gateway

FORMAT = ["--format", "firewalld"]
DIRECTIONS = ["out", "in"]
FAMILIES = ["4", "6"]
COPY = os.environ.get("COPY")

POLICIES = {"leaving": ("HOST", "ANY"), "outward": ("inside", "outside"), "inward": ("outside", "inside")}
# What takes the service of incoming connections: the computer itself, and the network behind it.
TAKERS = ("--zone=outside", "--policy=inward")


def cmd(arguments):
    return gateway(f"chroot {COPY} firewall-cmd {arguments}")


def prepare():
    gateway(f"chroot {COPY} sh -c 'mkdir -p /run/dbus && dbus-daemon --system --fork'")
    gateway(f"chroot {COPY} firewalld --nopid --nofork >/dev/null 2>&1 &")
    for _ in range(100):
        if gateway(f"chroot {COPY} firewall-cmd --state", check=False).returncode == 0:
            break
        time.sleep(0.1)
    for zone, interface in (("inside", "lan0"), ("outside", "wan0")):
        cmd(f"--permanent --new-zone={zone}")
        cmd(f"--permanent --zone={zone} --set-target=DROP")
        cmd(f"--permanent --zone={zone} --add-interface={interface}")
        accept(f"--zone={zone}")
    for policy, (ingress, egress) in POLICIES.items():
        cmd(f"--permanent --new-policy={policy}")
        cmd(f"--permanent --policy={policy} --set-target=DROP")
        cmd(f"--permanent --policy={policy} --add-ingress-zone={ingress}")
        cmd(f"--permanent --policy={policy} --add-egress-zone={egress}")
        accept(f"--policy={policy}")
    cmd("--reload")


def accept(where):
    for what in ("port=2222/tcp", "protocol=ipv6-icmp"):
        cmd(f"--permanent {where} --add-{what}")


def load(file):
    """As the file says; on a gateway a second policy names the inner zone."""
    remove(file)
    text = open(file, encoding="utf-8").read()
    if "<policy" in text:
        gateway(f"cp {file} {COPY}/etc/firewalld/policies/appleports.xml")
        gateway(f"cat >{COPY}/etc/firewalld/policies/appleports-lan.xml", text.replace('"HOST"', '"inside"'))
    else:
        gateway(f"cp {file} {COPY}/etc/firewalld/services/appleports.xml")
        cmd("--reload")
        for taker in TAKERS:
            cmd(f"--permanent {taker} --add-service=appleports")
    cmd("--reload")


def use(_):
    pass


def listings():
    return cmd("--list-all-zones") + cmd("--list-all-policies")


def everything():
    return listings() + gateway("nft -s list ruleset")


def foreign():
    blocks = re.split(r"\n\n+", listings())
    kept = [block for block in blocks if not block.startswith("appleports")]
    return "\n\n".join(kept).replace("services: appleports", "services: ")


def stop_using():
    for taker in TAKERS:
        gateway(f"chroot {COPY} firewall-cmd --permanent {taker} --remove-service=appleports")


def remove(_):
    stop_using()
    gateway(f"rm -f {COPY}/etc/firewalld/policies/appleports*.xml {COPY}/etc/firewalld/services/appleports.xml")
    cmd("--reload")
