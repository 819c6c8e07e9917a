"""What a DOCX or PDF dossier says, as JSON beside it: `verify` checks it, and the file against it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct

from sourcebook.errors import InputError
from sourcebook.views import phrases
from sourcebook.views.dossier import Citation, Dossier


class Said(Struct, frozen=True):
    """One sentence and the numbers of its citations."""

    text: str
    citations: tuple[str, ...]


class Sidecar(Struct, frozen=True):
    """The citations and sentences of the file whose SHA-256 is given."""

    of: str
    sha256: str
    citations: dict[str, Citation]
    sentences: tuple[Said, ...]
    gaps: tuple[str, ...]


def path_of(out: Path) -> Path:
    """Where the sidecar of a dossier lies."""
    return out.with_name(f"{out.name}.citations.json")


def content(dossier: Dossier, out: Path, file: bytes) -> bytes:
    """The sidecar of a dossier written to `out`."""
    numbers = {c: str(n) for n, c in enumerate(dossier.citations(), 1)}
    made = Sidecar(
        of=out.name,
        sha256=hashlib.sha256(file).hexdigest(),
        citations={n: c for c, n in numbers.items()},
        sentences=tuple(
            Said(x.text, tuple(numbers[c] for c in x.citations))
            for s in dossier.sections
            for x in s.sentences
        ),
        gaps=tuple(map(phrases.gap, dossier.gaps)),
    )
    return msgspec.json.format(msgspec.json.encode(made, order="sorted"), indent=1) + b"\n"


def read(place: Path) -> Sidecar:
    """The sidecar of the dossier at `place`.

    Raises:
        InputError: there is none, it cannot be read, or it is of another file.
    """
    beside = path_of(place)
    try:
        found = msgspec.json.decode(beside.read_bytes(), type=Sidecar)
        digest = hashlib.sha256(place.read_bytes()).hexdigest()
    except (OSError, msgspec.MsgspecError, RecursionError) as error:
        raise InputError(f"cannot read {beside}, which says what {place.name} cites: {error}") from error
    if digest != found.sha256:
        raise InputError(f"{place} is not the file that {beside.name} tells of: it was changed")
    return found
