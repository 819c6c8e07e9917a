"""Entities of small invented piles."""

from __future__ import annotations

import pytest
from tests.factories import Writing

from sourcebook.model import Argument, Claim, Entity, Form, Mention, MentionId, MentionKind
from sourcebook.resolve.entities import EntityResolution, entities

GROUP, PERSON, PLACE = MentionKind.ARMED_GROUP, MentionKind.PERSON, MentionKind.PLACE


def writing(names: str, sequence: int = 0, kind: MentionKind = GROUP) -> Writing:
    """A document that consists of names; "A = B" is an alias claim."""
    document = Writing(names, path=f"{sequence}.txt", sequence=sequence)
    for line in names.split("; "):
        ids = [document.mention(part, kind) for part in line.split(" = ")]
        if len(ids) == 2:
            relate(document, "alias", ids[0], ids[1])
    return document


def relate(document: Writing, predicate: str, subject: MentionId, other: MentionId) -> None:
    at = next(m.span for m in document.mentions if m.id == other)
    arguments = (Argument("subject", subject), Argument("object", other))
    document.claims.append(Claim(predicate=predicate, trigger=at, evidence=at, arguments=arguments))


def resolved(
    *documents: Writing, apart: tuple[tuple[str, str], ...] = (), same: tuple[tuple[str, str], ...] = ()
) -> EntityResolution:
    mentions = [m for d in documents for m in d.mentions]
    claims = [c for d in documents for c in d.claims]

    def ids(pairs: tuple[tuple[str, str], ...]) -> list[tuple[MentionId, MentionId]]:
        return [(which(mentions, a), which(mentions, b)) for a, b in pairs]

    return entities([d.document for d in documents], mentions, claims, ids(apart), ids(same))


def which(mentions: list[Mention], words: str) -> MentionId:
    return next(m.id for m in mentions if m.exact == words)


def names_of(found: EntityResolution) -> list[set[str]]:
    return [{a.name for a in e.aliases} for e in found.entities]


ONE = [
    ("Harrow Liberation Front", "the Harrow Liberation Front"),
    ("Harrow Liberation Front = HLF", "HLF"),
    ("Harrow Liberation Front", "HLF"),
    ("Tehrik-i-Norul Orland", "Tehreek-e-Norul Orland"),
    ("Front of Harrow Liberation", "Harrow Liberation Front"),
    ("Ejército de Liberación Velian", "Velian Liberation Army"),
    ("Harrow State = HS; HS-Norland; Harrow State Norland Province", "HS-N"),
    ("Harrow State; Harrow State Norland Province", "Norland Wilayat"),
    ("Harrow State; Harrow State Norland Province", "Harrow State of Norland"),
]


@pytest.mark.parametrize(("first", "second"), ONE)
def test_names_of_one_group_across_documents_are_one_entity(first: str, second: str) -> None:
    found = resolved(writing(first), writing(second, 1))
    last = which(list(writing(second, 1).mentions), second)
    owner = next(e for e in found.entities if last in e.mentions)
    assert {x.id for x in writing(first).mentions} & set(owner.mentions)


TWO = [
    ("Harrow State", "Harrow State Norland Province"),
    ("Harrow State; Harrow State Norland Province", "Harrow State Sudland Province"),
    ("Islamic Movement of Orland", "Islamic Movement of Velia"),
    ("Harrow Liberation Front = HLF", "Hill Labour Federation = HLF"),
    ("Harrow Front", "Orland Front"),
    ("Tehrik-i-Norul Orland", "Tehrik-i-Norul Velia"),
]


@pytest.mark.parametrize(("first", "second"), TWO)
def test_names_of_two_groups_stay_apart(first: str, second: str) -> None:
    found = resolved(writing(first), writing(second, 1))
    mine = {x.id for x in writing(first).mentions}
    others = {x.id for x in writing(second, 1).mentions}
    assert not any(mine & set(e.mentions) and others & set(e.mentions) for e in found.entities)


def test_a_branch_is_listed_as_not_the_same_as_its_parent() -> None:
    found = resolved(writing("Harrow State"), writing("Harrow State Norland Province", 1))
    assert [e.not_same_as for e in found.entities] == [(found.entities[1].id,), (found.entities[0].id,)]


def test_a_place_and_a_group_of_one_name_are_two() -> None:
    assert len(resolved(writing("Norland", kind=PLACE), writing("Norland", 1)).entities) == 2


def test_a_surname_joins_the_full_name_of_its_document_only() -> None:
    found = resolved(writing("Tomas Ardel; Ardel", kind=PERSON), writing("Ardel; Peter Ardel", 1, PERSON))
    assert names_of(found) == [{"Tomas Ardel", "Ardel"}, {"Ardel", "Peter Ardel"}]


