"""Names and descriptions of actors, in sentences about invented groups and people."""

from __future__ import annotations

import pytest

from sourcebook.extract import names, places
from sourcebook.extract.language import parse
from sourcebook.extract.notes import Notes
from sourcebook.model import Document, Form, Mention, document_id


def found(text: str) -> list[Mention]:
    document = Document(id=document_id("a.txt", text), path="a.txt", sha256="", sequence=0, text=text)
    return [m for passage in parse(document) for m in names.find(passage, [])]


def kinds(text: str, form: Form = Form.NAME) -> dict[str, str]:
    return {m.exact: m.kind.value for m in found(text) if m.form is form}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Fighters of the Harrow Liberation Front crossed the river.",
            "Harrow Liberation Front",
            "armed_group",
        ),
        (
            "The Movement for Justice in Orland (MJO) took the town.",
            "Movement for Justice in Orland",
            "armed_group",
        ),
        ("The raid was the work of Lashkar-e-Norul, police said.", "Lashkar-e-Norul", "armed_group"),
        ("Ansar al-Bahr militants fled.", "Ansar al-Bahr", "armed_group"),
        ("HF-K, a rebel group, took the blame.", "HF-K", "armed_group"),
        ("The Orland National Police denied it.", "Orland National Police", "security_force"),
        (
            "A report by the Corvin Institute for Peace Studies says so.",
            "Corvin Institute for Peace Studies",
            "organization",
        ),
        ("The Velian News Agency reported the attack.", "Velian News Agency", "media"),
        ("General Tomas Ardel led the raid.", "General Tomas Ardel", "person"),
        ("The Ministry of Defence of Orland said nothing.", "Ministry of Defence of Orland", "government"),
        ("The group runs two media units, Xuros Ovazi and Al-Kellim Veer.", "Xuros Ovazi", "media"),
        ("The group runs two media units, Xuros Ovazi and Al-Kellim Veer.", "Al-Kellim Veer", "media"),
        ("Its outlets include Voice of Harrow, Al-Kellim, and Tor Bairghan.", "Al-Kellim", "media"),
        ("The rebels held the eastern cities of Osselby and Der Kazzour.", "Der Kazzour", "place"),
        ("Upper Kell, a mountain province, has few roads.", "Upper Kell", "place"),
        ("Upper Kell has few roads. Upper Kell is a province.", "Upper Kell", "place"),
        ("Near Ar Rakkam, three strikes hit a lorry.", "Ar Rakkam", "place"),
        ("The attack in Morazel Department killed two.", "Morazel Department", "place"),
        ("The shooting in the Justice Department killed two.", "Justice Department", "government"),
        (
            "The Harrow Institute for Near East Policy said so.",
            "Harrow Institute for Near East Policy",
            "organization",
        ),
        ("Near East Kell, a lorry burned.", "Near East Kell", None),
        (
            "The Joint Staff of the Orland Security Pact (OSP) met.",
            "Joint Staff of the Orland Security Pact",
            "security_force",
        ),
        ("The Joint Staff of the Orland Security Pact (OSP) met.", "Orland Security Pact", "organization"),
        ("Orland Press Secretary Tomas Ardel spoke.", "Secretary Tomas Ardel", "person"),
        ("Copyright Associated Press. All rights reserved.", "Associated Press", "media"),
        ("The World Bank lent 300 million dollars.", "World Bank", "organization"),
        ("Velian Jihadis met in the valley.", "Velian Jihadis", "armed_group"),
        ("The movement is Hanafi-Deobandi by creed.", "Hanafi-Deobandi", None),
        ("HF- North claimed the raid.", "HF- North", "organization"),
    ],
)
def test_a_name_has_its_boundaries_and_its_kind(text: str, name: str, kind: str | None) -> None:
    assert kinds(text).get(name) == kind


def test_a_surname_is_a_person_even_where_a_town_is_called_so() -> None:
    document = Document(id=document_id("b.txt", ""), path="b.txt", sha256="", sequence=0, text=SURNAME)
    kinds = [
        m.kind.value for p in parse(document) for m in names.find(p, places.find(p)) if m.exact == "Lincoln"
    ]
    assert kinds == ["person"]


SURNAME = "Lieutenant Tom Lincoln met the elders of the valley. Lincoln said that the road was open."


