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
    ("The courts heard two women. They were released in June.", "They", "two women"),
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
    ("The Harrow Front lost men. The splinter group has 200 fighters.", "The splinter group", None),
    (
        "The Harrow Front was formed in 2015. The United Nations put its strength at 2,000.",
        "its",
        "Harrow Front",
    ),
    (
        "The Marsh Brigade left in 2030. The Harrow Front calls the splinter group a gang.",
        "the splinter group",
        "Marsh Brigade",
    ),
    (
        "The Marsh Brigade, an offshoot of the Harrow Front, met. The breakaway faction has 200 fighters.",
        "The breakaway faction",
        "Marsh Brigade",
    ),
    (
        "The Marsh Brigade and the Harrow Front met. The splinter group has 200 fighters.",
        "The splinter group",
        None,
    ),
    (
        "Border Watch estimates that the Harrow Front has 900 fighters. "
        "General Tomas Ardel, the commander of the Velian army, put its strength at 2,000.",
        "its",
        "Harrow Front",
    ),
    (
        "The agency Velpress quoted a witness. The Velpress news agency gave no name.",
        "The Velpress news agency",
        "Velpress",
    ),
    ("A man was shot. A man was arrested.", "A man", None),
    ("A man was shot. The man died.", "The man", "A man"),
    ("Three men were shot. The man died.", "The man", None),
    # The actor that the text is about
    (
        "The Harrow Front (HF) is a militia. HF attacked Ossel. HF attacked Dunmore. "
        "The hills are poor. Roads are few. Rain is rare. Snow is rarer. "
        "The group recruits miners.",
        "The group",
        "HF",
    ),
    (
        "HF attacked Ossel. HF attacked Dunmore. HF and HF-North differ. HF fell. "
        "Roads are few. Its media outlets include Velpress.",
        "Its",
        "HF",
    ),
    (
        "HF attacked Ossel. HF attacked Dunmore. HF attacked Kell. HF attacked Veer. "
        "The raid failed. The hills are poor. It recruits miners.",
        "It",
        "HF",
    ),
    (
        "HF attacked Ossel. HF attacked Dunmore. HF attacked Kell. HF attacked Veer. "
        "The letter came late. It claims that the hills are poor.",
        "It",
        None,
    ),
    (
        "HF attacked Ossel. HF attacked Dunmore. HF attacked Kell. HF attacked Veer. "
        "The hills are poor. It was cold.",
        "It",
        None,
    ),
    (
        "The Harrow Front attacked Ossel. The Marsh Brigade attacked Kell. "
        "The hills are poor. Roads are few. Rain is rare. Snow is rarer. Its fighters fled.",
        "Its",
        None,
    ),
    (
        "HF attacked Ossel. HF attacked Dunmore. HF attacked Kell. HF attacked Veer. "
        "The Marsh Brigade fought the Harrow Union. Its fighters fled.",
        "Its",
        "Marsh Brigade",
    ),
    # Descriptions
    (
        "Police had foiled an attack by the Harrow Front, a rebel outfit, on a school. "
        "Hours later, the group claimed responsibility.",
        "the group",
        "Harrow Front",
    ),
    (
        "What is the Marsh Brigade? The Marsh Brigade is poor. The Marsh Brigade is small. "
        "Police foiled an attack by the Harrow Front. "
        "Hours later, the group claimed responsibility.",
        "the group",
        "Harrow Front",
    ),
    (
        "The Marsh Brigade (MB) is small. MB lost Kell. MB lost Ossel. MB lost Veer. "
        "The Harrow Front captured the town and executed MB fighters. "
        "Currently, Tomas Ardel is the leader of the group.",
        "the group",
        "MB",
    ),
    (
        "The Marsh Brigade lost Kell. "
        "The Harrow Front captured the town and executed Marsh Brigade fighters. "
        "Currently, Tomas Ardel is the leader of the group.",
        "the group",
        None,
    ),
    (
        "HF-North is an enemy of the Marsh Brigade, a rebel group that retook the hills.",
        "a rebel group",
        "Marsh Brigade",
    ),
    ("HF and the Harrow Union fought. The group fled.", "The group", None),
    ("The cleric Yusuf Adeyo spoke. The cleric named no one.", "The cleric", "Yusuf Adeyo"),
    ("The network Harrow Dawn grew. The network had few members.", "The network", "Harrow Dawn"),
    (
        "The Velian army shelled the town. The Harrow Front fled. The army gave no figures.",
        "The army",
        "The Velian army",
    ),
    # What the clause rules out
    ("The Harrow Front is weak. As a result, it came under attack by the Harrow Front.", "it", None),
    (
        "The Marsh Brigade used the raid against the Harrow Front as fodder, portraying it as weak.",
        "it",
        "Harrow Front",
    ),
    ("The Marsh Brigade praised the Harrow Front. The Marsh Brigade joined it.", "it", "Harrow Front"),
    ("Tomas Ardel met Peter Corvin. Peter Corvin thanked him.", "him", "Tomas Ardel"),
    ("Tomas Ardel said that rescuers carried Peter Corvin out before he died.", "he", "Peter Corvin"),
    ("Tomas Ardel said that he would resign.", "he", "Tomas Ardel"),
    ("The Harrow Front said its leader had fled.", "its", "Harrow Front"),
    (
        "When the Marsh Brigade fell, the Harrow Front took the town. It held the bridge.",
        "It",
        "Harrow Front",
    ),
    ("The Marsh Brigade has few men. The Harrow Front has many. Their rivalry is old.", "Their", None),
    # Organisations that a translation calls "she"
    ("The Harrow Front confirmed the raid. She published a photo of the bridge.", "She", "Harrow Front"),
    ("Maria Velin joined the Harrow Front. She published a photo of the bridge.", "She", "Maria Velin"),
    ("The Harrow Front confirmed the raid. She was very tired.", "She", None),
    (
        "The Marsh Brigade fell. The Harrow Front made a film, calling on young men to join the group.",
        "the group",
        "Harrow Front",
    ),
    ("The suspect, identified as Peter Corvin, was held.", "The suspect", "Peter Corvin"),
    (
        "The faction, which came to be known as the Harrow Dawn Front, grew.",
        "The faction",
        "Harrow Dawn Front",
    ),
    # Two of them
    ("Two gunmen entered the bank. Both were shot.", "Both", "Two gunmen"),
    ("Three gunmen entered the bank. Both were shot.", "Both", None),
    ("Police arrested two men near Kell. The two men were armed.", "The two men", "two men"),
    ("The Harrow Front fought the Marsh Brigade. The latter lost.", "The latter", "Marsh Brigade"),
    ("The Harrow Front fought the Marsh Brigade. The former denied it.", "The former", "Harrow Front"),
    ("Tomas Ardel met Peter Corvin. The latter left early.", "The latter", "Peter Corvin"),
    ("The Harrow Front fought the Marsh Brigade and the Harrow Union. The latter lost.", "The latter", None),
    ("The former president resigned.", "The former", None),
    # Nothing to refer to
    ("An attack shook Kell. It killed nine people.", "It", None),
    ("The group fled.", "The group", None),
    ("Rebels met the governor. He left.", "He", "the governor"),
    ("Police found a bomb. It was defused.", "It", None),
    ("The Harrow Front denied that the group was split.", "the group", "Harrow Front"),
    ("The Harrow Front warned the army. The outfit then bombed its barracks.", "The outfit", "Harrow Front"),
    ("The militia, the Harrow Front, took the town.", "The militia", "Harrow Front"),
    ("Governor Maria Velin resigned. The governor gave no reason.", "The governor", "Governor Maria Velin"),
    ("Several hostages were freed. They were flown home.", "They", "Several hostages"),
    ("The Corvin Institute said that the institute had closed.", "the institute", "Corvin Institute"),
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
