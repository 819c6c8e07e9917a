"""What a reader says of one file, as bytes: how a guarded worker answers."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Final

import msgspec
from msgspec import Struct

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Skipped
from sourcebook.ports import Raw, Reader, Reading

_WHY: Final = 300


class Answer(Struct, frozen=True, array_like=True):
    """What one file holds: its documents, the files in it, and what of it could not be read."""

    readings: tuple[Reading, ...] = ()
    members: tuple[Raw, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def answer(reader: Reader, raw: Raw) -> Answer:
    """What `reader` makes of a file. Whatever goes wrong costs the file only, and is a skipped row."""
    readings: list[Reading] = []
    members: list[Raw] = []
    skipped: list[Skipped] = []
    try:
        found: Iterable[Reading | Raw | Skipped] = reader(raw, sequence=0)
        for part in found:
            if isinstance(part, Reading):
                readings.append(part)
            elif isinstance(part, Raw):
                members.append(part)
            else:
                skipped.append(part)
    except UnreadableDocument as error:
        skipped.append(refusal(raw, str(error)))
    except RecursionError:
        skipped.append(refusal(raw, "nested too deeply"))
    except MemoryError:
        raise
    except Exception as error:  # a reader's bug costs its own file only, and says so
        skipped.append(refusal(raw, f"reader failed: {type(error).__name__}: {error}"[:_WHY]))
    return Answer(tuple(readings), tuple(members), tuple(skipped))


def refusal(raw: Raw, why: str) -> Skipped:
    """The skipped row of a whole file."""
    return Skipped(path=raw.path, stage="read", why=why)


def prepare(target: bytes) -> Callable[[bytes], bytes]:
    """The reader at `target` ("package.module:name"), as a function from bytes to bytes."""
    module, _, name = target.decode().partition(":")
    reader: Reader = getattr(importlib.import_module(module), name)

    def answered(raw: bytes) -> bytes:
        return msgspec.msgpack.encode(answer(reader, msgspec.msgpack.decode(raw, type=Raw)))

    return answered


def encoded(raw: Raw) -> bytes:
    """A file as it is handed to whoever reads it."""
    return msgspec.msgpack.encode(raw)


def decoded(data: bytes) -> Answer:
    """An answer that came in bytes.

    Raises:
        UnreadableDocument: it is none.
    """
    try:
        return msgspec.msgpack.decode(data, type=Answer)
    except (msgspec.MsgspecError, ValueError) as error:
        raise UnreadableDocument(f"the reader gave an answer that cannot be used: {error}") from error


def fault(raw: Raw, found: Answer) -> str | None:
    """Why an answer cannot be kept: documents of another file, or offsets outside their text."""
    inside = f"{raw.path}/"
    for document, _ in found.readings:
        size = len(document.text)
        offsets = [(m.start, m.end) for m in document.masks]
        offsets += [(s.start, s.end) for s in (document.title_span, document.author_span) if s]
        if document.path != raw.path and not document.path.startswith(inside):
            return f"the reader gave a document of another file: {document.path}"
        if any(not 0 <= start <= end <= size for start, end in offsets):
            return "the reader gave offsets outside the text"
        if any(not 0 <= start <= size for start in document.page_starts):
            return "the reader gave pages outside the text"
    if any(not part.path.startswith(inside) for part in found.members):
        return "the reader gave a member of another file"
    return None
