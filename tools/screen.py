"""Put one screen of real output into README.md: the bundled example's attacks and one toll.

    python tools/screen.py

Builds the example in a scratch folder and writes what `events` and `toll` print between the marks.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- screen: begin -->", "<!-- screen: end -->"
LINES = 56


def sourcebook(*words: str, cwd: str) -> str:
    """What a command prints in a terminal of 100 columns."""
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "sourcebook", *words]
    made = subprocess.run(command, check=True, capture_output=True, text=True, cwd=cwd, env=environment)
    return made.stdout.rstrip()


def screen() -> str:
    """The two commands with what they print, cut to a screen."""
    example = ROOT / "examples/marrovia"
    with tempfile.TemporaryDirectory() as folder:
        sourcebook(
            "build", str(example / "reports"), "-o", "example.sourcebook",
            "--sources", str(example / "sources.csv"), "--quiet", cwd=folder,
        )  # fmt: skip
        events = json.loads(sourcebook("events", "example.sourcebook", "--format", "json", cwd=folder))
        told_most = max(events, key=lambda e: (e["documents"], e["id"]))["id"]
        parts = []
        for words in (
            ("events", "example.sourcebook", "--type", "ASSAULT"),
            ("toll", "example.sourcebook", told_most),
        ):
            parts.append(f"$ sourcebook {' '.join(words)}")
            parts.append("\n".join(sourcebook(*words, cwd=folder).strip().splitlines()[: LINES // 2]))
            parts.append("...")
    return "\n".join(parts)


def main() -> None:
    """Write the screen."""
    readme = ROOT / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    readme.write_text(f"{before}{BEGIN}\n```text\n{screen()}\n```\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
