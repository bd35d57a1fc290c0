# SPDX-License-Identifier: MIT
"""The place of a rep's home, from an address typed in one line."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from app.services.geography.addresses import AddressColumns, PlacedColumns
from app.services.geography.geography import Geography

_US_POSTAL_CODE = re.compile(r"\b(\d{5})(?:-\d{4})?\b")


@dataclass(frozen=True, slots=True)
class AddressLine:
    """The parts of an address, empty where the line does not tell."""

    city: str = ""
    region: str = ""
    postal_code: str = ""
    country_name: str = ""


def place_home(text: str, geography: Geography) -> tuple[float, float] | None:
    """Longitude and latitude of an address in one line, or None where it is not found.

    The line is read as "street, city, state postal code, country"; later parts may be missing.
    """
    # Placement brings the gazetteer, which most plans never need.
    from app.services.geography.placement import place  # noqa: PLC0415

    return place_line(text, lambda addresses: place(geography, addresses))


def place_line(
    text: str, place: Callable[[AddressColumns], PlacedColumns]
) -> tuple[float, float] | None:
    """The same with any way of placing addresses."""
    for line in _readings(text):
        placed = place(
            AddressColumns([line.city], [line.region], [line.postal_code], [line.country_name]),
        )
        lon, lat = float(placed.lon[0]), float(placed.lat[0])
        if not math.isnan(lon):
            return lon, lat
    return None


def _readings(text: str) -> list[AddressLine]:
    """What the line may mean, the likeliest first."""
    codes = list(_US_POSTAL_CODE.finditer(text))
    postal_code = codes[-1].group(1) if codes else ""
    if codes:
        text = text[: codes[-1].start()] + "," + text[codes[-1].end() :]
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    readings = _with_region(parts, postal_code)
    if parts:
        readings.append(AddressLine(country_name=parts[-1]))
    return readings


def _with_region(parts: list[str], postal_code: str) -> list[AddressLine]:
    """Readings whose last part is a state, a country, or both."""
    readings: list[AddressLine] = []
    if len(parts) >= 3:
        readings.append(AddressLine(parts[-3], parts[-2], postal_code, parts[-1]))
    if len(parts) >= 2:
        readings.append(AddressLine(parts[-2], parts[-1], postal_code))
        readings.append(AddressLine(parts[-2], "", postal_code, parts[-1]))
    if parts:
        city, _, region = parts[-1].rpartition(" ")
        readings.append(AddressLine(city, region, postal_code))
        readings.append(AddressLine(parts[-1], "", postal_code))
        readings.append(AddressLine("", parts[-1], postal_code))
    elif postal_code:
        readings.append(AddressLine(postal_code=postal_code))
    return readings
