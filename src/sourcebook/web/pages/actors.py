"""Who is named: one line an actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sourcebook.web.pages.asking import Ask

A_PAGE = 100


def context(ask: Ask) -> Mapping[str, Any]:
    """The actors of the kind and name asked for, a page of them."""
    rows = ask.book.actors
    wanted, kind = (ask.word("name") or "").casefold(), ask.word("kind")
    named = [r for r in rows if wanted in "\n".join((r.name, *r.also)).casefold()]
    found = [r for r in named if kind in (None, r.kind)]
    last = max(1, -(-len(found) // A_PAGE))
    number = min(ask.number("page"), last)
    return {
        "title": "Actors",
        "rows": found[(number - 1) * A_PAGE : number * A_PAGE],
        "kinds": sorted(Counter(r.kind for r in named).items(), key=lambda c: (-c[1], c[0])),
        "kind": kind or "",
        "name": ask.word("name") or "",
        "found": len(found),
        "total": len(rows),
        "number": number,
        "last": last,
        "query_kept": {k: v for k in ("kind", "name") if (v := ask.word(k))},
    }
