"""Folders to a sourcebook: what is new, what is left alone, what is done again, what is refused."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests import pile

from sourcebook import plugins, project
from sourcebook.config import Config
from sourcebook.errors import InputError, NotASourcebook, StoreError
from sourcebook.export import json as exporting
from sourcebook.model import Document, Verdict
from sourcebook.ports import Context, Extraction
from sourcebook.project import reviewing, searching
from sourcebook.store.derived import Name
from sourcebook.store.store import Store


def exported(path: Path) -> bytes:
    out = io.BytesIO()
    exporting.export(project.record(path), out)
    return out.getvalue()


def test_a_folder_becomes_a_record_and_building_again_changes_nothing(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    before = exported(book)
    report = project.build([book.parent / "pile"], book, config=pile.QUICK)
    assert (report.new, report.unchanged, report.extracted, report.skipped) == (0, 2, 0, ())
    assert exported(book) == before


def test_documents_taken_in_for_later_are_searched_at_once_and_make_the_same_record(tmp_path: Path) -> None:
    whole, later = tmp_path / "whole.sourcebook", tmp_path / "later.sourcebook"
    source = pile.copy(tmp_path).parent / "pile"
    project.build([source], whole, config=pile.QUICK)
    report = project.take_in([source], later, config=pile.QUICK)
    assert (report.new, report.extracted) == (2, 2)
    with Store(later) as store:
        assert store.derived_name() is None
        text = store.documents()[0].text
    assert searching.documents(later, text.split()[0])
    assert exported(later) == exported(whole)


def test_what_follows_is_derived_again_only_if_something_changed(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    steps: list[str] = []
    for _ in range(2):
        project.build(
            [book.parent / "pile"], book, config=pile.QUICK, progress=lambda step, *_: steps.append(step)
        )
        (book.parent / "pile" / "later.txt").write_text("Calm returned to Tarvela on 14 May 2031.", "utf-8")
    assert steps.index("nothing changed") < steps.index("extracting") < steps.index("resolving")


def test_two_builds_of_one_pile_export_the_same_bytes(tmp_path: Path) -> None:
    folder = pile.write(tmp_path)
    project.build([folder], tmp_path / "a.sourcebook", config=pile.QUICK)
    assert exported(tmp_path / "a.sourcebook") == exported(pile.copy(tmp_path))


def test_only_the_new_document_is_extracted(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    (book.parent / "pile" / "later.txt").write_text("Calm returned to Tarvela on 14 May 2031.", "utf-8")
    report = project.build([book.parent / "pile"], book, config=pile.QUICK)
    assert (report.new, report.unchanged, report.extracted) == (1, 2, 1)
    assert [d.sequence for d in project.record(book).documents] == [0, 1, 2]


def test_another_day_for_the_clock_makes_extractions_stale_and_is_kept(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    report = project.build([], book, as_of=date(2031, 6, 1), config=pile.QUICK)
    assert report.extracted == 2
    assert project.build([], book, config=pile.QUICK).extracted == 0
    assert project.record(book).as_of == date(2031, 6, 1)


def test_two_workers_make_the_same_bytes_as_none(tmp_path: Path) -> None:
    folder = pile.write(tmp_path)
    project.build([folder], tmp_path / "a.sourcebook", config=Config(workers=2))
    assert exported(tmp_path / "a.sourcebook") == exported(pile.copy(tmp_path))


def test_a_killed_build_goes_on_where_it_was(tmp_path: Path) -> None:
    book = tmp_path / "x.sourcebook"

    def stop(step: str, done: int, of: int) -> None:
        if (step, done, of) == ("extracting", 1, 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        project.build([pile.write(tmp_path)], book, config=pile.QUICK, progress=stop)
    report = project.build([tmp_path / "pile"], book, config=pile.QUICK)
    assert (report.new, report.unchanged, report.extracted) == (0, 2, 1)


def test_bad_input_is_a_row_and_the_rest_is_unharmed(tmp_path: Path) -> None:
    folder = pile.write(tmp_path)
    (folder / "empty.txt").touch()
    (folder / "binary.bin").write_bytes(bytes(range(256)) * 50)
    (folder / "broken.txt").write_bytes(b"Caf\xe9 \xff\xfe\x81 words that are no UTF-8 at all")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(300_000_000)
    book = tmp_path / "x.sourcebook"
    report = project.build([folder, tmp_path / "missing"], book, config=pile.QUICK)
    why = {s.path: s.why for s in report.skipped}
    assert {"empty.txt", "binary.bin", "huge.txt"} <= set(why)
    assert any("missing" in path for path in why)
    assert "too large" in why["huge.txt"]
    assert {d.path for d in project.record(book).documents} >= set(pile.REPORTS)


def test_an_extractor_that_fails_costs_one_document_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "x.sourcebook"
    with monkeypatch.context() as patch:
        patch.setattr("sourcebook.extract.pipeline.extract", fail_on_courier)
        report = project.build([pile.write(tmp_path)], book, config=pile.QUICK)
        assert [(s.path, s.stage, s.why) for s in report.skipped] == [
            ("courier.txt", "extract", "ValueError: no good")
        ]
    again = project.build([tmp_path / "pile"], book, config=pile.QUICK)
    assert (again.extracted, again.skipped) == (1, ())


def fail_on_courier(document: Document, context: Context) -> Extraction:
    del context
    if document.path == "courier.txt":
        raise ValueError("no good")
    return Extraction([], [])


def test_the_sourcebook_may_lie_among_what_it_is_made_from(tmp_path: Path) -> None:
    folder = pile.write(tmp_path)
    book = folder / "pile.sourcebook"
    for _ in range(2):
        assert project.build([folder], book, config=pile.QUICK).skipped == ()


@pytest.mark.parametrize("place", ["folder", "none/x.sourcebook"])
def test_an_output_that_cannot_be_written_is_said_before_anything_is_read(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError):
        project.build([tmp_path], tmp_path / place, config=pile.QUICK)


def test_another_file_is_never_overwritten(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("keep me " * 100)
    with pytest.raises((NotASourcebook, StoreError)):
        project.build([pile.write(tmp_path)], notes, config=pile.QUICK)
    assert notes.read_text().startswith("keep me")


def test_originals_are_found_again_from_the_sourcebooks_folder(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    with Store(book) as store:
        assert sorted(f.read_from for f in store.files()) == ["pile/courier.txt", "pile/herald.txt"]


def test_a_decision_outlives_rebuild_and_another_extractor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = pile.copy(tmp_path)
    event = project.record(book).events[0]
    signed = ("Ines", datetime(2031, 6, 1, tzinfo=UTC), "not an event")
    reviewing.decide(book, Verdict.REJECT, (event.id,), signed=signed)
    assert event.id not in {e.id for e in project.rebuild(book).events}
    monkeypatch.setattr("sourcebook.extract.version.version", lambda: "rules-later")
    report = project.build([book.parent / "pile"], book, config=pile.QUICK)
    assert report.extracted == 2
    assert event.id not in {e.id for e in project.record(book).events}
    assert len(project.record(book).decisions) == 1


def test_a_stale_derivation_is_derived_anew_when_read(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    before = project.record(book)
    with Store(book) as store, store.transaction():
        store.put_derived(store.evidence(), name=Name("an older version"))
    assert project.record(book) == before


def test_the_version_of_a_plugin_follows_its_code() -> None:
    assert plugins.digest("sourcebook.resolve") != plugins.digest("sourcebook.reconcile")
    assert plugins.digest("sourcebook.resolve") == plugins.digest("sourcebook.resolve")
