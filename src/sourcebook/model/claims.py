"""What a source says: Claim, with who said it, how surely, and where."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import NewType

from msgspec import Struct

from sourcebook.model.evidence import MentionId, Span, content_id

ClaimId = NewType("ClaimId", str)


class Factuality(StrEnum):
    """How the speaker commits to what is said (FactBank, Saurí and Pustejovsky 2009)."""

    CERTAIN = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    CERTAINLY_NOT = "CT-"
    PROBABLY_NOT = "PR-"
    POSSIBLY_NOT = "PS-"
    CERTAIN_WHETHER = "CTu"
    UNCOMMITTED = "Uu"

    @property
    def asserts(self) -> bool:
        """The speaker says that it is, or probably or possibly is, so."""
        return self.value.endswith("+")

    @property
    def denies(self) -> bool:
        """The speaker says that it is not, or probably or possibly not, so."""
        return self.value.endswith("-")


class Status(StrEnum):
    """What became of an event, as the words have it. Closed list of the contract."""

    ACCOMPLISHED = "accomplished"
    ATTEMPTED = "attempted"
    FOILED = "foiled"
    PLANNED = "planned"
    THREATENED = "threatened"
    CLAIMED = "claimed"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class Scope(StrEnum):
    """Whether a claim is about one occurrence, several counted together, or a kind of thing.

    Only `single` claims become events; `aggregate` ("21 plots in nine countries", "numerous attacks
    on mosques") and `generic` ("ready to wage war") stay claims.
    """

    SINGLE = "single"
    AGGREGATE = "aggregate"
    GENERIC = "generic"


class Attribution(Struct, frozen=True, kw_only=True):
    """X said Y: PARC's source, cue and content (Prasad et al. 2007).

    No source: "it is reported that". `kind` is the kind of speaker: armed_group, government,
    security_force, official, expert, media, witness, people, person, organization, anonymous, document.
    `act` is statement, belief, claim-of-responsibility, denial, accusation, report or question;
    `channel` is the mention of the medium that carried it ("on Telegram", "through its news agency").
    """

    source: MentionId | None
    kind: str
    content: Span
    cue: Span | None = None
    act: str = "statement"
    direct: bool = False
    channel: MentionId | None = None


class Argument(Struct, frozen=True, order=True):
    """One filled role of a claim; roles are those of the predicate in `vocabulary`."""

    role: str
    mention: MentionId


class Claim(Struct, frozen=True, kw_only=True, dict=True):
    """One thing, said once, by one speaker, in one place.

    `attribution` runs from the outermost speaker in; empty, the document's publisher speaks.
    `factuality` is the commitment of the innermost speaker. `antecedent` is another claim of the
    same document about the same occurrence ("the attack"). `status` is None for actor claims.
    `evidence` is the sentence or sentences that support every argument.
    """

    predicate: str
    trigger: Span
    evidence: Span
    modes: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    factuality: Factuality = Factuality.CERTAIN
    status: Status | None = None
    scope: Scope = Scope.SINGLE
    antecedent: ClaimId | None = None
    extractor: str = ""
    confidence: float = 1.0

    @cached_property
    def id(self) -> ClaimId:
        """From what is said, where and by whom, not from who extracted it or how surely."""
        speakers = "/".join(str(a.source) for a in self.attribution)
        subject = self.filler("subject") or ""
        value = self.filler("value") or self.filler("object") or ""
        return ClaimId(content_id("c", self.predicate, str(self.trigger), speakers, subject, value))

    def filler(self, role: str) -> MentionId | None:
        """The first mention that fills `role`, if one does."""
        return next((a.mention for a in self.arguments if a.role == role), None)

    def fillers(self, role: str) -> tuple[MentionId, ...]:
        """Every mention that fills `role`, in order."""
        return tuple([a.mention for a in self.arguments if a.role == role])
