# SPDX-License-Identifier: MIT
"""The door for edits of one open plan: run, undo and redo, each looked at before it is kept."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial

from app.models.changes import Changes, HistoryStatus, HistoryStep
from app.services.commands import Command, Edit
from app.services.exception_guard import ExceptionGuard
from app.services.history import Check, EditHistory
from app.services.store.transaction import Transaction


class PlanEdits(ABC):
    """What an open plan does about edits.

    Args:
        history: The one way in which the plan is changed.
    """

    def __init__(self, history: EditHistory) -> None:
        self._history = history

    @property
    @abstractmethod
    def guard(self) -> ExceptionGuard:
        """Refuses what would break a lock or bring together what must stay apart."""

    @abstractmethod
    def _edit(self, tx: Transaction) -> Edit:
        """What a command works on: a transaction, the areas of now, the sales force shown."""

    @abstractmethod
    def _took(self, changes: Changes) -> Changes:
        """Read again what an edit touched; the changes, with what follows from them."""

    def run(self, command: Command) -> Changes:
        """Carry out an edit in one transaction with its history.

        Raises:
            EditRejected: The plan cannot take it; nothing was changed.
            StoreError: It could not be written; nothing was changed.
        """

        def turn(check: Check) -> Changes:
            return self._history.run(
                command.label, lambda tx: command.apply(self._edit(tx)), command.stroke, check
            )

        return self._turned(turn, is_new=True)

    def undo(self) -> Changes:
        """Take the last step back; empty changes where there is none."""
        return self._turned(self._history.undo)

    def redo(self) -> Changes:
        """Do the last undone step again; empty changes where there is none."""
        return self._turned(self._history.redo)

    def go_to_step(self, step: int) -> Changes:
        """Undo or redo until this step is the last one done."""
        return self._turned(partial(self._history.go_to, step))

    def bytes_to_undo(self) -> int:
        """Size of what undo would put back; large steps are taken back in the background."""
        return self._history.bytes_to_undo()

    def bytes_to_redo(self) -> int:
        """Size of what redo would put back."""
        return self._history.bytes_to_redo()

    def bytes_to_step(self, step: int) -> int:
        """Size of what going to a step would put back."""
        return self._history.bytes_to(step)

    def history_status(self) -> HistoryStatus:
        """What undo and redo would do."""
        return self._history.status()

    def history_steps(self) -> tuple[HistoryStep, ...]:
        """All steps, oldest first."""
        return self._history.steps()

    def _turned(self, turn: Callable[[Check], Changes], *, is_new: bool = False) -> Changes:
        """Carry out an edit, undo or redo, unless it would break what is locked or kept apart.

        What it comes to is read while it can still be taken back; where it is, the plan is read
        once more.
        """
        before = self.guard.moment()
        read: list[Changes] = []

        def check(changes: Changes) -> None:
            if changes != Changes() and (before is not None or changes.exceptions):
                read.append(changes)
                read[:] = [self._took(changes)]
                self.guard.check(before, changes, is_new=is_new)

        try:
            changes = turn(check)
        except BaseException:
            for touched in read:
                self._took(touched)
            raise
        return read[0] if read else self._took(changes)
