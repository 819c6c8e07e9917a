"""From statements about one property of one subject to a Fact with its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from sourcebook.model import Fact, Relation, content_id
from sourcebook.reconcile.agreement import ALONE, Outcome, Setting, Verdict, compare
from sourcebook.reconcile.credibility import credibility
from sourcebook.reconcile.statements import Material, Statement, readings


def fact(
    material: Material,
    subject: str,
    name: str,
    statements: Sequence[Statement],
    *,
    setting: Setting = ALONE,
    key: str = "",
) -> Fact:
    """The fact that `statements` (one at least) make; `key` tells apart facts of one subject and property."""
    order = material.order
    ordered = sorted(statements, key=lambda s: (order[s.document], s.at, s.claim))
    outcome = compare(ordered, setting)
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
        credibility=credibility(ordered, relation),
    )


def _sentence(
    material: Material, statements: Sequence[Statement], outcome: Outcome | None, relation: Relation
) -> str:
    first = statements[0]
    if outcome is None or relation is Relation.SINGLE:
        return f"Only {said(material, first)}."
    left, right = outcome.left, outcome.right
    if relation is Relation.AGREED:
        documents = len({s.document for s in statements})
        origins = len({s.origin for s in statements})
        apart = "independent of one another" if origins == documents else f"of {_count(origins, 'origin')}"
        return f"{_count(documents, 'document').capitalize()}, {apart}, say “{first.text}”."
    return told(material, left, right, outcome.verdict)


def told(material: Material, left: Statement, right: Statement, verdict: Verdict) -> str:
    """The sentence on two statements: who says what, and how that stands."""
    joint = "and" if verdict.relation in (Relation.COMPATIBLE, Relation.REFINEMENT) else "but"
    both = _both(material, left, right, joint)
    return f"{both[0].upper()}{both[1:]}: {verdict.because}."


def _both(material: Material, left: Statement, right: Statement, joint: str) -> str:
    """Who says what on either side; a document or speaker that gives both is named once."""
    where = material.short[left.document]
    if left.document != right.document:
        return f"{said(material, left)}, {joint} {said(material, right)}"
    if left.speakers == right.speakers:
        return f"{said(material, left)} {joint} also {_quoted(right)}"
    sides = [
        "the text itself" if s.speakers == (material.publisher(s.document),) else _names(s)
        for s in (left, right)
    ]
    one, other = (f"{side} {_says(s)} {_quoted(s)}" for side, s in zip(sides, (left, right), strict=True))
    return f"in {where}, {one} {joint} {other}"


def said(material: Material, statement: Statement) -> str:
    """Who says what, naming the document where the speaker is not its publisher."""
    where = material.short[statement.document]
    own = statement.speakers == (material.publisher(statement.document),)
    who = where if own else f"{_names(statement)} (in {where})"
    return f"{who} {_says(statement)} {_quoted(statement)}"


def _says(statement: Statement) -> str:
    """The verb: several speakers say, and so do speakers who are described in the plural."""
    last = statement.speakers[-1].split()[-1]
    many = len(statement.speakers) > 1 or (last.islower() and last.endswith("s"))
    return "say" if many else "says"


def _names(statement: Statement) -> str:
    """The speakers, the article of a description in small letters ("the army")."""
    return ", ".join(
        f"the {n[4:]}" if n.startswith("The ") and n[4:].islower() else n for n in statement.speakers
    )


def _quoted(statement: Statement) -> str:
    scope = f" ({statement.scope})" if statement.scope else ""
    meant = f" ({statement.name})" if statement.name and not statement.named else ""
    return f"“{' '.join(statement.text.split())}”{meant}{scope}"


def _count(number: int, noun: str) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return f"{words[number] if number < len(words) else number} {noun}{'' if number == 1 else 's'}"
