# SPDX-License-Identifier: MIT
"""The chips over the account list: which accounts are listed, and how many each chip lists."""

from enum import Enum

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.workspace import Workspace
from app.ui.area_edits import accounts_in_areas
from app.ui.formats import count
from app.ui.parts import button, literal

LongArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


class AccountFilter(Enum):
    """Which accounts are listed; the values are the words of the chips."""

    ALL = "All"
    UNASSIGNED = "Unassigned"
    IN_DISPUTE = "In dispute"
    NOT_PLACED = "Not placed"
    SELECTED_AREAS = "In selected areas"
    GONE = "Gone"


_TOOLTIPS = {
    AccountFilter.GONE: "Marked as gone: the last complete list no longer had them",
    AccountFilter.SELECTED_AREAS: "In the areas that are selected on the map",
}


class AccountFilters(QObject):
    """One filter at a time: a kind, the accounts of a territory, or exactly some accounts.

    Args:
        workspace: The open plan.
        parent: The list that is filtered.

    Signals:
        changed(): The user or a caller chose another filter.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._kind = AccountFilter.ALL
        self._territory: TerritoryId | None = None
        self._title, self._ids = "", np.empty(0, dtype=np.int64)
        self._gone: tuple[object, BoolArray] = (None, np.empty(0, dtype=np.bool_))
        self._areas: tuple[GeoUnitId, ...] = ()
        self._inside: tuple[object, BoolArray] = (None, np.empty(0, dtype=np.bool_))
        self.chips = {kind: self._chip(kind) for kind in AccountFilter}
        self.only_chip = button("", lambda: self.show_kind(AccountFilter.ALL), kind="chip")
        self.only_chip.setCheckable(True)
        self.only_chip.hide()

    def show_kind(self, kind: AccountFilter) -> None:
        """List all accounts, or those of one kind."""
        self._choose(kind=kind)

    def show_territory(self, territory: TerritoryId | None) -> None:
        """List the accounts of one territory; None lists all."""
        self._choose(territory=territory)

    def show_rows(self, title: str, ids: LongArray) -> None:
        """List exactly some accounts.

        Args:
            title: What they have in common, for the chip.
            ids: Account ids.
        """
        self._choose(title=title, ids=np.unique(np.asarray(ids, dtype=np.int64)))

    def take_areas(self, areas: tuple[GeoUnitId, ...]) -> None:
        """Offer the accounts in these areas; nothing is listed anew unless they are listed now."""
        self._areas, self._inside = areas, (None, np.empty(0, dtype=np.bool_))
        if self._kind is AccountFilter.SELECTED_AREAS and not self._is_special:
            self._choose(kind=self._kind if areas else AccountFilter.ALL)
        else:
            self._show_chips()

    def refresh(self) -> None:
        """Count anew; a filter on what the plan no longer has gives way to the whole list."""
        if self._territory is not None and not self._workspace.has_territory(self._territory):
            self._territory = None
        if self._title and not self._listed_rows().any():
            self._title = ""
        if self._kind is AccountFilter.GONE and not self._is_gone().any():
            self._kind = AccountFilter.ALL
        self._show_chips()

    def kept(self) -> BoolArray | None:
        """Per account, whether it is listed; None for all."""
        workspace = self._workspace
        if self._title:
            return self._listed_rows()
        if self._territory is not None:
            kept = np.zeros(len(workspace.accounts), dtype=np.bool_)
            leaves = workspace.leaves_of(self._territory)
            kept[workspace.holdings.accounts_of_territories(leaves)] = True
            return kept
        return None if self._kind is AccountFilter.ALL else self._of_kind(self._kind)

    @property
    def _is_special(self) -> bool:
        return self._territory is not None or bool(self._title)

    def _choose(
        self,
        *,
        kind: AccountFilter = AccountFilter.ALL,
        territory: TerritoryId | None = None,
        title: str = "",
        ids: LongArray | None = None,
    ) -> None:
        self._kind, self._territory, self._title = kind, territory, title
        self._ids = np.empty(0, dtype=np.int64) if ids is None else ids
        self._show_chips()
        self.changed.emit()

    def _of_kind(self, kind: AccountFilter) -> BoolArray:
        accounts = self._workspace.accounts
        if kind is AccountFilter.UNASSIGNED:
            return self._workspace.account_territory == NOBODY
        if kind is AccountFilter.IN_DISPUTE:
            return self._workspace.account_territory == IN_DISPUTE
        if kind is AccountFilter.NOT_PLACED:
            return ~accounts.is_placed
        if kind is AccountFilter.GONE:
            return self._is_gone()
        if kind is AccountFilter.SELECTED_AREAS:
            return self._in_areas()
        return np.ones(len(accounts), dtype=np.bool_)

    def _listed_rows(self) -> BoolArray:
        return np.isin(self._workspace.accounts.ids, self._ids)

    def _is_gone(self) -> BoolArray:
        """Looked up once per account list: it is asked for after every edit."""
        accounts = self._workspace.accounts
        if self._gone[0] is not accounts:
            self._gone = (accounts, np.isin(accounts.ids, accounts.repository.gone_ids()))
        return self._gone[1]

    def _in_areas(self) -> BoolArray:
        """Looked up once per selection and account list."""
        accounts = self._workspace.accounts
        if self._inside[0] is not accounts:
            inside = np.zeros(len(accounts), dtype=np.bool_)
            if self._areas:
                inside[accounts_in_areas(self._workspace, self._areas)] = True
            self._inside = (accounts, inside)
        return self._inside[1]

    def _chip(self, kind: AccountFilter) -> QPushButton:
        made = button(kind.value, lambda: self.show_kind(kind), kind="chip")
        made.setToolTip(_TOOLTIPS.get(kind, ""))
        made.setCheckable(True)
        return made

    def _show_chips(self) -> None:
        for kind, made in self.chips.items():
            amount = int(self._of_kind(kind).sum())
            made.setText(f"{kind.value}  {count(amount)}")
            made.setChecked(kind is self._kind and not self._is_special)
            if kind is AccountFilter.GONE:
                made.setVisible(amount > 0)
            if kind is AccountFilter.SELECTED_AREAS:
                made.setVisible(bool(self._areas))
        self.only_chip.setVisible(self._is_special)
        if self._is_special:
            self._show_only_chip()

    def _show_only_chip(self) -> None:
        if self._territory is not None:
            name = text = self._workspace.territory(self._territory).name
        else:
            name, text = self._title, f"{self._title}  {count(int(self._listed_rows().sum()))}"
        self.only_chip.setText(literal(f"{text}  ×"))
        self.only_chip.setAccessibleName(f"Only {name}; press to list all")
        self.only_chip.setChecked(True)
