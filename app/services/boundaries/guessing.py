# SPDX-License-Identifier: MIT
"""What the columns of a boundary file are, and what its areas are for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.geounit import GeoLevel
from app.services.boundaries.file_layer import FileLayer
from app.services.geography.arrays import BoolArray, FloatArray
from app.services.geography.geography import Geography

ROW_NUMBERS = "(row number)"
"""Stands for a column of codes where the file has none."""
ROLES = ("replace", "join", "group")

_CODE_NAMES = (
    "geoid",
    "geoid20",
    "geoid10",
    "zcta5ce20",
    "zcta5ce10",
    "zcta5",
    "zcta",
    "zipcode",
    "zip",
    "zip5",
    "postalcode",
    "postcode",
    "plz",
    "cfsauid",
    "fsa",
    "fips",
    "fipscode",
    "countyfips",
    "iso31662",
    "nutsid",
    "code",
    "id",
    "affgeoid",
    "geoid0",
    "geoidfq",
)
_NAME_NAMES = (
    "name",
    "name20",
    "name10",
    "namelsad",
    "namelsad20",
    "fullname",
    "areaname",
    "label",
    "title",
    "nameen",
    "bezeichnung",
    "nom",
    "nombre",
    "region",
    "territory",
)
_LONG_GEOID = re.compile(r"^\d{7}US(?=\w)")
"""The Census writes "8600000US43001" for the ZIP area 43001 in some columns."""
_DIGITS = {GeoLevel.ZIP: 5, GeoLevel.COUNTY: 5, GeoLevel.STATE: 2}
_NEAR_DEGREES = {GeoLevel.ZIP: 1.0, GeoLevel.COUNTY: 2.0, GeoLevel.STATE: 15.0}
_MIN_KNOWN = 0.5
_MIN_IN_COUNTRY = 0.6
_MANY = 400
_FEW = 120


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """Which column holds the codes and which the names; the latter may be empty."""

    code: str
    name: str


@dataclass(frozen=True)
class Purpose:
    """What the areas of a layer are for.

    Attributes:
        role: "replace": exact shapes of areas that Evenfield has; "join": areas of a country that
            has none; "group": own regions, which unite areas.
        level: Of the areas; of a group, of what it unites.
        country: ISO code for "join"; empty else.
        known: How many rows have a code that Evenfield has at the level, at about that place.
        reason: Why, in a sentence.
    """

    role: str
    level: GeoLevel
    country: str
    known: int
    reason: str


def guess_columns(layer: FileLayer) -> ColumnGuess:
    """The most likely columns of codes and names."""
    code = _best(layer, _CODE_NAMES, wants_unique=True)
    name = _best(layer, _NAME_NAMES, wants_unique=False)
    if not code:
        code = name or ROW_NUMBERS
    return ColumnGuess(code, name if name != code else "")


def codes_of(layer: FileLayer, column: str, digits: int = 0) -> tuple[str, ...]:
    """The codes of all rows, with leading zeros where a spreadsheet had dropped them.

    Args:
        column: A column of the layer, or `ROW_NUMBERS`.
        digits: Length that codes of digits are brought to; 0 leaves them.
    """
    if column == ROW_NUMBERS:
        return tuple(str(number) for number in range(1, len(layer) + 1))
    return tuple(_code(text, digits) for text in layer.columns[column])


def digits_of(codes: Sequence[str], level: GeoLevel) -> int:
    """Length to bring codes to at a level of the US; 0 where they are no codes of digits."""
    width = _DIGITS.get(level, 0)
    filled = [code for code in codes if code]
    is_short = any(len(code) < width for code in filled)
    fits = all(code.isdecimal() and len(code) <= width for code in filled)
    return width if filled and fits and is_short else 0


def guess_purpose(layer: FileLayer, codes: Sequence[str], geography: Geography) -> Purpose:
    """What the areas are for, by their codes and where they lie."""
    best = max(
        (_as_known(layer, codes, level, geography) for level in _DIGITS),
        key=lambda purpose: purpose.known,
    )
    filled = sum(1 for code in codes if code)
    if filled and best.known >= _MIN_KNOWN * filled:
        return best
    country, share = _main_country(layer, geography)
    if country and country != "US" and share >= _MIN_IN_COUNTRY:
        level = _level_by_count(len(layer))
        return Purpose("join", level, country, 0, "The areas lie in a country of which Evenfield "
                       "has no areas of this kind.")  # fmt: skip
    return Purpose("group", GeoLevel.ZIP, "", 0, "The codes are none that Evenfield knows.")


def countries_of(layer: FileLayer, geography: Geography) -> list[str]:
    """Per row the code of the country that its middle lies in; empty for none."""
    found = geography.locate(layer.lon, layer.lat).index[GeoLevel.COUNTRY]
    listed = geography.layer(GeoLevel.COUNTRY).codes
    return [str(listed[index]) if index >= 0 else "" for index in found.tolist()]


def _best(layer: FileLayer, names: Sequence[str], *, wants_unique: bool) -> str:
    scores = {
        column: _score(column, cells, names, wants_unique=wants_unique)
        for column, cells in layer.columns.items()
    }
    best = max(scores, key=lambda column: scores[column], default="")
    return best if best and scores[best] > 0.0 else ""


def _score(column: str, cells: Sequence[str], names: Sequence[str], *, wants_unique: bool) -> float:
    plain = re.sub(r"[^a-z0-9]", "", column.lower())
    filled = [cell for cell in cells if cell]
    if not filled:
        return 0.0
    rank = names.index(plain) if plain in names else -1
    named = 1.0 - 0.02 * rank if rank >= 0 else 0.0
    share_filled = len(filled) / len(cells)
    share_unique = len(set(filled)) / len(filled)
    if wants_unique:
        return share_filled * share_unique * (0.4 + named) if share_unique > 0.5 or named else 0.0
    has_letters = sum(any(sign.isalpha() for sign in cell) for cell in filled[:200]) > 0
    return share_filled * named if has_letters else 0.0


def _code(text: str, digits: int) -> str:
    code = _LONG_GEOID.sub("", text.strip())
    return code.zfill(digits) if digits and code.isdecimal() else code


def _as_known(
    layer: FileLayer, codes: Sequence[str], level: GeoLevel, geography: Geography
) -> Purpose:
    known = geography.layer(level)
    width = digits_of(codes, level)
    index = known.indices_of([code.zfill(width) if width and code else code for code in codes])
    near = _is_near(layer, known.lon[index], known.lat[index], _NEAR_DEGREES[level])
    count = int(((index >= 0) & near).sum())
    words = {GeoLevel.ZIP: "ZIP areas", GeoLevel.COUNTY: "counties", GeoLevel.STATE: "states"}
    return Purpose(
        "replace", level, "", count, f"{count:,} of the codes are {words[level]} at that place."
    )


def _is_near(layer: FileLayer, lon: FloatArray, lat: FloatArray, degrees: float) -> BoolArray:
    return (np.abs(layer.lon - lon) < degrees) & (np.abs(layer.lat - lat) < degrees)


def _main_country(layer: FileLayer, geography: Geography) -> tuple[str, float]:
    found = [country for country in countries_of(layer, geography) if country]
    if not found:
        return "", 0.0
    names, counts = np.unique(found, return_counts=True)
    most = int(counts.argmax())
    return str(names[most]), float(counts[most]) / len(found)


def _level_by_count(count: int) -> GeoLevel:
    if count > _MANY:
        return GeoLevel.ZIP
    return GeoLevel.STATE if count <= _FEW else GeoLevel.COUNTY
