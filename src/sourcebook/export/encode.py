"""Values as JSON bytes: keys sorted, so that the same record gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

Json = dict[str, Any]


def pruned(value: Json) -> Json:
    """Without what is unknown or empty: most formats have no null."""
    return {k: v for k, v in value.items() if v not in (None, "", [], {}, ())}


def whole(value: Json) -> bytes:
    """One object, indented, a line end at the end."""
    return msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1) + b"\n"


def lines(values: Iterable[Json]) -> bytes:
    """JSON Lines: one object a line."""
    return b"".join(msgspec.json.encode(value, order="sorted") + b"\n" for value in values)
