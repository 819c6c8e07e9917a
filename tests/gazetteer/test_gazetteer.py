import pytest

from sourcebook import gazetteer


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Kunduz", "province", "AF"),
        ("Nangarhar", "province", "AF"),
        ("Deir ez-Zor", "town", "SY"),
        ("Al-Hawl", "town", "SY"),
        ("Gera", "town", "DE"),
        ("Beslan", "town", "RU"),
        ("Maiduguri", "town", "NG"),
        ("Красногорск", "town", "RU"),
        ("Medellin", "town", "CO"),
    ],
)
def test_first_candidate_is_the_place_best_known_under_the_name(name: str, kind: str, country: str) -> None:
    first = gazetteer.lookup(name)[0]
    assert (first.kind, first.country) == (kind, country)


def test_namesakes_all_come_back() -> None:
    assert {p.country for p in gazetteer.lookup("Jalalabad")} >= {"AF", "IN"}


def test_an_own_name_comes_before_a_larger_place_known_so_elsewhere() -> None:
    own, *others = gazetteer.lookup("Gera")
    assert own.own_name
    assert any(not o.own_name and o.population > own.population for o in others)


def test_a_name_that_no_place_has_finds_nothing() -> None:
    assert gazetteer.lookup("Qvarrendel-on-Sump") == ()
    assert gazetteer.lookup("") == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("the United States", "US"), ("U.S.", "US"), ("Tadschikistan", "TJ"), ("Burma", "MM"),
        ("DRC", "CD"), ("Kosovo", "XK"), ("Soviet Union", "SU"), ("Holland", "NL"),
    ],
)  # fmt: skip
def test_countries_answer_to_short_former_and_foreign_names(name: str, code: str) -> None:
    found = gazetteer.country(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("town", ["Moscow", "London", "Stockholm", "Istanbul"])
def test_a_capital_is_no_name_of_its_country(town: str) -> None:
    assert gazetteer.country(town) is None


@pytest.mark.parametrize(
    ("word", "codes"),
    [("Tajiks", ("TJ",)), ("Congolese", ("CD", "CG")), ("Kurds", ("",)), ("Swiss", ("CH",)), ("table", ())],
)
def test_words_for_peoples_tell_how_many_countries_they_may_mean(word: str, codes: tuple[str, ...]) -> None:
    assert gazetteer.adjective(word) == codes


def test_a_region_has_countries_and_a_kind_but_no_point() -> None:
    found = gazetteer.region("the Sahel")
    assert found is not None
    assert found.kind == "region"
    assert "ML" in found.countries
    assert not hasattr(found, "lat")
