"""A sourcebook of made-up reports of any size, for the benchmarks of pages: `write(path)`.

Sentences come from one template about invented groups; mentions and claims are put in where they stand, so
that no time goes into extraction, and everything else (entities, events, facts) is derived by the program.
Towns are those of the gazetteer, so that there is something on the map.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from sourcebook import project
from sourcebook.model import (
    Argument,
    Attribution,
    Claim,
    Days,
    Document,
    Mention,
    MentionKind,
    Quantity,
    Source,
    Status,
    Timex,
    document_id,
)
from sourcebook.ports import Extraction, Raw, Reading
from sourcebook.store.extractions import Extracted
from sourcebook.store.store import Store

EVENTS, DOCUMENTS, LONG, SPANS = 10_000, 300, 120_000, 2_500
GROUPS, TOWNS = 200, 2_600
SENTENCE = "On {day} gunmen of the {group} killed {killed} people in {town}, officials said."
NAMES = ("Harrow", "Kestrel", "Marl", "Tessen", "Corvin", "Dunlow", "Ember", "Fallow", "Garnet", "Hollin")
KINDS = ("Front", "Brigade", "Guard", "Column", "Army", "Union", "League", "Legion", "Watch", "Band",
         "Circle", "Host", "Order", "Path", "Hand", "Wing", "Call", "Flame", "Shield", "Arrow")  # fmt: skip


class Writer:
    """One document under way: its sentences, and what was found in them."""

    def __init__(self, number: int, published: date) -> None:
        self.path = f"report-{number:03}.txt"
        self.published = published
        self.text = ""
        self.noted: list[tuple[str, int, int, object]] = []
        self.told: list[tuple[int, int, dict[str, tuple[int, int]]]] = []

    def tell(self, fields: dict[str, str]) -> None:
        start, at = len(self.text), {}
        rest = SENTENCE
        for name in ("day", "group", "killed", "town"):
            before, rest = rest.split(f"{{{name}}}")
            self.text += before
            at[name] = (len(self.text), len(self.text) + len(fields[name]))
            self.text += fields[name]
        self.text += rest
        self.told.append((start, len(self.text), at))
        self.text += "\n" if len(self.told) % 4 == 0 else " "

    def document(self, sequence: int) -> tuple[Document, Source, bytes]:
        data = self.text.encode()
        sha256 = hashlib.sha256(data).hexdigest()
        days = Days(
            edtf=self.published.isoformat(), earliest=self.published, latest=self.published, basis="made up"
        )
        source = Source(id=f"s-{sequence % 40:012x}", name=f"Herald {sequence % 40}")
        held = Document(
            id=document_id(self.path, sha256), path=self.path, sha256=sha256, sequence=sequence,
            text=self.text, title=f"Report {sequence}", source=source.id, published=days, language="en",
        )  # fmt: skip
        return held, source, data

    def extraction(self, held: Document) -> Extraction:
        mentions, claims = [], []
        for start, end, at in self.told:
            made = {name: _mention(held, name, *span) for name, span in at.items()}
            speaker = held.text.index("officials", at["town"][1])
            made["speaker"] = _mention(held, "speaker", speaker, speaker + 9)
            mentions += made.values()
            verb = held.text.index(" killed ", at["group"][1]) + 1
            span = held.span(start, end)
            claims.append(
                Claim(
                    predicate="ASSAULT", trigger=held.span(verb, verb + 6), evidence=span,
                    modes=("firearms",), status=Status.ACCOMPLISHED, extractor="made up",
                    attribution=(Attribution(source=made["speaker"].id, kind="official", content=span),),
                    arguments=tuple(
                        Argument(role, made[name].id)
                        for role, name in (("actor", "group"), ("date", "day"), ("killed", "killed"),
                                           ("location", "town"))
                    ),
                )
            )  # fmt: skip
        return Extraction(mentions, claims)


def _mention(held: Document, name: str, start: int, end: int) -> Mention:
    span = held.span(start, end)
    exact = held.quote(span)
    if name == "killed":
        number = int(exact)
        value = Quantity(
            low=number, high=number, usual_low=number, usual_high=number, unit="person", of="killed"
        )
        return Mention(span=span, exact=exact, kind=MentionKind.QUANTITY, value=value)
    if name == "day":
        day = date.fromisoformat(exact)
        return Mention(
            span=span, exact=exact, kind=MentionKind.TIME,
            value=Timex(type="DATE", value=exact, edtf=exact, earliest=day, latest=day),
        )  # fmt: skip
    kind = {"group": MentionKind.ARMED_GROUP, "town": MentionKind.PLACE, "speaker": MentionKind.GOVERNMENT}[
        name
    ]
    return Mention(span=span, exact=exact, kind=kind)


def towns(number: int) -> list[str]:
    """Names of towns that stand once in the gazetteer, from everywhere."""
    text = files("sourcebook.gazetteer").joinpath("tables/places.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if "\ttown\t" in line]
    names = sorted({r[1] for r in rows if r[1].isascii() and r[1].isalpha() and len(r[1]) > 4})
    return names[:: max(1, len(names) // number)][:number]


def reports(events: int, documents: int) -> Iterator[Writer]:
    """Every event in two documents, one in twenty with another figure."""
    chance = random.Random(20311105)
    places = towns(TOWNS)
    groups = [f"{a} {b}" for a in NAMES for b in KINDS]
    written = [Writer(n, date(2031, 1, 1) + timedelta(days=n)) for n in range(documents)]
    for n in range(events):
        killed = chance.randrange(1, 60)
        fields = {
            "day": (date(2015, 1, 1) + timedelta(days=chance.randrange(5_000))).isoformat(),
            "group": groups[n % len(groups)],
            "town": places[chance.randrange(len(places))],
        }
        for k in (0, 1):
            told = killed + 5 * (k and n % 20 == 0)
            written[(n + k * 7) % documents].tell({**fields, "killed": str(told)})
    yield from written
    yield long_report(documents)


def long_report(number: int) -> Writer:
    """A document of 120,000 characters with 2,500 marks, all about one group."""
    made = Writer(number, date(2032, 1, 1))
    marked = SPANS // 6
    for n in range(marked):
        day = (date(2014, 1, 1) + timedelta(days=n)).isoformat()
        made.tell({"day": day, "group": "Long Column", "killed": str(n % 50 + 1), "town": "Tarvela"})
        made.text += "Nothing else was known of it by the evening, and the road stayed closed. " * 2
    made.text = made.text.ljust(LONG, ".")[:LONG]
    return made


def write(path: Path, *, events: int = EVENTS, documents: int = DOCUMENTS) -> Path:
    """Make the sourcebook at `path`, unless it is there, and derive its record."""
    if path.exists():
        return path
    with Store(path, create=True) as store, store.transaction():
        for number, writer in enumerate(reports(events, documents)):
            held, source, data = writer.document(number)
            raw = Raw(data, held.path, {})
            store.put_file(raw, [Reading(held, source)], read_from=held.path, reader="made up")
            extracted = Extracted(held, "made up", writer.extraction(held))
            store.put_extractions([extracted], extractor="made up")
    project.rebuild(path)
    return path
