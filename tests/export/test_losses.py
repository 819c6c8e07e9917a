"""Loss reports: whatever an export does not show of a record is in the report beside it, with its id."""

from collections import defaultdict
from functools import cache

import pytest
from tests.export import full, planted

from sourcebook.export import csv, json_read, not_held
from sourcebook.export.formats import PRODUCERS, produced
from sourcebook.export.loss import Loss

FORMATS = [name for name in PRODUCERS if name not in not_held.WHOLE]


@cache
def content(name: str) -> object:
    made = PRODUCERS[name](full.record())
    return made.main, made.beside


@cache
def changes() -> tuple[full.Change, ...]:
    return tuple(full.changes())


def lost(name: str, change: full.Change) -> list[Loss]:
    """What the reports of the record, before and after the change, say of the thing that was changed."""
    reports = (*produced(change.record, name).losses, *base(name))
    return [loss for loss in reports if any(change.owner in i.split(" and ") for i in loss.ids)]


@cache
def base(name: str) -> tuple[Loss, ...]:
    return produced(full.record(), name).losses


def test_the_full_record_comes_back_from_its_json() -> None:
    assert json_read.record(full.tree()) == full.record()
    assert len(changes()) > 120


@pytest.mark.parametrize("name", FORMATS)
def test_a_change_that_an_export_does_not_show_is_in_its_report(name: str) -> None:
    silent = defaultdict(set)
    for change in changes():
        made = PRODUCERS[name](change.record)
        if (made.main, made.beside) != content(name):
            continue
        whats = {row.what for row in not_held.table() if row.is_lost_in(name) and change.field in row.fields}
        # What a format tallies itself is named by the thing as a whole or by its part: fact, claim, date.
        whats |= {
            "entity" if part == "entities" else part.removesuffix("s") for part in change.field.split(".")
        }
        if not whats & {loss.what for loss in lost(name, change)}:
            silent[change.field].add(change.owner)
    assert not silent


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_reported_lost_that_the_export_shows(name: str) -> None:
    never = {f for row in not_held.table() if row.is_lost_in(name) for f in row.fields}
    shown = {
        change.field
        for change in changes()
        if change.field in never
        and (lambda made: (made.main, made.beside))(PRODUCERS[name](change.record)) != content(name)
    }
    assert not shown


def test_every_field_that_is_listed_is_one_of_the_export() -> None:
    known = {change.field for change in changes()}
    listed = {f for row in not_held.table() for f in row.fields if not f.startswith("decisions")}
    assert listed <= known


@pytest.mark.parametrize("name", [*FORMATS, "csv"])
def test_reports_count_what_they_name(name: str) -> None:
    losses = csv.losses(planted.record()) if name == "csv" else produced(full.record(), name).losses
    for loss in losses:
        assert loss.count >= len(set(loss.ids)) > 0
        assert loss.why
