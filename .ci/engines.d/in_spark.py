"""Spark SQL in local mode, on two cores."""

import pyspark
from pyspark.sql import SparkSession

NAME = f"Spark {pyspark.__version__}"
SETTINGS = {
    "spark.driver.memory": "4g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


class Engine:
    def __init__(self):
        builder = SparkSession.builder.master("local[2]")
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        context = self.session.sparkContext
        context.setLogLevel("ERROR")
        self.process = context._jvm.java.lang.ProcessHandle.current().pid()

    def run(self, sql):
        frame = self.session.sql(sql)
        return frame.columns, [tuple(row) for row in frame.collect()]
