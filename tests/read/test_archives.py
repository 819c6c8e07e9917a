"""Archives give their members, whatever these are called; bombs, links and damage are rows with reasons."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile

import pytest
from tests.read.made import BODY, answered, everything, message, tarred, zipped

TEXT = BODY.encode()


@pytest.mark.parametrize(
    "data",
    [
        zipped({"a/b.txt": TEXT}),
        zipped({"a/b.txt": TEXT}, compression=zipfile.ZIP_STORED),
        zipped({"a/b.txt": TEXT}, compression=zipfile.ZIP_BZIP2),
        tarred({"a/b.txt": TEXT}),
    ],
)
def test_members_are_documents_with_the_archive_in_their_path(data):
    (document,), skipped = everything(data, "pile")
    assert (document.path, document.container, document.text, skipped) == ("pile/a/b.txt", "pile", BODY, [])


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_files_are_what_they_hold(pack):
    assert [d.path for d in everything(pack(TEXT), "report.txt.gz")[0]] == ["report.txt.gz/report.txt"]
    documents, _ = everything(pack(tarred({"a.txt": TEXT, "m.eml": message().as_bytes()})), "x")
    assert [d.path for d in documents] == ["x/unpacked/a.txt", "x/unpacked/m.eml"]


def test_the_day_in_the_archive_is_a_date_of_the_file_and_none_of_publication():
    (document,) = everything(zipped({"a.txt": TEXT}))[0]
    assert document.published is None
    assert [(d.edtf, d.basis) for d in document.file_dates] == [
        ("2019-05-04", "file modified, in the ZIP archive")
    ]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "f/1-etc/passwd"),
        ("/abs/a.txt", "f/1-abs/a.txt"),
        ("a\\..\\b.txt", "f/1-a/b.txt"),
        ("a\u202etxt.exe", "f/1-a\ufffdtxt.exe"),
        ("a\nb.txt", "f/1-a\ufffdb.txt"),
        ("CON", "f/CON"),
        ("..", "f/1-1"),
    ],
)
def test_names_are_only_names(name, path):
    (member,) = answered(zipped({name: TEXT}), "f").members
    assert member.path == path


def test_a_bomb_is_refused_and_the_rest_is_read():
    found = answered(zipped({"bomb.txt": b"\0" * 30_000_000, "a.txt": TEXT}), "f")
    assert [m.path for m in found.members] == ["f/a.txt"]
    assert [(s.path, s.why) for s in found.skipped] == [
        ("f/bomb.txt", "unpacks to more than 200 times its size: taken for a bomb")
    ]
    assert "bomb" in answered(gzip.compress(b"\0" * 30_000_000)).skipped[0].why


def test_a_size_that_lies_is_found_out():
    data = bytearray(zipped({"a.txt": b"x" * 5_000_000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    found = answered(bytes(data))
    assert found.skipped
    assert all(len(m.data) <= 10 for m in found.members)


def test_links_devices_and_secrets_are_rows():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    found = answered(out.getvalue(), "t")
    assert [(s.path, s.why) for s in found.skipped] == [
        ("t/l", "a link"), ("t/h", "a link"), ("t/d", "not a file but a device or a pipe"),
    ]  # fmt: skip
    locked = bytearray(zipped({"a.txt": TEXT}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert [s.why for s in answered(bytes(locked)).skipped] == ["under a password"]


@pytest.mark.parametrize("cut", [5, 40, 90])
@pytest.mark.parametrize("data", [zipped({"a.txt": TEXT}), gzip.compress(TEXT * 9), lzma.compress(TEXT * 9)])
def test_a_damaged_archive_says_so(data, cut):
    found = answered(data[:-cut])
    assert [s for s in found.skipped if "damaged" in s.why] or found.members


def test_an_empty_archive_says_so():
    assert answered(zipped({})).skipped[0].why == "nothing in it"


def test_of_a_wacz_the_web_archives_are_taken():
    data = zipped({"datapackage.json": "{}", "archive/a.warc.gz": b"x", "pages/pages.jsonl": "{}"})
    assert [m.path for m in answered(data, "f").members] == ["f/archive/a.warc.gz"]
