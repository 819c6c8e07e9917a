"""PDF: lines as they stand on each page, put together to paragraphs; see `pdf_layout` for how.

pdfium reads the pages. What it gives of Arabic and Hebrew may be in the order of the eye: pages in these
scripts are put in order by where the characters stand. Programs in a file are never run, nothing is fetched.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from sourcebook.errors import UnreadableDocument
from sourcebook.read import right_to_left
from sourcebook.read.page import Page
from sourcebook.read.pdf_layout import Flowed, Line, Sheet, flow
from sourcebook.read.right_to_left import Glyph

#: As many pages and characters as are read of one file.
_PAGES: Final = 2_000
_CHARACTERS: Final = 10_000_000
_OF_A_PAGE: Final = 400_000
#: What pdfium puts for a hyphen at the end of a line that it joined with the next.
_HYPHEN: Final = "\x02"
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_NO_TEXT: Final = re.compile("[^\x00-\x1f\x7f\ufffe\uffff\ufffd ]")
#: Dates of the PDF standard: D:20190503233000+02'00'.
_DATE: Final = re.compile(
    r"(?:D:)?(?P<y>[12]\d{3})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?:(?P<t>\d{6})(?:(?P<z>Z)|(?P<h>[+-]\d{2})'?(?P<n>\d{2})?'?)?)?"
)
#: So many times its height must be free in a line for it to be cut there: a column may end.
_COLUMN_GAP: Final = 1.1
_PICTURE: Final = pdfium.FPDF_PAGEOBJ_IMAGE


def page(data: bytes) -> Page:
    """The text of every page, running heads and page numbers left out, words at line ends made whole.

    Raises:
        UnreadableDocument: it cannot be opened, or no page has a text.
    """
    document = opened(data)
    try:
        sheets, unread = _sheets(document)
        stated = {key: str(value) for key, value in document.get_metadata_dict().items()}
    finally:
        document.close()
    text, starts, _ = flow(sheets)
    if not text.strip():
        if not unread:
            raise UnreadableDocument("a PDF without text on any page")
        raise UnreadableDocument(f"a PDF without text: {'; '.join(list(_ranges(unread))[:3])}")
    says, where = _stated(stated, text)
    return Page(text, _tool(), (), says, where, starts, tuple(_ranges(unread)))


def opened(data: bytes) -> Any:
    """The document, to be closed.

    Raises:
        UnreadableDocument: it cannot be opened.
    """
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        why = "a PDF under a password" if "password" in str(error).lower() else f"a damaged PDF: {error}"
        raise UnreadableDocument(why) from error


def flowed(document: Any) -> Flowed:
    """The text of a document as `page` gives it, with the place of every line."""
    return flow(_sheets(document)[0])


def _tool() -> str:
    return f"pdfium {pypdfium2.PYPDFIUM_INFO.version}"


def _sheets(document: Any) -> tuple[list[Sheet], list[tuple[int, int, str]]]:
    """The pages that have lines, and the ranges of those that have none, with the reason."""
    sheets: list[Sheet] = []
    unread: list[tuple[int, int, str]] = []
    spent = 0
    count = len(document)
    for number in range(1, min(count, _PAGES) + 1):
        try:
            lines, why = _page_lines(document[number - 1])
        except pypdfium2.PdfiumError:
            lines, why = [], "a damaged page"
        spent += sum(len(line.text) for line in lines)
        if why:
            unread.append((number, number, why))
        if lines:
            sheets.append(Sheet(number, lines))
        if spent > _CHARACTERS:
            unread.append((number, count, f"more than {_CHARACTERS:,} characters in one PDF"))
            return sheets, unread
    if count > _PAGES:
        unread.append((_PAGES + 1, count, f"more than {_PAGES:,} pages in one PDF"))
    return sheets, unread


def _page_lines(page: Any) -> tuple[list[Line], str | None]:
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        why = f"more than {_OF_A_PAGE:,} characters on one page" if count > _OF_A_PAGE else None
        characters = [_character(textpage, i) for i in range(min(count, _OF_A_PAGE))]
        written = "".join(characters)
        if not _NO_TEXT.search(written):
            pictures = any(o.type == _PICTURE for o in page.get_objects(max_depth=3))
            return [], "a picture without text (a scan?)" if pictures else None
        if len(_RIGHT_TO_LEFT.findall(written)) > len(written) / 5:
            return list(_lines_from_the_right(textpage, characters)), why
        return list(_lines(textpage, characters)), why
    finally:
        textpage.close()
        page.close()


def _character(textpage: Any, i: int) -> str:
    code = pdfium.FPDFText_GetUnicode(textpage, i)
    if code == 0xFFFE:
        return _HYPHEN
    if code < 0x20 and code not in (2, 10, 13):
        return " "
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\N{REPLACEMENT CHARACTER}"


def _lines(textpage: Any, characters: list[str]) -> Iterator[Line]:
    """The lines in the order of the file, with where they stand; cut where a column may end."""
    start = 0
    for i, character in enumerate([*characters, "\n"]):
        if character not in ("\n", "\r", _HYPHEN):
            continue
        end = i + 1 if character == _HYPHEN else i
        yield from _pieces(textpage, characters, start, end)
        start = i + 1


def _pieces(textpage: Any, characters: list[str], start: int, end: int) -> Iterator[Line]:
    inked = [i for i in range(start, end) if not characters[i].isspace()]
    if not inked:
        return
    first = box(textpage, inked[0])
    left, before = first, first
    cuts: list[tuple[int, int]] = []
    # Only the edges of words are measured: a box costs ten times as much as a character.
    for one, other in pairwise(inked):
        if other > one + 1:
            here, there = box(textpage, one), box(textpage, other)
            if there[0] - here[2] > _COLUMN_GAP * max(here[3] - here[1], 1.0):
                cuts.append((one, other))
    begins = [inked[0], *(other for _, other in cuts)]
    ends = [*(one for one, _ in cuts), inked[-1]]
    for n, (begin, stop) in enumerate(zip(begins, ends, strict=True)):
        left, before = box(textpage, begin), box(textpage, _last_inked(characters, stop))
        text, numbers = _flat(characters, range(begin, stop + 1))
        yield Line(text, left[0], before[2], left[3], left[1], n > 0, numbers)


def _flat(characters: list[str], places: Iterable[int]) -> tuple[str, bytes]:
    """The characters at some places with one space for several, and their numbers."""
    text: list[str] = []
    numbers = array("i")
    for i in places:
        blank = characters[i].isspace()
        if not blank or (text and text[-1] != " "):
            text.append(" " if blank else characters[i])
            numbers.append(-1 if blank else i)
    return "".join(text), numbers.tobytes()


def _last_inked(characters: list[str], i: int) -> int:
    return i - 1 if characters[i] == _HYPHEN and i else i


def box(textpage: Any, i: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character, in points, as high as its font."""
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(textpage, i, ctypes.byref(rectangle)):
        return 0.0, 0.0, 0.0, 0.0
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _lines_from_the_right(textpage: Any, characters: list[str]) -> Iterator[Line]:
    """The lines of a page in Arabic or Hebrew, mirrored: what begins at the right begins at the left."""
    for row in right_to_left.rows(list(_glyphs(textpage, characters))):
        for n, piece in enumerate(right_to_left.pieces(row, _COLUMN_GAP)):
            text, numbers = right_to_left.read(piece)
            top, bottom = max(g.top for g in piece), min(g.bottom for g in piece)
            right, left = max(g.right for g in piece), min(g.left for g in piece)
            yield Line(text, -right, -left, top, bottom, n > 0, array("i", numbers).tobytes())


