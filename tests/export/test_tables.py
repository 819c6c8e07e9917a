"""The tables of GTD, ACLED and UCDP: their headers, what each row says, what is left out and why."""

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from tests import example
from tests.export import planted

from sourcebook.export import files
from sourcebook.export.countries import codes
from sourcebook.export.formats import PRODUCERS
from sourcebook.export.loss import How, Produced
from sourcebook.export.tables import columns
from sourcebook.model import Record

TABLES = ("gtd", "acled", "ucdp")
#: How many columns the codebook has, its first and last, and how many of ours follow.
SHAPES = {
    "gtd": (135, "eventid", "related", 7),
    "acled": (31, "event_id_cnty", "timestamp", 0),
    "ucdp": (49, "id", "gwnob", 0),
}


def rows(content: bytes | None) -> list[dict[str, str]]:
    assert content is not None
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def made(name: str, record: Record | None = None) -> Produced:
    return PRODUCERS[name](record or planted.record())


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_codebooks_header(name: str) -> None:
    count, first, last, ours = SHAPES[name]
    header = columns(name)
    assert len(set(header)) == len(header) == count + ours
    assert (header[0], header[count - 1]) == (first, last)
    assert all(c.startswith("x_") for c in header[count:])
    for content in (made(name).main, made(name).beside["foiled"]):
        assert content is not None
        assert content.split(b"\r\n")[0].decode() == ",".join(header)


@pytest.mark.parametrize("name", TABLES)
def test_every_line_ends_in_crlf_and_no_cell_is_a_formula(name: str) -> None:
    produced = made(name)
    for content in (produced.main, *produced.beside.values()):
        assert content is not None
        assert content.endswith(b"\r\n")
        cells = [cell for row in rows(content) for cell in row.values()]
        assert not [c for c in cells if c and c[0] in "=+@\t\r"]
        assert not [c for c in cells if c.startswith("-") and not c[1:].replace(".", "").isdigit()]


@pytest.mark.parametrize("name", TABLES)
def test_every_event_is_a_row_or_excluded_with_a_criterion(name: str) -> None:
    produced = made(name)
    kept = len(rows(produced.main)) + len(rows(produced.beside["foiled"]))
    left = rows(produced.beside["excluded"])
    assert kept + len(left) == len(planted.record().events)
    assert all(row["criterion"] for row in left)


def test_gtd_writes_zero_for_an_unknown_day_and_keeps_the_words() -> None:
    (row,) = rows(made("gtd").main)
    assert (row["iyear"], row["imonth"], row["iday"]) == ("2031", "5", "0")
    assert (row["approxdate"], row["x_edtf"]) == ("2031-05-03/2031-05-05",) * 2
    assert (row["gname"], row["guncertain1"], row["attacktype1"]) == ("Harrow Front", "1", "2")
    assert (row["nkill"], row["x_nkill_low"], row["x_nkill_high"]) == ("20", "21", "")
    assert row["extended"] == ""
    assert "lowest figure" in row["addnotes"]


def test_a_foiled_plot_is_in_the_sibling_table_only() -> None:
    produced = made("gtd")
    (plot,) = rows(produced.beside["foiled"])
    assert (plot["x_status"], plot["success"], plot["specificity"]) == ("foiled", "0", "5")
    assert (plot["latitude"], plot["longitude"], plot["nkill"]) == ("", "", "")


def test_acled_has_a_day_with_a_precision_and_actors_without_direction() -> None:
    (row,) = rows(made("acled").main)
    assert (row["event_date"], row["time_precision"]) == ("2031-05-04", "2")
    assert (row["actor1"], row["actor2"], row["interaction"]) == ("Harrow Front", "Civilians (France)", "27")
    assert (row["iso"], row["geo_precision"], row["civilian_targeting"]) == ("250", "1", "Civilian targeting")
    assert row["fatalities"] == "20"
    assert "most conservative" in row["notes"]


def test_ucdp_keeps_the_window_and_the_figures_add_up() -> None:
    (row,) = rows(made("ucdp").main)
    assert (row["date_start"], row["date_end"]) == ("2031-05-03 00:00:00.000", "2031-05-05 00:00:00.000")
    assert (row["date_prec"], row["type_of_violence"], row["where_prec"]) == ("2", "3", "1")
    parts = [int(row[c]) for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
    assert sum(parts) == int(row["best"]) == 21
    assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
    assert row["geom_wkt"] == "POINT (-12.25 48.5)"
    (left,) = rows(made("ucdp").beside["excluded"])
    assert left["criterion"] == "it is foiled, not carried out"


@pytest.mark.parametrize("name", TABLES)
def test_what_is_planted_is_in_the_loss_report(name: str) -> None:
    losses = {loss.what: loss for loss in made(name).losses}
    assert losses["range of killed"].ids == (planted.RAID,)
    assert losses["nested speaker"].ids == (planted.record().claims[1].id,)
    if name != "ucdp":  # UCDP has a first and a last day
        assert losses["date"].how is How.ROUNDED
        assert losses["date"].ids == (planted.RAID,)


@pytest.mark.parametrize("name", TABLES)
def test_pandas_opens_what_is_written(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    report = files.write(planted.record(), name, out)
    assert len(pd.read_csv(out)) == 1
    assert {f.name for f in tmp_path.iterdir()} == {
        "out.csv", "out_foiled.csv", "out_excluded.csv", "out.csv.loss.json"
    }  # fmt: skip
    assert json.loads(report.read_text())["format"] == name


def test_an_empty_record_makes_empty_tables() -> None:
    for name in TABLES:
        assert rows(made(name, Record()).main) == []


def test_countries_have_their_numbers() -> None:
    france = codes("FR")
    assert france is not None
    assert (france.iso_numeric, france.gw, france.iso3) == ("250", "220", "FRA")
    assert codes("ZZ") is None


@pytest.mark.parametrize("name", TABLES)
def test_every_event_of_the_example_is_accounted_for(name: str) -> None:
    produced = made(name, example.record())
    tables = [rows(produced.main), *(rows(content) for content in produced.beside.values())]
    assert sum(map(len, tables)) == len(example.record().events)
    # The example's country is invented: codebooks that list countries have no number for it.
    unknown = b"the country is not known" in b"".join(filter(None, produced.beside.values()))
    assert tables[0] or unknown
    assert pd.read_csv(io.BytesIO(produced.main or b"")).shape == (len(tables[0]), len(columns(name)))
