# SPDX-License-Identifier: MIT
"""Every change of a transaction can be taken back by its patch."""

from collections.abc import Iterator

import pytest

from app.models.rows import RowsPatch, TablePatch
from app.services.store.store import Store
from tests.helpers.plans import dump_hash, grid_store, zip_at


@pytest.fixture
def store() -> Iterator[Store]:
    plan = grid_store()
    yield plan
    plan.close()


def test_put_of_some_columns_keeps_the_others_and_fills_in_defaults(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("rep", ("id", "name"), [(1, "Renamed"), (2, "New")])
    found = store.rows("SELECT name, email, capacity_hours FROM rep ORDER BY id")
    assert found == [("Renamed", "ada@example.com", 1600.0), ("New", "", 1600.0)]


def test_a_patch_brings_changed_added_and_deleted_rows_back_and_again(store: Store) -> None:
    before = dump_hash(store)
    with store.transaction() as tx:
        tx.put("rep", ("id", "name"), [(1, "Renamed"), (2, "New")])
        tx.put("account", ("id", "external_id"), [(50, "new")], all_new=True)
        tx.put("account", ("id", "name"), [(50, "named"), (1, "changed")])
        tx.delete("geounit_assignment", [(1, zip_at(0, 0), 1), (1, "zip:none", 1)])
        undo = tx.patch()
    after = dump_hash(store)
    with store.transaction() as tx:
        tx.apply_patch(undo)
        redo = tx.patch()
    assert dump_hash(store) == before
    with store.transaction() as tx:
        tx.apply_patch(redo)
        again = tx.patch()
    assert dump_hash(store) == after
    assert {table.table for table in again.tables} == {table.table for table in undo.tables}


def test_a_change_that_is_taken_back_in_the_same_edit_leaves_no_patch(store: Store) -> None:
    row = (1, zip_at(0, 0), 1)
    columns = ("scenario_id", "geounit_id", "territory_id")
    with store.transaction() as tx:
        tx.delete("geounit_assignment", [row])
        tx.put("geounit_assignment", columns, [row])
        tx.put("geounit_hole", (*columns[:2], "sales_force_id"), [(1, "zip:1", 1)])
        tx.delete("geounit_hole", [(1, "zip:1", 1)])
        tx.put("territory", ("id", "name"), [(1, "West")])
        assert tx.patch() == RowsPatch()


def test_of_two_rows_with_one_key_the_last_counts(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("rep", ("id", "name"), [(7, "a"), (7, "b"), (1, "c"), (1, "d")])
    assert store.rows("SELECT id, name FROM rep ORDER BY id") == [(1, "d"), (7, "b")]


def test_many_rows_take_the_same_way_as_few(store: Store) -> None:
    before = dump_hash(store)
    rows = [(number, f"N{number}") for number in range(100, 1400)]
    with store.transaction() as tx:
        tx.put("account", ("id", "external_id"), rows)
        tx.put("account", ("id", "name"), [(number, "x") for number, _ in rows])
        tx.delete("account", [(number,) for number, _ in rows[:700]])
        values = [(1, number, 1.5) for number, _ in rows[700:]]
        tx.put("account_measure", ("measure_id", "account_id", "value"), values)
        undo = tx.patch()
    assert store.rows("SELECT count(*) FROM account WHERE name = 'x'") == [(600,)]
    with store.transaction() as tx:
        tx.apply_patch(undo)
    assert dump_hash(store) == before


def test_a_bulk_put_after_a_delete_of_the_same_key_restores_the_old_row(store: Store) -> None:
    before = dump_hash(store)
    with store.transaction() as tx:
        tx.delete("geounit_hole", [(1, zip_at(2, 3), 1)])
        tx.delete("account_measure", [(1, 3)])
        columns = ("measure_id", "account_id", "value")
        tx.put("account_measure", columns, [(1, 3, 99.0)], all_new=True)
        undo = tx.patch()
    with store.transaction() as tx:
        tx.apply_patch(undo)
    assert dump_hash(store) == before


def test_next_id_is_free(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.next_id("account") == 17
        assert tx.next_id("import_ledger") == 1


@pytest.mark.parametrize(
    "columns", [("name",), ("id", "nonsense"), ("id", "id"), ("id", "name; DROP TABLE rep")]
)
def test_columns_must_be_those_of_the_table(store: Store, columns: tuple[str, ...]) -> None:
    with store.transaction() as tx, pytest.raises(ValueError, match="rep"):
        tx.put("rep", columns, [tuple(range(len(columns)))])


def test_tables_of_the_history_itself_cannot_be_put(store: Store) -> None:
    with store.transaction() as tx, pytest.raises(KeyError):
        tx.put("edit_log", ("id",), [(1,)])
    with store.transaction() as tx, pytest.raises(ValueError, match="meta"):
        tx.apply_patch(RowsPatch((TablePatch("meta", ("key", "value")),)))
