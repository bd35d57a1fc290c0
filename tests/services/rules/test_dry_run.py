# SPDX-License-Identifier: MIT
"""What a dry run tells, against sums by hand and against doing the edit.

The accounts of the tiny plan: a 100, b 50, c 70 (county 01001), d 200 (county 01002), e 80
(county 02001), f 40 (county 02002), g 30 (France), h 10 (not placed). North holds state 01, South
state 02.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.ids import AccountId, GeoUnitId, RuleId, TerritoryId
from app.models.rule import (
    AllOf,
    Condition,
    Not,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    Rule,
    TextOperator,
    TextTest,
    Unreadable,
)
from app.services.alignment import NOBODY
from app.services.commands import (
    AssignAccounts,
    AssignGeoUnits,
    CreateTerritory,
    ReplaceRules,
    RuleDraft,
    SetKeepsFamilies,
    SetMainMeasure,
    SetTerritoryLock,
)
from app.services.rule_trials import rule_trial
from app.services.rules.dry_run import Amount, Collision, DryRun, Starving, Transfer, dry_run
from app.services.workspace import Workspace
from tests.helpers.conditions import conditions
from tests.helpers.tiny_plan import SALES, tiny_workspace

NORTH, SOUTH, KEY = TerritoryId(1), TerritoryId(2), TerritoryId(3)
LARGE = NumberTest("measure:1", NumberOperator.AT_LEAST, (100.0,))
ANN = TextTest("owner", TextOperator.IS, ("Ann",))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = tiny_workspace(tmp_path)
    for name in ("North", "South", "Key accounts"):
        made.run(CreateTerritory(name))
    made.run(AssignGeoUnits((GeoUnitId("state:01"),), NORTH))
    made.run(AssignGeoUnits((GeoUnitId("state:02"),), SOUTH))
    made.run(SetMainMeasure(SALES))
    yield made
    made.close()


def rule(condition: Condition, territory: TerritoryId, *, is_enabled: bool = True) -> Rule:
    return Rule(RuleId(0), "", condition, territory, is_enabled)


def tried(workspace: Workspace, *rules: Rule) -> DryRun:
    return dry_run(rule_trial(workspace, rules))


def test_who_moves_from_whom_to_whom(workspace: Workspace) -> None:
    run = tried(workspace, rule(LARGE, KEY), rule(ANN, SOUTH))
    # Large: a 100, d 200. Ann's others: b 50 from North, h 10 from nobody.
    assert run.transfers == (
        Transfer(0, 2, Amount(2, 300.0)),
        Transfer(NOBODY, 1, Amount(1, 10.0)),
        Transfer(0, 1, Amount(1, 50.0)),
    )
    assert run.moved == Amount(4, 360.0)
    assert run.moved_rows(run.transfers[0]).tolist() == [0, 3]


def test_what_each_rule_matches_and_decides(workspace: Workspace) -> None:
    run = tried(workspace, rule(LARGE, KEY), rule(ANN, SOUTH))
    assert [(effect.matched, effect.decided) for effect in run.effects] == [
        (Amount(2, 300.0), Amount(2, 300.0)),
        (Amount(3, 160.0), Amount(2, 60.0)),
    ]
    assert run.matched_rows(1).tolist() == [0, 1, 7]
    assert np.flatnonzero(run.after.rule_row == 1).tolist() == [1, 7]


def test_a_named_account_goes_before_rules(workspace: Workspace) -> None:
    workspace.run(AssignAccounts((AccountId(1),), SOUTH))
    run = tried(workspace, rule(LARGE, KEY))
    assert run.effects[0].matched == Amount(2, 300.0)
    assert run.effects[0].decided == Amount(1, 200.0)


def test_accounts_that_rules_with_different_territories_match(workspace: Workspace) -> None:
    run = tried(workspace, rule(LARGE, KEY), rule(ANN, SOUTH), rule(AllOf(), KEY))
    # The last rule leads where the first does, so it collides with the second alone.
    assert run.collisions == (
        Collision(1, 2, Amount(2, 60.0)),
        Collision(0, 1, Amount(1, 100.0)),
    )


def test_rules_that_never_match_and_rules_in_the_shadow_of_others(workspace: Workspace) -> None:
    nobody = TextTest("owner", TextOperator.IS, ("Zoe",))
    both = AllOf((ANN, LARGE))
    run = tried(
        workspace,
        rule(nobody, KEY),
        rule(LARGE, KEY),
        rule(both, SOUTH),
        rule(both, SOUTH, is_enabled=False),
        rule(Unreadable("{}", "It cannot be read."), KEY),
    )
    assert [effect.never_matches for effect in run.effects] == [True, False, False, False, False]
    assert [effect.takers for effect in run.effects] == [(), (), (1,), (), ()]
    assert run.effects[4].problem == "It cannot be read."


def test_territories_that_would_starve(workspace: Workspace) -> None:
    # North serves a, b, c, d: 420 in all. Losing d and c leaves half of the accounts, and less
    # than half of the value.
    pair = PlaceTest(PlaceOperator.IN, (GeoUnitId("county:01002"),))
    bob = TextTest("owner", TextOperator.IS, ("Bob",))
    run = tried(workspace, rule(bob, KEY))
    assert run.starving == (Starving(0, Amount(4, 420.0), Amount(2, 150.0)),)
    assert tried(workspace, rule(pair, KEY)).starving == ()
    everything = tried(workspace, rule(AllOf(), KEY))
    assert [each.position for each in everything.starving] == [0, 1]
    assert everything.starving[1] == Starving(1, Amount(2, 120.0), Amount(0, 0.0))


def test_locked_territories_that_would_change_are_named(workspace: Workspace) -> None:
    workspace.run(SetTerritoryLock(NORTH, is_locked=True))
    assert tried(workspace, rule(ANN, KEY)).blocked == (0,)
    assert tried(workspace, rule(TextTest("owner", TextOperator.IS, ("Cy",)), KEY)).blocked == ()


def test_no_rules_change_nothing(workspace: Workspace) -> None:
    run = tried(workspace)
    assert (run.effects, run.transfers, run.collisions, run.starving) == ((), (), (), ())


def test_rules_that_are_applied_already_move_nobody(workspace: Workspace) -> None:
    workspace.run(ReplaceRules((RuleDraft(LARGE, KEY),)))
    run = tried(workspace, *workspace.state.rules)
    assert run.moved == Amount()
    assert run.effects[0].decided == Amount(2, 300.0)
    assert tried(workspace).transfers == (Transfer(2, 0, Amount(2, 300.0)),)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.one_of(
                conditions(),
                st.sampled_from((LARGE, ANN, Not(ANN), AllOf())),
            ),
            st.sampled_from((NORTH, SOUTH, KEY)),
            st.booleans(),
        ),
        max_size=5,
    )
)
def test_what_is_told_before_is_what_the_edit_then_does(
    workspace: Workspace, entries: list[tuple[Condition, TerritoryId, bool]]
) -> None:
    rules = [rule(condition, to, is_enabled=on) for condition, to, on in entries]
    before = workspace.account_territory.copy()
    run = tried(workspace, *rules)
    changes = workspace.run(ReplaceRules(tuple(map(RuleDraft.of, rules))))
    after = workspace.served
    assert after.territory.tolist() == run.after.territory.tolist()
    assert after.rule_row.tolist() == run.after.rule_row.tolist()
    moved = np.flatnonzero(before != after.territory)
    assert run.moved.accounts == len(moved)
    assert sum(each.amount.accounts for each in run.transfers) == len(moved)
    assert sum(each.decided.accounts for each in run.effects) == int((after.rule_row >= 0).sum())
    if changes.rules:
        workspace.undo()
    assert workspace.account_territory.tolist() == before.tolist()


def test_families_that_follow_their_head_move_with_it(workspace: Workspace) -> None:
    with workspace.document.store.transaction() as tx:
        # d (the large one) is the head of a family with e and g, as its id is the smallest.
        tx.put("account", ("id", "family"), [(4, "D Group"), (5, "D Group"), (7, "D Group")])
    workspace.accounts.forget_text()
    workspace.run(SetKeepsFamilies(workspace.sales_force.id, keeps_families=True))
    run = tried(workspace, rule(LARGE, KEY))
    assert run.after.territory.tolist() == [2, 0, 0, 2, 2, 1, 2, NOBODY]
    assert run.effects[0].decided == Amount(2, 300.0)
    workspace.run(ReplaceRules((RuleDraft(LARGE, KEY),)))
    assert workspace.account_territory.tolist() == run.after.territory.tolist()
