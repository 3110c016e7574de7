"""Makes target/single-ports.parquet with the page's statement, and the page's flows as Parquet."""

import os

import duckdb
import page

statements = [one for block in page.blocks("files", shared=False) for one in block.statements]
assert len(statements) == 1, f"{len(statements)} statements make files"
duckdb.execute("COPY (FROM 'docs/flows.csv') TO 'target/shown-flows.parquet'")
os.chdir("target")
duckdb.execute(statements[0])
