"""What happened when, in lanes, as one SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from sourcebook.model import Event
from sourcebook.views.draw import lanes, svg
from sourcebook.views.draw.lanes import WIDTH, Bin, Item, Lane, Lanes
from sourcebook.views.draw.scale import Tick

#: What stands below every timeline.
CAPTION: Final = (
    "A dot is a day, a bar the days on which it may have been: the date is imprecise, not the event long."
    " Filled: accomplished. Hollow: attempted, foiled, planned, threatened, claimed, hypothetical or denied."
)

_HEAD: Final = 26
_NAME: Final = 24
_ACTING: Final = ("actor", "claimant", "suspect")

LaneOf = Callable[[Event], Sequence[str]]


def by_kind(event: Event) -> Sequence[str]:
    """Its PLOVER type."""
    return [event.type.lower()]


def by_status(event: Event) -> Sequence[str]:
    """What became of it."""
    return [event.status.value]


def by_country(event: Event) -> Sequence[str]:
    """The countries where its sites are."""
    sites = [p.location.country for p in event.places if p.role == "site" and p.location.country]
    known = sites or [p.location.country for p in event.places if p.location.country]
    return list(dict.fromkeys(known)) or ["no country known"]


def by_actor(event: Event) -> Sequence[str]:
    """Those who are said to have done it."""
    names = [p.name for p in event.participants if p.entity is not None and p.role in _ACTING]
    return list(dict.fromkeys(names)) or ["nobody named"]


#: What lanes may stand for.
WAYS: Final[Mapping[str, LaneOf]] = MappingProxyType(
    {"kind": by_kind, "status": by_status, "country": by_country, "actor": by_actor}
)


def timeline_svg(found: Sequence[Event], *, by: str = "kind", most: int = 12) -> str:
    """The timeline of some events as a picture that stands alone, for documents; CAPTION belongs below it.

    `by` is one of WAYS; `most` lanes are drawn. "" where no event is dated.
    """
    laid = lanes.draw(found, WAYS[by])
    return picture(laid._replace(lanes=laid.lanes[:most])) if laid.lanes else ""


def picture(
    laid: Lanes,
    *,
    href: Callable[[Event], str] | None = None,
    bin_href: Callable[[Bin], str] | None = None,
) -> str:
    """Lanes one below another, under one scale, as SVG."""
    parts, y = [_scale(laid.ticks)], float(_HEAD)
    for lane in laid.lanes:
        parts.append(_lane(lane, y, laid.ticks, href, bin_href))
        y += _NAME + lane.height
    line = laid.scale
    return svg.drawing(
        "timeline",
        parts,
        (WIDTH, y),
        label="Timeline; the table says the same",
        opens=href is not None,
        data_low=line.low if line else None,
        data_high=line.high if line else None,
    )


def _scale(ticks: Sequence[Tick]) -> str:
    words = [
        svg.words(t.text, x=t.at, y=15, text_anchor="middle", font_size=12, fill=svg.SOFT)
        for t in ticks
        if 20 < t.at < WIDTH - 20
    ]
    return svg.tag("g", *words, class_="ticks")


def _lane(
    lane: Lane,
    y: float,
    ticks: Sequence[Tick],
    href: Callable[[Event], str] | None,
    bin_href: Callable[[Bin], str] | None,
) -> str:
    foot = y + _NAME + lane.height
    inside = [
        svg.tag("line", class_="top", x1=0, x2=WIDTH, y1=y, y2=y, stroke=svg.BORDER, stroke_width=1),
        *(
            svg.tag("line", class_="rule", x1=t.at, x2=t.at, y1=y, y2=foot, stroke=svg.LINE, stroke_width=1)
            for t in ticks
        ),
        svg.words(
            f"{lane.name} · {lane.times}",
            class_="lane-name",
            x=2,
            y=y + 16,
            font_size=13,
            font_weight="600",
            fill=svg.INK,
        ),
    ]
    top = y + _NAME
    inside += [_bin(b, top + lane.height, bin_href) for b in lane.bins]
    inside += [_item(i, top, href) for i in lane.items]
    return svg.tag(
        "g",
        *inside,
        class_="lane",
        role="group",
        aria_label=f"{lane.name}: {lane.times}",
        data_days=_steps(lane.days) or None,
        data_foot=top + lane.height if lane.days else None,
    )


def _steps(days: Sequence[int]) -> str:
    """Days by their distance from the one before, which is short to write."""
    return " ".join(map(str, (b - a for a, b in pairwise((0, *days)))))


def _bin(bin_: Bin, foot: float, href: Callable[[Bin], str] | None) -> str:
    says = f"{bin_.times} events, {bin_.since} to {bin_.until}"
    shown = svg.tag(
        "rect", x=bin_.left, y=foot - bin_.height, width=bin_.width - 1, height=bin_.height, fill=svg.ITEM
    )
    return svg.linked(href(bin_) if href else None, says, [shown], class_="bin")


def _item(item: Item, top: float, href: Callable[[Event], str] | None) -> str:
    event, y = item.event, top + item.y
    filled = event.status.value == "accomplished"
    look = "done" if filled else "open"
    common: dict[str, str | float | None] = {
        "class_": look,
        "fill": svg.ITEM if filled else svg.SHEET,
        "stroke": svg.ITEM,
        "stroke_width": 2,
    }
    if item.is_day:
        shown = svg.tag("circle", cx=item.left, cy=y, r=5.5, **common)
    else:
        wide = max(6.0, item.right - item.left)
        dash = "4 3" if item.open_left or item.open_right else None
        shown = svg.tag(
            "rect", x=item.left, y=y - 4, width=wide, height=8, rx=4, stroke_dasharray=dash, **common
        )
    inside = [shown]
    if item.name:
        right = item.side == "start"
        inside.append(
            svg.words(
                item.name,
                x=max(item.right, item.left + 6) + 9 if right else item.left - 9,
                y=y + 4,
                text_anchor=item.side,
                font_size=12,
                fill=svg.INK,
            )
        )
    says = f"{event.label} ({event.status.value})"
    known = [d.toordinal() for d in lanes.ends(event)]
    return svg.linked(
        href(event) if href else None,
        says,
        inside,
        class_="item",
        data_from=min(known),
        data_to=max(known),
    )
