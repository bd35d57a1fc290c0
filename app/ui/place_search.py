# SPDX-License-Identifier: MIT
"""The search field over the map: places, ZIPs, accounts and territories by name."""

from dataclasses import dataclass

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.services.workspace import Workspace
from app.ui.widgets.search_field import SearchField

_MOST = 12
_KIND_MARKS = (" – territory", " – account", " (state)")
_MOST_PER_KIND = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that the search found; exactly one of the ids is set, or bounds."""

    text: str
    territory: TerritoryId | None = None
    account: AccountId | None = None
    geounit: GeoUnitId | None = None
    bounds: tuple[float, float, float, float] | None = None


def find(workspace: Workspace, text: str) -> list[Hit]:
    """What matches the text, closest first: the same name, then one that begins with it.

    Among equals territories come before accounts, and accounts before places.
    """
    wanted = text.casefold()
    if len(wanted) < 2:
        return []
    hits = [
        Hit(f"{t.name} – territory", territory=t.id)
        for t in workspace.territories
        if wanted in t.name.casefold()
    ][:_MOST_PER_KIND]
    hits += _accounts(workspace, wanted)
    hits += [
        Hit(place.name, geounit=place.geounit, bounds=place.bounds)
        for place in workspace.geography.search(text, _MOST_PER_KIND)
    ]
    return sorted(hits, key=lambda hit: _closeness(hit.text, wanted))[:_MOST]


def _closeness(text: str, wanted: str) -> int:
    name = text.casefold()
    for kind in _KIND_MARKS:
        name = name.removesuffix(kind)
    if name == wanted:
        return 0
    return 1 if name.startswith(wanted) else 2


def _accounts(workspace: Workspace, wanted: str) -> list[Hit]:
    found: list[Hit] = []
    names, ids = workspace.accounts.text("name"), workspace.accounts.text("external_id")
    for row, name in enumerate(names):
        if wanted in name.casefold() or wanted == ids[row].casefold():
            account = AccountId(int(workspace.accounts.ids[row]))
            found.append(Hit(f"{name} – account", account=account))
            if len(found) == _MOST_PER_KIND:
                break
    return found


class PlaceSearch(SearchField):
    """Offers what matches while the user types.

    Signals:
        found: The `Hit` that the user chose.
    """

    found = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__("Find a place, ZIP, account or territory", parent)
        self._workspace = workspace
        self._hits: list[Hit] = []
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_MOST)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._on_chosen)
        self.searched.connect(self._on_searched)
        self.returnPressed.connect(self._on_return)
        self.setMinimumWidth(120)

    def _on_searched(self, text: str) -> None:
        self._hits = find(self._workspace, text)
        self._model.setStringList([hit.text for hit in self._hits])
        if self._hits:
            self._completer.complete()
        else:
            self._hide_list()

    def _hide_list(self) -> None:
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()

    def _on_return(self) -> None:
        if self._hits:
            self._on_chosen(self._hits[0].text)

    def _on_chosen(self, text: str) -> None:
        for hit in self._hits:
            if hit.text == text:
                self._hide_list()
                self.clear()
                self.found.emit(hit)
                return
