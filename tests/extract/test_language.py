from typing import Any

import pytest
from thinc.api import get_current_ops

from sourcebook.extract.language import datelines, model, paragraph_starts, parse, windows
from sourcebook.model import Document, DocumentId, Mask


def sentences(text: str, *masks: Mask) -> list[str]:
    document = Document(id=DocumentId("d"), path="x", sha256="x", sequence=0, text=text, masks=masks)
    return [s.text.strip() for p in parse(document) for s in p.doc.sents if s.text.strip()]


def test_a_headline_and_a_byline_are_no_part_of_the_first_sentence() -> None:
    text = "Blast kills two in Kell\n\nBy Ilka Branwell\n14 May 2031\n\nA bomb went off on Monday."
    assert all("\n" not in sentence for sentence in sentences(text))
    assert sentences(text)[-1] == "A bomb went off on Monday."


def test_lines_wrapped_by_hand_are_read_through() -> None:
    text = "Gunmen hit a convoy on the road that leads\nnorth to the mines and killed two before\nthey fled."
    assert len(sentences(text)) == 1


def test_a_line_a_paragraph_is_a_paragraph_a_line() -> None:
    first = "The group was founded by miners " + "and then it grew and grew " * 8 + "over the years"
    assert paragraph_starts(f"{first}\nIt is led by a doctor.") == {len(first) + 1}


def test_masked_words_are_not_parsed_and_nothing_moves() -> None:
    text = "Share this now. A bomb went off."
    document = Document(
        id=DocumentId("d"), path="x", sha256="x", sequence=0, text=text, masks=(Mask(0, 15, "boilerplate"),)
    )
    (passage,) = parse(document)
    bomb = next(t for t in passage.doc if t.text == "bomb")
    assert document.quote(passage.span(bomb)) == "bomb"
    assert "Share" not in passage.text


@pytest.mark.parametrize("size", [10, 37, 50, 1000])
def test_windows_cover_the_text_once_and_in_order(size: int) -> None:
    text = "one two three\n\nfour five six seven\neight " * 5
    cut = list(windows(text, size))
    assert "".join(text[a:b] for a, b in cut) == text
    assert all(b - a <= size for a, b in cut)


def test_the_pipeline_multiplies_with_numpy_and_leaves_others_in_the_process_alone() -> None:
    layers = [layer for name in ("tok2vec", "tagger", "parser", "ner") for layer in layers_of(name)]
    assert layers
    assert not any(layer.ops.use_blis for layer in layers)
    assert get_current_ops().use_blis  # type: ignore[attr-defined]


def layers_of(name: str) -> list[Any]:
    return list(model().get_pipe(name).model.walk())  # type: ignore[attr-defined]


def test_no_window_is_longer_than_fifty_thousand_characters_even_without_a_space() -> None:
    for text in ("word " * 30_000, "x" * 120_001):
        assert [b - a for a, b in windows(text)][:2] == [50_000, 50_000]
        assert max(b - a for a, b in windows(text)) == 50_000


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("new delhi: the court " + "heard the case of the four men " * 4, {11}),
        ("Police: gunman shot three people " + "in the street by the river " * 4, set()),
        ("new delhi: no evidence", set()),
        ("KABUL (Agency) - The court heard the case of the four men who were taken there", {17}),
        ("TOLVIN — The court heard the case of the four men who were taken there", {9}),
        ("LOWELL, Ohio – The court heard the case of the four men who were taken there", {15}),
        ("London - based lawyers heard the case of the four men who were taken there", set()),
        ("Nobody - The court heard the case of the four men who were taken there", set()),
        ("Tolvin said: the court " + "heard the case of the four men " * 4, set()),
    ],
)
def test_a_report_begins_after_the_town_that_it_is_from(text: str, starts: set[int]) -> None:
    assert datelines(text, paragraph_starts(text)) == starts
