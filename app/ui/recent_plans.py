# SPDX-License-Identifier: MIT
"""The plans that were open last."""

from pathlib import Path

from PySide6.QtCore import QSettings

MOST = 10
_KEY = "recent/plans"


class RecentPlans:
    """The ten plans that were open last, newest first, kept in the program's settings."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def paths(self) -> list[Path]:
        """The plans, newest first; some may no longer be there."""
        stored = self._settings.value(_KEY, [])
        if isinstance(stored, str):
            return [Path(stored)] if stored else []
        return [Path(str(text)) for text in stored] if isinstance(stored, list) else []

    def add(self, path: Path) -> None:
        """Put a plan first."""
        self._write([path, *(other for other in self.paths() if other != path)])

    def remove(self, path: Path) -> None:
        """Forget a plan; its file stays."""
        self._write([other for other in self.paths() if other != path])

    def _write(self, paths: list[Path]) -> None:
        self._settings.setValue(_KEY, [str(path) for path in paths[:MOST]])
