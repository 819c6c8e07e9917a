"""Holds an exported record against a key, field by field, and says which fields are right.

Used by the tests on the bundled example; reads only the export of the contract, so it can be pointed at
any sourcebook that has a key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

Json = dict[str, Any]


class Check(NamedTuple):
    """One field of the key: what it is of, whether the record has it, and what it has instead."""

    group: str
    what: str
    right: bool
    got: str


def checks(key: Json, record: Json) -> list[Check]:
    """Every field of the key, in its order."""
    return [
        *_documents(key, record),
        *_copies(key, record),
        *_events(key, record),
        *_silence(key, record),
        *_actors(key, record),
        *_facts(key, record),
    ]


def _documents(key: Json, record: Json) -> Iterator[Check]:
    found = {d["path"]: d for d in record["documents"]}
    sources = {s["id"]: s["name"] for s in record["sources"]}
    for path, want in key["documents"].items():
        document = found.get(path)
        if document is None:
            yield Check("documents", f"{path} is read", False, "missing")
            continue
        published = document["published"] or {}
        got: Json = {
            "published": [published.get("earliest"), published.get("latest")],
            "publisher": sources.get(document["source"]),
            "title": document["title"],
            "author": document["author"],
            "translated": document["translated"],
        }
        for field, value in want.items():
            yield Check("documents", f"{path} {field}", got[field] == value, repr(got[field]))


def _copies(key: Json, record: Json) -> Iterator[Check]:
    groups = {d["path"]: d["origin_group"] for d in record["documents"]}
    copied = {path for group in key["copies"] for path in group}
    for group in key["copies"]:
        same = len({groups.get(p) for p in group}) == 1
        yield Check("copies", f"{group} share an origin", same, str([groups.get(p) for p in group]))
    alone = [p for p in groups if p not in copied]
    distinct = len({groups[p] for p in alone}) == len(alone)
    yield Check("copies", "no other document shares an origin", distinct, str(sorted(groups.items())))


def event_for(want: Json, record: Json) -> Json | None:
    """The event of the record that shares most documents, then places and toll, with the key's event."""
    paths = {d["id"]: d["path"] for d in record["documents"]}

    def score(event: Json) -> float:
        documents = {paths[d] for d in event["documents"]}
        shared = len(documents & set(want["documents"])) / len(documents | set(want["documents"]))
        placed = sum(_placed(event, name) for name in want["places"])
        dated = want["date"] is not None and _days(event) == want["date"]
        kind = event["type"] == want["type"]
        moded = len(set(want["modes"]) & set(event["modes"]))
        return bool(documents & set(want["documents"])) * kind * (shared + placed + 2 * dated + moded)

    best = max(record["events"], key=score, default=None)
    return best if best is not None and score(best) > 0 else None


def _placed(event: Json, name: str) -> bool:
    return any(name.casefold() in place["name"].casefold() for place in event["places"])


def _days(event: Json) -> list[str | None] | None:
    date = event["date"]
    return [date["earliest"], date["latest"]] if date else None


def _events(key: Json, record: Json) -> Iterator[Check]:
    taken: set[str] = set()
    for want in key["events"]:
        event = event_for(want, record)
        if event is None or event["id"] in taken:
            yield Check("events", f"{want['name']} is one event of its own", False, "missing")
            continue
        taken.add(event["id"])
        yield from _event(want, event, record)


