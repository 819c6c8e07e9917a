"""One attack in twelve dispatches and a report a year later, held against the key beside them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from examples import ROOT, record
from sourcebook.model import Event, Fact, Quantity, Record
from sourcebook.reconcile.statements import material
from sourcebook.views.series import Moves, moves
from sourcebook.views.toll import picks

KEY: dict[str, Any] = json.loads((ROOT / "maresk/key.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def pile() -> Record:
    return record("maresk")


@pytest.fixture(scope="module")
def attack(pile: Record) -> Event:
    return next(e for e in pile.events if e.label == KEY["event"])


@pytest.fixture(scope="module")
def found(pile: Record, attack: Event) -> Moves:
    return moves(material(pile).gathered(), attack)


@pytest.fixture(scope="module")
def toll(pile: Record, attack: Event) -> Fact:
    return next(f for f in pile.facts if f.subject == attack.id and f.property == "killed")


def test_every_report_of_the_toll_is_in_the_order_of_its_day(pile: Record, found: Moves) -> None:
    values = {c.id: c for c in pile.claims}
    assert [r.reported for r in found.rows] == [day for day, *_ in KEY["series"]]
    assert all(r.claim in values for r in found.rows)


def test_every_report_does_to_the_figure_before_it_what_a_reader_finds(found: Moves) -> None:
    shown = [f"≥{low}" if high is None else str(low) for _, (low, high), *_ in KEY["series"]]
    assert [(r.figure, r.move) for r in found.rows] == [
        (figure, move) for figure, (_, _, move, _) in zip(shown, KEY["series"], strict=True)
    ]


def test_a_report_stands_in_the_document_that_gives_it(found: Moves) -> None:
    wanted = [document for *_, document in KEY["series"]]
    assert [r.document if w else None for r, w in zip(found.rows, wanted, strict=True)] == wanted


def test_a_correction_replaces_the_figure_it_corrects_and_says_why(found: Moves) -> None:
    corrected = next(r for r in found.rows if r.move == "corrected")
    assert {found.rows[n - 1].figure for n in corrected.replaces} == {"23"}
    assert corrected.words == "counted twice"


def test_the_final_reading_is_the_last_that_replaced_another(found: Moves) -> None:
    assert [r.figure for r in found.rows if r.final] == ["22"]
    assert "risen" in found.why


def test_the_fact_keeps_every_reading_and_prefers_the_final_one(toll: Fact) -> None:
    figures = {(r.value.low, r.value.high) for r in toll.readings if isinstance(r.value, Quantity)}
    assert {(8, None), (12, 12), (17, 17), (23, 23), (21, 21), (22, 22), (31, None)} <= figures
    assert toll.preferred is not None
    assert toll.readings[toll.preferred].text == "22"


def test_what_was_replaced_is_no_conflict_but_what_nobody_took_back_is(toll: Fact) -> None:
    assert toll.relation.value == KEY["relation"]
    assert "31" in toll.explanation
    assert "23" not in toll.explanation


def test_reports_of_one_agency_are_one_origin(toll: Fact) -> None:
    found = {str(r.value.low): r.origins for r in toll.readings if isinstance(r.value, Quantity)}
    assert {n: found[n] for n in KEY["origins"]} == KEY["origins"]


def test_the_anniversary_is_no_new_attack(pile: Record, attack: Event) -> None:
    later = next(d.id for d in pile.documents if d.path == "13-herald-anniversary.txt")
    told = [e for e in pile.events if later in e.documents and e.type == "ASSAULT"]
    assert [e.id for e in told] == [attack.id]


def test_copies_are_grouped_and_nothing_else_is(pile: Record) -> None:
    paths = {d.id: d.path for d in pile.documents}
    groups: dict[str, list[str]] = {}
    for document, group in pile.origin_groups.items():
        groups.setdefault(group, []).append(paths[document])
    assert sorted(sorted(g) for g in groups.values() if len(g) > 1) == KEY["copies"]


def test_the_toll_shows_its_course(pile: Record, attack: Event, found: Moves) -> None:
    assert picks(pile, attack).series == found


def test_a_victim_who_dies_later_moves_the_toll_and_is_no_second_bombing(
    pile: Record, attack: Event, toll: Fact
) -> None:
    assert [e for e in pile.events if e.type == attack.type] == [attack]
    assert attack.date is not None
    assert attack.date.edtf == "2033-03-04"
    assert "A bus driver" not in {r.text for r in toll.readings}
