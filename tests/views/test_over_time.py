from datetime import date

from sourcebook.model import (
    Days,
    Document,
    DocumentId,
    EntityId,
    EntityValue,
    Fact,
    Reading,
    Record,
    Relation,
)
from sourcebook.views.over_time import holding


def year(number: int) -> Days:
    return Days(edtf=str(number), earliest=date(number, 1, 1), latest=date(number, 12, 31), basis="given")


TEXT = Document(id=DocumentId("d"), path="d.txt", sha256="", sequence=0, text="x", published=year(2031))
RECORD = Record(documents=(TEXT,))


def named(name: str, since: int | None = None, until: int | None = None) -> Reading:
    term = EntityValue(
        entity=EntityId(name), since=year(since) if since else None, until=year(until) if until else None
    )
    return Reading(text=name, value=term, claims=(), documents=(TEXT.id,), origins=1, speakers=())


def led(on: date, *readings: Reading) -> list[str]:
    fact = Fact(
        id="f",
        subject="a",
        property="leader",
        readings=readings,
        relation=Relation.SINGLE,
        explanation="",
        rule="",
    )
    return [r.text for r in holding(fact, on, RECORD)]


def test_the_first_leader_held_then_and_the_one_whom_texts_of_now_name_holds_now() -> None:
    both = (named("Lusk", since=2019), named("Vorr"))
    assert led(date(2020, 2, 1), *both) == ["Lusk"]
    assert led(date(2031, 2, 1), *both) == ["Vorr"]


def test_of_terms_without_an_end_the_last_begun_holds() -> None:
    both = (named("Lusk", since=2019), named("Vorr", since=2022))
    assert led(date(2020, 2, 1), *both) == ["Lusk"]
    assert led(date(2023, 2, 1), *both) == ["Vorr"]


def test_a_term_that_is_over_does_not_hold() -> None:
    assert led(date(2024, 1, 1), named("Lusk", since=2019, until=2022)) == []
