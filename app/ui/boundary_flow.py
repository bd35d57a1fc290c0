# SPDX-License-Identifier: MIT
"""Adding boundaries through their window."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.window_context import WindowContext

if TYPE_CHECKING:
    # See `_open` for why it is not imported here.
    from app.ui.dialogs.boundary_wizard.wizard import BoundaryWizard


class BoundaryFlow(QObject):
    """Opens the window of boundaries on the open plan."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._wizard: BoundaryWizard | None = None

    def choose(self) -> None:
        """Let the user choose a file."""
        self._open()

    def start(self, path: Path) -> None:
        """Open the window with a file."""
        wizard = self._open()
        if wizard is not None and not wizard.tasks.is_busy:
            wizard.open_path(path)

    def _open(self) -> "BoundaryWizard | None":
        plan = self._context.plan
        if plan is None or plan.session.is_read_only:
            return None
        if self._wizard is not None:
            self._wizard.raise_()
            return self._wizard
        # It brings shapely, which takes 0.2 s to import and the start need not wait for.
        from app.ui.dialogs.boundary_wizard.wizard import BoundaryWizard  # noqa: PLC0415

        wizard = BoundaryWizard(
            plan.session, self._context.surroundings.documents, self._context.window
        )
        wizard.finished.connect(self._on_finished)
        self._wizard = wizard
        wizard.open()
        return wizard

    def _on_finished(self) -> None:
        if self._wizard is not None:
            self._wizard.deleteLater()
            self._wizard = None
