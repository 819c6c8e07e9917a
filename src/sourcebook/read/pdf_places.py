"""Where on the pages of a PDF a stretch of its text stands, and the page drawn with it marked.

Nothing of this is stored: the file is read again, by the same rules, with the place of every character.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
import numpy as np
from msgspec import Struct

from sourcebook.errors import UnreadableDocument
from sourcebook.read.pdf import box, flowed, opened
from sourcebook.read.pdf_layout import Laid

#: Pixels a point: 144 to the inch.
_SCALE: Final = 2.0
#: The widest and highest that a page is drawn, in pixels.
_LARGEST: Final = 4_000
#: What is left of red, green and blue where words are marked: yellow, as a pen would.
_PEN: Final = (1.0, 0.93, 0.45)
_BORDER: Final = 2.0


class Box(Struct, frozen=True, array_like=True):
    """A rectangle on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class Shown(Struct, frozen=True, array_like=True):
    """A page (from 1) on which words stand, its size in points, the words' boxes, and the page as PNG."""

    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    png: bytes


def shown(data: bytes, text: str, start: int, end: int) -> tuple[Shown, ...]:
    """The pages on which the characters [start, end) of `text`, the text of the PDF `data`, stand.

    Raises:
        UnreadableDocument: it cannot be opened, or reads otherwise than `text`.
    """
    document = opened(data)
    try:
        found = flowed(document)
        if found.text != text:
            raise UnreadableDocument("the PDF reads otherwise now: build again, then look")
        by_page = _numbers(found.laid, start, end)
        return tuple(_page(document[n - 1], n, numbers) for n, numbers in sorted(by_page.items()))
    finally:
        document.close()


class Asked(Struct, frozen=True, array_like=True):
    """A PDF, its text, and the stretch of it that is to be shown."""

    data: bytes
    text: str
    start: int
    end: int


def prepare(shared: bytes) -> Callable[[bytes], bytes]:
    """`shown` from bytes to bytes: how a guarded worker is asked and answers."""
    del shared

    def answered(asked: bytes) -> bytes:
        what = msgspec.msgpack.decode(asked, type=Asked)
        try:
            return msgspec.msgpack.encode(shown(what.data, what.text, what.start, what.end))
        except UnreadableDocument as error:
            return msgspec.msgpack.encode(str(error))

    return answered


def decoded(answer: bytes) -> tuple[Shown, ...]:
    """Pages that came in bytes.

    Raises:
        UnreadableDocument: they could not be made, or are none.
    """
    try:
        found = msgspec.msgpack.decode(answer, type=tuple[Shown, ...] | str)
    except msgspec.MsgspecError as error:
        raise UnreadableDocument(f"the page cannot be shown: {error}") from error
    if isinstance(found, str):
        raise UnreadableDocument(found)
    return found


def _numbers(laid: Sequence[Laid], start: int, end: int) -> dict[int, list[list[int]]]:
    """By page, the numbers of the characters in each line of the stretch."""
    starts = [line.start for line in laid]
    found: dict[int, list[list[int]]] = {}
    for n in range(max(bisect_right(starts, start) - 1, 0), len(laid)):
        line = laid[n]
        if line.start >= end:
            break
        numbers = array("i")
        numbers.frombytes(line.numbers)
        stop = laid[n + 1].start if n + 1 < len(laid) else end
        held = numbers[max(start - line.start, 0) : max(min(end, stop) - line.start, 0)]
        if inked := [number for number in held if number >= 0]:
            found.setdefault(line.page, []).append(inked)
    return found


def _page(page: Any, number: int, lines: Iterable[list[int]]) -> Shown:
    textpage = page.get_textpage()
    try:
        boxes = tuple(b for line in lines for b in _boxes([box(textpage, i) for i in line]))
        width, height = page.get_size()
        scale = min(_SCALE, _LARGEST / max(width, height, 1))
        drawn = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False).to_numpy()[..., :3].copy()
        places = [_pixels(page, b, scale, drawn.shape) for b in boxes]
        return Shown(number, width, height, boxes, png(_marked(drawn, places)))
    finally:
        textpage.close()
        page.close()


def _boxes(characters: Sequence[tuple[float, float, float, float]]) -> Iterator[Box]:
    """One box for the characters of a line; a second where they stand on another base."""
    run: list[tuple[float, float, float, float]] = []
    for one in [c for c in characters if c[2] > c[0]]:
        if run and not (one[1] < run[-1][3] and run[-1][1] < one[3]):
            yield _around(run)
            run = []
        run.append(one)
    if run:
        yield _around(run)


def _around(run: Sequence[tuple[float, float, float, float]]) -> Box:
    left, bottom = min(c[0] for c in run), min(c[1] for c in run)
    return Box(left, bottom, max(c[2] for c in run), max(c[3] for c in run))


def _pixels(page: Any, at: Box, scale: float, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Rows and columns of a picture of the page, whichever way the page is turned."""
    corners = [_turned(page, x, y) for x in (at.left, at.right) for y in (at.bottom, at.top)]
    across, down = [x * scale for x, _ in corners], [y * scale for _, y in corners]
    rows = slice(max(int(min(down) - _BORDER), 0), min(int(max(down) + _BORDER), shape[0]))
    return rows, slice(max(int(min(across) - _BORDER), 0), min(int(max(across) + _BORDER), shape[1]))


def _turned(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own space as one of the picture, from its upper left corner."""
    left, bottom, right, top = page.get_cropbox()
    turned = {
        0: (x - left, top - y),
        90: (y - bottom, x - left),
        180: (right - x, y - bottom),
        270: (top - y, right - x),
    }
    return turned[page.get_rotation() % 360]


def _marked(drawn: Any, places: Iterable[tuple[slice, slice]]) -> Any:
    for rows, columns in places:
        drawn[rows, columns] = (drawn[rows, columns] * np.array(_PEN)).astype(np.uint8)
    return drawn


def png(pixels: Any) -> bytes:
    """A picture of red, green and blue bytes as PNG (ISO 15948)."""
    height, width, _ = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, width * 3)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    made = (
        struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
        for name, held in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)
