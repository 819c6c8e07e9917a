"""How facts and events are put into sentences: one form of words a property, role and date."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Final

from sourcebook.model import DateValue, Days

#: What follows "According to ...," by property; {value}: a name, a date with its preposition, quoted words.
FACTS: Final = MappingProxyType(
    {
        "alias": "it is also called {value}",
        "designation": "it is designated {value}",
        "founded": "it was founded {value}",
        "parent": "it belongs to {value}",
        "split_from": "it split from {value}",
        "leader": "{value} leads or led it",
        "deputy_leader": "{value} is or was its deputy leader",
        "member": "{value} is or was one of its members",
        "strength": "its strength is {value}",
        "origin": "its members come from {value}",
        "recruits_from": "it recruits from {value}",
        "funding": "its money comes from {value}",
        "media_outlet": "{value} speaks for it",
        "base": "it is based or present in {value}",
        "aim": "its aim is {value}",
        "ideology": "its ideology is {value}",
        "ally": "{value} is an ally",
        "rival": "{value} is a rival",
        "attacks_count": "the number of its attacks is {value}",
        "plots_count": "the number of its plots is {value}",
        "trend": "the trend is {value}",
    }
)

#: The same where {value} is several names.
SEVERAL: Final = MappingProxyType(
    {
        "leader": "{value} lead or led it",
        "deputy_leader": "{value} are or were its deputy leaders",
        "member": "{value} are or were among its members",
        "media_outlet": "{value} speak for it",
        "ally": "{value} are allies",
        "rival": "{value} are rivals",
    }
)

#: What an actor's part in an event is said to be, by role and word; a role alone stands for any other word.
PARTS: Final = MappingProxyType(
    {
        "actor narrated": "{actor} carried it out",
        "actor claimed": "{actor} claimed it",
        "actor accused": "{actor} is accused of it",
        "actor suspected": "{actor} is suspected of it",
        "actor intercepted": "intercepted talk ties {actor} to it",
        "actor charged": "{actor} is charged with it",
        "actor on-trial": "{actor} is on trial for it",
        "actor convicted": "{actor} was convicted of it",
        "actor acquitted": "{actor} was acquitted of it",
        "actor denied": "{actor} did not do it, or says so",
        "claimant": "{actor} claimed it",
        "claimant denied": "{actor} has not claimed it, or denies it",
        "recipient": "{actor} was the target",
        "suspect": "{actor} is suspected of it",
        "suspect charged": "{actor} is charged with it",
        "suspect convicted": "{actor} was convicted of it",
        "accuser": "{actor} accuses others of it",
        "source-of-warning": "{actor} warned of it",
        "location": "it happened at {actor}",
    }
)

#: Questions of a backgrounder that have no answer if none of the properties is told of, and how that is said.
GAPS: Final = MappingProxyType(
    {
        "who leads it": ("leader", "deputy_leader"),
        "when it was founded": ("founded",),
        "how many fighters it has": ("strength",),
        "where its money comes from": ("funding",),
        "where it recruits": ("recruits_from", "origin"),
        "where it is based": ("base",),
        "what it aims at": ("aim", "ideology"),
        "who its allies are": ("ally",),
        "who its rivals are": ("rival",),
        "which body it belongs to or split from": ("parent", "split_from"),
        "whether it is designated or banned": ("designation",),
    }
)
_GAP: Final = "The documents don't say "


def gap(question: str) -> str:
    """The line for a question without an answer."""
    return f"{_GAP}{question}."


def is_gap(line: str) -> bool:
    """Whether a line is one of ours that says what is not said, and nothing else."""
    return line.removeprefix(_GAP).removesuffix(".") in GAPS and line.startswith(_GAP)


def part(role: str, word: str, actor: str) -> str:
    """What an actor's part was."""
    form = PARTS.get(f"{role} {word}") or PARTS.get(role) or f"{{actor}} is named as {role} ({word})"
    return form.replace("{actor}", actor)


def when(days: Days | DateValue | None) -> str:
    """A date with its preposition, "" if unknown.

    "on 5 May 2031", "in May 2031", "between 3 and 5 May 2031".
    """
    if days is None or (days.earliest is None and days.latest is None):
        return ""
    first, last = days.earliest, days.latest
    if first is None or last is None:
        return f"by {_day(last)}" if last else f"from {_day(first)}"
    if first == last:
        return f"on {_day(first)}"
    if (first.day, (date.fromordinal(last.toordinal() + 1)).day) == (1, 1):
        return _whole(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {_day(last)}"
    return f"between {_day(first)} and {_day(last)}"


def _whole(first: date, last: date) -> str:
    """Of a range of whole months."""
    if (first.month, last.month) == (1, 12):
        return f"in {first.year}" if first.year == last.year else f"between {first.year} and {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"in {first:%B} {first.year}"
    return f"between {first:%B} {first.year} and {last:%B} {last.year}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""


def listed(names: tuple[str, ...]) -> str:
    """Names as in a sentence."""
    if len(names) < 2:
        return names[0] if names else "an unnamed source"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def sentence(text: str) -> str:
    """Words as a sentence: one line, a capital, a full stop."""
    flat = " ".join(text.split())
    ended = flat if flat.endswith((".", "!", "?", ".”", "!”", "?”")) else f"{flat}."
    return ended[:1].upper() + ended[1:]
