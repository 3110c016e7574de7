"""DuckDB in this process."""

import os

import duckdb

NAME = f"DuckDB {duckdb.__version__}"


class Engine:
    def __init__(self):
        self.process = os.getpid()
        self.database = duckdb.connect(config={"threads": 2})

    def run(self, sql):
        result = self.database.execute(sql)
        return [column[0] for column in result.description], result.fetchall()
