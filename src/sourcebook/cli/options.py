"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from sourcebook.model import Status
from sourcebook.text import dates
from sourcebook.views import redaction

F = TypeVar("F", bound=Callable[..., Any])

#: The sourcebook that a command reads.
book = click.argument("file", type=click.Path(path_type=Path))

form = click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
limit = click.option(
    "--limit", type=click.IntRange(min=0), help="At most so many rows; unless given, 1,000 in a table."
)
quiet = click.option("--quiet", "-q", is_flag=True, help="Say nothing on stderr but errors.")

#: A longer table is read by nobody; JSON and CSV are read by programs, which want all of it.
_TABLE: Final = 1_000
#: The longer name of a profile.
_PRIVATE: Final = "private-persons"


def most(limit: int | None, form: str) -> int | None:
    """How many rows are shown; None for all."""
    return _TABLE if limit is None and form == "table" else limit


def _day(end: str) -> Callable[[click.Context, click.Parameter, str | None], date | None]:
    """Turns a date in any usual spelling into a day; of a month or year its first or last, as `end` says."""

    def convert(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
        if value is None:
            return None
        day = getattr(dates.parse(value), end, None)
        if not isinstance(day, date):
            raise click.BadParameter(f"{value!r} is no date; write 2024-03-25, 2024-03 or 2024", ctx, param)
        return day

    return convert


def as_of(text: str) -> Callable[[F], F]:
    """`--as-of DATE`, with what it does here."""
    return click.option("--as-of", metavar="DATE", callback=_day("latest"), help=text)


def _profile(ctx: click.Context, param: click.Parameter, value: str) -> str:
    del ctx, param
    return "private" if value == _PRIVATE else value


#: Whose names are masked, as a profile of `views.redaction`.
redact = click.option(
    "--redact",
    "profile",
    type=click.Choice([*redaction.PROFILES, _PRIVATE]),
    default="none",
    show_default=True,
    callback=_profile,
    help="Whose names are masked: nobody's, those of private persons and suspects"
    f" (private, or {_PRIVATE}), every person's.",
)


def pairs(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """`FIELD=NAME`, several times, as a mapping."""
    made = dict(one.partition("=")[::2] for one in value)
    if not all(made.values()):
        raise click.BadParameter("write FIELD=NAME", ctx, param)
    return {field.strip(): name.strip() for field, name in made.items()}


def filtered(command: F) -> F:
    """The options of `views.filters.Filters`."""
    for option in reversed(
        (
            click.option("--actor", help="Only with this actor among the participants."),
            click.option("--place", help="Only at this place."),
            click.option("--type", help="Only of this PLOVER type or mode, such as ASSAULT or firearms."),
            click.option("--status", type=click.Choice([s.value for s in Status])),
            click.option(
                "--since", metavar="DATE", callback=_day("earliest"), help="Not over before this day."
            ),
            click.option("--until", metavar="DATE", callback=_day("latest"), help="Begun by this day."),
            click.option("--document", help="Only from documents with this in their path or title."),
        )
    ):
        command = option(command)
    return command
