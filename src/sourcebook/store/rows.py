"""Model values as rows: what goes into the columns of a table, and what is kept of an older row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from sourcebook.model import Source, SourceKind


def as_json(value: object) -> str:
    """A value as it stands in a `body` column."""
    return msgspec.json.encode(value).decode()


def id_of(thing: Struct) -> str:
    """The id of anything that has one."""
    return str(thing.id)  # type: ignore[attr-defined]


def ruled_apart(stored: Sequence[Struct], ruled: Sequence[Struct]) -> Iterator[tuple[str, str, str | None]]:
    """What differs between claims or mentions as stored and as ruled."""
    before = {id_of(thing): thing for thing in stored}
    after = {id_of(thing): thing for thing in ruled}
    yield from ((type(t).__name__, k, None) for k, t in before.items() if k not in after)
    yield from ((type(t).__name__, k, as_json(t)) for k, t in after.items() if before.get(k) != t)


def storable(text: str) -> str:
    """Text that SQLite can hold."""
    # File names may hold bytes that are not UTF-8, which Python shows as lone surrogates.
    return text.encode("utf-8", "backslashreplace").decode()


def completed(new: Source, old: Source) -> Source:
    """What `new` says of a source, and what only `old` knows."""
    kept = {
        field: getattr(old, field)
        for field in ("country", "interest", "reliability", "rated_by")
        if getattr(new, field) is None
    }
    if new.kind is SourceKind.UNKNOWN:
        kept["kind"] = old.kind
    return msgspec.structs.replace(new, **kept)
