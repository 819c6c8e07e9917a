"""Planted copies, edited copies, agency credits, shared quotations, translations: every origin right."""

from __future__ import annotations

from msgspec.structs import replace

from factories import Writing
from sourcebook.model import Source, SourceId, SourceKind
from sourcebook.read.copies import origin_groups
from sourcebook.reconcile.independence import agency_key, origins

STORY = (
    "A bomb went off beside the grain store in Ollmar on Monday morning and killed seven farmers who were "
    "waiting for the gates to open. The mayor said that the dead came from three villages along the river. "
    "Soldiers closed the road to the coast and searched carts and lorries until the evening. Nobody has "
    "claimed the bombing, and the mayor asked people to stay at home until it was over."
)
OTHER = (
    "Seven people died on Monday when an explosion tore through a queue in Ollmar. Witnesses spoke of a loud "
    "crack and smoke that hung over the square for an hour. A nurse at the clinic counted nineteen wounded, "
    "four of them children, and asked for blood from the coast."
)
QUOTE = "“We heard one blast and then the roof of the store came down on us all,” the miller said."


def origin_of(*writings: Writing) -> list[str]:
    documents = [w.document for w in writings]
    found = origins(documents, {}, origin_groups(documents))
    return [found.of[d.id] for d in documents]


def test_copies_and_edited_copies_share_an_origin_and_others_do_not() -> None:
    copy = STORY.replace("until the evening", "till dusk").replace("Nobody has claimed", "No one claimed")
    first, same, edited, other = origin_of(
        Writing(STORY, path="a.txt"),
        Writing(STORY, path="b.txt", sequence=1),
        Writing(f"Bomb kills seven\n\n{copy}", path="c.txt", sequence=2),
        Writing(OTHER, path="d.txt", sequence=3),
    )
    assert first == same == edited != other


def test_texts_that_credit_one_agency_are_one_origin_however_they_differ() -> None:
    first, second = origin_of(
        Writing(f"OLLMAR, May 5 (ONA) - {STORY}", path="a.txt"),
        Writing(f"OLLMAR, May 5 (ONA) - {OTHER}", path="b.txt", sequence=1),
    )
    assert first == second == "agency:ona"


def test_a_translation_of_an_agency_report_has_the_agency_for_its_origin() -> None:
    translation = "In Ollmar have seven peasants lost their life by a bomb.\n\nSource: ONA\n"
    first, second = origin_of(
        Writing(f"OLLMAR, May 5 (ONA) - {STORY}", path="a.txt"),
        Writing(translation, path="b.txt", sequence=1),
    )
    assert first == second


def test_the_agency_and_its_short_name_are_one() -> None:
    names = ("Ollmar News Agency", "ONA", "O.N.A.", "Ollmar News Agency (ONA)")
    assert {agency_key(n) for n in names} == {"ona"}


def test_reports_of_one_publisher_are_one_origin_and_an_agency_is_its_own() -> None:
    agency = Source(id=SourceId("s-1"), name="Ollmar News Agency", kind=SourceKind.AGENCY)
    paper = Source(id=SourceId("s-2"), name="The Ferry", kind=SourceKind.NEWSPAPER)
    one, two, three = (
        Writing(text, path=path, sequence=n).document
        for n, (text, path) in enumerate(((STORY, "a.txt"), (OTHER, "b.txt"), (QUOTE, "c.txt")))
    )
    documents = [
        replace(one, source=agency.id),
        replace(two, source=paper.id),
        replace(three, source=paper.id),
    ]
    found = origins(documents, {agency.id: agency, paper.id: paper}, {})
    assert [found.of[d.id] for d in documents] == ["agency:ona", "publisher:s-2", "publisher:s-2"]


def test_a_quotation_that_two_reports_share_is_one_origin() -> None:
    left = Writing(f"{STORY} {QUOTE}", path="a.txt")
    right = Writing(f"{OTHER} {QUOTE}", path="b.txt", sequence=1)
    found = origins([left.document, right.document], {}, {})
    places = [found.at(w.span("one blast")) for w in (left, right)]
    assert places[0] == places[1]
    assert found.at(left.span("mayor")) != found.at(right.span("Witnesses"))
