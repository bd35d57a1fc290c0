# SPDX-License-Identifier: MIT
"""The one door through which the window changes a plan."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.models.changes import Changes
from app.models.errors import AppError
from app.models.ids import SalesForceId
from app.services.commands import Command
from app.services.force_coverage import force_concerned
from app.services.workspace import Workspace
from app.ui.tasks import Task, TaskContext, TaskRunner

_AT_ONCE_BYTES = 60_000
"""A step of this size, some 5,000 accounts, takes a tenth of a second."""

_MANY_ACCOUNTS = 20_000
"""Reading so many accounts again takes a tenth of a second."""

_TURNING = "Taking the plan to another step"


class EditSession(QObject):
    """Runs commands on the open plan and tells every view what changed.

    Attributes:
        tasks: Takes large steps back and brings them again; None does it at once.

    Signals:
        changed(Changes, initiator): A committed edit, undo or redo; the initiator may skip its
            own echo.
        history_changed(HistoryStatus): What undo and redo would do now.
        edit_failed(AppError): An edit was refused or could not be written; nothing changed.
    """

    changed = Signal(object, object)
    history_changed = Signal(object)
    edit_failed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.tasks: TaskRunner | None = None

    @property
    def is_read_only(self) -> bool:
        """Whether the plan can be looked at only."""
        return self.workspace.document.is_read_only

    def run(self, command: Command, initiator: QObject | None = None) -> bool:
        """Carry out an edit; False where it failed, which `edit_failed` explains."""
        try:
            changes = self.workspace.run(command)
        except AppError as error:
            self.edit_failed.emit(error)
            return False
        self.announce(changes, initiator)
        return True

    def run_long(
        self, command: Command, initiator: QObject | None = None, *, is_large: bool = False
    ) -> None:
        """Carry out an edit after which a large plan is read again; in the background then.

        Args:
            command: The edit.
            initiator: Who asks for it.
            is_large: The edit itself takes long, whatever the size of the plan.
        """
        runner = self.tasks
        if runner is None or (len(self.workspace.accounts) < _MANY_ACCOUNTS and not is_large):
            self.run(command, initiator)
            return

        def work(context: TaskContext) -> Changes:
            context.progress(-1, command.label)
            return self.workspace.run(command)

        def done(changes: Changes) -> None:
            self.announce(changes, initiator)

        runner.run(Task(command.label, work, done, self.edit_failed.emit))

    def choose_sales_force(self, force: SalesForceId) -> None:
        """Show the territories of another sales force; nothing is written."""
        changes = self.workspace.choose_sales_force(force)
        if changes != Changes():
            self.announce(changes)

    def announce(self, changes: Changes, initiator: QObject | None = None) -> None:
        """Tell the views about an edit that a background task has committed."""
        self.changed.emit(changes, initiator)
        self.history_changed.emit(self.workspace.history_status())

    def undo(self, tasks: TaskRunner | None = None) -> None:
        """Take the last step back; a large one in the background.

        Args:
            tasks: Shows the progress; None lets the window show it.
        """
        self._turn(self.workspace.undo, self.workspace.bytes_to_undo(), tasks)

    def redo(self) -> None:
        """Do the last undone step again."""
        self._turn(self.workspace.redo, self.workspace.bytes_to_redo())

    def go_to_step(self, step: int) -> None:
        """Undo or redo until this step is the last one done."""
        size = self.workspace.bytes_to_step(step)
        self._turn(lambda: self.workspace.go_to_step(step), size)

    def _turn(
        self, turn: Callable[[], Changes], size_bytes: int, tasks: TaskRunner | None = None
    ) -> None:
        runner = tasks or self.tasks
        if runner is not None and size_bytes > _AT_ONCE_BYTES:

            def work(context: TaskContext) -> Changes:
                context.progress(-1, _TURNING)
                return turn()

            runner.run(Task(_TURNING, work, self._turned, self.edit_failed.emit))
            return
        try:
            changes = turn()
        except AppError as error:
            self.edit_failed.emit(error)
            return
        self._turned(changes)

    def _turned(self, changes: Changes) -> None:
        if changes != Changes():
            # What was taken back should be seen: it may have been another sales force.
            concerned = force_concerned(self.workspace, changes)
            self.announce(changes | self.workspace.choose_sales_force(concerned))
