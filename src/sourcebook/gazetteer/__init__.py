"""Reference tables of the world's places: countries, peoples, provinces, towns and curated regions.

GeoNames data, CC BY 4.0 (see NOTICE). Read only; tells what a name may be, never which it is.
"""

from sourcebook.gazetteer.normal import key
from sourcebook.gazetteer.places import Place, lookup
from sourcebook.gazetteer.world import (
    Country,
    Region,
    abbreviations,
    adjective,
    countries,
    country,
    region,
    unit,
)

__all__ = [
    "Country",
    "Place",
    "Region",
    "abbreviations",
    "adjective",
    "countries",
    "country",
    "key",
    "lookup",
    "region",
    "unit",
]
