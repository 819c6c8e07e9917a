"""A backgrounder on one actor in which every sentence opens what it rests on; made to be printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from sourcebook.model import Entity
from sourcebook.views import dossier, phrases
from sourcebook.web.pages.asking import Ask

_LONGEST_NAME = 60


def context(ask: Ask) -> Mapping[str, Any]:
    """The sentences by section, numbered citations, documents, and what no document says."""
    entity = ask.book.entity(ask.of)
    made = dossier.dossier(ask.book.record, entity, as_of=ask.day("as_of"))
    return {
        "title": f"Dossier: {entity.name}",
        "entity": entity,
        "dossier": made,
        "numbers": {citation: n for n, citation in enumerate(made.citations(), 1)},
        "gaps": [phrases.gap(question) for question in made.gaps],
    }


def file_name(entity: Entity) -> str:
    """A name for the dossier as a file: letters and digits of ASCII whatever the actor is called."""
    plain = unicodedata.normalize("NFKD", entity.name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_NAME].strip("-")
    return f"dossier-{words or entity.id}.md"
