# SPDX-License-Identifier: MIT
"""Finding where accounts are: coordinates, then ZIP, then city, then state or country."""

from dataclasses import dataclass

import numpy as np

from app.models.account import PlacedBy
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.address_names import UnderstoodNames, understand
from app.services.geography.addresses import AddressColumns, PlacedColumns, PlacementNote
from app.services.geography.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    LongArray,
    ObjectArray,
)
from app.services.geography.city_lookup import find_cities
from app.services.geography.factorizing import factorize
from app.services.geography.geography import Geography
from app.services.geography.locating import LocatedUnits
from app.services.geography.postal import read_zip

_RULES = tuple(PlacedBy)
_NOTES = tuple(PlacementNote)
_NOTE_NUMBER = {note: number for number, note in enumerate(_NOTES)}
_NULL_ISLAND_DEGREES = 1e-4
_NEAR_DEGREES = 0.8
"""Some 90 km: a ZIP is not farther from the city that its address names."""


def place(geography: Geography, columns: AddressColumns) -> PlacedColumns:
    """Where accounts are and in which areas.

    The first rule that works decides: coordinates; ZIP code; city with state or country; state or
    country alone. Areas of coordinates are those that contain them, areas of a ZIP are its own.
    """
    names = understand(geography, columns.country_name, columns.region)
    work = _Placing(geography, columns, names)
    work.by_coordinates()
    work.by_zip()
    work.by_city()
    work.by_region()
    return work.result()


@dataclass
class _Found:
    """What the rules have written so far, one entry per account."""

    lon: FloatArray
    lat: FloatArray
    rule: IntArray
    note: IntArray
    units: LocatedUnits

    @classmethod
    def nothing(cls, count: int) -> "_Found":
        rule = np.full(count, _RULES.index(PlacedBy.NOT_PLACED), np.int32)
        note = np.full(count, _NOTE_NUMBER[PlacementNote.NONE], np.int32)
        nowhere = LocatedUnits.nowhere(count)
        return cls(np.full(count, np.nan), np.full(count, np.nan), rule, note, nowhere)


