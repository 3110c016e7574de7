"""Writes one packet to each port: `packets.py FILE PROTOCOL/PORT...`."""

import struct
import sys

with open(sys.argv[1], "wb") as out:
    out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101))
    for target in sys.argv[2:]:
        protocol, port = map(int, target.split("/"))
        if protocol == 6:
            inner = struct.pack("!HHIIBBHHH", 50000, port, 1, 0, 0x50, 2, 8192, 0, 0)
        else:
            inner = struct.pack("!HHHH", 50000, port, 8, 0)
        head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(inner), 1, 0, 64, protocol, 0)
        packet = head + bytes([10, 0, 0, 1, 10, 0, 0, 2]) + inner
        out.write(struct.pack("<IIII", 0, 0, len(packet), len(packet)) + packet)
