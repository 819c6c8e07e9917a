"""The task `names`: whether two names name one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sourcebook.resolve import names


def predict_names(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row's id and whether its two names match; reads `id`, `name1`, `name2` and `schema` only."""
    person = str(row.get("schema", "")) == "Person"
    return {"id": row["id"], "match": names.same(str(row["name1"]), str(row["name2"]), person=person)}
