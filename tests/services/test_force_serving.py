# SPDX-License-Identifier: MIT
"""Rules are asked again only about accounts that were edited, and give what asking all would."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from app.models.ids import AccountId, RuleId
from app.models.measure import INDEX
from app.models.rule import Condition, NumberOperator, NumberTest, Rule, TextOperator, TextTest
from app.services.commands import AddRule, CorrectAccounts, RuleDraft
from app.services.force_serving import ForceServing
from app.services.rules.columns import RuleFacts
from app.services.workspace import Workspace
from tests.helpers.forces import make_territories
from tests.helpers.tiny_plan import tiny_workspace

GOLD = TextTest("segment", TextOperator.IS, ("Gold",))
LOUD = NumberTest("measure:1", NumberOperator.AT_LEAST, (100.0,))


class Parts:
    """Hands out facts of some accounts and remembers of which."""

    def __init__(self, plan: Workspace) -> None:
        self._plan = plan
        self.epoch = 1
        self.asked: list[list[int]] = []

    def of_rows(self, rows: npt.NDArray[np.int64]) -> RuleFacts:
        self.asked.append(rows.tolist())
        return self._plan._rule_facts.of_rows(rows)  # noqa: SLF001  what it hands out is tested


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    make_territories(workspace, "North")
    yield workspace
    workspace.close()


def serving_of(plan: Workspace, parts: Parts, condition: Condition) -> ForceServing:
    made = ForceServing(lambda: plan.rule_facts, parts)
    made.take_positions({plan.territories[0].id: 0})
    made.take_rules([Rule(RuleId(1), "", condition, plan.territories[0].id)])
    return made


def correct(plan: Workspace, serving: ForceServing, account: int, segment: str) -> list[int]:
    """Correct an account; per account the rule that decides then."""
    plan.run(CorrectAccounts((AccountId(account),), "segment", segment))
    serving.note_edited([AccountId(account)])
    first = serving.first_rules(plan.accounts)
    assert first is not None
    return first.tolist()


def test_only_edited_accounts_are_asked_about_again(plan: Workspace) -> None:
    parts = Parts(plan)
    serving = serving_of(plan, parts, GOLD)
    assert serving.first_rules(plan.accounts) is not None
    assert correct(plan, serving, 3, "Gold") == [-1, -1, 0, -1, -1, -1, -1, -1]
    assert correct(plan, serving, 7, "gold") == [-1, -1, 0, -1, -1, -1, 0, -1]
    assert correct(plan, serving, 3, "") == [-1, -1, -1, -1, -1, -1, 0, -1]
    assert parts.asked == [[2], [6], [2]]


def test_all_are_asked_where_other_answers_may_have_changed(plan: Workspace) -> None:
    parts = Parts(plan)
    serving = serving_of(plan, parts, GOLD)
    serving.first_rules(plan.accounts)
    parts.epoch += 1
    assert correct(plan, serving, 3, "Gold")[2] == 0
    assert parts.asked == []


def test_a_measure_that_depends_on_other_accounts_is_asked_of_all(plan: Workspace) -> None:
    parts = Parts(plan)
    index = NumberTest(f"measure:{INDEX}", NumberOperator.AT_LEAST, (0.0,))
    serving = serving_of(plan, parts, index)
    serving.first_rules(plan.accounts)
    correct(plan, serving, 3, "Gold")
    assert parts.asked == []


def test_the_open_plan_asks_so_and_serves_the_same(plan: Workspace) -> None:
    territory = plan.territories[0].id
    plan.run(AddRule(RuleDraft(GOLD, territory)))
    plan.run(AddRule(RuleDraft(LOUD, territory)))
    assert plan.served.rule_row.tolist() == [1, -1, -1, 1, -1, -1, -1, -1]
    plan.run(CorrectAccounts((AccountId(1), AccountId(2)), "segment", "Gold"))
    partly = plan.served.rule_row.tolist()
    assert partly == [0, 0, -1, 1, -1, -1, -1, -1]
    plan.state.reload()
    assert plan.served.rule_row.tolist() == partly
    plan.undo()
    assert plan.served.rule_row.tolist() == [1, -1, -1, 1, -1, -1, -1, -1]


def test_other_facts_only_where_answers_may_be_others(plan: Workspace) -> None:
    facts, families = plan.rule_facts, plan.state.serving.families(plan.accounts)
    assert plan.rule_facts is facts
    plan.run(CorrectAccounts((AccountId(1),), "segment", "Gold"))
    assert plan.rule_facts is not facts
    assert plan.state.serving.families(plan.accounts) is families
    plan.run(CorrectAccounts((AccountId(1),), "family", "Firm"))
    assert plan.state.serving.families(plan.accounts) is not families
