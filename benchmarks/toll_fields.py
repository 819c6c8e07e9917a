"""Tolls against keys that people wrote: how many were killed and hurt, number by number.

Run: python benchmarks/toll_fields.py EVAL [--show N]; EVAL is a folder with muc4/tst1.jsonl.gz and tst2.jsonl.gz (victims with
number and effect, one entry a group of people) and cameo_sentences/plover_gsr.dev.jsonl (dead and injured, one number a
sentence). A gold number is found where a claim of the same effect has bounds that hold it; a number of ours that no gold
entry of the document holds is a false one. The key has an entry for each person named, so a claim that holds the sum of
an event's entries has found them all. MUC-4 keeps no template for clashes of armies and vague or old incidents, so
its precision is a lower bound.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sourcebook.extract.pipeline import extract
from sourcebook.extract.tasks.casing import recased
from sourcebook.model import Document, Quantity, Scope, Status, document_id
from sourcebook.ports import Context

EFFECTS = {"DEATH": "killed", "INJURY": "injured", "dead": "killed", "injured": "injured"}
TOLD = (Status.ACCOMPLISHED, Status.CLAIMED)


class Number(NamedTuple):
    """How many, of which effect; `high` is None where there is no upper bound."""

    effect: str
    low: int
    high: int | None

    def meets(self, other: "Number") -> bool:
        """Whether one number of people fits both."""
        if self.effect != other.effect:
            return False
        tops = [n for n in (self.high, other.high) if n is not None]
        return max(self.low, other.low) <= min(tops, default=10**9)


def found(text: str) -> set[Number]:
    """The tolls of a text's event claims; a pattern's and a kind's are left out."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id=document_id("s", sha), path="s", sha256=sha, sequence=0, text=text)
    read = extract(document, Context())
    values = {m.id: m.value for m in read.mentions if isinstance(m.value, Quantity)}
    claims = [c for c in read.claims if c.status in TOLD and c.scope is not Scope.GENERIC]
    return {
        Number(a.role, int(v.low or 0), int(v.high) if v.high is not None else None)
        for c in claims
        for a in c.arguments
        if a.role in ("killed", "injured") and (v := values.get(a.mention)) is not None
    }


Key = list[list[Number]]


def muc4(folder: Path) -> Iterator[tuple[str, str, Key]]:
    """Id, text and the key's numbers of each event of each document."""
    for part in ("tst1", "tst2"):
        with gzip.open(folder / f"muc4/{part}.jsonl.gz", "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                events = ([n for v in e.get("victims", []) for n in numbers(v)] for e in row["events"])
                yield row["id"], recased(row["text"]), [e for e in events if e]


def numbers(victim: dict[str, Any]) -> Iterator[Number]:
    """What the key says of one group of people: nothing where it names no effect or no number."""
    number = victim.get("number_parsed") or {}
    for effect in victim.get("effect") or ():
        if effect in EFFECTS and number.get("min") is not None:
            yield Number(EFFECTS[effect], number["min"], number.get("max"))


def plover(folder: Path) -> Iterator[tuple[str, str, Key]]:
    """The same for the records of the PLOVER gold standard."""
    lines = (folder / "cameo_sentences/plover_gsr.dev.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, lines):
        told = [(EFFECTS[k], int(e[k])) for e in row["events"] for k in ("dead", "injured") if e.get(k)]
        yield str(row["id"]), row["text"], [[Number(effect, n, n) for effect, n in told]]


def summed(event: list[Number], effect: str) -> Number:
    """The key's people of one effect, taken together."""
    same = [n for n in event if n.effect == effect]
    open_ = any(n.high is None for n in same)
    return Number(effect, sum(n.low for n in same), None if open_ else sum(n.high or 0 for n in same))


def main() -> None:
    """Print recall, precision and the misses of each key."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0)
    asked = parser.parse_args()
    for name, rows in (("MUC-4 dev", muc4(asked.folder)), ("PLOVER gold", plover(asked.folder))):
        score, missed = Counter[str](), []
        for key, text, events in rows:
            ours = found(text) if any(events) else set()
            held = [(n, summed(e, n.effect)) for e in events for n in e]
            for number, whole in held:
                hit = any(number.meets(o) or whole.meets(o) for o in ours)
                score[f"{number.effect} gold"] += 1
                score[f"{number.effect} found"] += hit
                missed += [] if hit else [(key, number, sorted(ours, key=str))]
            for number in ours:
                score[f"{number.effect} ours"] += 1
                score[f"{number.effect} right"] += any(number.meets(g) for pair in held for g in pair)
        for effect in ("killed", "injured"):
            recall = 100 * score[f"{effect} found"] / max(score[f"{effect} gold"], 1)
            precision = 100 * score[f"{effect} right"] / max(score[f"{effect} ours"], 1)
            print(
                f"{name} {effect}: {score[f'{effect} gold']} numbers, found {recall:.1f}, right {precision:.1f}"
            )
        for line in missed[: asked.show]:
            print("  missed", *line)


if __name__ == "__main__":
    main()
