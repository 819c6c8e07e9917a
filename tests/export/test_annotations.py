"""Annotations: out to the tools, back from them, and beside the record."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests import pile
from tests.export import planted

from sourcebook import project
from sourcebook.errors import InputError
from sourcebook.export import files
from sourcebook.export.formats import PRODUCERS
from sourcebook.export.units import Units
from sourcebook.model import Document, Record
from sourcebook.project import annotating
from sourcebook.views import annotations

FORMS = ("labelstudio", "inception", "webanno")


def written(form: str, record: Record, folder: Path) -> Path:
    """An export as its tool would give it back: what Label Studio's users accept is no prediction."""
    out = folder / form
    files.write(record, form, out)
    if form == "labelstudio":
        tasks = json.loads(out.read_bytes())
        for task in tasks:
            task["annotations"] = [
                {"completed_by": {"email": "ida@velm.example"}, **task.pop("predictions")[0]}
            ]
        out.write_text(json.dumps(tasks))
    return out


@given(st.text(st.sampled_from("aЖ\N{GRINNING FACE}\N{MUSICAL SYMBOL G CLEF}"), max_size=12))
def test_utf16_offsets_there_and_back(text: str) -> None:
    units = Units(text)
    assert [units.back(units.at(n)) for n in range(len(text) + 1)] == list(range(len(text) + 1))
    assert units.at(len(text)) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("form", FORMS)
def test_what_goes_out_comes_back_and_agrees(form: str, tmp_path: Path) -> None:
    record = planted.record()
    rows = annotations.rows(record, annotating.read(written(form, record, tmp_path)))
    told = {m for entity in record.entities for m in entity.mentions}
    unresolved = {m.id for m in record.mentions} - told  # Web Annotation has mentions of entities only
    assert {row.outcome for row in rows if form != "webanno" or row.id not in unresolved} == {"agreed"}
    claims = {c.id: (c.trigger.start, c.trigger.end, c.predicate) for c in record.claims}
    back = {row.id: (row.start, row.end, row.label) for row in rows}
    assert claims.items() <= back.items()


@pytest.mark.parametrize("form", FORMS)
def test_wide_letters_move_no_span(form: str, tmp_path: Path) -> None:
    record = planted.record()
    document = record.documents[0]
    wide = replace(document, text=document.text.replace("Velm,", "\N{GRINNING FACE}elm,"))
    moved = replace(record, documents=(wide,))
    found = annotating.read(written(form, moved, tmp_path))
    assert all(a.exact == wide.text[a.start : a.end] for a in found)
    assert "killed" in {a.exact for a in found}


def noted(document: Document, words: str, label: str, nth: int = 0) -> annotations.Annotation:
    at = -1
    for _ in range(nth + 1):
        at = document.text.index(words, at + 1)
    return annotations.Annotation(
        document="", text=document.text, start=at, end=at + len(words), exact=words, label=label
    )


def test_agreed_differs_only_here_only_there() -> None:
    record = planted.record()
    document = record.documents[0]
    rows = annotations.rows(
        record,
        [
            noted(document, "killed", "ASSAULT"),
            noted(document, "the raid", "ASSAULT"),
            noted(document, "led", "member"),
            noted(document, "named by police", "ACCUSE"),
        ],
    )
    told = {(row.outcome, row.words): row.differs for row in rows}
    assert told["agreed", "killed"] == ""
    assert told["differs", "the raid"] == "words: “raid” in the record"
    assert told["differs", "led"] == "label: leader in the record"
    assert ("only-there", "named by police") in told
    assert {words for outcome, words in told if outcome == "only-here"} == {"killed", "foiled", "suspect"}


def test_words_that_are_not_at_their_place_are_told_and_never_moved() -> None:
    record = planted.record()
    (row, *_) = annotations.rows(
        record,
        [
            noted(record.documents[0], "killed", "ASSAULT"),
            replace(noted(record.documents[0], "raid", "ASSAULT"), start=3, end=7),
        ],
    )
    assert (row.outcome, row.differs) == ("only-there", "its words are not at that place in any document")


def test_annotations_of_other_texts_are_refused() -> None:
    stranger = annotations.Annotation(document="", text="Else.", start=0, end=4, exact="Else", label="place")
    with pytest.raises(InputError, match="none of ours"):
        annotations.rows(planted.record(), [stranger])


@pytest.mark.parametrize(
    "whole",
    [
        {"a": 1},
        [1],
        [{"data": {}, "annotations": [{"result": []}]}],
        [{"data": {"text": "a"}, "annotations": [{"result": [{"type": "labels", "to_name": "text"}]}]}],
        {"%FEATURE_STRUCTURES": []},
        {"%FEATURE_STRUCTURES": 7},
    ],
)
def test_json_that_is_no_annotation_says_so(whole: Any, tmp_path: Path) -> None:
    place = tmp_path / "annotations.json"
    place.write_text(json.dumps(whole))
    with pytest.raises(InputError, match=r"annotations\.json"):
        annotating.read(place)


def test_what_an_annotator_kept_is_accepted_and_what_was_taken_out_rejected(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    record = project.record(book)
    place = written("labelstudio", record, tmp_path)
    tasks = json.loads(place.read_bytes())
    dropped = next(c for c in record.claims if c.predicate == "ASSAULT")
    for task in tasks:
        (done,) = task["annotations"]
        done["result"] = [r for r in done["result"] if r.get("id") != dropped.id]
    place.write_text(json.dumps(tasks))
    moment = datetime(2031, 7, 1, tzinfo=UTC)
    kept = annotating.take_in(book, place, by="R. Ayo", at=moment)
    assert (kept.rejected, kept.left) == (0, 0)
    assert kept.accepted == len(record.claims) - 1
    done = annotating.take_in(book, place, by="R. Ayo", at=moment, reject_missing=True)
    assert done.rejected == 1
    after = project.record(book)
    assert dropped.id not in {c for e in after.events for c in e.claims}
    assert len(after.decisions) == len(record.claims)
    assert "annotated in labelstudio by ida@velm.example" in {d.why for d in after.decisions}


def test_inception_files_have_the_layers_that_every_project_has() -> None:
    (content,) = PRODUCERS["inception"](planted.record()).beside.values()
    cas = json.loads(content)
    assert set(cas["%TYPES"]) == {"custom.Span", "custom.Relation"}
    by_id = {s["%ID"]: s for s in cas["%FEATURE_STRUCTURES"]}
    relations = [s for s in by_id.values() if s["%TYPE"] == "custom.Relation"]
    assert {r["label"] for r in relations} >= {"actor", "recipient", "killed"}
    for relation in relations:
        ends = by_id[relation["@Governor"]], by_id[relation["@Dependent"]]
        assert {end["%TYPE"] for end in ends} == {"custom.Span"}
        assert (relation["begin"], relation["end"]) == (ends[1]["begin"], ends[1]["end"])
