"""Actor claims of whole passages, through every step of the extractor."""

from __future__ import annotations

from sourcebook.extract import pipeline
from sourcebook.extract.version import version
from sourcebook.model import Claim, Document, DocumentId, Mention, MentionId
from sourcebook.ports import Context

TEXT = (
    "The Harrow Army announced the formation of the Marsh Liberation Front in January 2015. "
    "It appointed Ann Orr as its leader."
)


def extracted(text: str) -> tuple[list[Claim], dict[MentionId, Mention]]:
    document = Document(id=DocumentId("d"), path="d.txt", sha256="0", sequence=0, text=text)
    found = pipeline.extract(document, Context())
    return list(found.claims), {m.id: m for m in found.mentions}


def test_the_version_names_the_rules_and_the_model() -> None:
    assert version().startswith("rules-")


def test_a_parent_appoints_the_leader_of_the_group_that_it_has_just_formed() -> None:
    claims, mentions = extracted(TEXT)
    leader = next(c for c in claims if c.predicate == "leader")
    subject, date = leader.filler("subject"), leader.filler("from")
    assert subject is not None
    assert date is not None
    assert (mentions[subject].exact, mentions[date].exact) == ("Marsh Liberation Front", "January 2015")
    assert leader.confidence < 1


def test_every_argument_of_every_claim_is_a_mention_of_the_document() -> None:
    claims, mentions = extracted(TEXT)
    assert claims
    assert all(a.mention in mentions for c in claims for a in c.arguments)
