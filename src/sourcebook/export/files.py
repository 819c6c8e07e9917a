"""Exports as files: written beside their place and then moved there, each with its loss report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from sourcebook.errors import InputError
from sourcebook.export import (
    csv,
    dossier,
    dossier_docx,
    dossier_pdf,
    formats,
    json,
    json_read,
    parquet,
    sidecar,
)
from sourcebook.export.formats import PRODUCERS
from sourcebook.export.loss import Produced, write_report
from sourcebook.export.relational import HEAD
from sourcebook.model import Entity, Record
from sourcebook.views.dossier import Dossier
from sourcebook.views.dossier import dossier as written
from sourcebook.views.dossier_redaction import legible, redacted

#: As much of a file as is looked at to tell an export from a sourcebook.
_HEAD: Final = 64

FORMATS: Final = ("json", "csv", *PRODUCERS)


def write(record: Record, form: str, out: Path) -> Path:
    """Export a record; gives back where the loss report is.

    Raises:
        InputError: `out` cannot be written.
    """
    with _explained(out):
        if form == "csv":
            csv.export(record, out)
            return write_report(out, form, csv.losses(record))
        if form in PRODUCERS:
            produced = formats.produced(record, form)
            _put(produced, out)
            return write_report(out, form, list(produced.losses))
        with _replacing(out) as file:
            json.export(record, file)
        return write_report(out, form, json.losses(record))


def put(content: bytes, out: Path) -> None:
    """Write a file whole, or not at all.

    Raises:
        InputError: `out` cannot be written.
    """
    with _explained(out), _replacing(out) as file:
        file.write(content)


def get(path: Path) -> bytes:
    """What a file holds.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error


def read(path: Path) -> Record | None:
    """The record in a JSON, CSV or Parquet export; None if `path` is none of these.

    Raises:
        InputError: it looks like one and cannot be read.
    """
    if path.is_dir():
        for form, ending in ((csv, "csv"), (parquet, "parquet")):
            if (path / f"{HEAD}.{ending}").is_file():
                return json_read.record(form.read(path))
        return None
    if not path.is_file():
        return None
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return json_read.read(get(path)) if json_read.looks(head) else None


def write_stream(record: Record, form: str, out: BinaryIO) -> None:
    """Export a record to an open stream.

    Raises:
        InputError: the format makes several files.
    """
    if form == "json":
        json.export(record, out)
        return
    produced = PRODUCERS[form](record) if form in PRODUCERS else None
    if produced is None or produced.main is None or produced.beside:
        raise InputError(f"{form} makes several files: give -o a place for them")
    out.write(produced.main)


def _put(produced: Produced, out: Path) -> None:
    """The main file at `out` and the others beside it, or all of them in the folder `out`."""
    if produced.main is None:
        out.mkdir(parents=True, exist_ok=True)
    else:
        with _replacing(out) as file:
            file.write(produced.main)
    for name, content in produced.beside.items():
        place = out / name
        if produced.main is not None:
            place = out.with_name(f"{out.stem}_{name}{'' if '.' in name else out.suffix}")
        with _replacing(place) as file:
            file.write(content)


def write_dossier(
    record: Record, actor: Entity, out: Path, *, as_of: date | None = None, redact: str | None = None
) -> int:
    """Write the dossier on an actor; gives back how many citations it has.

    A DOCX or PDF gets a file beside it that says what it cites. `redact` is a profile of `views.redaction`.

    Raises:
        InputError: `out` ends in none of the known ways, or cannot be written.
        MissingExtra: the package that writes the format is not installed.
    """
    form = _DOSSIERS.get(out.suffix)
    if form is None:
        raise InputError(f"{out}: a dossier is written as {', '.join(_DOSSIERS)}; name the file so")
    made = written(record, actor, as_of=as_of)
    if redact is not None:
        made = redacted(made, record, redact)
    made = legible(made)
    content = form(made)
    with _explained(out):
        with _replacing(out) as file:
            file.write(content)
        if out.suffix in _BESIDE:
            with _replacing(sidecar.path_of(out)) as file:
                file.write(sidecar.content(made, out, content))
    return len(made.citations())


_DOSSIERS: Final[MappingProxyType[str, Callable[[Dossier], bytes]]] = MappingProxyType(
    {
        ".md": lambda made: dossier.markdown(made).encode(),
        ".html": lambda made: dossier.page(made).encode(),
        ".docx": dossier_docx.document,
        ".pdf": dossier_pdf.document,
    }
)

#: Forms that cannot be read back: what they cite is in a file beside them.
_BESIDE: Final = (".docx", ".pdf")


@contextmanager
def _replacing(out: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `out` only when it is whole."""
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _explained(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror or error}; give -o another place") from error
