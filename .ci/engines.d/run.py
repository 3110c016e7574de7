"""Runs the page in one engine: `run.py ENGINE LOG OUT`.

Works in a new folder that holds the log and the ports under the names of the page. OUT gets each
query's rows, seconds and seconds of processor as JSON.
"""

import importlib
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import page

FILES = {"ports.parquet": "target/ports.parquet", "single-ports.parquet": "target/single-ports.parquet"}


def processor_seconds(process):
    """What a process has used of all cores, which other work on the machine hardly changes."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(engine, blocks):
    for block in blocks:
        for statement in block.statements:
            start, used = time.perf_counter(), processor_seconds(engine.process)
            columns, rows = engine.run(statement)
            seconds, used = time.perf_counter() - start, processor_seconds(engine.process) - used
        if block.result is not None:
            yield {
                "title": block.title,
                "columns": columns,
                "rows": [list(row) for row in rows],
                "seconds": seconds,
                "processor": used,
            }


def main(name, log, out):
    module = importlib.import_module(f"in_{name}")
    blocks = page.blocks(name)
    with tempfile.TemporaryDirectory() as folder:
        for target, source in {"flows.parquet": log, **FILES}.items():
            shutil.copy(source, Path(folder, target))
        before = os.getcwd()
        os.chdir(folder)
        queries = list(run(module.Engine(), blocks))
        os.chdir(before)
    Path(out).write_text(json.dumps({"engine": module.NAME, "queries": queries}))


if __name__ == "__main__":
    main(*sys.argv[1:])
