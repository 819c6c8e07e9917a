"""The JSON export read back: the object of the contract to the record that it was made of.

The original bytes and the manifest of files are not in it, so that such a record can be read, compared and
exported again, but not verified or decided upon.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from sourcebook.errors import InputError
from sourcebook.export.json import FORMAT, Json
from sourcebook.model import (
    Attribution,
    Claim,
    DateValue,
    Days,
    Decision,
    Document,
    DocumentId,
    Entity,
    EntityValue,
    Event,
    Fact,
    Mention,
    Proposal,
    Quantity,
    Record,
    ReferenceList,
    Skipped,
    Source,
    TextValue,
)


def looks(head: bytes) -> bool:
    """Whether a file that begins so may be a JSON export."""
    return head.lstrip()[:1] == b"{"


def read(content: bytes) -> Record:
    """The record in a JSON export.

    Raises:
        InputError: it is no JSON export, or one of another format.
    """
    try:
        whole = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"no JSON export: {error}") from error
    return record(whole)


def record(whole: Json) -> Record:
    """The record that such an object tells.

    Raises:
        InputError: a part is missing or is not as the schema has it.
    """
    head = whole.get("sourcebook") if isinstance(whole, dict) else None
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise InputError(f"no JSON export of format {FORMAT}")
    try:
        return _record(whole, head)
    except (msgspec.ValidationError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"a JSON export that does not obey its schema: {error!r}") from error


def _record(whole: Json, head: Json) -> Record:
    documents = [_document(d) for d in whole["documents"]]
    return Record(
        as_of=msgspec.convert(head["as_of"], date | None),
        sources=_each(whole["sources"], Source),
        references=_each(whole.get("references", ()), ReferenceList),
        documents=tuple(documents),
        mentions=tuple(_mention(m) for m in whole["mentions"]),
        claims=tuple(_claim(c) for c in whole["claims"]),
        decisions=tuple(_decision(d) for d in whole["decisions"]),
        entities=tuple(_entity(e) for e in whole["entities"]),
        events=tuple(_event(e) for e in whole["events"]),
        facts=tuple(_fact(f) for f in whole["facts"]),
        proposals=_each(whole["proposals"], Proposal),
        skipped=_each(whole["skipped"], Skipped),
        origin_groups={DocumentId(d["id"]): d["origin_group"] for d in whole["documents"]},
        dated={
            DocumentId(d["id"]): _published(d)
            for d in whole["documents"]
            if d["published"] and d["published"]["estimated"]
        },
    )


def _each(values: Sequence[Json], kind: Any) -> Any:
    return msgspec.convert(tuple(values), tuple[kind, ...])


def _at(document: str, place: Json | None) -> Json | None:
    """A place in a document, which the export names once."""
    return {"document": document, "start": place["start"], "end": place["end"]} if place else None


def _published(document: Json) -> Days:
    given = document["published"]
    return msgspec.convert({**given, "span": _at(document["id"], given["span"])}, Days)


def _document(given: Json) -> Document:
    own = given["published"] and not given["published"]["estimated"]
    return msgspec.convert(
        {
            **given,
            "title_span": _at(given["id"], given["title_span"]),
            "author_span": _at(given["id"], given["author_span"]),
            "published": _published(given) if own else None,
        },
        Document,
        from_attributes=True,
    )


def _entity(given: Json) -> Entity:
    listed = [{"entry": one, "why": one["why"]} for one in given.get("listed", ())]
    return msgspec.convert({**given, "listed": listed}, Entity)


def _tagged(value: Json, tag: str) -> Json:
    return {**value, "is": tag}


def _mention(given: Json) -> Mention:
    value = given["value"]
    if value is not None:
        tag = "quantity" if "low" in value else "time"
        value = _tagged(value, tag)
        if tag == "time":
            value = {**value, "event": _at(given["document"], value["event"])}
    return msgspec.convert({**given, "span": _at(given["document"], given), "value": value}, Mention)


def _claim(given: Json) -> Claim:
    document = given["document"]
    return msgspec.convert(
        {
            **given,
            "evidence": _at(document, given),
            "trigger": _at(document, given["trigger"]),
            "attribution": [_attribution(document, a) for a in given["attribution"][1:]],
        },
        Claim,
        from_attributes=True,
    )


def _attribution(document: str, given: Json) -> Attribution:
    places = {"cue": _at(document, given["cue"]), "content": _at(document, given["content"])}
    return msgspec.convert({**given, **places}, Attribution)


def _event(given: Json) -> Event:
    places = [{**place, "location": place} for place in given["places"]]
    return msgspec.convert({**given, "places": places}, Event)


def _fact(given: Json) -> Fact:
    readings = [{**r, "value": _reading_value(r)} for r in given["readings"]]
    return msgspec.convert({**given, "readings": readings}, Fact, from_attributes=True)


def _reading_value(reading: Json) -> Quantity | DateValue | EntityValue | TextValue:
    value, kind = reading["value"], reading["kind"]
    if kind == "quantity":
        return msgspec.convert(_tagged(value, kind), Quantity)
    if kind == "date":
        return msgspec.convert(_tagged(value, kind), DateValue)
    if kind == "text":
        return TextValue(text=value)
    held = {"is": "entity", "entity": value, "since": reading["from"], "until": reading["until"]}
    return msgspec.convert(held, EntityValue)


def _decision(given: Json) -> Decision:
    return msgspec.convert(given, Decision)
