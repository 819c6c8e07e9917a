"""PDF: columns in order, words at line ends whole, running heads left out, pages known, scans reported."""

import pytest
from tests.read.made import BODY, answered, column, only, pdf

LEFT = [
    "Gunmen of the Harrow Front attacked a de-",
    "pot near the town of Vesk late on Tuesday,",
    "killing five guards, the governor said.",
    "   The police searched the well-known val-",
    "ley for two days and found nobody, and a",
    "well-known man was out.",
]
RIGHT = [
    "A second column goes on with the story and",
    "with the claim of the Harrow Front, which",
    "came in a letter to the Orlan Times, the",
    "paper of the province, and a fourth line too.",
    "Calm returned to the valley of Orlan in the",
    "middle of May of that year, it said.",
]
TEXT = (
    "Gunmen of the Harrow Front attacked a depot near the town of Vesk late on Tuesday, killing five guards, "
    "the governor said.\n\nThe police searched the well-known valley for two days and found nobody, and a "
    "well-known man was out.\n\nA second column goes on with the story and with the claim of "
    "the Harrow Front, which came in a letter to the Orlan Times, the paper of the province, and a fourth "
    "line too. Calm returned to the valley of Orlan in the middle of May of that year, it said.\n"
)
COLUMNS = column(LEFT) + column(RIGHT, left=320)
ROWS = [line for pair in zip(column(LEFT), column(RIGHT, left=320), strict=True) for line in pair]


@pytest.mark.parametrize("lines", [COLUMNS, ROWS])
def test_columns_are_read_one_after_the_other_however_they_were_written(lines):
    assert only(pdf([lines])).text == TEXT


def test_rows_of_a_table_stay_rows():
    cells = [
        (10, left, 700 - 14 * row, text)
        for row, cells in enumerate(
            [("Year", "Attacks", "Killed"), *[(f"20{n}", str(n), "7") for n in range(10, 18)]]
        )
        for left, text in zip((50, 200, 350), cells, strict=True)
    ]
    assert "2010 10 7" in only(pdf([cells])).text


def test_a_paragraph_goes_on_over_the_page_and_heads_and_numbers_are_left_out():
    pages = [
        [(8, 50, 810, "Orlan Review, 3 May 2019"), (8, 290, 30, f"{n}"), *column(part)]
        for n, part in enumerate([LEFT[:2], LEFT[2:], RIGHT], 1)
    ]
    document = only(pdf(pages))
    assert document.text == f"Orlan Review, 3 May 2019\n\n{TEXT}"
    assert [document.text[start:].split()[0] for start in document.page_starts] == ["Orlan", "killing", "A"]


def test_sentences_that_differ_in_their_numbers_are_no_running_heads():
    told = [f"On day {n} the police of Orsk counted {n * 7} shells." for n in range(1, 13)]
    pages = [[(8, 50, 810, "Orlan Review"), *column(part)] for part in (told[:6], told[6:])]
    text = " ".join(only(pdf(pages)).text.split())
    assert "Orlan Review" not in text
    assert all(sentence in text for sentence in told)


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ("five gunmen ran to the de-", "pot", "depot"),
        ("the Al-", "Orlan road", "Al-Orlan road"),
        ("a well-known man, and a well-", "known woman", "well-known woman"),
        ("they killed two -", "and left", "two - and left"),
    ],
)
def test_hyphens_at_line_ends_go_only_where_the_word_has_none(one, other, whole):
    assert whole in only(pdf([column([one, other])])).text


def test_a_heading_and_a_gap_make_paragraphs():
    lines = [(16, 50, 780, "Raid near Vesk"), *column([*LEFT[:3], "", *RIGHT], top=740)]
    assert only(pdf([lines])).text.split("\n\n")[0] == "Raid near Vesk"
    assert only(pdf([lines])).text.count("\n\n") == 2


def test_dates_of_the_file_are_none_of_publication_unless_the_text_has_one():
    info = b"/Title (Microsoft Word - x1.doc) /Author (user7) /CreationDate (D:20190504101500+02'00')"
    document = only(pdf([column(LEFT)], info))
    assert (document.published, document.author) == (None, None)
    assert document.title != "Microsoft Word - x1.doc"
    assert [(d.edtf, d.basis) for d in document.file_dates] == [
        ("2019-05-04", "file created, PDF info CreationDate, at 10:15:00 +02:00")
    ]
    dated = only(pdf([column(["Raid near Vesk", "", "4 May 2019", "", *LEFT])], info))
    assert dated.published is not None
    assert dated.published.basis == (
        "date on a line of its own; agrees with file created, PDF info CreationDate, at 10:15:00 +02:00"
    )


def test_title_and_author_of_the_file_count_where_its_text_has_them():
    info = b"/Title (Raid near Vesk) /Author (Jane Roe)"
    document = only(pdf([column(["Raid near Vesk", "", "By Jane Roe", "", *LEFT])], info))
    assert (document.title, document.author) == ("Raid near Vesk", "Jane Roe")


def test_pages_that_are_pictures_are_reported():
    found = answered(pdf([column(LEFT), [], [], column(RIGHT)], picture=True), "scan.pdf")
    assert len(found.readings) == 1
    assert [(s.path, s.why) for s in found.skipped] == [
        ("scan.pdf, pages 2-3", "a picture without text (a scan?)")
    ]
    (refused,) = answered(pdf([[], []], picture=True)).skipped
    assert refused.why == "a PDF without text: pages 1-2: a picture without text (a scan?)"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7 ...", "a damaged PDF"),
        (pdf([[]]), "a PDF without text on any page"),
        (pdf([column(LEFT)])[:200], "a damaged PDF"),
        (pdf([]), "PDF"),
    ],
)
def test_what_is_no_whole_pdf_says_so(data, why):
    (refused,) = answered(data).skipped
    assert why in refused.why


def test_a_pdf_whose_table_is_elsewhere_is_still_read():
    data = pdf([column([BODY])])
    assert BODY in only(data[: data.index(b"startxref")] + b"startxref\n7\n%%EOF").text
