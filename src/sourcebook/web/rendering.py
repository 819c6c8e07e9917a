"""Templates to pages: everything escaped, nothing that could move or hide text left invisible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import jinja2
from markupsafe import Markup

from sourcebook import __version__
from sourcebook.model import ClaimId, Quantity, ReadingValue
from sourcebook.text import unseen
from sourcebook.views import wording
from sourcebook.web.book import Book
from sourcebook.web.links import Links

#: Where a page's contexts are told of.
_MADE: Final = "made_contexts"


def visible(value: Any) -> Any:
    """A text with its unseen controls shown as ‹U+202E›; None is nothing."""
    if value is None:
        return ""
    if isinstance(value, str) and unseen.holds(value):
        shown = unseen.shown(value)
        return Markup(shown) if isinstance(value, Markup) else shown  # noqa: S704 - escaped before
    return value


class _Context(jinja2.runtime.Context):
    """What a template knows, told of in the list that stands in it under _MADE."""

    def __init__(
        self, environment: jinja2.Environment, parent: dict[str, Any], *rest: Any, **more: Any
    ) -> None:
        super().__init__(environment, parent, *rest, **more)
        parent.get(_MADE, []).append(self)

    def empty(self) -> None:
        """Forget everything.

        A macro and the context that it was made in hold each other, and with that all that the page was made
        of. Left to the collector, it stops every page for a tenth of a second each time.
        """
        self.vars.clear()
        self.parent.clear()


@cache
def environment() -> jinja2.Environment:
    """The templates of the package; a name that is not given is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("sourcebook.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=visible,
        lstrip_blocks=True,
        # A look at every template's file for every page lets each other page go first.
        auto_reload=False,
    )
    made.context_class = _Context
    made.filters.update(
        days=wording.days,
        number=_number,
        several=lambda times, what: f"{times:,} {what}{'s' if times != 1 else ''}",
        spoken=spoken,
        squeezed=lambda text: " ".join(str(text).split()),
        web=_web_address,
        unbroken=_unbroken,
    )
    return made


def compile_all() -> None:
    """Read every template, so that no page has to wait for that."""
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


def render(template: str, *, book: Book | None, links: Links, **given: object) -> str:
    """A page as HTML."""

    def value_of(reading: ReadingValue, text: str = "") -> str:
        return wording.reading(reading, book.entries.entities if book else {}, " ".join(text.split()))

    def evidence(claims: Sequence[str]) -> str:
        return links.evidence(book, claims) if book else "#"

    def speakers_of(claims: Sequence[ClaimId]) -> list[str]:
        known = [book.entries.claims[c] for c in claims if c in book.entries.claims] if book else []
        return list(dict.fromkeys(s for c in known for s in book.entries.speakers(c))) if book else []

    shared: Mapping[str, object] = {
        "book": book,
        "links": links,
        "value_of": value_of,
        "evidence_of": evidence,
        "speakers_of": speakers_of,
        "places_of": book.places if book else None,
        "version": __version__,
        "query": "",
        "here": "",
        "reviewer": "",
        "token": "",
        "digits": 1,
        "profile": "",
        "state": None,
    }
    made: list[_Context] = []
    found = environment().get_template(template)
    try:
        return "".join(found.root_render_func(found.new_context({**shared, **given, _MADE: made})))
    finally:
        for context in made:
            context.empty()


def spoken(name: object) -> str:
    """A word of a closed list as a reader says it: "media outlet", "attacks counted"."""
    words = str(name).replace("_", " ").replace("-", " ")
    return {"attacks count": "attacks counted", "plots count": "plots counted"}.get(words, words)


def _number(value: ReadingValue) -> str:
    return wording.number(value) if isinstance(value, Quantity) else ""


def _unbroken(days: str) -> Markup:
    """A date that breaks between its two days only, not at a hyphen."""
    parts = (Markup('<span class="day">{}</span>').format(part) for part in days.split("/") if part)
    return Markup("/<wbr>").join(parts)


def _web_address(url: str | None) -> str:
    """An address that may be linked to; anything but http and https is not."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""
