"""What an extractor finds in one document, as bytes: how a worker is asked and answers."""

from __future__ import annotations

import importlib
from collections.abc import Callable

import msgspec
from msgspec import Struct

from sourcebook.model import Document
from sourcebook.ports import Context, Extraction, Extractor


class Shared(Struct, frozen=True, array_like=True):
    """What all documents have in common: the extractor ("package.module:name") and the context."""

    extractor: str
    context: Context


def shared(extractor: str, context: Context) -> bytes:
    """The same, encoded."""
    return msgspec.msgpack.encode(Shared(extractor, context))


def prepare(common: bytes) -> Callable[[bytes], bytes]:
    """The extractor as a function of an encoded document to an encoded extraction."""
    told = msgspec.msgpack.decode(common, type=Shared)
    module, _, name = told.extractor.partition(":")
    extractor: Extractor = getattr(importlib.import_module(module), name)

    def answered(document: bytes) -> bytes:
        found = extractor(msgspec.msgpack.decode(document, type=Document), told.context)
        return msgspec.msgpack.encode(found)

    return answered


def encoded(document: Document) -> bytes:
    """A document as it is handed to an extractor."""
    return msgspec.msgpack.encode(document)


def decoded(answer: bytes, document: Document) -> Extraction:
    """An extraction that came in bytes, looked through.

    Raises:
        ValueError: it cannot be read, or has a span outside its document or words that are not there.
    """
    found = msgspec.msgpack.decode(answer, type=Extraction)
    mentions = {m.id for m in found.mentions}
    if len(mentions) < len(found.mentions) or len({c.id for c in found.claims}) < len(found.claims):
        raise ValueError("the extractor gave one mention or claim twice")
    for mention in found.mentions:
        if document.text[mention.span.start : mention.span.end] != mention.exact:
            raise ValueError(f"the extractor gave words that are not at {mention.span}: {mention.exact!r}")
    for claim in found.claims:
        if max(claim.trigger.end, claim.evidence.end) > len(document.text):
            raise ValueError(f"the extractor gave claim {claim.id} a span outside the document")
        if not all(a.mention in mentions for a in claim.arguments):
            raise ValueError(f"the extractor gave claim {claim.id} an argument that is no mention")
    return found
