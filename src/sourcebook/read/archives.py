"""ZIP, TAR and compressed files: their members one by one, never written anywhere, never by name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Skipped
from sourcebook.ports import Raw
from sourcebook.read.members import Budget, clean_name, member, skipped

#: What libraries raise on archives that are broken, cut off or not theirs.
_BROKEN: Final = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError,
    NotImplementedError,
    IndexError, RuntimeError, KeyError, UnicodeError,
)  # fmt: skip
#: Folders of a WACZ (a ZIP of web archives) that are indexes and logs, not pages.
_WACZ: Final = "datapackage.json"
#: What operating systems put into archives beside the files.
_FURNITURE: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def zip_members(raw: Raw) -> Iterator[Raw | Skipped]:
    """The files in a ZIP, or the web archives in a WACZ.

    Raises:
        UnreadableDocument: it cannot be opened.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw.data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _BROKEN as error:
        raise UnreadableDocument(f"a damaged ZIP archive: {error}") from error
    names = {entry.filename for entry in entries}
    if _WACZ in names and any(name.startswith("archive/") for name in names):
        entries = [entry for entry in entries if entry.filename.startswith("archive/")]
    budget = Budget(len(raw.data))
    with archive:
        for number, entry in enumerate(entries, 1):
            name = _unique(clean_name(entry.filename, number), entry.filename, number)
            try:
                budget.count()
            except UnreadableDocument as error:
                yield skipped(raw, f"members from {number} on", str(error))
                return
            yield _zip_member(raw, archive, entry, name, budget)


def _unique(name: str, written: str, number: int) -> str:
    # Two members may end up with one name; a changed one gets its number in front.
    return name if name == written else f"{number}-{name}"


def _zip_member(
    raw: Raw, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget
) -> Raw | Skipped:
    why = _unwanted(name)
    if entry.flag_bits & 0x1:
        why = "under a password"
    if why:
        return skipped(raw, name, why)
    try:
        with archive.open(entry) as file:
            data = budget.read(file.read, packed=entry.compress_size)
    except UnreadableDocument as error:
        return skipped(raw, name, str(error))
    except _BROKEN as error:
        return skipped(raw, name, f"damaged: {error}")
    day = "{:04}-{:02}-{:02}".format(*entry.date_time[:3])
    return member(raw, name, data, {"modified": (day, "in the ZIP archive")} if day > "1980-01-01" else {})


def _unwanted(name: str) -> str | None:
    if name.startswith(_FURNITURE) or name.rpartition("/")[2] in _FURNITURE:
        return "put there by an operating system"
    return None


def tar_members(raw: Raw) -> Iterator[Raw | Skipped]:
    """The files in a TAR; links and devices are skipped rows.

    Raises:
        UnreadableDocument: it cannot be opened.
    """
    budget = Budget(len(raw.data))
    number = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(raw.data), mode="r:") as archive:
            for number, entry in enumerate(archive, 1):
                if entry.isdir():
                    continue
                budget.count()
                yield _tar_member(raw, archive, entry, number, budget)
    except UnreadableDocument as error:
        yield skipped(raw, f"members from {number} on", str(error))
    except _BROKEN as error:
        if not number:
            raise UnreadableDocument(f"a damaged TAR archive: {error}") from error
        yield skipped(raw, f"members after {number}", f"the archive is damaged: {error}")


def _tar_member(
    raw: Raw, archive: tarfile.TarFile, entry: tarfile.TarInfo, number: int, budget: Budget
) -> Raw | Skipped:
    name = _unique(clean_name(entry.name, number), entry.name, number)
    why = _unwanted(name)
    if not entry.isreg():
        why = "a link" if entry.islnk() or entry.issym() else "not a file but a device or a pipe"
    if why:
        return skipped(raw, name, why)
    file = archive.extractfile(entry)
    if file is None:
        return skipped(raw, name, "not a file")
    try:
        return member(raw, name, budget.read(file.read))
    except UnreadableDocument as error:
        return skipped(raw, name, str(error))


def unpacked(raw: Raw) -> Iterator[Raw | Skipped]:
    """What a gzip, bzip2 or xz file holds: one file, often a TAR.

    Raises:
        UnreadableDocument: it is damaged or a bomb.
    """
    packed = io.BytesIO(raw.data)
    first = raw.data[:1]
    try:
        with (
            gzip.GzipFile(fileobj=packed)
            if first == b"\x1f"
            else bz2.BZ2File(packed)
            if first == b"B"
            else lzma.LZMAFile(packed)
        ) as file:
            data = Budget(len(raw.data)).read(file.read)
    except _BROKEN as error:
        raise UnreadableDocument(f"a damaged compressed file: {error}") from error
    last = raw.path.rpartition("/")[2]
    stem, _, ending = last.rpartition(".")
    yield member(raw, stem if stem and ending in ("gz", "bz2", "xz") else "unpacked", data)
