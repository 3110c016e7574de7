"""nftables: a table of the user's with default drop in each chain."""

import json
import re

from network import gateway

FOREIGN = """
table inet filter {
  set mine { type ipv4_addr; elements = { 10.77.9.9 }; }
  chain input { type filter hook input priority filter; policy drop;
    ct state established,related accept comment "replies"
    meta l4proto ipv6-icmp accept
    tcp dport 2222 accept
  }
  chain forward { type filter hook forward priority filter; policy drop;
    ct state established,related accept comment "replies"
    meta l4proto ipv6-icmp accept
    tcp dport 2222 accept
  }
  chain output { type filter hook output priority filter; policy drop;
    ct state established,related accept comment "replies"
    meta l4proto ipv6-icmp accept
    tcp dport 2222 accept
  }
}
table ip other {
  chain output { type filter hook output priority 10; policy accept; }
}
"""

FORMAT = ["--format", "nftables"]
DIRECTIONS = ["out", "in", "both"]
FAMILIES = ["4", "6"]


def prepare():
    gateway("nft -f -", FOREIGN)


def load(file):
    gateway(f"nft -f {file}")


def use(files):
    """As the head of the file says."""
    lines = re.findall(r"nft insert rule .*", open(files["both"], encoding="utf-8").read())
    assert lines
    for line in lines:
        gateway(line.replace("LAN", "lan0").replace("WAN", "wan0"))


def ours(entry):
    named = ("set", "chain", "rule")
    kind, value = next(iter(entry.items()))
    own = kind in named and value.get("chain" if kind == "rule" else "name", "").startswith("appleports_")
    return own or kind == "metainfo" or "jump" in json.dumps(value.get("expr", ""))


def foreign():
    """All that is not ours, with the handles by which the kernel tells rules apart."""
    entries = json.loads(gateway("nft -j list ruleset"))["nftables"]
    return json.dumps([entry for entry in entries if not ours(entry)])


def everything():
    return gateway("nft list ruleset")


def stop_using():
    for chain in ("input", "forward", "output"):
        listing = gateway(f"nft -a list chain inet filter {chain}")
        for handle in re.findall(r"jump appleports_\w+ # handle (\d+)", listing):
            gateway(f"nft delete rule inet filter {chain} handle {handle}")


def remove(file):
    command = re.search(r'nft "delete.*', open(file, encoding="utf-8").read())[0]
    gateway(command)
