"""The JSON export as tables that refer to one another by id, and such tables as the JSON export again.

A list of objects is a table of its own, each row with the id of what it belongs to; an object within a row is
laid out as columns: `date` becomes date_edtf, date_earliest, ... What a column holds is in the JSON Schema.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import msgspec
from msgspec import Struct

from sourcebook.export.json_schema import Schema, schema

Row = dict[str, Any]
Tables = dict[str, list[Row]]

#: Lists of objects: where they are, the table that they become, and the column that names their owner.
_CHILDREN: Final = MappingProxyType(
    {
        ("documents", "masks"): ("masks", "document"),
        ("documents", "file_dates"): ("file_dates", "document"),
        ("entities", "aliases"): ("aliases", "entity_id"),
        ("entities", "listed"): ("listed", "entity_id"),
        ("claims", "arguments"): ("arguments", "claim"),
        ("claims", "attribution"): ("speakers", "claim"),
        ("events", "participants"): ("participants", "event_id"),
        ("events", "places"): ("places", "event_id"),
        ("events", "merge"): ("merges", "event_id"),
        ("events", "related"): ("related_events", "event_id"),
        ("facts", "readings"): ("readings", "fact"),
        ("decisions", "anchors"): ("anchors", "decision"),
    }
)

#: The head of the export: one row.
HEAD: Final = "sourcebook"

#: What a reading is about, beside it, so that the table can be read alone.
_ABOUT_READINGS: Final = ("subject", "property", "relation")


def tables(tree: Row) -> Tables:
    """Every table of an export, by name. Values are those of JSON; lists hold words or numbers only."""
    made: Tables = {HEAD: [tree[HEAD]]}
    for name, owners in tree.items():
        if name == HEAD:
            continue
        lists = {field for table, field in _CHILDREN if table == name}
        made[name] = [_flat({k: v for k, v in row.items() if k not in lists}) for row in owners]
        for field in sorted(lists):
            child, owner = _CHILDREN[name, field]
            made[child] = [
                {owner: row["id"], **_about(child, row), **_flat(inner)}
                for row in owners
                for inner in row[field]
            ]
    return made


def _about(child: str, row: Row) -> Row:
    return {f"fact_{key}": row[key] for key in _ABOUT_READINGS} if child == "readings" else {}


def _flat(row: Mapping[str, Any], before: str = "") -> Row:
    flat: Row = {}
    for key, value in row.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and key != "identifiers":
            flat |= _flat(value, f"{name}_")
        elif isinstance(value, dict):
            flat[name] = msgspec.json.encode(value, order="sorted").decode()
        else:
            flat[name] = value
    return flat


class Column(Struct, frozen=True):
    """What a column holds: string, integer, number, boolean or array, and of what if that is a list."""

    kind: str = "string"
    of: str = "string"
    nullable: bool = False


@cache
def columns(name: str) -> dict[str, Column]:
    """The columns of a table, in order: each the type of its JSON Schema, and whether it may be unknown."""
    owner = next(((table, f, c) for (table, f), (child, c) in _CHILDREN.items() if child == name), None)
    whole = _schema()["properties"]
    if owner is None:
        held = whole[HEAD] if name == HEAD else whole[name]["items"]
        return dict(_columns(held, "", left_out={f for table, f in _CHILDREN if table == name}))
    table, field, column = owner
    about = {f"fact_{key}": Column() for key in _ABOUT_READINGS} if name == "readings" else {}
    inner = _inner(whole[table]["items"], field)
    return {column: Column(), **about, **dict(_columns(inner, ""))}


@cache
def _schema() -> Schema:
    return schema()


def _inner(items: Schema, field: str) -> Schema:
    """What one object of a list is."""
    return next(o for o in _options(items["properties"][field]["items"]) if o.get("type") == "object")


def _columns(held: Schema, before: str, left_out: set[str] | None = None) -> Iterator[tuple[str, Column]]:
    properties = held["properties"]
    order = sorted(properties, key=lambda key: (key != "id", key))
    for key in order:
        if key not in (left_out or set()):
            yield from _column(properties[key], f"{before}{key}", key)


def _column(held: Schema, name: str, key: str) -> Iterator[tuple[str, Column]]:
    """One column, or those of an object; a value that may be either has both."""
    objects = [o for o in _options(held) if o.get("type") == "object" and key != "identifiers"]
    plain = [o for o in _options(held) if o not in objects and o.get("type") != "null"]
    if plain:
        nullable = bool(objects) or len(plain) < len(_options(held))
        yield name, Column() if key == "identifiers" else _holds(plain[0], nullable=nullable)
    seen: set[str] = set()
    for option in objects:
        for inner, what in _columns(option, f"{name}_"):
            if inner not in seen:
                seen.add(inner)
                yield inner, what


def _holds(held: Schema, *, nullable: bool) -> Column:
    kind = "integer" if "const" in held else held.get("type", "string")
    of = held["items"].get("type", "string") if kind == "array" else "string"
    return Column(kind, of, nullable)


def _options(held: Schema) -> list[Schema]:
    """What a value may be, with options in options laid out."""
    return [
        o
        for option in held.get("anyOf", [held])
        for o in (_options(option) if "anyOf" in option else [option])
    ]


# -- back -----------------------------------------------------------------------------------------


def tree(held: Mapping[str, Sequence[Row]]) -> Row:
    """The export that the tables were made of."""
    whole = _schema()["properties"]
    made: Row = {HEAD: _restored(whole[HEAD], held[HEAD][0], "")}
    for name, what in whole.items():
        if name == HEAD:
            continue
        items = what["items"]
        lists = {field: names for (table, field), names in _CHILDREN.items() if table == name}
        inside = {f: _by_owner(held[child], owner) for f, (child, owner) in lists.items()}
        rows = []
        for row in held[name]:
            one = _restored(items, row, "", left_out=set(lists))
            for field in lists:
                inner = _inner(items, field)
                one[field] = [_restored(inner, child, "") for child in inside[field].get(row["id"], ())]
            rows.append(one)
        made[name] = rows
    return made


def _by_owner(rows: Sequence[Row], owner: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[owner]].append(row)
    return found


def _restored(held: Schema, row: Row, before: str, left_out: set[str] | None = None) -> Row:
    return {
        key: _value(what, row, f"{before}{key}", key)
        for key, what in held["properties"].items()
        if key not in (left_out or set())
    }


def _value(held: Schema, row: Row, name: str, key: str) -> Any:
    if key == "identifiers":
        return msgspec.json.decode(row[name])
    options = _options(held)
    objects = [o for o in options if o.get("type") == "object"]
    plain = row.get(name)
    if plain is not None or not objects:
        return plain
    return next((_restored(o, row, f"{name}_") for o in objects if _is(o, row, f"{name}_")), None)


def _is(option: Schema, row: Row, before: str) -> bool:
    """Whether a row holds such an object: nothing that it must have is missing."""
    must = [key for key in option["required"] if _needed(option["properties"][key])]
    filled = any(row.get(f"{before}{key}") not in (None, [], "") for key in option["required"])
    return filled and all(row.get(f"{before}{key}") is not None for key in must)


def _needed(held: Schema) -> bool:
    return all(o.get("type") not in ("null", "object", "array") for o in _options(held))
