"""DataFusion in this process, on two cores."""

import os

import datafusion

NAME = f"DataFusion {datafusion.__version__}"


class Engine:
    def __init__(self):
        self.process = os.getpid()
        self.context = datafusion.SessionContext(datafusion.SessionConfig().with_target_partitions(2))

    def run(self, sql):
        frame = self.context.sql(sql)
        columns = [field.name for field in frame.schema()]
        rows = [tuple(row.values()) for batch in frame.collect() for row in batch.to_pylist()]
        return columns, rows
