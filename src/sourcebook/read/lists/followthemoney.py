"""FollowTheMoney entities, one JSON object a line: actors, and addresses with a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from sourcebook.read.lists.drafts import Draft
from sourcebook.text.lexicon import rows

_TERROR: Final = "crime.terror"


def draft(held: Mapping[str, Any]) -> Draft | None:
    """An entity as an entry in the making; None if it is neither an actor nor a place."""
    properties: Mapping[str, Sequence[str]] = held["properties"]

    def values(*names: str) -> list[str]:
        return [str(v) for name in names for v in properties.get(name, ())]

    def one(*names: str) -> str:
        return next(iter(values(*names)), "")

    kind = kind_of(held["schema"], values("topics"))
    if kind is None:
        return None
    called = values("name") or [str(held.get("caption") or "")]
    countries = values("country", "jurisdiction", "mainCountry")
    return Draft(
        id=str(held["id"]),
        name=called[0] or one("full"),
        kind=kind,
        aliases=(*called[1:], *values("alias", "previousName", "abbreviation")),
        weak=tuple(values("weakAlias")),
        country=countries[0] if len(set(countries)) == 1 else "",
        since=one("incorporationDate"),
        until=one("dissolutionDate"),
        parent=one("parent"),
        lat=one("latitude"),
        lon=one("longitude"),
        precision=_precision(properties) if kind == "place" else "",
        identifiers=tuple(("wikidata", v) for v in values("wikidataId")[:1]),
        note="; ".join(values("program", "description", "notes")[:2]),
    )


def kind_of(schema: str, topics: Sequence[str]) -> str | None:
    """The kind of entity that a schema is: "" where either kind of actor may be meant, None for neither."""
    kind = _schemata().get(schema)
    return "armed_group" if kind == "organization" and _TERROR in topics else kind


@cache
def _schemata() -> Mapping[str, str]:
    return {
        row[0]: row[1] if len(row) > 1 else "" for row in rows("sourcebook.read", "followthemoney_schemata")
    }


def _precision(properties: Mapping[str, Sequence[str]]) -> str:
    """How exactly an address says where it is."""
    for name, precision in (
        ("street", "site"),
        ("city", "town"),
        ("state", "province"),
        ("region", "region"),
    ):
        if properties.get(name):
            return precision
    return ""
