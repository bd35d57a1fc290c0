# SPDX-License-Identifier: MIT
"""Importing tables through the wizard."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.window_context import WindowContext

if TYPE_CHECKING:
    # See `_open` for why it is not imported here.
    from app.ui.dialogs.import_wizard.wizard import ImportWizard


class ImportFlow(QObject):
    """Opens the import wizard on the open plan.

    Signals:
        data_requested(str): The user wants to see a page about the data that came in: "health" or
            "duplicates".
    """

    data_requested = Signal(str)

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._wizard: ImportWizard | None = None

    def choose(self) -> None:
        """Let the user choose files in the wizard."""
        self._open()

    def choose_folder(self) -> None:
        """Let the user choose a folder."""
        wizard = self._open()
        if wizard is not None:
            wizard.choose_folder()

    def start_clipboard(self) -> None:
        """Open the wizard with the cells in the clipboard."""
        wizard = self._open()
        if wizard is not None:
            wizard.paste()

    def start(self, paths: Sequence[Path]) -> None:
        """Open the wizard with files and folders."""
        wizard = self._open()
        if wizard is not None:
            wizard.open_paths(paths)

    def _open(self) -> "ImportWizard | None":
        plan = self._context.plan
        if plan is None:
            return None
        if self._wizard is not None:
            self._wizard.raise_()
            return self._wizard
        # The readers of spreadsheets take 0.2 s to import, which the start need not wait for.
        from app.ui.dialogs.import_wizard.wizard import ImportWizard  # noqa: PLC0415

        wizard = ImportWizard(
            plan.session, self._context.surroundings.documents, self._context.window
        )
        screen = plan.screen
        wizard.build_requested.connect(lambda: screen.build_requested.emit(""))
        wizard.data_requested.connect(self.data_requested)
        wizard.imported.connect(lambda _drafts: screen.map.show_everything())
        wizard.finished.connect(self._on_finished)
        self._wizard = wizard
        wizard.open()
        return wizard

    def _on_finished(self) -> None:
        if self._wizard is not None:
            self._wizard.deleteLater()
            self._wizard = None
