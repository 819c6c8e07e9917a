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


Placed = tuple[int, float, float, str]


def pdf(pages: list[list[Placed]], info: bytes = b"", *, picture: bool = False) -> bytes:
    """A PDF of lines (size, left, base, text) in Helvetica; pages without lines are pictures if so asked."""
    objects: list[bytes] = [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"",
    ]
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Length 1 >>\nstream\n0\nendstream"
    )
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"/F1 %d Tf 1 0 0 1 %g %g Tm (%s) Tj " % (size, left, base, _escaped(text))
            for size, left, base, text in lines
        )
        stream = b"BT %sET" % drawn if lines or not picture else b"q 500 0 0 700 40 40 cm /Im1 Do Q"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources"
            b" << /Font << /F1 1 0 R >> /XObject << /Im1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % k for k in kids),
    )
    objects += [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< %s >>" % info]
    return _numbered(objects)


def _escaped(text: str) -> bytes:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252", "replace")


def _numbered(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    offsets = []
    for number, written in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    trailer = b"trailer << /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + table + trailer % (count, count - 2, count - 1, len(out))


def column(lines: list[str], left: float = 50, top: float = 760, size: int = 10) -> list[Placed]:
    """Lines one below the other; an empty one is a space."""
    return [(size, left, top - n * 14, line) for n, line in enumerate(lines) if line]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, core: str = "", **parts: str) -> bytes:
    """A DOCX with that body in WordprocessingML, and core properties."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": "<p xmlns:dc='http://purl.org/dc/elements/1.1/' "
            f"xmlns:dcterms='http://purl.org/dc/terms/'>{core}</p>",
            **{f"word/{name}.xml": f'<w:x xmlns:w="{W}">{text}</w:x>' for name, text in parts.items()},
        }
    )


def paragraph(text: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
