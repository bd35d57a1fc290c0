# SPDX-License-Identifier: MIT
"""Undo and redo bring back exactly what was, also after closing, and after being killed."""

import random
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.models.changes import Changes
from app.models.errors import EditRejected, StoreError
from app.models.ids import AccountId, GeoUnitId, StrokeId, TerritoryId
from app.services.history import KEPT_STEPS, EditHistory
from app.services.store.document import PlanDocument
from app.services.store.store import Store
from app.services.store.transaction import LogEntry, Transaction
from tests.helpers.plans import (
    assign,
    dump_hash,
    folders_in,
    grid_store,
    make_grid_plan,
    run_python,
    zip_at,
)

GRID = [zip_at(row, column) for row in range(4) for column in range(4)]


def rename(history: EditHistory, territory: int, name: str, stroke: str | None = None) -> None:
    def work(tx: Transaction) -> Changes:
        tx.put("territory", ("id", "name"), [(territory, name)])
        return Changes(territories=frozenset([TerritoryId(territory)]))

    history.run(f"Rename to {name}", work, StrokeId(stroke) if stroke else None)


class Walk(RuleBasedStateMachine):
    """Edits, undo and redo in any order, against a plain list of digests."""

    def __init__(self) -> None:
        super().__init__()
        self.store = grid_store()
        self.history = EditHistory(self.store)
        self.states = [dump_hash(self.store)]
        self.at = 0

    def _did(self) -> None:
        found = dump_hash(self.store)
        if found == self.states[self.at]:
            return  # an edit without effect leaves no step
        self.states[self.at + 1 :] = [found]
        self.at += 1

    @rule(units=st.lists(st.sampled_from(GRID), min_size=1, max_size=6, unique=True))
    def assign_to_east(self, units: list[str]) -> None:
        assign(self.history, units, 2)
        self._did()

    @rule(first=st.sampled_from("AB"), second=st.sampled_from("AB"))
    def rename_both(self, first: str, second: str) -> None:
        """Among them swaps."""

        def work(tx: Transaction) -> Changes:
            tx.put("territory", ("id", "name"), [(1, first), (2, second)])
            return Changes()

        self.history.run("Rename both", work)
        self._did()

    @rule()
    def swap_ids_in_the_users_system(self) -> None:
        """Two rows exchange a value that must be unique."""

        def work(tx: Transaction) -> Changes:
            (one,), (two,) = tx.rows("SELECT external_id FROM account WHERE id < 3 ORDER BY id")
            tx.put("account", ("id", "external_id"), [(1, "in between")])
            tx.put("account", ("id", "external_id"), [(2, one), (1, two)])
            return Changes(all_accounts=True)

        self.history.run("Swap", work)
        self._did()

    @rule(number=st.integers(3, 16))
    def delete_account(self, number: int) -> None:
        def work(tx: Transaction) -> Changes:
            tx.delete("account_measure", [(1, number)])
            tx.delete("account_assignment", [(1, number, 1)])
            tx.delete("account", [(number,)])
            return Changes(all_accounts=True)

        self.history.run("Delete", work)
        self._did()

    @rule()
    def add_and_change_in_one_edit(self) -> None:
        def work(tx: Transaction) -> Changes:
            new = tx.next_id("account")
            tx.put("account", ("id", "external_id"), [(new, f"N{new}")], all_new=True)
            tx.put("account", ("id", "name"), [(new, "Née")])
            tx.delete("account", [(new,)])
            tx.put("account", ("id", "external_id"), [(new, f"M{new}")])
            return Changes(all_accounts=True)

        self.history.run("Add", work)
        self._did()

    @rule()
    def fail(self) -> None:
        def work(tx: Transaction) -> Changes:
            tx.put("territory", ("id", "name"), [(1, "never seen")])
            tx.delete("geounit_hole", [(1, zip_at(2, 3), 1)])
            raise EditRejected("No.")

        before = self.history.steps()
        with pytest.raises(EditRejected):
            self.history.run("Fail", work)
        assert self.history.steps() == before

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        self.history.undo()
        self.at -= 1

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        self.history.redo()
        self.at += 1

    @invariant()
    def state_is_the_expected_one(self) -> None:
        assert dump_hash(self.store) == self.states[self.at]
        steps = self.history.steps()[1:]  # the first one filled the grid
        assert [step.is_undone for step in steps] == [
            place >= self.at for place in range(len(self.states) - 1)
        ]

    def teardown(self) -> None:
        while self.at:
            self.undo()
            self.state_is_the_expected_one()
        while self.at < len(self.states) - 1:
            self.redo()
            self.state_is_the_expected_one()
        self.store.close()


