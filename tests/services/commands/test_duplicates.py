# SPDX-License-Identifier: MIT
"""A merge loses nothing, can be taken back, and outlives the next import."""

import json
import random

import pytest

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import AccountId, MeasureId, ScenarioId
from app.services.commands.base import Edit
from app.services.commands.duplicates import KeepSeparate, MergeAccounts
from app.services.duplicates.merging import PLACE, MeasureRule
from app.services.history import EditHistory
from app.services.store.store import Store
from app.services.store.transaction import Transaction
from tests.helpers.plans import dump_hash, grid_store
from tests.helpers.tiny_geography import tiny_geography

ONE, TWO, THREE, NAMED = AccountId(1), AccountId(2), AccountId(3), AccountId(16)
SALES, VISITS = MeasureId(1), MeasureId(2)


def _fill(tx: Transaction) -> Changes:
    """Accounts 1 and 2 with addresses, records and decisions."""
    columns = ("id", "name", "street", "phone", "owner", "extra", "gone_since")
    first = (1, "Acme", "1 Main St", "", "Ann", json.dumps({"Tier": "A", "Fax": ""}), "2026-01-01")
    second = (
        2,
        "ACME, Inc.",
        "1 Main Street",
        "555 0100",
        "",
        json.dumps({"Tier": "B", "Fax": "9"}),
        "",
    )
    tx.put("account", columns, [first, second])
    tx.put("measure", ("id", "name", "kind"), [(2, "Visits", "count")])
    tx.put("account_measure", ("measure_id", "account_id", "value"), [(2, 2, 7.0)])
    sale = ("id", "account_id", "day", "amount")
    tx.put(
        "account_transaction", sale, [(1, 1, 20000, 5.0), (2, 2, 20001, 6.0), (3, 3, 20001, 1.0)]
    )
    tx.put("visit", ("id", "account_id", "day"), [(1, 2, 20000)])
    tx.put("account_alias", ("external_id", "account_id"), [("OLD2", 2)])
    tx.put("separate_accounts", ("account_id", "other_id"), [(2, 3), (1, 5)])
    return Changes()


@pytest.fixture
def store() -> Store:
    """The grid plan with two accounts that are one."""
    made = grid_store()
    EditHistory(made).run("Fill", _fill)
    return made


def _run(store: Store, command: MergeAccounts | KeepSeparate) -> Changes:
    def work(tx: Transaction) -> Changes:
        return command.apply(Edit(tx, tiny_geography(), ScenarioId(1)))

    return EditHistory(store).run(command.label, work)


def _merge(*others: AccountId, survivor: AccountId = ONE, **fields: AccountId) -> MergeAccounts:
    return MergeAccounts(survivor, others or (TWO,), "Acme", sources=fields)


def test_the_survivor_takes_the_chosen_values_and_keeps_the_rest(store: Store) -> None:
    _run(store, _merge(phone=TWO, street=TWO))
    found = store.rows("SELECT name, street, phone, owner FROM account WHERE id = 1")
    assert found == [("Acme", "1 Main Street", "555 0100", "Ann")]
    assert store.rows("SELECT count(*) FROM account") == [(15,)]


def test_the_place_moves_as_a_whole(store: Store) -> None:
    before = store.rows("SELECT lon, lat, placed_by, country, zip_code FROM account WHERE id = 2")
    _run(store, _merge(**{PLACE: TWO}))
    columns = "lon, lat, placed_by, country, zip_code"
    assert store.rows(f"SELECT {columns} FROM account WHERE id = 1") == before  # noqa: S608 fixed words
    corrected = store.rows("SELECT imported FROM account_correction WHERE field = 'place'")
    assert corrected == [("40.0, -100.0",)]


def test_transactions_and_visits_move(store: Store) -> None:
    _run(store, _merge())
    moved = store.rows("SELECT id, account_id FROM account_transaction ORDER BY id")
    assert moved == [(1, 1), (2, 1), (3, 3)]
    assert store.rows("SELECT account_id FROM visit") == [(1,)]


@pytest.mark.parametrize(
    ("rule", "sales"),
    [(MeasureRule.SUM, 30.0), (MeasureRule.LARGEST, 20.0), (MeasureRule.KEEP, 10.0)],
)
def test_measures_follow_their_rule(store: Store, rule: MeasureRule, sales: float) -> None:
    _run(store, MergeAccounts(ONE, (TWO,), "Acme", rules={SALES: rule}))
    values = store.rows("SELECT measure_id, value FROM account_measure WHERE account_id = 1")
    # Sales were 10 and 20; only the second account had visits, so there is nothing to choose.
    assert values == [(1, sales), (2, 7.0)]


def test_the_next_import_finds_the_survivor_under_every_id(store: Store) -> None:
    _run(store, _merge())
    assert store.rows("SELECT * FROM account_alias ORDER BY 1") == [("G2", 1), ("OLD2", 1)]


def test_what_was_chosen_from_another_is_a_correction(store: Store) -> None:
    _run(store, _merge(phone=TWO, street=TWO))
    found = store.rows("SELECT field, imported FROM account_correction ORDER BY field")
    # The name was not changed, but a file may still call it "ACME, Inc." under the other id.
    assert found == [("name", "ACME, Inc."), ("phone", ""), ("street", "1 Main St")]