class _Placing:
    """One run of placement; each `by_` method looks only at what is still not placed."""

    def __init__(
        self, geography: Geography, columns: AddressColumns, names: UnderstoodNames
    ) -> None:
        self._geography = geography
        self._columns = columns
        self._names = names
        self._found = _Found.nothing(len(columns))
        self._note(names.is_country_unknown, PlacementNote.COUNTRY_UNKNOWN)

    def by_coordinates(self) -> None:
        """Valid coordinates, turned round where they are swapped."""
        if not len(self._columns.lon):
            return
        lon = np.array(self._columns.lon, dtype=np.float64)
        lat = np.array(self._columns.lat, dtype=np.float64)
        given = np.isfinite(lon) & np.isfinite(lat)
        is_null = (np.abs(lon) < _NULL_ISLAND_DEGREES) & (np.abs(lat) < _NULL_ISLAND_DEGREES)
        good = given & (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0) & ~is_null
        units = self._geography.locate(np.where(good, lon, np.nan), np.where(good, lat, np.nan))
        swapped = self._swapped(lon, lat, given & ~is_null, units)
        lon[swapped], lat[swapped] = lat[swapped], lon[swapped]
        here = units.index[GeoLevel.COUNTRY] >= 0
        self._note(given & ~good & ~swapped, PlacementNote.COORDINATES_INVALID)
        self._note(good & ~here, PlacementNote.COORDINATES_NOWHERE)
        self._note(swapped, PlacementNote.COORDINATES_SWAPPED)
        self._set(np.flatnonzero(here), lon[here], lat[here], PlacedBy.COORDINATES)
        for level in LEVELS_COARSE_TO_FINE:
            self._found.units.index[level][here] = units.index[level][here]

    def _swapped(
        self, lon: FloatArray, lat: FloatArray, usable: BoolArray, units: LocatedUnits
    ) -> BoolArray:
        """Rows that lie in the stated country only after swapping; `units` gets their areas."""
        stated = self._names.country_index
        other = usable & (stated >= 0) & (units.index[GeoLevel.COUNTRY] != stated)
        rows = np.flatnonzero(other & (np.abs(lat) <= 180.0) & (np.abs(lon) <= 90.0))
        turned = self._geography.locate(lat[rows], lon[rows])
        is_home = turned.index[GeoLevel.COUNTRY] == stated[rows]
        for level in LEVELS_COARSE_TO_FINE:
            units.index[level][rows[is_home]] = turned.index[level][is_home]
        swapped = np.zeros(len(lon), np.bool_)
        swapped[rows[is_home]] = True
        return swapped

    def by_zip(self) -> None:
        """US ZIP codes, where the country is the US or not given."""
        table = self._geography.zip_table
        codes, texts = factorize(self._columns.postal_code)
        read = [read_zip(text) for text in texts]
        index = np.asarray([table.index_of(z) if z else -1 for z, _ in read], np.int32)[codes]
        is_short = np.asarray([short for _, short in read], np.bool_)[codes]
        has_code = np.asarray([bool(z) for z, _ in read], np.bool_)[codes]
        names = self._names
        # What looks like a short ZIP may be a postal code of elsewhere: it needs the US stated.
        usable = self._open() & has_code & (names.is_us | (names.is_country_open & ~is_short))
        unknown = np.asarray(
            [_NOTE_NUMBER[table.note_of_unknown(z)] if z else 0 for z, _ in read], np.int32
        )[codes]
        self._found.note[usable & (index < 0)] = unknown[usable & (index < 0)]
        self._remember_prefix(usable & (index < 0), codes, [z for z, _ in read])
        states = self._geography.ancestors(GeoLevel.ZIP, GeoLevel.STATE)
        known = usable & (index >= 0)
        conflict = known & (names.state_index >= 0) & (states[index] != names.state_index)
        self._note(conflict, PlacementNote.ZIP_NOT_IN_STATE)
        taken = known & ~conflict & self._fits_city(known & ~names.is_us, index)
        self._note(taken & is_short, PlacementNote.ZIP_ZEROS_ADDED)
        rows = np.flatnonzero(taken)
        self._set_zip(rows, index[rows], PlacedBy.POSTAL_CODE)

    def _remember_prefix(self, rows: BoolArray, codes: IntArray, zips: list[str]) -> None:
        """Take the state from how an unknown ZIP begins, where no state is given."""
        table = self._geography.zip_table
        states = np.asarray([table.state_of_prefix(z) if z else -1 for z in zips], np.int32)[codes]
        new = rows & (self._names.state_index < 0) & (states >= 0)
        self._names.set_state(new, states[new])

    def _fits_city(self, doubtful: BoolArray, zip_index: IntArray) -> BoolArray:
        """False where no country is given and no city of the name given is near the ZIP.

        Five digits are a postal code in many countries; "75001 Paris" is not in Texas.
        """
        rows = np.flatnonzero(doubtful)
        zips = zip_index[rows]
        fits = np.ones(len(doubtful), np.bool_)
        states = self._geography.ancestors(GeoLevel.ZIP, GeoLevel.STATE)[zips]
        names = self._city_texts()[rows]
        found = find_cities(self._geography, names, self._names.us_regions(states))
        cities, layer = self._geography.gazetteer.cities, self._geography.layer(GeoLevel.ZIP)
        shrink = np.cos(np.radians(layer.lat[zips]))
        away = np.hypot(
            (cities.lon[found] - layer.lon[zips]) * shrink, cities.lat[found] - layer.lat[zips]
        )
        fits[rows] = ((found >= 0) & (away < _NEAR_DEGREES)) | (names == "")
        return fits

    def by_city(self) -> None:
        """City with state, region or country; a city of outstanding size also alone."""
        is_military = self._found.note == _NOTE_NUMBER[PlacementNote.ZIP_MILITARY]
        rows = np.flatnonzero(self._open() & ~is_military)
        if not len(rows):
            return
        cities = self._geography.gazetteer.cities
        found = find_cities(self._geography, self._city_texts()[rows], self._names.at(rows))
        rows, found = rows[found >= 0], found[found >= 0]
        in_us = cities.zip_index[found] >= 0
        self._set_zip(rows[in_us], cities.zip_index[found[in_us]], PlacedBy.CITY)
        rows, found = rows[~in_us], found[~in_us]
        self._set(rows, cities.lon[found], cities.lat[found], PlacedBy.CITY)
        self._found.units.index[GeoLevel.COUNTRY][rows] = cities.country[found]

    def by_region(self) -> None:
        """The centre of the state or country, where that is all that is known."""
        is_military = self._found.note == _NOTE_NUMBER[PlacementNote.ZIP_MILITARY]
        still = self._open() & ~is_military
        state = self._names.state_index
        country = self._names.country_index
        layer = self._geography.layer(GeoLevel.STATE)
        rows = np.flatnonzero(still & (state >= 0))
        self._set(rows, layer.lon[state[rows]], layer.lat[state[rows]], PlacedBy.REGION)
        self._found.units.index[GeoLevel.STATE][rows] = state[rows]
        world = self._geography.layer(GeoLevel.COUNTRY)
        rest = np.flatnonzero(still & (state < 0) & (country >= 0))
        lon, lat = world.lon[country[rest]], world.lat[country[rest]]
        center_lon, center_lat = self._names.region_centers(rest)
        known = np.isfinite(center_lon)
        lon, lat = np.where(known, center_lon, lon), np.where(known, center_lat, lat)
        self._set(rest, lon, lat, PlacedBy.REGION)
        both = np.concatenate([rows, rest])
        self._found.units.index[GeoLevel.COUNTRY][both] = country[both]

    def result(self) -> PlacedColumns:
        """The columns as the caller takes them."""
        found = self._found
        return PlacedColumns(
            lon=found.lon,
            lat=found.lat,
            placed_by=[_RULES[rule] for rule in found.rule.tolist()],
            country=self._codes(GeoLevel.COUNTRY),
            state=self._codes(GeoLevel.STATE),
            county=self._codes(GeoLevel.COUNTY),
            zip_code=self._codes(GeoLevel.ZIP),
            note=[_NOTES[note] for note in found.note.tolist()],
        )

    def _codes(self, level: GeoLevel) -> list[str]:
        # Position -1 takes the empty text at the end.
        codes = np.append(self._geography.layer(level).codes, "")
        return codes[self._found.units.index[level]].tolist()

    def _city_texts(self) -> ObjectArray:
        return np.asarray(self._columns.city, dtype=np.object_)

    def _open(self) -> BoolArray:
        return self._found.rule == _RULES.index(PlacedBy.NOT_PLACED)

    def _note(self, rows: BoolArray, note: PlacementNote) -> None:
        self._found.note[rows] = _NOTE_NUMBER[note]

    def _set(self, rows: LongArray, lon: FloatArray, lat: FloatArray, rule: PlacedBy) -> None:
        self._found.lon[rows] = lon
        self._found.lat[rows] = lat
        self._found.rule[rows] = _RULES.index(rule)

    def _set_zip(self, rows: LongArray, zips: IntArray, rule: PlacedBy) -> None:
        layer = self._geography.layer(GeoLevel.ZIP)
        self._set(rows, layer.lon[zips], layer.lat[zips], rule)
        for level in LEVELS_COARSE_TO_FINE:
            ancestors = self._geography.ancestors(GeoLevel.ZIP, level)
            self._found.units.index[level][rows] = ancestors[zips]
