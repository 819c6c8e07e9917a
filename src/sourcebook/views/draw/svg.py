"""SVG as text: every attribute and every word escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

#: Colours on paper. Pages give the same classes their own colours, for light and for dark.
INK = "#1b1d21"
SOFT = "#565b63"
LINE = "#d8d5cd"
SEA = "#dfe7ec"
LAND = "#f6f3ec"
BORDER = "#8d8a83"
GLYPH = "#601f0b"
ITEM = "#a81cb5"
SHEET = "#ffffff"
FONT = "Inter, system-ui, 'Noto Sans', sans-serif"


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """An element: `class_` is class, an underscore is a hyphen, None is left out; children are markup."""
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_written(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{shown}>{inside}</{name}>" if inside else f"<{name}{shown}/>"


def drawing(
    kind: str,
    children: Iterable[str],
    size: tuple[float, float],
    *,
    label: str,
    opens: bool,
    **told: str | float | None,
) -> str:
    """A whole picture of a size: a group of links where something can be opened in it, else an image."""
    return tag(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_=kind,
        viewBox=f"0 0 {size[0]:g} {size[1]:g}",
        role="group" if opens else "img",
        aria_label=label,
        font_family=FONT,
        **told,
    )


def words(content: str, **attributes: str | float | None) -> str:
    """A text element."""
    return tag("text", escape(content), **attributes)


def title(content: str) -> str:
    """What a pointer that rests on the element is told."""
    return tag("title", escape(content))


def linked(href: str | None, label: str, children: Iterable[str], **attributes: str | float | None) -> str:
    """A link that is named for those who do not see it, or a group where there is nowhere to go."""
    inside = (title(label), *children)
    if href is None:
        return tag("g", *inside, **attributes)
    return tag("a", *inside, href=href, aria_label=label, **attributes)


def wide(text: str, size: float) -> float:
    """About how wide a text is: pictures are made without knowing the font."""
    return sum(1.0 if ord(c) > 0x2E80 else 0.34 if c in " iljt.,:;'|-" else 0.6 for c in text) * size


def short(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}"
