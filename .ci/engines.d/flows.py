"""Makes a flow log: `flows.py NUMBER FILE`. The same number gives the same flows everywhere.

Each value follows from the number of the flow by splitmix64, so no library's generator is trusted
to stay as it is. The log has what real ones have: both directions of a connection, protocols
without ports, ports that several rows cover, and ports that no row covers.
"""

import sys

import numpy
import pyarrow
from pyarrow import parquet

SEED = 20261011
CHUNK = 1 << 20
POPULAR = numpy.array([443, 443, 443, 80, 53, 123, 993, 5223, 5228, 5353, 3478, 8080, 22, 445], dtype=numpy.int32)
# Several rows cover 16384 to 16403.
MEDIA = (16384, 16472)
# Where Linux takes the client's port from.
CLIENT = (32768, 60999)
TCP, UDP, ICMP = 6, 17, 1


def splitmix(flow, field):
    """64 bits for a field of each flow."""
    with numpy.errstate(over="ignore"):
        z = flow * numpy.uint64(8) + numpy.uint64(field) + numpy.uint64(SEED << 32)
        z = (z + numpy.uint64(1)) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return z ^ (z >> numpy.uint64(31))


def within(bits, first, last):
    return (first + bits % numpy.uint64(last - first + 1)).astype(numpy.int32)


def chunk(first, last):
    flow = numpy.arange(first, last, dtype=numpy.uint64)
    kind, pick, client, way, size = (splitmix(flow, field) for field in range(5))
    percent = kind % numpy.uint64(100)
    popular = POPULAR[(pick % numpy.uint64(len(POPULAR))).astype(numpy.int64)]
    service = numpy.select([percent < 55, percent < 70], [popular, within(pick, *MEDIA)], within(pick, 1, 65535))
    client = within(client, *CLIENT)
    protocol = numpy.select([percent % 10 < 6, percent % 10 < 9], [TCP, UDP], ICMP).astype(numpy.int32)
    has_ports = protocol != ICMP
    reply = way % numpy.uint64(2) == 1
    return pyarrow.table({
        "flow": flow.astype(numpy.int64),
        "src_port": numpy.where(has_ports, numpy.where(reply, service, client), 0).astype(numpy.int32),
        "dst_port": numpy.where(has_ports, numpy.where(reply, client, service), 0).astype(numpy.int32),
        "protocol": protocol,
        "bytes": within(size, 40, 1_000_000).astype(numpy.int64),
    })


def main(number, path):
    with parquet.ParquetWriter(path, chunk(0, 0).schema) as writer:
        for first in range(0, number, CHUNK):
            writer.write_table(chunk(first, min(first + CHUNK, number)))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