def _glyphs(textpage: Any, characters: list[str]) -> Iterator[Glyph]:
    """What is drawn on a page, without its spaces."""
    word = 0
    x, y = ctypes.c_double(), ctypes.c_double()
    for i, character in enumerate(characters):
        made = pdfium.FPDFText_IsGenerated(textpage, i)
        if character.isspace():
            word += not made or character in "\r\n"
        elif not made:
            pdfium.FPDFText_GetCharOrigin(textpage, i, ctypes.byref(x), ctypes.byref(y))
            yield Glyph(character, i, word, *box(textpage, i), x.value, y.value)


def _stated(stated: dict[str, str], text: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the file says of itself. Titles and authors are often those of a template: its text must agree."""
    says: dict[str, str] = {}
    where: dict[str, str] = {}
    head = " ".join(text[:3_000].split()).casefold()
    for key, field in (("Title", "title"), ("Author", "author")):
        words = " ".join(stated.get(key, "").split())[:500]
        if len(words) > 3 and words.casefold() in head:
            says[field], where[field] = words, f"PDF info {key}, also in the text"
    for key, field in (("CreationDate", "created"), ("ModDate", "modified")):
        found = _DATE.match(stated.get(key, ""))
        if found:
            says[field], where[field] = _iso(found), f"PDF info {key}"
    return says, where


def _iso(found: re.Match[str]) -> str:
    day = f"{found['y']}-{found['m']}-{found['d']}"
    if not found["t"]:
        return day
    clock = ":".join(found["t"][i : i + 2] for i in (0, 2, 4))
    zone = "Z" if found["z"] else f"{found['h']}:{found['n'] or '00'}" if found["h"] else ""
    return f"{day}T{clock}{zone}"


def _ranges(unread: list[tuple[int, int, str]]) -> Iterator[str]:
    """Pages that follow each other and fail alike as one: "pages 3-5: a picture without text"."""
    merged: list[tuple[int, int, str]] = []
    for first, last, why in unread:
        if merged and merged[-1][2] == why and merged[-1][1] + 1 == first:
            merged[-1] = (merged[-1][0], last, why)
        else:
            merged.append((first, last, why))
    for first, last, why in merged:
        yield f"page {first}: {why}" if first == last else f"pages {first}-{last}: {why}"
