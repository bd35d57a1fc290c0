# SPDX-License-Identifier: MIT
"""Writing an import as one undoable edit."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat

import numpy as np

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import RepId, StrokeId
from app.models.measure import ACCOUNT_COUNT, MeasureKind
from app.models.rows import Cell
from app.services.commands.base import Edit
from app.services.importing.draft import AccountDraft, ImportDraft, MeasureDraft, RepDraft
from app.services.importing.fields import TableKind
from app.services.importing.pausing import collector_paused
from app.services.importing.problems import counted


@dataclass(frozen=True, slots=True)
class ImportAccounts:
    """Add and change the accounts of a draft."""

    draft: AccountDraft
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it: "Import 701 accounts from stores.csv"."""
        return _label(self.draft, "account", "accounts")

    def apply(self, edit: Edit) -> Changes:
        """Write the accounts, their measures and the ledger.

        Raises:
            EditRejected: The accounts of the plan changed since the draft was made.
        """
        draft, tx = self.draft, edit.tx
        _check_fingerprint(edit, "account", draft.fingerprint)
        first = tx.next_id("account")
        with collector_paused():
            rows = draft.new.rows_from(first)
            tx.put("account", ("id", *draft.new.names), rows, all_new=True)
            for block in draft.updates:
                tx.put("account", block.names, block.rows())
            for measure in draft.measures:
                _put_measure(edit, measure, first)
        if draft.new_measures:
            _choose_first_main_measure(edit)
        _put_ledger(edit, draft)
        return Changes(all_accounts=True, settings=bool(draft.new_measures))


@dataclass(frozen=True, slots=True)
class ImportReps:
    """Add and change the reps of a draft."""

    draft: RepDraft
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it: "Import 17 reps from people.xlsx"."""
        return _label(self.draft, "rep", "reps")

    def apply(self, edit: Edit) -> Changes:
        """Write the reps and the ledger.

        Raises:
            EditRejected: The reps of the plan changed since the draft was made.
        """
        draft, tx = self.draft, edit.tx
        _check_fingerprint(edit, "rep", draft.fingerprint)
        first = tx.next_id("rep")
        tx.put("rep", ("id", *draft.new.names), draft.new.rows_from(first), all_new=True)
        touched = [*range(first, first + len(draft.new))]
        for block in draft.updates:
            tx.put("rep", block.names, block.rows())
            touched.extend(int(id_ or 0) for id_ in block.column("id"))
        _put_ledger(edit, draft)
        return Changes(reps=frozenset(RepId(id_) for id_ in touched))


def import_command(draft: ImportDraft) -> ImportAccounts | ImportReps:
    """The command that writes a draft."""
    if isinstance(draft, AccountDraft):
        return ImportAccounts(draft)
    if isinstance(draft, RepDraft):
        return ImportReps(draft)
    message = f"no command for a draft of {draft.kind}"
    raise TypeError(message)


def _label(draft: ImportDraft, one: str, many: str) -> str:
    count = draft.tally.added + draft.tally.updated
    return f"Import {counted(count, one, many)} from {draft.file_name}"


def _check_fingerprint(edit: Edit, table: str, expected: tuple[int, int]) -> None:
    found = edit.tx.rows(f"SELECT count(*), coalesce(max(id), 0) FROM {table}")[0]  # noqa: S608 a name of this module
    if found != expected:
        raise EditRejected(
            "The plan changed while this import was being prepared.",
            meaning="Nothing was imported.",
            remedy="Go back one step and continue again.",
        )


def _choose_first_main_measure(edit: Edit) -> None:
    """Balance by the first money measure, where the plan counts accounts only so far.

    The count is the start of every plan, seldom what somebody wants to balance by.
    """
    chosen = edit.tx.rows("SELECT value FROM setting WHERE key = 'main_measure'")
    money = edit.tx.rows("SELECT min(id) FROM measure WHERE kind = ?", (MeasureKind.MONEY.value,))
    if chosen == [(str(ACCOUNT_COUNT),)] and money[0][0] is not None:
        edit.tx.put("setting", ("key", "value"), [("main_measure", str(money[0][0]))])


def _put_measure(edit: Edit, measure: MeasureDraft, first_new_account: int) -> None:
    tx = edit.tx
    id_ = measure.measure_id
    if id_ is None:
        number = tx.next_id("measure")
        row = (number, measure.name, measure.kind.value, measure.source)
        tx.put("measure", ("id", "name", "kind", "source"), [row], all_new=True)
    else:
        number = int(id_)
    columns = ("measure_id", "account_id", "value")
    filled = np.flatnonzero(~np.isnan(measure.new_values))
    tx.put(
        "account_measure",
        columns,
        _value_rows(number, filled + first_new_account, measure.new_values[filled]),
        all_new=True,
    )
    values = _value_rows(number, measure.account_ids, measure.values)
    tx.put("account_measure", columns, values, all_new=id_ is None)


def _value_rows(
    measure: int,
    accounts: np.ndarray[tuple[int], np.dtype[np.int64]],
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> list[tuple[Cell, ...]]:
    return list(zip(repeat(measure, len(values)), accounts.tolist(), values.tolist(), strict=True))


def _put_ledger(edit: Edit, draft: ImportDraft) -> None:
    tally = draft.tally
    detail = {
        "headers": draft.headers,
        "mapping": json.loads(draft.mapping_json),
        "problems": {problem.kind.value: problem.count for problem in draft.problems},
    }
    kind = "accounts" if draft.kind is TableKind.ACCOUNTS else "reps"
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    counts = (tally.added, tally.updated, tally.unchanged, tally.skipped)
    edit.tx.put(
        "import_ledger",
        ("id", "at_utc", "file_name", "kind", "added", "updated", "unchanged", "skipped", "detail"),
        [
            (
                edit.tx.next_id("import_ledger"),
                now,
                draft.file_name,
                kind,
                *counts,
                json.dumps(detail, ensure_ascii=False),
            )
        ],
        all_new=True,
    )
