"""Sends and hears packets within one network namespace: a line of JSON in, one out.

Raw sockets hear what the firewall has let in, whether or not anybody listens there.
"""

import json
import selectors
import socket
import sys
import threading

FAMILIES = {"4": socket.AF_INET, "6": socket.AF_INET6}
PROTOCOLS = {"tcp": socket.IPPROTO_TCP, "udp": socket.IPPROTO_UDP}
# Connections begin with SYN alone; what has other flags answers one.
SYN, FLAGS = 0x02, 0x17
TOKEN = b"appleports"
# Of Linux; Python does not name it.
SO_RCVBUFFORCE = 33

heard = set()


def listen():
    selector = selectors.DefaultSelector()
    for family in FAMILIES:
        for transport, protocol in PROTOCOLS.items():
            raw = socket.socket(FAMILIES[family], socket.SOCK_RAW, protocol)
            raw.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 24)
            selector.register(raw, selectors.EVENT_READ, (family, transport))
    return selector


def hear(selector):
    """Adds (family, transport, port) for every connection that begins here."""
    while True:
        for key, _ in selector.select():
            family, transport = key.data
            packet = key.fileobj.recv(2048)
            if family == "4":
                packet = packet[(packet[0] & 15) * 4 :]
            begins = packet[13] & FLAGS == SYN if transport == "tcp" else TOKEN in packet
            if begins:
                heard.add((family, transport, int.from_bytes(packet[2:4], "big")))


def send(family, address, ports):
    with socket.socket(FAMILIES[family], socket.SOCK_DGRAM) as udp:
        for port in ports:
            with socket.socket(FAMILIES[family], socket.SOCK_STREAM) as tcp:
                tcp.setblocking(False)
                tcp.connect_ex((address, port))
            try:
                udp.sendto(TOKEN, (address, port))
            except PermissionError:
                pass  # The firewall of this very computer says no.


threading.Thread(target=hear, args=[listen()], daemon=True).start()
for line in sys.stdin:
    order = json.loads(line)
    answer = None
    if order["do"] == "send":
        send(order["family"], order["address"], order["ports"])
    elif order["do"] == "heard":
        answer = sorted(heard)
    else:
        heard.clear()
    print(json.dumps(answer), flush=True)
