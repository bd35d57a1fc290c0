# SPDX-License-Identifier: MIT
"""Opens the dialogs that correct an account, and writes what they say."""

import uuid

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.account import Account, PlacedBy
from app.models.geounit import GeoLevel, split_geounit_id
from app.models.ids import AccountId, StrokeId
from app.services.commands import CorrectAccounts, ForgetCorrection, PlaceByHand
from app.services.geography.searching import FoundPlace
from app.services.workspace import Workspace
from app.ui.dialogs.account_dialog import OFFERED_FIELDS, AccountDialog
from app.ui.dialogs.place_dialog import PlaceDialog
from app.ui.session import EditSession

_MOST_PLACES = 12
_MOST_OFFERED = 2_000


class AccountEditor(QObject):
    """Edits one account at a time."""

    def __init__(self, session: EditSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = parent
        self.form: AccountDialog | None = None
        self.place_form: PlaceDialog | None = None

    def edit_fields(self, account: AccountId) -> None:
        """Let the user correct the fields."""
        workspace = self._session.workspace
        found = workspace.records.account(account)
        if found is None:
            return
        offered = {field: _values(workspace, field) for field in OFFERED_FIELDS}
        said = workspace.records.corrections_of(account)
        form = AccountDialog(found, said, offered, self._window)
        form.accepted.connect(lambda: self._write(found, form.changed_fields()))
        self.form = form
        form.open()

    def place(self, account: AccountId) -> None:
        """Let the user put the account somewhere."""
        workspace = self._session.workspace
        found = workspace.records.account(account)
        if found is None:
            return
        point = None
        if found.lon is not None and found.lat is not None:
            point = (found.lon, found.lat)
        form = PlaceDialog(
            found.name or found.external_id,
            point,
            lambda text: places(workspace, text),
            lambda lon, lat: area_words(workspace, lon, lat),
            offers_address="place" in workspace.records.corrections_of(account),
            parent=self._window,
        )
        form.finished.connect(lambda result: self._on_placed(found, form, result))
        self.place_form = form
        form.open()

    def _write(self, account: Account, changed: dict[str, str]) -> None:
        """All changed fields as one undo step."""
        stroke = StrokeId(f"account {uuid.uuid4()}") if len(changed) > 1 else None
        for field, value in changed.items():
            self._session.run(CorrectAccounts((account.id,), field, value, account.name, stroke))

    def _on_placed(self, account: Account, form: PlaceDialog, result: int) -> None:
        if result == PlaceDialog.ADDRESS:
            self._session.run(ForgetCorrection(account.id, "place", account.name))
        elif result == PlaceDialog.DialogCode.Accepted:
            lon, lat = form.point()
            is_same = account.placed_by is PlacedBy.BY_HAND and (account.lon, account.lat) == (
                lon,
                lat,
            )
            if not is_same:
                self._session.run(PlaceByHand(account.id, lon, lat, account.name))


def places(workspace: Workspace, text: str) -> list[tuple[FoundPlace, float, float]]:
    """Places that match a text, each with the point that stands for it."""
    geography = workspace.geography
    found: list[tuple[FoundPlace, float, float]] = []
    for place in geography.search(text, _MOST_PLACES):
        if place.geounit is None:
            west, south, east, north = place.bounds
            found.append((place, (west + east) / 2, (south + north) / 2))
            continue
        level, code = split_geounit_id(place.geounit)
        layer = geography.layer(level)
        index = layer.index_of(code)
        found.append((place, float(layer.lon[index]), float(layer.lat[index])))
    return found


def area_words(workspace: Workspace, lon: float, lat: float) -> str:
    """The areas at a point, the finest first: "60601 Chicago, IL · Cook County, IL"."""
    units = workspace.geography.locate(np.array([lon]), np.array([lat]))
    names: list[str] = []
    for level in (GeoLevel.ZIP, GeoLevel.COUNTY, GeoLevel.COUNTRY):
        index = int(units.index[level][0])
        if index >= 0:
            names.append(workspace.geography.layer(level).names[index])
    return " · ".join(names)


def _values(workspace: Workspace, field: str) -> list[str]:
    """The different values of a field, sorted; none where there are too many to offer."""
    if field == "visit_class":
        return [each.name for each in workspace.work.classes]
    values = set(workspace.accounts.text(field).tolist()) - {""}
    return sorted(values, key=str.casefold) if len(values) <= _MOST_OFFERED else []
