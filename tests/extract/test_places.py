import pytest

from sourcebook.extract import places
from sourcebook.extract.language import parse
from sourcebook.model import Document, DocumentId, Form, Mention, MentionKind


def found(text: str) -> list[Mention]:
    document = Document(id=DocumentId("d"), path="x", sha256="x", sequence=0, text=text)
    return [m for passage in parse(document) for m in places.find(passage)]


@pytest.mark.parametrize(
    ("text", "exact", "kind", "country"),
    [
        ("Gunmen attacked a village near Maiduguri in Nigeria.", "Nigeria", MentionKind.PLACE, "NG"),
        ("Gunmen attacked a village near Maiduguri in Nigeria.", "Maiduguri", MentionKind.PLACE, None),
        ("Fighting went on in Tillabéri region on Monday.", "Tillabéri region", MentionKind.PLACE, None),
        ("The bomb went off outside Harrow City Hall.", "Harrow City Hall", MentionKind.FACILITY, None),
        ("Troops from Chad crossed the Sahel.", "Sahel", MentionKind.PLACE, None),
        ("Two Kenyans were hurt.", "Kenyans", MentionKind.PEOPLE, "KE"),
        ("He spoke of U.S. interests.", "U.S.", MentionKind.PLACE, "US"),
        ("A raid near Mazar-i-Sharif failed.", "Mazar-i-Sharif", MentionKind.PLACE, None),
    ],
)
def test_places_peoples_and_sites_are_found_by_name(
    text: str, exact: str, kind: MentionKind, country: str | None
) -> None:
    match = [m for m in found(text) if m.exact == exact]
    assert [(m.kind, m.country) for m in match] == [(kind, country)]


def test_an_adjective_points_to_its_country_without_naming_it() -> None:
    (mention,) = found("Peruvian soldiers fired.")
    assert (mention.exact, mention.form, mention.head, mention.country) == (
        "Peruvian",
        Form.NOMINAL,
        "Peru",
        "PE",
    )


def test_a_site_without_a_name_is_a_description() -> None:
    mentions = found("The gunmen stormed a church and a railway station.")
    assert [(m.exact, m.form) for m in mentions] == [
        ("church", Form.NOMINAL),
        ("railway station", Form.NOMINAL),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Jordan Pell said nothing.",
        "In March they may strike on Friday.",
        "The reading was nice and the man was of some use.",
        "IS and HTS fought on.",
    ],
)
def test_words_that_are_towns_somewhere_are_no_places_here(text: str) -> None:
    assert found(text) == []
