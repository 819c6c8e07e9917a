"""Any bytes become text, and what was replaced is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.read.encodings import decode

TEXT = "Café “Orlan” was shelled – 12 hurt.\nÇa va?"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("cp1252"), "windows-1252"),
    ],
)
def test_the_encoding_is_found_with_and_without_a_mark(data, encoding):
    assert decode(data) == (TEXT, encoding)


def test_cyrillic_in_utf16_without_a_mark_is_read_by_its_blanks():
    text = "В городе прогремел взрыв, двое убиты. Позже сообщили о третьем."
    assert decode(text.encode("utf-16-le")) == (text, "utf-16-le")


def test_broken_bytes_are_replaced_and_counted():
    assert decode("é".encode() * 5 + b"\xff\xfe ok \xe9") == ("ééééé�� ok �", "utf-8 with 3 replaced bytes")


def test_nul_is_replaced_one_for_one_and_counted():
    assert decode(b"two\0words" + b" and more" * 9).text.startswith("two�words and")
    assert decode(b"two\0words" + b" and more" * 9).encoding == "utf-8 with 1 replaced NUL"


def test_a_lone_surrogate_in_utf16_does_no_harm():
    text, encoding = decode(b"\xff\xfea\x00\x00\xd8b\x00")
    assert text[0] == "a"
    assert "replaced byte" in encoding
    text.encode("utf-8")


def test_a_declared_encoding_counts_where_utf8_fails():
    data = "Взрыв в городе".encode("koi8-r")
    assert decode(data, declared="KOI8-R") == ("Взрыв в городе", "koi8-r")


@pytest.mark.parametrize("declared", ["hex", "zip", "no-such", "utf-7", "", "idna", "\0"])
def test_a_nonsense_declaration_is_not_followed(declared):
    assert decode(b"caf\xe9", declared=declared) == ("café", "windows-1252")


@given(st.binary(max_size=300))
def test_no_bytes_break_it_and_the_text_can_be_stored(data):
    text, encoding = decode(data)
    text.encode("utf-8")
    assert "\0" not in text
    assert encoding
