"""The relations task reads text and answers with typed pairs of spans."""

from __future__ import annotations

import pytest

from sourcebook.extract.tasks.relations import predict_relations

TEXT = "The Ostravan army attacked the Marsh Wing in Lund. Ann Orr, leader of the Delta Front, met nobody."


def shown(relation: dict[str, object]) -> tuple[str, str, str]:
    ends = []
    for side in ("source", "target"):
        end = relation[side]
        assert isinstance(end, dict)
        ends.append(TEXT[end["start"] : end["end"]])
    return str(relation["type"]), ends[0], ends[1]


def test_relations_are_read_off_the_text_alone() -> None:
    row = predict_relations({"id": "r1", "text": TEXT})
    found = {shown(r) for r in row["relations"]}
    assert row["id"] == "r1"
    assert any(
        kind == "InChargeOf" and "Orr" in source and "Delta Front" in target for kind, source, target in found
    )


def test_a_text_without_relations_gives_none() -> None:
    assert predict_relations({"id": "r2", "text": "It rained."}) == {"id": "r2", "relations": []}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels stormed Paris, France.", ("CoLocated", "Paris", "France")),
        (
            "The army arrested four fighters in Berlin and shelled a warehouse.",
            ("CoLocated", "warehouse", "Berlin"),
        ),
        ("President Ann Orr met Minister Bea Holt on Monday.", ("CoLocated", "Orr", "Holt")),
        ("President Ann Orr met Minister Bea Holt on Monday.", ("CommWith", "Orr", "Holt")),
        ("Nations that sent ships include Canada, Denmark and France.", ("BelongsTo", "France", "Nations")),
        ("The army bombed the camp using drones.", ("InChargeOf", "army", "drones")),
        ("The Northern Army and the Delta Front launched a raid.", ("AlliesOf", "Delta", "Northern")),
        ("The Institute for Bridges (IFB) was shut.", ("IsSynonymOf", "Institute", "IFB")),
    ],
)
def test_a_relation_of_two_parties_is_read_off_the_parse(text: str, expected: tuple[str, str, str]) -> None:
    kind, source, target = expected
    found = [
        (
            r["type"],
            text[r["source"]["start"] : r["source"]["end"]],
            text[r["target"]["start"] : r["target"]["end"]],
        )
        for r in predict_relations({"id": "r3", "text": text})["relations"]
    ]
    assert any(k == kind and source in s and target in t for k, s, t in found), found


def test_places_beside_each_other_are_not_the_same_and_what_has_no_body_is_nowhere() -> None:
    text = "The minister regretted the resumption of hostilities in Paris, France."
    found = predict_relations({"id": "r4", "text": text})["relations"]
    assert not [r for r in found if r["type"] == "IsSynonymOf"]
    assert not [r for r in found if "resumption" in text[r["source"]["start"] : r["source"]["end"]]]
    assert not [r for r in found if "hostilities" in text[r["source"]["start"] : r["source"]["end"]]]


def test_what_happens_is_nowhere_and_what_is_supported_is_somebody() -> None:
    text = "The siege in Paris went on. The minister supported the sovereignty of France."
    found = predict_relations({"id": "r5", "text": text})["relations"]
    assert not [r for r in found if r["type"] == "AlliesOf"]
    assert not [r for r in found if "siege" in text[r["source"]["start"] : r["source"]["end"]]]
