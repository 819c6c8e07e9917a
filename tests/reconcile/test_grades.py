import pytest

from examples import record
from sourcebook.model import Event, Record
from sourcebook.reconcile.grades import grades, schemes
from sourcebook.reconcile.statements import material


def graded(pile: Record, event: Event) -> dict[str, str]:
    return {g.codebook: g.grade for g in grades(material(pile).gathered(), event)}


@pytest.mark.parametrize(
    ("words", "cpost"),
    [("fish market", "confirmed"), ("railway station", "possible")],
)
def test_two_independent_origins_confirm_an_event(words: str, cpost: str) -> None:
    pile = record("marrovia")
    event = next(e for e in pile.events if words in e.label)
    assert graded(pile, event)["cpost"] == cpost


def test_every_scheme_ends_in_a_grade_that_needs_nothing() -> None:
    for scheme in schemes().values():
        last = scheme.grades[-1]
        assert (last.origins, last.accepted, last.competing, last.denied) == (0, False, False, False)
        assert scheme.citation
