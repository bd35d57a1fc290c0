# SPDX-License-Identifier: MIT
"""Who reports to whom."""

from hypothesis import given
from hypothesis import strategies as st

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.rep_hierarchy import RepNode, chain_above, closes_loop, rep_tree, reports_of


def rep(number: int, manager: int | None = None) -> Rep:
    above = None if manager is None else RepId(manager)
    return Rep(RepId(number), f"Rep {number}", manager_id=above)


def all_of(nodes: tuple[RepNode, ...]) -> list[int]:
    return [int(n.rep.id) for n in nodes] + [i for n in nodes for i in all_of(n.reports)]


def test_the_tree_shows_each_below_the_manager() -> None:
    tree = rep_tree([rep(3, 2), rep(2, 1), rep(1), rep(4, 1), rep(5, 99)])
    assert [node.rep.id for node in tree] == [1, 5]
    assert [node.rep.id for node in tree[0].reports] == [2, 4]
    assert tree[0].team_size == 3
    assert chain_above(RepId(3), {RepId(3): RepId(2), RepId(2): RepId(1)}) == (2, 1)
    assert reports_of(RepId(1), [rep(3, 2), rep(2, 1), rep(1), rep(4, 1)]) == {2, 3, 4}


def test_a_long_chain_of_managers_is_a_tree_too() -> None:
    tree = rep_tree([rep(1), *(rep(n, n - 1) for n in range(2, 3000))])
    depth, node = 1, tree[0]
    while node.reports:
        depth, node = depth + 1, node.reports[0]
    assert depth == 2999


@given(st.lists(st.one_of(st.none(), st.integers(1, 8)), min_size=8, max_size=8))
def test_everybody_is_in_the_tree_once_even_where_managers_loop(managers: list[int | None]) -> None:
    reps = [rep(n + 1, manager) for n, manager in enumerate(managers)]
    assert sorted(all_of(rep_tree(reps))) == list(range(1, 9))


@given(st.lists(st.integers(0, 7), min_size=8, max_size=8), st.integers(0, 7), st.integers(0, 7))
def test_a_new_manager_closes_a_loop_just_where_walking_up_comes_back(
    raw: list[int], who: int, manager: int
) -> None:
    """Managers have smaller numbers, so there is no loop to begin with."""
    above = {RepId(n): (RepId(m) if m < n else None) for n, m in enumerate(raw)}
    walked = {who}
    at: RepId | None = RepId(manager)
    while at is not None and at not in walked:
        walked.add(at)
        at = above[at]
    assert closes_loop(RepId(who), RepId(manager), above) == (at == who)
