# SPDX-License-Identifier: MIT
"""The ledger: its sum is the file, and every row can be named again."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.ids import AccountId
from app.services.import_targets import (
    NO_LONGER_THERE,
    accounts_of_targets,
    names_of_targets,
)
from app.services.importing.commands import import_command
from app.services.importing.fields import TableKind
from app.services.importing.ledger import agrees, read_detail, read_ledger, read_outcomes
from app.services.importing.outcomes import Outcome, RowOutcomes
from app.services.importing.readers import read_tables
from app.services.importing.repairs import Repairs
from app.services.importing.table import ImportedTable
from app.services.ledger_rows import LedgerRows, ledger_rows
from app.services.store.document import AppFolders
from app.services.store.store import Store
from app.services.workspace import Workspace
from tests.helpers.shared import SHARED, needs_shared
from tests.services.importing.plans import again, bring_in, drafts_of, hands_of, shipped_geography
from tests.services.importing.tables import made

ACCOUNTS = made(
    "Account ID, Account Name, City, State, ZIP, Owner, Annual Revenue",
    ("A1", "Company 1", "Cambridge", "MA", "02139", "Ann Lee", "100"),
    ("A2", "Company 2", "Cambridge", "MA", "02139", "Ann Lee", "many"),
    ("", "Company 3", "Cambridge", "MA", "02139", "Bob Gray", "300"),
    ("A4", "Company 4", "Cambridge", "MA", "02139", "Bob Gray", "400"),
)
REPS = made("User ID, Full Name, Email", ("R1", "Ann Lee", "ann@example.com"))
SALES = made(
    "Order ID, Account ID, Order Date, Amount",
    ("O1", "A1", "2026-01-05", "10"),
    ("O2", "A4", "2026-02-05", "20"),
    ("O3", "A9", "2026-02-06", "30"),
)

_MESSY = [p for p in sorted((SHARED / "samples" / "messy").glob("*.*")) if p.suffix != ".md"]


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """A plan with three imports, as the window opens it."""
    folders = AppFolders(tmp_path / "work", tmp_path / "backups", tmp_path / "logs")
    geography = shipped_geography()
    opened = Workspace.create(tmp_path / "made.evenfield", folders, geography, "Made")
    for table in (REPS, ACCOUNTS, SALES):
        import_into(opened, table)
    yield opened
    opened.close()


def import_into(plan: Workspace, *tables: ImportedTable) -> None:
    store = plan.document.store
    plan.run(import_command(*drafts_of(store, hands_of(store, *tables))))


def rows_of(plan: Workspace, place: int) -> LedgerRows:
    entry = read_ledger(plan.document.store)[place]
    packed = read_outcomes(plan.document.store, entry.id)
    found = ledger_rows(packed, names_of_targets(plan, entry.kind))
    assert found is not None
    assert agrees(entry, found.outcomes)
    return found


def test_the_newest_import_comes_first_and_sums_up_to_its_file(plan: Workspace) -> None:
    entries = read_ledger(plan.document.store)
    assert [(e.kind, e.row_count, e.added, e.skipped) for e in entries] == [
        (TableKind.TRANSACTIONS, 3, 2, 1),
        (TableKind.ACCOUNTS, 4, 3, 1),
        (TableKind.REPS, 1, 1, 0),
    ]
    assert all(e.accounted == e.row_count for e in entries)
    assert entries[0].title == "Sales or deals"


def test_every_row_says_what_it_became_and_why(plan: Workspace) -> None:
    found = rows_of(plan, 1)
    assert found.outcomes.row_numbers.tolist() == [2, 3, 4, 5]
    assert found.words.tolist() == ["Added", "Added", "Left out", "Added"]
    assert found.names.tolist() == ["Company 1", "Company 2", "", "Company 4"]
    assert found.sentences.tolist()[0] == ""
    assert "id is empty" in found.sentences.tolist()[2]


def test_transactions_are_named_by_their_account_and_reps_by_themselves(plan: Workspace) -> None:
    assert rows_of(plan, 0).names.tolist() == ["Company 1", "Company 4", ""]
    assert rows_of(plan, 2).names.tolist() == ["Ann Lee"]


def test_an_account_that_is_gone_since_is_named_so(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        tx.delete("account_measure", [(1, 1), (2, 1)])
        tx.delete("account_transaction", [(1,)])
        tx.delete("account", [(1,)])
    ids = np.array([1, 2, 0, 9], dtype=np.int64)
    plan.accounts.ids = plan.accounts.ids[1:]
    plan.accounts.forget_text()
    names = names_of_targets(plan, TableKind.ACCOUNTS)(ids)
    assert names.tolist() == [NO_LONGER_THERE, "Company 2", "", NO_LONGER_THERE]
    assert accounts_of_targets(plan, TableKind.ACCOUNTS, ids).tolist() == [0, 2, 0, 0]
    assert accounts_of_targets(plan, TableKind.REPS, ids).tolist() == [0, 0, 0, 0]
    assert plan.records.account(AccountId(1)) is None


def test_undoing_an_import_takes_it_out_of_the_ledger(plan: Workspace) -> None:
    plan.undo()
    assert len(read_ledger(plan.document.store)) == 2


def test_problems_and_repairs_are_kept() -> None:
    store = Store.in_memory()
    again(store, ACCOUNTS, repairs=Repairs().with_values("Annual Revenue", {"many": "200"}))
    (entry,) = read_ledger(store)
    detail = read_detail(store, entry.id)
    assert [(p.kind, p.count) for p in detail.problems if p.kind == "no_id"] == [("no_id", 1)]
    assert detail.replaced == {"Annual Revenue": {"many": "200"}}
    assert detail.fields["Account ID"] == "external_id"


@pytest.mark.parametrize(
    "detail",
    ["[]", "{}", '"x"', '{"problems": [1, [2], ["a", "b", "c", "d"]], "mapping": {"columns": 3}}'],
)
def test_a_detail_that_is_something_else_says_nothing(detail: str) -> None:
    store = Store.in_memory()
    bring_in(store, REPS)
    with store.transaction() as tx:
        tx.put("import_ledger", ("id", "detail", "kind", "outcomes"), [(1, detail, "odd", "odd")])
    (entry,) = read_ledger(store)
    found = read_detail(store, 1)
    assert (entry.kind, entry.title, found.problems, found.fields) == (None, "Other", (), {})
    assert RowOutcomes.unpack(read_outcomes(store, 1)) is None
    assert read_detail(store, 99).problems == ()
    assert read_outcomes(store, 99) == ""


def test_rows_are_searched_by_name_sentence_and_number(plan: Workspace) -> None:
    found = rows_of(plan, 1)
    assert found.kept(text="company 4").tolist() == [False, False, False, True]
    assert found.kept(text="ID IS empty").tolist() == [False, False, True, False]
    assert found.kept(text="5").tolist() == [False, False, False, True]
    assert found.kept(Outcome.ADDED, "company").tolist() == [True, True, False, True]
    assert found.kept(Outcome.SKIPPED).tolist() == [False, False, True, False]


def test_rows_go_into_a_sheet(plan: Workspace) -> None:
    table = rows_of(plan, 1).as_table("made rows", "Account", np.array([2, 0]))
    assert [column.header for column in table.columns] == [
        *("Row of the file", "Outcome", "Account", "Why"),
    ]
    assert list(table.columns[0].cells) == [4.0, 2.0]
    assert list(table.columns[1].cells) == ["Left out", "Added"]


@given(st.lists(st.tuples(st.sampled_from(Outcome), st.sampled_from(["", "x", "Yz"])), max_size=30))
def test_the_chips_share_out_all_rows(rows: list[tuple[Outcome, str]]) -> None:
    outcomes = RowOutcomes(
        np.arange(2, len(rows) + 2, dtype=np.int64),
        np.array([code for code, _ in rows], dtype=np.uint8),
        np.zeros(len(rows), dtype=np.int64),
        np.array([("x", "Yz").index(t) if t else -1 for _, t in rows], dtype=np.int32),
        ("x", "Yz"),
    )
    found = LedgerRows(outcomes, np.array([""] * len(rows), dtype=object))
    assert sum(int(found.kept(code).sum()) for code in Outcome) == len(rows)
    assert found.sentences.tolist() == [text for _, text in rows]
    assert found.kept(text="yZ").tolist() == [text == "Yz" for _, text in rows]


@needs_shared
@pytest.mark.parametrize("path", _MESSY, ids=lambda path: path.name)
def test_the_sum_is_every_row_of_a_real_file(path: Path) -> None:
    store = Store.in_memory()
    tables = read_tables(path)
    hands = [hand for hand in hands_of(store, *tables) if hand.mapping.has_identity]
    assert hands
    bring_in(store, *(hand.table for hand in hands))
    for entry in read_ledger(store):
        outcomes = RowOutcomes.unpack(read_outcomes(store, entry.id))
        assert outcomes is not None
        assert agrees(entry, outcomes)
        assert entry.accounted == entry.row_count == len(outcomes)
    assert sum(e.row_count for e in read_ledger(store)) == sum(len(hand.table) for hand in hands)


def test_the_detail_is_plain_json() -> None:
    store = Store.in_memory()
    bring_in(store, ACCOUNTS)
    ((detail,),) = store.rows("SELECT detail FROM import_ledger")
    assert set(json.loads(str(detail))) == {"headers", "mapping", "repairs", "problems"}
