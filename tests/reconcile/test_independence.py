"""Planted copies, edited copies, agency credits, shared quotations, translations: every origin right."""

from __future__ import annotations

from pathlib import Path

import pytest
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


FLOOD = (
    "Two men on a motorcycle threw a grenade into the office of the ferry company in Brannock on 9 June "
    "2031, wounding eleven clerks, harbour master Ivo Senn said. Police closed the quay and two bridges. The "
    "14:30 ferry to Ollmar left three hours late with 212 passengers. It was the fourth attack since 2028."
)
FLOOD_RETOLD = (
    "Harbour officials in Brannock reported eleven injured after a grenade attack. Services were disrupted "
    "all afternoon, and travellers slept on benches. A union leader called for guards at every landing stage."
)
FERRYMAN = "we have asked for guards at this landing stage since the winter and nobody has come"
HERE = Path(__file__).resolve().parents[1] / "read"


def story(folder: str, code: str) -> str:
    return " ".join((HERE / folder / f"{code}.txt").read_text("utf-8").split())


#: Origin, language, text: copies, edited copies, translations and agency pick-ups of stories, and others.
MIXED = [
    ("grain store", "en", STORY),
    ("grain store", "en", f"Bomb kills seven\n\n{STORY}"),
    (
        "grain store",
        "en",
        STORY.replace("until the evening", "till dusk").replace("Nobody has", "No one has"),
    ),
    ("grain store, another's", "en", OTHER),
    ("agency", "en", f"BRANNOCK, June 9 (ONA) - {FLOOD}"),
    ("agency", "en", FLOOD.replace("Two men on a motorcycle", "A pair of motorcyclists")),
    ("agency", "en", f"Grenade in Brannock\nBy ONA\n\n{FLOOD_RETOLD}"),
    ("agency", "en", f"{FLOOD_RETOLD.replace('benches', 'the floor')}\n\nWith inputs from ONA\n"),
    ("agency", "en", "A strike is called for Friday by the dockers of Lindmoor.\n\n© ONA\n"),
    ("depot", "en", story("translated", "en")),
    *(("depot", code, story("translated", code)) for code in ("ar", "de", "es", "fr", "ru", "tr")),
    ("depot, a German's", "de", story("independent", "de")),
    ("depot, a Frenchman's", "fr", story("independent", "fr")),
    (
        "ferry, a reporter's",
        "en",
        "The ferry from Ollmar was late. Nobody on the quay could say why, the cook said.",
    ),
]


def test_every_origin_of_a_mixed_pile_is_right() -> None:
    documents = [
        replace(Writing(text, path=f"{n}.txt", sequence=n).document, language=code)
        for n, (_, code, text) in enumerate(MIXED)
    ]
    found = origins(documents, {}, origin_groups(documents))
    groups: dict[str, set[int]] = {}
    wanted: dict[str, set[int]] = {}
    for n, (document, (origin, _, _)) in enumerate(zip(documents, MIXED, strict=True)):
        groups.setdefault(found.of[document.id], set()).add(n)
        wanted.setdefault(origin, set()).add(n)
    assert sorted(map(sorted, groups.values())) == sorted(map(sorted, wanted.values()))


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        (f"“For years {FERRYMAN},” he said.", f"He said: “{FERRYMAN.capitalize()}.”", True),
        (
            f"“{FERRYMAN}” he said.",
            "“we have asked for guards, and nobody has come to this stage” he said.",
            False,
        ),
    ],
    ids=["the beginning is cut off", "fewer than eight words in a row"],
)
def test_a_quotation_is_known_by_eight_words_in_a_row(left: str, right: str, *, one: bool) -> None:
    writings = [Writing(text, path=f"{n}.txt", sequence=n) for n, text in enumerate((left, right))]
    found = origins([w.document for w in writings], {}, {})
    places = {found.at(w.span("guards")) for w in writings}
    assert (len(places) == 1) is one


@pytest.mark.parametrize("line", ["By Joren Pell", "By the court", "© The Ferry 2031", "(ONA) is an agency."])
def test_a_line_that_credits_no_agency_makes_no_origin(line: str) -> None:
    assert not origins([Writing(f"{line}\n\n{OTHER}").document], {}, {}).agencies
