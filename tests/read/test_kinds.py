"""The reader is chosen by content; what it makes is a document whose every span holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.made import everything

from sourcebook.errors import UnreadableDocument
from sourcebook.model import Document, content_id, document_id
from sourcebook.ports import Raw
from sourcebook.read import kinds
from sourcebook.text.masks import blank

BODY = "Gunmen attacked a depot near Vesk on Tuesday, killing five guards, the governor said."
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Raid near Vesk | Orlan Times</title>
<meta property="og:site_name" content="Orlan Times"><link rel="canonical" href="https://orlan.example/raid">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
"headline": "Raid near Vesk", "datePublished": "2019-05-03T23:30:00+02:00",
"author": [{"name": "Jane Roe"}, {"name": "John Doe"}]}]}</script>
<style>p { color: red }</style></head><body><nav><a href="/">Home</a></nav>
<div class="cookie-banner"><p>We use cookies.</p></div><header><h1>Raid near Vesk</h1></header>
<article><p>By Jane Roe</p><p>Gunmen <b>attacked</b> a depot near&nbsp;Vesk on Tuesday, killing
five guards, the <a href="/g">governor</a> said.</p><script>track()</script>
<figure><figcaption>The depot</figcaption></figure><p>It was the <a href="/x">third raid this year</a>.</p>
<ul class="relatedLinks"><li><a href="/a">Other story</a></li></ul><p><a href="/b">Yet another story</a></p>
<div id="comments"><p>Good riddance.</p></div></article><footer>About us</footer></body></html>"""
NOTES = f"""---
title: Raid near Vesk
date: 2019-05-03
author: Jane Roe
---
# Raid near Vesk

{BODY.replace("depot", "[depot](https://orlan.example/a_(b))").replace("five", "**five**")}

> The *road* is closed.

- one
- two

```
code
```
"""


def read(data: bytes | str, path: str = "a.txt", **row: str) -> Document:
    raw = Raw(data.encode() if isinstance(data, str) else data, path, row)
    (only,) = kinds.read(raw, sequence=3)
    return only.document


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PAGE, "html"),
        (f"<p>{BODY}</p>", "html"),
        (NOTES, "markdown"),
        (f"# Raid\n\n{BODY}", "markdown"),
        (f"Raid [1]\n\n{BODY} See [the map](https://orlan.example).", "markdown"),
        (f"Raid near Vesk\n\n{BODY}", "text"),
        (f"Raid * two * dead\n- a dash\n1 < 2\n{BODY}", "text"),
    ],
)
def test_the_reader_is_found_from_the_content(data, kind):
    assert kinds.kind(data.encode()) == kind
    if kind != "text":
        assert kinds.kind(b"\xef\xbb\xbf" + data.encode()) == kind


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4", b"\0\1\2\3" * 99, b"<?xml version='1.0'?><a/>", b"<html></html>", b"```\n```\n"],
)
def test_what_holds_no_text_is_unreadable_with_a_reason(data):
    with pytest.raises(UnreadableDocument, match=r"\w"):
        read(data)


def test_plain_text_is_kept_but_for_its_line_ends():
    document = read(b"\xef\xbb\xbfOne\r\nTwo \xe2\x80\x9cthree\xe2\x80\x9d\rFour\n\n")
    assert document.text == "One\nTwo “three”\nFour\n\n"
    assert (document.path, document.sequence) == ("a.txt", 3)
    assert document.id == document_id("a.txt", document.sha256)


def test_a_page_gives_its_title_and_paragraphs_and_drops_the_rest():
    assert read(PAGE).text == f"Raid near Vesk\n\nBy Jane Roe\n\n{BODY}\n\nIt was the third raid this year.\n"


