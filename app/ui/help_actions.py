# SPDX-License-Identifier: MIT
"""The Help menu, and finding commands by their words."""

from PySide6.QtCore import QObject

from app.ui.dialogs.about_dialog import AboutDialog
from app.ui.dialogs.command_palette import CommandPalette
from app.ui.file_actions import open_folder
from app.ui.map_host import MapHost
from app.ui.window_context import WindowContext


class HelpActions(QObject):
    """About, log folder, command palette."""

    def __init__(self, context: WindowContext, map_host: MapHost) -> None:
        super().__init__(context.window)
        self._context = context
        self._map_host = map_host

    def about(self) -> None:
        """Version, attributions, and what left this computer."""
        AboutDialog(self._map_host.requests_left, self._context.window).exec()

    def show_log_folder(self) -> None:
        """Show the log in the system's file manager."""
        open_folder(self._context.surroundings.folders.logs)

    def command_palette(self) -> None:
        """Find a command by its words."""
        CommandPalette(list(self._context.actions.values()), self._context.window).open()
