"""A sentence without a citation cannot be made; what is written can be read back."""

import pytest
from tests import pile

from sourcebook import project
from sourcebook.errors import ModelError
from sourcebook.export import dossier as written
from sourcebook.model import ClaimId, DocumentId
from sourcebook.views import find
from sourcebook.views.dossier import Citation, Cited, Dossier, Section, Sentence, dossier

CITATION = Citation(
    (ClaimId("c-000000000001"),), DocumentId("d-000000000001"), 3, 9, 'say "no" [1] (ok)\nthen'
)


def test_a_sentence_needs_a_citation_and_a_citation_a_claim() -> None:
    with pytest.raises(ModelError, match="a sentence needs a citation"):
        Sentence("It is so.", ())
    with pytest.raises(ModelError, match="a citation needs a claim"):
        Citation((), DocumentId("d-1"), 0, 2, "it")
    with pytest.raises(ModelError, match="a citation needs a claim"):
        Citation((ClaimId("c-1"),), DocumentId("d-1"), 0, 2, "  ")


@pytest.mark.parametrize("form", ["markdown", "page"])
def test_what_is_written_is_read_back_whatever_the_words(form: str) -> None:
    sentence = Sentence("<b>*Bold* says | 'x' & [y]", (CITATION,))
    cited = Cited(CITATION.document, "a (b), c.txt", "T*", "The <Post>", "2031", "0" * 64)
    made = Dossier("Front <x>", "x-1", None, (Section("Names", (sentence,)),), (cited,))
    text = getattr(written, form)(made)
    read = (written.read_markdown if form == "markdown" else written.read_page)(text)
    assert read.citations["1"].claims == CITATION.claims
    assert read.citations["1"].exact.split() == CITATION.exact.split()
    assert (read.citations["1"].start, read.citations["1"].end) == (3, 9)
    assert [numbers for _, numbers in read.sentences] == [("1",)]
    assert "<b>" not in text


def test_every_sentence_of_a_dossier_cites_words_of_the_documents(tmp_path) -> None:  # type: ignore[no-untyped-def]
    record = project.record(pile.copy(tmp_path))
    made = dossier(record, find.actor(record, "Harrow Front"))
    texts = {d.id: d.text for d in record.documents}
    assert made.sections
    for citation in made.citations():
        assert texts[citation.document][citation.start : citation.end] == citation.exact
