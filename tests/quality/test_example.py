"""The bundled example held against its key, field by field; the share that is right may only rise."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from quality.keyed import Check, checks
from sourcebook.export.json import export
from sourcebook.project import build, record

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "marrovia"
FLOORS: dict[str, int] = json.loads((ROOT / "tests/quality/floors.json").read_text(encoding="utf-8"))[
    "example"
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Check]:
    file = tmp_path_factory.mktemp("example") / "example.sourcebook"
    build([EXAMPLE / "reports"], file, sources=EXAMPLE / "sources.csv")
    out = io.BytesIO()
    export(record(file), out)
    key: dict[str, Any] = json.loads((EXAMPLE / "key.json").read_text(encoding="utf-8"))
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
