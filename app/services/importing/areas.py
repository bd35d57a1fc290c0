# SPDX-License-Identifier: MIT
"""Areas as files name them: ZIP codes, lists and ranges of them, counties, states, countries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.geounit import GeoLevel, geounit_id
from app.models.ids import GeoUnitId
from app.services.geography.geography import Geography
from app.services.geography.postal_abroad import CodesAbroad
from app.services.importing.cleaning import texts
from app.services.importing.finding import plain_name
from app.services.importing.mapping import Mapping
from app.services.importing.table import ImportedTable

_LEVEL_BY_FIELD = (
    ("postal_code", GeoLevel.ZIP),
    ("county_name", GeoLevel.COUNTY),
    ("region", GeoLevel.STATE),
    ("country_name", GeoLevel.COUNTRY),
)
_PARTS = re.compile(r"[,;|\s]+")
_ZIP = re.compile(r"\A(\d{3,5})(?:-\d{4}|\d{4})?(?:\.0)?\Z")
_PREFIX = re.compile(r"\A(\d{3})(?:\*|x{2}|\.\.\.)?\Z", re.IGNORECASE)
_RANGE = re.compile(r"\A(\d{5})\s*[-–]\s*(\d{5})\Z")
_SPACED_RANGE = re.compile(r"(\d{5})\s+[-–]\s+(\d{5})")
_COUNTY_WORDS = re.compile(r"\b(county|parish|borough|census area|municipality|city and)\b")


@dataclass(frozen=True, slots=True)
class AreaColumns:
    """What each row of a table names.

    Attributes:
        level: Of all units.
        header: The column that names them.
        units: Per row; empty where the cell names nothing that is known.
    """

    level: GeoLevel
    header: str
    units: Sequence[tuple[GeoUnitId, ...]]


class AreaReader:
    """Understands the names and codes of areas.

    Args:
        geography: The shipped areas.
        several: A cell may hold several ZIP codes, ranges and three-digit beginnings; otherwise it
            holds one.
    """

    def __init__(self, geography: Geography, *, several: bool) -> None:
        self._geography = geography
        self._several = several
        self._zips = np.array(geography.layer(GeoLevel.ZIP).codes.tolist(), dtype="U5")
        self._abroad = CodesAbroad(geography)
        self._county_by_name: dict[tuple[str, str], str] | None = None

    def read(self, table: ImportedTable, mapping: Mapping) -> AreaColumns | None:
        """The areas of all rows, by the finest column that is given; None without one."""
        for field, level in _LEVEL_BY_FIELD:
            header = mapping.header_for(field)
            if header is None:
                continue
            cells = texts(table.columns[header]).tolist()
            state_header = mapping.header_for("region")
            states = (
                texts(table.columns[state_header]).tolist()
                if state_header and level is GeoLevel.COUNTY
                else [""] * len(cells)
            )
            pairs = list(zip(cells, states, strict=True))
            known = {pair: self._units(level, *pair) for pair in set(pairs)}
            return AreaColumns(level, header, [known[pair] for pair in pairs])
        return None

    def _units(self, level: GeoLevel, text: str, state: str) -> tuple[GeoUnitId, ...]:
        if level is GeoLevel.ZIP:
            return tuple(geounit_id(level, code) for code in self._zip_codes(text))
        code = {
            GeoLevel.COUNTY: lambda: self._county(text, state),
            GeoLevel.STATE: lambda: self._state(text),
            GeoLevel.COUNTRY: lambda: self._country(text),
        }[level]()
        known = code and self._geography.layer(level).index_of(code) >= 0
        return (geounit_id(level, code),) if known else ()

    def _zip_codes(self, text: str) -> list[str]:
        if not self._several:
            return self._one_zip(text)
        codes: list[str] = []
        for part in _PARTS.split(_SPACED_RANGE.sub(r"\1-\2", text)):
            span, prefix = _RANGE.match(part), _PREFIX.match(part)
            if span and span[1] <= span[2]:
                codes += self._between(span[1], span[2])
            elif prefix:
                codes += self._between(prefix[1] + "00", prefix[1] + "99")
            else:
                codes += self._one_zip(part)
        return list(dict.fromkeys(codes))

    def _one_zip(self, text: str) -> list[str]:
        found = _ZIP.match(text.strip())
        if found is None:
            abroad = self._abroad.code_of(text)
            return [abroad] if abroad else []
        code = found[1].zfill(5)
        at = int(np.searchsorted(self._zips, code))
        return [code] if at < len(self._zips) and self._zips[at] == code else []

    def _between(self, first: str, last: str) -> list[str]:
        low, high = np.searchsorted(self._zips, (first, last + "~"))
        return self._zips[low:high].tolist()

    def _county(self, text: str, state: str) -> str:
        bare = text.strip().removesuffix(".0")
        if bare.isdigit():
            return bare.zfill(5)
        name, _, behind = bare.partition(",")
        return self._counties.get((_county_key(name), self._state(state or behind)), "")

    @property
    def _counties(self) -> dict[tuple[str, str], str]:
        if self._county_by_name is None:
            layer = self._geography.layer(GeoLevel.COUNTY)
            self._county_by_name = {
                (_county_key(name.rpartition(",")[0] or name), code[:2]): code
                for name, code in zip(layer.names, layer.codes.tolist(), strict=True)
            }
        return self._county_by_name

    def _state(self, text: str) -> str:
        bare = text.strip().removesuffix(".0")
        if bare.isdigit():
            return bare.zfill(2)
        if self._geography.layer(GeoLevel.STATE).index_of(bare) >= 0:
            return bare
        found = self._geography.gazetteer.region("", bare) if bare else None
        if found is None:
            return ""
        if found.country != "US":
            return found.region
        short = self._geography.gazetteer.state_abbreviations
        return next((code for code, letters in short.items() if letters == found.region), "")

    def _country(self, text: str) -> str:
        found = self._geography.gazetteer.country(text.strip()) if text.strip() else None
        return self._geography.gazetteer.layer_code(found.country) if found else ""


def _county_key(name: str) -> str:
    plain = plain_name(name)
    return _COUNTY_WORDS.sub("", plain).strip() or plain
