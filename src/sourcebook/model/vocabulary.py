"""The closed lists that claims, events and facts draw on, and the standard each comes from."""

from __future__ import annotations

from typing import Final

#: PLOVER event types (PLOVER manual, February 2024), by quad category.
PLOVER: Final[dict[str, tuple[str, ...]]] = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material cooperation": ("COOPERATE", "AID", "RETREAT"),
    "verbal conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}

EVENT_TYPES: Final = tuple(t for types in PLOVER.values() for t in types)

#: PLOVER modes, by type.
MODES: Final[dict[str, tuple[str, ...]]] = {
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms",
        "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control",
        "unconventional",
    ),
    "COERCE": (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
        "misinformation", "cyber",
    ),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
}  # fmt: skip

#: Roles that an event claim may fill. `killed` and the like take quantity mentions; `attack_count` is
#: the number of occurrences of an aggregate claim.
EVENT_ROLES: Final = (
    "actor", "recipient", "claimant", "suspect", "accuser", "source-of-warning", "location",
    "date", "weapon", "target", "killed", "injured", "abducted", "arrested", "missing",
    "attack_count", "channel",
)  # fmt: skip

#: Quantity roles of an event claim, which are also fact properties of events.
TOLL_ROLES: Final = ("killed", "injured", "abducted", "arrested", "missing")

#: Predicates of actor claims. Each takes `subject` (the actor) and one of `object` (a mention of an
#: entity) or `value` (a time or quantity mention, or an idea); see ACTOR_ROLES for the rest.
ACTOR_PROPERTIES: Final = (
    "alias", "founded", "parent", "leader", "deputy_leader", "member", "origin", "rival", "ally",
    "base", "aim", "ideology", "strength", "media_outlet", "recruits_from", "funding", "designation",
    "split_from", "attacks_count", "plots_count", "trend",
)  # fmt: skip

#: Roles of an actor claim: `from` and `until` bound in time what `date` dates at a point.
ACTOR_ROLES: Final = ("subject", "object", "value", "date", "from", "until", "location", "scope")

EVENT_PROPERTIES: Final = (
    "killed", "injured", "abducted", "arrested", "missing", "date", "place", "actor", "claimant",
    "weapon", "target", "happened",
)  # fmt: skip

ATTRIBUTION_STATUSES: Final = (
    "narrated", "claimed", "accused", "suspected", "intercepted", "charged", "on-trial",
    "convicted", "acquitted", "denied",
)  # fmt: skip

PRECISIONS: Final = ("site", "town", "district", "province", "country", "region", "none")

#: Roles of a participant of an event.
PARTICIPANT_ROLES: Final = (
    "actor", "recipient", "claimant", "suspect", "accuser", "source-of-warning", "location",
)  # fmt: skip

#: How one event stands to another that it is not: within it, after and because of it, or in words about it.
EVENT_LINKS: Final = ("part-of", "follows", "about")
