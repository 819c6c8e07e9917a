"""Within-document coreference: which mention a description or pronoun refers back to.

Precision goes before recall: where two antecedents are about as likely, none is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sourcebook.extract.coreference.descriptions import named_beside, of_description
from sourcebook.extract.coreference.pronouns import of_pronoun
from sourcebook.extract.coreference.scene import Noticed, Scene, scene
from sourcebook.extract.passage import Passage
from sourcebook.model import Form, Mention, MentionId, MentionKind


def link(passage: Passage, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with `antecedent` where one is clear; a pronoun takes its antecedent's kind."""
    seen = scene(passage, mentions)
    found: dict[MentionId, Noticed] = {}
    for one in seen.all:
        antecedent = _antecedent(one, seen)
        if antecedent is not None:
            found[one.mention.id] = antecedent
            kind = antecedent.kind if one.mention.form is Form.PRONOUN else one.kind
            one = one._replace(who=antecedent.who, kind=kind)
        seen.before.append(one)
    return [_with(m, found) for m in mentions]


def _with(mention: Mention, found: Mapping[MentionId, Noticed]) -> Mention:
    """The mention with the end of its chain as antecedent, a name where the chain has one."""
    seen = {mention.id}
    last = found.get(mention.id)
    if last is None:
        return mention
    while last.mention.form is not Form.NAME and last.mention.id in found and last.mention.id not in seen:
        seen.add(last.mention.id)
        last = found[last.mention.id]
    if last.mention.id == mention.id or last.mention.form is Form.PRONOUN:
        return mention
    kind = last.mention.kind if mention.form is Form.PRONOUN else mention.kind
    return replace(mention, antecedent=last.mention.id, kind=kind)


def _antecedent(one: Noticed, seen: Scene) -> Noticed | None:
    if one.mention.form is Form.NAME or one.mention.kind in (MentionKind.PLACE, MentionKind.FACILITY):
        return None
    if one.mention.form is Form.PRONOUN:
        return of_pronoun(one, seen)
    return named_beside(one, seen.all) or of_description(one, seen)
