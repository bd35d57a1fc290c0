# SPDX-License-Identifier: MIT
"""Which import had an account last, and what happened at it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from app.models.changes import Changes
from app.models.ids import AccountId, StrokeId
from app.services.account_records import AccountActivity, AccountOrigin, AccountRecords
from app.services.commands import CreateTerritory
from app.services.commands.base import Edit
from app.services.importing.outcomes import RowOutcomes
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace

_LEDGER = (
    *("id", "at_utc", "file_name", "kind", "added", "updated", "unchanged", "skipped"),
    *("row_count", "outcomes"),
)
_SOLD = ("id", "external_id", "account_id", "day", "amount", "stage")


@dataclass(frozen=True, slots=True)
class Imported:
    """As if a file with these accounts had been imported; 0 for a row that was left out."""

    file_name: str
    targets: Sequence[int]
    kind: str = "accounts"
    outcomes: str | None = None
    label: str = "Import"
    stroke: StrokeId | None = None

    def apply(self, edit: Edit) -> Changes:
        """Write the ledger alone."""
        count = len(self.targets)
        rows = RowOutcomes(
            np.arange(2, count + 2),
            np.where(np.array(self.targets) > 0, 1, 3).astype(np.uint8),
            np.array(self.targets, dtype=np.int64),
            np.full(count, -1, dtype=np.int32),
        )
        packed = rows.pack() if self.outcomes is None else self.outcomes
        key = edit.tx.next_id("import_ledger")
        entry = (key, f"2026-0{key}-01T00:00:00Z", self.file_name, self.kind, 0, 0, count, 0)
        edit.tx.put("import_ledger", _LEDGER, [(*entry, count, packed)], all_new=True)
        return Changes(records=True)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    yield workspace
    workspace.close()


def files(records: AccountRecords, *accounts: int) -> list[str]:
    found = [records.origin(AccountId(account)) for account in accounts]
    return ["" if origin is None else origin.file_name for origin in found]


def test_the_newest_import_that_had_the_account_counts(plan: Workspace) -> None:
    plan.run(Imported("march.csv", (1, 2, 3)))
    plan.run(Imported("april.csv", (3, 0, 1, 1)))
    records = AccountRecords(plan)
    assert files(records, 4, 3, 2, 1) == ["", "april.csv", "march.csv", "april.csv"]
    assert records.origin(AccountId(2)) == AccountOrigin("march.csv", "2026-01-01T00:00:00Z")


def test_imports_of_something_else_and_older_plans_say_nothing(plan: Workspace) -> None:
    plan.run(Imported("people.csv", (2,), kind="contacts"))
    plan.run(Imported("orders.csv", (1, 2), kind="transactions"))
    plan.run(Imported("old.csv", (1, 2), outcomes=""))
    plan.run(Imported("damaged.csv", (1, 2), outcomes="?"))
    assert files(AccountRecords(plan), 1, 2, 99) == ["", "people.csv", ""]


def test_a_later_import_and_its_undo_are_noticed(plan: Workspace) -> None:
    records = AccountRecords(plan)
    assert files(records, 1) == [""]
    plan.run(Imported("may.csv", (1,)))
    assert files(records, 1) == ["may.csv"]
    plan.undo()
    assert files(records, 1) == [""]


def test_an_older_import_is_only_unpacked_where_it_is_needed(
    plan: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.run(Imported("march.csv", (1, 2)))
    plan.run(Imported("april.csv", (1,)))
    unpacked: list[str] = []
    unpack = RowOutcomes.unpack

    def counting(text: str) -> RowOutcomes | None:
        unpacked.append(text)
        return unpack(text)

    monkeypatch.setattr(RowOutcomes, "unpack", counting)
    records = AccountRecords(plan)
    assert files(records, 1, 1) == ["april.csv", "april.csv"]
    assert len(unpacked) == 1
    assert files(records, 2, 8) == ["march.csv", ""]
    assert len(unpacked) == 2
    plan.run(CreateTerritory("North"))
    assert files(records, 2, 8) == ["march.csv", ""]
    assert len(unpacked) == 2


def test_sales_and_visits_are_counted_with_their_last_day(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        tx.put(
            "account_transaction",
            _SOLD,
            [(1, "O1", 1, 20_000, 10.0, "sale"), (2, "O2", 1, 20_100, None, "open")],
        )
        tx.put("visit", ("id", "account_id", "day"), [(1, 1, 19_000), (2, 3, 19_500)])
    records = AccountRecords(plan)
    assert records.activity(AccountId(1)) == AccountActivity(2, 20_100, 1, 19_000)
    assert records.activity(AccountId(3)) == AccountActivity(0, None, 1, 19_500)
    assert records.activity(AccountId(4)) == AccountActivity()
