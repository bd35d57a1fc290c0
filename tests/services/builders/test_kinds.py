# SPDX-License-Identifier: MIT
"""Kinds of customers, counted by hand; their conditions match what they list."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.builders.kinds import (
    Kind,
    buyers_by_line,
    even_edges,
    kinds_by_line,
    kinds_by_size,
    kinds_by_text,
    product_lines,
)
from app.services.rules.matching import matches
from app.services.workspace import Workspace
from tests.helpers.market_plan import accounts_in, facts_of, market_workspace
from tests.helpers.tiny_plan import SALES


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    opened = market_workspace(tmp_path)
    yield opened
    opened.close()


def listed(plan: Workspace, kinds: tuple[Kind, ...]) -> list[tuple[str, str, float]]:
    return [(kind.label, accounts_in(plan, kind.rows), kind.value) for kind in kinds]


def assert_conditions_match(plan: Workspace, kinds: tuple[Kind, ...]) -> None:
    facts = facts_of(plan)
    for kind in kinds:
        assert np.flatnonzero(matches(kind.condition, facts)).tolist() == kind.rows.tolist()


def test_segments_by_value_with_the_accounts_without_one_at_the_end(plan: Workspace) -> None:
    kinds = kinds_by_text(plan.accounts, facts_of(plan), "segment", plan.accounts.measure(SALES))
    assert listed(plan, kinds) == [
        ("Small", "bdg", 280.0),
        ("Enterprise", "ace", 250.0),
        ("No segment", "fh", 50.0),
    ]
    assert [kind.is_rest for kind in kinds] == [False, False, True]
    assert_conditions_match(plan, kinds)


def test_an_account_belongs_to_the_line_that_it_buys_most_of(plan: Workspace) -> None:
    kinds = kinds_by_line(plan.records.products, facts_of(plan), plan.accounts.measure(SALES))
    assert listed(plan, kinds) == [
        ("Bikes", "abd", 350.0),
        ("Clothing", "cf", 110.0),
        ("Oil", "g", 30.0),
        ("Nothing bought yet", "eh", 90.0),
    ]
    assert_conditions_match(plan, kinds)


def test_buyers_of_a_line_are_all_who_buy_any_of_it(plan: Workspace) -> None:
    kinds = buyers_by_line(plan.records.products, facts_of(plan), plan.accounts.measure(SALES))
    assert listed(plan, kinds) == [
        ("Clothing", "acdf", 410.0),
        ("Bikes", "abd", 350.0),
        ("Oil", "g", 30.0),
    ]
    assert_conditions_match(plan, kinds)


def test_classes_of_size_from_the_largest(plan: Workspace) -> None:
    values = plan.accounts.measure(SALES)
    kinds = kinds_by_size(SALES, values, (50.0, 100.0), values, lambda value: f"{value:.0f}")
    assert listed(plan, kinds) == [
        ("Above 100", "d", 200.0),
        ("50 to 100", "ace", 250.0),
        ("Up to 50", "bfgh", 130.0),
    ]
    assert_conditions_match(plan, kinds)


def test_accounts_without_a_size_are_a_class_of_their_own(plan: Workspace) -> None:
    values = plan.accounts.measure(SALES).copy()
    sizes = values.copy()
    sizes[0] = 0.0
    plan.accounts.measures[SALES][0] = 0.0  # type: ignore[index]
    kinds = kinds_by_size(SALES, sizes, (), values, str)
    assert [(kind.label, len(kind.rows)) for kind in kinds] == [("Any value", 7), ("No value", 1)]
    assert_conditions_match(plan, kinds)


def test_many_small_kinds_are_gathered_in_one(plan: Workspace) -> None:
    accounts = plan.accounts
    words = [(i + 1, f"Kind {i}") for i in range(len(accounts))]
    with plan.document.store.transaction() as tx:
        more = [(i, f"X{i}", f"Kind {i}") for i in range(9, 60)]
        tx.put("account", ("id", "industry"), words)
        tx.put("account", ("id", "external_id", "industry"), more)
    again = Workspace(plan.document, plan.geography)
    ones = np.ones(len(again.accounts))
    kinds = kinds_by_text(again.accounts, facts_of(again), "industry", ones)
    assert len(kinds) == 40
    assert (kinds[-1].label, len(kinds[-1].rows)) == ("20 others", 20)
    assert sorted(np.concatenate([kind.rows for kind in kinds]).tolist()) == list(range(59))
    assert_conditions_match(again, kinds)


def test_product_lines_are_told_apart_as_rules_do(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        tx.put("product", ("id", "line"), [(4, " BIKES "), (5, "")])
    assert product_lines(plan.records.products) == ("Bikes", "Clothing", "Oil")


@given(
    st.lists(st.floats(0.01, 1e7), min_size=1, max_size=60),
    st.integers(2, 5),
)
def test_limits_are_few_ascending_and_leave_no_class_empty(sizes: list[float], wanted: int) -> None:
    values = np.array(sizes)
    edges = even_edges(values, wanted)
    assert len(edges) < wanted
    assert list(edges) == sorted(set(edges))
    limits = [0.0, *edges, np.inf]
    for low, high in pairwise(limits):
        assert ((values > low) & (values <= high)).any()


def test_limits_share_the_total_out_evenly() -> None:
    assert even_edges(np.array([100.0, 50.0, 30.0, 20.0]), 2) == (50.0,)
    assert even_edges(np.zeros(3), 3) == ()
