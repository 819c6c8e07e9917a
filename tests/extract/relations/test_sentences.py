"""Actor claims of single sentences, each with its full key."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from sourcebook.extract import relations
from sourcebook.extract.language import model
from sourcebook.extract.notes import Notes
from sourcebook.extract.passage import Passage
from sourcebook.model import (
    Attribution,
    Claim,
    Document,
    DocumentId,
    Factuality,
    Mention,
    MentionId,
    MentionKind,
    Quantity,
)

CASES = Path(__file__).with_name("sentences.txt")
KINDS = {
    "ag": "armed_group", "p": "person", "org": "organization", "gov": "government", "sec": "security_force",
    "med": "media", "ppl": "people", "pl": "place", "fac": "facility", "t": "time", "q": "quantity",
}  # fmt: skip


def cases() -> list[tuple[str, tuple[str, ...]]]:
    """The marked sentences, each with the claims that it makes."""
    found: list[tuple[str, list[str]]] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith(">"):
            found[-1][1].append(line[1:].strip())
        elif line.strip() and not line.startswith("#"):
            found.append((line.strip(), []))
    return [(sentence, tuple(sorted(claims))) for sentence, claims in found]


def read(marked: str) -> tuple[str, list[tuple[int, int, str]], tuple[int, int] | None]:
    """Plain text, marked mentions, and the content of speech if `<speaker>` marks one."""
    text, opened, marks, speech = "", [], [], None
    for part in re.findall(r"\{\w+:|\}|<<|>>|[^{}<>]+", marked):
        if part == "}":
            kind, start = opened.pop()
            marks.append((start, len(text), KINDS[kind]))
        elif part == "<<":
            speech = (len(text), len(text))
        elif part == ">>":
            assert speech is not None
            speech = (speech[0], len(text))
        elif part.startswith("{"):
            opened.append((part[1:-1], len(text)))
        else:
            text += part.replace("\\n", "\n")
    return text, marks, speech


@cache
def _doc(text: str):  # type: ignore[no-untyped-def]
    return model()(text)


def notes(marked: str) -> Notes:
    """The notes of a marked sentence."""
    text, marks, speech = read(marked)
    document = Document(id=DocumentId("d"), path="d.txt", sha256="0", sequence=0, text=text)
    mentions = [
        Mention(
            span=document.span(start, end),
            exact=text[start:end],
            kind=MentionKind(kind),
            value=Quantity(low=None, high=None) if kind == "quantity" else None,
        )
        for start, end, kind in marks
    ]
    said = []
    if speech:
        speaker = next((m for m in mentions if not speech[0] <= m.span.start < speech[1]), None)
        said = [
            Attribution(
                source=MentionId(speaker.id) if speaker else None,
                kind="person",
                content=document.span(*speech),
            )
        ]
    return Notes(Passage(document, _doc(text)), mentions, said)


def shown(claim: Claim, words: dict[MentionId, str]) -> str:
    """A claim as the key writes it."""
    filler = claim.filler("object") or claim.filler("value")
    assert filler is not None
    parts = [claim.predicate, words[claim.arguments[0].mention], words[filler]]
    parts += [
        f"{a.role}={words[a.mention]}"
        for a in claim.arguments
        if a.role not in ("subject", "object", "value")
    ]
    parts += [f"by={words[s.source]}" for s in claim.attribution if s.source]
    parts += [claim.factuality.value] if claim.factuality is not Factuality.CERTAIN else []
    return " | ".join(parts)


def keyed(marked: str) -> tuple[str, ...]:
    """The claims of a marked sentence as the key writes them."""
    found = relations.find(notes(marked))
    words = {m.id: m.exact for m in (*notes(marked).mentions, *found.mentions)}
    return tuple(sorted(shown(c, words) for c in found.claims))


@pytest.mark.parametrize(("marked", "expected"), cases())
def test_a_sentence_makes_just_the_claims_of_its_key(marked: str, expected: tuple[str, ...]) -> None:
    assert keyed(marked) == expected


def test_the_key_is_large_enough_to_mean_something() -> None:
    assert len(cases()) >= 150


def test_every_argument_lies_in_the_evidence_of_its_claim() -> None:
    for marked, _ in cases():
        noted = notes(marked)
        found = relations.find(noted)
        spans = {m.id: m.span for m in (*noted.mentions, *found.mentions)}
        for claim in found.claims:
            assert all(claim.evidence.covers(spans[a.mention]) for a in claim.arguments)