def test_an_earlier_correction_keeps_what_the_file_said(store: Store) -> None:
    with store.transaction() as tx:
        columns = ("account_id", "field", "imported", "at_utc")
        tx.put("account_correction", columns, [(1, "street", "1 Mian", "2026-01-01T00:00:00Z")])
    _run(store, _merge(street=TWO))
    found = store.rows("SELECT imported FROM account_correction WHERE field = 'street'")
    assert found == [("1 Mian",)]


def test_kept_columns_are_joined(store: Store) -> None:
    _run(store, _merge())
    found = store.rows("SELECT extra FROM account WHERE id = 1")
    assert json.loads(str(found[0][0])) == {"Tier": "A", "Fax": "9"}


def test_one_that_is_still_in_the_file_keeps_the_merged_account(store: Store) -> None:
    _run(store, _merge())
    assert store.rows("SELECT gone_since FROM account WHERE id = 1") == [("",)]


def test_decisions_about_the_others_hold_for_the_survivor(store: Store) -> None:
    _run(store, _merge())
    assert store.rows("SELECT * FROM separate_accounts ORDER BY 1, 2") == [(1, 3), (1, 5)]


def test_the_only_named_assignment_moves(store: Store) -> None:
    _run(store, _merge(NAMED))
    assert store.rows("SELECT * FROM account_assignment") == [(1, 1, 1)]
    log = store.rows(
        "SELECT account_id, from_territory, to_territory FROM edit_log ORDER BY id DESC LIMIT 2"
    )
    assert sorted(log, key=str) == [(1, None, 1), (16, 1, None)]


def test_of_two_named_assignments_that_of_the_survivor_stays(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("account_assignment", ("scenario_id", "account_id", "territory_id"), [(1, 1, 2)])
    _run(store, _merge(NAMED))
    assert store.rows("SELECT * FROM account_assignment") == [(1, 1, 2)]


def test_a_locked_territory_does_not_lose_a_customer(store: Store) -> None:
    _lock(store)
    with store.transaction() as tx:
        tx.put("account_assignment", ("scenario_id", "account_id", "territory_id"), [(1, 1, 2)])
    before = dump_hash(store)
    with pytest.raises(EditRejected, match="West is locked"):
        _run(store, _merge(NAMED))
    assert dump_hash(store) == before


def test_a_locked_territory_may_keep_the_merged_customer(store: Store) -> None:
    _lock(store)
    _run(store, _merge(NAMED))
    assert store.rows("SELECT * FROM account_assignment") == [(1, 1, 1)]


def test_undo_and_redo_restore_everything_exactly(store: Store) -> None:
    before = dump_hash(store)
    _run(store, _merge(TWO, THREE, NAMED, phone=TWO, **{PLACE: THREE}))
    after = dump_hash(store)
    assert store.rows("PRAGMA foreign_key_check") == []
    history = EditHistory(store)
    history.undo()
    assert dump_hash(store) == before
    history.redo()
    assert dump_hash(store) == after


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_random_walk_can_be_undone_to_the_start_and_redone_to_the_end(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    hashes = [dump_hash(store)]
    for _ in range(6):
        left = [AccountId(int(row[0] or 0)) for row in store.rows("SELECT id FROM account")]
        members = chance.sample(left, 3)
        if chance.random() < 0.3:
            _run(store, KeepSeparate(((members[0], members[1]),)))
        else:
            fields = {name: chance.choice(members) for name in ("name", "phone", PLACE)}
            rules = {SALES: chance.choice(list(MeasureRule)), VISITS: MeasureRule.SUM}
            _run(store, MergeAccounts(members[0], tuple(members[1:]), "Acme", fields, rules))
        assert store.rows("PRAGMA foreign_key_check") == []
        hashes.append(dump_hash(store))
    history = EditHistory(store)
    for expected in reversed(hashes[:-1]):
        history.undo()
        assert dump_hash(store) == expected
    for expected in hashes[1:]:
        history.redo()
        assert dump_hash(store) == expected


def test_a_merge_adds_up_to_the_same_total(store: Store) -> None:
    before = store.rows("SELECT sum(value) FROM account_measure WHERE measure_id = 1")
    _run(store, MergeAccounts(ONE, (TWO, THREE), "Acme", rules={SALES: MeasureRule.SUM}))
    assert store.rows("SELECT sum(value) FROM account_measure WHERE measure_id = 1") == before


def test_merging_what_is_gone_is_refused(store: Store) -> None:
    _run(store, _merge())
    before = dump_hash(store)
    with pytest.raises(EditRejected, match="no longer in the plan"):
        _run(store, _merge())
    assert dump_hash(store) == before


def test_keeping_separate_is_remembered_once_in_order(store: Store) -> None:
    changes = _run(store, KeepSeparate(((TWO, ONE), (ONE, TWO), (THREE, ONE))))
    assert changes == Changes(records=True)
    found = store.rows("SELECT * FROM separate_accounts ORDER BY 1, 2")
    assert found == [(1, 2), (1, 3), (1, 5), (2, 3)]


def _lock(store: Store) -> None:
    columns = ("id", "scenario_id", "sales_force_id", "name", "is_locked")
    with store.transaction() as tx:
        tx.put("territory", columns, [(1, 1, 1, "West", 1)])
