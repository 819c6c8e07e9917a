"""Prints thirty sentences far from one another with the reading of each, and how many are as their key says.

Run `python benchmarks/thirty_sentences.py` in the repository. The key is `tests/quality/thirty.jsonl`.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from quality.reading import reading, rows


def main() -> None:
    """Print every sentence with its reading."""
    right = 0
    for number, row in enumerate(rows(), 1):
        got = reading(row["text"])
        right += got == row["events"]
        print(f"{number:2} {row['style']}: {row['text']}")
        for event in got:
            roles = "; ".join(f"{role}: {', '.join(said)}" for role, said in event["roles"].items())
            kind = "/".join((event["type"], *event["modes"]))
            print(f"     {event['trigger']}: {kind}, {event['scope']}, {event['status']}; {roles}")
        if not got:
            print("     no event")
        if got != row["events"]:
            print("     NOT AS THE KEY SAYS")
    print(f"{right} of {len(rows())} as the key says")


if __name__ == "__main__":
    main()
