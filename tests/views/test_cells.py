"""Cells of other people's sheets: headers, figures and dates as they are written."""

import pytest

from sourcebook.views import cells
from sourcebook.views.cells import Order


@pytest.mark.parametrize(
    ("cell", "bounds"),
    [
        ("12", (12, 12)),
        ("12.0", (12, 12)),
        ("1,200", (1200, 1200)),
        ("1 200", (1200, 1200)),
        ("137-145", (137, 145)),
        ("137 to 145", (137, 145)),
        ("10/12", (10, 12)),
        ("180+", (180, None)),
        (">170", (170, None)),
        ("at least 12", (12, None)),
        ("up to 30", (None, 30)),
        ("~84", (76, 92)),
        ("ca. 40", (36, 44)),
        ("12 (incl. 3 children)", None),
        ("12 dead", (12, 12)),
        ("unknown", None),
        ("", None),
        ("-9", None),
        ("dozens", None),
        ("20-10", None),
    ],
)
def test_a_figure_is_what_it_may_mean(cell, bounds):
    assert cells.bounds(cell) == bounds


@pytest.mark.parametrize(
    ("cell", "order", "days"),
    [
        ("03/07/2031", Order.DAY_FIRST, "2031-07-03"),
        ("03/07/2031", Order.MONTH_FIRST, "2031-03-07"),
        ("28.01.2031", Order.UNKNOWN, "2031-01-28"),
        ("08/2031", Order.UNKNOWN, "2031-08"),
        ("20310322", Order.UNKNOWN, "2031-03-22"),
        ("22-Mar-31", Order.UNKNOWN, "2031-03-22"),
        ("2031-03-22 00:00:00.000", Order.UNKNOWN, "2031-03-22"),
        ("4 May 2031", Order.UNKNOWN, "2031-05-04"),
    ],
)
def test_a_date_is_read_in_the_order_of_its_column(cell, order, days):
    found = cells.when(cell, order)
    assert found is not None
    assert found.edtf == days


def test_a_date_in_either_order_is_both():
    found = cells.when("03/07/2031", Order.UNKNOWN)
    assert found is not None
    assert (str(found.earliest), str(found.latest)) == ("2031-03-07", "2031-07-03")


@pytest.mark.parametrize(
    ("header", "dates", "order"),
    [
        ("Incident date (dd/mm/yyyy)", [], Order.DAY_FIRST),
        ("date", ["03/07/2031", "22/03/2031"], Order.DAY_FIRST),
        ("date", ["03/22/2031"], Order.MONTH_FIRST),
        ("date", ["03/07/2031"], Order.UNKNOWN),
        ("date", ["22/03/2031", "03/22/2031"], Order.UNKNOWN),
    ],
)
def test_the_order_of_a_column_is_found(header, dates, order):
    assert cells.order_of(header, dates) is order


def test_headers_are_known_by_the_words_in_them_and_whole_ones_first():
    headers = [
        "ID",
        "Incident date (dd/mm/yyyy)",
        "Where did it happen?",
        "Perpetrator (suspected)",
        "# dead",
        "Inj.",
    ]
    assert cells.mapped(headers) == {
        "id": "ID",
        "date": "Incident date (dd/mm/yyyy)",
        "place": "Where did it happen?",
        "actor": "Perpetrator (suspected)",
        "killed": "# dead",
        "injured": "Inj.",
    }
    assert cells.mapped(["Date", "Date reported"])["date"] == "Date"
