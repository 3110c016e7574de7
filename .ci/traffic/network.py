"""A client, a gateway and a server in network namespaces of their own."""

import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))

# Nothing else can be reached from these namespaces.
ADDRESSES = {
    ("client", "4"): "10.77.1.2", ("client", "6"): "fd77:1::2",
    ("gateway", "4"): "10.77.2.1", ("gateway", "6"): "fd77:2::1",
    ("server", "4"): "10.77.2.2", ("server", "6"): "fd77:2::2",
}

# Through the chain that each way goes through on the gateway.
FLOWS = {
    "out": [("gateway", "server", "output"), ("client", "server", "forward")],
    "in": [("server", "gateway", "input"), ("server", "client", "forward")],
}

SETUP = """
ip netns add client
ip netns add gateway
ip netns add server
for name in client gateway server; do ip netns exec $name sh -c 'echo 0 | tee /proc/sys/net/ipv6/conf/*/accept_dad' >/dev/null; done
ip link add lan0 netns gateway type veth peer name eth0 netns client
ip link add wan0 netns gateway type veth peer name eth0 netns server
ip -n client addr add 10.77.1.2/24 dev eth0
ip -n client addr add fd77:1::2/64 dev eth0 nodad
ip -n gateway addr add 10.77.1.1/24 dev lan0
ip -n gateway addr add fd77:1::1/64 dev lan0 nodad
ip -n gateway addr add 10.77.2.1/24 dev wan0
ip -n gateway addr add fd77:2::1/64 dev wan0 nodad
ip -n server addr add 10.77.2.2/24 dev eth0
ip -n server addr add fd77:2::2/64 dev eth0 nodad
ip -n client link set lo up
ip -n gateway link set lo up
ip -n server link set lo up
ip -n client link set eth0 up
ip -n server link set eth0 up
ip -n gateway link set lan0 up
ip -n gateway link set wan0 up
ip -n client route add default via 10.77.1.1
ip -n client route add default via fd77:1::1
ip -n server route add default via 10.77.2.1
ip -n server route add default via fd77:2::1
ip netns exec gateway sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
"""


class Network:
    def __enter__(self):
        for line in SETUP.strip().splitlines():
            subprocess.run(line, shell=True, check=True)
        self.agents = {}
        for name in ("client", "gateway", "server"):
            command = ["ip", "netns", "exec", name, sys.executable, os.path.join(HERE, "agent.py")]
            self.agents[name] = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self.ask(name, do="forget")
        # Before there is any firewall: all is well, and neighbours know each other.
        for sender, hearer, _ in sum(FLOWS.values(), []):
            both = {(family, transport, 9) for family in "46" for transport in ("tcp", "udp")}
            tries = (self.opened(sender, hearer, [9], ["4", "6"]) for _ in range(20))
            assert both in tries, (sender, hearer)
        return self

    def __exit__(self, *_):
        for agent in self.agents.values():
            agent.stdin.close()
            agent.wait()
        for name in self.agents:
            subprocess.run(["ip", "netns", "del", name], check=True)

    def ask(self, name, **order):
        agent = self.agents[name]
        print(json.dumps(order), file=agent.stdin, flush=True)
        return json.loads(agent.stdout.readline())

    def opened(self, sender, hearer, ports, families):
        """The (family, transport, port) of `ports` that get from one to the other."""
        self.ask(hearer, do="forget")
        for family in families:
            self.ask(sender, do="send", family=family, address=ADDRESSES[hearer, family], ports=ports)
        before = None
        while (now := self.ask(hearer, do="heard")) != before:
            before = now
            time.sleep(0.15)
        return {tuple(entry) for entry in now}


def gateway(command, text=None, check=True):
    """Runs a command on the gateway and returns what it printed."""
    shell = ["ip", "netns", "exec", "gateway", "sh", "-c", command]
    run = subprocess.run(shell, input=text, text=True, capture_output=True)
    if check and run.returncode != 0:
        raise AssertionError(f"{command}: {run.stderr}")
    return run.stdout if check else run
