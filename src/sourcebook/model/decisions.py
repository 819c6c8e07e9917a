"""What a reviewer decided: the only thing a person may write."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from sourcebook.errors import ModelError
from sourcebook.model.evidence import DocumentId, content_id

DecisionId = NewType("DecisionId", str)


class Verdict(StrEnum):
    """Same, different and unsure take two ids; accept, reject, correct and undo take one."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    UNDO = "undo"


PAIRED = frozenset((Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE))


class Anchor(Struct, frozen=True, kw_only=True):
    """Where the thing decided about is in the evidence (W3C TextQuoteSelector and position).

    `kind` is claim, mention or decision; `predicate` is the claim's predicate or the mention's kind.
    A better extractor may move a boundary: an anchor then holds for the one claim or mention of
    the same kind that overlaps it, and else the decision is orphaned.
    """

    kind: str
    id: str
    document: DocumentId | None = None
    start: int = 0
    end: int = 0
    exact: str = ""
    predicate: str = ""


class Correction(Struct, frozen=True, kw_only=True):
    """What the reviewer says a claim should read: one field and its value as JSON text."""

    field: str
    value: str


class Decision(Struct, frozen=True, kw_only=True):
    """One entry of an append-only log; a later one about the same ids overrules it.

    `about` is what the reviewer named (event, entity, claim or decision ids); `anchors` are the claims or
    mentions that stand for each. `previous` is the id of the entry before, "" for the first:
    the id is a hash over everything else, so the log is a chain.
    """

    about: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    verdict: Verdict
    by: str
    at: datetime
    why: str = ""
    correction: Correction | None = None
    previous: str = ""

    def __post_init__(self) -> None:
        want = 2 if self.verdict in PAIRED else 1
        if len(self.about) != want or len(self.anchors) != want:
            raise ModelError(f"{self.verdict} takes {want} ids, got {len(self.about)}")
        if (self.correction is not None) != (self.verdict is Verdict.CORRECT):
            raise ModelError("a correction goes with the verdict correct, and only with it")

    @property
    def id(self) -> DecisionId:
        """Hash over every field, the previous entry's id among them."""
        fields = (*self.about, *map(repr, self.anchors), self.verdict, self.by, self.at.isoformat())
        return DecisionId(content_id("n", *fields, self.why, repr(self.correction), self.previous))
