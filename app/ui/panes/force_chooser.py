# SPDX-License-Identifier: MIT
"""Which sales force the window shows; hidden while the plan has one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.models.changes import Changes
from app.models.ids import SalesForceId
from app.ui.force_words import MODEL_TITLES
from app.ui.icons import icon
from app.ui.panes.pane import Pane
from app.ui.parts import label, literal, row
from app.ui.session import EditSession
from app.ui.widgets.elided_button import ElidedButton


class ForceChooser(Pane):
    """A button with a menu of the sales forces.

    Signals:
        forces_requested: The user wants to add, name or remove sales forces.
    """

    forces_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.button: QPushButton = ElidedButton("")
        self.button.setProperty("hasMenu", True)
        self.button.setIcon(icon("users"))
        menu = QMenu(self.button)
        menu.aboutToShow.connect(self.fill_menu)
        self.button.setMenu(menu)
        line = row(label("Sales force", "muted"), self.button, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.refresh()

    def concerns(self, changes: Changes) -> bool:
        return changes.sales_forces

    def invalidate(self) -> None:
        self.refresh()  # a hidden one shows itself once there are several

    def refresh(self) -> None:
        workspace = self.session.workspace
        name = workspace.sales_force.name
        if isinstance(self.button, ElidedButton):
            self.button.set_full_text(name)
        self.button.setAccessibleName(f"Sales force shown: {name}")
        self.setVisible(len(workspace.sales_forces) > 1)

    def fill_menu(self) -> None:
        """Offer all sales forces."""
        workspace = self.session.workspace
        menu = self.button.menu()
        menu.clear()
        for force in workspace.sales_forces:
            model = MODEL_TITLES[force.model].lower()
            action = menu.addAction(literal(f"{force.name} ({model})"))
            action.setCheckable(True)
            action.setChecked(force.id == workspace.sales_force.id)
            action.triggered.connect(lambda _checked=False, chosen=force.id: self.choose(chosen))
        menu.addSeparator()
        manage = menu.addAction("Manage sales forces…")
        manage.triggered.connect(lambda _checked=False: self.forces_requested.emit())

    def choose(self, force: SalesForceId) -> None:
        """Show another sales force."""
        self.session.choose_sales_force(force)
