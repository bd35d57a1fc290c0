# SPDX-License-Identifier: MIT
"""Reading the audit trail, and looking for accounts in the plan file."""

from pathlib import Path

from app.models.ids import AccountId
from app.services.commands import AssignAccounts, CorrectAccounts, CreateTerritory
from app.services.store.account_search import AccountSearch
from app.services.store.edit_log import EditLog
from tests.helpers.tiny_plan import tiny_workspace

A, B, C = AccountId(1), AccountId(2), AccountId(3)


def test_the_last_edit_of_each_account_is_told(tmp_path: Path) -> None:
    plan = tiny_workspace(tmp_path)
    for name in ("East", "West"):
        plan.run(CreateTerritory(name))
    east, west = plan.territories
    plan.run(AssignAccounts((A, B), east.id, "East"))
    plan.run(AssignAccounts((A,), west.id, "West"))
    lines = EditLog(plan.document.store).last_of_accounts(plan.state.scenario, (A, B, C))
    assert {account: line.label for account, line in lines.items()} == {
        A: "Assign 1 account to West by name",
        B: "Assign 2 accounts to East by name",
    }
    assert lines[A].at_utc >= lines[B].at_utc > "2020"
    plan.close()


def test_accounts_are_found_by_name_and_id_in_any_case(tmp_path: Path) -> None:
    plan = tiny_workspace(tmp_path)
    search = AccountSearch(plan.document.store)
    assert [each.external_id for each in search.accounts("EXAMPLE", 3)] == ["a", "b", "c"]
    assert [each.account for each in search.accounts("example C", 9)] == [C]
    assert len(search.accounts("", 99)) == 8
    assert search.accounts("%", 9) == []
    plan.run(CorrectAccounts((A, B), "family", "Big Co"))
    plan.run(CorrectAccounts((C,), "family", "Other"))
    assert sorted(search.families()) == [("Big Co", 2), ("Other", 1)]
    plan.close()
