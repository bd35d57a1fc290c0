# SPDX-License-Identifier: MIT
"""What the window of boundaries lets do in the background: read, guess, prepare, add."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.changes import Changes
from app.models.errors import AppError, TaskCancelled
from app.services.boundaries.boundary_file import BoundaryFile
from app.services.boundaries.choices import (
    LayerChoices,
    LayerOutcome,
    first_choices,
    outcome_of,
    with_codes,
)
from app.services.boundaries.effect import PlanEffect, plan_effect
from app.services.boundaries.file_layer import LayerPlace
from app.services.boundaries.report_text import report_text
from app.services.commands.boundaries import AddBoundaryLayer
from app.services.exporting.table import ExportTable
from app.services.exporting.writing import write_table
from app.services.importing.table import Watch
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskContext, TaskRunner

T = TypeVar("T")


class BoundaryWork(QObject):
    """One boundary file on its way into the plan.

    Args:
        session: The open plan.
        parent: The window of boundaries.

    Attributes:
        file: The open file.
        choices: What its areas are said to be.
        outcome: The prepared layer, and what it means for the plan in `effect`.

    Signals:
        opened(): A file or another layer of it is to be shown.
        guessed(): The choices changed by themselves.
        prepared(), added(), undone(): This is done.
        saved(Path): A sheet was written.
        failed(AppError): Something could not be done; nothing was changed.
    """

    opened = Signal()
    guessed = Signal()
    prepared = Signal()
    added = Signal()
    undone = Signal()
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, session: EditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.tasks = TaskRunner(self)
        self.file: BoundaryFile | None = None
        self.choices: LayerChoices | None = None
        self.outcome: LayerOutcome | None = None
        self.effect: PlanEffect | None = None

    def open(self, path: Path) -> None:
        """Open a file in place of the one before."""
        geography = self._session.workspace.geography

        def work(context: TaskContext) -> tuple[BoundaryFile, LayerChoices]:
            file = BoundaryFile.open(path, _watch(context))
            try:
                context.progress(0.9, "Recognising the areas")
                return file, first_choices(file, geography)
            except BaseException:
                file.close()
                raise

        def done(found: tuple[BoundaryFile, LayerChoices]) -> None:
            self._close_file()
            self.file, self.choices = found
            self.outcome = None
            self.opened.emit()

        self._run(f"Opening {path.name}", work, done)

    def read(self, place: LayerPlace) -> None:
        """Read another layer of the open file."""
        file, geography = self.file, self._session.workspace.geography
        if file is None:
            return

        def work(context: TaskContext) -> LayerChoices:
            file.read(place, _watch(context))
            return first_choices(file, geography)

        def done(choices: LayerChoices) -> None:
            self.choices, self.outcome = choices, None
            self.opened.emit()

        self._run(f"Reading {place.label}", work, done)

    def take_code_column(self, column: str) -> None:
        """Take another column for the codes, and guess anew what the areas are for."""
        file, choices = self.file, self.choices
        geography = self._session.workspace.geography
        if file is None or choices is None:
            return

        def work(context: TaskContext) -> LayerChoices:
            context.progress(-1, "Recognising the areas")
            return with_codes(choices, file.layer, column, geography)

        def done(found: LayerChoices) -> None:
            self.choices = found
            self.guessed.emit()

        self._run("Recognising the areas", work, done)

    def prepare(self) -> None:
        """Prepare the areas as chosen, and work out what they mean for the plan."""
        file, choices, workspace = self.file, self.choices, self._session.workspace
        if file is None or choices is None:
            return
        accounts, geography = workspace.accounts, workspace.geography
        assigned = [
            geounit
            for territory in workspace.territories
            for geounit in workspace.holdings.geounits_of_territory(territory.id)
        ]

        def work(context: TaskContext) -> tuple[LayerOutcome, PlanEffect | None]:
            outcome = outcome_of(file, choices, geography, _watch(context))
            if outcome.vintage is None:
                return outcome, None
            context.progress(0.99, "Looking at the accounts")
            level = choices.purpose.level
            return outcome, plan_effect(outcome.prepared, level, geography, accounts, assigned)

        def done(found: tuple[LayerOutcome, PlanEffect | None]) -> None:
            self.outcome, self.effect = found
            self.prepared.emit()

        self._run("Preparing the areas", work, done)

    def add(self) -> None:
        """Add the prepared layer to the plan as one edit."""
        outcome, workspace = self.outcome, self._session.workspace
        if outcome is None or self.file is None:
            return
        command = command_of(outcome, self.file.path.name)

        def work(context: TaskContext) -> Changes:
            context.progress(-1, "Adding the areas to the plan")
            return workspace.run(command)

        def done(changes: Changes) -> None:
            self._session.announce(changes, self)
            self.added.emit()

        self._run(command.label, work, done)

    def undo(self) -> None:
        """Take the layer back."""
        workspace = self._session.workspace

        def done(changes: Changes) -> None:
            self._session.announce(changes, self)
            self.undone.emit()

        self._run("Taking the areas back", lambda _context: workspace.undo(), done)

    def save(self, table: ExportTable, path: Path) -> None:
        """Write a table of findings or changes."""

        def work(context: TaskContext) -> Path:
            write_table(path, table, None, context.progress, context.cancelled)
            return path

        self._run(f"Writing {path.name}", work, self.saved.emit)

    def close(self) -> None:
        """Stop, and let go of the file."""
        self.tasks.stop()
        self._close_file()

    def _close_file(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None

    def _run(self, title: str, work: Callable[[TaskContext], T], done: Callable[[T], None]) -> None:
        self.tasks.run(Task(title, work, done, self._on_failed))

    def _on_failed(self, error: AppError) -> None:
        if not isinstance(error, TaskCancelled):
            self.failed.emit(error)


def command_of(outcome: LayerOutcome, file_name: str) -> AddBoundaryLayer:
    """The edit that adds a layer."""
    choices, purpose = outcome.choices, outcome.choices.purpose
    info = BoundaryLayerInfo(
        id=0,
        name=choices.name,
        role=BoundaryRole(purpose.role),
        level=purpose.level,
        country=purpose.country,
        file_name=file_name,
        vintage=choices.vintage,
        attribution=choices.attribution,
        code_field=choices.code_column,
        name_field=choices.name_column,
        report=report_text(outcome.vintage),
    )
    return AddBoundaryLayer(outcome.prepared, info)


def _watch(context: TaskContext) -> Watch:
    return Watch(context.progress, context.cancelled)
