"""What descriptions and pronouns refer back to, in invented passages."""

from __future__ import annotations

import pytest

from sourcebook.extract import coreference, names, places
from sourcebook.extract.language import parse
from sourcebook.model import Document, Form, Mention, document_id

#: Text, the description or pronoun (the last one so written), the antecedent's words or None.
PASSAGES = [
    ("The Harrow Front attacked a convoy. The group fled to the hills.", "The group", "Harrow Front"),
    ("The Harrow Front attacked a convoy. It fled to the hills.", "It", "Harrow Front"),
    ("The Harrow Front said that it would fight on.", "it", "Harrow Front"),
    ("The Harrow Front buried its dead.", "its", "Harrow Front"),
    ("The Harrow Front, a rebel group, took the town.", "a rebel group", "Harrow Front"),
    ("The rebel group Harrow Front took the town.", "The rebel group", "Harrow Front"),
    ("The Harrow Front is a rebel group.", "a rebel group", "Harrow Front"),
    ("The Harrow Front (HF) took the town. The group then left.", "The group", "HF"),
    ("HF-K claimed the raid. The outfit gave no proof.", "The outfit", "HF-K"),
    ("HF-K claimed the raid. This organisation gave no proof.", "This organisation", "HF-K"),
    ("Harrow Front fighters crossed the river.", "Harrow Front fighters", "Harrow Front"),
    ("Former Harrow Front fighters crossed the river.", "Former Harrow Front fighters", None),
    ("Anti-Harrow Front groups met.", "Anti-Harrow Front groups", None),
    ("Harrow Front leaders met.", "Harrow Front leaders", None),
    ("The Harrow Front faction broke away.", "The Harrow Front faction", None),
    ("General Tomas Ardel resigned. He gave no reason.", "He", "General Tomas Ardel"),
    ("General Tomas Ardel resigned. She gave no reason.", "She", "General Tomas Ardel"),
    ("Maria Velin was shot. She died in hospital.", "She", "Maria Velin"),
    ("Maria Velin met Peter Corvin. He left early.", "He", "Peter Corvin"),
    ("Maria Velin met Peter Corvin. She left early.", "She", "Maria Velin"),
    (
        "President Tomas Ardel spoke. The president blamed the rebels.",
        "The president",
        "President Tomas Ardel",
    ),
    ("Police arrested four suspects. The suspects appeared in court.", "The suspects", "four suspects"),
    ("Two gunmen opened fire. The attackers then fled.", "The attackers", "Two gunmen"),
    ("Two gunmen opened fire. They then fled.", "They", "Two gunmen"),
    ("The letter reached the Harrow Front. It was signed by a judge.", "It", None),
    ("It is clear that the Harrow Front lost.", "It", None),
    ("The leader, Tomas Ardel, was killed.", "The leader", "Tomas Ardel"),
    ("Tomas Ardel, a former judge, was killed.", "a former judge", "Tomas Ardel"),
    ("An analyst spoke. A hospital official counted the dead.", "A hospital official", None),
    ("Groups met in secret. Several people died.", "Several people", None),
    (
        "HF-K is an offshoot of the Harrow Front. Like its parent organisation, HF-K kidnaps miners.",
        "its parent organisation",
        None,
    ),
    ("The militia HF-K took the town. The militia then left.", "The militia", "HF-K"),
    ("The Harrow Front trusts itself.", "itself", "Harrow Front"),
    ("The Corvin Institute published a report. It counted 20 attacks.", "It", "Corvin Institute"),
    ("The Harrow Front were beaten. They withdrew.", "They", "Harrow Front"),
    ("Fighters attacked the group.", "the group", None),
    ("The Harrow Front attacked the group.", "the group", None),
    ("No group claimed the attack.", "No group", None),
    ("Velian officials said that they had arrested two men.", "they", "Velian officials"),
    ("Tomas Ardel said that his brother had fled.", "his", "Tomas Ardel"),
    (
        "The agency Velpress quoted a witness. The Velpress news agency gave no name.",
        "The Velpress news agency",
        "Velpress",
    ),
    ("A man was shot. A man was arrested.", "A man", None),
    ("A man was shot. The man died.", "The man", "A man"),
    ("Three men were shot. The man died.", "The man", None),
]


def linked(text: str) -> list[Mention]:
    document = Document(id=document_id("a.txt", text), path="a.txt", sha256="", sequence=0, text=text)
    return [m for p in parse(document) for m in coreference.link(p, names.find(p, places.find(p)))]


@pytest.mark.parametrize(("text", "words", "expected"), PASSAGES)
def test_an_antecedent_is_found_or_left_open(text: str, words: str, expected: str | None) -> None:
    mentions = linked(text)
    by_id = {m.id: m for m in mentions}
    found = [
        m for m in mentions if m.form is not Form.NAME and m.exact.lower() in (words.lower(), _core(words))
    ]
    antecedents = [by_id[m.antecedent].exact for m in found[-1:] if m.antecedent]
    assert (antecedents or [None])[-1] == expected


def _core(words: str) -> str:
    """A possessive pronoun is a mention of its own, not of the description."""
    return words.lower().removeprefix("its ")


def test_a_pronoun_takes_the_kind_of_what_it_stands_for() -> None:
    it = linked("The Harrow Front attacked a convoy. It fled.")[-1]
    assert (it.exact, it.kind.value) == ("It", "armed_group")
