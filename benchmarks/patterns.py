"""Every pattern of the package over texts made to be slow: python benchmarks/patterns.py [LENGTH]; 16,000 characters unless told.

All patterns are gathered as they are compiled: on import of every module, and while an example is built. Each runs over each text,
four times as long at each step; one that takes over a tenth of a second and more than eight times as long as at the step before is not linear.
Prints the slowest and those that are not; exits with 1 if there are any.
"""

import importlib
import pkgutil
import re
import sys
import tempfile
from pathlib import Path
from time import process_time

SEEN: dict[str, re.Pattern[str]] = {}
_compile = re.compile


def noted(pattern, flags=0):
    """Like `re.compile`, and remembers what was compiled."""
    made = _compile(pattern, flags)
    ours = "sourcebook" in sys._getframe(1).f_code.co_filename  # noqa: SLF001 - nothing else tells who asks
    if ours and isinstance(made.pattern, str):
        SEEN[made.pattern + str(made.flags)] = made
    return made


re.compile = noted

import sourcebook  # noqa: E402
from sourcebook import project  # noqa: E402
from sourcebook.config import Config  # noqa: E402

UNITS = (
    "1", "1,", "1 ", "1.", "12:", " ", "\n", "\t ", "a", "A", "a ", "A ", "Aa ", "Aa. ", "A.", "a-", "-", ".", ",", "(", ")", "[", "<", "<a ",
    "\"", "'", "“", "’", "and ", "of ", "the ", "killed ", "at least ", "between ", "Jan ", "in ", "said ", "http://a", "@", "a@", "=", "\\", "/",
    "a/", "&", "#", "|", "é", "ا", "1 and ", "A, ", "- ", "\n\n", " \n", "\r\n", "one ", "hundred ", "2024", "2024-", "IS-", "al-", "Mr. ",
)  # fmt: skip


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """How long it takes to find all there is."""
    start = process_time()
    for _ in pattern.finditer(text):
        pass
    return process_time() - start


def grown(pattern: re.Pattern[str], unit: str, length: int) -> tuple[float, float]:
    """How long the longest text took, and how many times that of a quarter of it; a slow one ends early."""
    took = before = 1e-3
    # What takes no time with an eighth of the length takes none that counts with all of it.
    if length >= 8_000 and seconds(pattern, unit * (length // 8 // len(unit))) < 2e-4:
        return took, 1.0
    size = length // 64
    while size <= length and took < 0.5:
        before, took = took, max(seconds(pattern, unit * (size // len(unit))), 1e-3)
        size *= 4
    return took, took / before


def main(length: int = 16_000) -> int:
    """Print the table; 1 if a pattern is not linear."""
    for found in pkgutil.walk_packages(sourcebook.__path__, "sourcebook."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    reports = Path(__file__).parents[1] / "examples" / "marrovia" / "reports"
    with tempfile.TemporaryDirectory() as folder:
        project.build([reports], Path(folder) / "x.sourcebook", config=Config(workers=0))
    own = [p for p in SEEN.values() if p.pattern]
    slowest: list[tuple[float, float, str, str]] = []
    for pattern in own:
        slowest.extend((*grown(pattern, unit, length), unit, pattern.pattern) for unit in UNITS)
    slowest.sort(reverse=True)
    bad = [row for row in slowest if row[0] > 0.1 and row[1] > 8]
    print(f"{len(own)} patterns, {len(UNITS)} texts of {length} characters; the slowest:")
    for took, growth, unit, pattern in [*slowest[:8], *bad]:
        print(f"{took:8.3f} s, {growth:5.1f} times a quarter, {unit!r}: {pattern[:110]!r}")
    print(f"{len({row[3] for row in bad})} patterns are not linear")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
