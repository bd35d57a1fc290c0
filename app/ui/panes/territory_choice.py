# SPDX-License-Identifier: MIT
"""A button with a menu of all territories, to assign what is selected to one of them."""

from collections.abc import Callable

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

    Attributes:
        first: The territory that is offered before all others, or None.

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
        self.first: TerritoryId | None = None
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
        add_territories(menu, self._workspace, self._on_chosen, self.first)
        if self._extra:
            menu.addSeparator()
            action = menu.addAction(literal(self._extra))
            action.triggered.connect(lambda _checked=False: self.extra_chosen.emit())

    def _on_chosen(self, territory: TerritoryId) -> None:
        self.chosen.emit(int(territory))


def add_territories(
    menu: QMenu,
    workspace: Workspace,
    on_chosen: Callable[[TerritoryId], object],
    first: TerritoryId | None = None,
) -> None:
    """Write all territories into a menu by name, one of them before all others."""
    tokens = tokens_of(menu.palette())
    ordered = sorted(workspace.territories, key=lambda t: (t.id != first, natural_key(t.name)))
    for territory in ordered:
        action = menu.addAction(chip_icon(territory.color_index, tokens), literal(territory.name))
        action.setEnabled(not territory.is_locked)
        action.triggered.connect(lambda _checked=False, wanted=territory.id: on_chosen(wanted))
        if territory.id == first and len(ordered) > 1:
            menu.addSeparator()
    if not ordered:
        menu.addAction("There are no territories yet").setEnabled(False)
