"""Annotations made in other tools: read, set beside the record, taken in as decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from sourcebook.errors import InputError
from sourcebook.export import files, inception, labelstudio, webanno
from sourcebook.model import Verdict
from sourcebook.project import reviewing
from sourcebook.project.deriving import record
from sourcebook.views.annotations import Annotation, rows

_FORMS: Final[tuple[tuple[str, Callable[[Any], bool], Callable[[Any], list[Annotation]]], ...]] = (
    ("UIMA CAS JSON", inception.looks, inception.read),
    ("Web Annotation", webanno.looks, webanno.read),
    ("Label Studio", labelstudio.looks, labelstudio.read),
)


class Taken(NamedTuple):
    """How many claims were accepted and rejected, and how many spans could not be taken in."""

    accepted: int
    rejected: int
    left: int


def is_annotations(path: Path) -> bool:
    """Whether a path is JSON or a folder of it, and no table."""
    if path.is_dir():
        return any(path.glob("*.json"))
    return path.is_file() and files.get(path)[:64].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")


def read(path: Path) -> list[Annotation]:
    """The annotations in a JSON file of Label Studio, INCEpTION or the W3C's form, or in a folder.

    Raises:
        InputError: a file is none of these, or not as its tool writes it.
    """
    places = sorted(path.glob("*.json")) if path.is_dir() else [path]
    return [found for place in places for found in _read(place)]


def _read(place: Path) -> list[Annotation]:
    try:
        whole = msgspec.json.decode(files.get(place).removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{place} is no JSON: {error}") from error
    for name, looks, reads in _FORMS:
        if looks(whole):
            try:
                return reads(whole)
            except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
                raise InputError(f"{place} is not as {name} writes it: {error!r}") from error
    known = ", ".join(name for name, _, _ in _FORMS)
    raise InputError(f"{place}: JSON that is none of {known}")


def take_in(path: Path, annotated: Path, *, by: str, at: datetime, reject_missing: bool = False) -> Taken:
    """Accept the claims whose trigger is annotated with their predicate; reject those left out, if so asked.

    A label or span that differs, and one that the record has not, is left: nobody's words say what the claim
    should read. Mentions are not decided upon.

    Raises:
        InputError: the annotations cannot be read, or nobody signed.
    """
    compared = rows(record(path), read(annotated))
    verdicts = {"agreed": Verdict.ACCEPT} | ({"only-here": Verdict.REJECT} if reject_missing else {})
    claims = [row for row in compared if row.id.startswith("c-") and row.outcome in verdicts]
    given = {
        row.id: (verdicts[row.outcome], f"annotated in {annotated.name}{_who(row.by)}") for row in claims
    }
    reviewing.decide_each(path, given, by=by, at=at)
    accepted = sum(verdict is Verdict.ACCEPT for verdict, _ in given.values())
    left = sum(row.outcome in ("differs", "only-there") for row in compared)
    return Taken(accepted, len(given) - accepted, left)


def _who(annotator: str) -> str:
    return f" by {annotator}" if annotator else ""
