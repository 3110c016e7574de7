"""The table of a page as JSON, with pandas.read_html."""
import sys

import pandas

print(pandas.read_html(sys.argv[1])[0].to_json(orient="records"))
