"""Reference lists of four formats: what is taken of them, and what of a bad row is told."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.errors import InputError
from sourcebook.model import MentionKind
from sourcebook.read.lists import parse

HEAD = (
    "id,kind,name,aliases,weak_aliases,actor_kind,country,from,until,parent,latitude,longitude,precision,"
    "wikidata\n"
)
FTM = {
    "id": "x-1",
    "schema": "Organization",
    "properties": {
        "name": ["Velm Guard", "Guard of Velm"],
        "weakAlias": ["VG"],
        "topics": ["crime.terror"],
        "country": ["fr"],
        "incorporationDate": ["2019-03"],
        "wikidataId": ["Q77"],
    },
}


def statement(value: object, rank: str = "normal") -> dict[str, object]:
    """A statement of Wikidata."""
    return {"rank": rank, "mainsnak": {"datavalue": {"value": value}}}


WIKIDATA = {
    "id": "Q42000000",
    "labels": {"en": {"value": "Orsk Valley"}, "fr": {"value": "Val d'Orsk"}},
    "aliases": {"en": [{"value": "the Orsk"}]},
    "claims": {
        "P31": [statement({"id": "Q532"})],
        "P625": [statement({"latitude": 48.5, "longitude": -12.25})],
        "P571": [
            statement({"time": "+1800-00-00T00:00:00Z", "precision": 9}, "deprecated"),
            statement({"time": "+1901-06-00T00:00:00Z", "precision": 10}),
        ],
        "P131": [statement({"id": "Q1"})],
    },
}
OPENSANCTIONS = (
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset\n"
    'nk-1,Person,Osman Keld,"""Keld, Osman"";O. Keld",1970-01-01,fr,1 Rue X,P123,Embargo,+33,a@b.example,\n'
    "nk-2,Vessel,Velm Star,,,,,,,,,d\n"
)


def lines(*objects: object) -> bytes:
    return "\n".join(json.dumps(o) for o in objects).encode()


def test_an_analysts_table_gives_every_column() -> None:
    row = "hf,armed_group,Harrow Front,HF;Front of Harrow,the Front,militia,France,2019,2031-05,old,,,,Q5\n"
    parsed = parse((HEAD + row).encode(), "known.csv", "CC0-1.0")
    (entry,) = parsed.list.entries
    assert parsed.skipped == ()
    assert (parsed.list.format, parsed.list.size, parsed.list.licence) == ("csv", 1, "CC0-1.0")
    assert (entry.list, entry.id, entry.row) == ("known.csv", "hf", 2)
    assert (entry.names, entry.weak) == (("Harrow Front", "HF", "Front of Harrow"), ("the Front",))
    assert (entry.kind, entry.actor_kind, entry.country) == (MentionKind.ARMED_GROUP, "militia", "FR")
    assert (entry.since and entry.since.earliest, entry.until and entry.until.latest) == (
        date(2019, 1, 1),
        date(2031, 5, 31),
    )
    assert (entry.parent, entry.identifiers) == ("old", {"wikidata": "Q5"})


