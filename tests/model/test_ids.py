"""Ids are made once from content, and are no part of what a value is."""

from __future__ import annotations

import pickle

import msgspec
import pytest

from sourcebook.model import Claim, DocumentId, Mention, MentionKind, Span

SPAN = Span(DocumentId("d-1"), 4, 9)
VALUES = [
    Mention(span=SPAN, exact="Velia", kind=MentionKind.PLACE),
    Claim(predicate="founded", trigger=SPAN, evidence=SPAN),
]


@pytest.mark.parametrize("value", VALUES)
def test_an_id_that_was_asked_for_changes_neither_equality_nor_json(value: Mention | Claim) -> None:
    fresh = msgspec.structs.replace(value)
    identifier, encoded = value.id, msgspec.json.encode(value)
    assert value == fresh
    assert hash(value) == hash(fresh)
    assert encoded == msgspec.json.encode(fresh)
    read = msgspec.json.decode(encoded, type=type(value))
    assert (read, read.id) == (value, identifier)
    assert pickle.loads(pickle.dumps(value)).id == identifier


def test_a_changed_copy_has_an_id_of_its_own() -> None:
    place = VALUES[0]
    assert isinstance(place, Mention)
    person = msgspec.structs.replace(place, kind=MentionKind.PERSON)
    assert person.id != place.id


@pytest.mark.parametrize("value", VALUES)
def test_a_value_stays_frozen(value: Mention | Claim) -> None:
    with pytest.raises(AttributeError):
        value.kind = MentionKind.PERSON  # type: ignore[union-attr]
