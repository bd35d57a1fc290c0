# SPDX-License-Identifier: MIT
"""A button with a menu of all territories, to assign what is selected to one of them."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.models.ids import TerritoryId
from app.services.workspace import Workspace
from app.ui.icons import icon
from app.ui.panes.territory_list import natural_key
from app.ui.parts import literal
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon


class TerritoryChoice(QPushButton):
    """Opens a menu of the territories; the menu is filled when it opens.

    Args:
        text: The words on the button.
        workspace: The open plan.
        extra: Words of a further entry at the end, such as "Nobody"; empty for none.
        parent: The widget that holds it.

    Signals:
        chosen: Id of a territory.
        extra_chosen: The further entry.
    """

    chosen = Signal(int)
    extra_chosen = Signal()

    def __init__(
        self, text: str, workspace: Workspace, extra: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(literal(text), parent)
        self._workspace = workspace
        self._extra = extra
        self.setAutoDefault(False)
        self.setIcon(icon("arrow_right"))
        self.setIconSize(QSize(19, 16))
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill_menu)
        self.setMenu(menu)
        self.setProperty("hasMenu", True)

    def fill_menu(self) -> None:
        """Write the territories of now into the menu."""
        menu = self.menu()
        menu.clear()
        tokens = tokens_of(self.palette())
        ordered = sorted(self._workspace.territories, key=lambda t: natural_key(t.name))
        for territory in ordered:
            action = menu.addAction(
                chip_icon(territory.color_index, tokens), literal(territory.name)
            )
            action.setEnabled(not territory.is_locked)
            action.triggered.connect(
                lambda _checked=False, wanted=territory.id: self._on_chosen(wanted)
            )
        if not ordered:
            menu.addAction("There are no territories yet").setEnabled(False)
        if self._extra:
            menu.addSeparator()
            action = menu.addAction(literal(self._extra))
            action.triggered.connect(lambda _checked=False: self.extra_chosen.emit())

    def _on_chosen(self, territory: TerritoryId) -> None:
        self.chosen.emit(int(territory))
