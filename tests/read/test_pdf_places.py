"""Where words stand on the page of a PDF: boxes around them and nothing else, in every column and script."""

import re

import msgspec
import pypdfium2
import pytest
from tests.read.made import column, only, pdf
from tests.read.test_pdf import COLUMNS, LEFT, RIGHT
from tests.read.test_right_to_left import TEXTS
from tests.read.test_right_to_left import pdf as set_in

from sourcebook.errors import UnreadableDocument
from sourcebook.read import pdf_places

PAGES = pdf([[(8, 50, 810, "Orlan Review"), *COLUMNS], [(8, 50, 810, "Orlan Review"), *column(RIGHT)]])


def beneath(data: bytes, shown: pdf_places.Shown) -> str:
    """What pdfium finds within the boxes."""
    page = pypdfium2.PdfDocument(data)[shown.page - 1]
    text = page.get_textpage()
    return (
        "".join(text.get_text_bounded(b.left + 0.1, b.bottom, b.right - 0.1, b.top) for b in shown.boxes)
        .replace("\x02", "")
        .replace("\ufffe", "")
    )


def test_every_word_is_boxed_where_it_stands() -> None:
    text = only(PAGES).text
    for word in list(re.finditer(r"\w+(?:-\w+)?", text))[::7]:
        shown = pdf_places.shown(PAGES, text, word.start(), word.end())
        found = "".join(beneath(PAGES, one) for one in shown)
        assert re.sub(r"\W", "", found) == re.sub(r"\W", "", word.group())


def test_a_span_over_two_pages_is_on_both() -> None:
    pages = pdf([column(LEFT[:2]), column(LEFT[2:])])
    text = only(pages).text
    at = text.index("late on Tuesday")
    shown = pdf_places.shown(pages, text, at, text.index("guards"))
    assert [one.page for one in shown] == [1, 2]
    assert all(one.png.startswith(b"\x89PNG\r\n\x1a\n") for one in shown)


def test_a_broken_word_has_two_boxes() -> None:
    text = only(PAGES).text
    (shown,) = pdf_places.shown(PAGES, text, text.index("depot"), text.index("depot") + 5)
    assert len(shown.boxes) == 2
    assert shown.boxes[0].bottom > shown.boxes[1].bottom


@pytest.mark.parametrize("lang", ["ar", "he"])
def test_words_from_the_right_are_boxed_too(lang: str) -> None:
    data = set_in(lang, TEXTS[lang])
    text = only(data).text
    words = [(m.start(), m.end()) for m in re.finditer(r"\w{3,}", text.split("\n")[0])]
    boxes = [pdf_places.shown(data, text, *word)[0].boxes for word in words]
    assert all(len(one) == 1 for one in boxes)
    first, second = boxes[0][0], boxes[1][0]
    assert first.left >= second.right - 0.5


def test_only_the_words_are_marked_on_the_picture() -> None:
    text = only(PAGES).text
    plain = pdf_places.shown(PAGES, text, 0, 6)[0]
    other = pdf_places.shown(PAGES, text, 8, 10)[0]
    assert plain.png != other.png
    assert (plain.width, plain.height) == (595, 842)


def test_a_file_that_reads_otherwise_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="reads otherwise"):
        pdf_places.shown(PAGES, "another text", 0, 7)
    asked = msgspec.msgpack.encode(pdf_places.Asked(b"%PDF-1.4", "a", 0, 1))
    answer = pdf_places.prepare(b"")(asked)
    with pytest.raises(UnreadableDocument, match="damaged"):
        pdf_places.decoded(answer)
