# SPDX-License-Identifier: MIT
"""One edit is one transaction: written whole or not at all, refused with a sentence."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.errors import EditRejected, StoreError
from app.services.store.document import PlanDocument
from app.services.store.store import WORKING_PRAGMAS, Store
from tests.helpers.plans import EditHistory, assign, dump_hash, folders_in, grid_store, zip_at

_EXPECTED = {
    "locking_mode": "exclusive",
    "journal_mode": "delete",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "temp_store": 2,  # MEMORY
    "secure_delete": 1,
    "trusted_schema": 0,
}


@pytest.fixture
def store() -> Iterator[Store]:
    plan = grid_store()
    yield plan
    plan.close()


@pytest.fixture
def document(tmp_path: Path) -> Iterator[PlanDocument]:
    plan = PlanDocument.create(tmp_path / "a.evenfield", folders_in(tmp_path), name="A")
    yield plan
    plan.close()


def test_the_working_copy_is_set_to_survive_a_power_cut(document: PlanDocument) -> None:
    found = {name: document.store.rows(f"PRAGMA {name}")[0][0] for name in _EXPECTED}
    assert found == _EXPECTED
    assert len(WORKING_PRAGMAS) >= len(_EXPECTED)


def test_no_other_program_gets_at_the_working_copy(document: PlanDocument) -> None:
    other = sqlite3.connect(document.store.path, timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("SELECT * FROM meta").fetchall()
    other.close()


def test_whatever_an_edit_raises_leaves_the_plan_as_it_was(store: Store) -> None:
    before, revision = dump_hash(store), store.revision
    with pytest.raises(EditRejected), store.transaction() as tx:  # noqa: PT012  the edit itself
        tx.put("rep", ("id", "name"), [(1, "x"), (2, "y")])
        raise EditRejected("No.")
    assert (dump_hash(store), store.revision) == (before, revision)
    with store.transaction() as tx:
        tx.put("rep", ("id", "name"), [(2, "y")])
    assert store.revision == revision + 1


def test_a_reference_to_nothing_is_a_bug_and_rolled_back_at_the_end(store: Store) -> None:
    before = dump_hash(store)
    with pytest.raises(sqlite3.IntegrityError), store.transaction() as tx:
        tx.put("territory", ("id", "scenario_id", "sales_force_id", "name"), [(9, 77, 1, "x")])
    assert dump_hash(store) == before


def test_references_may_dangle_within_an_edit(store: Store) -> None:
    with store.transaction() as tx:
        columns = ("scenario_id", "territory_id", "rep_id", "role")
        tx.put("roster", columns, [(1, 2, 5, "primary")])
        tx.put("rep", ("id", "name"), [(5, "later")])
    assert store.rows("SELECT rep_id FROM roster WHERE territory_id = 2") == [(5,)]


@pytest.mark.parametrize(
    ("table", "columns", "row"),
    [
        ("account", ("id", "lon", "lat"), (1, 500.0, 0.0)),
        ("account", ("id", "lon", "lat"), (1, 10.0, None)),
        ("account", ("id", "name"), (1, "x" * 120_001)),
        ("account", ("id", "placed_by"), (1, "guess")),
        ("account_measure", ("measure_id", "account_id", "value"), (1, 1, float("inf"))),
        ("setting", ("key", "value"), ("tolerance_fraction", "2")),
        ("setting", ("key", "value"), ("main_measure", "sales")),
        (
            "geounit_hole",
            ("scenario_id", "geounit_id", "sales_force_id"),
            (1, "planet:earth", 1),
        ),
        ("rep", ("id", "capacity_hours"), (1, -1.0)),
        ("territory", ("id", "color_index"), (1, 9)),
    ],
)
def test_values_outside_the_bounds_are_refused_when_written(
    store: Store, table: str, columns: tuple[str, ...], row: tuple[str | float | None, ...]
) -> None:
    before = dump_hash(store)
    with pytest.raises(StoreError, match="outside what a plan can hold"), store.transaction() as tx:
        tx.put(table, columns, [row])
    assert dump_hash(store) == before


def test_a_value_of_another_type_never_gets_in(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.transaction() as tx:
        tx.put("account_measure", ("measure_id", "account_id", "value"), [(1, 1, "many")])


def test_a_transaction_inside_a_transaction_is_a_bug(store: Store) -> None:
    with store.transaction(), pytest.raises(RuntimeError), store.transaction():
        pass


def test_a_full_disk_refuses_the_edit_and_keeps_what_was_before(document: PlanDocument) -> None:
    store = document.store
    pages = store.rows("PRAGMA page_count")[0][0]
    store.rows(f"PRAGMA max_page_count={pages}")
    before = dump_hash(store)
    rows = [(number, f"N{number}", "x" * 500) for number in range(1000)]
    with pytest.raises(StoreError, match="no room left") as caught, store.transaction() as tx:
        tx.put("account", ("id", "external_id", "name"), rows)
    assert "everything before it is kept" in caught.value.meaning
    assert dump_hash(store) == before
    store.rows("PRAGMA max_page_count=1000000")
    with store.transaction() as tx:
        tx.put("account", ("id", "external_id", "name"), rows)


def test_reading_goes_on_from_other_threads(store: Store) -> None:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.extend(store.rows("SELECT id FROM rep")))
    thread.start()
    thread.join()
    assert found == [(1,)]


def test_a_copy_is_whole_and_a_failed_one_is_removed(store: Store, tmp_path: Path) -> None:
    store.backup_to(tmp_path / "copy.db")
    copy = Store(tmp_path / "copy.db")
    assert dump_hash(copy) == dump_hash(store)
    copy.close()
    with pytest.raises(StoreError, match="disk"):
        store.backup_to(tmp_path / "no such folder" / "copy.db")


def test_edits_go_on_while_a_copy_is_made(document: PlanDocument, tmp_path: Path) -> None:
    store, history = document.store, EditHistory(document.store)
    with store.transaction() as tx:
        rows = [(number, f"N{number}", "x" * 900) for number in range(1, 8000)]
        tx.put("account", ("id", "external_id", "name"), rows, all_new=True)
        columns = ("id", "scenario_id", "sales_force_id", "name")
        tx.put("territory", columns, [(1, 1, 1, "a"), (2, 1, 1, "b")])
    worker = threading.Thread(target=store.backup_to, args=(tmp_path / "copy.db",))
    worker.start()
    edits = 0
    while worker.is_alive():
        edits += 1
        assign(history, [zip_at(0, 0), f"zip:{edits}"], 1 + edits % 2)
    worker.join()
    copy = Store(tmp_path / "copy.db")
    assert copy.rows("PRAGMA integrity_check") == [("ok",)]
    assert copy.rows("PRAGMA foreign_key_check") == []
    assert copy.rows("SELECT count(*) FROM history_step") == copy.rows(
        "SELECT count(DISTINCT step_id) FROM history_patch"
    )
    copy.close()
    assert edits > 1
