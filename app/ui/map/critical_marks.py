# SPDX-License-Identifier: MIT
"""Dots on the areas that hold a territory together, while a brush could take them away."""

from PySide6.QtCore import QObject

from app.services.alignment import NOBODY
from app.services.held_units import held_codes
from app.ui.map.map_context import MapContext


class CriticalMarks(QObject):
    """Marks what the territory under the brush would be split by losing.

    Args:
        context: The map and its plan.
        parent: Who owns it.
    """

    def __init__(self, context: MapContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._shown = NOBODY
        self._is_on = False

    def set_on(self, on: bool) -> None:
        """Whether a brush is the tool."""
        self._is_on = on
        if not on:
            self._show(NOBODY)

    def follow(self, number: int) -> None:
        """Another unit is under the pointer."""
        if not self._is_on:
            return
        session = self._context.session
        units = self._context.areas.units_at((number,))
        codes = set(held_codes(session.workspace, units).tolist())
        code = codes.pop() if len(codes) == 1 else NOBODY
        target = self._context.selection.target
        is_own = code >= 0 and session.workspace.territories[code].id == target
        self._show(NOBODY if is_own else max(code, NOBODY))

    def refresh(self) -> None:
        """The plan or the areas that are shown are others."""
        shown, self._shown = self._shown, NOBODY
        if shown >= len(self._context.session.workspace.territories):
            shown = NOBODY
        self._context.view.tools.set_critical(())
        self._show(shown)

    def _show(self, territory: int) -> None:
        if territory == self._shown:
            return
        self._shown = territory
        workspace = self._context.session.workspace
        units: tuple[int, ...] = ()
        if territory >= 0:
            found = workspace.connections.units_that_split(workspace.territories[territory].id)
            units = tuple(self._context.areas.numbers_of(found))
        self._context.view.tools.set_critical(units)
