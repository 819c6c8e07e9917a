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


def roles(text: str) -> list[tuple[str, str]]:
    row = predict_attribution({"doc_id": "a", "title": "", "text": text})
    return [
        (
            text[a["source"][0]["start"] : a["source"][0]["end"]],
            text[a["cue"][0]["start"] : a["cue"][0]["end"]],
        )
        for a in row["attributions"]
        if a["source"]
    ]


def test_a_name_after_a_dash_signs_the_quotation_before_it() -> None:
    text = (
        "What readers wrote\n“The bridge was shut all of last week.” ― Ada Orr\n"
        "“We want our school back now.” — Ivo Tarn.\n"
    )
    assert {("Ada Orr", "―"), ("Ivo Tarn", "—")} <= set(roles(text))


def test_a_dash_inside_a_sentence_signs_nothing() -> None:
    assert not [
        r for r in roles("He called it “the worst night of the whole war” — Orr disagreed.") if r[1] == "—"
    ]


def test_a_name_in_capitals_before_a_colon_speaks_in_a_transcript() -> None:
    assert ("ORR", ":") in roles("ORR: Well, we never asked for the bridge to be shut.\nTARN: It was open.")
