"""What is drawn lies where the numbers, days and places say."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from sourcebook.web.draw import axis, ego, over_time, terms, tolls


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
def test_a_network_stays_in_its_picture_and_no_name_stands_on_another(count):
    ties = [ego.Tie(f"a-{n}", f"n{n}", "person", "ally", ("c-1",), (), "ally") for n in range(count)]
    drawn = ego.draw(ties)
    assert len(drawn.nodes) == min(count, 60)
    assert drawn.left_out == max(0, count - 60)
    assert all(0 < n.x < ego.WIDTH and 0 < n.y < drawn.height for n in drawn.nodes)
    assert len({(n.x, n.y) for n in drawn.nodes}) == len(drawn.nodes)


def test_a_fact_stands_before_a_common_event_and_each_family_has_a_line_of_its_own():
    ties = [
        ego.Tie("a-1", "x", "armed_group", "actor and actor: Raid", ("c-1",), ()),
        ego.Tie("a-1", "x", "armed_group", "→ rival", ("c-2",), (), "rival"),
        ego.Tie("a-2", "y", "place", "→ base", ("c-3",), (), "base"),
    ]
    drawn = ego.draw(ties)
    assert [(n.family.look, n.shape, n.brief) for n in drawn.nodes] == [
        ("rival", "square", "→ rival +1"),
        ("place", "diamond", "→ base"),
    ]
    assert len({f.look for f in ego.FAMILIES}) == len(ego.FAMILIES)


def test_a_toll_runs_from_the_lowest_to_the_highest_figure(book):
    rows = tolls.draw(book, 5).rows
    market = next(r for r in rows if len(r.event.documents) > 5)
    assert (market.low, market.high, market.contested) == (18, 91, True)
    assert market.left < market.right
    assert rows == sorted(rows, key=lambda r: -r.high)


def test_terms_are_bars_and_texts_without_a_term_are_dots(book):
    actor = max((e for e in book.record.entities if e.kind == "armed_group"), key=lambda e: len(e.mentions))
    drawn = terms.draw(book, book.facts[actor.id])
    bars = [r for r in drawn.rows if r.left is not None]
    assert bars
    assert all(r.open_right or r.open_left or r.left <= r.right for r in bars)
    assert any(r.dots for r in drawn.rows if r.left is None)


def test_reports_stand_to_scale_by_day_and_none_on_another():
    days = [date(2031, 5, 1), date(2031, 5, 2), date(2031, 5, 3), date(2031, 8, 9)]
    across = over_time._across(days)
    at = [across[d] for d in days]
    assert at == sorted(at)
    assert all(b - a >= 8.99 for a, b in pairwise(at))
    assert (at[0], at[-1]) == (6.0, 94.0)
    assert at[3] - at[2] > 3 * (at[2] - at[1])
    crowded = over_time._across([date(2031, 5, n) for n in range(1, 25)])
    assert max(crowded.values()) <= 94.0
    assert min(crowded.values()) >= 5.9
