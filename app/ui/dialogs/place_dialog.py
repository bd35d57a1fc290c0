# SPDX-License-Identifier: MIT
"""Placing an account by hand: by the name of a place, or by coordinates."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QListWidget, QListWidgetItem, QWidget

from app.services.geography.searching import FoundPlace
from app.ui.parts import button, column, hairline, label, padded, row
from app.ui.theme import set_kind
from app.ui.widgets.search_field import SearchField

Search = Callable[[str], list[tuple[FoundPlace, float, float]]]
"""Places that match a text, each with longitude and latitude of a point in it."""

_PAIR = re.compile(r"\s*(-?\d{1,3}(?:[.,]\d+)?)\s*[;,\s]\s*(-?\d{1,3}(?:[.,]\d+)?)\s*")
_POINT_ROLE = int(Qt.ItemDataRole.UserRole)


class PlaceDialog(QDialog):
    """Search a place or type coordinates; the areas around the point are shown before it counts.

    Args:
        name: The account's name.
        point: Where it is now, longitude and latitude, or None.
        search: Finds places.
        area_words: Names the areas at a longitude and latitude; empty where there are none.
        offers_address: Whether it was placed by hand, so that the address may decide again.
    """

    ADDRESS = 2
    """Result code: let the address decide again."""

    def __init__(
        self,
        name: str,
        point: tuple[float, float] | None,
        search: Search,
        area_words: Callable[[float, float], str],
        *,
        offers_address: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Place on the map")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._search, self._area_words = search, area_words
        self.field = SearchField("Find a ZIP, city or county, or paste coordinates")
        self.places = QListWidget()
        self.places.setAccessibleName("Places found")
        self.places.setMinimumHeight(150)
        self.lat = _degrees("Latitude", 90.0)
        self.lon = _degrees("Longitude", 180.0)
        self.areas = label("", wraps=True)
        self.areas.setMinimumHeight(40)
        self.areas.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.place = button("Place here", self.accept, kind="primary")
        self.place.setDefault(True)
        self.to_address = button("Let the address decide", lambda: self.done(self.ADDRESS))
        self.to_address.setVisible(offers_address)
        if point is not None:
            self.lon.setValue(point[0])
            self.lat.setValue(point[1])
        self._compose(name)
        self.field.searched.connect(self._on_searched)
        self.places.currentItemChanged.connect(lambda item, _old: self._on_chosen(item))
        for box in (self.lat, self.lon):
            box.valueChanged.connect(lambda _value: self._show_areas())
        self._show_areas()
        self.field.setFocus()

    def point(self) -> tuple[float, float]:
        """Longitude and latitude that are chosen now."""
        return self.lon.value(), self.lat.value()

    def _compose(self, name: str) -> None:
        about = f"Where is {name}? It stays there, whatever its address or later lists say."
        coordinates = row(
            label("Latitude", "muted"), self.lat, 8, label("Longitude", "muted"), self.lon
        )
        buttons = row(self.to_address, None, button("Cancel", self.reject), self.place)
        self.setLayout(
            column(
                label(about, wraps=True),
                self.field,
                self.places,
                coordinates,
                self.areas,
                hairline(),
                buttons,
                margin=20,
                gap=12,
            )
        )
        self.setMinimumWidth(500)

    def _on_searched(self, text: str) -> None:
        self.places.clear()
        pair = _PAIR.fullmatch(text)
        if pair is not None and not text.strip().isdecimal():
            lat, lon = (float(number.replace(",", ".")) for number in pair.groups())
            self._set_point(lon, lat)
            return
        for place, lon, lat in self._search(text) if text else ():
            item = QListWidgetItem(place.name)
            item.setData(_POINT_ROLE, (lon, lat))
            self.places.addItem(item)
        if self.places.count():
            self.places.setCurrentRow(0)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._set_point(*item.data(_POINT_ROLE))

    def _set_point(self, lon: float, lat: float) -> None:
        self.lon.setValue(lon)
        self.lat.setValue(lat)

    def _show_areas(self) -> None:
        words = self._area_words(*self.point())
        self.areas.setText(words or "There is no area here: this point is far out at sea.")
        set_kind(self.areas, "muted" if words else "warning")
        self.place.setEnabled(bool(words))


def _degrees(name: str, most: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setAccessibleName(f"{name} in degrees")
    box.setRange(-most, most)
    box.setDecimals(5)
    box.setSingleStep(0.01)
    box.setKeyboardTracking(False)
    padded(box)
    return box
