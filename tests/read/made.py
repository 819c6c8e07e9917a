"""Files of every kind, made here from invented words."""

from __future__ import annotations

import io
import tarfile
import zipfile
from email.message import EmailMessage

from sourcebook.model import Document, Skipped
from sourcebook.ports import Raw, Reading
from sourcebook.read import kinds
from sourcebook.read.answering import Answer, answer

BODY = "Gunmen attacked a depot near Vesk on Tuesday, killing five guards, the governor said."
MORE = "The Harrow Front claimed the attack in a statement sent to the Orlan Times two days later."


def answered(data: bytes, path: str = "file", **row: str) -> Answer:
    return answer(kinds.read, Raw(data, path, row))


def everything(data: bytes, path: str = "file") -> tuple[list[Document], list[Skipped]]:
    """Documents and refusals of a file and of all in it."""
    documents: list[Document] = []
    skipped: list[Skipped] = []
    stack = [Raw(data, path, {})]
    while stack:
        found = answer(kinds.read, stack.pop())
        documents += [reading.document for reading in found.readings]
        skipped += found.skipped
        stack += reversed(found.members)
    return documents, skipped


def only(data: bytes, path: str = "file", **row: str) -> Document:
    found = answered(data, path, **row)
    assert not found.skipped, found.skipped
    (reading,) = found.readings
    assert isinstance(reading, Reading)
    for span in (reading.document.title_span, reading.document.author_span):
        assert span is None or reading.document.quote(span)
    return reading.document


def zipped(members: dict[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 5, 4, 0, 0, 0)), data, compress_type=compression)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def message(text: str = BODY, subject: str = "Raid near Vesk", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = headers.pop("From", "Jane Roe <jane@orlan.example>")
    made["To"] = "desk@lake.example"
    made["Subject"] = subject
    made["Date"] = headers.pop("Date", "Fri, 03 May 2019 23:30:00 +0200")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made
