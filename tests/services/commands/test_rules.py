# SPDX-License-Identifier: MIT
"""Commands of rules: what they write, what they refuse, and that undo takes all of it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import RuleId, SalesForceId, ScenarioId, TerritoryId
from app.models.rule import AllOf, Rule, TextOperator, TextTest, Unreadable
from app.services.commands import (
    AddRule,
    ChangeRule,
    CreateTerritory,
    DeleteRules,
    DeleteTerritories,
    MergeTerritories,
    MoveRules,
    ReplaceRules,
    RuleDraft,
    SetRulesEnabled,
    SetTerritoryLock,
)
from app.services.commands.rules import MAX_RULES
from app.services.store.rule_repository import RuleRepository
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace

NORTH, SOUTH = TerritoryId(1), TerritoryId(2)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = tiny_workspace(tmp_path)
    for name in ("North", "South"):
        made.run(CreateTerritory(name))
    for name in "abcd":
        made.run(AddRule(RuleDraft(AllOf(), NORTH, name)))
    yield made
    made.close()


def rules(workspace: Workspace) -> tuple[Rule, ...]:
    return RuleRepository(workspace.document.store).rules(ScenarioId(1), SalesForceId(1))


def names(workspace: Workspace) -> str:
    return "".join(rule.name for rule in rules(workspace))


def ids(workspace: Workspace, wanted: str) -> tuple[RuleId, ...]:
    by_name = {rule.name: rule.id for rule in rules(workspace)}
    return tuple(by_name[name] for name in wanted)


def test_rules_are_added_in_order_with_author_and_time(workspace: Workspace) -> None:
    assert names(workspace) == "abcd"
    assert all(rule.author and rule.changed_at_utc.endswith("Z") for rule in rules(workspace))


def test_a_rule_can_be_added_before_another(workspace: Workspace) -> None:
    changes = workspace.run(AddRule(RuleDraft(AllOf(), SOUTH, "x"), ids(workspace, "b")[0]))
    assert changes.rules
    assert names(workspace) == "axbcd"
    workspace.undo()
    assert names(workspace) == "abcd"


@pytest.mark.parametrize(
    ("moved", "before", "expected"),
    [
        ("d", "a", "dabc"),
        ("a", "", "bcda"),
        ("ca", "d", "bcad"),
        ("ab", "a", "abcd"),
        ("bc", "c", "abcd"),
    ],
)
def test_moving_keeps_the_order_of_the_moved(
    workspace: Workspace, moved: str, before: str, expected: str
) -> None:
    target = ids(workspace, before)[0] if before else None
    workspace.run(MoveRules(ids(workspace, moved), target))
    assert names(workspace) == expected


def test_changing_a_rule_keeps_its_place(workspace: Workspace) -> None:
    condition = TextTest("segment", TextOperator.IS, ("A",))
    rule = ids(workspace, "b")[0]
    workspace.run(ChangeRule(RuleDraft(condition, SOUTH, " b  2 ", notes="why", id=rule)))
    changed = rules(workspace)[1]
    assert (changed.name, changed.condition, changed.territory_id) == ("b 2", condition, SOUTH)
    assert changed.notes == "why"


def test_switching_off_and_on(workspace: Workspace) -> None:
    workspace.run(SetRulesEnabled(ids(workspace, "ac"), is_enabled=False))
    assert [rule.is_enabled for rule in rules(workspace)] == [False, True, False, True]
    assert workspace.run(SetRulesEnabled(ids(workspace, "b"), is_enabled=True)) == Changes()


def test_deleting_and_undo(workspace: Workspace) -> None:
    before = rules(workspace)
    workspace.run(DeleteRules(ids(workspace, "ad")))
    assert names(workspace) == "bc"
    workspace.undo()
    assert rules(workspace) == before


def test_replacing_keeps_author_and_time_of_rules_that_stay(workspace: Workspace) -> None:
    with workspace.document.store.transaction() as tx:
        tx.put("rule", ("id", "author"), [(rule.id, "somebody") for rule in rules(workspace)])
    a, b, *_ = rules(workspace)
    drafts = (RuleDraft.of(b), RuleDraft(AllOf(), SOUTH, "new"), RuleDraft.of(a))
    workspace.run(ReplaceRules(drafts))
    after = rules(workspace)
    assert [rule.name for rule in after] == ["b", "new", "a"]
    assert (after[0], after[2]) == (b, a)
    assert after[1].author != "somebody"
    workspace.undo()
    assert names(workspace) == "abcd"


def test_replacing_by_the_same_changes_nothing(workspace: Workspace) -> None:
    steps = len(workspace.history_steps())
    assert workspace.run(ReplaceRules(tuple(map(RuleDraft.of, rules(workspace))))) == Changes()
    assert len(workspace.history_steps()) == steps


def test_a_rule_that_cannot_be_read_is_kept_as_it_stands(workspace: Workspace) -> None:
    with workspace.document.store.transaction() as tx:
        rule = ids(workspace, "b")[0]
        tx.put("rule", ("id", "condition"), [(rule, '{"newer": 1}')])
    drafts = [RuleDraft.of(rule) for rule in rules(workspace)]
    assert isinstance(drafts[1].condition, Unreadable)
    workspace.run(ReplaceRules(tuple(reversed(drafts))))
    rows = workspace.document.store.rows("SELECT condition FROM rule ORDER BY position")
    assert rows[2][0] == '{"newer": 1}'


def test_deleting_a_territory_takes_its_rules_along(workspace: Workspace) -> None:
    workspace.run(DeleteTerritories((NORTH,), "North"))
    assert names(workspace) == ""
    workspace.undo()
    assert names(workspace) == "abcd"


def test_merging_territories_keeps_what_their_rules_and_families_give(
    workspace: Workspace,
) -> None:
    with workspace.document.store.transaction() as tx:
        tx.put("account", ("id", "family"), [(1, "Acme"), (2, "Acme")])
        columns = ("scenario_id", "family", "territory_id")
        tx.put("family_assignment", columns, [(1, "Acme", NORTH)])
    workspace.run(MergeTerritories(SOUTH, (NORTH,), "South", "North"))
    assert names(workspace) == "abcd"
    assert {rule.territory_id for rule in rules(workspace)} == {SOUTH}
    families = workspace.document.store.rows("SELECT family, territory_id FROM family_assignment")
    assert families == [("Acme", SOUTH)]
    assert set(workspace.account_territory.tolist()) == {0}
    workspace.undo()
    assert {rule.territory_id for rule in rules(workspace)} == {NORTH}


@pytest.mark.parametrize(
    "command",
    [
        AddRule(RuleDraft(AllOf(), TerritoryId(99))),
        AddRule(RuleDraft(AllOf(), NORTH), before=RuleId(99)),
        AddRule(RuleDraft(AllOf(), NORTH, "x" * 201)),
        AddRule(RuleDraft(AllOf(), NORTH, notes="x" * 10_001)),
        AddRule(RuleDraft(TextTest("a", TextOperator.IS, ("x" * 1_000_000,)), NORTH)),
        ChangeRule(RuleDraft(AllOf(), NORTH, id=RuleId(99))),
        MoveRules((RuleId(99),)),
        SetRulesEnabled((RuleId(99),), is_enabled=True),
        ReplaceRules((RuleDraft(AllOf(), NORTH),) * (MAX_RULES + 1)),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(workspace: Workspace, command: AddRule) -> None:
    before = rules(workspace)
    with pytest.raises(EditRejected) as raised:
        workspace.run(command)
    assert raised.value.meaning == "Nothing was changed."
    assert rules(workspace) == before


def test_rules_of_a_locked_territory_stay(workspace: Workspace) -> None:
    workspace.run(SetTerritoryLock(NORTH, is_locked=True))
    rule = rules(workspace)[0]
    for command in (
        AddRule(RuleDraft(AllOf(), NORTH)),
        ChangeRule(RuleDraft(AllOf(), SOUTH, id=rule.id)),
        SetRulesEnabled((rule.id,), is_enabled=False),
        DeleteRules((rule.id,)),
        ReplaceRules(()),
    ):
        with pytest.raises(EditRejected, match="North is locked"):
            workspace.run(command)
    workspace.run(MoveRules((rule.id,)))
    assert names(workspace) == "bcda"
