"""A correction as the fields of a form: one field of one claim, its number as at least and at most."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sourcebook.errors import InputError
from sourcebook.model import Correction
from sourcebook.project import reviewing

_MOST_LETTERS = 200


def read(form: Mapping[str, str]) -> Correction:
    """What a reviewer typed. Whether the claim can take it is seen when it is put into the log.

    Raises:
        InputError: an end of a range is not a whole number.
    """
    field = form.get("field", "").strip()[:_MOST_LETTERS]
    if "low" in form or "high" in form:
        ends = {name: _whole(form.get(name, "")) for name in ("low", "high")}
        return Correction(field=field, value=msgspec.json.encode(ends).decode())
    return Correction(field=field, value=reviewing.as_json(form.get("value", "").strip()[:_MOST_LETTERS]))


def _whole(typed: str) -> int | None:
    digits = typed.strip().replace(",", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise InputError(f"{typed!r} is not a whole number; leave the field empty where there is no bound")
    return int(digits)
