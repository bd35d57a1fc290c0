# SPDX-License-Identifier: MIT
"""Removing accounts leaves nothing behind that refers to them, and undo brings all of it back."""

import pytest

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import ScenarioId
from app.services.commands.account_removal import remove_accounts
from app.services.commands.base import Edit
from app.services.history import EditHistory
from app.services.store.store import Store
from app.services.store.transaction import Transaction
from tests.helpers.plans import dump_hash, grid_store
from tests.helpers.tiny_geography import tiny_geography


def _fill(tx: Transaction) -> Changes:
    """Accounts 2, 3 and 16 with every kind of row that can refer to an account."""
    tx.put("product", ("id", "name"), [(1, "Example pump")])
    sale = ("id", "account_id", "day", "product_id", "amount")
    tx.put("account_transaction", sale, [(1, 2, 20000, 1, 5.0), (2, 4, 20001, 1, 6.0)])
    tx.put("visit", ("id", "account_id", "day"), [(1, 2, 20000), (2, 3, 20000), (3, 4, 20000)])
    tx.put("account_alias", ("external_id", "account_id"), [("OLD2", 2), ("OLD4", 4)])
    correction = ("account_id", "field", "imported", "at_utc")
    tx.put("account_correction", correction, [(3, "name", "x", "2026-01-01T00:00:00Z")])
    tx.put("separate_accounts", ("account_id", "other_id"), [(1, 2), (2, 4), (4, 5)])
    return Changes()


@pytest.fixture
def store() -> Store:
    """The grid plan with references."""
    made = grid_store()
    EditHistory(made).run("Fill", _fill)
    return made


def _remove(store: Store, *ids: int) -> None:
    def work(tx: Transaction) -> Changes:
        remove_accounts(Edit(tx, tiny_geography(), ScenarioId(1)), ids)
        return Changes(all_accounts=True)

    EditHistory(store).run("Remove", work)


def test_nothing_refers_to_a_removed_account(store: Store) -> None:
    _remove(store, 2, 3, 16, 999)
    assert store.rows("SELECT count(*) FROM account") == [(13,)]
    assert store.rows("SELECT count(*) FROM account_measure") == [(13,)]
    assert store.rows("SELECT id FROM account_transaction") == [(2,)]
    assert store.rows("SELECT id FROM visit") == [(3,)]
    assert store.rows("SELECT external_id FROM account_alias") == [("OLD4",)]
    assert store.rows("SELECT * FROM account_correction") == []
    assert store.rows("SELECT * FROM separate_accounts") == [(4, 5)]
    assert store.rows("SELECT * FROM account_assignment") == []
    assert store.rows("PRAGMA foreign_key_check") == []


def test_the_audit_trail_tells_who_lost_a_named_account(store: Store) -> None:
    _remove(store, 16)
    log = store.rows("SELECT account_id, from_territory, to_territory FROM edit_log")
    assert log[-1] == (16, 1, None)


def test_undo_and_redo_bring_everything_back_exactly(store: Store) -> None:
    before = dump_hash(store)
    _remove(store, 2, 3, 16)
    after = dump_hash(store)
    history = EditHistory(store)
    history.undo()
    assert dump_hash(store) == before
    history.redo()
    assert dump_hash(store) == after


def test_an_account_named_in_a_locked_territory_stays(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("territory", ("id", "scenario_id", "sales_force_id", "name", "is_locked"),
               [(1, 1, 1, "West", 1)])  # fmt: skip
    before = dump_hash(store)
    with pytest.raises(EditRejected, match="West is locked"):
        _remove(store, 2, 16)
    assert dump_hash(store) == before


def test_removing_nothing_leaves_no_step(store: Store) -> None:
    steps = len(EditHistory(store).steps())
    _remove(store)
    assert len(EditHistory(store).steps()) == steps
