"""A source is its name; its reliability is only ever a person's word."""

import pytest

from sourcebook.model import Reliability, SourceKind, content_id
from sourcebook.read.publishers import publisher


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("The Orlan Times", "newspaper"),
        ("Lake News Agency", "agency"),
        ("Radio Vesk", "broadcaster"),
        ("Ministry of the Interior of Orlan", "government"),
        ("Institute for Lakes and Rivers", "research"),
        ("Harrow Rights Watch", "ngo"),
        ("vesk.com", "website"),
        ("Sometimes", "unknown"),
    ],
)
def test_the_kind_is_what_the_name_says(name, kind):
    source = publisher(name, {})
    assert source is not None
    assert source.kind == kind
    assert source.reliability is None


def test_one_id_for_every_way_to_write_the_name():
    one, other = publisher("Orlan  Times", {}), publisher("ORLAN TIMES ", {})
    assert one is not None
    assert other is not None
    assert one.id == other.id == content_id("s", "orlan times")


def test_the_table_sets_kind_country_and_reliability_with_who_rated_it():
    row = {"kind": "armed_group", "country": "XX", "reliability": "E", "given_in": "sources.csv, row 2"}
    source = publisher("Harrow Voice", row)
    assert source is not None
    assert (source.kind, source.country) == (SourceKind.ARMED_GROUP, "XX")
    assert (source.reliability, source.rated_by) == (Reliability.UNRELIABLE, "sources.csv, row 2")


def test_no_name_no_source():
    assert publisher("  ", {}) is None
