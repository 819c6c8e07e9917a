"""Title, byline, date and publisher are taken where the text states them, and nowhere else."""

import pytest

from sourcebook.read import front
from sourcebook.text import boilerplate

BODY = "Gunmen attacked a depot near Vesk on Tuesday, killing five guards, the governor of the province said."


def find(text: str) -> front.Front:
    found = front.find(text, boilerplate.find(text))
    for part in (found.title, found.author, found.publisher):
        assert part is None or text[part.start : part.end] == part.text
    return found


def headed(*lines: str) -> front.Front:
    return find("\n\n".join((*lines, BODY, BODY + " Again.")))


@pytest.mark.parametrize(
    ("line", "day", "basis"),
    [
        ("As of: March 25, 2024 10:57 a.m", "2024-03-25", "date line “As of”"),
        ("Published 3 May 2019", "2019-05-03", "date line “Published”"),
        ("Published on Friday, 3 May 2019 at 10:57 GMT", "2019-05-03", "date line “Published”"),
        ("Updated: 03.05.2019, 18:20", "2019-05-03", "date line “Updated”"),
        ("May 3, 2019", "2019-05-03", "date on a line of its own"),
        ("This story is from May 3, 2019", "2019-05-03", "date line “This story is from”"),
        ("By Jane Roe | 3 May 2019", "2019-05-03", "date on a line of its own"),
    ],
)
def test_a_date_line_dates_the_document(line, day, basis):
    found = headed("Raid near Vesk", line)
    assert found.published is not None
    assert (found.published.written.edtf, found.published.basis) == (day, basis)
    assert [m.why for m in found.masks] == ["byline"]


def test_published_goes_before_updated():
    found = headed("Raid near Vesk", "Updated: 5 May 2019", "Published: 3 May 2019")
    assert found.published is not None
    assert found.published.written.edtf == "2019-05-03"


@pytest.mark.parametrize(
    "line", ["On 3 May 2019 the army left.", "3 May 2019 was a dark day", "Vesk fell on 3 May 2019"]
)
def test_a_date_in_a_sentence_does_not(line):
    assert headed("Raid near Vesk", line).published is None


@pytest.mark.parametrize(
    ("head", "mask", "day"),
    [
        ("VESK, March 3 (Lake News) - ", "VESK, March 3 (Lake News) - ", None),
        ("VESK, 3 March 2019 (Lake News) — ", "VESK, 3 March 2019 (Lake News) — ", "2019-03-03"),
        ("VESK, 15 AUG 89 (RADIO LAKE) -- ", "VESK, 15 AUG 89 (RADIO LAKE) -- ", "1989-08-15"),
        ("Vesk (Lake News) – ", "Vesk (Lake News) – ", None),
        ("VESK — ", None, None),
        ("Vesk - ", None, None),
    ],
)
def test_a_dateline_is_masked_and_dates_the_document_only_with_its_year(head, mask, day):
    text = f"Raid near Vesk\n\n{head}{BODY}"
    found = find(text)
    assert [text[m.start : m.end] for m in found.masks] == ([mask] if mask else [])
    assert (found.published and found.published.written.edtf) == day


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("By Jane Roe and John de Doe in Vesk", "Jane Roe and John de Doe"),
        ("Written by Jane O’Roe", "Jane O’Roe"),
        ("By Monday", None),
        ("By then they had left the town", None),
    ],
)
def test_a_byline_names_the_author(line, author):
    found = headed("Raid near Vesk", line).author
    assert (found and found.text) == author


def test_a_credit_at_the_foot_names_the_author():
    found = find(f"Raid near Vesk\n\n{BODY}\n\n(Reporting by Jane Roe in Vesk; Editing by John Doe)").author
    assert found is not None
    assert found.text == "Jane Roe"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Who holds the road?\n\n{BODY}", "Who holds the road?"),
        (f"Watch | Who holds the road?\n\n{BODY}", "Who holds the road?"),
        (f"https://orlan.example/1\nRaid near Vesk\n{BODY}", "Raid near Vesk"),
        (f"Five die in raid near Vesk.\n\n{BODY}", "Five die in raid near Vesk."),
        (f"{BODY}\n\n{BODY}", None),
        ("Raid near Vesk", None),
        ("Gunmen attacked a depot near Vesk on Tuesday, killing\nfive guards, the governor said.\n", None),
    ],
)
def test_the_title_is_a_first_line_that_reads_like_one(text, title):
    found = find(text).title
    assert (found and found.text) == title


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Views expressed are of the author and do not reflect the views of the Lake Institute or of "
         "the Government of Orlan.", "Lake Institute"),
        ("This article was originally published by The Orlan Times.", "The Orlan Times"),
        ("Copyright 2016 Lake News. All rights reserved.", "Lake News"),
        ("© 2016-2019 Institute of Lakes and Rivers", "Institute of Lakes and Rivers"),
        ("Photo: Lake News", None),
    ],
)  # fmt: skip
def test_the_publisher_is_named_by_a_disclaimer_or_copyright_line_only(line, publisher):
    found = find(f"Raid near Vesk\n\n{BODY}\n\n{line}").publisher
    assert (found and found.text) == publisher


def test_a_name_and_a_date_on_a_line_date_the_text() -> None:
    found = find("The two fronts\n\n*Delta Institute, 9 June 2019*\n\nThe first front was founded in 2011.")
    assert found.published is not None
    assert found.published.written.earliest.isoformat() == "2019-06-09"


def test_a_sentence_with_a_name_and_a_date_is_no_date_line() -> None:
    found = find("The two fronts\n\nAnn Orr was born in Lima, 9 June 1961, and lives there.")
    assert found.published is None
