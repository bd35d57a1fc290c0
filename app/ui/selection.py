# SPDX-License-Identifier: MIT
"""What the user has picked: shared by map, lists and inspector, so that all show the same."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.models.ids import AccountId, GeoUnitId, RepId, TerritoryId


@dataclass(frozen=True, slots=True)
class Focus:
    """The one thing that the inspector shows; at most one of the fields is set."""

    territory: TerritoryId | None = None
    rep: RepId | None = None
    account: AccountId | None = None
    geounit: GeoUnitId | None = None


class Selection(QObject):
    """Selected areas, the active territory, and what the inspector shows.

    Signals:
        geounits_changed(): Other areas are selected.
        target_changed(): Another territory is active: painting and assigning go to it.
        focus_changed(): The inspector shows something else.
    """

    geounits_changed = Signal()
    target_changed = Signal()
    focus_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.geounits: tuple[GeoUnitId, ...] = ()
        self.title = ""
        self.target: TerritoryId | None = None
        self.focus = Focus()

    def select_geounits(self, geounits: tuple[GeoUnitId, ...], title: str = "") -> None:
        """Select these areas instead of the present ones.

        Args:
            geounits: The areas.
            title: What they are together, where that has a name: "ZIP3 606".
        """
        if geounits != self.geounits or title != self.title:
            self.geounits, self.title = geounits, title
            self.geounits_changed.emit()

    def activate(self, territory: TerritoryId | None) -> None:
        """Make a territory the one that painting goes to."""
        if territory != self.target:
            self.target = territory
            self.target_changed.emit()

    def show(self, focus: Focus) -> None:
        """Let the inspector show something."""
        if focus != self.focus:
            self.focus = focus
            self.focus_changed.emit()
