"""The SQL of docs/flow-logs.md, as the page shows it.

A block marked `sql` is for every engine, one marked `sql spark` for Spark alone,
`sql files` makes a file. A block with a
result (`text`) below it is a query; the others prepare.
"""

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path("docs/flow-logs.md")
BLOCK = re.compile(r"```sql(?: (?P<engine>\w+))?\n(?P<sql>.*?)```(?:\n\n```text\n(?P<result>.*?)```)?", re.S)


@dataclass
class Block:
    sql: str
    result: str | None

    @property
    def statements(self):
        return [one.strip() for one in self.sql.split(";") if one.strip()]

    @property
    def title(self):
        """The comment that each query begins with."""
        return self.sql.splitlines()[0].removeprefix("-- ")


def blocks(engine, shared=True):
    """The blocks that `engine` runs, in the order of the page; its own only, unless `shared`."""
    wanted = {engine, None} if shared else {engine}
    found = [one for one in BLOCK.finditer(PAGE.read_text(encoding="utf-8")) if one["engine"] in wanted]
    return [Block(one["sql"], one["result"]) for one in found]


def shown(columns, rows):
    """Rows as the page shows them."""
    table = [columns] + [["NULL" if value is None else str(value) for value in row] for row in rows]
    widths = [max(len(row[at]) for row in table) for at in range(len(columns))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in table)
    return "\n".join(lines) + "\n"
