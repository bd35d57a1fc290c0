# SPDX-License-Identifier: MIT
"""Opening and creating plans in the background."""

import importlib
import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.app_folders import AppFolders
from app.models.errors import AppError, StoreError
from app.services.geography.geography import Geography
from app.services.workspace import Workspace
from app.ui.file_kinds import SUFFIX
from app.ui.recent_plans import RecentPlans
from app.ui.resources import RESOURCES
from app.ui.tasks import Task, TaskContext, TaskRunner

_log = logging.getLogger(__name__)
SAMPLE = RESOURCES / "sample" / f"sample{SUFFIX}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every plan needs and none owns."""

    geography: Geography
    folders: AppFolders
    documents: Path
    """Where new plans are offered to be kept."""


class PlanOpener(QObject):
    """Opens plans without holding up the window.

    Signals:
        opened(Workspace): A plan is open.
        failed(AppError, Path): It could not be opened; whatever was open stays open.
    """

    opened = Signal(object)
    failed = Signal(object, object)

    def __init__(
        self,
        surroundings: Surroundings,
        recent: RecentPlans,
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._recent = recent
        self._tasks = tasks

    def open(self, path: Path) -> None:
        """Open a plan file."""
        around = self._surroundings
        self._run(
            f"Opening {path.name}",
            path,
            lambda: Workspace.open(path, around.folders, around.geography),
        )

    def create(self, path: Path, name: str) -> None:
        """Make an empty plan file and open it."""
        around = self._surroundings
        self._run(
            f"Creating {path.name}",
            path,
            lambda: Workspace.create(path, around.folders, around.geography, name),
        )

    def open_sample(self) -> None:
        """Open a fresh copy of the sample plan, so that trying things out spoils nothing."""
        path = self.free_path("Evenfield sample")
        around = self._surroundings

        def work() -> Workspace:
            _copy_sample(path)
            return Workspace.open(path, around.folders, around.geography)

        self._run("Opening the sample plan", path, work)

    def free_path(self, name: str) -> Path:
        """A file in the documents folder that does not exist yet."""
        folder = self._surroundings.documents
        candidate = folder / f"{name}{SUFFIX}"
        number = 2
        while candidate.exists():
            candidate = folder / f"{name} {number}{SUFFIX}"
            number += 1
        return candidate

    def _run(self, title: str, path: Path, work: Callable[[], Workspace]) -> None:
        started = time.perf_counter()

        def done(workspace: Workspace) -> None:
            count = len(workspace.accounts)
            _log.info("opened a plan: %d accounts, %.2f s", count, time.perf_counter() - started)
            self._recent.add(path)
            self.opened.emit(workspace)

        def failed(error: AppError) -> None:
            self.failed.emit(error, path)

        def body(context: TaskContext) -> Workspace:
            context.progress(-1, title)
            _load_panes()
            return work()

        self._tasks.run(Task(title, body, done, failed))


def _load_panes() -> None:
    """Load the code of the panes here, where it holds up nothing; the first time takes 0.15 s."""
    for name in ("panes.inspector", "panes.rep_pane", "panes.overlap_pane", "data_links"):
        importlib.import_module(f"app.ui.{name}")


def _copy_sample(path: Path) -> None:
    """Put a copy of the sample plan at a path.

    Raises:
        StoreError: The folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE, path)
    except OSError as error:
        message = f"The sample plan could not be copied to {path.parent.name}."
        raise StoreError(
            message,
            meaning="Nothing was changed.",
            remedy="Check that this folder can be written and that the disk has space.",
        ) from error
