# SPDX-License-Identifier: MIT
"""Locking and unlocking areas by hand: what the map, the list and the card of an area offer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QMenu

from app.models.ids import GeoUnitId
from app.services.commands import UnlockGeoUnits
from app.services.locking import lock_areas
from app.ui.area_edits import holders_of
from app.ui.icons import icon
from app.ui.session import EditSession


@dataclass(frozen=True, slots=True)
class LockOffer:
    """Something that can be done about the locks of areas.

    Attributes:
        words: As a button or an entry of a menu says it.
        icon_name: The picture beside it.
        is_possible: False where there is nothing to lock or the plan cannot be written.
        run: Does it, as one step of undo.
    """

    words: str
    icon_name: str
    is_possible: bool
    run: Callable[[], object]


def lock_offers(session: EditSession, units: Sequence[GeoUnitId]) -> tuple[LockOffer, ...]:
    """Unlock those that are locked, lock those that are free; none where there is neither."""
    workspace = session.workspace
    can_edit = not session.is_read_only
    offers: list[LockOffer] = []
    locked = tuple(unit for unit in units if unit in workspace.state.geounit_locks)
    if locked:
        words = "Unlock area" if len(locked) == 1 else f"Unlock {len(locked)} areas"
        name = workspace.geography.name(locked[0]) if len(locked) == 1 else ""
        command = UnlockGeoUnits(locked, name)
        offers.append(LockOffer(words, "unlock", can_edit, lambda: session.run(command)))
    free = tuple(unit for unit in units if workspace.holdings.lock_over(unit) is None)
    if free:
        words = "Lock area" if len(free) == 1 else f"Lock {len(free)} areas"
        is_held = holders_of(workspace, free).nobody < len(free)
        offers.append(
            LockOffer(
                words,
                "lock",
                can_edit and is_held,
                lambda: session.run(lock_areas(workspace, free)),
            )
        )
    return tuple(offers)


class AreaMenu(QObject):
    """The menu of a right click on areas in a table.

    Args:
        session: The open plan.
        table: The table; the menu opens over it.
        selected: Gives the areas that are selected in it.
    """

    def __init__(
        self,
        session: EditSession,
        table: QAbstractItemView,
        selected: Callable[[], tuple[GeoUnitId, ...]],
    ) -> None:
        super().__init__(table)
        self._session, self._table, self._selected = session, table, selected
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_requested)

    def menu(self) -> QMenu | None:
        """The menu for the selected areas; None where nothing can be done with them."""
        offers = lock_offers(self._session, self._selected())
        if not offers:
            return None
        menu = QMenu(self._table)
        for offer in offers:
            action = menu.addAction(icon(offer.icon_name), offer.words)
            action.setEnabled(offer.is_possible)
            action.triggered.connect(lambda _checked=False, run=offer.run: run())
        return menu

    def _on_requested(self, at: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self._table.viewport().mapToGlobal(at))
