"""The JSON export against its published schema and the contract."""

import io
import json
from importlib.resources import files

import jsonschema
import pytest
from tests import pile

from sourcebook import project
from sourcebook.export import json as exporting
from sourcebook.export.json_schema import schema
from sourcebook.model import Record

PUBLISHED = files("sourcebook.export").joinpath("schema/record.schema.json")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = io.BytesIO()
    exporting.export(project.record(pile.copy(tmp_path_factory.mktemp("json"))), out)
    return out.getvalue()


def test_the_published_schema_is_that_of_the_model() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == schema()


def test_an_export_obeys_the_schema(exported: bytes) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    assert [e.message for e in validator.iter_errors(json.loads(exported))] == []


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [("events", "status", "finished"), ("claims", "factuality", "sure"), ("mentions", "kind", "thing")],
)
def test_a_value_outside_a_closed_list_is_invalid(
    exported: bytes, table: str, field: str, value: str
) -> None:
    record = json.loads(exported)
    record[table][0][field] = value
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(record))


def test_an_empty_record_obeys_the_schema_too() -> None:
    out = io.BytesIO()
    exporting.export(Record(), out)
    jsonschema.validate(json.loads(out.getvalue()), schema())


def test_keys_are_sorted_unknown_is_null_and_a_line_end_closes_the_file(exported: bytes) -> None:
    assert exported.endswith(b"}\n")
    whole = json.loads(exported)
    assert list(whole) == sorted(whole)
    assert whole["sourcebook"]["as_of"] is None
    assert all(list(claim) == sorted(claim) for claim in whole["claims"])


def test_every_span_quotes_its_document(exported: bytes) -> None:
    whole = json.loads(exported)
    texts = {d["id"]: d["text"] for d in whole["documents"]}
    for entry in (*whole["mentions"], *whole["claims"]):
        assert texts[entry["document"]][entry["start"] : entry["end"]] == entry["exact"]
    for claim in whole["claims"]:
        trigger = claim["trigger"]
        assert texts[claim["document"]][trigger["start"] : trigger["end"]] == trigger["exact"]


def test_every_claim_has_a_speaker_the_publisher_first(exported: bytes) -> None:
    for claim in json.loads(exported)["claims"]:
        first = claim["attribution"][0]
        assert first["kind"] == "publisher"
        assert first["cue"] is None
        assert first["speaker"]


def test_ids_that_are_named_are_there(exported: bytes) -> None:
    whole = json.loads(exported)
    ids = {name: {entry["id"] for entry in whole[name]} for name in ("claims", "entities", "mentions")}
    for event in whole["events"]:
        assert set(event["claims"]) <= ids["claims"]
    for entity in whole["entities"]:
        assert set(entity["mentions"]) <= ids["mentions"]
    for fact in whole["facts"]:
        assert {c for r in fact["readings"] for c in r["claims"]} <= ids["claims"]
