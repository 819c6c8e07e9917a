"""How long extraction takes against spaCy alone, as it is delivered, on the same documents in one run; where it goes.

Run `python benchmarks/extraction_speed.py FOLDER...`; every text file below the folders is one document. It prints
the processor time of the parse, of the whole extraction, their ratio and the share of each step.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from scaling import delivered

from sourcebook.extract import attribution, coreference, events, names, places, quantities, relations, times
from sourcebook.extract.language import parse
from sourcebook.extract.notes import Notes
from sourcebook.extract.passage import Passage
from sourcebook.model import Document, document_id
from sourcebook.ports import Context

SUFFIXES = (".txt", ".md")
#: Documents longer than this are cut: the ratio does not depend on it, the time does.
LONGEST = 20_000


class Clock:
    """Processor seconds by the name of a step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def __call__(self, name: str, step: Callable[..., Any], *given: Any) -> Any:
        """Run a step and add its time to its name."""
        start = time.process_time()
        done = step(*given)
        self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - start
        return done


def documents(folders: list[str]) -> Iterator[Document]:
    """The text files below the folders, in order of their paths."""
    for folder in folders:
        for path in sorted(p for p in Path(folder).rglob("*") if p.suffix in SUFFIXES):
            text = path.read_text("utf-8", errors="replace")[:LONGEST]
            if text.strip():
                sha = hashlib.sha256(text.encode()).hexdigest()
                identifier = document_id(str(path), sha)
                yield Document(
                    id=identifier, path=str(path), sha256=sha, sequence=0, text=text, language="en"
                )


def read(document: Document, clock: Clock) -> None:
    """The steps of `pipeline.extract`, each timed."""
    passages = clock("parse", parse, document)
    when = clock("times", times.clock, passages, Context())
    for passage in passages:
        notes = annotated(passage, when, clock)
        clock("names", names.aliases, notes)
        clock("events", events.find, notes)
        clock("relations", relations.find, notes)


def annotated(passage: Passage, when: times.Clock, clock: Clock) -> Notes:
    """The steps of `pipeline.annotate`, each timed."""
    timed = clock("times", times.find, passage, when)
    counted = clock("quantities", quantities.find, passage, timed)
    located = clock("places", places.find, passage)
    named = clock("names", names.find, passage, located)
    linked = clock("coreference", coreference.link, passage, [*named, *timed, *counted])
    speech = clock("attribution", attribution.find, passage, Notes(passage, linked))
    return Notes(passage, [*linked, *speech.mentions], speech.attributions)


def main() -> None:
    """Print the times."""
    given = list(documents(sys.argv[1:]))
    if not given:
        sys.exit("no text files: name a folder")
    warm = Clock()
    read(given[0], warm)
    delivered()(given[0].text)
    alone, clock = Clock(), Clock()
    for document in given:
        alone("spaCy", delivered(), document.text)
        read(document, clock)
    base, whole = alone.spent["spaCy"], sum(clock.spent.values())
    length = sum(len(d.text) for d in given)
    print(f"{len(given)} documents, {length:,} characters")
    print(f"spaCy alone  {base:7.2f} s")
    print(f"extraction   {whole:7.2f} s   ratio {whole / base:.2f}")
    for name, spent in sorted(clock.spent.items(), key=lambda item: -item[1]):
        print(f"  {name:<12} {spent:6.2f} s  {spent / whole:6.1%}")


if __name__ == "__main__":
    main()
