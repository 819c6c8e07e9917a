"""Boilerplate is masked by form; prose is not."""

import pytest

from sourcebook.model import Mask
from sourcebook.text import boilerplate
from sourcebook.text.lexicon import rows

PROSE = "Gunmen attacked a depot near Vesk on Tuesday, killing five guards."


def hidden(text: str) -> list[tuple[str, str]]:
    return [(text[mask.start : mask.end], mask.why) for mask in boilerplate.find(text)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Leave a comment", "comment"),
        ("12 Comments", "comment"),
        ("Listen to article", "audio-player"),
        ("This audio version was artificially generated. More info | Send feedback", "audio-player"),
        ("5 min read", "audio-player"),
        ("Share this", "navigation"),
        ("Facebook | Twitter | WhatsApp", "navigation"),
        ("Read more: The long road to Vesk", "navigation"),
        ("RELATED: Three held after raid", "navigation"),
        ("Related articles", "navigation"),
        ("Map: The Orlan Times", "caption"),
        ("Photo: Jane Roe/AFP", "caption"),
        ("FILE PHOTO: A soldier at the lake", "caption"),
        ("Reporting: Jane Roe", "byline"),
        ("Production: Jane Roe and John Doe", "byline"),
        ("(Reporting by Jane Roe; Editing by John Doe)", "byline"),
        (
            "Views expressed are those of the author and do not reflect the views of the Lake Institute.",
            "disclaimer",
        ),
        ("This article was originally published by the Lake Institute.", "disclaimer"),
        ("Copyright 2016 Lake News. All rights reserved.", "boilerplate"),
        ("Sign up for our weekly newsletter", "boilerplate"),
        ("We use cookies to improve your visit.", "boilerplate"),
        ("Advertisement", "boilerplate"),
        ("Source: Lake News", "source-line"),
        ("https://orlan.example/news/1", "source-line"),
    ],
)
def test_a_line_that_pages_leave_behind_is_masked(line, why):
    assert hidden(f"Raid near Vesk\n\n{PROSE}\n\n{line}\n\n{PROSE} Again.") == [(line, why)]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell after the attack.",
        "Read out in court, the letter named three men.",
        "Source: the men said they had none.",
        "Reporting from the town has been banned since May.",
        "Comments by the minister angered the families of the dead.",
        "Photographs of the dead were published by the front.",
        "Views on the talks differ among commanders.",
        "The report was first made public on Monday.",
        "Listen to the people of Vesk, the governor said.",
        "Watch towers along the road were burnt.",
        "Related attacks killed nine people in June.",
        "Subscribers of the network lost their lines during the raid.",
        "Background checks were not done, the ministry said.",
        "Copyright law does not cover such leaflets.",
    ],
)
def test_prose_that_begins_alike_is_not(line):
    assert hidden(f"Raid near Vesk\n\n{PROSE}\n\n{line}\n\n{PROSE} Again.") == []


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        (f"{PROSE}\n\nsource site-34\n", "source site-34"),
        (f"{PROSE}source site-7", "source site-7"),
        (f"{PROSE}\n\nsource site", "source site"),
        (f"{PROSE}Leave a Comment", "Leave a Comment"),
    ],
)
def test_residue_at_the_very_end_is_masked_even_glued(text, tail):
    assert [words for words, _ in hidden(text)] == [tail]


def test_the_head_of_a_title_is_masked_and_the_title_is_not():
    assert hidden(f"Watch | Who holds the road to Vesk?\n\n{PROSE}") == [("Watch | ", "navigation")]


def test_a_title_said_again_is_masked_in_whole_and_in_part():
    text = (
        f"“The lake burns”: who holds the road to Vesk?\n\n“The lake burns”\n"
        f"Who holds the road to Vesk?\n\n{PROSE}"
    )
    assert hidden(text) == [
        ("“The lake burns”", "boilerplate"),
        ("Who holds the road to Vesk?", "boilerplate"),
    ]


def test_masks_of_several_finders_never_overlap():
    merged = boilerplate.merged((Mask(0, 5, "markup"), Mask(8, 9, "markup")), (Mask(3, 9, "byline"),))
    assert merged == (Mask(0, 5, "markup"), Mask(5, 9, "byline"))


def test_every_reason_is_one_that_the_model_names():
    known = Mask.__doc__ or ""
    assert {why for why, _, _ in rows("sourcebook.text", "boilerplate") if why not in known} == set()


@pytest.mark.parametrize(
    "unit", ["a ", "Share ", "| ", "(", "Photo: A", "not reflect ", "© ", "12 ", "source site "]
)
def test_no_pattern_is_slow_on_hostile_lines(unit):
    for size in (100, 690, 100_000):
        boilerplate.find((unit * size)[:size] + "\n" + unit * 40)
