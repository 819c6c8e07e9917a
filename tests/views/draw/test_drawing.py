"""Dots, bars, rings and names lie where days and places say; nothing breaks out of the text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from msgspec.structs import replace

from sourcebook.model import Days, Event, EventPlace, Location, Status
from sourcebook.views.draw import labels, lanes, scale, svg, timeline, world
from sourcebook.views.draw import map as mapping


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


def placed(number: int, precision: str, country: str, at: tuple[float, float] | None = None) -> Event:
    lat, lon = at or (None, None)
    where = Location(lat=lat, lon=lon, precision=precision, country=country, basis="said")
    found = event(number, date(2031, 5, 1 + number % 20), None)
    place = EventPlace(entity=None, name=f"Ford {number}<b>", role="site", location=where)
    return Event(**{f: getattr(found, f) for f in found.__struct_fields__ if f != "places"}, places=(place,))


def test_each_precision_has_a_glyph_of_its_own_and_a_country_is_an_area():
    found = [
        placed(1, "town", "FR", (48.0, 2.0)),
        placed(2, "province", "FR", (45.0, 3.0)),
        placed(3, "country", "CH"),
    ]
    drawn = ET.fromstring(mapping.map_svg(found))
    looks = [n.get("class") for n in drawn.iter() if n.get("class")]
    assert (looks.count("point"), looks.count("ring"), looks.count("area")) == (1, 1, 1)
    assert "border disputed" in looks


def test_a_map_of_nothing_that_can_be_drawn_is_no_map():
    assert mapping.map_svg([placed(1, "none", "")]) == ""
    assert timeline.timeline_svg([event(1, None, None)]) == ""


def test_pictures_are_xml_and_names_cannot_break_out_of_them():
    drawn = mapping.map_svg([placed(1, "town", "FR", (48.0, 2.0))])
    assert "Ford 1&lt;b&gt;" in drawn
    ET.fromstring(drawn)
    ET.fromstring(timeline.timeline_svg([placed(1, "town", "FR", (48.0, 2.0))], by="country"))


def test_two_thousand_places_are_drawn_in_bins():
    many = [placed(n, "town", "FR", (45 + n % 50 / 10, n / 800)) for n in range(2_100)]
    seen = world.frame([(0.0, 45.0), (3.0, 50.0)], [])
    found = mapping.glyphs(mapping.places(many), seen)
    assert len(found) < 800
    assert sum(g.times for g in found) == 2_100


def test_provinces_are_drawn_near_by_and_not_from_afar():
    assert world.provinces(world.frame([(2.0, 48.0)], []))
    assert world.provinces(world.frame([], [])) == ""


def test_no_name_stands_on_another():
    room = labels.Room(400, 200)
    made = [room.label("Long Name", (200.0, 100.0), 5) for _ in range(6)]
    assert None not in made[:2]
    assert made[2:] == [None] * 4
    assert len({(m.x, m.y) for m in made[:2] if m}) == 2


@pytest.mark.parametrize(
    ("first", "last", "some"),
    [
        (date(2031, 5, 1), date(2031, 5, 6), "3 May 2031"),
        (date(2031, 1, 1), date(2031, 9, 1), "Jun 2031"),
        (date(2001, 1, 1), date(2031, 1, 1), "2010"),
        (date(1800, 1, 1), date(2031, 1, 1), "1900"),
    ],
)
def test_a_scale_counts_in_round_days_months_or_years(first, last, some):
    ticks = scale.over([first, last], 1000).ticks()
    assert any(t.text.startswith(some) for t in ticks)
    assert 2 <= len(ticks) <= 40
    assert all(0 <= t.at <= 1000 for t in ticks)


def test_attributes_and_words_are_escaped():
    assert svg.tag("a", svg.title("<x>"), href='"><script>') == (
        '<a href="&quot;&gt;&lt;script&gt;"><title>&lt;x&gt;</title></a>'
    )


def test_a_spot_of_several_sites_bears_the_name_of_their_town() -> None:
    town = placed(1, "town", "FR", (48.0, 2.0))
    at = town.places[0]
    sites = [
        replace(placed(n, "town", "FR", (48.0, 2.0)), places=(replace(at, name=name),))
        for n, name in ((2, "Ardley museum"), (3, "Old Theatre"))
    ]
    named = replace(town, places=(replace(at, name="Ardley"),))
    (spot,) = mapping.places([*sites, named])
    assert (spot.name, len(spot.events)) == ("Ardley", 3)
