"""iptables and ip6tables: default drop, with rules and a chain of the user's."""

import re

from network import gateway

FORMAT = ["--format", "iptables"]
DIRECTIONS = ["out", "in", "both"]
FAMILIES = ["4", "6"]
TOOLS = {"iptables": "icmp", "ip6tables": "ipv6-icmp"}


def prepare():
    for tool, icmp in TOOLS.items():
        gateway(f"{tool} -N mine && {tool} -A mine -p tcp --dport 2222 -j ACCEPT")
        for chain in ("INPUT", "FORWARD", "OUTPUT"):
            gateway(f"{tool} -P {chain} DROP")
            gateway(f"{tool} -A {chain} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT")
            gateway(f"{tool} -A {chain} -p {icmp} -j ACCEPT")
            gateway(f"{tool} -A {chain} -j mine")


def load(file):
    gateway(f"sh {file}")


def use(files):
    lines = re.findall(r"iptables -I .*", open(files["both"], encoding="utf-8").read())
    assert lines
    for line in lines:
        line = line.replace("LAN", "lan0").replace("WAN", "wan0")
        gateway(line)
        gateway(line.replace("iptables", "ip6tables"))


def everything():
    lines = "".join(gateway(f"{tool}-save") for tool in TOOLS).splitlines()
    return "\n".join(re.sub(r"\[\d+:\d+\]", "", line) for line in lines if not line.startswith("#"))


def foreign():
    return "\n".join(line for line in everything().splitlines() if "APPLEPORTS" not in line)


def stop_using():
    for tool in TOOLS:
        for rule in re.findall(r"-A (.* -j APPLEPORTS_\w+)", gateway(f"{tool}-save")):
            gateway(f"{tool} -D {rule}")


def remove(file):
    gateway(f"sh {file} remove")


def misuse(file):
    """However the script is loaded as something else, it does nothing."""
    for tool in TOOLS:
        for command in (f"{tool}-restore", f"{tool}-restore --noflush", f"{tool}-restore --test", f"{tool}-apply"):
            run = gateway(f"{command} <{file}", check=False)
            assert run.returncode != 0, (command, run)
    for command in (f"nft -f {file}", f"iptables-restore {file}"):
        assert gateway(command, check=False).returncode != 0, command
