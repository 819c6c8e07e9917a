"""Draws event claims by chance from public sets, each with its sentence, for a reader to judge.

Run: python benchmarks/event_sample.py EVAL --seed N [--count 110] [--documents 12]; EVAL is the folder with the sets. A claim
is wrong when its sentence does not bear its type, status, scope, a party, a place, a date or a toll, or when
there is no event at all. What pronouns and dates were taken for is printed with them. The same seed draws the same.
"""

import argparse
import gzip
import hashlib
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sourcebook.extract.pipeline import extract
from sourcebook.extract.tasks.casing import recased
from sourcebook.model import Claim, Days, Document, Mention, Quantity, Scope, Timex, document_id
from sourcebook.model.vocabulary import EVENT_TYPES
from sourcebook.ports import Context

SETS = {
    "gvc": "gvc/train.docs.jsonl.gz",
    "satp": "satp/train.jsonl",
    "muc4": "muc4/train.jsonl.gz",
    "wikievents": "wikievents/dev.jsonl",
    "rams": "rams/dev.jsonl.gz",
    "ecbplus": "ecbplus/train.docs.jsonl.gz",
    "india": "indiapoliceevents/dev.jsonl.gz",
    "re3d": "re3d/dev.jsonl.gz",
}
LONGEST = 6000


class Drawn(NamedTuple):
    """A claim with what is needed to judge it."""

    source: str
    document: Document
    claim: Claim
    mentions: dict[Any, Mention]
    claims: dict[Any, Claim]


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a set."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as file:
        return [json.loads(line) for line in file]


def document(source: str, row: dict[str, Any]) -> Document:
    """A row as a document, in mixed case and dated where the set dates it."""
    text = (recased(row["text"]) if source == "muc4" else row["text"])[:LONGEST]
    sha = hashlib.sha256(text.encode()).hexdigest()
    day = str(row.get("date") or row.get("dct") or "")[:10]
    known = date.fromisoformat(day) if len(day) == 10 and day[:1].isdigit() else None
    days = Days(edtf=day, earliest=known, latest=known, basis="given") if known else None
    return Document(
        id=document_id(source, sha),
        path=source,
        sha256=sha,
        sequence=0,
        text=text,
        language="en",
        published=days,
    )


def claims(source: str, written: Document) -> Iterator[Drawn]:
    """The claims of a document about occurrences, kinds of thing left out."""
    found = extract(written, Context())
    mentions, every = {m.id: m for m in found.mentions}, {c.id: c for c in found.claims}
    for claim in found.claims:
        if claim.predicate in EVENT_TYPES and claim.scope is not Scope.GENERIC:
            yield Drawn(source, written, claim, mentions, every)


def draw(folder: Path, seed: int, count: int, documents: int) -> list[Drawn]:
    """About as many claims from each set."""
    chance = random.Random(seed)
    found: list[Drawn] = []
    for source, path in SETS.items():
        every = rows(folder / path)
        chosen = chance.sample(every, min(documents, len(every)))
        pool = [d for row in chosen for d in claims(source, document(source, row))]
        found += chance.sample(pool, min(len(pool), count // len(SETS) + 1))
    return found[:count]


def words(drawn: Drawn) -> str:
    """The roles of a claim: the words, what they were taken for, and the values of dates and counts."""
    parts = []
    for argument in drawn.claim.arguments:
        mention = drawn.mentions[argument.mention]
        said = mention.exact.replace("\n", "/")
        if mention.antecedent is not None and mention.antecedent in drawn.mentions:
            said += f" ({drawn.mentions[mention.antecedent].exact})"
        if isinstance(mention.value, Timex):
            said += f" [{mention.value.edtf}]"
        elif isinstance(mention.value, Quantity):
            said += f" [{mention.value.low}..{mention.value.high}]"
        parts.append(f"{argument.role}={said}")
    return "; ".join(parts)


def line(number: int, drawn: Drawn) -> str:
    """What the reader judges."""
    written, claim = drawn.document, drawn.claim
    sentence = written.quote(claim.evidence).replace("\n", " ")
    at = claim.trigger.start - claim.evidence.start
    if len(sentence) > 500:
        sentence = "…" + sentence[max(0, at - 250) : at + 250] + "…"
    earlier = drawn.claims.get(claim.antecedent) if claim.antecedent else None
    after = (
        f" <= {written.quote(earlier.trigger)} @{earlier.trigger.start - claim.evidence.start}"
        if earlier
        else ""
    )
    spoken = ", ".join(a.kind or "?" for a in claim.attribution)
    before = written.text[max(0, claim.evidence.start - 160) : claim.evidence.start].replace("\n", " ")
    return (
        f"{number} {drawn.source} | ({before}) {sentence}\n"
        f"    [{written.quote(claim.trigger)}] {claim.predicate}/{','.join(claim.modes)} {claim.scope} "
        f"{claim.status} {claim.factuality} | {words(drawn)}{after} {{{spoken}}}"
    )


def main() -> None:
    """Print the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=110)
    parser.add_argument("--documents", type=int, default=12)
    asked = parser.parse_args()
    for number, drawn in enumerate(draw(asked.folder, asked.seed, asked.count, asked.documents), 1):
        print(line(number, drawn))


if __name__ == "__main__":
    main()