def test_columns_may_stand_in_any_order_between_any_usual_marks() -> None:
    parsed = parse(
        "name;longitude;id;latitude;precision\nOrsk;-12.25;o;48.5;town\n".encode("utf-16"), "o.csv"
    )
    (entry,) = parsed.list.entries
    assert (entry.lat, entry.lon, entry.precision, entry.kind) == (48.5, -12.25, "town", None)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",place,Orsk,,,,,,,,,,,", "no id"),
        ("o,place,-,,,,,,,,,,,", "no name"),
        ("o,robot,Orsk,,,,,,,,,,,", "kind 'robot' is none of"),
        ("o,place,Orsk,,,,Nowhereland,,,,,,,", "country 'Nowhereland' is not known"),
        ("o,place,Orsk,,,,,last week,,,,,,", "from: 'last week' is no date"),
        ("o,place,Orsk,,,,,,,,91,4,town,", "is no point"),
        ("o,place,Orsk,,,,,,,,nan,4,town,", "is no point"),
        ("o,place,Orsk,,,,,,,,48,,town,", "is no point"),
        ("o,place,Orsk,,,,,,,,48,4,,", "a point without a precision is not taken"),
        ("o,place,Orsk,,,,,,,,48,4,hamlet,", "precision 'hamlet' is none of"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_row_and_the_next_row_is_read(row: str, why: str) -> None:
    parsed = parse(f"{HEAD}{row}\ngood,place,Tarvela,,,,,,,,,,,\n".encode(), "p.csv")
    assert parsed.skipped[0].path == "p.csv, row 2"
    assert parsed.skipped[0].stage == "refer"
    assert why in parsed.skipped[0].why
    assert parsed.list.entries[-1].name == "Tarvela"
    assert all(e.lat is None for e in parsed.list.entries)


def test_an_id_counts_once() -> None:
    parsed = parse(f"{HEAD}a,place,Orsk,,,,,,,,,,,\na,place,Velm,,,,,,,,,,,\n".encode(), "p.csv")
    assert [e.name for e in parsed.list.entries] == ["Orsk"]
    assert "already in row 2" in parsed.skipped[0].why


def test_followthemoney_entities_give_actors_and_places_and_pass_over_the_rest() -> None:
    place = {"id": "x-2", "schema": "Address", "properties": {
        "full": ["Orsk"], "city": ["Orsk"], "latitude": ["48.5"], "longitude": ["-12.25"]}}  # fmt: skip
    link = {"id": "x-3", "schema": "Membership", "properties": {"member": ["x-1"]}}
    parsed = parse(lines(FTM, place, link), "ftm.json")
    guard, orsk = parsed.list.entries
    assert parsed.list.format == "followthemoney"
    assert (guard.kind, guard.names, guard.weak) == (
        MentionKind.ARMED_GROUP,
        ("Velm Guard", "Guard of Velm"),
        ("VG",),
    )
    assert (guard.country, guard.since and guard.since.edtf, guard.identifiers) == (
        "FR",
        "2019-03",
        {"wikidata": "Q77"},
    )
    assert (orsk.kind, orsk.lat, orsk.precision) == (MentionKind.PLACE, 48.5, "town")
    assert [s.why for s in parsed.skipped] == ["1 entries are neither actors nor places"]


def test_a_wikidata_extract_gives_labels_in_every_language_and_no_deprecated_value() -> None:
    parsed = parse(b"[\n" + lines(WIKIDATA) + b",\n]", "q.json")
    (entry,) = parsed.list.entries
    assert parsed.skipped == ()
    assert (entry.name, set(entry.aliases)) == ("Orsk Valley", {"Val d'Orsk", "the Orsk"})
    assert (entry.kind, entry.precision, entry.lat) == (MentionKind.PLACE, "town", 48.5)
    assert (entry.since and entry.since.edtf, entry.parent) == ("1901-06", "Q1")
    assert entry.identifiers == {"wikidata": "Q42000000"}


def test_labels_may_be_plain_texts() -> None:
    parsed = parse(lines({"id": "Q1", "labels": {"de": "Orsk"}, "aliases": {"de": ["Alt-Orsk"]}}), "q.json")
    assert parsed.list.entries[0].names == ("Orsk", "Alt-Orsk")


def test_opensanctions_gives_names_and_programmes_and_nothing_private() -> None:
    parsed = parse(OPENSANCTIONS.encode(), "targets.simple.csv")
    (entry,) = parsed.list.entries
    assert parsed.list.format == "opensanctions"
    assert (entry.name, entry.aliases, entry.note) == (
        "Osman Keld",
        ("Keld, Osman", "O. Keld"),
        "Embargo",
    )
    told = repr(entry)
    assert not any(private in told for private in ("1970", "Rue", "P123", "+33", "a@b"))
    assert parsed.skipped[0].why == "1 entries are neither actors nor places"


@pytest.mark.parametrize(
    "line",
    ["{", "3", '{"id": 3}', '{"id": "x", "schema": "Person"}', '{"schema": "Person", "properties": []}'],
)
def test_a_broken_object_is_told_and_the_next_is_read(line: str) -> None:
    parsed = parse(lines(FTM) + b"\n" + line.encode() + b"\n" + lines({**FTM, "id": "x-9"}), "ftm.json")
    assert [e.id for e in parsed.list.entries] == ["x-1", "x-9"]
    assert [s.path for s in parsed.skipped] == ["ftm.json, row 2"]


@pytest.mark.parametrize("data", [b"", b"one,two\n1,2\n", b"{}", b'{"a": 1}', b"\x00\x01\x02"])
def test_a_file_that_is_no_list_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(InputError, match=r"the reference list x\.csv"):
        parse(data, "x.csv")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_refused(data: bytes) -> None:
    for start in (b"", HEAD.encode(), lines(FTM) + b"\n", lines(WIKIDATA) + b"\n"):
        try:
            parsed = parse(start + data, "any")
        except InputError:
            continue
        assert parsed.list.size == len(parsed.list.entries)
