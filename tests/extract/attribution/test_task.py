from __future__ import annotations

from sourcebook.extract.tasks.attribution import predict_attribution


def test_the_prediction_gives_source_cue_and_content_as_offsets() -> None:
    text = "The ministry said that rebels had shelled the port."
    row = predict_attribution({"doc_id": "a", "title": "", "text": text})
    found = [
        {role: [text[p["start"] : p["end"]] for p in places] for role, places in a.items()}
        for a in row["attributions"]
    ]
    assert row["doc_id"] == "a"
    assert found == [
        {"source": ["The ministry"], "cue": ["said"], "content": ["that rebels had shelled the port"]}
    ]


def test_an_attitude_counts_for_the_task_although_nothing_is_said() -> None:
    row = predict_attribution({"doc_id": "a", "title": "", "text": "Many voters support the mayor."})
    assert len(row["attributions"]) == 1


def test_no_text_gives_no_attributions() -> None:
    assert predict_attribution({"doc_id": "a", "title": "", "text": ""}) == {
        "doc_id": "a",
        "attributions": [],
    }
