"""Reading under guard: what a reader does to its worker costs one file, and custody knows every file."""

import csv
import io
import os
import sqlite3
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from tests import pile

from sourcebook import project
from sourcebook.config import Config
from sourcebook.engine.local import Local
from sourcebook.model import Skipped
from sourcebook.ports import Crew, Job, Limits, Raw, Reading, Task
from sourcebook.project import reading
from sourcebook.project.building import Code, keep
from sourcebook.project.verifying import verify
from sourcebook.read import kinds
from sourcebook.read.files import raws
from sourcebook.read.sources import table
from sourcebook.store.store import Store

HERE = f"{__name__}:misbehave"


def misbehave(raw: Raw, *, sequence: int) -> Iterator[Reading | Raw | Skipped]:
    match raw.data:
        case b"hang":
            time.sleep(60)
        case b"die":
            os.abort()
        case b"swell":
            bytearray(1 << 33)
        case b"stranger":
            raw = raw._replace(path="elsewhere")
        case b"inside":
            yield raw._replace(path=f"{raw.path}/die", data=b"die")
            yield raw._replace(path=f"{raw.path}/good", data=b"good")
            return
        case b"endless":
            yield raw._replace(path=f"{raw.path}/x")
            return
    yield from kinds.read(raw._replace(data=b"Five guards died."), sequence=sequence)


def test_a_reader_that_hangs_dies_swells_or_lies_costs_one_file() -> None:
    words = ("good", "hang", "die", "swell", "stranger", "inside", "endless", "good2")
    raws = [Raw(word.encode(), word, {}) for word in words]
    code = reading.Code(HERE, misbehave)
    found = list(reading.trees(raws, code, reading.Guard(Local(2), seconds=3.0, memory=1 << 32)))
    assert [tree[0].raw.path for tree in found] == list(words)
    read = [r.document.path for tree in found for leaf in tree for r in leaf.answer.readings]
    assert read == ["good", "inside/good", "good2"]
    why = {s.path: s.why for tree in found for leaf in tree for s in leaf.answer.skipped}
    assert why["hang"] == "not done after 3 s"
    assert why["die"] == why["inside/die"] == "the worker died (exit code -6)"
    assert why["swell"].startswith("MemoryError")
    assert why["stranger"] == "the reader gave a document of another file: elsewhere"
    assert why["endless/x/x/x/x/x/x"] == "more than 5 files deep"
    assert len(why) == 6


def test_only_short_plain_text_is_read_without_a_guard() -> None:
    """Neither a long text nor a list of a million names is looked at where a hang would stop the run."""
    names = b"".join(b"PK\x01\x02" + bytes(42) for _ in range(30_000))
    long = {
        "long": b"Five guards died. " * 20_000,
        "nested": b"[" * 300_000,
        "list": b"PK\x03\x04" + bytes(26) + names,
    }
    given = [Raw(data, path, {}) for path, data in {"short": b"Five guards died.", **long}.items()]
    done: list[str] = []

    class Noting(Local):
        @contextmanager
        def crew(self, task: Task, limits: Limits, /) -> Iterator[Crew]:
            with super().crew(task, limits) as crew:
                yield SimpleNamespace(run=lambda jobs: crew.run(self.noted(jobs)))  # type: ignore[misc]

        def noted(self, jobs: Iterable[Job]) -> Iterator[Job]:
            for job in jobs:
                done.append(msgspec.msgpack.decode(job.payload, type=Raw).path)
                yield job

    found = list(reading.trees(given, reading.code(Config()), reading.Guard(Noting(0))))
    assert sorted(done) == sorted(long)
    assert [tree[0].raw.path for tree in found if tree[0].answer.readings][:2] == ["short", "long"]


def archive(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return out.getvalue()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "pile.zip").write_bytes(archive({**pile.REPORTS, "bad.bin": "\0\1\2" * 99}))
    (folder / "bad.png").write_bytes(b"\x89PNG....")
    rows = [
        ["path", "publisher", "licence", "handling"],
        ["pile.zip", "Velm Courier", "CC BY 4.0", "not to be passed on"],
    ]
    with (tmp_path / "sources.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    project.build(
        [folder], tmp_path / "x.sourcebook", sources=tmp_path / "sources.csv", config=Config(workers=0)
    )
    return tmp_path / "x.sourcebook"


