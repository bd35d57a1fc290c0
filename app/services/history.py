# SPDX-License-Identifier: MIT
"""Undo and redo, kept in the plan file in the transaction of the edit itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from app.models.changes import Changes, HistoryStatus, HistoryStep
from app.models.errors import EditRejected
from app.models.ids import StrokeId
from app.models.rows import RowsPatch, TablePatch
from app.services.store.codec import (
    damaged_step,
    pack_changes,
    pack_rows,
    unpack_changes,
    unpack_names,
    unpack_rows,
)
from app.services.store.store import Store
from app.services.store.transaction import Transaction, utc_now

KEPT_STEPS = 200
"""Older steps are dropped, oldest first."""

KEPT_BYTES = 300_000_000
"""Steps that need more than this together are dropped, oldest first, but never the newest one."""


Check = Callable[[Changes], None]
"""Looks at the plan while an edit can still be taken back."""


def _accept(_changes: Changes) -> None:
    """Any edit will do."""


@dataclass(frozen=True, slots=True)
class _Step:
    id: int
    label: str
    stroke: str | None
    first_log_id: int
    last_log_id: int


class EditHistory:
    """The one way in which a plan is changed.

    Args:
        store: The plan that is edited.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def run(
        self,
        label: str,
        work: Callable[[Transaction], Changes],
        stroke: StrokeId | None = None,
        check: Check = _accept,
    ) -> Changes:
        """Do an edit and remember how to take it back, in one transaction.

        Args:
            label: What undo will be called, for example "Assign 12 ZIPs to North".
            work: Makes the edit; whatever it raises leaves data and history as they were.
            stroke: Edits that follow each other with the same stroke form one step, under the
                label of the last one.
            check: Looks at the plan after the edit, before it is kept; what it raises leaves all as
                it was.

        Returns:
            What `work` returned. An edit that changed nothing leaves no step.
        """
        with self._store.transaction() as tx:
            tx.label = label
            changes = work(tx)
            self._keep(tx, label, changes, stroke)
            check(changes)
            return changes

    def _keep(self, tx: Transaction, label: str, changes: Changes, stroke: StrokeId | None) -> None:
        """Write what takes the edit back as a step of the history."""
        patch = tx.patch()
        if patch.tables:
            _add_patch(tx, self._open_step(tx, label, changes, stroke), patch)
            _thin(tx)

    def undo(self, check: Check = _accept) -> Changes:
        """Take the last step back; without one, nothing happens and the changes are empty.

        Args:
            check: As for `run`.
        """
        with self._store.transaction() as tx:
            step = _last_done(tx)
            changes = _turn(tx, step, "undo") if step else Changes()
            check(changes)
            return changes

    def redo(self, check: Check = _accept) -> Changes:
        """Bring the step again that was undone last; without one, the changes are empty.

        Args:
            check: As for `run`.
        """
        with self._store.transaction() as tx:
            step = _first_undone(tx)
            changes = _turn(tx, step, "redo") if step else Changes()
            check(changes)
            return changes

    def go_to(self, step_id: int, check: Check = _accept) -> Changes:
        """Undo or redo, as one edit, until this step is the last one done.

        Args:
            step_id: A step, or 0 for the state before the oldest one.
            check: As for `run`.

        Raises:
            EditRejected: The history has no such step.
        """
        changes = Changes()
        with self._store.transaction() as tx:
            if step_id and not tx.rows("SELECT 1 FROM history_step WHERE id = ?", (step_id,)):
                raise EditRejected("This step is no longer in the history.")
            while (step := _last_done(tx)) is not None and step.id > step_id:
                changes |= _turn(tx, step, "undo")
            while (step := _first_undone(tx)) is not None and step.id <= step_id:
                changes |= _turn(tx, step, "redo")
            check(changes)
        return changes

    def status(self) -> HistoryStatus:
        """What undo and redo would do now."""
        undo = self._store.rows(
            "SELECT label FROM history_step WHERE NOT is_undone ORDER BY id DESC LIMIT 1"
        )
        redo = self._store.rows(
            "SELECT label FROM history_step WHERE is_undone ORDER BY id LIMIT 1"
        )
        return HistoryStatus(
            undo_label=str(undo[0][0]) if undo else None,
            redo_label=str(redo[0][0]) if redo else None,
        )

    def bytes_to_undo(self) -> int:
        """Size of what undo would put back, packed; a measure of how long it takes."""
        return self._bytes("step_id = (SELECT max(id) FROM history_step WHERE NOT is_undone)")

    def bytes_to_redo(self) -> int:
        """Size of what redo would put back, packed."""
        return self._bytes("step_id = (SELECT min(id) FROM history_step WHERE is_undone)")

    def bytes_to(self, step_id: int) -> int:
        """Size of what `go_to` would put back, packed."""
        return self._bytes(
            "step_id IN (SELECT id FROM history_step WHERE is_undone = (id <= ?))", step_id
        )

    def _bytes(self, which: str, *parameters: int) -> int:
        sql = (
            "SELECT coalesce(sum(length(put_rows) + length(delete_keys)), 0)"  # noqa: S608 fixed words
            f" FROM history_patch WHERE {which}"
        )
        return int(cast("int", self._store.rows(sql, parameters)[0][0]))

    def steps(self) -> tuple[HistoryStep, ...]:
        """All steps, oldest first; the undone ones are at the end."""
        return tuple(
            HistoryStep(cast("int", number), str(label), str(at_utc), bool(is_undone))
            for number, label, at_utc, is_undone in self._store.rows(
                "SELECT id, label, at_utc, is_undone FROM history_step ORDER BY id"
            )
        )

    @staticmethod
    def _open_step(tx: Transaction, label: str, changes: Changes, stroke: StrokeId | None) -> int:
        """The step that takes the patch of this edit: a new one, or that of the same stroke."""
        last = _last_done(tx)
        if last and stroke and last.stroke == stroke and _first_undone(tx) is None:
            has_log = tx.last_log_id >= tx.first_log_id
            had_log = last.last_log_id >= last.first_log_id
            first = last.first_log_id if had_log or not has_log else tx.first_log_id
            tx.record(
                "UPDATE history_step SET label = ?, at_utc = ?, changes = ?, first_log_id = ?, "
                "last_log_id = ? WHERE id = ?",
                [
                    (
                        label,
                        utc_now(),
                        pack_changes(_changes(tx, last.id) | changes),
                        first,
                        tx.last_log_id if has_log else last.last_log_id,
                        last.id,
                    )
                ],
            )
            return last.id
        _forget(tx, "is_undone")
        step_id = tx.rows("SELECT coalesce(max(id), 0) + 1 FROM history_step")[0][0]
        tx.record(
            "INSERT INTO history_step VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
            [
                (
                    step_id,
                    label,
                    utc_now(),
                    stroke,
                    tx.first_log_id,
                    tx.last_log_id,
                    pack_changes(changes),
                )
            ],
        )
        return cast("int", step_id)


