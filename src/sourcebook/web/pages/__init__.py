"""One module a page: what the page shows, from a record and what was asked. Pure, and of no HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sourcebook.web.pages import (
    about,
    actor,
    actors,
    ask,
    contested,
    correct,
    coverage,
    dossier,
    event,
    events,
    evidence,
    map_,
    network,
    overview,
    reader,
    sources,
    timeline,
)
from sourcebook.web.pages.asking import Ask

Context = Callable[[Ask], Mapping[str, Any]]


class Page(NamedTuple):
    """A page: its template, what fills it, and its name in the menu ("" if it is not there)."""

    template: str
    context: Context
    menu: str = ""


#: Every page by name, those of the menu in its order.
PAGES: Final[Mapping[str, Page]] = MappingProxyType(
    {
        "overview": Page("overview.html", overview.context, "Overview"),
        "events": Page("events.html", events.context, "Events"),
        "actors": Page("actors.html", actors.context, "Actors"),
        "map": Page("map.html", map_.context, "Map"),
        "timeline": Page("timeline.html", timeline.context, "Timeline"),
        "network": Page("network.html", network.context, "Network"),
        "contested": Page("contested.html", contested.context, "Contested"),
        "ask": Page("ask.html", ask.context, "Ask"),
        "sources": Page("sources.html", sources.context, "Sources"),
        "coverage": Page("coverage.html", coverage.context, "Coverage"),
        "about": Page("about.html", about.context, "About"),
        "evidence": Page("evidence.html", evidence.context),
        "event": Page("event.html", event.context),
        "actor": Page("actor.html", actor.context),
        "dossier": Page("dossier.html", dossier.context),
        "reader": Page("reader.html", reader.context),
    }
)

#: Pages that lead to a decision: where nothing can be written there are none.
DECIDING: Final[Mapping[str, Page]] = MappingProxyType({"correct": Page("correct.html", correct.context)})

#: The menu: names and pages in order. Review and search are filled by the app.
MENU: Final = (
    *(
        (name, PAGES[name])
        for name in (
            "overview",
            "events",
            "actors",
            "map",
            "timeline",
            "network",
            "contested",
            "ask",
            "sources",
        )
    ),
    ("review", Page("review.html", overview.context, "Review")),
    *((name, PAGES[name]) for name in ("coverage", "about")),
)

#: Pages of one thing, whose id is in the address.
SINGLE: Final = frozenset(("event", "actor", "dossier", "reader", "network", "correct"))

#: Those of them that show something without an id as well.
EITHER: Final = frozenset(("network",))