def _event(want: Json, event: Json, record: Json) -> Iterator[Check]:
    name = want["name"]
    paths = {d["id"]: d["path"] for d in record["documents"]}
    documents = sorted(paths[d] for d in event["documents"])
    yield Check("events", f"{name}: documents", documents == sorted(want["documents"]), str(documents))
    yield Check("events", f"{name}: type", event["type"] == want["type"], event["type"])
    modes = set(want["modes"]) <= set(event["modes"])
    yield Check("events", f"{name}: modes", modes, str(event["modes"]))
    yield Check("events", f"{name}: status", event["status"] == want["status"], event["status"])
    yield Check("events", f"{name}: date", _days(event) == want["date"], str(event["date"]))
    for place in want["places"]:
        names = [p["name"] for p in event["places"]]
        yield Check("events", f"{name}: place {place}", _placed(event, place), str(names))
    facts = [f for f in record["facts"] if f["subject"] == event["id"]]
    for effect in ("killed", "injured"):
        for path, bounds in want[effect].items():
            got = _bounds(facts, effect, path, paths)
            yield Check("tolls", f"{name}: {effect} by {path}", bounds in got, str(got))
    for who in want["participants"]:
        got_who = [(p["role"], p["name"], p["attribution_status"]) for p in event["participants"]]
        right = (who["role"], who["name"], who["attribution_status"]) in got_who
        yield Check("events", f"{name}: {who['role']} {who['name']}", right, str(got_who))
    for effect, allowed in want["contested"].items():
        relations = [f["relation"] for f in facts if f["property"] == effect]
        right = any(r in allowed for r in relations)
        yield Check("events", f"{name}: {effect} is {' or '.join(allowed)}", right, str(relations))


def _bounds(facts: list[Json], effect: str, path: str, paths: Json) -> list[list[int | None]]:
    return [
        [r["value"].get("low"), r["value"].get("high")]
        for f in facts
        if f["property"] == effect
        for r in f["readings"]
        if path in {paths[d] for d in r["documents"]}
    ]


def _silence(key: Json, record: Json) -> Iterator[Check]:
    paths = {d["id"]: d["path"] for d in record["documents"]}
    for path in key["no_events_in"]:
        told = [e["label"] for e in record["events"] if path in {paths[d] for d in e["documents"]}]
        yield Check("events", f"no event in {path}", not told, str(told))


def _entity(record: Json, name: str) -> Json | None:
    for entity in record["entities"]:
        if name in {entity["name"], *(a["name"] for a in entity["aliases"])}:
            return dict(entity)
    return None


def _actors(key: Json, record: Json) -> Iterator[Check]:
    for want in key["actors"]:
        entity = _entity(record, want["name"])
        if entity is None:
            yield Check("actors", f"{want['name']} is an entity", False, "missing")
            continue
        yield Check("actors", f"{want['name']}: kind", entity["kind"] == want["kind"], entity["kind"])
        names = {entity["name"], *(a["name"] for a in entity["aliases"])}
        for alias in want["aliases"]:
            yield Check("actors", f"{want['name']} = {alias}", alias in names, str(sorted(names)))
    for left, right in key["apart"]:
        one, other = _entity(record, left), _entity(record, right)
        apart = one is not None and other is not None and one["id"] != other["id"]
        yield Check("actors", f"{left} is not {right}", apart, "")


def _facts(key: Json, record: Json) -> Iterator[Check]:
    for want in key["facts"]:
        readings = [r for f in _facts_of(record, want) for r in f["readings"]]
        said = [r for r in readings if want["says"].casefold() in _words(r, record).casefold()]
        right = bool(said)
        if "speaker" in want:
            right = any(want["speaker"] in s for r in said for s in r["speakers"])
        what = f"{want['subject']} {want['property']}: {want['says']}"
        yield Check("facts", what, right, str([(r["text"], r["speakers"]) for r in readings]))
    for want in key["relations"]:
        relations = [f["relation"] for f in _facts_of(record, want)]
        right = any(r in want["relation"] for r in relations)
        yield Check("facts", f"{want['subject']} {want['property']} relation", right, str(relations))


def _facts_of(record: Json, want: Json) -> list[Json]:
    entity = _entity(record, want["subject"])
    if entity is None:
        return []
    return [f for f in record["facts"] if f["subject"] == entity["id"] and f["property"] == want["property"]]


def _words(reading: Json, record: Json) -> str:
    value = reading["value"]
    if isinstance(value, str):
        names = {e["id"]: e["name"] for e in record["entities"]}
        return f"{reading['text']} {names.get(value, '')}"
    return str(reading["text"])
