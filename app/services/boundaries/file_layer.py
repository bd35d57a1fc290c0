# SPDX-License-Identifier: MIT
"""What a boundary file holds, as the window shows it before anything is prepared."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.services.boundaries.formats import BoundaryFormat
from app.services.geography.arrays import FloatArray, LongArray

UNCOUNTED = -1
_SAMPLE_LENGTH = 40
_SAMPLED_ROWS = 2000


@dataclass(frozen=True, slots=True)
class LayerPlace:
    """Where a layer of a file is.

    Attributes:
        path: Of the copy that is read.
        layer: Its name within the copy.
        label: What it is called for the user.
        rows: How many shapes it has; `UNCOUNTED` before it was read.
    """

    path: str
    kind: BoundaryFormat
    layer: str
    label: str
    rows: int


@dataclass(frozen=True)
class Preview:
    """Coarse outlines for a small drawing, in the Mercator plane (0 to 1).

    Attributes:
        xy: All corners of all rings.
        ring_start: Per ring its first corner, and the number of corners at the end.
        row_of_ring: Per ring the row of the file.
    """

    xy: FloatArray
    ring_start: LongArray
    row_of_ring: LongArray


@dataclass(frozen=True)
class FileLayer:
    """One layer of a file: the cells of its rows, where they lie, and how they look.

    Attributes:
        place: Where it is read from.
        columns: Text per row by column name; columns of measured numbers are left out.
        crs: What the file says its coordinates are, None where it is silent.
        is_swapped: Longitude and latitude had changed places.
        lon, lat: The middle of each row's extent in degrees; nan where it has no outline.
    """

    place: LayerPlace
    columns: Mapping[str, tuple[str, ...]]
    crs: str | None
    is_swapped: bool
    lon: FloatArray
    lat: FloatArray
    preview: Preview

    def __len__(self) -> int:
        """Number of rows."""
        return self.place.rows

    def samples(self, column: str, count: int = 3) -> tuple[str, ...]:
        """The first different non-empty cells of a column, shortened."""
        found: dict[str, None] = {}
        for cell in self.columns[column][:_SAMPLED_ROWS]:
            text = " ".join(cell.split())
            if text:
                is_long = len(text) > _SAMPLE_LENGTH
                found[text[: _SAMPLE_LENGTH - 1] + "…" if is_long else text] = None
            if len(found) == count:
                break
        return tuple(found)

    @property
    def has_place(self) -> int:
        """How many rows have an outline."""
        return int(np.isfinite(self.lon).sum())
