"""The example pile, built once with two questions that stay open, and the app over a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sourcebook import project
from sourcebook.config import Config
from sourcebook.web import app
from sourcebook.web.book import Book
from sourcebook.web.safety import Session
from sourcebook.web.shelf import Shelf
from web import questions

EXAMPLE = Path(__file__).parents[2] / "examples" / "marrovia"
HOST = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sourcebook of the example pile and two questions; not to be written to."""
    folder = tmp_path_factory.mktemp("example")
    out = folder / "marrovia.sourcebook"
    project.refer(out, [EXAMPLE / "reference.csv"])
    project.build([EXAMPLE / "reports"], out, sources=EXAMPLE / "sources.csv", config=Config(workers=0))
    questions.add(out)
    return out


@pytest.fixture(scope="session")
def book(built: Path) -> Book:
    """The record of the example pile."""
    return Shelf(built).book()


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A copy of the example's sourcebook, for one test to write to."""
    return Path(shutil.copy(built, tmp_path / "own.sourcebook"))


@pytest.fixture
def session() -> Session:
    """The secrets of one run."""
    return Session(port=8765)


@pytest.fixture
def client(own: Path, session: Session) -> Iterator[TestClient]:
    """A browser without scripts that has opened the printed address."""
    with TestClient(app.make(own, session, settle=questions.rebuild), base_url=HOST) as made:
        made.get("/", params={"token": session.token or ""})
        yield made


@pytest.fixture
def pair(book: Book) -> tuple[str, str]:
    """Two events that wait for a decision."""
    return next(p.about for p in book.record.proposals if p.kind == "event")
