"""Whatever the kind of file: its words come back in order, and every offset leads into the canonical text."""

import html
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.made import column, docx, everything, message, paragraph, pdf, tarred, zipped
from tests.read.test_feeds import warc
from tests.read.test_office import odt

from sourcebook.ports import Raw
from sourcebook.read import kinds
from sourcebook.read.answering import answer, fault

WORDS = st.lists(
    st.sampled_from(
        "Gunmen attacked Vesk 14 killed; Взрыв انفجار “said” café — (two) A&B 1<2 Jane Roe".split()
    ),
    min_size=3,
    max_size=12,
).map(" ".join)


def as_page(blocks):
    return f"<html><body>{''.join(f'<p>{html.escape(b)}</p>' for b in blocks)}</body></html>".encode()


def as_rtf(blocks):
    coded = "".join(
        c if c.isascii() else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?"
        for c in r"\par ".join(blocks)
    )
    return ("{\\rtf1\\uc1 " + coded + "}").encode()


MAKERS = {
    "text": lambda blocks: "\n\n".join(blocks).encode(),
    "html": as_page,
    "docx": lambda blocks: docx("".join(paragraph(html.escape(b)) for b in blocks)),
    "odt": lambda blocks: odt("".join(f"<text:p>{html.escape(b)}</text:p>" for b in blocks)),
    "rtf": as_rtf,
    "mail": lambda blocks: message("\n\n".join(blocks)).as_bytes(),
    "warc": lambda blocks: warc(("https://a.example/", "text/html", as_page(blocks), "200 OK")),
    "zip": lambda blocks: zipped({"a/b.txt": "\n\n".join(blocks)}),
    "tar": lambda blocks: tarred({"a.txt": "\n\n".join(blocks).encode()}),
}


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=15, deadline=None)
@given(blocks=st.lists(WORDS, min_size=1, max_size=4))
def test_words_come_back_and_offsets_hold(kind, blocks):
    documents, skipped = everything(MAKERS[kind](blocks), "f")
    assert skipped == []
    (document,) = documents
    assert "".join(" ".join(blocks).split()) in "".join(document.text.split())
    for span in (document.title_span, document.author_span, document.published and document.published.span):
        assert span is None or document.quote(span)
    assert all(0 <= mask.start < mask.end <= len(document.text) for mask in document.masks)


def test_files_mutated_at_random_end_with_documents_or_reasons():
    chance = random.Random(7)
    seeds = [make(["Gunmen attacked Vesk.", "Five guards died."]) for make in MAKERS.values()]
    seeds.append(pdf([column(["Gunmen attacked Vesk.", "Five guards died."])]))
    for _ in range(400):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.choice((1, 3, 20))):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        raw = Raw(bytes(data), "f", {})
        found = answer(kinds.read, raw)
        assert found.readings or found.members or found.skipped
        assert fault(raw, found) is None
        assert not [s.why for s in found.skipped if s.why.startswith("reader failed")]
