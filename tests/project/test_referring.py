"""Reference lists in a sourcebook: kept, replaced, dropped, checked, salvaged, masked; never counted."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import pile

from sourcebook import project
from sourcebook.cli import cli
from sourcebook.errors import InputError, NotFound
from sourcebook.project import custody, salvaging, verifying
from sourcebook.views import find, lists, redaction
from sourcebook.views.actor import page

LIST = (
    "id,kind,name,aliases,latitude,longitude,precision,note\n"
    "hf,armed_group,Harrow Front,Bearers of the Lamp,,,,\n"
    "keld,person,Osman Keld,Keld the Elder,,,,of Orsk\n"
    "tarvela,place,Tarvela,,48.5,-12.25,town,\n"
    "bad,robot,R,,,,,\n"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the built sourcebook, and a list beside it."""
    (tmp_path / "known.csv").write_text(LIST)
    (tmp_path / "known.csv.license").write_text("SPDX-License-Identifier: CC0-1.0\n")
    return pile.copy(tmp_path)


def referred(book: Path, tmp_path: Path) -> Path:
    project.refer(book, [tmp_path / "known.csv"])
    project.rebuild(book)
    return book


def test_a_list_is_kept_with_digest_and_licence_and_its_bad_row_is_told(book: Path, tmp_path: Path) -> None:
    faults = project.refer(book, [tmp_path / "known.csv"])
    made = project.rebuild(book)
    (held,) = made.references
    assert (held.name, held.size, held.licence) == ("known.csv", 3, "SPDX-License-Identifier: CC0-1.0")
    assert [f.path for f in faults] == ["known.csv, row 5"]
    assert [s.path for s in made.skipped if s.stage == "refer"] == ["known.csv, row 5"]
    assert custody.manifest(book)[-1].licence == held.licence
    assert lists.references(made)[0].linked == 3


def test_the_file_itself_is_needed_no_more_and_the_stored_record_is_the_derived_one(
    book: Path, tmp_path: Path
) -> None:
    made = project.rebuild(referred(book, tmp_path))
    (tmp_path / "known.csv").unlink()
    assert project.rebuild(book) == made
    assert project.record(book) == made
    assert verifying.verify(book).findings == []


def test_nothing_is_counted_that_only_a_list_says(book: Path, tmp_path: Path) -> None:
    before = project.record(book)
    after = project.record(referred(book, tmp_path))
    assert (after.claims, after.facts, after.documents) == (before.claims, before.facts, before.documents)
    assert [e.origins for e in after.events] == [e.origins for e in before.events]
    assert after.origin_groups == before.origin_groups


def test_given_again_it_replaces_the_list_of_that_name_and_dropped_it_is_gone(
    book: Path, tmp_path: Path
) -> None:
    without = project.rebuild(book)
    referred(book, tmp_path)
    (tmp_path / "known.csv").write_text("id,name\n1,Velm Courier\n")
    project.refer(book, [tmp_path / "known.csv"])
    made = project.rebuild(book)
    assert [h.size for h in made.references] == [1]
    assert not [s for s in made.skipped if s.stage == "refer"]
    project.forget(book, ["known.csv"])
    assert project.rebuild(book) == without
    with pytest.raises(NotFound, match="it holds: none"):
        project.forget(book, ["known.csv"])


def test_a_file_that_is_no_list_leaves_the_sourcebook_as_it_was(book: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("one,two\n1,2\n")
    before = book.read_bytes()
    for files in ([tmp_path / "known.csv", tmp_path / "bad.csv"], [tmp_path / "none.csv"]):
        with pytest.raises(InputError):
            project.refer(book, files)
    assert book.read_bytes() == before


def test_an_actor_is_found_by_a_name_that_only_a_list_gives(book: Path, tmp_path: Path) -> None:
    made = project.record(referred(book, tmp_path))
    front = find.actor(made, "Bearers of the Lamp")
    assert front.name == "Harrow Front"
    shown = page(made, front)
    assert [(r.list, r.entry) for r in shown.listed] == [("known.csv", "hf")]
    names = {n.name: n for n in shown.names}
    assert (names["Bearers of the Lamp"].mentions, names["Bearers of the Lamp"].lists) == (0, ["known.csv"])
    assert names["Harrow Front"].lists == ["known.csv"]


def test_changed_entries_and_changed_bytes_are_found(book: Path, tmp_path: Path) -> None:
    referred(book, tmp_path)
    with closing(sqlite3.connect(book)) as db, db:
        (packed,) = db.execute("SELECT entries FROM reference_list").fetchone()
        changed = zlib.compress(zlib.decompress(packed).replace(b"48.5", b"12.5"))
        db.execute("UPDATE reference_list SET entries = ?", (changed,))
    found = verifying.verify(book).findings
    assert ("reference list", "known.csv") in [(f.check, f.about) for f in found]
    with closing(sqlite3.connect(book)) as db, db:
        (digest,) = db.execute("SELECT sha256 FROM reference_list").fetchone()
        db.execute("UPDATE original SET content = x'00', deflated = 0 WHERE sha256 = ?", (digest,))
    found = verifying.verify(book).findings
    assert ("stored bytes", "known.csv") in [(f.check, f.about) for f in found]


def test_a_list_is_salvaged_with_the_rest(book: Path, tmp_path: Path) -> None:
    made = project.record(referred(book, tmp_path))
    saved = salvaging.into(book, tmp_path / "new.sourcebook", config=pile.QUICK)
    assert saved.whole
    assert project.record(tmp_path / "new.sourcebook").references == made.references


def test_a_masked_person_keeps_nothing_that_a_list_says(book: Path, tmp_path: Path) -> None:
    made = redaction.redacted(project.record(referred(book, tmp_path)), "persons")
    assert "Keld" not in repr(made)
    assert "of Orsk" not in repr(made)
    assert [one.entry.id for e in made.entities for one in e.listed] == ["hf", "tarvela"]


def test_build_takes_a_list_and_says_what_it_left_out(book: Path, tmp_path: Path) -> None:
    given = ["build", str(book.parent / "pile"), "-o", str(book), "--workers", "0"]
    ran = CliRunner().invoke(cli, [*given, "--reference", str(tmp_path / "known.csv")])
    assert (ran.exit_code, "1 rows or cells of reference lists were left out" in ran.stderr) == (0, True)
    shown = CliRunner().invoke(cli, ["actor", str(book), "Harrow Front"]).stdout
    assert "from reference lists, said by no document" in shown.lower()
    assert CliRunner().invoke(cli, [*given, "--drop-reference", "known.csv"]).exit_code == 0
    assert project.record(book).references == ()
