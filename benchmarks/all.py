"""Speed and growth in one run: extraction against spaCy, whole builds, every stage to 10,000 documents, lists of 100,000 events.

Run: python benchmarks/all.py [full]; half an hour where nothing else runs, and "full" (to 100,000 documents, builds of
1,000) a night. It runs four others one after the other, as benchmarks/README.md describes them. Ends with 1 if one failed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import big_pile

HERE = Path(__file__).parent
SPEED = 60


def runs(pile: str, *, full: bool) -> list[list[str]]:
    """The benchmarks, each with its arguments."""
    return [
        ["extraction_speed.py", pile],
        ["scaling.py", "news", *(("300", "1000") if full else ("100", "300"))],
        ["growth.py", "1000", "10000", *(("100000",) if full else ())],
        ["large_store.py", "100000" if full else "2000", "100000"],
    ]


def main() -> int:
    """One after the other: two at once would falsify each other."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="sourcebook-bench-") as where:
        big_pile.write(Path(where), SPEED, mix="news")
        for name, *arguments in runs(where, full="full" in sys.argv[1:]):
            print(f"== {name} {' '.join(arguments)}", flush=True)
            failed |= bool(
                subprocess.run([sys.executable, str(HERE / name), *arguments], check=False).returncode
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
