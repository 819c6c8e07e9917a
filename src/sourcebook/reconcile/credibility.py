"""How credible an answer is, 1 to 6, by how many independent origins stand behind it (Admiralty code, digit).

It says nothing of the sources: how reliable a source is, A to F, only a person says. The rule is in
docs/reference/agreement.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from sourcebook.model import Relation
from sourcebook.reconcile.statements import Statement, alike

CONFIRMED: Final = 1
PROBABLE: Final = 2
POSSIBLE: Final = 3
DOUBTFUL: Final = 4
IMPROBABLE: Final = 5
NOT_JUDGED: Final = 6

#: Origins that confirm one another, and that make an answer probable.
_MANY: Final = 3
_TWO: Final = 2

_TOGETHER: Final = frozenset((Relation.SINGLE, Relation.AGREED, Relation.COMPATIBLE, Relation.REFINEMENT))
_AGAINST: Final = frozenset((Relation.CONFLICT, Relation.INTERNAL))


def credibility(statements: Sequence[Statement], relation: Relation) -> int:
    """The digit of the answer that most independent origins give.

    1: three origins or more, nothing against it. 2: two, or more with a difference that is explained. 3: one,
    or a difference that is explained. 4: others contradict it. 5: more origins say that it is not so than
    that it is. 6: nobody says it who is sure and has no interest in it.
    """
    asserted = [s for s in statements if not s.denied]
    against = len(_origins(s for s in statements if s.denied))
    sure = [s for s in asserted if not s.hedged and not s.party]
    behind = len(_origins(sure)) if relation in _TOGETHER else _most(sure)
    if against and against >= len(_origins(asserted)):
        return IMPROBABLE
    if behind == 0:
        return NOT_JUDGED
    if relation in _AGAINST or against:
        return DOUBTFUL
    if behind >= _TWO:
        return CONFIRMED if relation in _TOGETHER and behind >= _MANY else PROBABLE
    return POSSIBLE


def _origins(statements: Iterable[Statement]) -> set[str]:
    return {s.origin for s in statements}


def _most(statements: Iterable[Statement]) -> int:
    """How many independent origins the best supported of several answers has."""
    behind: dict[object, set[str]] = defaultdict(set)
    for each in statements:
        behind[(alike(each.value), each.scope.casefold())].add(each.origin)
    return max(map(len, behind.values()), default=0)
