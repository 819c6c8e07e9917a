"""The JSON Schema of the JSON export, made from the model's closed lists.

`export/schema/record.schema.json` is its published form; a test keeps the two in step.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sourcebook.model import (
    Factuality,
    MentionKind,
    Relation,
    Reliability,
    Scope,
    SourceKind,
    Status,
    Verdict,
)
from sourcebook.model.vocabulary import (
    ACTOR_PROPERTIES,
    ACTOR_ROLES,
    ATTRIBUTION_STATUSES,
    EVENT_LINKS,
    EVENT_PROPERTIES,
    EVENT_ROLES,
    EVENT_TYPES,
    MODES,
    PARTICIPANT_ROLES,
    PRECISIONS,
)

Schema = dict[str, Any]

URI: Final = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Final[Schema] = {"type": "string"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_SHARE: Final[Schema] = {"type": "number", "minimum": 0, "maximum": 1}
_TRUTH: Final[Schema] = {"type": "boolean"}
_DAY: Final[Schema] = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def schema() -> Schema:
    """The schema of a whole export, draft 2020-12."""
    return {
        "$schema": URI,
        "$id": "https://sourcebook.invalid/record.schema.json",
        "title": "Sourcebook record, format 1",
        **_object(
            sourcebook=_object(format={"const": 1}, version=_TEXT, as_of=_or_null(_DAY)),
            sources=_list(_source()),
            references=_list(_reference()),
            documents=_list(_document()),
            mentions=_list(_mention()),
            entities=_list(_entity()),
            claims=_list(_claim()),
            events=_list(_event()),
            facts=_list(_fact()),
            proposals=_list(_object(kind=_TEXT, about=_pair(), score=_SHARE, why=_TEXT)),
            decisions=_list(_decision()),
            skipped=_list(_object(path=_TEXT, stage=_TEXT, why=_TEXT)),
        ),
    }


def _object(**properties: Schema) -> Schema:
    named = {name.rstrip("_"): held for name, held in sorted(properties.items())}
    return {
        "type": "object",
        "properties": named,
        "required": sorted(named),
        "additionalProperties": False,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _pair() -> Schema:
    return {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}


def _or_null(held: Schema) -> Schema:
    return {"anyOf": [held, {"type": "null"}]}


def _one_of(values: Iterable[str]) -> Schema:
    return {"enum": list(dict.fromkeys(str(v) for v in values))}


def _id(prefix: str) -> Schema:
    return {"type": "string", "pattern": f"^{prefix}-[0-9a-f]{{12}}$"}


def _span() -> Schema:
    return _object(start=_COUNT, end=_COUNT)


def _quote() -> Schema:
    return _object(start=_COUNT, end=_COUNT, exact=_TEXT)


def _place() -> Schema:
    return _or_null(_object(document=_id("d"), start=_COUNT, end=_COUNT))


def _days(**more: Schema) -> Schema:
    edtf, day = _or_null(_TEXT), _or_null(_DAY)
    given = {"span": _place(), **more}
    return _or_null(_object(edtf=edtf, earliest=day, latest=day, basis=_TEXT, **given))


def _quantity() -> Schema:
    number, words = _or_null({"type": "integer"}), _or_null(_TEXT)
    return _object(
        low=number, high=number, usual_low=number, usual_high=number, unit=words, of=words, wording=_TEXT
    )


def _value() -> Schema:
    """Of a mention: a quantity or a time."""
    words, day = _or_null(_TEXT), _or_null(_DAY)
    time = _object(
        edtf=words,
        earliest=day,
        latest=day,
        type=_TEXT,
        value=_TEXT,
        anchor=words,
        basis=_TEXT,
        direction=words,
        event=_or_null(_span()),
    )
    return {"anyOf": [_quantity(), time, {"type": "null"}]}


def _reading_value() -> Schema:
    words, day = _or_null(_TEXT), _or_null(_DAY)
    return {"anyOf": [_quantity(), _object(edtf=words, earliest=day, latest=day), {"type": "null"}, _TEXT]}


def _location(**more: Schema) -> Schema:
    degrees = _or_null({"type": "number"})
    return _object(
        lat=degrees,
        lon=degrees,
        precision=_one_of(PRECISIONS),
        country=_or_null(_TEXT),
        basis=_TEXT,
        candidates=_list(_TEXT),
        unit=_or_null(_TEXT),
        geonames=_or_null({"type": "integer"}),
        within=_list(_TEXT),
        **more,
    )


def _source() -> Schema:
    return _object(
        id=_TEXT,
        name=_TEXT,
        kind=_one_of(SourceKind),
        country=_or_null(_TEXT),
        interest=_or_null(_TEXT),
        reliability=_or_null(_one_of(Reliability)),
        rated_by=_or_null(_TEXT),
    )


def _document() -> Schema:
    words = _or_null(_TEXT)
    return _object(
        id=_id("d"),
        path=_TEXT,
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        title=words,
        source=words,
        author=words,
        url=words,
        language=words,
        translated=_TRUTH,
        translated_why=words,
        translation_of=_or_null(_id("d")),
        origin_group=_TEXT,
        published=_days(span=_or_null(_span()), estimated=_TRUTH),
        title_span=_or_null(_span()),
        author_span=_or_null(_span()),
        encoding=_TEXT,
        sequence=_COUNT,
        text=_TEXT,
        masks=_list(_object(start=_COUNT, end=_COUNT, why=_TEXT)),
        container=words,
        licence=words,
        handling=words,
        file_dates=_list(_days()),
        page_starts=_list(_COUNT),
    )


def _mention() -> Schema:
    return _object(
        id=_id("m"),
        document=_id("d"),
        start=_COUNT,
        end=_COUNT,
        exact=_TEXT,
        kind=_one_of(MentionKind),
        form=_one_of(("name", "nominal", "pronoun")),
        country=_or_null(_TEXT),
        head=_TEXT,
        antecedent=_or_null(_id("m")),
        entity=_or_null(_TEXT),
        value=_value(),
    )


def _entity() -> Schema:
    return _object(
        id=_TEXT,
        kind=_one_of(k for k in MentionKind if k.is_entity),
        name=_TEXT,
        mentions=_list(_id("m")),
        aliases=_list(_object(name=_TEXT, mentions=_list(_id("m")))),
        identifiers={"type": "object", "additionalProperties": _TEXT},
        not_same_as=_list(_TEXT),
        joined=_list(_TEXT),
        location=_or_null(_location()),
        listed=_list(_listed()),
    )


def _reference() -> Schema:
    return _object(
        id=_id("l"),
        name=_TEXT,
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        format=_one_of(("csv", "followthemoney", "opensanctions", "wikidata")),
        licence=_or_null(_TEXT),
        size=_COUNT,
    )


def _listed() -> Schema:
    words, degrees = _or_null(_TEXT), _or_null({"type": "number"})
    return _object(
        list=_TEXT,
        id=_TEXT,
        row=_COUNT,
        name=_TEXT,
        kind=_or_null(_one_of(k for k in MentionKind if k.is_entity)),
        aliases=_list(_TEXT),
        weak=_list(_TEXT),
        actor_kind=words,
        country=words,
        parent=words,
        lat=degrees,
        lon=degrees,
        precision=_or_null(_one_of(PRECISIONS)),
        identifiers={"type": "object", "additionalProperties": _TEXT},
        note=words,
        from_=_days(),
        until=_days(),
        why=_TEXT,
    )


def _claim() -> Schema:
    argument = _object(
        role=_one_of((*EVENT_ROLES, *ACTOR_ROLES)), mention=_id("m"), entity=_or_null(_TEXT), value=_value()
    )
    speaker = _object(
        speaker=_or_null(_TEXT),
        entity=_or_null(_TEXT),
        kind=_TEXT,
        act=_TEXT,
        cue=_or_null(_quote()),
        content=_or_null(_span()),
        direct=_TRUTH,
        source=_or_null(_id("m")),
        channel=_or_null(_id("m")),
    )
    return _object(
        id=_id("c"),
        document=_id("d"),
        start=_COUNT,
        end=_COUNT,
        exact=_TEXT,
        predicate=_one_of((*EVENT_TYPES, *ACTOR_PROPERTIES)),
        modes=_list(_modes()),
        trigger=_quote(),
        arguments=_list(argument),
        attribution={**_list(speaker), "minItems": 1},
        factuality=_one_of(Factuality),
        status=_or_null(_one_of(Status)),
        scope=_one_of(Scope),
        antecedent=_or_null(_id("c")),
        confidence=_SHARE,
        extractor=_TEXT,
    )


def _modes() -> Schema:
    return _one_of(mode for modes in MODES.values() for mode in modes)


def _event() -> Schema:
    place = _location(entity=_or_null(_TEXT), name=_TEXT, role=_TEXT)
    participant = _object(
        role=_one_of(PARTICIPANT_ROLES),
        entity=_or_null(_TEXT),
        name=_TEXT,
        attribution_status=_one_of(ATTRIBUTION_STATUSES),
        claims=_list(_id("c")),
    )
    return _object(
        id=_TEXT,
        type=_one_of(EVENT_TYPES),
        modes=_list(_modes()),
        label=_TEXT,
        status=_one_of(Status),
        claims=_list(_id("c")),
        documents=_list(_id("d")),
        origins=_COUNT,
        date=_days(),
        places=_list(place),
        participants=_list(participant),
        merge=_list(_object(claims=_pair(), score=_SHARE, why=_TEXT)),
        related=_list(_object(kind=_one_of(EVENT_LINKS), event=_TEXT, claims=_pair(), why=_TEXT)),
    )


def _fact() -> Schema:
    reading = _object(
        text=_TEXT,
        value=_reading_value(),
        kind=_one_of(("quantity", "date", "entity", "text")),
        claims=_list(_id("c")),
        documents=_list(_id("d")),
        origins=_COUNT,
        speakers=_list(_TEXT),
        from_=_days(),
        until=_days(),
    )
    return _object(
        id=_TEXT,
        subject=_TEXT,
        property=_one_of((*EVENT_PROPERTIES, *ACTOR_PROPERTIES)),
        relation=_one_of(Relation),
        explanation=_TEXT,
        rule=_TEXT,
        credibility=_or_null({"type": "integer", "minimum": 1, "maximum": 6}),
        preferred=_or_null(_COUNT),
        cites=_list(_id("c")),
        readings={**_list(reading), "minItems": 1},
    )


def _decision() -> Schema:
    return _object(
        id=_id("n"),
        about=_list(_TEXT),
        verdict=_one_of(Verdict),
        by=_TEXT,
        at=_TEXT,
        why=_TEXT,
        previous=_TEXT,
        correction=_or_null(_object(field=_TEXT, value=_TEXT)),
        anchors=_list(
            _object(
                kind=_TEXT,
                id=_TEXT,
                document=_or_null(_id("d")),
                start=_COUNT,
                end=_COUNT,
                exact=_TEXT,
                predicate=_TEXT,
            )
        ),
    )
