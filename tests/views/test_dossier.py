"""A sentence without a citation cannot be made; what is written can be read back and verified."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests import pile
from tests.export import planted

from sourcebook import project
from sourcebook.errors import InputError, ModelError
from sourcebook.export import dossier as written
from sourcebook.export import dossier_docx, dossier_pdf, dossier_pictures, files
from sourcebook.model import ClaimId, DocumentId
from sourcebook.project.verifying import verify
from sourcebook.views import dossier_redaction, find, phrases
from sourcebook.views.dossier import Citation, Cited, Dossier, Section, Sentence, dossier

CITATION = Citation(
    (ClaimId("c-000000000001"),), DocumentId("d-000000000001"), 3, 9, 'say "no" [1] (ok)\nthen'
)
HOSTILE = '#panic(1) ]; $x$ `code` \\ <a> "quoted" @ref // gone \x07'


def hand_made(text: str = "<b>*Bold* says | 'x' & [y]") -> Dossier:
    cited = Cited(CITATION.document, "a (b), c.txt", "T*", "The <Post>", "2031", "0" * 64)
    section = Section("Names", (Sentence(text, (CITATION,)),))
    return Dossier("Front <x>", "x-1", None, (section,), (cited,), ("who leads it",))


def test_a_sentence_needs_a_citation_and_a_citation_a_claim() -> None:
    with pytest.raises(ModelError, match="a sentence needs a citation"):
        Sentence("It is so.", ())
    with pytest.raises(ModelError, match="a citation needs a claim"):
        Citation((), DocumentId("d-1"), 0, 2, "it")
    with pytest.raises(ModelError, match="a citation needs a claim"):
        Citation((ClaimId("c-1"),), DocumentId("d-1"), 0, 2, "  ")


@given(st.text(), st.lists(st.just(CITATION), max_size=3))
def test_no_words_make_a_sentence_without_a_citation(text: str, citations: list[Citation]) -> None:
    if citations:
        assert Sentence(text, tuple(citations)).citations
    else:
        with pytest.raises(ModelError):
            Sentence(text, ())


@given(st.text())
def test_a_line_that_cites_nothing_is_one_of_the_questions_or_refused(question: str) -> None:
    assert phrases.is_gap(phrases.gap(question)) is (question in phrases.GAPS)
    if question not in phrases.GAPS:
        with pytest.raises(ModelError, match="not a question"):
            Dossier("X", "x-1", None, (), (), (question,))


@pytest.mark.parametrize("form", ["markdown", "page"])
def test_what_is_written_is_read_back_whatever_the_words(form: str) -> None:
    text = getattr(written, form)(hand_made())
    read = (written.read_markdown if form == "markdown" else written.read_page)(text)
    assert read.citations["1"].claims == CITATION.claims
    assert read.citations["1"].exact.split() == CITATION.exact.split()
    assert (read.citations["1"].start, read.citations["1"].end) == (3, 9)
    assert [numbers for _, numbers in read.sentences] == [("1",)]
    assert read.gaps == ["The documents don't say who leads it."]
    assert "<b>" not in text


def test_every_sentence_of_a_dossier_cites_words_of_the_documents(tmp_path: Path) -> None:
    record = project.record(pile.copy(tmp_path))
    made = dossier(record, find.actor(record, "Harrow Front"))
    texts = {d.id: d.text for d in record.documents}
    assert made.sections
    for citation in made.citations():
        assert texts[citation.document][citation.start : citation.end] == citation.exact


def test_facts_read_as_sentences_and_name_who_says_so(tmp_path: Path) -> None:
    record = project.record(pile.copy(tmp_path))
    made = dossier(record, find.actor(record, "Harrow Front"))
    said = " ".join(x.text for s in made.sections for x in s.sentences)
    assert "it was founded in 2019." in said
    assert "Osman Keld leads or led it" in said
    assert "who its allies are" in made.gaps
    assert "who leads it" not in made.gaps
    assert all(x.text[:1].isupper() or x.text[:1] in "“" for s in made.sections for x in s.sentences)


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx", ".pdf"])
def test_verify_covers_every_form_and_notices_a_claim_that_is_gone(suffix: str, tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    record = project.record(book)
    out = tmp_path / f"front{suffix}"
    assert files.write_dossier(record, find.actor(record, "Harrow Front"), out) > 0
    assert verify(book, [out]).findings == []
    victim = written_claims(out)[0]
    edit(out, lambda text: text.replace(victim, "c-000000000000"))
    assert any("no such claim" in f.why for f in verify(book, [out]).findings)


def written_claims(out: Path) -> list[str]:
    return re.findall(r"c-[0-9a-f]{12}", told(out).read_text("utf-8"))


def told(out: Path) -> Path:
    return out if out.suffix in (".md", ".html") else out.with_name(f"{out.name}.citations.json")


def edit(out: Path, change: Callable[[str], str]) -> None:
    told(out).write_text(change(told(out).read_text("utf-8")), "utf-8")


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx"])
def test_a_line_without_a_citation_that_somebody_adds_is_found(suffix: str, tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    record = project.record(book)
    out = tmp_path / f"front{suffix}"
    files.write_dossier(record, find.actor(record, "Harrow Front"), out)
    edit(out, lambda text: text.replace("don't say who its allies are", "say who its allies are: us"))
    edit(out, lambda text: text.replace("don&#x27;t say who its allies are", "say who its allies are: us"))
    assert any("without a citation" in f.why for f in verify(book, [out]).findings)


def test_a_changed_pdf_is_refused(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    record = project.record(book)
    out = tmp_path / "front.pdf"
    files.write_dossier(record, find.actor(record, "Harrow Front"), out)
    out.write_bytes(out.read_bytes() + b"%")
    with pytest.raises(InputError, match="it was changed"):
        verify(book, [out])


def test_docx_has_real_footnotes_and_the_same_bytes_every_time() -> None:
    made = hand_made(HOSTILE)
    content = dossier_docx.document(made)
    assert content == dossier_docx.document(made)
    opened = docx.Document(io.BytesIO(content))
    assert any("#panic(1)" in p.text for p in opened.paragraphs)
    notes = zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml").decode()
    assert 'say "no" [1] (ok) then' in notes
    body = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert body.count("w:footnoteReference ") == notes.count('<w:footnote w:id="') == 1


def test_pdf_is_tagged_and_prints_hostile_words_as_they_are() -> None:
    content = dossier_pdf.document(hand_made(HOSTILE))
    assert content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in content
    assert b"pdfuaid" in content
    assert content == dossier_pdf.document(hand_made(HOSTILE))


# -- redaction ------------------------------------------------------------------------------------


def test_private_persons_and_suspects_are_masked_and_leaders_are_not() -> None:
    record = planted.record()
    made = dossier(record, find.actor(record, "Harrow Front"))
    hidden = dossier_redaction.redacted(made, record, "private")
    after = repr(hidden)
    assert "Doran Pell" in repr(made)
    assert not re.search("Doran|Pell", after)
    assert "Osman Keld" in after
    assert "[person " in after


def test_a_redacted_dossier_still_verifies(tmp_path: Path) -> None:
    book = pile.copy(tmp_path)
    record = project.record(book)
    out = tmp_path / "front.md"
    files.write_dossier(record, find.actor(record, "Harrow Front"), out, redact="persons")
    assert "Keld" not in out.read_text("utf-8")
    assert verify(book, [out]).findings == []


@pytest.mark.parametrize(
    ("exact", "holds"),
    [
        ("police named Doran Pell today", True),
        ("police named [person 1] today", True),
        ("police freed [person 1] today", False),
        ("[person 1] today", True),
        ("police named [person 1] today and tomorrow", False),
        ("police named [person 1] to [person 2]", False),
        ("[person 1] named [person 2]", True),
    ],
)
def test_what_is_left_of_a_quotation_is_checked(exact: str, holds: bool) -> None:
    assert dossier_redaction.quotes("police named Doran Pell\ntoday", exact) is holds


def test_overrides_are_shown_by_their_numbers_in_a_dossier_and_still_verify() -> None:
    assert dossier_redaction.quotes("a name \u202egpj.exe", "a name ‹U+202E›gpj.exe")
    assert not dossier_redaction.quotes("a name gpj.exe", "a name ‹U+202E›gpj.exe")
    record = planted.record()
    made = dossier(record, find.actor(record, "Harrow Front"))
    turned = replace(made, subject="Front\u202e", documents=(replace(made.documents[0], path="x\u2066.txt"),))
    shown = repr(dossier_redaction.legible(turned))
    assert "‹U+202E›" in shown
    assert "‹U+2066›.txt" in shown


def test_what_one_speaker_says_of_several_is_one_sentence_and_names_are_not_repeated() -> None:
    record = planted.record()
    made = dossier(record, next(e for e in record.entities if e.id == planted.FRONT))
    names = next(s for s in made.sections if s.title.startswith("Who they are"))
    assert [x.text for x in names.sentences] == ["Velm Post calls it “Harrow Front”."]
    leader = next(s for s in made.sections if s.title == "Leadership over time")
    assert [x.text for x in leader.sentences] == [
        "According to Velm Post, Osman Keld (since 2029) leads or led it.",
        "According to Velm Post, Doran Pell is or was one of its members.",
    ]


def test_pictures_show_what_the_sentences_cite_and_are_told_to_those_who_do_not_see_them() -> None:
    record = planted.record()
    made = dossier(record, next(e for e in record.entities if e.id == planted.FRONT))
    assert {e.id for e in made.events} == {planted.RAID, planted.PLOT}
    drawn = dossier_pictures.pictures(made)
    assert [p.title for p in drawn] == ["Timeline", "Map"]
    assert all("2 events in which Harrow Front" in p.alt for p in drawn)
    page = written.page(made)
    assert page.count("<svg") == 2
    assert "Raid on villagers" in page
    assert [marks for _, marks in written.read_page(page).sentences] == [
        tuple(str(made.citations().index(c) + 1) for c in x.citations)
        for s in made.sections
        for x in s.sentences
    ]
    pdf = dossier_pdf.document(made)
    assert dossier_pdf.document(made) == pdf
    assert dossier_docx.document(made) == dossier_docx.document(made)
    with zipfile.ZipFile(io.BytesIO(dossier_docx.document(made))) as archive:
        assert sum(name.startswith("word/media/") for name in archive.namelist()) == 2
        assert "2 events in which" in archive.read("word/document.xml").decode()


def test_an_actor_without_dated_or_placed_events_has_no_pictures() -> None:
    assert dossier_pictures.pictures(hand_made()) == []


def test_pictures_of_a_redacted_dossier_name_no_masked_person() -> None:
    record = planted.record()
    events = tuple(replace(e, label=f"{e.label} by Doran Pell") for e in record.events)
    named = replace(record, events=events)
    made = dossier(named, next(e for e in record.entities if e.id == planted.FRONT))
    masked = dossier_redaction.redacted(made, named, "private")
    assert "Doran Pell" in dossier_pictures.pictures(made)[0].svg
    assert not any("Pell" in p.svg for p in dossier_pictures.pictures(masked))
