import pytest

from sourcebook.extract.pipeline import extract
from sourcebook.model import Claim, Document, DocumentId, Scope, Status
from sourcebook.ports import Context


def assaults(text: str) -> list[Claim]:
    document = Document(id=DocumentId("d"), path="x", sha256="x", sequence=0, text=text)
    return [
        c for c in extract(document, Context()).claims if c.predicate == "ASSAULT" and c.scope is Scope.SINGLE
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The police failed to prevent the attack in Lima on Monday.", Status.ACCOMPLISHED),
        ("The army was unable to prevent the bombing of the market in Lima.", Status.ACCOMPLISHED),
        ("The agencies were too distracted to prevent the attack in Lima.", Status.ACCOMPLISHED),
        ("The police prevented an attack on the market in Lima on Monday.", Status.FOILED),
    ],
)
def test_what_could_not_be_prevented_took_place(text: str, status: Status) -> None:
    assert [c.status for c in assaults(text)] == [status]


def test_one_person_killed_in_a_year_is_one_occurrence() -> None:
    (claim,) = assaults(
        "The rally was for Anders Holm, a commander assassinated by a Marrovian drone in 2020."
    )
    assert claim.filler("date") is not None
