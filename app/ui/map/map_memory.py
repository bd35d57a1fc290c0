# SPDX-License-Identifier: MIT
"""What the map of a plan showed last, kept in the user's settings."""

from PySide6.QtCore import QSettings


class MapMemory:
    """The remembered values of one plan.

    Args:
        plan_id: Which plan.
        settings: Where they are kept; None keeps nothing.
    """

    def __init__(self, plan_id: str, settings: QSettings | None = None) -> None:
        self._plan_id = plan_id
        self._settings = settings

    def get(self, name: str, default: str) -> str:
        """The remembered value, or the default."""
        if self._settings is None:
            return default
        return str(self._settings.value(self._key(name), default))

    def set(self, name: str, value: str) -> None:
        """Remember a value."""
        if self._settings is not None:
            self._settings.setValue(self._key(name), value)

    def _key(self, name: str) -> str:
        return f"plan/{self._plan_id}/{name}"
