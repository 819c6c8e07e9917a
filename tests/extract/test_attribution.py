from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.factories import Writing

from sourcebook.extract import attribution
from sourcebook.extract.language import parse
from sourcebook.extract.notes import Notes
from sourcebook.extract.passage import Passage
from sourcebook.model import Mention, MentionKind

KEY = Path(__file__).with_name("attribution_key.txt")


def passage(text: str) -> Passage:
    return parse(Writing(text).document)[0]


def rows(text: str) -> list[str]:
    """What is found, in the notation of the key."""
    read = passage(text)
    notes = Notes(read, [])
    speech = attribution.find(read, notes)
    named = {m.id: m.exact for m in speech.mentions}
    quote = read.document.quote
    return [
        " | ".join(
            (
                named[a.source] if a.source else "-",
                a.kind,
                quote(a.cue) if a.cue else "-",
                a.act,
                "direct" if a.direct else "indirect",
                named[a.channel] if a.channel else "-",
                quote(a.content),
            )
        )
        for a in speech.attributions
    ]


def key() -> Iterator[tuple[str, list[str]]]:
    sentence, found = "", []
    for line in KEY.read_text(encoding="utf-8").splitlines():
        if line.startswith(">"):
            if sentence:
                yield sentence, found
            sentence, found = line[2:], []
        elif line and not line.startswith("#"):
            found.append(line)
    yield sentence, found


@pytest.mark.parametrize(("sentence", "wanted"), list(key()))
def test_a_sentence_gives_its_sources_cues_and_contents(sentence: str, wanted: list[str]) -> None:
    assert rows(sentence) == wanted


def test_a_source_that_is_a_known_mention_is_that_mention() -> None:
    read = passage("The Harrow Front said that it had left the port.")
    known = read.mention(read.doc[0:3], MentionKind.ARMED_GROUP)
    speech = attribution.find(read, Notes(read, [known]))
    assert [a.source for a in speech.attributions] == [known.id]
    assert speech.mentions == []


def test_a_chain_of_speakers_comes_out_outermost_first() -> None:
    read = passage("Orr says Vane told reporters that the army fired first.")
    speech = attribution.find(read, Notes(read, []))
    notes = Notes(read, speech.mentions, speech.attributions)
    fired = next(t for t in read.doc if t.text == "fired")
    chain: list[Mention] = [notes[a.source] for a in notes.speakers(read.span(fired)) if a.source]
    assert [m.exact for m in chain] == ["Orr", "Vane"]


def test_offsets_count_from_the_start_of_the_document() -> None:
    writing = Writing("One line.\n\nThe mayor said the dam had burst.")
    read = parse(writing.document)[0]
    found = attribution.find(read, Notes(read, [])).attributions
    assert [writing.document.quote(a.content) for a in found] == ["the dam had burst"]
