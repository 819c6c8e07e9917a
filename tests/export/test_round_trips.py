"""What was written comes back: the whole record where a format holds it, and what else a format holds."""

import io
import json
from pathlib import Path

import msgspec
import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import example
from tests.export import full, planted

from sourcebook import project
from sourcebook.errors import InputError
from sourcebook.export import csv, files, json_read, relational
from sourcebook.export import json as exporting
from sourcebook.export.formats import PRODUCERS
from sourcebook.model import Record

WHOLE = ("json", "csv", "parquet")
RECORDS = {"planted": planted.record, "full": full.record, "example": example.record, "empty": Record}

WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
) | st.sampled_from(["=1+1", "'=x", "''-5", "a; b", '["a"]', "line\r\nend", '"', "; ", "'", "yes", "7"])


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("name", RECORDS)
def test_a_record_comes_back_whole(form: str, name: str, tmp_path: Path) -> None:
    made, out = RECORDS[name](), tmp_path / "out"
    files.write(made, form, out)
    back = project.record(out)
    # The export names the group of every document; a document alone is its own.
    groups = {d.id: made.origin_groups.get(d.id, d.id) for d in made.documents}
    assert back == msgspec.structs.replace(made, origin_groups=groups)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=4, max_size=4), names=st.lists(WORDS, max_size=3))
def test_whatever_the_words_are_csv_gives_them_back(
    words: list[str], names: list[str], tmp_path: Path
) -> None:
    whole = msgspec.json.decode(msgspec.json.encode(full.tree()))
    whole["documents"][0] |= {"title": words[0], "text": f"{whole['documents'][0]['text']}{words[1]}"}
    whole["events"][0]["label"] = words[2]
    whole["facts"][0]["readings"][0] |= {"speakers": names, "text": words[3]}
    whole["entities"][0] |= {"joined": names, "identifiers": {"wikidata": words[0]}}
    record = json_read.record(whole)
    csv.export(record, tmp_path)
    assert json_read.record(csv.read(tmp_path)) == record


def test_tables_hold_every_value_of_the_export() -> None:
    whole = full.tree()
    assert relational.tree(relational.tables(whole)) == whole
    held = relational.tables(whole)
    for name, rows in held.items():
        left_over = {column for row in rows for column, value in row.items() if value is not None}
        assert left_over <= set(relational.columns(name))


@pytest.mark.parametrize(
    "content", [b"{", b"{}", b'{"sourcebook": {"format": 99}}', b'{"sourcebook": {"format": 1}}']
)
def test_what_is_no_export_says_so(content: bytes, tmp_path: Path) -> None:
    place = tmp_path / "a.json"
    place.write_bytes(content)
    with pytest.raises(InputError, match="JSON export"):
        project.record(place)


def test_a_folder_of_tables_with_one_missing_says_so(tmp_path: Path) -> None:
    csv.export(planted.record(), tmp_path)
    (tmp_path / "events.csv").unlink()
    with pytest.raises(InputError, match="no CSV export"):
        project.record(tmp_path)


# -- what formats that do not hold the whole record give back of it -----------------------------


def main(form: str, record: Record) -> bytes:
    made = PRODUCERS[form](record).main
    assert made is not None
    return made


@pytest.mark.parametrize("name", ["planted", "full", "example"])
def test_statements_of_followthemoney_add_up_to_its_entities(name: str) -> None:
    record = RECORDS[name]()
    made = PRODUCERS["ftm"](record)
    assert made.main is not None
    entities = {e["id"]: e for e in map(json.loads, made.main.splitlines())}
    added: dict[str, dict[str, list[str]]] = {i: {} for i, e in entities.items() if not e["properties"]}
    for line in made.beside["statements.json"].splitlines():
        said = json.loads(line)
        added.setdefault(said["canonical_id"], {}).setdefault(said["prop"], []).append(said["value"])
        assert said["schema"] == entities[said["canonical_id"]]["schema"]
    assert added == {i: e["properties"] for i, e in entities.items()}


