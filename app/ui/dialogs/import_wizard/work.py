# SPDX-License-Identifier: MIT
"""What the import window lets do in the background: read, recognise, check, write."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.changes import Changes
from app.models.errors import AppError, ImportProblem, TaskCancelled
from app.services.exporting.left_out import write_repair_sheet
from app.services.importing.commands import import_command
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ImportDraft, Problem
from app.services.importing.field_changes import FieldChange, field_changes
from app.services.importing.fields import TableKind
from app.services.importing.guessing import guess_mapping
from app.services.importing.job import TableInHand
from app.services.importing.mapping import Mapping
from app.services.importing.table import ReadOptions, Watch
from app.ui.dialogs.import_wizard import reading
from app.ui.dialogs.import_wizard.hands import Hands, rows_to_repair
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskContext, TaskRunner


class ImportWork(QObject):
    """The tables of one import and everything long that is done with them.

    Args:
        session: The open plan.
        parent: The import window.

    Attributes:
        hands: The tables.
        drafts: What importing them would do, by number, in the order of writing.

    Signals:
        tables_changed(): Another table, reading or mapping is to be shown.
        came_in(int): So many tables came in; 0 where a sheet mended those that were there.
        checked(), written(), undone(): This is done.
        changes_found(int, str, object): Number of the table, label of the field, `FieldChange`s.
        sheet_saved(Path): The rows to repair are in this file.
        failed(AppError): Something could not be done; nothing was changed.
    """

    tables_changed = Signal()
    came_in = Signal(int)
    checked = Signal()
    written = Signal()
    undone = Signal()
    changes_found = Signal(int, str, object)
    sheet_saved = Signal(object)
    failed = Signal(object)

    def __init__(self, session: EditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = session.workspace.document.store
        self._current = CurrentPlan.empty()
        self.hands = Hands()
        self.drafts: dict[int, ImportDraft] = {}
        self.tasks = TaskRunner(self)

    def forget(self) -> None:
        """Begin with no tables."""
        self.hands, self.drafts = Hands(), {}
        self.tables_changed.emit()

    # Bringing tables in

    def bring(self, paths: Sequence[Path]) -> None:
        """Read files and folders."""
        store, in_hand = self._store, self.hands.tables
        names = ", ".join(path.name for path in paths[:2])

        def work(context: TaskContext) -> reading.Gathered:
            return reading.gather(paths, in_hand, store, context)

        self.tasks.run(Task(f"Reading {names}", work, self._take, self._on_failed))

    def bring_text(self, text: str) -> None:
        """Take cells in hand that were pasted."""
        store, in_hand = self._store, self.hands.tables

        def work(context: TaskContext) -> reading.Gathered:
            return reading.gather_pasted(text, in_hand, store, context)

        def done(found: reading.Gathered) -> None:
            if len(found.tables) > len(in_hand):
                self.hands.remember_text(found.tables[-1].number, text)
            self._take(found)

        self.tasks.run(Task("Reading the pasted cells", work, done, self._on_failed))

    def bring_sheet(self, path: Path) -> None:
        """Read a sheet that mends rows of the tables in hand."""
        store, in_hand = self._store, self.hands.tables

        def work(context: TaskContext) -> reading.Gathered:
            found = reading.gather((path,), in_hand, store, context)
            if len(found.tables) > len(in_hand):
                raise ImportProblem(
                    f"{path.name} mends none of these tables.",
                    meaning="Nothing was changed.",
                    remedy="Choose the sheet that was saved here, with all of its columns.",
                )
            return found

        self.tasks.run(Task(f"Reading {path.name}", work, self._take, self._on_failed))

    def read_again(self, options: ReadOptions) -> None:
        """Read the table that is looked at in another way."""
        hand, text, current = self.hands.chosen, self.hands.chosen_text, self._current
        if hand is None:
            return

        def work(context: TaskContext) -> TableInHand:
            return reading.read_again(hand, options, text, current, context)

        self.tasks.run(Task(f"Reading {hand.name}", work, self.put, self._on_failed))

    def take_for(self, kind: TableKind) -> None:
        """Take the rows of the table that is looked at for something else."""
        hand, current = self.hands.chosen, self._current
        if hand is None:
            return

        def work(context: TaskContext) -> Mapping:
            context.progress(-1, "Recognising the columns")
            return guess_mapping(hand.table, current, kind)

        self.tasks.run(Task("Recognising the columns", work, self.take_mapping, self._on_failed))

    def take_mapping(self, mapping: Mapping) -> None:
        """Take what the columns of the table that is looked at are said to be."""
        if self.hands.chosen is not None:
            self.put(replace(self.hands.chosen, mapping=mapping))

    def put(self, hand: TableInHand) -> None:
        """Put a changed table in its place."""
        self.hands.put(hand)
        self.tables_changed.emit()

    # Checking and writing

    def check(self) -> None:
        """Work out what importing the tables would do."""
        tables, store = self.hands.tables, self._store
        geography = self._session.workspace.geography

        def work(context: TaskContext) -> dict[int, ImportDraft]:
            return reading.prepare_tables(tables, store, geography, context)

        def done(drafts: dict[int, ImportDraft]) -> None:
            self.drafts = drafts
            self.checked.emit()

        self.tasks.run(Task("Checking", work, done, self._on_failed))

    def write(self) -> None:
        """Write all tables as one edit."""
        drafts, workspace = [*self.drafts.values()], self._session.workspace

        def work(context: TaskContext) -> Changes:
            context.progress(-1, "Backing up the plan")
            workspace.back_up("import")
            watch = Watch(context.progress, context.cancelled)
            return workspace.run(import_command(*drafts, watch=watch))

        def done(changes: Changes) -> None:
            self._session.announce(changes, self)
            self.written.emit()

        self.tasks.run(Task(import_command(*drafts).label, work, done, self._on_failed))

    def undo(self) -> None:
        """Take the import back."""
        workspace = self._session.workspace

        def done(changes: Changes) -> None:
            self._session.announce(changes, self)
            self.undone.emit()

        self.tasks.run(
            Task("Taking the import back", lambda _context: workspace.undo(), done, self._on_failed)
        )

    # Looking closer

    def save_sheet(self, number: int, problem: Problem | None, path: Path) -> None:
        """Write the rows of a problem, or of all problems of a table, to mend them elsewhere."""
        hand, draft = self.hands.get(number), self.drafts.get(number)
        if hand is None or draft is None:
            return

        def work(context: TaskContext) -> Path:
            context.progress(-1, f"Writing {path.name}")
            write_repair_sheet(path, hand.table, rows_to_repair(draft, problem))
            return path

        self.tasks.run(Task(f"Writing {path.name}", work, self.sheet_saved.emit, self._on_failed))

    def find_changes(self, number: int, label: str) -> None:
        """Look up in which rows a field changes."""
        draft, store = self.drafts.get(number), self._store
        if draft is None:
            return

        def work(context: TaskContext) -> tuple[FieldChange, ...]:
            context.progress(-1, f"Looking up {label}")
            return field_changes(draft, store, label)

        def done(found: tuple[FieldChange, ...]) -> None:
            self.changes_found.emit(number, label, found)

        self.tasks.run(Task(f"Looking up {label}", work, done, self._on_failed))

    def _take(self, found: reading.Gathered) -> None:
        count = len(found.tables) - len(self.hands)
        self._current = found.current
        self.hands.take(found.tables)
        self.tables_changed.emit()
        self.came_in.emit(count)
        if found.problem is not None:
            self.failed.emit(found.problem)

    def _on_failed(self, error: AppError) -> None:
        if not isinstance(error, TaskCancelled):
            self.failed.emit(error)
