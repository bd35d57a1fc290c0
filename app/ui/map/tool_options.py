# SPDX-License-Identifier: MIT
"""How the tools work at the moment: what the option strip shows and strokes obey."""

from PySide6.QtCore import QObject, Signal

from app.models.ids import TerritoryId
from app.ui.map.tool_messages import StrokeSource


class ToolOptions(QObject):
    """The options of all tools.

    Attributes:
        assigns: Whether box, lasso and radius assign what they enclose, instead of selecting it.
        source: Whose areas a stroke that assigns may take.
        source_territory: For one territory: which; None for that where the stroke begins.
        inside: Key of the coarser areas which a stroke does not leave; empty for none.
        radius: Of the brush, in pixels of the screen.

    Signals:
        changed(): One of them is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.assigns = False
        self.source = StrokeSource.ALL
        self.source_territory: TerritoryId | None = None
        self.inside = ""
        self.radius = 12

    def set_assigns(self, assigns: bool) -> None:
        """Let outlines assign, or only select."""
        self._set("assigns", assigns)

    def set_source(self, source: StrokeSource, territory: TerritoryId | None = None) -> None:
        """Limit what strokes may take."""
        self.source_territory = territory
        self.source = source
        self.changed.emit()

    def set_inside(self, key: str) -> None:
        """Keep strokes inside the coarser area in which they begin; empty for anywhere."""
        self._set("inside", key)

    def set_radius(self, radius: float) -> None:
        """Give the brush another size."""
        self._set("radius", round(radius))

    def _set(self, name: str, value: object) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)
            self.changed.emit()
