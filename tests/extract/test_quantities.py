from functools import lru_cache
from pathlib import Path

import pytest

from sourcebook.extract import quantities, times
from sourcebook.extract.language import model
from sourcebook.extract.passage import Passage
from sourcebook.model import Document, DocumentId
from sourcebook.ports import Context

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "quantities.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@lru_cache
def parsed():
    texts = [row[1] for row in ROWS]
    return dict(zip(texts, model().pipe(texts), strict=True))


def passage(text):
    document = Document(id=DocumentId("d-1"), path="a.txt", sha256="", sequence=0, text=text)
    return Passage(document, parsed()[text] if text in parsed() else model()(text))


def found(text):
    at = passage(text)
    clock = times.clock([at], Context())
    return [m.value for m in quantities.find(at, times.find(at, clock))]


def shown(value):
    ends = "..".join("-" if end is None else str(end) for end in (value.low, value.high))
    part = "*" if quantities.is_part(value) else ""
    return f"{part}{ends} {value.unit or '-'}/{value.of or '-'}"


@pytest.mark.parametrize(("phenomenon", "sentence", "expected"), ROWS)
def test_each_phrase_has_its_bounds_unit_and_effect(phenomenon, sentence, expected):
    assert (" | ".join(map(shown, found(sentence))) or "none") == expected, phenomenon


def test_the_table_holds_150_phrases():
    assert len(ROWS) >= 150


@pytest.mark.parametrize(
    ("sentence", "usual"),
    [
        ("Almost 100 people were killed.", (90, 99)),
        ("Dozens of people were killed.", (24, 99)),
        ("About 40 people were killed.", (36, 44)),
        ("At least 40 people were killed.", (40, 48)),
        ("More than 40 people were killed.", (41, 49)),
        ("Hundreds of people were killed.", (200, 999)),
        ("Up to 50 people were killed.", (40, 50)),
        ("Killed were 12 people.", (12, 12)),
    ],
)
def test_usual_bounds_are_narrower_than_what_the_words_exclude(sentence, usual):
    value = found(sentence)[0]
    assert (value.usual_low, value.usual_high) == usual
    assert quantities.unit_class(value.unit) == "person"


@pytest.mark.parametrize(
    ("sentence", "word", "low", "high"),
    [
        ("The blast killed a soldier.", "soldier", 1, 1),
        ("The blast killed two men.", "men", 2, 2),
        ("The blast killed at least two men.", "men", 2, None),
        ("The blast killed his wife and three children.", "wife", 4, 4),
        ("The blast killed people.", "people", None, None),
        ("The blast killed soldiers.", "soldiers", 2, None),
        ("The blast killed the lone gunman.", "gunman", 1, 1),
        ("A policeman was killed.", "policeman", 1, 1),
        ("The blast killed Colonel Harlan Voss.", "Voss", 1, 1),
        ("The blast killed a soldier and a nurse.", "soldier", 2, 2),
        ("The blast killed them.", "them", 2, None),
        ("The blast killed him.", "him", 1, 1),
        ("The blast killed a family.", "family", None, None),
        ("The blast killed dozens of miners.", "dozens", 24, None),
    ],
)
def test_a_noun_phrase_names_so_many(sentence, word, low, high):
    token = next(t for t in model()(sentence) if t.text == word)
    value = quantities.count_of(token)
    assert value is not None
    assert (value.low, value.high) == (low, high)
