# SPDX-License-Identifier: MIT
"""A pane that is made when it is first needed, so that opening a plan does not wait for it."""

from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.ui.parts import column
from app.ui.theme import set_kind

PaneT = TypeVar("PaneT", bound=QWidget)


class Stoppable(Protocol):
    """A pane with work in the background."""

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        ...


class LazyPane(QWidget):
    """Stands where the pane will be, and makes it when it is shown or asked for.

    Args:
        make: Makes the pane, with all its connections.
        parent: The widget that holds it.
    """

    def __init__(self, make: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make = make
        self._pane: QWidget | None = None
        self.setLayout(column())

    @property
    def is_made(self) -> bool:
        """Whether the pane exists."""
        return self._pane is not None

    def pane(self, kind: type[PaneT]) -> PaneT:
        """The pane, made now where it did not exist.

        Args:
            kind: The class that the maker is known to make.
        """
        made = self._made()
        if not isinstance(made, kind):
            message = f"the pane is no {kind.__name__}"
            raise TypeError(message)
        return made

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        if self._pane is not None and hasattr(self._pane, "stop"):
            cast("Stoppable", self._pane).stop()

    def showEvent(self, event: QShowEvent) -> None:
        self._made()
        super().showEvent(event)

    def _made(self) -> QWidget:
        if self._pane is None:
            self._pane = self._make()
            layout = self.layout()
            if layout is not None:
                layout.addWidget(self._pane)
                # Left to the layout, it would come a moment later, and as an empty frame first.
                self._pane.show()
        return self._pane
