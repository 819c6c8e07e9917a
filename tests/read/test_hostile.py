"""Files made to do harm: each ends as read, partly read or refused within its limits, and touches nothing."""

import gzip
import io
import os
import resource
import socket
import struct
import subprocess
import sys
import tarfile
import unicodedata
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest
from tests.read.made import BODY, W, answered, everything, message, paragraph, tarred, zipped

from sourcebook.config import Config
from sourcebook.engine.local import Local
from sourcebook.model import Skipped
from sourcebook.ports import Raw
from sourcebook.project import reading
from sourcebook.read import files
from sourcebook.read.files import raws

TEXT = BODY.encode()
SECRET = "a word of a file that nobody gave"


# -- XML ------------------------------------------------------------------------------------------


def declared(root: str, body: str, secret: Path) -> str:
    """An XML text that asks for a file, for an address, and for a letter a billion times."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY x SYSTEM "{secret.as_uri()}">'
        f'<!ENTITY % y SYSTEM "http://127.0.0.1:9/e.dtd"><!ENTITY l0 "ha">{laughs}%y;]>{body}'
    )


MAIN = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&x;&l9;</w:t></w:r></w:p></w:body></w:document>'
NOTES = f'<w:x xmlns:w="{W}"><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:x>'
OTHER = "<r><rootfiles><rootfile full-path='c.opf'/></rootfiles><t>&x;&l9;</t></r>"
CHAPTER = "<html><body><p>&x; &l9;</p></body></html>"
RSS = "<rss><channel><title>&x;</title><item><description>&x;&l9;</description></item></channel></rss>"


def xml_files(secret: Path) -> dict[str, bytes]:
    def evil(root: str, body: str) -> str:
        return declared(root, body, secret)

    mimetype = "application/vnd.oasis.opendocument.text"
    book = {"mimetype": "application/epub+zip", "META-INF/container.xml": OTHER}
    spine = "<package><manifest><item id='a' href='a.xhtml'/></manifest>"
    spine += "<spine><itemref idref='a'/></spine></package>"
    return {
        "docx": zipped({"word/document.xml": evil("d", MAIN)}),
        "docx, notes": zipped(
            {"word/document.xml": docx_body(), "word/footnotes.xml": evil("x", NOTES)},
        ),
        "docx, properties": zipped({"word/document.xml": docx_body(), "docProps/core.xml": evil("r", OTHER)}),
        "odt": zipped({"mimetype": mimetype, "content.xml": evil("r", OTHER)}),
        "odt, properties": zipped(
            {"mimetype": mimetype, "content.xml": "<r/>", "meta.xml": evil("r", OTHER)}
        ),
        "epub, container": zipped({**book, "META-INF/container.xml": evil("r", OTHER)}),
        "epub, package": zipped({**book, "c.opf": evil("r", OTHER)}),
        "epub, chapter": zipped({**book, "c.opf": spine, "a.xhtml": evil("html", CHAPTER)}),
        "xlsx": zipped({"xl/workbook.xml": evil("r", OTHER)}),
        "svg": evil("svg", "<svg><text>&x;&l9;</text></svg>").encode(),
        "rss": evil("rss", RSS).encode(),
        "atom": evil("feed", "<feed><entry><summary>&x;&l9;</summary></entry></feed>").encode(),
        "html": evil("html", CHAPTER).encode(),
        "svg in html": f"<html><body><p>{BODY}</p>{evil('svg', '<svg>&x;</svg>')}</body></html>".encode(),
    }


#: Where the text is elsewhere than in what is refused.
WITHOUT = ("docx, notes", "docx, properties")


def docx_body() -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{paragraph(BODY)}</w:body></w:document>'


@pytest.mark.parametrize("kind", xml_files(Path("/x")))
def test_no_xml_brings_in_another_file_an_address_or_a_billion_letters(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it called somebody"))
    documents, skipped = everything(xml_files(secret)[kind])
    assert documents or skipped
    assert SECRET not in repr((documents, skipped))
    assert sum(len(d.text) for d in documents) < 10_000
    # A note, properties, a drawing: the text is read without it. A whole text of that kind is refused.
    assert bool(documents) <= (
        kind in ("docx, notes", "docx, properties", "html", "epub, chapter", "svg in html")
    )


# -- under guard ----------------------------------------------------------------------------------


def pdf_of(objects: list[bytes]) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size %d /Root 1 0 R >>\n%%%%EOF" % (len(objects) + 1)


def stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream" % (len(packed), more, packed)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s>>"
PAGES = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"


def bombs() -> dict[str, bytes]:
    """Small files that ask for much, as tried on readers in use."""
    blank = zipped({"a.txt": b" " * 50_000_000})
    inner = zipped({f"{n}.zip": blank for n in range(10)})
    return {
        "pdf of pages in a ring": pdf_of([CATALOG % b"", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"]),
        "pdf of pages 5,000 deep": pdf_of(
            [CATALOG % b"", *(b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (n + 3) for n in range(5_000))]
        ),
        "pdf of 100,000 objects": pdf_of(
            [CATALOG % b"", PAGES, PAGE, stream(b""), *([b"<< /A 1 >>"] * 100_000)]
        ),
        "pdf whose page unpacks to 40 MB": pdf_of(
            [CATALOG % b"", PAGES, PAGE, stream(b"0 0 m " * (40_000_000 // 6))]
        ),
        "pdf with a script": pdf_of(
            [
                CATALOG % b"/OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:9')) >> ",
                PAGES,
                PAGE,
                stream(b""),
            ]
        ),
        "pdf that says it has a billion pages": pdf_of(
            [CATALOG % b"", b"<< /Type /Pages /Count 999999999 /Kids [] >>"]
        ),
        "html 60,000 deep": b"<html><body>" + b"<div>" * 60_000 + TEXT,
        "html of a tag with 20,000 attributes": b"<html><body><p "
        + b" ".join(b"a%d=1" % n for n in range(20_000))
        + b">"
        + TEXT,
        "html of comments that do not end": b"<html><body><p>" + TEXT + b"<!--" * 100_000,
        "html of tables in tables": b"<html><body>" + b"<table><tr><td>" * 5_000 + TEXT,
        "xml 100,000 deep": b"<rss><channel>" + b"<item>" * 100_000,
        "rtf 100,000 deep": rb"{\rtf1 " + b"{" * 100_000 + TEXT,
        "mail of 3,000 parts in parts": b"From: a@b.example\nMIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)),
        "mail to 100,000": message()
        .as_bytes()
        .replace(b"To: desk", b"To: " + b"a@b.example, " * 100_000 + b"desk"),
        "zip in zip in zip": zipped({f"{n}.zip": inner for n in range(5)}),
        "gzip of gzip of blanks": gzip.compress(gzip.compress(b" " * 50_000_000)),
        "docx of 60 MB of blanks": zipped({"word/document.xml": b"<a>" + b" " * 60_000_000}),
        "json 100,000 deep": b'[{"text": ' * 100_000,
        "text of full stops": b". " * 100_000,
        "text of one line of 3 MB": b"x" * 3_000_000,
    }


def test_bombs_end_within_their_limits_and_are_accounted_for() -> None:
    made = bombs()
    given = [Raw(data, name, {}) for name, data in made.items()]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    guard = reading.Guard(Local(2), seconds=6, memory=2 << 30)
    found = list(reading.trees(given, reading.code(Config()), guard))
    assert [tree[0].raw.path for tree in found] == list(made)
    for tree in found:
        assert any(leaf.answer.readings or leaf.answer.skipped for leaf in tree), tree[0].raw.path
    why = {s.path: s.why for tree in found for leaf in tree for s in leaf.answer.skipped}
    assert not [w for w in why.values() if w.startswith("reader failed")]
    assert "bomb" in why["gzip of gzip of blanks/unpacked"] or "bomb" in why["gzip of gzip of blanks"]
    assert "bomb" in why["docx of 60 MB of blanks"]
    assert any("bomb" in w for path, w in why.items() if path.startswith("zip in zip in zip/"))
    # What the workers did is not ours to bear.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000


# -- names within archives ------------------------------------------------------------------------

NAMES = (
    "../../etc/passwd",
    "..\\..\\win.ini",
    "/abs",
    "C:\\x.txt",
    "\\\\server\\share",
    "a/../../b",
    "./././a",
    "....//a",
    "a\0b",
    "a\nb",
    "a\x1b[2Jb",
    "\u202egpj.exe",
    "CON",
    "nul.txt",
    "x" * 5_000,
    "a/" * 3_000 + "b",
    "~/a",
    "$(touch x)",
    "",
    " ",
    "\u2066a",
    "\ufeffa",
    "\u200ba",
    "\U000e0041a",
)


def test_names_in_archives_lead_nowhere_and_are_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    packed = [zipped({name or "x": TEXT for name in NAMES})]
    packed.append(tarred({name.replace("\0", ""): TEXT for name in NAMES}))
    for data in packed:
        found = answered(data, "f")
        assert len(found.members) + len(found.skipped) >= len(NAMES) - 1
        for member in found.members:
            parts = member.path.split("/")
            assert parts[0] == "f"
            assert not {"", ".", ".."} & set(parts)
            assert len(member.path) < 1_100
            assert not [c for c in member.path if unicodedata.category(c) == "Cc" or c in "\\\u202e\u2066"]
    assert list(tmp_path.iterdir()) == []


def test_members_that_differ_in_case_or_not_at_all_are_all_kept() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for n, name in enumerate(("a.txt", "A.TXT", "a.txt", "é.txt", "e\u0301.txt")):
            archive.writestr(name, TEXT + b" %d" % n)
    found = answered(out.getvalue(), "f")
    assert len({m.data for m in found.members}) == 5
    documents, skipped = everything(out.getvalue(), "f")
    assert len({d.id for d in documents}) == 5
    assert skipped == []


def test_a_zip64_that_lies_of_its_size_costs_no_more_than_what_is_in_it() -> None:
    honest = zipped({"a.txt": TEXT})
    for size in (0, 1, 10**15, 2**64 - 1):
        lying = bytearray(honest)
        at = lying.index(b"PK\x01\x02")
        lying[at + 24 : at + 28] = b"\xff" * 4
        lying[at + 30 : at + 32] = struct.pack("<H", 12)
        name = at + 46 + len("a.txt")
        lying[name:name] = struct.pack("<HHQ", 1, 8, size)
        end = lying.index(b"PK\x05\x06")
        lying[end + 12 : end + 16] = struct.pack("<I", end - at)
        found = answered(bytes(lying), "f")
        assert found.members or found.skipped
        assert all(len(m.data) <= len(TEXT) for m in found.members)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
)
def test_a_tar_gives_no_file_of_this_computer(kind: bytes) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("passwd")
        entry.type, entry.linkname = kind, "/etc/passwd"
        archive.addfile(entry)
        plain = tarfile.TarInfo("passwd/x")
        plain.size = len(TEXT)
        archive.addfile(plain, io.BytesIO(TEXT))
    found = answered(out.getvalue(), "t")
    assert [m.path for m in found.members] == ["t/passwd/x"]
    assert len(found.skipped) == 1


# -- files on the disk ----------------------------------------------------------------------------


def met(*paths: Path) -> dict[str, str]:
    return {e.path: e.why if isinstance(e, Skipped) else "read" for e in raws(paths)}


def test_sockets_and_files_in_every_state_are_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("s.sock")
        os.mkfifo("pipe")
        (tmp_path / "loop").symlink_to("loop")
        (tmp_path / "zero").symlink_to("/dev/zero")
        (tmp_path / "memory").symlink_to("/proc/self/mem")
        (tmp_path / "a.txt").write_bytes(TEXT)
        found = met(tmp_path)
    assert found.pop("a.txt") == "read"
    assert len(found) == 5
    assert "read" not in found.values()


def test_a_file_that_goes_before_it_is_opened_is_a_row_and_one_that_grows_is_read_to_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("gone.txt", "grows.txt", "kept.txt"):
        (tmp_path / name).write_bytes(TEXT)
    really = os.fstat

    def meanwhile(descriptor: int) -> os.stat_result:
        found = really(descriptor)
        (tmp_path / "grows.txt").write_bytes(b"y" * 100_000)
        return found

    opened = os.open

    def vanishing(path: Path, flags: int) -> int:
        if path.name == "gone.txt":
            path.unlink()
        return opened(path, flags)

    monkeypatch.setattr(files, "LIMIT", 70_000)
    monkeypatch.setattr(files.os, "fstat", meanwhile)
    monkeypatch.setattr(files.os, "open", vanishing)
    found = met(tmp_path)
    assert found["gone.txt"] == "no such file or folder"
    assert found["grows.txt"].startswith("too large: ")
    assert found["kept.txt"] == "read"


def test_500_megabytes_in_one_line_cost_little_memory_and_are_a_row(tmp_path: Path) -> None:
    with (tmp_path / "line.txt").open("wb") as file:
        file.write(b"x" * 1_000_000)
        file.truncate(500_000_000)
    script = (
        "import re, sys; from sourcebook.read.files import raws; print([e.why for e in raws([sys.argv[1]])],"
        " int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]) >> 10)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    command = [sys.executable, "-c", script, str(tmp_path)]
    said = subprocess.run(
        command, capture_output=True, text=True, env=environment, timeout=60, check=True
    ).stdout
    assert "too large: 500,000,000 bytes, at most 20,000,000 are read" in said
    assert int(said.split()[-1]) < 200