def _turn(tx: Transaction, step: _Step, action: str) -> Changes:
    """Undo or redo one step, and keep what turns it round again."""
    tx.take_patch()
    for patch in _patches(tx, step.id):
        try:
            tx.apply_patch(patch)
        except ValueError as error:
            raise damaged_step() from error
    tx.record("DELETE FROM history_patch WHERE step_id = ?", [(step.id,)])
    _add_patch(tx, step.id, tx.take_patch())
    tx.record(
        "UPDATE history_step SET is_undone = ? WHERE id = ?", [(int(action == "undo"), step.id)]
    )
    _mirror_log(tx, step, action)
    return _changes(tx, step.id)


def _mirror_log(tx: Transaction, step: _Step, action: str) -> None:
    """Write the audit trail of a step once more, as taken back or brought again."""
    hands, order = (
        ("to_territory, from_territory", "DESC")
        if action == "undo"
        else ("from_territory, to_territory", "ASC")
    )
    columns = "at_utc, author, action, label, scenario_id, geounit_id, account_id"
    tx.record(
        f"INSERT INTO edit_log ({columns}, from_territory, to_territory) "  # noqa: S608  fixed words
        f"SELECT ?, ?, ?, label, scenario_id, geounit_id, account_id, {hands} "
        f"FROM edit_log WHERE id BETWEEN ? AND ? AND action = 'do' ORDER BY id {order}",
        [(utc_now(), tx.author, action, step.first_log_id, step.last_log_id)],
    )


