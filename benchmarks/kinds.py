"""Whether a pile says the same in every kind of file.

`PYTHONPATH=src:. python benchmarks/kinds.py FOLDER [KIND ...]`, where FOLDER holds plain texts. They are
turned into pages with navigation and comments, PDF in two columns, DOCX, mail, a web archive, and one ZIP of
all these; each pile is built, and its record compared with that of the plain text: words in order, events
with type, status, date and toll. Nothing is written but to a temporary folder; what differs goes to stderr.
"""

from __future__ import annotations

import html
import io
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from email.message import EmailMessage
from pathlib import Path

from tests.read.made import docx, paragraph, pdf, zipped
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sourcebook import project
from sourcebook.config import Config
from sourcebook.model import Record

_WIDTH = 46
_LINES = 52


def as_html(text: str) -> bytes:
    """A page with a menu, a cookie notice, related stories, comments and a footer."""
    first, *rest = [html.escape(block) for block in text.split("\n") if block.strip()]
    body = "".join(f"<p>{block}</p>\n" for block in rest)
    return (
        f"<!DOCTYPE html><html><head><title>{first} | Site</title></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
        "<div class='cookie-notice'><p>We use cookies to serve you.</p></div>"
        f"<article><h1>{first}</h1>{body}</article>"
        "<div class='related'><ul><li><a href='/a'>Bomb kills 90 in a far city</a></li></ul></div>"
        "<section id='comments'><h3>Comments</h3><p>They killed 12 people in my town, too.</p></section>"
        "<footer><p>About us</p></footer></body></html>"
    ).encode()


def wrapped(block: str) -> list[str]:
    """A paragraph in lines of a column; long words are broken as a typesetter would, in their middle."""
    lines, line = [], ""
    for word in block.split():
        room = _WIDTH - len(line) - 1
        if len(word) <= room or not line:
            line = f"{line} {word}".strip()
        elif re.fullmatch(r"[a-z]{9,}[.,]?", word) and room > 6:
            lines.append(f"{line} {word[: room - 2]}-")
            line = word[room - 2 :]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def as_pdf(text: str) -> bytes:
    """Pages in two columns with a running head and numbers."""
    rows: list[str] = []
    for block in text.split("\n"):
        if block.strip():
            rows += [*wrapped(block), ""]
    pages = []
    for start in range(0, len(rows), 2 * _LINES):
        number = start // (2 * _LINES) + 1
        lines = [(8, 250.0, 815.0, "Running Head"), (8, 290.0, 25.0, str(number))]
        for side, left in enumerate((45.0, 310.0)):
            part = rows[start + side * _LINES : start + (side + 1) * _LINES]
            lines += [(9, left, 780.0 - 13.5 * n, row) for n, row in enumerate(part) if row]
        pages.append(lines)
    return pdf(pages)


def as_docx(text: str) -> bytes:
    """A paragraph a line."""
    return docx("".join(paragraph(html.escape(block)) for block in text.split("\n") if block.strip()))


def as_mail(text: str) -> bytes:
    """A message, quoted-printable, without a date."""
    mail = EmailMessage()
    mail["From"], mail["MIME-Version"] = "Desk <desk@mail.example>", "1.0"
    mail.set_content(text, cte="quoted-printable")
    return mail.as_bytes()


def as_warc(text: str) -> bytes:
    """The page as it was fetched."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        "https://site.example/page", "response", payload=io.BytesIO(as_html(text)), http_headers=headers,
        warc_headers_dict={"WARC-Date": "2030-01-01T00:00:00Z"},
    )  # fmt: skip
    writer.write_record(record)
    return out.getvalue()


KINDS: dict[str, Callable[[str], bytes]] = {
    "txt": str.encode, "html": as_html, "pdf": as_pdf, "docx": as_docx, "eml": as_mail, "warc.gz": as_warc,
}  # fmt: skip


def built(texts: dict[str, str], kind: str) -> Record:
    """The record of the texts as files of a kind; for "zip" every one in another kind, in one archive."""
    ways = [name for name in KINDS if name != "txt"]
    with tempfile.TemporaryDirectory() as folder:
        pile = Path(folder, "pile")
        pile.mkdir()
        if kind == "zip":
            chosen = {name: ways[n % len(ways)] for n, name in enumerate(sorted(texts))}
            members = {f"{name}.{chosen[name]}": KINDS[chosen[name]](text) for name, text in texts.items()}
            Path(pile, "all.zip").write_bytes(zipped(members))
        else:
            for name, text in texts.items():
                Path(pile, f"{name}.{kind}").write_bytes(KINDS[kind](text))
        book = Path(folder, "x.sourcebook")
        project.build([pile], book, config=Config())
        return project.record(book)


def events(record: Record) -> Counter[tuple[str, str, str, str]]:
    """Each event as type, status, date and the figures of its toll."""
    tolls: dict[str, list[str]] = {}
    for fact in record.facts:
        if fact.property in ("killed", "injured", "abducted", "arrested"):
            figures = sorted(reading.text for reading in fact.readings)
            tolls.setdefault(fact.subject, []).append(f"{fact.property}: {', '.join(figures)}")
    return Counter(
        (e.type, str(e.status), (e.date.edtf or "") if e.date else "", "; ".join(sorted(tolls.get(e.id, []))))
        for e in record.events
    )


def words(record: Record) -> list[str]:
    """All words of all documents in order."""
    return [word for document in record.documents for word in document.text.split()]


def main(folder: Path, kinds: list[str]) -> None:
    """Build every kind and print what differs from plain text."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}
    plain = built(texts, "txt")
    base, said = events(plain), words(plain)
    print(f"plain text: {len(plain.documents)} documents, {len(said)} words, {sum(base.values())} events")
    print("| kind | documents | words the same | events | same | only in plain text | only here |")
    for kind in kinds or [*(name for name in KINDS if name != "txt"), "zip"]:
        record = built(texts, kind)
        found = events(record)
        alike = SequenceMatcher(None, said, words(record), autojunk=False).ratio()
        same = sum((base & found).values())
        print(
            f"| {kind} | {len(record.documents)} | {alike:.4f} | {sum(found.values())} | {same} |"
            f" {sum((base - found).values())} | {sum((found - base).values())} |",
            flush=True,
        )
        for sign, rest in (("-", base - found), ("+", found - base)):
            for event in sorted(rest):
                print("   ", sign, " / ".join(event), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
