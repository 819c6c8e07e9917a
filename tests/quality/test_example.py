"""The bundled example held against its key, field by field; the share that is right may only rise."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests import example

from quality.keyed import Check, checks
from sourcebook.export.json import export
from sourcebook.views.draw import map as mapping

ROOT = Path(__file__).resolve().parents[2]
FLOORS: dict[str, int] = json.loads((ROOT / "tests/quality/floors.json").read_text(encoding="utf-8"))[
    "example"
]


@pytest.fixture(scope="module")
def found() -> list[Check]:
    out = io.BytesIO()
    export(example.record(), out)
    key: dict[str, Any] = json.loads((example.EXAMPLE / "key.json").read_text(encoding="utf-8"))
    return checks(key, json.loads(out.getvalue()))


@pytest.mark.parametrize("group", sorted(FLOORS))
def test_no_group_of_fields_falls_below_its_floor(found: list[Check], group: str) -> None:
    wrong = [f"{c.what}: {c.got}" for c in found if c.group == group and not c.right]
    right = sum(c.right for c in found if c.group == group)
    assert right >= FLOORS[group], "\n".join(wrong)


def test_every_group_of_the_key_has_a_floor(found: list[Check]) -> None:
    assert {c.group for c in found} == set(FLOORS)
    counts = Counter(c.group for c in found)
    assert all(FLOORS[group] <= count for group, count in counts.items())


def test_the_reference_list_puts_its_events_on_the_map_and_says_so() -> None:
    drawn = [place for place in mapping.places(example.record().events) if place.glyph]
    points = {p.name: (p.location.lat, p.location.lon) for e in example.record().events for p in e.places}
    assert len(drawn) >= 3
    assert points["Port Sallow"] == points["Port Sallow fish market"] == (44.61, -23.72)
    assert all(
        "reference list reference.csv" in place.location.basis
        for event in example.record().events
        for place in event.places
        if place.location.lat is not None
    )


def test_the_main_job_gives_the_list_with_the_example() -> None:
    assert "examples/marrovia/reference.csv" in (ROOT / "run").read_text(encoding="utf-8")
