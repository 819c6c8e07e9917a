"""Sketches are those of the single texts, and crowds of one key are met in bounded numbers."""

import random

import numpy as np
import pytest

from sourcebook.model import Document, DocumentId
from sourcebook.read.shingles import meetings, shingled, sketches


def document(number: int, text: str) -> Document:
    name = f"d{number}"
    return Document(id=DocumentId(name), path=name, sha256=name, sequence=number, text=text)


def pairs(keys, group=None):
    left, right = meetings(np.array(keys, np.uint64), np.array(group or range(len(keys)), np.int64))
    return [*zip(left.tolist(), right.tolist(), strict=True)]


def test_a_sketch_holds_the_least_shingle_of_each_bucket_and_how_many_there_are():
    chance = random.Random(5)
    texts = ["", "one", "one two three", *(" ".join(chance.choices("abcdefgh", k=n)) for n in range(4, 60))]
    documents = [document(n, text) for n, text in enumerate(texts * 12)]
    made = sketches(documents)
    for n, one in enumerate(documents):
        every = [int(x) for x in shingled(one).every]
        least = [min((x for x in every if x % 64 == b), default=0) for b in range(64)]
        assert made.sizes[n] == len(every)
        assert made.coarse[n].tolist() == least


@pytest.mark.parametrize(
    ("keys", "group", "met"),
    [
        ([], [], []),
        ([7, 8, 9], [], []),
        ([7, 8, 7], [], [(0, 2)]),
        ([0, 0, 0], [], []),
        ([7, 7, 7], [], [(0, 1), (0, 2), (1, 2)]),
        # one of a group is enough to meet the next
        ([7, 7, 7], [0, 0, 2], [(0, 2)]),
        ([7, 8, 8, 7], [], [(1, 2), (0, 3)]),
    ],
)
def test_documents_of_one_key_meet_in_their_order(keys, group, met):
    assert pairs(keys, group) == met


def test_in_a_crowd_a_document_meets_the_first_few_only():
    assert len(pairs([3] * 200)) == 1 + 2 + 3 + 4 * 196
    assert max(left for left, _ in pairs([3] * 200)) == 3
