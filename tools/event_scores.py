"""Event types, triggers and roles against CASE 2021 task 2 (ACLED's types) and WikiEvents (KAIROS's)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, Any]
#: Labels of CASE 2021 that are no violence.
DISASTERS = ("NATURAL_DISASTER", "MAN_MADE_DISASTER")


@cache
def labels(name: str) -> dict[str, frozenset[str]]:
    """What our claims call the labels of a set: `acled`, `kairos` or `role` in event_types.tsv."""
    text = (Path(__file__).parent / "event_types.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {label: frozenset(ours.split("|")) for kind, label, ours in rows if kind == name}


def typed(gold: Sequence[Row], made: Sequence[Row]) -> float:
    """Percent of snippets whose label has a counterpart and whose type is among those found."""
    said = {r["id"]: {e["type"] for e in r["events"]} for r in made}
    asked = [(g["id"], labels("acled")[t]) for g in gold if (t := g["events"][0]["type"]) in labels("acled")]
    return 100 * sum(bool(said[i] & wanted) for i, wanted in asked) / len(asked)


def calm(gold: Sequence[Row], made: Sequence[Row]) -> float:
    """Percent of snippets about disasters in which no assault is read."""
    said = {r["id"]: {e["type"] for e in r["events"]} for r in made}
    asked = [g["id"] for g in gold if g["events"][0]["type"] in DISASTERS]
    return 100 * sum("ASSAULT" not in said[i] for i in asked) / len(asked) if asked else 0.0


def triggers(gold: Sequence[Row], made: Sequence[Row]) -> float:
    """F1 in percent of triggers that overlap and are of a type that the label stands for."""
    ours = frozenset().union(*labels("kairos").values())
    right = guessed = true = 0
    for row, said in _beside(gold, made):
        left = [e for e in said if e["type"] in ours]
        guessed += len(left)
        for event in _known(row):
            true += 1
            match = next((e for e in left if _same(event, e)), None)
            if match is not None:
                left.remove(match)
                right += 1
    return 200 * right / (guessed + true) if guessed + true else 0.0


def fillers(gold: Sequence[Row], made: Sequence[Row]) -> float:
    """F1 in percent of role fillers of the key's events: any mention of the entity, in that role.

    What ours have at triggers that the key does not have counts for nothing here; `triggers` counts it.
    """
    right = guessed = true = 0
    for row, said in _beside(gold, made):
        events = _known(row)
        guessed += sum(
            len(_fillers(e, labels("role").values())) for e in said if any(_same(g, e) for g in events)
        )
        for event in events:
            found = [e for e in said if _same(event, e)]
            for role, entities in event["roles"].items():
                wanted = labels("role").get(role)
                for entity in entities if wanted else ():
                    true += 1
                    right += any(
                        _overlap(f, m) for e in found for f in _fillers(e, (wanted,)) for m in entity
                    )
    return 200 * right / (guessed + true) if guessed + true else 0.0


def _beside(gold: Sequence[Row], made: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    said = {r["id"]: r["events"] for r in made}
    return ((row, said.get(row["id"], [])) for row in gold)


def _known(row: Row) -> list[Row]:
    return [e for e in row["events"] if _label(e) in labels("kairos")]


def _label(event: Row) -> str:
    return ".".join(event["type"].split(".")[:2])


def _same(theirs: Row, ours: Row) -> bool:
    return ours["type"] in labels("kairos")[_label(theirs)] and _overlap(theirs["trigger"], ours["trigger"])


def _fillers(event: Row, wanted: Any) -> list[Row]:
    names = frozenset().union(*wanted)
    return [f for role, found in event["roles"].items() if role in names for f in found]


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
