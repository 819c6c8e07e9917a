import pytest

from sourcebook.extract import places as finder
from sourcebook.extract.language import parse
from sourcebook.model import Document, DocumentId, Entity, EntityId, Location, MentionKind, Proposal
from sourcebook.resolve.places import contains, locate

NOWHERE = Location(lat=None, lon=None, precision="none", country=None, basis="")


def located(text: str) -> tuple[dict[str, Location], list[Proposal]]:
    """Every distinct place or site of a text with its location, each exact name one entity."""
    document = Document(id=DocumentId("d"), path="x", sha256="x", sequence=0, text=text)
    mentions = [m for passage in parse(document) for m in finder.find(passage)]
    names = {m.name: m.kind for m in mentions if m.kind in (MentionKind.PLACE, MentionKind.FACILITY)}
    entities = [
        Entity(
            id=EntityId(name), kind=kind, name=name, mentions=tuple(m.id for m in mentions if m.name == name)
        )
        for name, kind in names.items()
    ]
    found = locate(entities, [document], mentions)
    return {e.name: e.location for e in found.entities if e.location}, found.proposals


def test_the_country_beside_a_name_decides_between_namesakes() -> None:
    places, _ = located("A bomb went off in Jalalabad, India, on Monday.")
    assert places["Jalalabad"].country == "IN"
    assert "the country is named beside it" in places["Jalalabad"].basis


def test_the_countries_that_a_text_speaks_of_decide_where_none_is_beside() -> None:
    text = "Pakistan and Afghanistan traded fire. Afghanistan lost men. The blast was heard in Jalalabad."
    places, _ = located(text)
    assert places["Jalalabad"].country == "AF"


def test_size_alone_decides_last_and_the_rival_goes_to_review() -> None:
    places, proposals = located("Police in Cordoba arrested two men.")
    assert places["Cordoba"].country in ("AR", "ES")
    assert [p.kind for p in proposals] == ["place"]
    assert "small margin" in proposals[0].why


def test_countries_and_regions_have_no_point() -> None:
    places, _ = located("Fighting spread from Mali across the Sahel and into Khorasan.")
    for name, precision in (("Mali", "country"), ("Sahel", "region"), ("Khorasan", "none")):
        assert (places[name].lat, places[name].precision) == (None, precision)


def test_a_province_says_that_its_point_is_no_site() -> None:
    places, _ = located("Fighting went on in Nangarhar province in Afghanistan.")
    assert places["Nangarhar"].precision == "province"
    assert "not a site" in places["Nangarhar"].basis


def test_a_site_stands_in_the_town_named_beside_it() -> None:
    places, _ = located("Gunmen stormed a church in Maiduguri, Nigeria.")
    assert (places["church"].precision, places["church"].country) == ("town", "NG")
    assert places["church"].basis.startswith("the site is in no table")


def test_a_place_in_no_table_has_no_point_and_says_so() -> None:
    places, _ = located("Soldiers held the village of Qvarrendel in Chad.")
    if "Qvarrendel" in places:
        assert places["Qvarrendel"].lat is None
    assert places["Chad"].country == "TD"


def test_containment_is_told_or_left_open() -> None:
    text = "Fighting in Nangarhar province, Afghanistan, and in Jalalabad, Afghanistan, and in Lima, Peru."
    places, _ = located(text)
    assert contains(places["Afghanistan"], places["Jalalabad"]) is True
    assert contains(places["Nangarhar"], places["Jalalabad"]) is True
    assert contains(places["Afghanistan"], places["Lima"]) is False
    assert contains(places["Jalalabad"], places["Afghanistan"]) is None


def test_an_ordinary_word_is_no_town_abroad_unless_its_country_is_spoken_of() -> None:
    places, _ = located("Rebels shelled Police in the night. The police fled to the port.")
    assert places.get("Police", NOWHERE).lat is None
    places, _ = located("Rebels shelled Police, Poland, in the night. The police fled to the port.")
    assert "Police" not in places or places["Police"].country == "PL"


def test_a_small_town_needs_its_country_or_others_of_it_and_a_city_does_not() -> None:
    alone, _ = located("A bomb went off in Knightstown on Monday.")
    assert alone["Knightstown"].lat is None
    assert alone["Knightstown"].candidates
    assert "small" in alone["Knightstown"].basis
    told, _ = located("Bombs went off in Knightstown, in Sheboygan and in Montpelier.")
    assert told["Knightstown"].country == "US"
    city, _ = located("A bomb went off in Istanbul on Monday.")
    assert city["Istanbul"].country == "TR"


def test_a_province_that_everybody_knows_by_its_name_is_no_country_and_no_village() -> None:
    places, _ = located("A bomb went off in Texas. Raids went on in Nova Scotia.")
    assert (places["Texas"].precision, places["Texas"].country) == ("province", "US")
    assert (places["Nova Scotia"].precision, places["Nova Scotia"].country) == ("province", "CA")


def test_a_country_that_a_town_of_its_namesake_stands_before_is_the_namesake() -> None:
    places, _ = located("Police in Atlanta, Georgia, arrested two men.")
    assert (places["Georgia"].precision, places["Georgia"].country) == ("province", "US")
    places, _ = located("Police in Tbilisi, Georgia, arrested two men.")
    assert (places["Georgia"].precision, places["Georgia"].country) == ("country", "GE")


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("Gunmen shot at the Christmas markets in the evening. America mourned.", "Christmas markets"),
        ("Russia says that jets struck the LA caves at dawn. The United States agrees.", "LA caves"),
    ],
)
def test_a_feast_or_an_acronym_is_no_town(text: str, site: str) -> None:
    places, _ = located(text)
    assert {n: p.lat for n, p in places.items() if n.endswith(site.split()[-1])} == {site: None}


def site(name: str, *others: Entity) -> Location:
    """Where a site of that name is held to be, with nothing said around it."""
    made = Entity(id=EntityId("s"), kind=MentionKind.FACILITY, name=name, mentions=())
    held = locate([*others, made], [], []).entities[-1].location
    assert held is not None
    return held


@pytest.mark.parametrize("name", ["the Kenyan-Somali border", "Kenya-Somalia border"])
def test_a_border_lies_between_its_two_countries_and_has_no_point(name: str) -> None:
    at = site(name)
    assert (at.lat, at.precision, at.country) == (None, "region", None)
    assert "Kenya and Somalia" in at.basis


def test_a_quarter_that_bears_the_name_of_a_village_is_in_the_city_beside_it() -> None:
    text = "Poland mourns. In 2031 gunmen took the Brzeziny theatre in Warsaw. Poland had warned of it."
    places, _ = located(text)
    site = next(p for n, p in places.items() if n.endswith("theatre"))
    assert site.basis.startswith("the site is in no table; it stands in Warsaw")


def test_the_name_of_an_actor_is_no_town() -> None:
    actor = Entity(id=EntityId("a"), kind=MentionKind.ARMED_GROUP, name="Lagos", mentions=())
    assert site("Lagos headquarters").lat is not None
    assert site("Lagos headquarters", actor).lat is None
