"""Every export of a sourcebook, checked by the field's own validators and opened by programs of the field.

`python benchmarks/consumers.py FILE.sourcebook` prints a table: format, checked or opened by, what came of it.
What is not installed is said to be missing; none of it is needed by the package: pip install followthemoney
duckdb geopandas datasette dkpro-cassis rdflib.
"""

from __future__ import annotations

import asyncio
import csv
import importlib
import io
import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sourcebook import project
from sourcebook.export import files
from sourcebook.export.json_schema import schema
from sourcebook.export.tables import columns
from sourcebook.model import Record


class Check(NamedTuple):
    """One format and one program: what it is called, the packages that it needs, and the check itself."""

    form: str
    by: str
    needs: str
    check: Callable[[Path], str]


def main(book: Path) -> None:
    record = project.record(book)
    print("| format | checked or opened by | result |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for check in CHECKS:
            out = Path(folder, check.form)
            if not out.exists():
                files.write(record, check.form, out)
            print(f"| {check.form} | {check.by} | {_result(check, out)} |", flush=True)
        for form in files.FORMATS:
            print(f"| {form} | loss report | {_report(record, form, Path(folder, form))} |", flush=True)


def _result(check: Check, out: Path) -> str:
    try:
        for name in check.needs.split():
            importlib.import_module(name)
    except ImportError as error:
        return f"not installed: {error.name}"
    try:
        return check.check(out)
    except Exception as error:
        return f"FAILED: {type(error).__name__}: {str(error)[:120]}"


def _report(record: Record, form: str, out: Path) -> str:
    if not out.exists():
        files.write(record, form, out)
    lost = json.loads(out.with_name(f"{out.name}.loss.json").read_text())["lost"]
    unnamed = [loss["what"] for loss in lost if not loss["ids"]]
    return f"{len(lost)} kinds of loss, {sum(x['count'] for x in lost)} values" + (
        f", WITHOUT IDS: {unnamed}" if unnamed else ", each with ids"
    )


# -- validators -----------------------------------------------------------------------------------


def _json_schema(out: Path) -> str:
    import jsonschema

    jsonschema.validate(json.loads(out.read_bytes()), schema())
    return "valid"


def _stix(out: Path) -> str:
    from stix2validator import ValidationOptions, validate_instance

    found = validate_instance(json.loads(out.read_bytes()), ValidationOptions(version="2.1"))
    if not found.is_valid:
        return f"INVALID: {found.errors[0]}"
    return f"valid, {len(found.warnings)} warnings"


def _ftm(out: Path) -> str:
    from followthemoney import model

    count = 0
    for line in out.read_bytes().splitlines():
        entity = model.get_proxy(json.loads(line), cleaned=False)
        entity.schema.validate(json.loads(line))
        before, after = json.loads(line)["properties"], entity.to_dict()["properties"]
        if {k: sorted(v) for k, v in before.items()} != {k: sorted(v) for k, v in after.items()}:
            return f"CHANGED on cleaning: {entity.id}"
        count += 1
    return f"valid, {count} entities, unchanged by its cleaning"


def _ftm_statements(out: Path) -> str:
    from followthemoney import Statement, StatementEntity
    from followthemoney.dataset import Dataset

    dataset = Dataset.make({"name": "sourcebook", "title": "Sourcebook"})
    held: dict[str, list[Any]] = {}
    for line in out.with_name(f"{out.stem}_statements.json").read_bytes().splitlines():
        statement = Statement.from_dict(json.loads(line))
        held.setdefault(statement.canonical_id, []).append(statement)
    whole = {e["id"]: e["properties"] for e in map(json.loads, out.read_bytes().splitlines())}
    for identifier, statements in held.items():
        entity = StatementEntity.from_statements(dataset, statements)
        got = {k: sorted(v) for k, v in entity.to_dict()["properties"].items()}
        if got != {k: sorted(v) for k, v in whole[identifier].items()}:
            return f"DIFFERENT: {identifier}"
    return f"{sum(map(len, held.values()))} statements add up to the same {len(held)} entities"


def _json_ld(out: Path) -> str:
    from pyld import jsonld

    whole = json.loads(out.read_bytes())
    context = whole["@context"]
    if isinstance(context, list):  # the W3C's own context cannot be fetched here
        whole["@context"] = [
            {"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"},
            *context[1:],
        ]
    return f"expands to {len(jsonld.expand(whole))} nodes, {len(jsonld.to_rdf(whole)['@default'])} triples"


def _rdflib(out: Path) -> str:
    import rdflib

    graph = rdflib.Graph().parse(data=out.read_text(), format="json-ld")
    asked = "SELECT (COUNT(?c) AS ?n) WHERE { ?c <http://www.w3.org/ns/prov#wasDerivedFrom> ?d }"
    return f"{len(graph)} triples; SPARQL finds {next(iter(graph.query(asked)))[0]} derivations"


def _geojson(out: Path) -> str:
    whole = json.loads(out.read_bytes())
    pinned = [f for f in whole["features"] if f["geometry"]]
    assert whole["type"] == "FeatureCollection"
    assert "crs" not in whole
    for feature in pinned:
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
    return f"RFC 7946: {len(whole['features'])} Features, {len(pinned)} with a point"


def _table(out: Path) -> str:
    raw = out.read_bytes().decode()
    rows = list(csv.reader(io.StringIO(raw, newline=""), strict=True))
    assert raw.count("\r\n") >= len(rows)
    assert rows[0] == columns(out.name)
    assert all(len(row) == len(rows[0]) for row in rows)
    return f"RFC 4180, header as published ({len(rows[0])} columns), {len(rows) - 1} rows"


# -- consumers ------------------------------------------------------------------------------------


def _pandas_csv(out: Path) -> str:
    import pandas as pd

    tables = {f.stem: pd.read_csv(f) for f in sorted(out.glob("*.csv"))}
    joined = tables["participants"].merge(tables["events"], left_on="event_id", right_on="id")
    return (
        f"{len(tables)} tables, {sum(map(len, tables.values()))} rows; participants join {len(joined)} events"
    )


def _pandas_table(out: Path) -> str:
    import pandas as pd

    return f"{pd.read_csv(out).shape[0]} rows of {pd.read_csv(out).shape[1]}"


def _duckdb(ending: str, reader: str) -> Callable[[Path], str]:
    def check(out: Path) -> str:
        import duckdb

        asked = (
            f"SELECT e.status, count(DISTINCT e.id) FROM {reader}('{out}/events.{ending}') e"
            f" JOIN {reader}('{out}/participants.{ending}') p ON p.event_id = e.id"
            " GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return ", ".join(f"{n} {status}" for status, n in duckdb.sql(asked).fetchall())

    return check


def _duckdb_json(out: Path) -> str:
    import duckdb

    counted = duckdb.sql(f"SELECT count(*) FROM read_json('{out}')").fetchall()
    return f"{counted[0][0]} lines"


def _networkx(out: Path) -> str:
    import networkx as nx

    graph = nx.read_graphml(out)
    return f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def _geopandas(out: Path) -> str:
    import geopandas as gpd

    frame = gpd.read_file(out)
    return f"{len(frame)} rows, {int(frame.geometry.notna().sum())} with a point, CRS {frame.crs}"


def _datasette(out: Path) -> str:
    from datasette.app import Datasette

    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder, "record.db"))
        with sqlite3.connect(place) as db:
            for file in sorted(out.glob("*.csv")):
                with file.open(encoding="utf-8", newline="") as opened:
                    header, *rows = list(csv.reader(opened))
                names = ", ".join(f'"{name}"' for name in header)
                db.execute(f'CREATE TABLE "{file.stem}" ({names})')
                marks = ", ".join("?" * len(header))
                db.executemany(f'INSERT INTO "{file.stem}" VALUES ({marks})', rows)
        served = Datasette([place])
        answer = asyncio.run(served.client.get("/record/events.json?_size=max&_shape=objects"))
        return f"HTTP {answer.status_code}, {len(answer.json()['rows'])} events"


