"""Arabic, Persian, Hebrew and Cyrillic PDFs: the order of the reader, whatever order a program writes in."""

import pytest
import typst
from tests.read.made import only

from sourcebook.read import right_to_left
from sourcebook.read.right_to_left import Glyph

# The typesetter carries this font, so that nothing hangs on what a machine has.
PAGE = """#set page(width: 300pt, height: 400pt, margin: 30pt)
#set text(font: "DejaVu Sans Mono", size: 11pt, dir: {dir}, lang: "{lang}")
{text}
"""
TEXTS = {
    "ar": "قتل خمسة حراس في هجوم على مستودع قرب فيسك يوم الثلاثاء 14 مايو 2031، قال المحافظ.",
    "fa": "پنج نگهبان در حمله به انبار نزدیک وسک در روز سه‌شنبه کشته شدند، فرماندار گفت.",
    "he": "חמישה שומרים נהרגו בהתקפה על מחסן ליד וסק ביום שלישי, אמר המושל.",
    "ru": "Пять охранников убиты при нападении на склад близ Веска во вторник, сообщил губернатор.",
}


def pdf(lang: str, text: str) -> bytes:
    source = PAGE.format(dir="ltr" if lang == "ru" else "rtl", lang=lang, text=text)
    made: bytes = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)
    return made


@pytest.mark.parametrize("lang", TEXTS)
def test_a_page_reads_as_it_was_written(lang: str) -> None:
    assert " ".join(only(pdf(lang, TEXTS[lang])).text.split()) == TEXTS[lang]


def glyphs(drawn: str, *, words: list[int] | None = None) -> list[Glyph]:
    """Letters of six points each from the left, numbered as they are drawn; a space is a new word."""
    made, word = [], 0
    for n, letter in enumerate(drawn):
        if letter == " ":
            word += 1
            continue
        at = 6.0 * n
        made.append(Glyph(letter, n, words[n] if words else word, at, 0, at + 6, 10, at, 2))
    return made


def line(drawn: list[Glyph]) -> str:
    (row,) = right_to_left.rows(drawn)
    return right_to_left.read(row).text


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("םולש", "שלום"),
        ("2031 יאמב 14", "14 במאי 2031"),
        ("14.5.2031 םויב", "ביום 14.5.2031"),
        ("Orlan Times ןותיע", "עיתון Orlan Times"),
        ("1,200 וגרהנ", "נהרגו 1,200"),
        ("Velm F16 סוטמ", "מטוס Velm F16"),
        ("In Velm 14 died", "In Velm 14 died"),
    ],
)
def test_what_the_eye_sees_becomes_what_is_read(seen: str, read: str) -> None:
    assert line(glyphs(seen)) == read


def test_the_order_in_which_a_page_is_drawn_does_not_matter() -> None:
    drawn = glyphs("2031 יאמב 14")
    turned = [g._replace(number=len(drawn) - n) for n, g in enumerate(drawn)]
    assert line(turned) == line(drawn) == "14 במאי 2031"


def test_a_ligature_of_lam_and_alef_is_lam_first_and_shapes_become_letters() -> None:
    both = [Glyph(letter, n, 0, 0, 0, 6, 10, 0, 2) for n, letter in enumerate("ال")]
    assert line(both) == "لا"
    assert line([Glyph("ﻻ", 0, 0, 0, 0, 6, 10, 0, 2)]) == "لا"


def test_every_letter_of_a_ligature_leads_to_its_place() -> None:
    found = right_to_left.read([Glyph("ﻻ", 7, 0, 0, 0, 6, 10, 0, 2)])
    assert (found.text, found.numbers) == ("لا", (7, 7))


def test_lines_go_from_the_top_and_columns_from_the_right() -> None:
    upper = [g._replace(y=20, top=30, bottom=18) for g in glyphs("אב          גד")]
    rows = right_to_left.rows([*glyphs("הו"), *upper])
    assert [[right_to_left.read(p).text for p in right_to_left.pieces(row, 1.1)] for row in rows] == [
        ["דג", "בא"],
        ["וה"],
    ]