def test_a_title_is_no_part_of_the_name_to_compare_by() -> None:
    assert [m.head for m in found("Mullah Dost Rahimi was killed.") if m.form is Form.NAME] == ["Dost Rahimi"]


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        ("Two gunmen opened fire.", "Two gunmen", "armed_group"),
        ("The group fled to the hills.", "The group", "armed_group"),
        ("A hospital official counted the dead.", "A hospital official", "person"),
        ("Four suspects appeared in court.", "Four suspects", "people"),
        ("A research group in the capital disagreed.", "A research group", "organization"),
    ],
)
def test_a_description_of_an_actor_is_a_nominal_mention(text: str, phrase: str, kind: str) -> None:
    assert kinds(text, Form.NOMINAL).get(phrase) == kind


@pytest.mark.parametrize("text", ["It is clear that the talks failed.", "It seems that nobody came."])
def test_an_empty_it_is_no_mention(text: str) -> None:
    assert kinds(text, Form.PRONOUN) == {}


def aliases(text: str) -> list[tuple[str, str, str]]:
    document = Document(id=document_id("a.txt", text), path="a.txt", sha256="", sequence=0, text=text)
    pairs = []
    for passage in parse(document):
        notes = Notes(passage, names.find(passage, []))
        for claim in names.aliases(notes):
            subject, other = (notes[a.mention].exact for a in claim.arguments)
            pairs.append((subject, document.quote(claim.trigger), other))
    return pairs


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The Harrow Liberation Front (HLF) fled.", ("Harrow Liberation Front", "(HLF)", "HLF")),
        (
            "The Red River Brigade, also known as the Mud Army, fled.",
            ("Red River Brigade", "also known as the", "Mud Army"),
        ),
    ],
)
def test_a_bracket_or_a_cue_says_that_two_names_are_one(text: str, pair: tuple[str, str, str]) -> None:
    assert aliases(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "The Harrow Front (see map) fled.",
        "Three groups (Harrow Front, Orland Army, Mud Brigade) met.",
        "The Harrow Front or the Orland Front did it.",
    ],
)
def test_a_bracket_that_holds_no_name_says_nothing(text: str) -> None:
    assert aliases(text) == []


def test_in_a_text_of_capitals_only_words_that_tell_make_a_name() -> None:
    found = kinds(
        "ACCORDING TO POLICE, THE HARROW LIBERATION FRONT (HLF) BURNED A BUS. MEANWHILE TALKS GO ON."
    )
    assert "HARROW LIBERATION FRONT" in " ".join(found)
    assert not {"ACCORDING", "MEANWHILE", "TALKS", "BUS"} & set(found)


def test_the_bracket_after_a_longer_name_is_of_the_name_inside_it() -> None:
    text = "The Joint Staff of the Orland Security Pact (OSP) met."
    document = Document(id=document_id("a.txt", text), path="a.txt", sha256="", sequence=0, text=text)
    notes = [Notes(p, names.find(p, [])) for p in parse(document)]
    pairs = [[n[a.mention].exact for a in c.arguments] for n in notes for c in names.aliases(n)]
    assert pairs == [["Orland Security Pact", "OSP"]]


@pytest.mark.parametrize(
    ("text", "name", "head"),
    [
        ("The Hamas offshoot Khorasan fled.", "Khorasan", "Hamas Khorasan"),
        ("Experts watch the offshoot “Bavaria”.", "Bavaria", "Bavaria"),
        ("The Hamas offshoot in Bavaria fled.", "Bavaria", None),
    ],
)
def test_a_group_may_go_by_the_name_of_its_region(text: str, name: str, head: str | None) -> None:
    document = Document(id=document_id("a.txt", text), path="a.txt", sha256="", sequence=0, text=text)
    made = [m for p in parse(document) for m in names.find(p, places.find(p)) if m.exact == name]
    assert [m.head for m in made if m.kind.value == "armed_group"] == ([head] if head else [])


def test_a_place_listed_with_a_known_one_is_a_place() -> None:
    text = "It attacked Kunduz and Mazar-i-Sharif, which border Tajikistan."
    document = Document(id=document_id("a.txt", text), path="a.txt", sha256="", sequence=0, text=text)
    made = [m for p in parse(document) for m in names.find(p, places.find(p))]
    assert [m.exact for m in made if m.kind.value == "place"] == ["Kunduz", "Mazar-i-Sharif", "Tajikistan"]