def _cassis(out: Path) -> str:
    from cassis import load_cas_from_json

    spans = 0
    for file in sorted(out.glob("*.json")):
        with file.open("rb") as opened:
            cas = load_cas_from_json(opened)
        for note in cas.select("custom.Span"):
            assert note.get_covered_text()
            spans += 1
    return f"{spans} spans, each with its words"


def _lines(out: Path) -> str:
    rows = [json.loads(line) for line in out.read_bytes().splitlines()]
    assert all({"id", "date", "actor", "event"} <= set(row) for row in rows)
    return f"what the manual requires is in all {len(rows)} lines"


def _checks() -> Iterator[Check]:
    yield Check("json", "JSON Schema 2020-12 (jsonschema)", "jsonschema", _json_schema)
    yield Check("csv", "pandas", "pandas", _pandas_csv)
    yield Check("csv", "DuckDB", "duckdb", _duckdb("csv", "read_csv"))
    yield Check("csv", "Datasette", "datasette", _datasette)
    yield Check("parquet", "DuckDB", "duckdb pyarrow", _duckdb("parquet", "read_parquet"))
    for table in ("gtd", "acled", "ucdp"):
        yield Check(table, "RFC 4180, published header", "", _table)
        yield Check(table, "pandas", "pandas", _pandas_table)
    yield Check("plover", "PLOVER manual", "", _lines)
    yield Check("plover", "DuckDB", "duckdb", _duckdb_json)
    yield Check("stix", "stix2-validator 3.2.0", "stix2validator", _stix)
    yield Check("ftm", "followthemoney", "followthemoney", _ftm)
    yield Check("ftm", "followthemoney statements", "followthemoney", _ftm_statements)
    yield Check("geojson", "RFC 7946", "", _geojson)
    yield Check("geojson", "GeoPandas", "geopandas", _geopandas)
    yield Check("graphml", "NetworkX", "networkx", _networkx)
    yield Check("webanno", "JSON-LD expansion (pyld)", "pyld", _json_ld)
    yield Check("prov", "JSON-LD expansion (pyld)", "pyld", _json_ld)
    yield Check("prov", "rdflib", "rdflib", _rdflib)
    if "inception" in files.FORMATS:
        yield Check("inception", "dkpro-cassis", "cassis", _cassis)


CHECKS = list(_checks())

if __name__ == "__main__":
    main(Path(sys.argv[1]))
