"""CSV: readable by anybody's parser, harmless in anybody's spreadsheet."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import pile

from sourcebook import project
from sourcebook.export import csv as exporting
from sourcebook.model import Record


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "yes"),
        (-5, -5),
        (["a", "b"], "a; b"),
        ("=cmd()", "'=cmd()"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("plain", "plain"),
        ([{"low": 1}], '{"low":1}'),
    ],
)
def test_a_cell_is_safe(value: object, expected: object) -> None:
    assert exporting.cell(value) == expected


@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1)
)
def test_whatever_words_go_in_come_out(words: list[str]) -> None:
    written = exporting.text([{"a": w} for w in words], ["a"])
    read = [row[0] if row else "" for row in csv.reader(io.StringIO(written, newline=""))][1:]
    assert [w.removeprefix("'") for w in read] == [w.removeprefix("'") for w in words]


def test_every_table_is_a_file(tmp_path: Path) -> None:
    exporting.export(project.record(pile.copy(tmp_path)), tmp_path / "out")
    names = {f.name for f in (tmp_path / "out").iterdir()}
    assert names >= {f"{t}.csv" for t in ("events", "participants", "claims", "speakers", "readings")}
    assert names - {"texts"} == {f"{t}.csv" for t in exporting.tables(Record())}
    assert len(list((tmp_path / "out" / "texts").iterdir())) == 2
    rows = list(csv.DictReader((tmp_path / "out" / "events.csv").open(encoding="utf-8", newline="")))
    assert {"id", "date_edtf", "status"} <= set(rows[0])
