# SPDX-License-Identifier: MIT
"""The map from owner values to reps, against the tiny plan's table and a count by brute force."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.importing.owners import MatchedBy, RepFinder
from app.services.owner_map import OwnerMap, OwnerRows, owner_map
from app.services.owner_names import name_in_owner, plain_owner
from app.services.store.owner_counts import transaction_owner_counts
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import SALES, tiny_workspace

REPS = (
    Rep(RepId(1), "Ann Lee", external_id="R1", email="ann@example.com"),
    Rep(RepId(2), "Bob Gray", external_id="R2"),
    Rep(RepId(3), "Cy Blue"),
    Rep(RepId(4), "cy blue"),
)


def made(*owners: str, aliases: dict[str, RepId] | None = None) -> OwnerMap:
    """The map of one account per owner, each with a value of 10."""
    rows = OwnerRows(np.array(owners, dtype=object), np.full(len(owners), 10.0), {})
    return owner_map(rows, RepFinder(REPS, aliases), aliases or ())


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    yield workspace
    workspace.close()


def test_the_tiny_plan_by_hand(plan: Workspace) -> None:
    """Ann has a, b, h (160), Bob c, d (270), Cy e, g (110); nobody owns f."""
    rows = OwnerRows(plan.accounts.text("owner"), plan.accounts.measure(SALES), {})
    found = owner_map(rows, RepFinder(plan.reps))
    assert [(x.owner, x.accounts, x.value, x.rep) for x in found.lines] == [
        ("Ann", 3, 160.0, RepId(1)),
        ("Bob", 2, 270.0, RepId(2)),
        ("Cy", 2, 110.0, None),
    ]
    assert found.accounts_without_owner == 1
    assert found.account_line.tolist() == [0, 0, 1, 1, 2, -1, 2, 0]
    assert [line.owner for line in found.unmet] == ["Cy"]


@pytest.mark.parametrize(
    ("owner", "rep", "why"),
    [
        ("r1", 1, MatchedBy.ID),
        ("ANN@example.com", 1, MatchedBy.EMAIL),
        ("Lee, Ann", 1, MatchedBy.NAME),
        ("Bob  Gray (inactive)", 2, MatchedBy.NAME),
        ("Cy Blue", None, MatchedBy.SEVERAL),
        ("Zoe Zimmer", None, MatchedBy.NOTHING),
    ],
)
def test_why_an_owner_means_a_rep(owner: str, rep: int | None, why: MatchedBy) -> None:
    (line,) = made(owner).lines
    assert (line.rep, line.matched_by) == (rep, why)


def test_what_the_user_chose_comes_before_the_name() -> None:
    (line,) = made("Ann Lee", aliases={"ann lee": RepId(2)}).lines
    assert (line.rep, line.matched_by) == (2, MatchedBy.CHOICE)


def test_a_near_name_is_suggested_and_not_taken() -> None:
    (line,) = made("Bob Grey").lines
    assert (line.rep, line.suggestion) == (None, 2)
    assert 0.75 <= line.likeness < 1


@pytest.mark.parametrize("owner", ["zed.quux@example.com", "R3", "R11"])
def test_a_shared_domain_or_a_similar_id_is_no_near_name(owner: str) -> None:
    (line,) = made(owner).lines
    assert (line.rep, line.suggestion) == (None, None)


def test_an_address_suggests_the_rep_of_its_name() -> None:
    (line,) = made("bob.grey@example.org").lines
    assert line.suggestion == 2


def test_spellings_of_one_owner_are_one_line() -> None:
    (line,) = made("bob gray", "Bob Gray", "Bob Gray", "BOB  GRAY (Deactivated User)").lines
    assert line.spellings[0] == line.owner == "Bob Gray"
    assert (line.accounts, line.value, len(line.spellings)) == (4, 40.0, 3)


def test_owners_of_transactions_alone_are_listed() -> None:
    rows = OwnerRows(np.array(["Ann Lee"], dtype=object), np.ones(1), {"ann lee": 3, "Zoe": 2})
    lines = owner_map(rows, RepFinder(REPS)).lines
    assert [(line.owner, line.accounts, line.transactions) for line in lines] == [
        ("ann lee", 1, 3),
        ("Zoe", 0, 2),
    ]


def test_a_choice_is_listed_although_no_row_needs_it_any_more() -> None:
    (line,) = made(aliases={"old name": RepId(1)}).lines
    assert (line.owner, line.accounts, line.matched_by) == ("old name", 0, MatchedBy.CHOICE)


def test_without_accounts_there_is_nothing() -> None:
    assert made().lines == ()
    assert made().accounts_without_owner == 0


@given(st.lists(st.sampled_from(["Ann Lee", "ann  lee", "Bob", " BOB ", "", "  ", "Ä", "ä"])))
def test_counts_and_lines_are_those_of_a_plain_count(owners: list[str]) -> None:
    found = made(*owners)
    wanted = Counter(plain_owner(owner) for owner in owners)
    without = wanted.pop("", 0)
    assert {plain_owner(x.owner): x.accounts for x in found.lines} == dict(wanted)
    assert found.accounts_without_owner == without
    for owner, line in zip(owners, found.account_line.tolist(), strict=True):
        assert (plain_owner(found.lines[line].owner) if line >= 0 else "") == plain_owner(owner)


def test_transactions_are_counted_in_parts(
    plan: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with plan.document.store.transaction() as tx:
        tx.put(
            "account_transaction",
            ("id", "account_id", "day", "owner"),
            [(n, 1, 20_000, ("Ann", "Bob", "")[n % 3]) for n in range(1, 9)],
        )
    whole = list(transaction_owner_counts(plan.document.store))
    assert whole == [Counter({"Ann": 2, "Bob": 3, "": 3})]
    monkeypatch.setattr("app.services.store.owner_counts.ROWS_AT_ONCE", 3)
    parts = list(transaction_owner_counts(plan.document.store))
    assert len(parts) == 3
    assert sum(parts, Counter[str]()) == whole[0]


@pytest.mark.parametrize(
    ("owner", "wanted"),
    [
        ("ann.lee@example.com", ("Ann Lee", "ann.lee@example.com")),
        ("Ann  Lee (Inactive)", ("Ann Lee", "")),
        ("007@example.com", ("007@example.com", "007@example.com")),
        ("a @ b", ("a @ b", "")),
    ],
)
def test_the_name_in_an_owner(owner: str, wanted: tuple[str, str]) -> None:
    assert name_in_owner(owner) == wanted
