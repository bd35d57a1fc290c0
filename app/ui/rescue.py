# SPDX-License-Identifier: MIT
"""When a plan file is damaged: its newest backup, or what can still be read from it."""

import shutil
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.errors import AppError, StoreError
from app.services.store.backups import Backup
from app.services.store.recovering import newest_good_backup, plan_id_of, recover_readable
from app.ui.dialogs.message import ask, show_problem
from app.ui.file_kinds import SUFFIX
from app.ui.plan_opener import Surroundings
from app.ui.tasks import Task, TaskContext, TaskRunner

_CLOSE, _RECOVER, _BACKUP = "Close", "Recover what can be read", "Open the newest backup"


@dataclass(frozen=True, slots=True)
class _Found:
    plan_id: str
    backup: Backup | None


class Rescue(QObject):
    """Offers what is left of a plan that could not be opened.

    The damaged file is never touched: whatever is saved becomes a new file beside it.

    Signals:
        rescued(Path): A plan file that can be opened.
    """

    rescued = Signal(object)

    def __init__(self, around: Surroundings, tasks: TaskRunner, window: QWidget) -> None:
        super().__init__(window)
        self._around = around
        self._tasks = tasks
        self._window = window

    def explain(self, error: AppError, path: Path) -> None:
        """Say what is wrong with a file, and what can be done about it."""
        if path.suffix != SUFFIX or not path.is_file():
            show_problem(error, self._window)
            return

        def look(context: TaskContext) -> _Found:
            context.progress(-1, "Looking for backups")
            plan_id = plan_id_of(path)
            backup = newest_good_backup(self._around.folders, plan_id) if plan_id else None
            return _Found(plan_id, backup)

        def offer(found: _Found) -> None:
            self._offer(error, path, found)

        self._tasks.run(Task(f"Looking at {path.name}", look, offer))

    def _offer(self, error: AppError, path: Path, found: _Found) -> None:
        verbs = [_CLOSE]
        if found.plan_id:
            verbs.append(_RECOVER)
        remedy = error.remedy
        if found.backup is not None:
            verbs.append(_BACKUP)
            at = QDateTime.fromSecsSinceEpoch(int(found.backup.at.timestamp()))
            moment = QLocale().toString(at, QLocale.FormatType.ShortFormat)
            remedy = f"{remedy} The newest good backup is of {moment}."
        if len(verbs) == 1:
            show_problem(error, self._window)
            return
        asked = StoreError(error.message, meaning=error.meaning, remedy=remedy)
        chosen = ask(asked, verbs, self._window)
        if chosen < 0 or verbs[chosen] == _CLOSE:
            return
        if verbs[chosen] == _BACKUP and found.backup is not None:
            self._open_backup(path, found.backup)
        else:
            self._recover(path)

    def _open_backup(self, path: Path, backup: Backup) -> None:
        at = backup.at.astimezone(UTC).strftime("%Y-%m-%d %H.%M")
        target = _free(path.with_name(f"{path.stem} (backup {at}){SUFFIX}"))

        def work(_context: TaskContext) -> Path:
            try:
                shutil.copyfile(backup.path, target)
            except OSError as error:
                message = f"The backup could not be copied to {target.parent.name}."
                raise StoreError(
                    message,
                    meaning="Nothing was changed.",
                    remedy="Check that the folder can be written and that the disk has space.",
                ) from error
            return target

        self._tasks.run(Task("Opening the backup", work, self.rescued.emit))

    def _recover(self, path: Path) -> None:
        target = _free(path.with_name(f"{path.stem} (recovered){SUFFIX}"))

        def work(context: TaskContext) -> Path:
            context.progress(-1, "Reading what can be read")
            recover_readable(path, target, self._around.folders)
            return target

        self._tasks.run(Task("Recovering", work, self.rescued.emit))


def _free(path: Path) -> Path:
    """The path, or one with a number where a file has its name."""
    number, candidate = 2, path
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return candidate
