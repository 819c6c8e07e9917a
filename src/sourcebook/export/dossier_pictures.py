"""The timeline and the map of a dossier: SVG, and PNG where the typesetter is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import Struct

from sourcebook.views.dossier import Dossier
from sourcebook.views.draw import map as maps
from sourcebook.views.draw import timeline

#: An element's opening in a drawing whose size is that of its view.
_VIEW: Final = re.compile(r'viewBox="0 0 ([\d.]{1,12}) ([\d.]{1,12})"')
_PIXELS_A_INCH: Final = 220
_SHEET: Final = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    '#image(bytes(json(bytes(sys.inputs.data))), format: "svg", width: 480pt)'
)


class Picture(Struct, frozen=True):
    """One picture: its heading, itself, what is told to those who do not see it, and what stands below it."""

    title: str
    svg: str
    alt: str
    caption: str

    @property
    def shape(self) -> float:
        """Its height by its width."""
        found = _VIEW.search(self.svg)
        return float(found[2]) / float(found[1]) if found else 0.5


def pictures(dossier: Dossier) -> list[Picture]:
    """The pictures in which there is something to draw: what the sentences cite, and nothing else."""
    return [p for p in _drawn(dossier) if p.svg]


def _drawn(dossier: Dossier) -> Iterator[Picture]:
    count = len(dossier.events)
    told = f"{count} event{'s' if count != 1 else ''} in which {dossier.subject} is said to have a part"
    where = "Each is told with its sources under “Attacks and other events” or “Plots, threats and warnings”."
    yield Picture(
        "Timeline",
        timeline.timeline_svg(dossier.events, by="status"),
        f"Timeline of {told}. {where}",
        timeline.CAPTION,
    )
    yield Picture("Map", maps.map_svg(dossier.events), f"Map of {told}. {where}", maps.CAPTION)


def png(picture: Picture) -> bytes | None:
    """The picture as PNG; None without typst."""
    try:
        import typst
    except ImportError:
        return None
    given = {"data": msgspec.json.encode(picture.svg).decode()}
    made: bytes = typst.compile(_SHEET.encode(), format="png", ppi=_PIXELS_A_INCH, sys_inputs=given)
    return made
