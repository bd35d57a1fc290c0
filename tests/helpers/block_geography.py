# SPDX-License-Identifier: MIT
"""A geography of square ZIP areas in rows and columns, nested and drawn, for tests of contiguity.

6 rows and 8 columns of half a degree from 100 west and 40 north; the ZIP area of row r and column
c is ``zip:1r0c0``, the counties are blocks of 2 x 2 ZIP areas, the states are the west and the
east half. ZIP area 19990 is an island: alone in its county, in the east, off the coast. A ZIP area
counts as one square kilometre.

    row 0   10000 10010 10020 10030 | 10040 10050 10060 10070
    row 1   11000 11010 11020 11030 | 11040 ...                      county of rows 0-1, columns
    ...                             |                                0-1: 01000; columns 2-3: 01001
    row 5   15000 ...               |              15070             rows 2-3, columns 0-1: 01010

Besides there are France and, as everywhere, the United States.
"""

from pathlib import Path

import numpy as np

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.geography.geography import Geography
from app.services.geography.layer import GeoLayer, LayerText
from app.services.geography.packed import mercator

ROWS, COLUMNS = 6, 8
SIDE = 0.5
WEST, NORTH = -100.0, 40.0
ISLAND = GeoUnitId("zip:19990")
_TEXT = LayerText("Blocks", "", "")


def zip_at(row: int, column: int) -> GeoUnitId:
    """The ZIP area at a place."""
    return GeoUnitId(f"zip:1{row}0{column}0")


def county_at(row: int, column: int) -> GeoUnitId:
    """The county that contains the ZIP area at a place."""
    state = 1 if column < COLUMNS // 2 else 2
    return GeoUnitId(f"county:0{state}0{row // 2}{column // 2}")


class BlockGeography(Geography):
    """Answers like the shipped geography, from the drawing above."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, {})
        cells = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
        boxes = [_box(row, column) for row, column in cells]
        boxes.append((-90.0, 38.0, -89.5, 38.5))
        county_codes = sorted({county_at(*cell)[7:] for cell in cells} | {"02990"})
        county_of_zip = [*(county_codes.index(county_at(*cell)[7:]) for cell in cells)]
        county_of_zip.append(county_codes.index("02990"))
        zip_near = [_beside(row, column) for row, column in cells] + [[]]
        zips = [zip_at(*cell)[4:] for cell in cells] + ["19990"]
        state_of_county = [int(code[1]) - 1 for code in county_codes]
        county_near = _lifted(zip_near, county_of_zip, len(county_codes))
        county_boxes = _joined(boxes, county_of_zip, len(county_codes))
        state_near = _lifted(county_near, state_of_county, 2)
        state_boxes = _joined(county_boxes, state_of_county, 2)
        abroad = (1.0, 45.0, 3.0, 47.0)
        self._blocks = {
            GeoLevel.ZIP: _layer(GeoLevel.ZIP, zips, county_of_zip, boxes, zip_near),
            GeoLevel.COUNTY: _layer(
                GeoLevel.COUNTY,
                county_codes,
                state_of_county,
                county_boxes,
                county_near,
                [4] * (len(county_codes) - 1) + [1],
            ),
            GeoLevel.STATE: _layer(
                GeoLevel.STATE, ["01", "02"], [0, 0], state_boxes, state_near, [24, 25]
            ),
            GeoLevel.COUNTRY: _layer(
                GeoLevel.COUNTRY,
                ["US", "FR"],
                [-1, -1],
                [_joined(state_boxes, [0, 0], 1)[0], abroad],
                [[], []],
                [49, 4],
            ),
        }
        _write_ply1(folder / "view_zip.ply", [*boxes, abroad])
        _write_ply1(folder / "view_county.ply", [*county_boxes, abroad])
        _write_ply1(folder / "view_state.ply", [*state_boxes, abroad])
        _write_ply1(folder / "view_country.ply", [_joined(state_boxes, [0, 0], 1)[0], abroad])

    def _make_layer(self, level: GeoLevel) -> GeoLayer:
        return self._blocks[level]


def _box(row: int, column: int) -> tuple[float, float, float, float]:
    west, north = WEST + SIDE * column, NORTH - SIDE * row
    return west, north - SIDE, west + SIDE, north


def _beside(row: int, column: int) -> list[int]:
    steps = ((-1, 0), (0, -1), (0, 1), (1, 0))
    places = [(row + down, column + right) for down, right in steps]
    return [r * COLUMNS + c for r, c in places if 0 <= r < ROWS and 0 <= c < COLUMNS]


def _lifted(near: list[list[int]], parent: list[int], count: int) -> list[list[int]]:
    found: list[set[int]] = [set() for _ in range(count)]
    for unit, others in enumerate(near):
        for other in others:
            if parent[unit] != parent[other]:
                found[parent[unit]].add(parent[other])
    return [sorted(each) for each in found]


def _joined(
    boxes: list[tuple[float, float, float, float]], parent: list[int], count: int
) -> list[tuple[float, float, float, float]]:
    joined = []
    for each in range(count):
        inside = np.array([box for box, above in zip(boxes, parent, strict=True) if above == each])
        west, south = inside[:, :2].min(axis=0)
        east, north = inside[:, 2:].max(axis=0)
        joined.append((float(west), float(south), float(east), float(north)))
    return joined


def _layer(
    level: GeoLevel,
    codes: list[str],
    parent: list[int],
    boxes: list[tuple[float, float, float, float]],
    near: list[list[int]],
    zip_counts: list[int] | None = None,
) -> GeoLayer:
    bounds = np.array(boxes, dtype=np.float32)
    return GeoLayer(
        level=level,
        codes=np.array(codes, dtype=np.str_),
        names=tuple(f"Block {code}" for code in codes),
        parent=np.array(parent, dtype=np.int32),
        lon=(bounds[:, 0] + bounds[:, 2]).astype(np.float64) / 2,
        lat=(bounds[:, 1] + bounds[:, 3]).astype(np.float64) / 2,
        area_km2=np.array(zip_counts or [1] * len(codes), dtype=np.float32),
        bounds=bounds,
        neighbors_start=np.cumsum([0, *map(len, near)]).astype(np.int32),
        neighbors=np.array([other for each in near for other in each], dtype=np.int32),
        text=_TEXT,
    )


def _write_ply1(path: Path, boxes: list[tuple[float, float, float, float]]) -> None:
    points = []
    for west, south, east, north in boxes:
        points += [(west, north), (east, north), (east, south), (west, south), (west, north)]
    lonlat = np.array(points)
    x, y = mercator(lonlat[:, 0], lonlat[:, 1])
    count = len(boxes)
    with path.open("wb") as file:
        file.write(b"PLY1")
        np.array([count, count, len(points)], "<u4").tofile(file)
        np.arange(count + 1, dtype="<u4").tofile(file)
        (np.arange(count + 1) * 5).astype("<u4").tofile(file)
        np.column_stack((x, y)).astype("<f4").tofile(file)
