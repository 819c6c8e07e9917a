"""Search over the words of documents."""

from __future__ import annotations

import pytest

from pile import copy
from sourcebook.store import search


@pytest.fixture
def book(tmp_path):
    return copy(tmp_path)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("gunmen", 1),
        ("Tarvela market", 2),
        ("TARVÉLA", 2),
        ("marke", 2),
        ("marke gunmen", 0),
        ("", 0),
        ('"-*', 0),
    ],
)
def test_documents_hold_all_the_words(book, query, count):
    assert len(search.documents(book, query)) == count


def test_a_querys_operators_are_words(book):
    assert search.documents(book, "gunmen OR officials") == []
    assert search.words('title:x AND "y') == ["title", "x", "AND", "y"]
