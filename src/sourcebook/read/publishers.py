"""Who publishes: a source made from its name and what the table of sources says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sourcebook.model import Reliability, Source, SourceId, SourceKind, content_id
from sourcebook.text.lexicon import rows


@cache
def _kinds() -> tuple[tuple[SourceKind, re.Pattern[str]], ...]:
    return tuple(
        (SourceKind(kind), re.compile("(?:" + "|".join(map(_phrase, words.split())) + r")(?!\w)"))
        for kind, words in rows("sourcebook.read", "publishers")
    )


def _phrase(words: str) -> str:
    start = "" if words.startswith(".") else r"(?<!\w)"
    return start + re.escape(words.replace("_", " "))


def publisher(name: str, given: Mapping[str, str]) -> Source | None:
    """The source of that name, one id for every way to capitalise it; None without a name.

    Its kind is what `given` says, else what its name says. Reliability is only ever what `given` says.
    """
    name = " ".join(name.split())
    if not name:
        return None
    rated = given.get("reliability")
    return Source(
        id=SourceId(content_id("s", name.casefold())),
        name=name,
        kind=SourceKind(given["kind"]) if "kind" in given else kind(name),
        country=given.get("country"),
        interest=given.get("interest"),
        reliability=Reliability(rated) if rated else None,
        rated_by=given.get("rated_by", given.get("given_in")) if rated else None,
    )


def kind(name: str) -> SourceKind:
    """What kind of body bears such a name."""
    folded = name.casefold()
    return next((kind for kind, words in _kinds() if words.search(folded)), SourceKind.UNKNOWN)
