"""A Wikidata extract, one JSON object a line: labels and aliases in any language, classes, dates, points.

Labels may be as Wikidata has them or plain texts by language; `claims` may be missing. Countries are items of
their own there and are not taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from sourcebook.read.lists.drafts import Draft
from sourcebook.text.lexicon import rows

#: Languages whose label is the name, in order; the other labels are aliases.
_LANGUAGES: Final = ("en", "mul")
_YEAR, _MONTH, _DAY = 9, 10, 11


def draft(held: Mapping[str, Any]) -> Draft | None:
    """An item as an entry in the making; None for a property or a lexeme."""
    identifier = str(held["id"])
    if not identifier.startswith("Q"):
        return None
    labels = {language: text for language, value in held["labels"].items() for text in _texts(value)}
    name = next((labels[language] for language in (*_LANGUAGES, *sorted(labels)) if language in labels), "")
    aliases = [text for _, value in sorted(held.get("aliases", {}).items()) for text in _texts(value)]
    kind, precision = _class(held)
    point: Mapping[str, Any] = next(_values(held, "P625"), {})
    return Draft(
        id=identifier,
        name=name,
        kind=kind,
        aliases=(*dict.fromkeys(labels[language] for language in sorted(labels)), *aliases),
        since=_time(next(_values(held, "P571"), None)),
        until=_time(next(_values(held, "P576"), None)),
        parent=_item(next((v for p in ("P749", "P131", "P361") for v in _values(held, p)), None)),
        lat=str(point.get("latitude", "")),
        lon=str(point.get("longitude", "")),
        precision=precision,
        identifiers=(("wikidata", identifier), ("geonames", next(_values(held, "P1566"), ""))),
    )


def _texts(value: Any) -> Iterator[str]:
    """The texts of a label or of a list of aliases."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    else:
        yield value["value"] if isinstance(value, dict) else str(value)


def _values(held: Mapping[str, Any], statement: str) -> Iterator[Any]:
    """The values of a property, preferred ones first, deprecated ones never."""
    said = [s for s in held.get("claims", {}).get(statement, ()) if s.get("rank") != "deprecated"]
    for one in sorted(said, key=lambda s: s.get("rank") != "preferred"):
        value = one.get("mainsnak", {}).get("datavalue", {}).get("value")
        if value is not None:
            yield value


def _item(value: Any) -> str:
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _time(value: Any) -> str:
    """A time of Wikidata ("+2014-06-00T00:00:00Z", precision 10) as EDTF; "" below a year's exactness."""
    if not isinstance(value, dict) or not str(value.get("time", "")).startswith("+"):
        return ""
    parts = value["time"][1:11].split("-")
    length = {_YEAR: 1, _MONTH: 2, _DAY: 3}.get(value.get("precision") or 0, 0)
    return "-".join(parts[:length])


def _class(held: Mapping[str, Any]) -> tuple[str, str]:
    """The kind and precision of the first class that is listed."""
    for value in _values(held, "P31"):
        if _item(value) in _classes():
            return _classes()[_item(value)]
    return "", ""


@cache
def _classes() -> Mapping[str, tuple[str, str]]:
    return {
        row[0]: (row[1], row[2] if len(row) > 2 else "")
        for row in rows("sourcebook.read", "wikidata_classes")
    }
