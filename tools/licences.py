"""Writes the table of what is installed, with licences, from the list of components.

Run: python tools/licences.py docs/sbom.cdx.json docs/reference/dependencies.md; the words between the markers are replaced.
"""

import json
import re
import sys
from pathlib import Path

BEGIN, END = "<!-- installed: begin -->", "<!-- installed: end -->"


def licence(component: dict) -> str:
    """What a component says of its licence: an SPDX expression or id if there is one, else the name it gives."""
    found = []
    for entry in component.get("licenses", []):
        told = (
            entry.get("expression")
            or entry.get("license", {}).get("id")
            or entry.get("license", {}).get("name")
        )
        if told and len(told) < 60:
            found.append(re.sub(r"^License :: (OSI Approved :: )?", "", told))
    best = [f for f in found if "License" not in f] or found
    return " / ".join(dict.fromkeys(best)) or "see its files"


def main(components: Path, page: Path) -> None:
    """Put the table into the page."""
    listed = sorted(json.loads(components.read_text())["components"], key=lambda c: c["name"].lower())
    rows = [f"| {c['name']} | {c['version']} | {licence(c)} |" for c in listed]
    table = "\n".join(["| package | version | licence |", "|---|---|---|", *rows])
    before, _, rest = page.read_text().partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
