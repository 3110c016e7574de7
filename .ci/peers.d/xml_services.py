"""The registry's XML as services(5), with nothing but Python's ElementTree."""
import sys
from xml.etree import ElementTree

NAMESPACE = "{http://www.iana.org/assignments}"
for record in ElementTree.parse(sys.argv[1]).getroot().iter(NAMESPACE + "record"):
    name, port, transport, text = (record.findtext(NAMESPACE + tag) or "" for tag in ("name", "number", "protocol", "description"))
    if name and port.isdigit() and transport:
        print(f"{name}\t{port}/{transport}\t# {text[:60]}")
