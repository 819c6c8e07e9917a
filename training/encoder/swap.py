"""MUC-4 with unseen names: `python training/encoder/swap.py DATA IN.jsonl.gz OUT.jsonl`.

Writes the rows of IN (id, text, date, ree) with the names of groups, people and places exchanged for names
that training never saw, as measure.py does; letters are lowered. tools/accuracy.py asks for it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cases import exchanged
from corpus import muc4, rows
from measure import SEED
from names import load_exchange
from selector import SCORED
from tokenizers import Tokenizer

from sourcebook.extract.shipped import WEIGHTS


def main(given: Path, source: Path, out: Path) -> None:
    """Exchange, write."""
    tokenizer = Tokenizer.from_str(WEIGHTS.joinpath("tokenizer.json").read_text(encoding="utf-8"))
    texts = exchanged(muc4(source), load_exchange(given, tokenizer), SEED)
    dates = [row.get("date") for row in rows(source)]
    lines = (
        {"id": t.name, "date": date, "text": t.text, "ree": {role: t.entities[role] for role in SCORED}}
        for t, date in zip(texts, dates, strict=True)
    )
    out.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
