"""Decisions travel: to another sourcebook of the same pile, and not twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests import pile

from sourcebook import project
from sourcebook.errors import InputError
from sourcebook.model import Verdict
from sourcebook.project import exchanging, reviewing
from sourcebook.project.verifying import verify

NOW = datetime(2031, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    return pile.copy(tmp_path / "one"), pile.copy(tmp_path / "other")


def decided(book: Path) -> None:
    claims = project.record(book).claims
    first = reviewing.decide(book, Verdict.REJECT, (claims[0].id,), signed=("R. Ayo", NOW, "not so"))
    reviewing.decide(book, Verdict.ACCEPT, (claims[1].id,), signed=("R. Ayo", NOW, ""))
    reviewing.decide(book, Verdict.UNDO, (first.id,), signed=("M. Tull", NOW, "it is so"))


def test_decisions_come_in_once_with_who_when_and_their_first_ids(books: tuple[Path, Path]) -> None:
    one, other = books
    decided(one)
    content = exchanging.export(one)
    assert exchanging.take_in(other, content) == (3, 0)
    before, after = project.record(one).decisions, project.record(other).decisions
    assert [(d.by, d.at, d.verdict) for d in after] == [(d.by, d.at, d.verdict) for d in before]
    assert [d.id in a.why for d, a in zip(before, after, strict=True)] == [True] * 3
    assert after[2].about == (after[0].id,)
    assert project.record(other).events == project.record(one).events
    assert verify(other).findings == []
    assert exchanging.take_in(other, content) == (0, 3)
    assert exchanging.take_in(one, exchanging.export(other)) == (0, 3)


def test_an_altered_line_is_refused_and_nothing_is_taken_in(books: tuple[Path, Path]) -> None:
    one, other = books
    decided(one)
    content = exchanging.export(one).replace(b"M. Tull", b"N. Tull")
    with pytest.raises(InputError, match=r"line 3: n-.* was altered"):
        exchanging.take_in(other, content)
    with pytest.raises(InputError, match="line 1 holds no decision"):
        exchanging.take_in(other, b"{}\n")
    assert project.record(other).decisions == ()
