"""A coding sheet and the record side by side."""

from pathlib import Path

import pytest
from tests.export import planted

from sourcebook.errors import InputError
from sourcebook.export.formats import PRODUCERS
from sourcebook.project import sheets
from sourcebook.views import comparison
from sourcebook.views.comparison import Compared


def compared(*lines: str, header: str = "Date,Location,Perpetrator,Deaths") -> list[Compared]:
    names = header.split(",")
    sheet = [dict(zip(names, line.split(","), strict=True)) for line in lines]
    return comparison.rows(planted.record(), sheet)


@pytest.mark.parametrize(
    ("line", "outcome", "differs"),
    [
        ("2031-05-04,Orsk,Harrow Front,30", "agreed", ""),
        ("4 May 2031,Orsk,Harrow Front,", "agreed", ""),
        ("2031-05-04,Orsk,Harrow Front,12", "differs", "killed: sheet 12, record ≥21, ≥25"),
        ("2031-05-04,Orsk,Sallow Brigade,30", "differs", "actor: sheet Sallow Brigade, record Harrow Front"),
        (
            "2031-06-20,Orsk,Harrow Front,30",
            "differs",
            "date: sheet 2031-06-20, record 2031-05-03/2031-05-05",
        ),
    ],
)
def test_a_row_finds_its_event_and_says_what_differs(line: str, outcome: str, differs: str) -> None:
    first = compared(line)[0]
    assert (first.outcome, first.event) == (outcome, planted.RAID)
    assert first.differs == ((differs,) if differs else ())


def test_what_only_one_side_has_is_listed_once_and_nothing_vanishes() -> None:
    rows = compared(
        "2031-05-04,Orsk,Harrow Front,30", "1999-01-01,Nowhere,Nobody,3", "2031-05-04,Orsk,Harrow Front,30"
    )
    assert [r.outcome for r in rows] == ["agreed", "only-there", "only-there", "only-here"]
    assert rows[-1].event == planted.PLOT
    assert [r.row for r in rows] == [1, 2, 3, None]


def test_an_empty_cell_is_silent_and_no_disagreement() -> None:
    (row, _) = compared("2031-05-04,Orsk,Harrow Front,")
    assert "killed: sheet is silent" in row.silent


@pytest.mark.parametrize("name", ["gtd", "acled", "ucdp"])
def test_the_tables_written_here_agree_with_the_record_they_are_from(name: str, tmp_path: Path) -> None:
    made = PRODUCERS[name](planted.record()).main
    assert made is not None
    (tmp_path / "sheet.csv").write_bytes(made)
    first = comparison.rows(planted.record(), sheets.read(tmp_path / "sheet.csv"))[0]
    assert first.event == planted.RAID
    # "more than 20" is at least 21 here, GTD and ACLED write 20.
    assert [d.split(":")[0] for d in first.differs] in ([], ["killed"])


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "date;where\n2031-05-04;Orsk\n"])
def test_a_sheet_is_read_with_any_separator_or_refused_with_its_headers(content: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(content, "utf-8")
    if content.startswith("a"):
        with pytest.raises(InputError, match="its headers are: a; b"):
            sheets.read(path)
    else:
        assert sheets.read(path) == [{"date": "2031-05-04", "where": "Orsk"}]
