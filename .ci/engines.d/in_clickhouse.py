"""ClickHouse in this process: chdb."""

import json
import os

import chdb
from chdb.session import Session

VERSION = chdb.query("SELECT version()").data().strip().strip('"')
NAME = f"ClickHouse {VERSION} (chdb {chdb.__version__})"
SETTINGS = ["max_threads = 2", "output_format_json_quote_64bit_integers = 0"]


class Engine:
    def __init__(self):
        self.process = os.getpid()
        self.session = Session()
        for setting in SETTINGS:
            self.session.query(f"SET {setting}")

    def run(self, sql):
        text = self.session.query(sql, "JSONCompact").data()
        result = json.loads(text) if text.strip() else {"meta": [], "data": []}
        return [column["name"] for column in result["meta"]], result["data"]
