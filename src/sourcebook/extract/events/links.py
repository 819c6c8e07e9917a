"""Which claims of a document are about one occurrence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from spacy.tokens import Token

from sourcebook.extract.events.drafts import Draft
from sourcebook.model import Mention, MentionKind, Quantity, Scope, Status, Timex
from sourcebook.model.vocabulary import TOLL_ROLES

#: Modes that name another kind of act than an attack: an abduction is not "the bombing".
_APART: Final = frozenset(("abduct", "sexual", "torture"))
_KINDRED: Final = frozenset(
    ("firearms", "explosives", "suicide-attack", "heavy-weapons", "aerial", "drone", "primitive", "destroy")
)
#: So many tokens back a bare "the attack" still means the last one told.
_HEREABOUTS: Final = 70
_NOT_DONE: Final = frozenset((Status.FOILED, Status.PLANNED, Status.THREATENED))
_STOP: Final = frozenset(("the", "a", "an", "of", "in", "on", "city", "town", "near"))


def antecedents(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft, the index of an earlier one about the same occurrence."""
    found: list[int | None] = []
    by_head = {d.head: i for i, d in enumerate(drafts) if d.kind == "event"}
    for index, draft in enumerate(drafts):
        if draft.kind != "event":
            found.append(_spoken_of(draft, index, drafts, by_head))
        elif _continues(draft, index, drafts, by_head):
            found.append(by_head.get(draft.same) if draft.same is not None else None)
        elif draft.scope is Scope.SINGLE:
            found.append(_earlier(draft, index, drafts, found))
        else:
            found.append(None)
    return found


def without_strays(
    drafts: Sequence[Draft], linked: Sequence[int | None]
) -> tuple[list[Draft], list[int | None]]:
    """Without "the incident" and the like where it refers to nothing and says nothing of its own.

    What refers to one that is left out stands alone.
    """
    says = [d.frame != "anaphor" or bool(d.of(*TOLL_ROLES, "actor", "target")) for d in drafts]
    told = {link for link, speaks in zip(linked, says, strict=True) if link is not None and speaks}
    place: dict[int, int] = {}
    for n, link in enumerate(linked):
        if says[n] or n in told or link in place:
            place[n] = len(place)
    return [drafts[n] for n in place], [None if (i := linked[n]) is None else place.get(i) for n in place]


def _continues(draft: Draft, index: int, drafts: Sequence[Draft], by_head: Mapping[Token, int]) -> bool:
    """Whether the clause before tells of the same occurrence; no killing is one with an abduction."""
    before = by_head.get(draft.same, index) if draft.same is not None else index
    return before < index and drafts[before].type == draft.type and not set(drafts[before].modes) & _APART


def _spoken_of(draft: Draft, index: int, drafts: Sequence[Draft], by_head: Mapping[Token, int]) -> int | None:
    """What a tie of somebody to an attack is about: the attack named there, else the last one told."""
    if draft.about is not None:
        return by_head.get(draft.about)
    before = [i for i in range(index) if _is_attack(drafts[i])]
    return before[-1] if before and _near(drafts[before[-1]], draft) else None


def _near(earlier: Draft, later: Draft) -> bool:
    return later.head.i - earlier.head.i < 120


def _is_attack(draft: Draft) -> bool:
    return draft.kind == "event" and draft.type == "ASSAULT" and draft.scope is Scope.SINGLE


def _earlier(draft: Draft, index: int, drafts: Sequence[Draft], found: Sequence[int | None]) -> int | None:
    if _is_another(draft):
        return None
    before = [
        i
        for i in range(index)
        if drafts[i].kind == "event" and drafts[i].scope is Scope.SINGLE and _compatible(drafts[i], draft)
    ]
    before = [i for i in before if _chain_fits(i, draft, drafts, found)]
    alike = [i for i in before if _alike(drafts[i], draft)]
    if alike:
        return max(alike, key=lambda i: (_overlap(drafts[i], draft), i))
    if _aftermath(draft):
        return _just_told(draft, index, drafts)
    if (same := _same_doer(draft, index, drafts)) is not None:
        return same
    told = any(c.lower_ == "of" and c.i >= draft.words.end for c in draft.head.children)
    if told and draft.frame == "arrestn":
        return None  # the arrest of two others
    undescribed = not told or draft.of("recipient", *TOLL_ROLES)
    if draft.definite and not draft.named and undescribed and not draft.of("location", "target", "date"):
        return _salient(before, draft, drafts, found)
    return None


