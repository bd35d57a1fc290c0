# SPDX-License-Identifier: MIT
"""What the parts of the window share, so that none of them needs the window itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.models.errors import AppError
from app.ui.plan_opener import Surroundings
from app.ui.publisher import Publisher
from app.ui.session import EditSession
from app.ui.tasks import TaskRunner

if TYPE_CHECKING:
    # Importing it brings the web engine, which the start of the program must not wait for.
    from app.ui.plan_screen import PlanScreen


@dataclass(slots=True)
class OpenPlan:
    """Everything that exists only while a plan is open."""

    session: EditSession
    publisher: Publisher
    screen: "PlanScreen"


@dataclass(slots=True)
class WindowContext:
    """The window as its parts see it.

    Attributes:
        window: Parent of dialogs.
        plan: The open plan, or None.
        say: Shows a short message over the lower edge.
        say_done: The same about an edit, with a button that takes it back.
        explain: Shows a problem in a dialog.
        say_file: A short message about a file that was written, with a button that shows it.
    """

    window: QWidget
    settings: QSettings
    surroundings: Surroundings
    tasks: TaskRunner
    say: Callable[[str], None]
    say_done: Callable[[str], None]
    explain: Callable[[AppError], None]
    say_file: Callable[[str, Path], None]
    plan: OpenPlan | None = None
    actions: dict[str, QAction] = field(default_factory=dict[str, QAction])
