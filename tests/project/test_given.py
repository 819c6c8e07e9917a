"""Files that a person hands in beside documents: whatever is in them, they are used or refused in words."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest
from tests import pile

from sourcebook import config
from sourcebook.errors import InputError
from sourcebook.export import files
from sourcebook.project import annotating, exchanging, sheets
from sourcebook.project.verifying import verify
from sourcebook.read import lists, sources

JUNK = {
    "nothing": b"",
    "NULs": b"\0" * 5_000,
    "no encoding": b"\xff\xfe\xfd" * 3_000,
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"a":' * 200_000,
    "deep objects as TOML": b"a = " + b"[" * 50_000,
    "half a letter": b'{"id": "\\ud800", "decision": "\\udfff", "sourcebook": 1}\n',
    "half a letter in a name": b'{"\\ud800": 1}\n[{"\\ud800": 1}]',
    "no number": b'{"id": 1e999999999, "decision": ' + b"9" * 50_000 + b"}\n",
    "a million quotes": b'path,publisher,date,place,id,name\n"' + b'""' * 500_000,
    "a cell of a megabyte": b"path,publisher,date,place,id,name\n" + b"x" * 1_000_000 + b",b\n",
    "a header of a megabyte": b"a," * 500_000 + b"\n",
    "a hundred thousand rows of nothing": b"path,date,place,id,name\n" + b",\n" * 100_000,
    "a page without an end": b"<html>" + b"<p><a href='" * 20_000,
    "blanks": b" " * 1_000_000,
    "a list of nothing": b'[{"annotations": [null], "data": null}]',
    "another type": b'{"@context": 1, "items": 3, "sourcebook": {"format": 1}, "claims": {}}',
    "ids that climb": b'{"id": "../../x", "schema": "Person", "properties": {"name": ["../../x", 3, null]}}',
}
READERS: dict[str, Callable[[Path, Path], object]] = {
    "decisions": lambda place, book: exchanging.take_in(book, place.read_bytes(), pile.QUICK),
    "reference list": lambda place, _: lists.parse(place.read_bytes(), "x.csv"),
    "table of sources": lambda place, _: sources.table(place),
    "sheet": lambda place, _: sheets.read(place),
    "annotations": lambda place, _: annotating.read(place),
    "annotations taken in": lambda place, book: annotating.take_in(
        book, place, by="Reader", at=datetime(2031, 6, 1, tzinfo=UTC)
    ),
    "settings": lambda place, _: config.load(place),
    "export": lambda place, _: files.read(place),
    "dossier": lambda place, book: verify(book, [place], config=pile.QUICK),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pile.copy(tmp_path_factory.mktemp("given"))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_used_or_refused_in_words(book: Path, tmp_path: Path, reader: str, junk: str) -> None:
    place = tmp_path / "given.json"
    place.write_bytes(JUNK[junk])
    before = book.read_bytes()
    began = process_time()
    refused = ""
    try:
        READERS[reader](place, book)
    except InputError as error:
        refused = str(error)
    assert len(refused) < 2_000
    assert not refused or book.read_bytes() == before
    assert process_time() - began < 10