def _is_another(draft: Draft) -> bool:
    """Separately, elsewhere, in another incident: the sentence says that it tells of something else."""
    first = [t.lower_ for t in draft.head.sent[:4] if not t.is_space]
    answered = {c.lower_ for p in draft.head.children if p.lower_ in ("in", "as") for c in p.children}
    if answered & {"retaliation", "revenge", "reprisal", "response", "vengeance"}:
        return True
    if first[:1] in (["separately"], ["elsewhere"], ["meanwhile"]):
        return True
    apart = draft.head.pos_ in ("NOUN", "PROPN") and any(
        c.lower_ in ("another", "separate", "second", "similar") for c in draft.head.lefts
    )
    again = {c.lower_ for party in draft.head.children for c in party.lefts} & {"second", "third", "another"}
    if again and "later" in first[:3]:
        return True  # later that day a second bomb went off
    return apart or (first[:1] == ["in"] and bool({"another", "separate", "different"} & set(first[1:3])))


def _aftermath(draft: Draft) -> bool:
    """Dozens were wounded: a result told without place, day and doer is that of the attack just told."""
    told = draft.of("location", "date", "target", "actor", "weapon")
    persons = [m for m in draft.of("recipient") if m.kind is MentionKind.PERSON]
    hurt = draft.frame in ("kill", "die", "injure") and bool(draft.of(*TOLL_ROLES))
    return hurt and not told and not persons and draft.head.dep_ in ("ROOT", "ccomp", "conj")


def _same_doer(draft: Draft, index: int, drafts: Sequence[Draft]) -> int | None:
    """They killed twelve: told of the doers of the attack just told, at no other place or time."""
    if draft.frame not in ("kill", "injure") or not draft.of(*TOLL_ROLES):
        return None
    before = next((i for i in range(index - 1, -1, -1) if drafts[i].kind == "event"), None)
    if before is None or draft.of("location", "date", "target") or not _is_attack(drafts[before]):
        return None
    earlier = drafts[before]
    doers = {i for m in earlier.of("actor") for i in (m.id, m.antecedent) if i is not None}
    again = [m for m in draft.of("actor") if m.antecedent in doers]
    near = draft.head.i - earlier.head.i < _HEREABOUTS
    return (
        before if again and near and earlier.status not in _NOT_DONE and _compatible(earlier, draft) else None
    )


def _just_told(draft: Draft, index: int, drafts: Sequence[Draft]) -> int | None:
    """The last attack hereabouts, whatever toll it was told with: the figures may differ."""
    before = [i for i in range(index) if _is_attack(drafts[i]) and drafts[i].status not in _NOT_DONE]
    near = [i for i in before if draft.head.i - drafts[i].head.i < _HEREABOUTS]
    return near[-1] if near else None


def _salient(
    before: Sequence[int], draft: Draft, drafts: Sequence[Draft], found: Sequence[int | None]
) -> int | None:
    """What "the attack" is without more words: the last one told hereabouts, else the one most told of."""
    fit = [i for i in before if _kin(drafts[i], draft)]
    near = [i for i in fit if draft.head.i - drafts[i].head.i < _HEREABOUTS]
    if near:
        return near[-1]
    sizes: dict[int, int] = {}
    for index in fit:
        root = _root(index, found)
        sizes[root] = sizes.get(root, 0) + 1
    most = max(sizes, key=lambda root: (sizes[root], -root), default=None)
    return next((i for i in reversed(fit) if _root(i, found) == most), None)


def _root(index: int, found: Sequence[int | None]) -> int:
    for _ in range(len(found)):
        above = found[index]
        if above is None:
            break
        index = above
    return index


def _kin(earlier: Draft, later: Draft) -> bool:
    """Whether the noun may stand for the other's kind of act: "the attack" is no invasion and no coup."""
    if later.frame in ("attack", "bombing", "killing", "shooting", "anaphor"):
        return (
            earlier.frame not in ("capture", "invasion", "coup", "clash", "war")
            or earlier.frame == later.frame
        )
    arrests = ("arrest", "arrestn")
    return earlier.frame == later.frame or (earlier.frame in arrests and later.frame in arrests)


def _chain_fits(index: int, draft: Draft, drafts: Sequence[Draft], found: Sequence[int | None]) -> bool:
    """Whether the draft contradicts nothing that the earlier claim is already tied to."""
    current: int | None = index
    for _ in range(10):
        if current is None:
            return True
        if not _compatible(drafts[current], draft):
            return False
        current = found[current]
    return True


