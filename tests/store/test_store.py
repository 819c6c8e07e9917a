"""What goes into a sourcebook comes out of it, and what must not change cannot."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sourcebook.errors import ChainBroken, ModelError
from sourcebook.model import (
    Anchor,
    Claim,
    Days,
    Decision,
    Document,
    Entity,
    EntityId,
    Mention,
    MentionKind,
    Record,
    Reliability,
    Skipped,
    Source,
    SourceId,
    SourceKind,
    Span,
    Verdict,
    document_id,
)
from sourcebook.ports import Extraction, Raw, Reading
from sourcebook.store.derived import Name
from sourcebook.store.extractions import Extracted
from sourcebook.store.store import Store

TEXT = "Gunmen killed nine people in Velm on Monday."
RAW = Raw(TEXT.encode(), "a.txt", {"publisher": "The Velm Post"})


def document(path: str = "a.txt", text: str = TEXT) -> Document:
    sha256 = f"{abs(hash(text)):064x}"[:64]
    return Document(id=document_id(path, sha256), path=path, sha256=sha256, sequence=7, text=text)


def mention(of: Document) -> Mention:
    return Mention(span=of.span(29, 33), exact="Velm", kind=MentionKind.PLACE)


def claim(of: Document) -> Claim:
    return Claim(predicate="ASSAULT", trigger=of.span(7, 13), evidence=of.span(0, 44), extractor="x")


def decision(previous: str = "", why: str = "") -> Decision:
    return Decision(
        about=("c-1",),
        anchors=(Anchor(kind="claim", id="c-1"),),
        verdict=Verdict.REJECT,
        by="Ines",
        at=datetime(2024, 4, 1, tzinfo=UTC),
        why=why,
        previous=previous,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pile.sourcebook"


def test_a_document_comes_back_with_the_number_that_the_store_gave_it(path: Path) -> None:
    with Store(path, create=True) as store:
        store.put_file(RAW, [Reading(document(), None)], read_from="in/a.txt", reader="r1")
    with Store(path) as store:
        (found,) = store.documents()
        assert (found.text, found.sequence) == (TEXT, 0)
        assert store.original(store.files()[0].sha256) == TEXT.encode()
        assert store.files()[0].read_from == "in/a.txt"


def test_a_document_keeps_its_number_when_it_is_read_again(path: Path) -> None:
    with Store(path, create=True) as store:
        for name in ("a.txt", "b.txt", "a.txt"):
            raw = RAW._replace(path=name)
            store.put_file(raw, [Reading(document(name), None)], read_from=name, reader="r1")
        assert [(d.path, d.sequence) for d in store.documents()] == [("a.txt", 0), ("b.txt", 1)]


def test_documents_that_a_new_reader_does_not_see_are_gone_with_their_claims(path: Path) -> None:
    one, two = document("a.txt#1"), document("a.txt#2")
    with Store(path, create=True) as store:
        store.put_file(RAW, [Reading(one, None), Reading(two, None)], read_from="", reader="r1")
        put(store, two, Extraction([mention(two)], [claim(two)]))
        store.put_file(RAW, [Reading(one, None)], read_from="", reader="r2")
        assert [d.id for d in store.documents()] == [one.id]
        assert store.claims() == []


def test_what_is_known_of_a_source_is_not_forgotten(path: Path) -> None:
    rated = Source(
        id=SourceId("s-1"), name="Post", kind=SourceKind.NEWSPAPER, reliability=Reliability.USUALLY
    )
    bare = Source(id=SourceId("s-1"), name="The Post")
    with Store(path, create=True) as store:
        for name, source in (("a.txt", rated), ("b.txt", bare)):
            raw = RAW._replace(path=name)
            store.put_file(raw, [Reading(document(name), source)], read_from="", reader="r")
        (found,) = store.sources()
    assert (found.name, found.kind, found.reliability) == ("The Post", SourceKind.NEWSPAPER, "B")


def put(
    store: Store, found: Document, extraction: Extraction, *, key: str = "k", why: str | None = None
) -> None:
    store.put_extractions([Extracted(found, key, extraction, why)], extractor="x")


def test_an_extraction_that_is_there_is_not_written_again(path: Path) -> None:
    found = document()
    with Store(path, create=True) as store:
        store.put_file(RAW, [Reading(found, None)], read_from="", reader="r")
        put(store, found, Extraction([mention(found)], [claim(found)]))
        before = store._db.total_changes
        put(store, found, Extraction([mention(found)], [claim(found)]))
        assert store._db.total_changes == before


def test_an_extraction_replaces_the_one_before(path: Path) -> None:
    found = document()
    with Store(path, create=True) as store:
        store.put_file(RAW, [Reading(found, None)], read_from="", reader="r")
        put(store, found, Extraction([mention(found)], [claim(found)]), key="k1")
        put(store, found, Extraction([mention(found)], []), key="k2")
        assert store.mentions() == [mention(found)]
        assert store.claims() == []
        assert store.ledger()[found.id].key == "k2"


def test_an_extraction_that_cannot_be_kept_whole_is_not_kept_at_all(path: Path) -> None:
    found = document()
    with Store(path, create=True) as store:
        store.put_file(RAW, [Reading(found, None)], read_from="", reader="r")
        with pytest.raises(ModelError, match="twice"):
            put(store, found, Extraction([mention(found), mention(found)], []))
        assert store.ledger() == {}
        assert store.mentions() == []


def test_a_quarantined_document_is_listed_until_it_works(path: Path) -> None:
    found = document()
    with Store(path, create=True) as store:
        store.put_file(RAW, [Reading(found, None)], read_from="", reader="r")
        put(store, found, Extraction([], []), why="not done after 3 s")
        assert store.evidence().skipped == (Skipped(path="a.txt", stage="extract", why="not done after 3 s"),)
        put(store, found, Extraction([], []))
        assert store.evidence().skipped == ()


def test_a_file_name_that_is_not_unicode_can_be_listed(path: Path) -> None:
    with Store(path, create=True) as store:
        store.put_skipped(Skipped(path="caf\udce9.txt", stage="read", why="no text"))
        assert store.evidence().skipped[0].path == "caf\\udce9.txt"


def test_decisions_are_a_chain(path: Path) -> None:
    with Store(path, create=True) as store:
        store.append(decision())
        store.append(decision(decision().id, "twice"))
        assert [d.why for d in store.decisions()] == ["", "twice"]
        with pytest.raises(ChainBroken, match="the log ends at"):
            store.append(decision("n-elsewhere"))


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE decision SET hash = hash",
        "DELETE FROM decision",
        "REPLACE INTO decision SELECT * FROM decision",
    ],
)
def test_the_file_itself_refuses_to_change_a_decision(path: Path, forgery: str) -> None:
    with Store(path, create=True) as store:
        store.append(decision())
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match="only appended"):
            db.execute(forgery)


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE decision SET body = replace(body, 'Ines', 'Anna') WHERE sequence = 1",
        "DELETE FROM decision WHERE sequence = 1",
        "UPDATE decision SET body = '{}' WHERE sequence = 2",
    ],
)
def test_a_forged_log_is_found_out(path: Path, forgery: str) -> None:
    with Store(path, create=True) as store:
        store.append(decision())
        store.append(decision(decision().id))
    with closing(sqlite3.connect(path)) as db:
        for name in ("changed", "deleted"):
            db.execute(f"DROP TRIGGER decision_is_not_{name}")
        db.execute(forgery)
        db.commit()
    with Store(path) as store, pytest.raises(ChainBroken):
        store.decisions()


def test_what_was_derived_comes_back_and_can_be_replaced(path: Path) -> None:
    entity = Entity(id=EntityId("e-1"), kind=MentionKind.PLACE, name="Velm", mentions=())
    day = Days(edtf="2024-03", earliest=date(2024, 3, 1), latest=date(2024, 3, 31), basis="masthead")
    full = Record(
        entities=(entity,),
        skipped=(Skipped(path="e-1", stage="resolve", why="orphaned"),),
        origin_groups={document().id: "g-1"},
        dated={document().id: day},
    )
    with Store(path, create=True) as store:
        store.put_derived(full, name=Name("k1"))
        assert (store.record(), store.derived_name()) == (full, Name("k1"))
        store.put_derived(Record(), name=Name("k2"))
        assert (store.record(), store.derived_name()) == (Record(), Name("k2"))


def test_a_span_of_the_claim_survives_the_round_trip(path: Path) -> None:
    found = document()
    with Store(path, create=True) as store:
        store.put_file(RAW, [Reading(found, None)], read_from="", reader="r")
        put(store, found, Extraction([mention(found)], [claim(found)]))
        (kept,) = store.claims()
    assert kept == claim(found)
    assert kept.trigger == Span(found.id, 7, 13)
