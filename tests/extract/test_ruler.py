import pytest
from spacy.tokens import Doc

from sourcebook.extract.language import model
from sourcebook.extract.ruler import QuickRuler, quick

TEXTS = [
    "Let's see: he ain't gonna go, y'all gotta say nothin', c'mon. There's more of 'em, and they'd had it.",
    "The army said it had killed two of those who did it; that which it does not say is who.\n\n But  why? ",
    "She said that they could have been warned, and that I was the one who told you so myself.",
    "",
]


def tagged(text: str) -> Doc:
    doc = model().make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = model().get_pipe(name)(doc)
    return doc


def attributes(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_the_quick_ruler_sets_what_spacys_own_sets(text: str) -> None:
    ruler = model().get_pipe("attribute_ruler")
    hasty = quick(ruler)
    assert isinstance(hasty, QuickRuler)
    expected = attributes(ruler(tagged(text)))
    assert attributes(hasty(tagged(text))) == expected
    # once more, from what it remembers
    assert attributes(hasty(tagged(text))) == expected


def test_a_ruler_whose_patterns_look_at_other_attributes_is_left_as_it_is() -> None:
    ruler = model().create_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "Xxxx"}]], {"POS": "PROPN"})  # type: ignore[attr-defined]
    assert quick(ruler) is ruler
    assert quick(model().get_pipe("ner")) is model().get_pipe("ner")
