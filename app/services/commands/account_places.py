# SPDX-License-Identifier: MIT
"""Places of single accounts, for the edits that move them."""

import json
from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from app.models.account import PlacedBy
from app.models.geounit import GeoLevel
from app.models.ids import AccountId
from app.models.rows import Cell
from app.services.commands.base import Edit
from app.services.geography.addresses import AddressColumns, PlacedColumns
from app.services.geography.exactness import is_rough
from app.services.geography.geography import Geography
from app.services.geography.placement import place

ADDRESS_FIELDS = frozenset(("city", "region", "postal_code", "country_name"))
"""Fields that decide where an account is placed."""

PLACE_COLUMNS = ("lon", "lat", "placed_by", "country", "state", "county", "zip_code")
Place = tuple[Cell, ...]
"""One value for each of `PLACE_COLUMNS`."""

_CODE_LEVELS = (GeoLevel.COUNTRY, GeoLevel.STATE, GeoLevel.COUNTY, GeoLevel.ZIP)
_KEYS_PER_QUERY = 500
_SAME_PLACE_DEGREES = 0.5
"""Some 50 km: coordinates so near the corrected address are still right."""


def stated_place(edit: Edit, account: AccountId) -> Place | None:
    """Where the plan has an account now; None where it has no such account."""
    columns = ", ".join(PLACE_COLUMNS)
    rows = edit.tx.rows(f"SELECT {columns} FROM account WHERE id = ?", (account,))  # noqa: S608 own names
    return rows[0] if rows else None


def located(geography: Geography, lon: float, lat: float) -> Place | None:
    """The place of a point set by hand; None where no area contains it."""
    if not (-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0):
        return None
    units = geography.locate(np.array([lon]), np.array([lat]))
    codes: list[str] = []
    for level in _CODE_LEVELS:
        index = int(units.index[level][0])
        codes.append(str(geography.layer(level).codes[index]) if index >= 0 else "")
    return (lon, lat, PlacedBy.BY_HAND.value, *codes) if codes[0] else None


def text_of_place(found: Place) -> str:
    """A place as it is kept beside a correction."""
    return json.dumps(found)


def place_of_text(text: str) -> Place | None:
    """The place that `text_of_place` kept; None where the text is no such thing."""
    try:
        cells = cast("object", json.loads(text))
    except ValueError:
        return None
    if not isinstance(cells, list):
        return None
    listed = cast("list[Cell]", cells)
    return tuple(listed) if len(listed) == len(PLACE_COLUMNS) else None


def placed_by_address(
    edit: Edit, accounts: Sequence[AccountId], before: Mapping[AccountId, str] | None = None
) -> list[tuple[Cell, ...]]:
    """Accounts with the place of their address: rows of the id and `PLACE_COLUMNS`.

    Coordinates stay where they are near the address, or where it tells no city.

    Args:
        edit: Where to read.
        accounts: All in the plan.
        before: Texts of earlier places, whose coordinates count instead of the present ones.
    """
    fields = ("city", "region", "postal_code", "country_name")
    rows: list[tuple[Cell, ...]] = []
    for first in range(0, len(accounts), _KEYS_PER_QUERY):
        part = accounts[first : first + _KEYS_PER_QUERY]
        marks = ",".join("?" * len(part))
        columns = ", ".join((*fields, *PLACE_COLUMNS))
        sql = f"SELECT id, {columns} FROM account WHERE id IN ({marks})"  # noqa: S608 own names
        rows += edit.tx.rows(sql, part)
    city, region, code, country = ([str(row[1 + at]) for row in rows] for at in range(len(fields)))
    placed = place(edit.geography, AddressColumns(city, region, code, country))
    found: list[tuple[Cell, ...]] = []
    for at, row in enumerate(rows):
        old: Place | None = row[1 + len(fields) :]
        if before is not None:
            old = place_of_text(before.get(AccountId(int(row[0] or 0)), ""))
        found.append((row[0], *_better(old, placed, at)))
    return found


def _better(old: Place | None, placed: PlacedColumns, at: int) -> Place:
    """The coordinates or county of before where they still fit, else the place of the address."""
    lon, lat, rule = float(placed.lon[at]), float(placed.lat[at]), placed.placed_by[at]
    codes = (placed.country[at], placed.state[at], placed.county[at], placed.zip_code[at])
    if old is not None and old[2] == PlacedBy.COUNTY.value and rule is PlacedBy.REGION:
        # The column of counties is no field of an account, so the address cannot tell it again.
        is_same_state = old[3:5] == codes[:2]
        return old if is_same_state else (lon, lat, rule.value, *codes)
    if old is not None and old[2] == PlacedBy.COORDINATES.value and old[0] is not None:
        shrink = np.cos(np.radians(float(old[1] or 0.0)))
        away = np.hypot((lon - float(old[0])) * shrink, lat - float(old[1] or 0.0))
        if is_rough(rule) or away < _SAME_PLACE_DEGREES:
            return old
    if rule is PlacedBy.NOT_PLACED:
        return (None, None, rule.value, *codes)
    return (lon, lat, rule.value, *codes)