def test_what_is_in_an_archive_is_kept_as_files_of_its_own_and_read_once(book: Path) -> None:
    with Store(book) as store:
        assert [f.path for f in store.files()] == ["pile.zip", "pile.zip/courier.txt", "pile.zip/herald.txt"]
        assert store.original(store.documents()[0].sha256).decode() == pile.REPORTS["courier.txt"]
        assert [(d.licence, d.handling) for d in store.documents()] == [
            ("CC BY 4.0", "not to be passed on")
        ] * 2
        assert {s.path for s in store.evidence().skipped} == {"bad.png", "pile.zip/bad.bin"}
    report = project.build(
        [book.parent / "in"], book, sources=book.parent / "sources.csv", config=Config(workers=0)
    )
    assert (report.new, report.unchanged, report.extracted) == (0, 1, 0)


def test_a_row_of_the_table_may_speak_of_a_file_in_an_archive(tmp_path: Path) -> None:
    (tmp_path / "pile.zip").write_bytes(archive(pile.REPORTS))
    (tmp_path / "s.csv").write_text(
        "path,publisher,title,published\npile.zip,Velm Courier,All of it,2031-06-01\n"
        "pile.zip/herald.txt,Brannock Herald,,2031-05-13\npile.zip/none.txt,X,,\n"
    )
    (tree,) = list(
        reading.trees(
            (r for r in raws([tmp_path / "pile.zip"], table(tmp_path / "s.csv")) if isinstance(r, Raw)),
            reading.code(Config()),
            reading.Guard(Local(0)),
        )
    )
    found = {
        r.document.path: (r.source and r.source.name, r.document.title)
        for leaf in tree
        for r in leaf.answer.readings
    }
    assert found["pile.zip/courier.txt"] == ("Velm Courier", "Velm Courier")
    assert found["pile.zip/herald.txt"][0] == "Brannock Herald"
    dates = {r.document.path: r.document.published for leaf in tree for r in leaf.answer.readings}
    assert dates["pile.zip/courier.txt"].basis == "date on a line of its own"
    assert dates["pile.zip/herald.txt"].basis == "given in s.csv, row 3"
    with Store(tmp_path / "x.sourcebook", create=True) as store:
        limits = reading.Guard(Local(0))
        keep(store, tree, Code(reading.code(Config()), "r", limits, lambda tree: tree), "")
        assert [(s.path, s.why) for s in store.evidence().skipped] == [
            ("pile.zip/none.txt", "s.csv, row 4: nothing of this path was found in pile.zip")
        ]


def test_the_manifest_names_every_file_met_and_verify_checks_its_chain(book: Path) -> None:
    with Store(book) as store:
        entries = {e.path: e for e in store.manifest()}
    assert {path: e.outcome for path, e in entries.items()} == {
        "bad.png": "skipped", "pile.zip": "read", "pile.zip/bad.bin": "skipped",
        "pile.zip/courier.txt": "read", "pile.zip/herald.txt": "read",
    }  # fmt: skip
    assert entries["pile.zip/bad.bin"].why == "binary file: no text in it"
    assert entries["pile.zip/courier.txt"].container == "pile.zip"
    assert entries["pile.zip/courier.txt"].size == len(pile.REPORTS["courier.txt"].encode())
    assert entries["pile.zip/courier.txt"].licence == "CC BY 4.0"
    assert verify(book, config=Config(workers=0)).findings == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE custody SET body = replace(body, '\"read\"', '\"lost\"') WHERE sequence = 2",
        "DELETE FROM custody WHERE sequence = 2",
    ],
)
def test_an_altered_manifest_is_found(book: Path, change: str) -> None:
    with closing(sqlite3.connect(book)) as db:
        with pytest.raises(sqlite3.IntegrityError, match="only appended"):
            db.execute(change)
        db.execute(f"DROP TRIGGER custody_is_not_{'changed' if 'UPDATE' in change else 'deleted'}")
        db.execute(change)
        db.commit()
    checks = {(f.check, f.about) for f in verify(book, config=Config(workers=0)).findings}
    assert ("manifest", "x.sourcebook") in checks
