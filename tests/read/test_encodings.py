"""Any bytes become text, and what was replaced is counted."""

from time import process_time

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


@given(
    st.lists(st.sampled_from(["é", "語", "😀", "plain words "]) | st.binary(max_size=3), max_size=40),
    st.integers(0, 1100),
)
def test_what_is_replaced_does_not_hang_on_where_a_piece_ends(parts, before):
    data = b"\xef\xbb\xbf" + b"a" * before
    data += (
        b"".join(part.encode() if isinstance(part, str) else part for part in parts).replace(b"\0", b"") * 9
    )
    assert decode(data).text == data[3:].decode("utf-8", "replace").removeprefix("\ufeff")


@pytest.mark.parametrize(
    "data", [("é".encode() * 8 + b"\xff") * 180_000, b"\xff\xfe" + b"a\0\x00\xd8c\0" * 500_000]
)
def test_a_text_with_a_fault_in_every_word_costs_what_its_length_costs(data):
    began = process_time()
    assert "replaced bytes" in decode(data).encoding
    assert process_time() - began < 6  # twenty times as long where each fault costs the whole text
