"""What is drawn lies where the numbers, days and places say."""

from __future__ import annotations

from datetime import date

import pytest

from sourcebook.model import Days, Event, Status
from sourcebook.web.draw import axis, lanes, ring, world


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


def event(number: int, earliest: date | None, latest: date | None) -> Event:
    days = Days(edtf=None, earliest=earliest, latest=latest, basis="stated") if earliest or latest else None
    return Event(
        id=f"e-{number}", type="ASSAULT", label="x", status=Status.ACCOMPLISHED,
        claims=(), documents=(), origins=1, date=days,
    )  # fmt: skip


def test_imprecise_days_are_bars_and_undated_events_are_not_drawn():
    day, year = date(2031, 5, 13), date(2031, 12, 31)
    drawn = lanes.draw(
        [event(1, day, day), event(2, date(2031, 1, 1), year), event(3, None, None), event(4, day, None)],
        lambda e: [e.type],
    )
    (lane,) = drawn.lanes
    assert [i.event.id for i in lane.items] == ["e-2", "e-1", "e-4"]
    assert [i.is_day for i in lane.items] == [False, True, True]
    assert lane.items[2].open_right
    assert len({i.y for i in lane.items}) == 3


def test_two_thousand_events_of_one_day_do_not_make_a_tower():
    day = date(2031, 5, 13)
    drawn = lanes.draw([event(n, day, day) for n in range(2_000)], lambda e: [e.type])
    assert drawn.lanes[0].height < 100
    assert [b.times for b in drawn.lanes[0].bins] == [2_000]


def test_a_frame_holds_its_points_and_north_is_up():
    seen = world.frame([(69.2, 34.5), (37.6, 55.7)], [])
    for lon, lat in ((69.2, 34.5), (37.6, 55.7)):
        x, y = seen.at(lon, lat)
        assert 0 < x < world.WIDTH
        assert 0 < y < world.HEIGHT
    assert seen.at(50, 55)[1] < seen.at(50, 35)[1]


def test_countries_and_disputed_borders_are_in_the_picture():
    seen = world.frame([(75.0, 34.0)], [])
    assert {"IN", "PK"} <= {c.iso for c in world.countries(seen)}
    assert any(b.disputed for b in world.borders(seen))
    assert len("".join(c.path for c in world.countries(world.frame([], [])))) < 700_000


@pytest.mark.parametrize("count", [0, 1, 14, 15, 90])
def test_a_network_stays_in_its_picture(count):
    ties = [ring.Tie(f"a-{n}", f"n{n}", "person", "ally", ("c-1",), ()) for n in range(count)]
    nodes = ring.draw(ties)
    assert len(nodes) == min(count, 60)
    assert all(0 < n.x < ring.WIDTH and 0 < n.y < ring.HEIGHT for n in nodes)