def _compatible(earlier: Draft, later: Draft) -> bool:
    if earlier.listed is not None and earlier.listed == later.listed:
        return False
    joined = later.head.dep_ == "conj" and later.head.pos_ == "NOUN"
    if joined and earlier.head.pos_ == "NOUN" and earlier.head.is_ancestor(later.head):
        return False  # the murder of the mayor and the massacre of villagers
    if (earlier.status in _NOT_DONE) != (later.status in _NOT_DONE):
        return False
    tried = Status.ATTEMPTED in (earlier.status, later.status) and earlier.status is not later.status
    if tried and later.frame == "capture":
        return False  # the town that was taken, and those who fought to take it back
    if earlier.type != later.type or set(earlier.modes) & _APART != set(later.modes) & _APART:
        return False
    kinds = set(earlier.modes) & _KINDRED, set(later.modes) & _KINDRED
    if all(kinds) and not kinds[0] & kinds[1] and not _same_words(earlier, later, "location", "target"):
        return False
    return (
        not _dates_apart(earlier, later)
        and not _tolls_apart(earlier, later)
        and not _places_apart(earlier, later)
        and not _people_apart(earlier, later)
    )


def _keys(mention: Mention) -> frozenset[str]:
    if mention.kind is MentionKind.IDEA:
        return frozenset()
    return frozenset(mention.name.lower().replace("-", " ").split()) - _STOP


def _same_words(earlier: Draft, later: Draft, *roles: str) -> bool:
    if "location" in roles:
        sites = [frozenset(w for m in d.of(*roles) for w in _keys(m)) for d in (earlier, later)]
        if later.named & (sites[0] | earlier.named) or earlier.named & sites[1]:
            return True
    return any(_keys(a) & _keys(b) for a in earlier.of(*roles) for b in later.of(*roles))


def _places_apart(earlier: Draft, later: Draft) -> bool:
    """Both name places and share no word of them."""
    sides = [
        [m for m in d.of("location") if m.kind is MentionKind.PLACE] or d.named for d in (earlier, later)
    ]
    if all(sides):
        return not _same_words(earlier, later, "location", "target")
    targets = [d.of("target") for d in (earlier, later)]
    return all(targets) and not _same_words(earlier, later, "target", "location")


def _people_apart(earlier: Draft, later: Draft) -> bool:
    """Both name a person attacked, and not the same."""
    sides = [[m for m in d.of("recipient") if m.kind is MentionKind.PERSON] for d in (earlier, later)]
    return all(sides) and not any(_keys(a) & _keys(b) for a in sides[0] for b in sides[1])


def _dates_apart(earlier: Draft, later: Draft) -> bool:
    for a in earlier.of("date"):
        for b in later.of("date"):
            if _days_apart(a, b):
                return True
    return False


def _days_apart(a: Mention, b: Mention) -> bool:
    left, right = a.value, b.value
    if not isinstance(left, Timex) or not isinstance(right, Timex):
        return False
    if left.earliest is None or right.earliest is None:
        return False
    return bool(
        (left.latest and left.latest < right.earliest) or (right.latest and right.latest < left.earliest)
    )


def _tolls_apart(earlier: Draft, later: Draft) -> bool:
    for role in TOLL_ROLES:
        for a in earlier.of(role):
            for b in later.of(role):
                if (
                    isinstance(a.value, Quantity)
                    and isinstance(b.value, Quantity)
                    and not a.value.meets(b.value)
                ):
                    return True
    return False


def _alike(earlier: Draft, later: Draft) -> bool:
    """A definite description that shares its place or date; or two full ones that share two of them."""
    score = _overlap(earlier, later)
    return score >= 2 or (score >= 1 and later.definite)


def _overlap(earlier: Draft, later: Draft) -> int:
    places = _same_words(earlier, later, "location", "target")
    dates = any(
        isinstance(a.value, Timex)
        and isinstance(b.value, Timex)
        and a.value.earliest
        and a.value.earliest == b.value.earliest
        for a in earlier.of("date")
        for b in later.of("date")
    )
    people = _same_words(earlier, later, "recipient")
    tolls = any(
        a.value == b.value and a.value is not None
        for r in TOLL_ROLES
        for a in earlier.of(r)
        for b in later.of(r)
    )
    doers = _same_words(earlier, later, "actor")
    return places + dates + people + tolls + doers
