# SPDX-License-Identifier: MIT
"""What views are made of and places are found in."""

from pathlib import Path
from typing import Protocol

from app.models.geounit import GeoLevel
from app.services.geography.area_view import AreaView
from app.services.geography.arrays import IntArray
from app.services.geography.layer import GeoLayer


class Areas(Protocol):
    """The part of `Geography` that its own makers of views and finders of places need."""

    @property
    def folder(self) -> Path:
        """`resources/geo`."""
        ...

    def layer(self, level: GeoLevel) -> GeoLayer:
        """All units of a level."""
        ...

    def view(self, key: GeoLevel | str) -> AreaView:
        """What the map shows for a level or for a grouping."""
        ...

    def ancestors(self, level: GeoLevel, above: GeoLevel) -> IntArray:
        """Per unit of `level` the position of its ancestor in the coarser layer `above`."""
        ...
