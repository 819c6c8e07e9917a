"""Every format that is made from a record in one go, by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from msgspec.structs import replace

from sourcebook.export import (
    acled,
    ftm,
    geojson,
    graphml,
    gtd,
    inception,
    labelstudio,
    not_held,
    parquet,
    plover,
    prov,
    stix,
    ucdp,
    webanno,
)
from sourcebook.export.loss import Produced
from sourcebook.model import Record

PRODUCERS: Final[MappingProxyType[str, Callable[[Record], Produced]]] = MappingProxyType(
    {
        "gtd": gtd.export,
        "acled": acled.export,
        "ucdp": ucdp.export,
        "plover": plover.export,
        "stix": stix.export,
        "ftm": ftm.export,
        "geojson": geojson.export,
        "graphml": graphml.export,
        "webanno": webanno.export,
        "prov": prov.export,
        "labelstudio": labelstudio.export,
        "inception": inception.export,
        "parquet": parquet.export,
    }
)


def produced(record: Record, form: str) -> Produced:
    """An export with its whole loss report: what the format tallied, then what it has no place for."""
    made = PRODUCERS[form](record)
    return replace(made, losses=(*made.losses, *not_held.losses(record, form)))
