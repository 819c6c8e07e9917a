from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.factories import published

from sourcebook.extract.pipeline import extract
from sourcebook.model import Document, document_id
from sourcebook.model.vocabulary import EVENT_TYPES
from sourcebook.ports import Context, Extraction


class Case(NamedTuple):
    phenomenon: str
    text: str
    expected: tuple[str, ...]


def cases() -> list[Case]:
    found: list[Case] = []
    phenomenon = ""
    for line in (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            phenomenon = line[3:]
        elif line.startswith("  "):
            case = found.pop()
            found.append(case._replace(expected=(*case.expected, line.strip())))
        elif line and not line.startswith("#"):
            found.append(Case(phenomenon, line, ()))
    return found


def document(text: str) -> Document:
    sha = hashlib.sha256(text.encode()).hexdigest()
    day = published("2031-05-14")
    return Document(
        id=document_id("s", sha), path="s", sha256=sha, sequence=0, text=text, language="en", published=day
    )


@lru_cache
def read(text: str) -> tuple[Document, Extraction]:
    written = document(text)
    return written, extract(written, Context())


class Told(NamedTuple):
    """One claim in the words of the table."""

    trigger: str
    kind: str
    roles: tuple[tuple[str, str], ...]
    after: str


def told(text: str) -> list[Told]:
    written, found = read(text)
    mentions = {m.id: m for m in found.mentions}
    claims = {c.id: c for c in found.claims}
    listed = []
    for claim in found.claims:
        if claim.predicate in EVENT_TYPES:
            modes = "".join(f"/{m}" for m in claim.modes)
            roles = tuple((a.role, mentions[a.mention].exact) for a in claim.arguments)
            earlier = claims.get(claim.antecedent) if claim.antecedent else None
            listed.append(
                Told(
                    written.quote(claim.trigger),
                    f"{claim.predicate}{modes} {claim.scope} {claim.status}",
                    roles,
                    written.quote(earlier.trigger) if earlier else "",
                )
            )
    return listed


def wanted(line: str) -> Told:
    head, _, rest = line.partition(" | ")
    trigger, _, kind = head.partition(": ")
    kind, _, after = kind.partition(" <- ")
    pairs = tuple(tuple(part.strip().split("=", 1)) for part in rest.split(";")) if rest else ()
    return Told(trigger, kind, pairs, after)  # type: ignore[arg-type]


def holds(words: str, mention: str) -> bool:
    return words.lower() in mention.lower()


def same_roles(want: Told, got: Told) -> bool:
    left = list(got.roles)
    for role, words in want.roles:
        match = next((pair for pair in left if pair[0] == role and holds(words, pair[1])), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def fits(want: Told, got: Told) -> bool:
    return (
        holds(want.trigger, got.trigger)
        and want.kind == got.kind
        and (not want.after or holds(want.after, got.after))
        and same_roles(want, got)
    )


@pytest.mark.parametrize("case", cases(), ids=lambda c: f"{c.phenomenon}: {c.text[:60]}")
def test_a_sentence_is_read_as_its_table_says(case: Case) -> None:
    got = told(case.text)
    want = [] if case.expected == ("-",) else [wanted(line) for line in case.expected]
    for line in want:
        match = next((g for g in got if fits(line, g)), None)
        assert match is not None, f"{line}\n not in \n" + "\n".join(map(str, got))
        got.remove(match)
    assert not got, f"more than expected: {got}"
