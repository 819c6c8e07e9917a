"""What goes into a sourcebook: refused files, dumps with columns of their own, other languages."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pile import QUICK, REPORTS

from sourcebook import plugins, project
from sourcebook.config import changed
from sourcebook.errors import ConfigError
from sourcebook.project import building, custody
from sourcebook.project.verifying import verify
from sourcebook.store import search

TEXT = "Gunmen of the Harrow Front killed 14 people at a market in Tarvela on 11 May 2031, police said."
FRENCH = (
    "Quatorze personnes ont été tuées dans un marché de la ville par des hommes armés, a dit la police dans "
    "un communiqué, et les habitants ont fui vers le nord avec leurs enfants et ce qui leur restait.\n"
)
RUSSIAN = "Четырнадцать человек погибли на рынке в городе, сообщила полиция. Жители ушли на север.\n"


def skipped(book: Path) -> dict[str, str]:
    return {s.path: s.why for s in project.record(book).skipped}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are given to a reader, in order."""
    met: list[str] = []
    trees = building.reading.trees

    def watched(raws, code, guard):
        return trees((met.append(raw.path) or raw for raw in raws), code, guard)

    monkeypatch.setattr(building.reading, "trees", watched)
    return met


def test_a_file_that_could_not_be_read_is_not_tried_again_until_something_changes(
    tmp_path: Path, read: list[str]
) -> None:
    pile, book = tmp_path / "pile", tmp_path / "a.sourcebook"
    pile.mkdir()
    (pile / "a.txt").write_text(REPORTS["courier.txt"])
    (pile / "bad.pdf").write_bytes(b"%PDF-1.7 ...")
    project.build([pile], book, config=QUICK)
    assert read == ["a.txt", "bad.pdf"]
    project.build([pile], book, config=QUICK)
    assert read == ["a.txt", "bad.pdf"]
    assert "damaged PDF" in skipped(book)["bad.pdf"]
    project.build([pile], book, config=replace(QUICK, read_seconds=60))
    assert read[2:] == ["bad.pdf"]
    (pile / "bad.pdf").write_bytes(b"%PDF-1.7 ....")
    project.build([pile], book, config=QUICK)
    assert read[3:] == ["bad.pdf"]
    assert verify(book, config=QUICK).findings == []


DUMPS = {
    "dump.csv": f'No;Caption;Wording;Day\n1;Market;"{TEXT}";11 May 2031\n',
    "dump.json": f'[{{"No": 1, "Caption": "Market", "Wording": "{TEXT}", "Day": "2031-05-11"}}]',
    "dump.jsonl": f'{{"No": 1, "Caption": "Market", "Wording": "{TEXT}", "Day": "2031-05-11"}}\n',
}


@pytest.mark.parametrize("name", DUMPS)
def test_columns_that_the_user_names_are_remembered(name: str, tmp_path: Path) -> None:
    pile, book = tmp_path / "pile", tmp_path / "a.sourcebook"
    pile.mkdir()
    (pile / name).write_text(DUMPS[name])
    own = changed(QUICK, columns={"text": "Wording", "title": "Caption", "published": "Day"})
    project.build([pile], book, config=own)
    (document,) = project.record(book).documents
    assert (document.title, document.published and document.published.edtf) == ("Market", "2031-05-11")
    assert TEXT in document.text
    assert document.published is not None
    assert "column Day" in document.published.basis
    (pile / f"more-{name}").write_text(DUMPS[name].replace("14", "15"))
    again = project.build([pile], book, config=QUICK)
    assert (again.new, again.unchanged) == (1, 1)
    assert len(project.record(book).documents) == 2
    assert verify(book, config=QUICK).findings == []


def test_a_column_that_no_dump_has_changes_nothing_and_a_field_that_there_is_not_is_an_error(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text(REPORTS["courier.txt"])
    report = project.build(
        [tmp_path / "a.txt"], tmp_path / "a.sourcebook", config=changed(QUICK, columns={"text": "Wording"})
    )
    assert report.new == 1
    with pytest.raises(ConfigError, match="no field is called body"):
        changed(QUICK, columns={"body": "x"})


def test_what_is_not_english_is_stored_searchable_and_listed_as_not_read(tmp_path: Path) -> None:
    pile, book = tmp_path / "pile", tmp_path / "a.sourcebook"
    pile.mkdir()
    (pile / "fr.txt").write_text(FRENCH)
    (pile / "ru.txt").write_text(RUSSIAN)
    (pile / "both.txt").write_text(f"{REPORTS['courier.txt']}\n{FRENCH}")
    project.build([pile], book, config=QUICK)
    record, why = project.record(book), skipped(book)
    languages = {d.path: d.language for d in record.documents}
    assert (languages["fr.txt"], languages["both.txt"]) == ("fr", None)
    assert "in another language (fr)" in why["fr.txt"]
    assert "in another language" in why["ru.txt"]
    both = next(d for d in record.documents if d.path == "both.txt")
    start = both.text.index("Quatorze")
    assert why[f"both.txt, characters {start}-{len(both.text) - 1}"].endswith("(fr): not read")
    assert {m.span.document for m in record.mentions} == {both.id}
    assert all(m.span.end <= start for m in record.mentions)
    assert search.documents(book, "personnes tuées")
    before = project.build([pile], book, config=QUICK)
    assert (before.new, before.extracted) == (0, 0)


def shout(paragraphs, language):
    """A toy: what it says has nothing to do with what it is given."""
    assert language == "fr"
    return [TEXT for _ in paragraphs]


def silence(*given):
    del given
    return []


@pytest.mark.parametrize("name", ["shout", "silence"])
def test_a_translator_makes_a_document_beside_the_original(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toys = {"shout": shout, "silence": silence}
    load, version = plugins.load, plugins.version
    monkeypatch.setattr(plugins, "load", lambda kind, name: toys.get(name) or load(kind, name))
    monkeypatch.setattr(plugins, "version", lambda kind, name: "1" if name in toys else version(kind, name))
    book = tmp_path / "a.sourcebook"
    (tmp_path / "fr.txt").write_text(FRENCH)
    project.build([tmp_path / "fr.txt"], book, config=replace(QUICK, translator=name))
    record = project.record(book)
    if name == "silence":
        assert len(record.documents) == 1
        assert (
            "gave 0 paragraphs for 1" in skipped(book)["fr.txt"]
            or "another language" in skipped(book)["fr.txt"]
        )
        return
    original, made = record.documents
    assert (made.path, made.translation_of, made.language) == ("fr.txt/translation-en", original.id, "en")
    assert (made.translated, made.translated_why) == (True, "by the plugin shout, from fr")
    assert {c.evidence.document for c in record.claims} == {made.id}
    assert all(made.quote(c.evidence) in TEXT for c in record.claims)
    assert verify(book, config=QUICK).findings == []


def test_custody_lists_every_file_met_with_its_notes(tmp_path: Path) -> None:
    pile, book = tmp_path / "pile", tmp_path / "a.sourcebook"
    pile.mkdir()
    (pile / "a.txt").write_text(REPORTS["courier.txt"])
    (pile / "bad.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "s.csv").write_text("path,licence,handling\npile/a.txt,CC0,internal\n")
    project.build([pile], book, sources=tmp_path / "s.csv", config=QUICK)
    told = {e.path: (e.outcome, e.licence, e.handling, e.size) for e in custody.manifest(book)}
    size = len(REPORTS["courier.txt"])
    assert told == {"a.txt": ("read", "CC0", "internal", size), "bad.pdf": ("skipped", None, None, 12)}
