"""One event as a view: what it is linked with, from both sides, and why its claims are one."""

from __future__ import annotations

from tests.factories import Writing, quantity
from tests.resolve.reports import raid, record

from sourcebook.resolve.resolution import resolve
from sourcebook.views import event as events
from sourcebook.views import lists
from sourcebook.views.filters import Filters


def story():
    w = Writing(
        "A bomb exploded at the Alder Hall in Norrby. A second blast hit the Alder Hall minutes later. "
        "Police arrested two men over the bombing."
    )
    first = w.claim("exploded", location=w.place("Norrby"), target=w.facility("Alder Hall"))
    w.claim("blast", location=w.facility("Alder Hall", 1))
    w.claim("arrested", "COERCE", modes=("arrest",), arrested=w.number("two men", quantity(2)))
    w.claim("bombing", antecedent=first)
    return resolve(record(w))


def test_an_arrest_and_a_second_blast_are_seen_from_the_attack_and_the_attack_from_them():
    made = story()
    seen = {e.type + e.label: {(r.how, r.id) for r in events.page(made, e).related} for e in made.events}
    ids = {e.id for e in made.events}
    assert len(ids) == 3
    hows = sorted(how for found in seen.values() for how, _ in found)
    assert hows == ["follows", "has as a part", "is followed by", "part of"]
    assert all(i in ids for found in seen.values() for _, i in found)


def test_the_list_of_events_names_what_each_is_linked_with():
    made = story()
    rows = lists.events(made, Filters())
    kinds = sorted(r.split()[0] for row in rows for r in row.related)
    assert kinds == ["follows", "part-of"]


def test_a_page_says_why_reports_are_one_event():
    made = resolve(record(raid("a.txt", 0)[0], raid("b.txt", 1)[0]))
    page = events.page(made, made.events[0])
    assert (page.documents, page.origins) == (2, 2)
    assert page.joins[0].score > 0.7
    assert "same day" in page.joins[0].because
    assert page.related == []
