"""A dossier as PDF, tagged and PDF/UA-1, through typst; needs the extra `pdf`.

The words of sources go in as JSON and are never part of the template: what looks like typst is printed.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import msgspec

from sourcebook.errors import InputError, MissingExtra
from sourcebook.export.dossier_pictures import pictures
from sourcebook.export.text import clean
from sourcebook.views import phrases
from sourcebook.views.dossier import Dossier


def document(dossier: Dossier) -> bytes:
    """The dossier as PDF.

    Raises:
        MissingExtra: typst is not installed.
        InputError: typst cannot set the dossier.
    """
    try:
        import typst
    except ImportError as error:
        raise MissingExtra("pdf", "PDF") from error
    template = files("sourcebook.export").joinpath("dossier.typ").read_bytes()
    given = {"data": msgspec.json.encode(_content(dossier)).decode()}
    try:
        made: bytes = typst.compile(
            template, format="pdf", sys_inputs=given, pdf_standards=["ua-1"], ignore_system_fonts=False
        )
    except RuntimeError as error:
        raise InputError(f"the PDF cannot be set: {error}") from error
    return made


def _content(dossier: Dossier) -> dict[str, Any]:
    paths = {d.id: d for d in dossier.documents}
    places = list(dict.fromkeys((c.document, c.start, c.end) for c in dossier.citations()))
    order = {place: str(n) for n, place in enumerate(places, 1)}
    numbers = {c: order[c.document, c.start, c.end] for c in dossier.citations()}
    notes = {
        numbers[c]: clean(
            f"“{' '.join(c.exact.split())}” {paths[c.document].name}"
            f" ({paths[c.document].path}, characters {c.start}-{c.end})"
        )
        for c in numbers
    }
    return {
        "subject": clean(dossier.subject),
        "as_of": f"As of {dossier.as_of}" if dossier.as_of else "",
        "sections": [
            {
                "title": s.title,
                "sentences": [
                    {"text": clean(x.text), "notes": list(dict.fromkeys(numbers[c] for c in x.citations))}
                    for x in s.sentences
                ],
            }
            for s in dossier.sections
        ],
        "gaps": [phrases.gap(question) for question in dossier.gaps],
        "pictures": [
            {"title": p.title, "svg": p.svg, "alt": clean(p.alt), "caption": p.caption}
            for p in pictures(dossier)
        ],
        "notes": notes,
        "documents": [
            [clean(d.publisher), clean(d.title or d.path), d.published or "unknown", d.reliability]
            for d in dossier.documents
        ],
    }
