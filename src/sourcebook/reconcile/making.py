"""From statements about one property of one subject to a Fact with its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from sourcebook.model import Fact, Relation, content_id
from sourcebook.reconcile.agreement import Movement, Outcome, compare
from sourcebook.reconcile.statements import Material, Statement, readings


def fact(
    material: Material,
    subject: str,
    name: str,
    statements: Sequence[Statement],
    *,
    movement: Movement | None = None,
    key: str = "",
) -> Fact:
    """The fact that `statements` (one at least) make; `key` tells apart facts of one subject and property."""
    order = {d.id: d.sequence for d in material.documents.values()}
    ordered = sorted(statements, key=lambda s: (order[s.document], s.at, s.claim))
    outcome = compare(ordered, movement)
    made = readings(ordered, order)
    relation = outcome.verdict.relation if outcome else Relation.SINGLE
    rule = outcome.verdict.rule if outcome else "one-claim"
    if outcome and relation is Relation.AGREED and len({s.document for s in ordered}) == 1:
        relation, rule = Relation.SINGLE, "one-document"
    cites = (outcome.left.claim, outcome.right.claim) if outcome else (ordered[0].claim,)
    return Fact(
        id=content_id("f", subject, name, key),
        subject=subject,
        property=name,
        readings=made,
        relation=relation,
        explanation=_sentence(material, ordered, outcome, relation),
        rule=rule,
        cites=tuple(dict.fromkeys(cites)),
    )


def _sentence(
    material: Material, statements: Sequence[Statement], outcome: Outcome | None, relation: Relation
) -> str:
    first = statements[0]
    if outcome is None or relation is Relation.SINGLE:
        return f"Only {_said(material, first)}."
    left, right = outcome.left, outcome.right
    if relation is Relation.AGREED:
        documents = len({s.document for s in statements})
        origins = len({s.origin for s in statements})
        apart = "independent of one another" if origins == documents else f"of {_count(origins, 'origin')}"
        return f"{_count(documents, 'document').capitalize()}, {apart}, say “{first.text}”."
    joint = "and" if relation in (Relation.COMPATIBLE, Relation.REFINEMENT) else "but"
    said = f"{_said(material, left)}, {joint} {_said(material, right)}"
    return f"{said[0].upper()}{said[1:]}: {outcome.verdict.because}."


def _said(material: Material, statement: Statement) -> str:
    """Who says what, naming the document where the speaker is not its publisher."""
    where = material.publisher(statement.document)
    speakers = ", ".join(statement.speakers)
    who = where if speakers == where else f"{speakers} (in {where})"
    scope = f" ({statement.scope})" if statement.scope else ""
    return f"{who} says “{statement.text}”{scope}"


def _count(number: int, noun: str) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return f"{words[number] if number < len(words) else number} {noun}{'' if number == 1 else 's'}"
