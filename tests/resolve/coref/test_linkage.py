from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sourcebook.resolve.coref.linkage import linked


def test_a_weak_third_is_judged_by_its_average_with_both():
    near = {(0, 1): 0.9, (1, 2): 0.7}
    assert linked(3, near, 0.5) == [0, 0, 2]
    assert linked(3, near | {(0, 2): 0.4}, 0.5) == [0, 0, 0]


def test_nothing_alike_is_nothing_joined():
    assert linked(4, {}, 0.1) == [0, 1, 2, 3]


LIKENESS = st.dictionaries(
    st.sampled_from(list(combinations(range(7), 2))), st.floats(0.0, 1.0, allow_nan=False), max_size=15
)


@given(LIKENESS, st.floats(0.05, 0.95))
def test_clusters_are_named_by_their_first_and_no_two_of_them_are_alike_enough(likeness, least):
    made = linked(7, likeness, least)
    assert all(first <= n and made[first] == first for n, first in enumerate(made))
    groups = [[n for n in range(7) if made[n] == first] for first in sorted(set(made))]
    for one, two in combinations(groups, 2):
        total = sum(likeness.get((min(a, b), max(a, b)), 0.0) for a in one for b in two)
        assert total / (len(one) * len(two)) < least + 1e-9
