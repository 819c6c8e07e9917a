"""What is drawn lies where the numbers, days and places say."""

from __future__ import annotations

import pytest

from sourcebook.web.draw import axis, ring


def killed(book):
    event = next(e for e in book.record.events if len(e.documents) > 5)
    return next(f for f in book.facts[event.id] if f.property == "killed")


def test_readings_stand_in_the_order_of_their_numbers_and_open_ends_are_open(book):
    drawn = axis.of_fact(book, killed(book))
    at = {b.reading.text: b for b in drawn.bars}
    assert at["at least 18 people"].left < at["19 people"].left < at["21"].left < at["Ninety-one people"].left
    assert at["at least 18 people"].open_right
    assert at["21"].is_point
    assert all(0 <= t.at <= 100 for t in drawn.ticks)


@pytest.mark.parametrize("count", [0, 1, 14, 15, 90])
def test_a_network_stays_in_its_picture(count):
    ties = [ring.Tie(f"a-{n}", f"n{n}", "person", "ally", ("c-1",), ()) for n in range(count)]
    nodes = ring.draw(ties)
    assert len(nodes) == min(count, 60)
    assert all(0 < n.x < ring.WIDTH and 0 < n.y < ring.HEIGHT for n in nodes)
