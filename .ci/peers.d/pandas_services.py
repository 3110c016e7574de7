"""The registry as services(5), with pandas."""
import sys

import pandas

table = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
table = table[(table["Service Name"] != "") & table["Port Number"].str.isdigit() & (table["Transport Protocol"] != "")]
for name, port, transport, text in table[["Service Name", "Port Number", "Transport Protocol", "Description"]].itertuples(index=False):
    print(f"{name}\t{port}/{transport}\t# {text[:60]}")