def _add_patch(tx: Transaction, step_id: int, patch: RowsPatch) -> None:
    found = tx.rows("SELECT coalesce(max(seq), 0) FROM history_patch WHERE step_id = ?", (step_id,))
    last = cast("int", found[0][0])
    tx.record(
        "INSERT INTO history_patch VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                step_id,
                last + place,
                table.table,
                json.dumps(table.columns),
                pack_rows(table.put_rows),
                pack_rows(table.delete_keys),
            )
            for place, table in enumerate(patch.tables, start=1)
        ],
    )


def _patches(tx: Transaction, step_id: int) -> list[RowsPatch]:
    """The patches of a step, in the order in which they are applied."""
    patches: list[RowsPatch] = []
    for table, columns, put_rows, delete_keys in tx.rows(
        "SELECT table_name, columns, put_rows, delete_keys FROM history_patch "
        "WHERE step_id = ? ORDER BY seq DESC",
        (step_id,),
    ):
        key_width = tx.key_width(str(table))
        if not key_width:
            raise damaged_step()
        names = unpack_names(str(columns))
        patches.append(
            RowsPatch(
                (
                    TablePatch(
                        str(table),
                        names,
                        unpack_rows(cast("bytes", put_rows), len(names)),
                        unpack_rows(cast("bytes", delete_keys), key_width),
                    ),
                )
            )
        )
    return patches


def _changes(tx: Transaction, step_id: int) -> Changes:
    found = tx.rows("SELECT changes FROM history_step WHERE id = ?", (step_id,))
    return unpack_changes(str(found[0][0]))


def _last_done(tx: Transaction) -> _Step | None:
    return _step(tx, "NOT is_undone ORDER BY id DESC")


def _first_undone(tx: Transaction) -> _Step | None:
    return _step(tx, "is_undone ORDER BY id")


def _step(tx: Transaction, where: str) -> _Step | None:
    found = tx.rows(
        "SELECT id, label, stroke, first_log_id, last_log_id FROM history_step "  # noqa: S608  fixed words
        f"WHERE {where} LIMIT 1"
    )
    return _Step(*found[0]) if found else None  # pyright: ignore[reportArgumentType]  typed by the schema


def _thin(tx: Transaction) -> None:
    """Drop the oldest steps beyond `KEPT_STEPS` and `KEPT_BYTES`."""
    sizes = tx.rows(
        "SELECT id, (SELECT coalesce(sum(length(put_rows) + length(delete_keys)), 0) "
        "FROM history_patch WHERE step_id = history_step.id) FROM history_step ORDER BY id DESC"
    )
    total = 0
    for place, (step_id, size) in enumerate(sizes):
        total += cast("int", size)
        if place and (place >= KEPT_STEPS or total > KEPT_BYTES):
            _forget(tx, "id <= ?", cast("int", step_id))
            return


def _forget(tx: Transaction, where: str, *parameters: int) -> None:
    """Drop steps with their patches."""
    if not tx.rows(f"SELECT 1 FROM history_step WHERE {where} LIMIT 1", parameters):  # noqa: S608  fixed words
        return
    steps = f"SELECT id FROM history_step WHERE {where}"  # noqa: S608  fixed words
    tx.record(f"DELETE FROM history_patch WHERE step_id IN ({steps})", [parameters])  # noqa: S608  fixed words
    tx.record(f"DELETE FROM history_step WHERE {where}", [parameters])  # noqa: S608  fixed words
