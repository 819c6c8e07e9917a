"""Packed values come back, and one that was made to fill the memory does not."""

import zlib

import pytest

from sourcebook.errors import StoreError
from sourcebook.store import packing


def test_what_is_packed_comes_back_and_is_smaller() -> None:
    value = [{"kind": "place", "name": "Velm", "mentions": ["m-1"] * 20}]
    body = packing.packed(value)
    assert packing.inflated(body) == zlib.decompress(body)
    assert len(body) * 2 < len(packing.inflated(body))


def test_a_derived_row_is_packed_with_the_words_that_most_of_them_share() -> None:
    body = b'{"id":"a-0","kind":"place","name":"Velm","mentions":["m-0"],"aliases":[],"location":null}'
    assert packing.unpacked_row(packing.packed_row(body)) == body
    assert len(packing.packed_row(body)) < 0.8 * len(zlib.compress(body))


def test_a_body_that_unpacks_without_end_is_refused() -> None:
    bomb = zlib.compress(bytes(1 << 20))
    with pytest.raises(StoreError, match="too large"):
        packing.inflated(bomb, 1 << 10)


@pytest.mark.parametrize("body", [b"", b"no zlib at all", packing.deflated(b"words" * 99)[:-9]])
def test_a_damaged_body_is_an_error_with_a_way_out(body: bytes) -> None:
    with pytest.raises(StoreError, match="salvage"):
        packing.inflated(body)