def test_a_surname_with_two_full_names_beside_it_stays_alone() -> None:
    found = resolved(writing("Tomas Ardel; Peter Ardel; Ardel", kind=PERSON))
    assert len(found.entities) == 3


def test_persons_are_one_under_two_transliterations() -> None:
    assert (
        len(
            resolved(
                writing("Yusuf Suleymanov", kind=PERSON), writing("Yousef Soleimanov", 1, PERSON)
            ).entities
        )
        == 1
    )


def test_groups_in_a_stated_relation_are_two_even_where_an_acronym_would_join_them() -> None:
    first = writing("Harrow Liberation Front; HLF-R")
    relate(first, "rival", first.mentions[0].id, first.mentions[1].id)
    assert len(resolved(first).entities) == 2


def test_somebody_without_a_name_is_an_entity_only_with_a_role_and_never_across_documents() -> None:
    documents = [Writing("a hospital official and a clerk", path=f"{n}.txt", sequence=n) for n in (0, 1)]
    for document in documents:
        official = document.mention("a hospital official", PERSON, form=Form.NOMINAL)
        document.mention("a clerk", PERSON, form=Form.NOMINAL)
        relate(document, "member", official, official)
    assert [e.name for e in resolved(*documents).entities] == ["hospital official"] * 2


def test_an_antecedent_belongs_to_the_entity_of_its_name() -> None:
    document = Writing("Harrow Front ... the group")
    front = document.group("Harrow Front")
    document.mention("the group", GROUP, form=Form.NOMINAL)
    document.mentions[-1] = Mention(
        span=document.span("the group"), exact="the group", kind=GROUP, form=Form.NOMINAL, antecedent=front
    )
    assert [len(e.mentions) for e in resolved(document).entities] == [2]


def test_a_person_may_join_what_the_names_hold_apart() -> None:
    pile = (writing("Harrow State"), writing("Harrow State Norland Province", 1))
    assert len(resolved(*pile, same=(("Harrow State", "Harrow State Norland Province"),)).entities) == 1


def test_a_person_may_split_what_the_names_join_and_the_link_comes_back_as_a_proposal() -> None:
    pile = (writing("Harrow Front"), writing("the Harrow Front", 1))
    found = resolved(*pile, apart=(("Harrow Front", "the Harrow Front"),))
    assert len(found.entities) == 2
    assert ["a reviewer decided so" in p.why for p in found.proposals] == [True]


def test_the_id_comes_from_the_earliest_mention_and_survives_a_later_document() -> None:
    first = resolved(writing("Harrow Front")).entities[0].id
    assert resolved(writing("Harrow Front"), writing("Harrow Front", 1)).entities[0].id == first


def test_the_name_is_the_one_that_the_acronym_abbreviates() -> None:
    found: Entity = resolved(writing("HLF = Harrow Liberation Front")).entities[0]
    assert found.name == "Harrow Liberation Front"
    assert any("HLF" in why for why in found.joined)


def test_every_mention_of_an_entity_points_to_it() -> None:
    found = resolved(writing("Harrow Front; Orland Army"), writing("Harrow Front", 1))
    assert {m: e.id for e in found.entities for m in e.mentions} == found.entity_of


def test_a_pronoun_that_stands_for_nobody_known_is_no_entity() -> None:
    document = Writing("it and a clerk")
    it = document.mention("it", GROUP, form=Form.PRONOUN)
    relate(document, "rival", it, document.mention("a clerk", PERSON, form=Form.NOMINAL))
    assert [e.name for e in resolved(document).entities] == ["clerk"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harrow Dawn", "Pakistani Harrow Dawn"),
        ("Harrow Dawn", "Harrow Dawn Uzbekistan"),
        ("Movement of Harrow Dawn Tajikistan", "Harrow Dawn"),
        ("Orland Security Pact", "Joint Staff of the Orland Security Pact"),
    ],
)
def test_a_part_or_a_country_s_own_is_another_actor_and_no_question(one: str, other: str) -> None:
    found = resolved(writing(one), writing(other, 1))
    assert len(found.entities) == 2
    assert found.proposals == []
    assert found.entities[0].not_same_as == (found.entities[1].id,)


def test_names_alike_for_another_reason_stay_a_question() -> None:
    assert len(resolved(writing("Harrow Dawn"), writing("Velmar Harrow Dawn", 1)).proposals) == 1


def test_a_claim_that_keeps_two_names_apart_is_named_in_the_question() -> None:
    pile = writing("Harrow Front = HLF; the Harrow Front Party")
    relate(pile, "rival", which(pile.mentions, "HLF"), which(pile.mentions, "the Harrow Front Party"))
    other = writing("Harrow Front Party = HLF", 1)
    found = resolved(pile, other)
    assert any(pile.claims[-1].id in p.why for p in found.proposals), found.proposals
