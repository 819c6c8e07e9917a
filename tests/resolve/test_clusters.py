from hypothesis import given
from hypothesis import strategies as st

from sourcebook.resolve.clusters import Groups, Link, clusters

IDS = [f"c-{n}" for n in range(9)]
PAIRS = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda p: p[0] != p[1])


@given(st.lists(PAIRS), st.lists(PAIRS))
def test_clusters_partition_the_ids_and_never_hold_a_pair_kept_apart(linked, apart):
    enemies = {frozenset(p) for p in apart}
    made = clusters(IDS, [Link(*p, 0.9, "") for p in linked], enemies)
    assert sorted(i for g in made.groups for i in g) == IDS
    assert not any(pair <= set(g) for g in made.groups for pair in enemies)
    assert len(made.used) + len(made.refused) == len(linked)
    of = {i: set(g) for g in made.groups for i in g}
    for link in made.refused:
        # Nothing is kept apart without a reason: put together, the two groups would hold a pair of enemies.
        assert any(pair <= of[link.left] | of[link.right] for pair in enemies)


@given(st.lists(PAIRS))
def test_without_enemies_clusters_are_the_connected_components(linked):
    made = clusters(IDS, [Link(*p, 0.9, "") for p in linked])
    of = {i: g for g in made.groups for i in g}
    assert all(of[a] is of[b] for a, b in linked)
    # a partition with as many joins as it needs: every group is held together by links alone
    assert sum(len(g) - 1 for g in made.groups) <= len(linked)


@given(st.lists(PAIRS))
def test_a_group_is_named_by_its_first_member_whatever_the_order_of_joining(linked):
    groups = Groups(IDS)
    for left, right in linked:
        groups.join(left, right)
    assert all(groups.name(i) == groups.members(i)[0] for i in IDS)


def test_a_refused_link_comes_back_with_its_reason():
    made = clusters(
        ["a", "b", "c"], [Link("a", "b", 1, "x"), Link("b", "c", 1, "y")], {frozenset(("a", "c"))}
    )
    assert made.groups == [("a", "b"), ("c",)]
    assert [link.why for link in made.refused] == ["y"]
