from __future__ import annotations

from sourcebook.extract.tasks.casing import is_upper, recased
from sourcebook.extract.tasks.event_types import predict_event_types
from sourcebook.extract.tasks.muc4 import predict_muc4, predict_rules

UPPER = "GUNMEN FROM THE HARROW FRONT [HF] ATTACKED A BANK IN FRANCE. A BOMB EXPLODED OUTSIDE THE EMBASSY."


def test_recasing_moves_no_offset_and_leaves_mixed_case_alone() -> None:
    text = recased(UPPER)
    assert len(text) == len(UPPER)
    assert text.lower() == UPPER.lower()
    assert "France" in text
    assert text.startswith("Gunmen from the")
    assert not is_upper("Gunmen attacked a bank in France on Sunday.")
    assert recased("Gunmen attacked a bank.") == "Gunmen attacked a bank."


def test_role_fillers_come_without_article_and_by_role() -> None:
    found = predict_rules({"id": "x", "text": UPPER, "date": "1989-03-02"})
    assert [[f.lower() for f in e] for e in found["ree"]["Target"]] == [["bank"], ["embassy"]]
    assert [[f.lower() for f in e] for e in found["ree"]["Weapon"]] == [["bomb"]]
    assert {e["type"] for e in found["events"]} == {"ATTACK", "BOMBING"}


def test_the_tagger_adds_wordings_and_leaves_the_events_of_the_rules_alone() -> None:
    row = {"id": "x", "text": UPPER, "date": "1989-03-02"}
    found = predict_muc4(row)
    assert found["events"] == predict_rules(row)["events"]
    assert ["BOMB"] in found["ree"]["Weapon"]


def test_event_types_carry_offsets_into_the_text() -> None:
    text = "Rebels attacked a bank in France on Sunday."
    (event,) = predict_event_types({"id": "x", "text": text})["events"]
    assert event["type"] == "ASSAULT"
    assert text[event["trigger"]["start"] : event["trigger"]["end"]] == "attacked"
    assert {r: [f["text"] for f in fs] for r, fs in event["roles"].items()}["actor"] == ["Rebels"]
