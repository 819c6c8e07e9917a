from itertools import combinations

from sourcebook.resolve.coref.chains import chains, incidents, probability
from sourcebook.resolve.coref.documents import likeness, vectors
from sourcebook.resolve.coref.features import features
from sourcebook.resolve.tasks.event_coref import predict_event_coref

NORRBY = (
    "Gunman kills baker in Norrby\nA gunman shot and killed baker Tilda Voss, 54, in Norrby on Monday. "
    "Police said the shooting began outside the Alder Bakery. Voss died at the scene."
)
AGAIN = (
    "Baker Tilda Voss was killed on Monday when a man opened fire at the Alder Bakery in Norrby. "
    "Her death shocked the town. Police arrested a suspect after the shooting."
)
SUNDAL = (
    "Teacher wounded in Sundal\nMarek Oduya, a teacher at Birch School in Sundal, was wounded on Friday. "
    "Police said the shooting began in a car park near Birch School. Oduya is in hospital."
)
SUNDAL_AGAIN = "Marek Oduya of Birch School was injured in a shooting in Sundal on Friday, officials said."
DOCUMENTS = [
    {"doc_id": n, "title": "", "text": t}
    for n, t in {"a": NORRBY, "b": AGAIN, "c": SUNDAL, "d": SUNDAL_AGAIN}.items()
]
WORDS = [
    ("a", "kills"),
    ("a", "shooting"),
    ("a", "died"),
    ("b", "killed"),
    ("b", "death"),
    ("b", "arrested"),
    ("b", "shooting"),
    ("c", "wounded"),
    ("c", "shooting"),
    ("d", "injured"),
    ("d", "shooting"),
]


def mentions():
    texts = {d["doc_id"]: d["text"] for d in DOCUMENTS}
    return [
        {"mention_id": f"{d}.{w}", "doc_id": d, "start": texts[d].index(w), "end": texts[d].index(w) + len(w)}
        for d, w in WORDS
    ]


def test_documents_of_one_incident_share_names_and_others_share_the_words_of_the_trade():
    alike = likeness(vectors([NORRBY, AGAIN, SUNDAL, SUNDAL_AGAIN]))
    within = min(alike[0, 1], alike[2, 3])
    assert all(within > 2 * alike.get(p, 0.0) for p in combinations(range(4), 2) if p not in {(0, 1), (2, 3)})


def test_a_death_told_in_other_words_is_one_chain_and_the_arrest_another():
    made = chains(mentions(), DOCUMENTS)
    assert made["a.kills"] == made["b.killed"] == made["b.death"] == made["a.died"]
    assert made["a.shooting"] == made["b.shooting"]
    assert len({made["a.shooting"], made["b.arrested"], made["a.died"]}) == 3


def test_shootings_of_two_incidents_are_apart():
    made = chains(mentions(), DOCUMENTS)
    assert made["c.shooting"] == made["d.shooting"] != made["a.shooting"]


def test_chains_do_not_depend_on_the_order_of_mentions_or_documents():
    def parts(made):
        return sorted(sorted(m for m in made if made[m] == c) for c in set(made.values()))

    assert parts(chains(mentions(), DOCUMENTS)) == parts(chains(mentions()[::-1], DOCUMENTS[::-1]))


def test_a_pair_has_the_same_features_both_ways():
    groups, pile = incidents(mentions(), DOCUMENTS)
    for one, two in combinations(groups[0], 2):
        assert sorted(features(one, two, pile)) == sorted(features(two, one, pile))
        assert 0 < probability(one, two, pile) < 1


def test_the_task_reads_no_field_that_gives_the_answer_away():
    told = [{**m, "topic": m["doc_id"], "cluster": m["mention_id"]} for m in mentions()]
    given = [{**d, "incident": d["doc_id"], "url": "x"} for d in DOCUMENTS]
    made = predict_event_coref(told, given)
    assert made == predict_event_coref(mentions(), DOCUMENTS)
    assert [m["mention_id"] for m in made] == [m["mention_id"] for m in told]
    assert set(made[0]) == {"mention_id", "doc_id", "start", "end", "cluster"}


def test_no_mentions_give_no_chains():
    assert predict_event_coref([], DOCUMENTS) == []
    assert predict_event_coref([], []) == []
