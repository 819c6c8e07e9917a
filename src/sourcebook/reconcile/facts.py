"""Claims about one subject put side by side: the facts of a record."""

from __future__ import annotations

from sourcebook.model import Fact
from sourcebook.reconcile.actors import of_actors
from sourcebook.reconcile.itself import of_documents
from sourcebook.reconcile.occurrences import of_event
from sourcebook.reconcile.statements import Material


def facts(material: Material) -> list[Fact]:
    """Every fact: of the events in their order, of the actors in theirs, of documents against themselves.

    Ids are unique.
    """
    material = material.gathered()
    found = [f for event in material.events for f in of_event(material, event)]
    found += of_actors(material)
    found += of_documents(material)
    return list({f.id: f for f in found}.values())