TestWalk = Walk.TestCase
TestWalk.settings = settings(
    max_examples=10,
    stateful_step_count=15,
    deadline=None,
)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(5))
def test_five_hundred_long_walks(part: int) -> None:
    class LongWalk(Walk):
        pass

    case = LongWalk.TestCase
    case.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
    case().runTest()


def test_undo_and_redo_survive_closing(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    document = make_grid_plan(tmp_path / "a.evenfield", folders)
    states = [dump_hash(document.store)]
    for unit in [zip_at(row, column) for row in range(3) for column in range(2)][:5]:
        assign(EditHistory(document.store), [unit], 2)
        states.append(dump_hash(document.store))
    for expected in reversed(states[:-1]):
        document.close()
        document = PlanDocument.open(document.path, folders)
        EditHistory(document.store).undo()
        assert dump_hash(document.store) == expected
    document.close()
    document = PlanDocument.open(document.path, folders)
    for expected in states[1:]:
        EditHistory(document.store).redo()
        assert dump_hash(document.store) == expected
    document.close()


def test_undo_survives_a_kill(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    document = make_grid_plan(tmp_path / "a.evenfield", folders)
    before = dump_hash(document.store)
    document.close()
    child = run_python(
        "import sys, pathlib\n"
        "from tests.helpers.plans import *\n"
        "from app.services.store.document import PlanDocument\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "document = PlanDocument.open(path, folders_in(path.parent))\n"
        "history = EditHistory(document.store)\n"
        "assign(history, [zip_at(0, 0)], 2)\n"
        "assign(history, [zip_at(0, 1)], 2)\n"
        "history.undo()\n"
        "print('done', flush=True)\n"
        "sys.stdin.read()\n",
        str(document.path),
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "done\n"
    child.kill()
    child.communicate()
    document = PlanDocument.open(document.path, folders)
    assert document.recovered_changes == 3
    history = EditHistory(document.store)
    assert history.status().redo_label == "Assign 1 to 2"
    history.undo()
    assert dump_hash(document.store) == before
    document.close()


def test_edits_of_one_stroke_are_one_step_under_the_last_label() -> None:
    store = grid_store()
    history = EditHistory(store)
    before = dump_hash(store)
    for name in ("a", "b", "c"):
        rename(history, 1, name, "stroke 1")
    rename(history, 2, "d", "stroke 2")
    assert [step.label for step in history.steps()[1:]] == ["Rename to c", "Rename to d"]
    history.undo()
    assert history.undo() == Changes(territories=frozenset([TerritoryId(1)]))
    assert dump_hash(store) == before
    history.redo()
    assert store.rows("SELECT name FROM territory WHERE id = 1") == [("c",)]
    store.close()


def test_a_stroke_does_not_continue_into_an_undone_step() -> None:
    store = grid_store()
    history = EditHistory(store)
    rename(history, 1, "a", "stroke")
    rename(history, 2, "b")
    history.undo()
    rename(history, 1, "c", "stroke")
    assert [step.label for step in history.steps()[1:]] == ["Rename to a", "Rename to c"]
    store.close()


def test_a_new_edit_drops_the_undone_steps() -> None:
    store = grid_store()
    history = EditHistory(store)
    rename(history, 1, "a")
    rename(history, 1, "b")
    history.undo()
    rename(history, 1, "c")
    assert [step.label for step in history.steps()[1:]] == ["Rename to a", "Rename to c"]
    assert history.status().redo_label is None
    assert history.redo() == Changes()
    store.close()


def test_an_edit_that_changes_nothing_leaves_no_step() -> None:
    store = grid_store()
    history = EditHistory(store)
    revision = store.revision
    rename(history, 1, "West")
    assert len(history.steps()) == 1
    assert store.revision == revision
    store.close()


def test_undo_of_nothing_changes_nothing() -> None:
    store = Store.in_memory()
    assert EditHistory(store).undo() == Changes()
    assert EditHistory(store).redo() == Changes()
    assert store.revision == 0
    store.close()


def test_go_to_any_step_gives_its_state() -> None:
    store = grid_store()
    history = EditHistory(store)
    states = {0: dump_hash(Store.in_memory()), 1: dump_hash(store)}
    for unit in GRID[:6]:
        assign(history, [unit], 2)
        states[history.steps()[-1].id] = dump_hash(store)
    chance = random.Random(1)
    for _ in range(30):
        step = chance.choice(list(states))
        history.go_to(step)
        assert [s.id for s in history.steps() if not s.is_undone] == [
            n for n in states if 0 < n <= step
        ]
        if step:
            assert dump_hash(store) == states[step]
    with pytest.raises(EditRejected, match="no longer"):
        history.go_to(999)
    store.close()


def test_two_hundred_steps_are_kept_and_older_ones_dropped() -> None:
    store = grid_store()
    history = EditHistory(store)
    for number in range(KEPT_STEPS + 20):
        rename(history, 1, f"name {number}")
    assert len(history.steps()) == KEPT_STEPS
    orphans = "SELECT 1 FROM history_patch WHERE step_id NOT IN (SELECT id FROM history_step)"
    assert store.rows(orphans) == []
    for _ in range(KEPT_STEPS):
        history.undo()
    assert store.rows("SELECT name FROM territory WHERE id = 1") == [("name 19",)]
    store.close()


def test_steps_that_need_too_much_room_are_dropped_but_never_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = grid_store()
    history = EditHistory(store)
    for number in range(5):
        rename(history, 1, f"name {number}")
    monkeypatch.setattr("app.services.history.KEPT_BYTES", 10)
    rename(history, 1, "last")
    assert [step.label for step in history.steps()] == ["Rename to last"]
    store.close()


def test_the_log_only_grows_and_mirrors_undo_and_redo() -> None:
    store = grid_store()
    history = EditHistory(store)
    before = len(store.rows("SELECT 1 FROM edit_log"))

    def work(tx: Transaction) -> Changes:
        tx.put("territory", ("id", "name"), [(1, "x")])
        tx.log([LogEntry(1, geounit_id="zip:1", from_territory=1, to_territory=2)])
        tx.log([LogEntry(1, account_id=7, to_territory=2)])
        return Changes()

    history.run("Move", work)
    history.undo()
    history.redo()
    found = store.rows(
        "SELECT action, label, geounit_id, account_id, from_territory, to_territory "
        "FROM edit_log ORDER BY id LIMIT -1 OFFSET ?",
        (before,),
    )
    assert found == [
        ("do", "Move", "zip:1", None, 1, 2),
        ("do", "Move", None, 7, None, 2),
        ("undo", "Move", None, 7, 2, None),
        ("undo", "Move", "zip:1", None, 2, 1),
        ("redo", "Move", "zip:1", None, 1, 2),
        ("redo", "Move", None, 7, None, 2),
    ]
    store.close()


def test_changes_of_a_step_come_back_whole() -> None:
    store = grid_store()
    history = EditHistory(store)
    changes = Changes(
        geounits=frozenset([GeoUnitId("zip:Ünïcode")]),
        accounts=frozenset([AccountId(3)]),
        all_accounts=True,
        settings=True,
    )

    def work(tx: Transaction) -> Changes:
        tx.put("territory", ("id", "name"), [(1, "x")])
        return changes

    assert history.run("Edit", work) == changes
    assert history.undo() == changes
    assert history.redo() == changes
    store.close()


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("UPDATE history_patch SET put_rows = ?", b"no zlib"),
        ("UPDATE history_patch SET put_rows = ?", b""),
        ("UPDATE history_patch SET table_name = ?", "history_step"),
        ("UPDATE history_patch SET table_name = ?", "meta; DROP TABLE account"),
        ("UPDATE history_patch SET columns = ?", "[]"),
        ("UPDATE history_patch SET columns = ?", '["id"]'),
        ("UPDATE history_patch SET columns = ?", "{"),
        ("UPDATE history_step SET changes = ?", '{"geounits": [1]}'),
        ("UPDATE history_step SET changes = ?", "[]"),
    ],
)
def test_a_damaged_step_has_a_sentence_and_changes_nothing(sql: str, value: str | bytes) -> None:
    store = grid_store()
    history = EditHistory(store)
    rename(history, 1, "x")
    with store.transaction() as tx:
        tx.record(sql, [(value,)])
    before = dump_hash(store)
    with pytest.raises(StoreError, match="history is damaged"):
        history.undo()
    assert dump_hash(store) == before
    assert not any(step.is_undone for step in history.steps())
    store.close()
