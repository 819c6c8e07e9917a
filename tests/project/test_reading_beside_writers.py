"""A record that is read while somebody writes is that of before or that of after, never half of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests import pile

from sourcebook.model import Record, Verdict
from sourcebook.project import deriving, listing, reviewing
from sourcebook.store.store import Store
from sourcebook.views.filters import Filters

#: What another program sets while the record is read; all that is derived depends on it.
DAY = date(2044, 4, 4)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return pile.copy(tmp_path)


@pytest.fixture
def disturbed(book: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody writes to the file the first time that its evidence is read, just before."""
    real, met = Store.evidence, []

    def evidence(store: Store, **given: Any) -> Record:
        if not met:
            met.append("written")
            with Store(book) as other:
                other.put_as_of(DAY)
        return real(store, **given)

    monkeypatch.setattr(Store, "evidence", evidence)
    yield
    assert met


@pytest.mark.usefixtures("disturbed")
def test_the_record_that_a_program_begins_with_is_whole(book: Path) -> None:
    held = deriving.held(book)
    with Store(book) as store:
        key = deriving.derivation_key(store, pile.QUICK)
    assert (held.record.as_of, held.key) == (DAY, key)


def test_a_newer_record_is_not_taken_before_all_of_it_is_there(
    book: Path, request: pytest.FixtureRequest
) -> None:
    known = deriving.held(book)
    claim = known.record.events[0].claims[0]
    reviewing.decide(
        book, Verdict.REJECT, (claim,), signed=("Reader", datetime(2031, 6, 9, tzinfo=UTC), "told twice")
    )
    request.getfixturevalue("disturbed")
    assert deriving.newer(book, known) is None
    deriving.settle(book)
    newer = deriving.newer(book, known)
    assert newer is not None
    assert newer.record.as_of == DAY
    assert claim not in {c.id for c in newer.record.claims}


@pytest.mark.usefixtures("disturbed")
def test_what_is_derived_meanwhile_follows_from_one_moment(book: Path) -> None:
    with Store(book) as store:
        deriving.derive_into(store, pile.QUICK)
        assert deriving.is_fresh(store, pile.QUICK)


def test_rows_that_somebody_makes_stale_are_not_shown(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, whole, met = Store.read, listing.record, []

    def read(store: Store, query: Any) -> Any:
        if not met:
            met.append("written")
            with Store(book) as other:
                other.put_as_of(DAY)
        return real(store, query)

    def record(*given: Any) -> Record:
        met.append("derived")
        return whole(*given)

    monkeypatch.setattr(Store, "read", read)
    monkeypatch.setattr(listing, "record", record)
    assert listing.events(book, Filters()).rows
    assert met == ["written", "derived"]