def test_a_page_states_its_author_publisher_day_with_zone_and_address():
    (reading,) = kinds.read(Raw(PAGE.encode(), "a", {}), sequence=0)
    document, source = reading
    assert document.author == "Jane Roe, John Doe"
    assert source is not None
    assert (source.name, source.id) == ("Orlan Times", content_id("s", "orlan times"))
    assert document.source == source.id
    assert document.published is not None
    assert document.published.edtf == "2019-05-03"
    assert document.published.basis == "JSON-LD datePublished, at 23:30:00 +02:00"
    assert (document.url, document.language) == ("https://orlan.example/raid", "en")
    assert document.title_span is not None
    assert document.quote(document.title_span) == "Raid near Vesk"


def test_a_page_whose_furniture_is_named_like_its_body_keeps_the_body():
    page = f'<html><body class="has-sidebar comments-open"><p>{BODY}</p><p>{BODY}</p></body></html>'
    assert read(page).text == f"{BODY}\n\n{BODY}\n"


def test_a_declared_charset_is_followed():
    page = '<html><head><meta charset="koi8-r"></head><body><p>Взрыв в городе.</p></body></html>'
    assert read(page.encode("koi8-r")).text == "Взрыв в городе.\n"


def test_markdown_keeps_its_source_and_masks_its_markup():
    document = read(NOTES)
    assert document.text == NOTES
    seen = " ".join(blank(document.text, document.masks).split())
    assert seen == f"Raid near Vesk {BODY} The road is closed. one two"
    assert (document.title, document.author) == ("Raid near Vesk", "Jane Roe")
    assert document.published is not None
    assert document.published.basis == "front matter, date"


def test_the_table_goes_before_what_the_file_says():
    row = {
        "publisher": "Lake News", "title": "Another title", "author": "A. N. Other",
        "published": "4 May 2019", "url": "https://lake.example", "language": "de", "translated": "yes",
        "given_in": "sources.csv, row 2",
    }  # fmt: skip
    document = read(PAGE, **row)
    assert (document.title, document.title_span, document.author) == ("Another title", None, "A. N. Other")
    assert document.published is not None
    assert (document.published.edtf, document.published.basis) == (
        "2019-05-04",
        "given in sources.csv, row 2",
    )
    assert (document.language, document.url) == ("de", "https://lake.example")
    assert (document.translated, document.translated_why) == (True, "given in sources.csv, row 2")
    assert document.source == content_id("s", "lake news")


def test_a_text_without_a_date_has_none_but_an_address_may_give_one():
    assert read(f"Raid near Vesk\n\n{BODY}").published is None
    dated = read(f"Raid near Vesk\n\n{BODY}", url="https://orlan.example/2019/05/03/raid").published
    assert dated is not None
    assert (dated.edtf, dated.basis) == ("2019-05-03", "date in the address of the page")


def test_masks_move_nothing_and_the_date_line_has_its_span():
    document = read(
        f"Watch | Raid near Vesk\n\nPublished 3 May 2019\n\n{BODY}\n\nLeave a comment\n\nsource site-3"
    )
    assert document.published is not None
    assert document.published.span is not None
    assert document.quote(document.published.span) == "3 May 2019"
    assert blank(document.text, document.masks).split() == ["Raid", "near", "Vesk", *BODY.split()]
    assert len(blank(document.text, document.masks)) == len(document.text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "# ",
                "**",
                "[a](b)",
                "<p>",
                "</p>",
                "By Jane Roe",
                "\n",
                "\0",
                "é",
                "2014.14 ",
                "x.1 ",
                "© 2019 A",
                "---\n",
                "<!--",
                BODY,
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_no_mixture_of_markup_breaks_it(text):
    try:
        document = read(text)
    except UnreadableDocument:
        return
    assert all(0 <= m.start < m.end <= len(document.text) for m in document.masks)
    assert list(document.masks) == sorted(document.masks)


@pytest.mark.parametrize(
    "line", ["-" * 5000, "|---" * 3000 + "x", ":-" * 3000, "- " * 3000 + "x", "=" * 5000]
)
def test_a_long_row_of_dashes_in_markdown_does_not_hold_up_the_reader(line: str) -> None:
    (document,), _ = everything(f"# A report\n\n{line}\n\nGunmen attacked Vesk.\n".encode(), "f.md")
    assert "Gunmen attacked Vesk." in document.text
