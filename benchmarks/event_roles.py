"""Roles of violent events and arrests against WikiEvents and RAMS: who did it, to whom, with what, where.

Run: python benchmarks/event_roles.py EVAL [--show N]; EVAL has wikievents/dev.jsonl and rams/dev.jsonl.gz. A gold argument is found
where a claim of the same sentence (the sentence of its trigger) has an overlapping mention in that role, or one that
refers back to it. An argument of ours counts for precision where its claim's trigger is one of the key's; it is
right where it overlaps a gold argument of that role in the sentence. The keys mark heads, and RAMS one event a text
and one mention an argument, so precision is a lower bound.
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
from sourcebook.model import Claim, Document, Scope, document_id
from sourcebook.model.vocabulary import EVENT_TYPES
from sourcebook.ports import Context, Extraction

SETS = {"WikiEvents": "wikievents/dev.jsonl", "RAMS": "rams/dev.jsonl.gz"}
ROLES = {
    "attacker": "doer", "killer": "doer", "injurer": "doer", "jailer": "doer", "demonstrator": "doer",
    "victim": "struck", "target": "struck", "detainee": "struck", "defendant": "struck",
    "instrument": "weapon", "explosivedevice": "weapon", "place": "place",
    "actor": "doer", "recipient": "struck", "killed": "struck", "injured": "struck", "abducted": "struck",
    "arrested": "struck", "suspect": "struck", "weapon": "weapon", "location": "place",
}  # fmt: skip
KINDS = {"conflict": ("ASSAULT", "PROTEST", "COERCE"), "life": ("ASSAULT",), "justice": ("COERCE", "ACCUSE")}
PEACEFUL = ("nonviolent", "illness", "yield")
Range = tuple[int, int]


class Gold(NamedTuple):
    """An event of the key: its trigger, the sentence around it, the types of ours that fit, its arguments."""

    trigger: Range
    sentence: Range
    types: tuple[str, ...]
    arguments: list[tuple[str, list[Range]]]


def keyed(row: dict[str, Any]) -> Iterator[Gold]:
    """The violent events and arrests of a row."""
    for event in row["events"]:
        kind = event["type"].lower()
        types = KINDS.get(kind.split(".")[0])
        if types is None or any(word in kind for word in PEACEFUL):
            continue
        at = event["trigger"]["start"], event["trigger"]["end"]
        around = next(((s, e) for s, e in row["sentences"] if s <= at[0] < e), at)
        told = [
            (ROLES[role.lower()], [(m["start"], m["end"]) for m in mentions])
            for role, entities in event["roles"].items()
            for mentions in entities
            if role.lower() in ROLES
        ]
        yield Gold(at, around, types, told)


def read(text: str) -> Extraction:
    """What extraction finds in a text without a date."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    return extract(Document(id=document_id("s", sha), path="s", sha256=sha, sequence=0, text=text), Context())


def overlap(left: Range, right: Range) -> bool:
    """Whether two ranges share a character."""
    return left[0] < right[1] and right[0] < left[1]


def arguments(claim: Claim, found: Extraction) -> Iterator[tuple[str, list[Range]]]:
    """The role and the places of each argument, with the place of what a pronoun stands for."""
    mentions = {m.id: m for m in found.mentions}
    for argument in claim.arguments:
        role = "struck" if argument.role == "target" else ROLES.get(argument.role)
        if role is None:
            continue
        mention = mentions[argument.mention]
        spans = [(mention.span.start, mention.span.end)]
        before = mentions.get(mention.antecedent) if mention.antecedent else None
        yield role, spans + ([(before.span.start, before.span.end)] if before else [])


def touches(left: list[Range], right: list[Range]) -> bool:
    """Whether any two overlap."""
    return any(overlap(a, b) for a in left for b in right)


def score(row: dict[str, Any], counts: Counter[str], missed: list[str]) -> None:
    """Count the row's arguments."""
    gold = list(keyed(row))
    if not gold:
        return
    found = read(row["text"])
    claims = [c for c in found.claims if c.predicate in EVENT_TYPES and c.scope is not Scope.GENERIC]
    for event in gold:
        near = [
            c
            for c in claims
            if c.predicate in event.types and overlap((c.trigger.start, c.trigger.end), event.sentence)
        ]
        ours = [a for c in near for a in arguments(c, found)]
        counts["events"] += 1
        counts["events found"] += bool(near)
        for role, spans in event.arguments:
            hit = any(role == r and touches(s, spans) for r, s in ours)
            counts[f"{role} gold"] += 1
            counts[f"{role} found"] += hit
            if not hit:
                start, end = spans[0]
                text = row["text"][slice(*event.sentence)].replace("\n", " ")
                missed.append(
                    f"{role} {row['text'][start:end]!r} of {row['text'][slice(*event.trigger)]!r}: {text}"
                )
    for claim in claims:
        at = claim.trigger.start, claim.trigger.end
        same = [e for e in gold if claim.predicate in e.types and overlap(at, e.trigger)]
        if not same:
            continue
        around = [e for e in gold if e.sentence == same[0].sentence]
        for role, spans in arguments(claim, found):
            counts[f"{role} ours"] += 1
            counts[f"{role} right"] += any(
                role == r and touches(s, spans) for e in around for r, s in e.arguments
            )


def main() -> None:
    """Print recall and precision of each role."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0)
    asked = parser.parse_args()
    for name, path in SETS.items():
        file = asked.folder / path
        counts, missed = Counter[str](), []
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open() as lines:
            for row in map(json.loads, lines):
                score(row, counts, missed)
        print(f"{name}: {counts['events']} events, {counts['events found']} with a claim in their sentence")
        for role in ("doer", "struck", "weapon", "place"):
            recall = 100 * counts[f"{role} found"] / max(counts[f"{role} gold"], 1)
            right = 100 * counts[f"{role} right"] / max(counts[f"{role} ours"], 1)
            print(
                f"  {role:7} {counts[f'{role} gold']:3} in the key, found {recall:4.1f}; "
                f"{counts[f'{role} ours']:3} of ours, right {right:4.1f}"
            )
        for line in missed[: asked.show]:
            print("  missed", line)


if __name__ == "__main__":
    main()