@pytest.mark.parametrize("name", ["planted", "full", "example"])
def test_plover_gives_back_dates_tolls_speakers_and_spans(name: str) -> None:
    record = RECORDS[name]()
    claims = {c.id: c for c in record.claims}
    texts = {d.sequence: d for d in record.documents}
    of_events = {c: e for e in record.events for c in e.claims}
    for row in map(json.loads, main("plover", record).splitlines()):
        claim, at = claims[row["id"]], row["text_info"]
        assert texts[at["sequence"]].text[at["start"] : at["end"]] == row["text"]
        assert (row["event"], row.get("x_status")) == ([claim.predicate], claim.status)
        assert row["x_event"] == of_events[claim.id].id
        assert len(row["x_speakers"]) == 1 + len(claim.attribution)
        if row["x_date_basis"].startswith("of the event"):
            days = of_events[claim.id].date
            assert days is not None
            assert row["x_edtf"] == days.edtf
            assert row.get("enddate", row["date"]) == (str(days.latest) if days.latest else row["date"])


@pytest.mark.parametrize("name", ["planted", "full", "example"])
def test_geojson_and_stix_give_back_status_dates_and_tolls(name: str) -> None:
    record = RECORDS[name]()
    told = {e.id: (e.status.value, e.date.edtf if e.date else None) for e in record.events}
    features = json.loads(main("geojson", record))["features"]
    assert {(p["event"], (p["status"], p["date"])) for p in (f["properties"] for f in features)} == set(
        told.items()
    )
    incidents = [o for o in json.loads(main("stix", record))["objects"] if o["type"] == "incident"]
    held = [next(iter(i["extensions"].values())) for i in incidents]
    assert sorted((h["status"], h.get("edtf") or "") for h in held) == sorted(
        (s, d or "") for s, d in told.values()
    )
    tolls = {p["event"]: p["tolls"] for p in (f["properties"] for f in features)}
    assert [t for t in tolls.values() if t]
    assert sorted(map(str, filter(None, tolls.values()))) == sorted(
        str(h["tolls"]) for h in held if "tolls" in h
    )


@pytest.mark.parametrize("name", ["planted", "full", "example"])
def test_graphml_gives_back_who_had_which_part_by_whose_word(name: str) -> None:
    record = RECORDS[name]()
    graph = nx.read_graphml(io.BytesIO(main("graphml", record)), force_multigraph=True)
    got = sorted((a, b, v["relation"], v["word"]) for a, b, v in graph.edges(data=True) if "word" in v)
    assert got == sorted(
        (p.entity, e.id, p.role, p.attribution_status)
        for e in record.events
        for p in e.participants
        if p.entity
    )


@pytest.mark.parametrize("name", ["planted", "full", "example"])
def test_annotations_and_provenance_give_back_every_span(name: str) -> None:
    record = RECORDS[name]()
    texts = {f"urn:sourcebook:{d.id}": d.text for d in record.documents}
    spans = {}
    for note in json.loads(main("webanno", record))["first"]["items"]:
        targets = note["target"] if isinstance(note["target"], list) else [note["target"]]
        position, quote = targets[0]["selector"]
        assert texts[targets[0]["source"]][position["start"] : position["end"]] == quote["exact"]
        spans[note["id"].rpartition(":")[2]] = (position["start"], position["end"])
    claims = {c.id: (c.evidence.start, c.evidence.end) for c in record.claims}
    assert claims.items() <= spans.items()
    graph = {node["@id"]: node for node in json.loads(main("prov", record))["@graph"]}
    for claim, (start, end) in claims.items():
        assert graph[f"urn:sourcebook:{claim}"]["quotedFrom"].endswith(f"#char={start},{end}")


def test_json_of_a_record_read_from_json_is_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    exporting.export(example.record(), first)
    exporting.export(json_read.read(first.getvalue()), second)
    assert first.getvalue() == second.getvalue()
