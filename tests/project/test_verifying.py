"""One changed character, one edited decision, one deleted claim: each is found."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests import pile

from sourcebook import project
from sourcebook.export import files
from sourcebook.model import Verdict
from sourcebook.project import reviewing
from sourcebook.project.verifying import verify
from sourcebook.store import packing
from sourcebook.views import find


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return pile.copy(tmp_path)


def edit(book: Path, *statements: str) -> None:
    with closing(sqlite3.connect(book)) as db:
        for pack in (packing.inflated, packing.unpacked_row):
            db.create_function(pack.__name__, 1, lambda body, pack=pack: pack(body).decode())
        for pack in (packing.deflated, packing.packed_row):
            db.create_function(pack.__name__, 1, lambda text, pack=pack: pack(text.encode()))
        for statement in statements:
            db.execute(statement)
        db.commit()


def test_an_untouched_sourcebook_is_clean(book: Path) -> None:
    assert verify(book).findings == []
    assert verify(book, documents=book.parent / "pile").findings == []


def test_one_changed_character_of_a_document_names_the_stale_claims(book: Path) -> None:
    report = book.parent / "pile" / "courier.txt"
    report.write_text(report.read_text().replace("about 300", "about 500"))
    found = verify(book).findings
    assert any(f.about == "courier.txt" and "has changed" in f.why for f in found)
    stale = [f for f in found if f.why.startswith("stale")]
    assert stale
    assert all("300 fighters" in f.why for f in stale)
    claims = {c.id: c for c in project.record(book).claims}
    assert {f.about for f in stale} <= set(claims)


def test_a_missing_original_is_a_note_and_a_finding_only_where_it_must_be(book: Path) -> None:
    (book.parent / "pile" / "herald.txt").unlink()
    checked = verify(book)
    assert checked.findings == []
    assert any("herald.txt" in note for note in checked.notes)
    assert [f.about for f in verify(book, documents=book.parent / "pile").findings] == ["herald.txt"]


@pytest.mark.parametrize(
    ("forgery", "check"),
    [
        ("UPDATE document SET text = replace(text, 'Tarvela', 'Torvela') WHERE sequence = 0", "stored text"),
        (
            "UPDATE original SET content = deflated(replace(inflated(content), 'Tarvela', 'Torvela'))",
            "stored bytes",
        ),
        (
            "UPDATE finding SET mentions = deflated(replace(inflated(mentions), 'Tarvela', 'Torvela'))",
            "span",
        ),
        (
            "UPDATE event SET body = packed_row(replace(unpacked_row(body), 'ASSAULT', 'PROTEST'))",
            "derived tables",
        ),
        ("DELETE FROM fact", "derived tables"),
        ("DELETE FROM finding WHERE rowid = 1", "derived tables"),
    ],
)
def test_an_edited_row_is_found(book: Path, forgery: str, check: str) -> None:
    edit(book, forgery)
    assert check in {f.check for f in verify(book).findings}


def test_an_edited_decision_is_found(book: Path) -> None:
    event = project.record(book).events[0]
    signed = ("Ines", datetime(2031, 6, 1, tzinfo=UTC), "")
    reviewing.decide(book, Verdict.ACCEPT, (event.id,), signed=signed)
    assert verify(book).findings == []
    kept = "SELECT RAISE (ABORT, 'decisions are only appended')"
    edit(
        book,
        "DROP TRIGGER decision_is_not_changed",
        "UPDATE decision SET body = replace(body, 'Ines', 'Anna')",
        f"CREATE TRIGGER decision_is_not_changed BEFORE UPDATE ON decision\nBEGIN {kept}; END",
    )
    assert [f.check for f in verify(book).findings] == ["decisions"]


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_a_dossier_is_checked_and_a_deleted_claim_makes_it_fail(book: Path, suffix: str) -> None:
    record = project.record(book)
    out = book.parent / f"dossier{suffix}"
    count = files.write_dossier(record, find.actor(record, "Harrow Front"), out)
    assert count > 0
    checked = verify(book, [out])
    assert checked.findings == []
    assert checked.looked_at["citations"] == count
    edit(book, "DELETE FROM finding")
    assert "no such claim any more" in " ".join(f.why for f in verify(book, [out]).findings)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("founded in 2019", "founded in 2018", "does not say that there"),
        (" [^1]", "", "a sentence without a citation"),
    ],
)
def test_an_edited_dossier_is_found(book: Path, old: str, new: str, why: str) -> None:
    record = project.record(book)
    out = book.parent / "dossier.md"
    files.write_dossier(record, find.actor(record, "Harrow Front"), out)
    text = out.read_text()
    assert old in text
    out.write_text(text.replace(old, new))
    assert why in " ".join(f.why for f in verify(book, [out]).findings)
