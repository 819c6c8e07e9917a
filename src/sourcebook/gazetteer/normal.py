"""The form under which names of places are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("[ʻʼ’‘'`´]")
_OTHER = re.compile(r"[\W_]+")


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """Case, marks, apostrophes and punctuation folded away: "Deir ez-Zor" is "deir ez zor"."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return _OTHER.sub(" ", _APOSTROPHES.sub("", bare)).strip()
