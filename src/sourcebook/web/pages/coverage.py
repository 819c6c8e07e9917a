"""What became of every number, date and capitalised name of every document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sourcebook.views import coverage
from sourcebook.web.pages.asking import Ask

A_PAGE = 200


def context(ask: Ask) -> Mapping[str, Any]:
    """The summary by document, and the tokens of one account."""
    book = ask.book
    rows = book.coverage
    account = ask.word("account") or "unhandled"
    path = ask.word("document")
    listed = [r for r in rows if r.account == account and path in (None, r.document)]
    last = max(1, -(-len(listed) // A_PAGE))
    number = min(ask.number("page"), last)
    return {
        "title": "Coverage",
        "summary": coverage.summary(rows),
        "accounts": coverage.ACCOUNTS,
        "account": account,
        "document": path or "",
        "rows": listed[(number - 1) * A_PAGE : number * A_PAGE],
        "found": len(listed),
        "total": len(rows),
        "ids": {d.path: d.id for d in book.record.documents},
        "number": number,
        "last": last,
        "query_kept": {k: v for k in ("account", "document") if (v := ask.word(k))},
    }
