"""The relations task reads text and answers with typed pairs of spans."""

from __future__ import annotations

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
