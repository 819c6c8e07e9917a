"""Copies with edits share an origin; independent reports of one event do not."""

import random

import pytest

from sourcebook.model import Document, DocumentId
from sourcebook.read.copies import copies, origin_groups

REPORT = [
    "Gunmen attack a depot outside Vesk, five dead",
    "Gunmen on motorcycles attacked a fuel depot outside the town of Vesk before dawn on Tuesday, killing "
    "five guards and setting two tankers on fire, the provincial governor said.",
    "The governor told reporters that the attackers came from the hills to the north and fled when soldiers "
    "reached the site an hour later. He put the number of wounded at eleven, three of them in a grave state.",
    "Nobody has said that they did it. The Harrow Front, which has fought the government since 2009, has "
    "struck depots along the same road twice this year and usually waits a day before it speaks.",
    "Residents said that the fire could be seen from the far side of the lake. One driver, who gave only his "
    "first name, said he had counted six motorcycles with two men on each of them.",
]
OTHER = [
    "Five killed as fuel store burns near Vesk",
    "Five men who guarded a fuel store near Vesk died early on Tuesday in a raid that the army blamed on the "
    "Harrow Front. Two lorries were burnt out.",
    "An army spokeswoman said troops had followed the raiders into the hills but lost them by noon. Doctors "
    "at the district hospital said they were treating nine people, most of them for burns.",
    "It was the third raid on the road since January. Traders in the town said the price of diesel doubled "
    "within hours, and the union of drivers called on its members to stay at home until Friday.",
    "The front did not answer messages. In an audio speech last month its leader promised to cut the road.",
]


def document(name: str, paragraphs, sequence: int) -> Document:
    text = "\n\n".join(paragraphs)
    return Document(id=DocumentId(name), path=name, sha256=name, sequence=sequence, text=text)


def groups(*texts):
    return [*origin_groups([document(f"d{i}", text, i) for i, text in enumerate(texts)]).values()]


@pytest.mark.parametrize(
    "copy",
    [
        REPORT,
        [REPORT[0].upper(), *REPORT[1:]],
        ["Fuel depot raid leaves guards dead", *REPORT[1:]],
        [*REPORT[:3], *REPORT[4:]],
        [
            p.replace("five", "six").replace("governor", "mayor").replace("an hour", "two hours")
            for p in REPORT
        ],
        REPORT[:3],
        [*REPORT, "The Orlan Times added that schools in the town would be shut for the rest of the week."],
    ],
)
def test_a_copy_with_edits_has_the_origin_of_the_earlier(copy):
    assert groups(REPORT, copy) == ["d0", "d0"]


def test_two_independent_reports_of_one_event_are_two_origins():
    assert groups(REPORT, OTHER) == ["d0", "d1"]


def test_a_shared_quotation_does_not_make_a_copy():
    quotation = [
        "“We saw the flames from our roof and we ran with the children to the lake,” said a teacher."
    ]
    assert groups(REPORT + quotation, OTHER + quotation) == ["d0", "d1"]


def test_furniture_of_one_site_does_not_make_a_copy():
    furniture = [f"Sign in with account {i} to see what your friends at the lake read." for i in range(12)]
    assert groups(REPORT[1:3] + furniture, OTHER[2:4] + furniture) == ["d0", "d1"]


def test_furniture_below_the_title_does_not_either():
    furniture = [
        f"Notice {i}: sign in to see what your friends at the lake have read today." for i in range(12)
    ]
    left, right = [REPORT[0], *furniture, *REPORT[1:3]], [OTHER[0], *furniture, *OTHER[2:4]]
    assert groups(left, right) == ["d0", "d1"]


def test_an_own_lead_above_a_copied_report_does_not_hide_it():
    assert groups(REPORT, [*OTHER[:2], *REPORT[1:]]) == ["d0", "d0"]


def test_the_earliest_names_the_group_whatever_the_order_given():
    a, b, c = document("z", REPORT, 0), document("a", REPORT[:4], 1), document("m", OTHER, 2)
    assert origin_groups([c, b, a]) == {"z": "z", "a": "z", "m": "m"}


def test_every_pair_says_why():
    (pair,) = copies([document("a", REPORT, 0), document("b", REPORT[:3], 1)])
    assert (pair.earlier, pair.later) == ("a", "b")
    assert "runs of four words" in pair.why


def test_a_shared_agency_credit_is_named():
    head = "VESK, March 3 (Lake News) - "
    first, second = [head + REPORT[1], *REPORT[2:]], [head + REPORT[1], *REPORT[2:4], *OTHER[3:]]
    (pair,) = copies([document("a", first, 0), document("b", second, 1)])
    assert pair.why.endswith("both credit lake news")


def test_short_texts_are_copies_only_if_equal():
    assert groups(["Leave a comment below."], ["Leave a comment below."], ["Leave a comment"]) == [
        "d0",
        "d0",
        "d2",
    ]


def test_a_thousand_documents_are_grouped_in_little_time():
    rng = random.Random(7)
    words = [f"w{i}" for i in range(4_000)]
    originals = [[" ".join(rng.choices(words, k=120))] for _ in range(400)]
    documents = [document(f"d{i}", originals[i % 400], i) for i in range(1_000)]
    found = origin_groups(documents)
    assert all(found[f"d{i}"] == f"d{i % 400}" for i in range(1_000))


def test_every_planted_copy_is_found_among_reports_that_share_stock_sentences():
    chance = random.Random(31)
    words = [f"word{n}" for n in range(4000)]
    stock = [" ".join(chance.choices(words, k=14)) + "." for _ in range(30)]

    def paragraph():
        own = " ".join(chance.choices(words, k=30)) + "."
        return f"{own} {chance.choice(stock)} {chance.choice(stock)}"

    reports = [[paragraph() for _ in range(chance.randrange(14, 20))] for _ in range(400)]
    planted = {}
    for n in range(0, 400, 8):
        copy = list(reports[n])
        del copy[chance.randrange(3, len(copy))]
        copy[-1] = paragraph()
        planted[len(reports)] = n
        reports.append(copy)
    expected = [f"d{planted.get(n, n)}" for n in range(len(reports))]
    assert groups(*reports) == expected
