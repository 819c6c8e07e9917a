"""Knowledge formats: valid by the field's own rules, opened by other programs, frank about what they lose."""

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from pyld import jsonld
from stix2validator import ValidationOptions, validate_instance
from tests import example
from tests.export import planted

from sourcebook.errors import ModelError
from sourcebook.export import files, ftm, labelstudio
from sourcebook.export.formats import PRODUCERS
from sourcebook.export.loss import How, Produced
from sourcebook.model import Days, Record
from sourcebook.views import redaction

RAID = planted.RAID


@pytest.fixture(params=["planted", "example"])
def record(request: pytest.FixtureRequest) -> Record:
    return planted.record() if request.param == "planted" else example.record()


def made(name: str, record: Record) -> Produced:
    return PRODUCERS[name](record)


def main(name: str, record: Record) -> bytes:
    content = made(name, record).main
    assert content is not None
    return content


def objects(name: str, record: Record) -> list[dict[str, Any]]:
    return [json.loads(line) for line in main(name, record).splitlines()]


@pytest.mark.parametrize("name", PRODUCERS)
def test_the_same_record_gives_the_same_bytes_and_an_empty_one_is_no_error(name: str) -> None:
    assert made(name, planted.record()) == made(name, planted.record())
    assert made(name, Record()).losses is not None


@pytest.mark.parametrize("name", PRODUCERS)
def test_every_loss_says_what_and_why_and_has_its_ids(name: str, record: Record) -> None:
    for loss in made(name, record).losses:
        assert loss.what
        assert loss.why
        assert loss.count >= len(loss.ids)


#: What of the planted record a format cannot hold as it is. The others hold it, and a test reads it back.
CANNOT = {
    "interval date": ("gtd", "acled", "plover", "ftm", "stix", "prov"),
    "range toll": ("gtd", "acled", "ucdp", "plover", "ftm", "stix", "prov"),
    "nested speaker": (
        "gtd",
        "acled",
        "ucdp",
        "ftm",
        "stix",
        "geojson",
        "graphml",
        "webanno",
        "prov",
        "labelstudio",
    ),
}
WORDS = {"interval date": "date", "range toll": "range of killed", "nested speaker": "nested speaker"}


@pytest.mark.parametrize(("trap", "name"), [(t, n) for t, names in CANNOT.items() for n in names])
def test_what_a_format_cannot_hold_is_in_its_report(trap: str, name: str) -> None:
    record = planted.record()
    known = {RAID, *(c.id for c in record.claims[:3])}
    (loss,) = [x for x in made(name, record).losses if x.what == WORDS[trap]][:1]
    assert known & set(loss.ids)
    assert loss.how in (How.DROPPED, How.ROUNDED)


# -- GeoJSON --------------------------------------------------------------------------------------


def test_geojson_is_rfc_7946(record: Record) -> None:
    whole = json.loads(main("geojson", record))
    assert whole["type"] == "FeatureCollection"
    assert "crs" not in whole
    assert len({f["id"] for f in whole["features"]}) == len(whole["features"])
    for feature in whole["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert feature["properties"]["precision"] in ("site", "town")


def test_geojson_has_longitude_first_and_no_pin_for_a_country() -> None:
    whole = json.loads(main("geojson", planted.record()))
    raid, plot = whole["features"]
    assert raid["geometry"] == {"type": "Point", "coordinates": [-12.25, 48.5]}
    assert plot["geometry"] is None
    assert plot["properties"]["where_prec"] == 6


def test_geojson_keeps_the_interval_and_the_bounds() -> None:
    raid = json.loads(main("geojson", planted.record()))["features"][0]["properties"]
    assert (raid["date"], raid["earliest"], raid["latest"]) == (
        "2031-05-03/2031-05-05", "2031-05-03", "2031-05-05"
    )  # fmt: skip
    assert raid["tolls"] == {"killed": [[21, None], [25, None]]}


# -- GraphML --------------------------------------------------------------------------------------


def test_networkx_reads_the_graph(record: Record) -> None:
    graph = nx.read_graphml(io.BytesIO(main("graphml", record)))
    kinds = {values["kind"] for _, values in graph.nodes(data=True)}
    assert "event" in kinds
    assert len([n for n, v in graph.nodes(data=True) if v["kind"] == "event"]) == len(record.events)
    assert {values["relation"] for *_, values in graph.edges(data=True)} & {"actor", "leader"}


def test_the_graph_keeps_intervals_bounds_and_terms() -> None:
    graph = nx.read_graphml(io.BytesIO(main("graphml", planted.record())))
    raid = graph.nodes[RAID]
    assert (raid["date"], raid["killed_low"]) == ("2031-05-03/2031-05-05", 21)
    assert "killed_high" not in raid
    (leads,) = [v for *_, v in graph.edges(data=True) if v["relation"] == "leader"]
    assert (leads["since"], leads["said_by"]) == ("2029", "Velm Post")


# -- PLOVER ---------------------------------------------------------------------------------------


def test_plover_has_what_the_manual_requires(record: Record) -> None:
    for row in objects("plover", record):
        assert {"id", "date", "actor", "event"} <= set(row)
        assert len(row["date"]) == 10
        assert 1 <= row["quad_code"] <= 4
        assert {"x_edtf", "x_date_basis"} <= set(row)


def test_plover_keeps_the_range_beside_the_day_and_the_chain_of_speakers() -> None:
    killed, told, _, foiled = objects("plover", planted.record())
    assert (killed["date"], killed["enddate"], killed["x_edtf"]) == (
        "2031-05-03", "2031-05-05", "2031-05-03/2031-05-05"
    )  # fmt: skip
    assert killed["x_size"] == {"dead": [[21, None]]}
    assert "size" not in killed
    assert told["x_speakers"] == ["Velm Post", "Ida Brenn", "commander"]
    assert (foiled["x_status"], killed["actor"][0]["code"], killed["actor"][0]["sector"]) == (
        "foiled", "IMG", "REB"
    )  # fmt: skip


# -- STIX -----------------------------------------------------------------------------------------


def test_the_stix_validator_finds_nothing_wrong(record: Record) -> None:
    bundle = json.loads(main("stix", record))
    found = validate_instance(bundle, ValidationOptions(version="2.1"))
    assert found.is_valid, [str(e) for e in found.errors]
    ids = {o["id"] for o in bundle["objects"]}
    refs = [o[k] for o in bundle["objects"] for k in ("source_ref", "target_ref", "created_by_ref") if k in o]
    assert set(refs) <= ids
    assert {r for o in bundle["objects"] for r in o.get("object_refs", ())} <= ids


def test_no_group_is_called_terrorist_unless_a_source_says_so() -> None:
    kinds = {o["type"] for o in json.loads(main("stix", planted.record()))["objects"]}
    assert "threat-actor" not in kinds


# -- FollowTheMoney -------------------------------------------------------------------------------


def test_entities_fit_the_schemata_and_point_at_one_another(record: Record) -> None:
    entities = {e["id"]: e for e in objects("ftm", record)}
    schemata = ftm.schemata()
    for entity in entities.values():
        schema = schemata[entity["schema"]]
        assert set(entity["properties"]) <= set(schema["properties"])
        for name, values in entity["properties"].items():
            kind = schema["properties"][name]
            if kind["type"] == "entity":
                for value in values:
                    assert kind["range"] in schemata[entities[value]["schema"]]["is"]
            if kind["type"] == "date":
                assert all(len(v) in (4, 7, 10) for v in values)


def test_statements_repeat_the_entities_with_their_place_in_a_document() -> None:
    produced = made("ftm", planted.record())
    statements = [json.loads(s) for s in produced.beside["statements.json"].splitlines()]
    entities = {e["id"]: e for e in objects("ftm", planted.record())}
    for s in statements:
        assert s["value"] in entities[s["entity_id"]]["properties"][s["prop"]]
        key = f"{s['dataset']}.{s['entity_id']}.{s['prop']}.{s['value']}"
        assert s["id"] == hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
    assert any("#char=0," in s["origin"] for s in statements)


def test_a_date_is_cut_to_what_both_ends_share() -> None:
    raid = next(e for e in planted.record().events if e.id == RAID)
    assert ftm.prefix(raid.date) == "2031-05"
    assert ftm.prefix(Days(edtf=None, earliest=None, latest=None, basis="")) == ""


def test_a_property_that_is_not_in_the_schema_is_refused() -> None:
    with pytest.raises(ModelError, match="no property shoeSize"):
        ftm._Writer(Record()).put("x", "Person", {"shoeSize": "44"})


# -- JSON-LD --------------------------------------------------------------------------------------

OA = "http://www.w3.org/ns/oa#"
_ANNO = {
    "oa": OA, "as": "https://www.w3.org/ns/activitystreams#", "id": "@id", "type": "@type",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "state": {"@id": "oa:hasState", "@type": "@id"}, "start": "oa:start", "end": "oa:end",
    "exact": "oa:exact",
    "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value", "motivation": "oa:motivatedBy",
    "purpose": "oa:hasPurpose", "first": "as:first", "items": {"@id": "as:items", "@container": "@list"},
    "total": "as:totalItems", "startIndex": "as:startIndex", "label": "rdf:label",
}  # fmt: skip


def _local(url: str, options: object) -> dict[str, Any]:
    """The part of the annotation vocabulary's context that is used; nothing is fetched."""
    del options
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": _ANNO}}


def test_annotations_expand_and_each_is_where_it_says(record: Record) -> None:
    whole = json.loads(main("webanno", record))
    assert jsonld.expand(whole, {"documentLoader": _local})
    texts = {f"urn:sourcebook:{d.id}": d.text for d in record.documents}
    targets = [
        t
        for item in whole["first"]["items"]
        for t in (item["target"] if isinstance(item["target"], list) else [item["target"]])
    ]
    assert targets
    for target in targets:
        place, quote = target["selector"]
        text = texts[target["source"]]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])
        assert text[place["end"] :].startswith(quote["suffix"])
        assert target["state"]["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_provenance_expands_to_prov_terms_and_leads_from_event_to_document(record: Record) -> None:
    expanded = jsonld.expand(json.loads(main("prov", record)))
    prov = "http://www.w3.org/ns/prov#"
    nodes = {n["@id"]: n for n in expanded}
    kinds = {t for n in expanded for t in n["@type"]}
    assert {f"{prov}Entity", f"{prov}Activity", f"{prov}SoftwareAgent"} <= kinds
    event = nodes[f"urn:sourcebook:{record.events[0].id}"]
    claim = nodes[event[f"{prov}wasDerivedFrom"][0]["@id"]]
    document = nodes[claim[f"{prov}wasDerivedFrom"][0]["@id"]]
    assert document["https://sourcebook.invalid/ns#sha256"]


# -- Parquet --------------------------------------------------------------------------------------


def test_pandas_reads_every_table(record: Record, tmp_path: Path) -> None:
    files.write(record, "parquet", tmp_path / "out")
    events = pd.read_parquet(tmp_path / "out" / "events.parquet")
    assert list(events["id"]) == [e.id for e in record.events]
    readings = pd.read_parquet(tmp_path / "out" / "readings.parquet")
    assert len(readings) == sum(len(f.readings) for f in record.facts)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Exception, match=r"sourcebook\[parquet\]"):
        made("parquet", planted.record())


# -- Label Studio ---------------------------------------------------------------------------------


def test_labels_are_where_javascript_counts_them(record: Record) -> None:
    tasks = json.loads(main("labelstudio", record))
    assert [t["data"]["text"] for t in tasks] == [d.text for d in record.documents]
    for task in tasks:
        units = task["data"]["text"].encode("utf-16-le")
        results = task["predictions"][0]["result"]
        ids = {r["id"] for r in results if "id" in r}
        for result in results:
            if result["type"] == "labels":
                where = result["value"]
                assert units[2 * where["start"] : 2 * where["end"]].decode("utf-16-le") == where["text"]
            else:
                assert {result["from_id"], result["to_id"]} <= ids


def test_offsets_after_a_letter_of_two_units_move_on_by_one() -> None:
    units = labelstudio.Units("a\N{GRINNING FACE}b\N{GRINNING FACE}c")
    assert [units.at(n) for n in range(6)] == [0, 1, 3, 4, 6, 7]


@pytest.mark.parametrize("name", [n for n in PRODUCERS if n != "parquet"])
def test_a_redacted_record_names_no_private_person_in_any_format(name: str) -> None:
    produced = made(name, redaction.redacted(planted.record(), "private"))
    for content in (produced.main or b"", *produced.beside.values()):
        assert b"Pell" not in content
