# SPDX-License-Identifier: MIT
"""The rules that place accounts, each looking only at what is still not placed."""

from dataclasses import dataclass

import numpy as np

from app.models.account import PlacedBy
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.address_names import NameReader
from app.services.geography.addresses import AddressColumns, PlacedColumns, PlacementNote
from app.services.geography.arrays import BoolArray, FloatArray, IntArray, LongArray, ObjectArray
from app.services.geography.city_lookup import CityFinder
from app.services.geography.county_lookup import CountyFinder
from app.services.geography.factorizing import factorize
from app.services.geography.found_places import FoundPlaces
from app.services.geography.geography import Geography
from app.services.geography.locating import LocatedUnits
from app.services.geography.postal import read_zip

_NULL_ISLAND_DEGREES = 1e-4
_NEAR_DEGREES = 0.8
"""Some 90 km: a ZIP is not farther from the city that its address names."""
_BORDER_DEGREES = 0.45
"""Some 50 km: coordinates so near their address are right, although borders are drawn coarsely."""


@dataclass(frozen=True)
class Finders:
    """What looks names up, and remembers them from one chunk of addresses to the next."""

    geography: Geography
    names: NameReader
    cities: CityFinder
    counties: CountyFinder

    @classmethod
    def of(cls, geography: Geography) -> "Finders":
        """Finders that remember nothing yet."""
        names, cities = NameReader(geography), CityFinder(geography)
        return cls(geography, names, cities, CountyFinder(geography))


@dataclass(frozen=True)
class _OtherCountry:
    """Coordinates that lie in another country than the one stated."""

    rows: LongArray
    lon: FloatArray
    lat: FloatArray
    units: LocatedUnits


class PlacingRules:
    """One run over some addresses."""

    def __init__(self, finders: Finders, columns: AddressColumns) -> None:
        self._finders = finders
        self._geography = finders.geography
        self._columns = columns
        self._names = finders.names.read(columns.country_name, columns.region)
        self._found = FoundPlaces(finders.geography, len(columns))
        self._other_country: _OtherCountry | None = None
        self._found.note(self._names.is_region_unknown, PlacementNote.STATE_UNKNOWN)
        self._found.note(self._names.is_country_unknown, PlacementNote.COUNTRY_UNKNOWN)

    def by_coordinates(self) -> None:
        """Valid coordinates, turned round where they are swapped."""
        if not np.isfinite(self._columns.lon).any():
            return
        found = self._found
        lon = np.array(self._columns.lon, dtype=np.float64)
        lat = np.array(self._columns.lat, dtype=np.float64)
        given = np.isfinite(lon) & np.isfinite(lat)
        is_null = (np.abs(lon) < _NULL_ISLAND_DEGREES) & (np.abs(lat) < _NULL_ISLAND_DEGREES)
        good = given & (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0) & ~is_null
        units = self._geography.locate(np.where(good, lon, np.nan), np.where(good, lat, np.nan))
        swapped = self._swapped(lon, lat, given & ~is_null, units)
        lon[swapped], lat[swapped] = lat[swapped], lon[swapped]
        country, stated = units.index[GeoLevel.COUNTRY], self._names.country_index
        here = country >= 0
        found.note(given & ~good & ~swapped, PlacementNote.COORDINATES_INVALID)
        found.note(good & ~here, PlacementNote.COORDINATES_NOWHERE)
        found.note(swapped, PlacementNote.COORDINATES_SWAPPED)
        is_other = here & (stated >= 0) & (country != stated)
        rows = np.flatnonzero(is_other)
        if len(rows):
            self._other_country = _OtherCountry(rows, lon[rows], lat[rows], units.at(rows))
        taken = np.flatnonzero(here & ~is_other)
        found.put(taken, lon[taken], lat[taken], PlacedBy.COORDINATES)
        found.put_units(taken, units.at(taken))

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
        # What looks like a short ZIP may be a postal code of elsewhere: it needs the US stated, or
        # its own city.
        has_city = self._city_texts() != ""
        is_guess = is_short & ~names.is_us
        usable = (
            self._found.is_open
            & has_code
            & (names.is_us | (names.is_country_open & (~is_guess | (has_city & (index >= 0)))))
        )
        notes = [table.note_of_unknown(z) if z else PlacementNote.NONE for z, _ in read]
        self._found.note_each(usable & (index < 0), notes, codes)
        self._remember_prefix(usable & (index < 0), codes, [z for z, _ in read])
        states = self._geography.ancestors(GeoLevel.ZIP, GeoLevel.STATE)
        known = usable & (index >= 0)
        conflict = known & (names.state_index >= 0) & (states[index] != names.state_index)
        self._found.note(conflict, PlacementNote.ZIP_NOT_IN_STATE)
        taken = known & ~conflict & self._fits_city(known & ~names.is_us, index)
        self._found.note(taken & is_short, PlacementNote.ZIP_ZEROS_ADDED)
        is_box = table.is_box[index]
        for rule, rows in (
            (PlacedBy.POSTAL_CODE, taken & ~is_box),
            (PlacedBy.PO_BOX, taken & is_box),
        ):
            at = np.flatnonzero(rows)
            self._found.put_zips(at, index[at], rule)

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
        found = self._finders.cities.find(names, self._names.us_regions(states))
        cities, layer = self._geography.gazetteer.cities, self._geography.layer(GeoLevel.ZIP)
        shrink = np.cos(np.radians(layer.lat[zips]))
        away = np.hypot(
            (cities.lon[found] - layer.lon[zips]) * shrink, cities.lat[found] - layer.lat[zips]
        )
        fits[rows] = ((found >= 0) & (away < _NEAR_DEGREES)) | (names == "")
        return fits

    def by_city(self) -> None:
        """City with state, region or country; a city of outstanding size also alone."""
        rows = np.flatnonzero(self._is_findable())
        if not len(rows):
            return
        cities = self._geography.gazetteer.cities
        found = self._finders.cities.find(self._city_texts()[rows], self._names.at(rows))
        rows, found = rows[found >= 0], found[found >= 0]
        in_us = cities.zip_index[found] >= 0
        self._found.put_zips(rows[in_us], cities.zip_index[found[in_us]], PlacedBy.CITY)
        rows, found = rows[~in_us], found[~in_us]
        self._found.put(rows, cities.lon[found], cities.lat[found], PlacedBy.CITY)
        self._found.put_level(rows, GeoLevel.COUNTRY, cities.country[found])
        self._found.put_level(rows, GeoLevel.STATE, cities.state[found])

    def by_county(self) -> None:
        """The centre of a US county, by its name with the state or by its FIPS code."""
        texts = np.asarray(self._columns.county_name, dtype=np.object_)
        if not len(texts):
            return
        names = self._names
        usable = self._is_findable() & (texts != "") & (names.is_us | names.is_country_open)
        rows = np.flatnonzero(usable)
        found = self._finders.counties.find(texts[rows], names.state_index[rows])
        rows, found = rows[found >= 0], found[found >= 0]
        self._found.put_units_of(rows, GeoLevel.COUNTY, found, PlacedBy.COUNTY)

    def by_region(self) -> None:
        """The centre of the state, else of the country, where that is all known.

        In other countries than the US it is the largest city of the region.
        """
        still = self._is_findable()
        state, country = self._names.state_index, self._names.country_index
        rows = np.flatnonzero(still & (state >= 0))
        self._found.put_units_of(rows, GeoLevel.STATE, state[rows], PlacedBy.REGION)
        rest = np.flatnonzero(still & (state < 0) & (country >= 0))
        self._found.put_units_of(rest, GeoLevel.COUNTRY, country[rest], PlacedBy.COUNTRY)
        abroad = np.flatnonzero(still & (country > 0))
        lon, lat = self._names.region_centers(abroad)
        known = np.isfinite(lon)
        self._found.put(abroad[known], lon[known], lat[known], PlacedBy.REGION)

    def settle_other_countries(self) -> None:
        """Coordinates outside the country stated: right near the address, else a last resort."""
        other = self._other_country
        if other is None:
            return
        found, rows = self._found, other.rows
        is_exact = found.has_rule(rows, (PlacedBy.POSTAL_CODE, PlacedBy.PO_BOX, PlacedBy.CITY))
        shrink = np.cos(np.radians(other.lat))
        away = np.hypot((found.lon[rows] - other.lon) * shrink, found.lat[rows] - other.lat)
        is_near = is_exact & (away < _BORDER_DEGREES)
        has_none = found.has_rule(rows, (PlacedBy.COUNTRY, PlacedBy.NOT_PLACED))
        found.put_units(rows[has_none], other.units.at(np.flatnonzero(has_none)))
        taken = is_near | has_none
        found.put(rows[taken], other.lon[taken], other.lat[taken], PlacedBy.COORDINATES)
        found.note_rows(rows[~is_near], PlacementNote.COORDINATES_OTHER_COUNTRY)

    def result(self) -> PlacedColumns:
        """The columns as the caller takes them."""
        return self._found.result()

    def _city_texts(self) -> ObjectArray:
        return np.asarray(self._columns.city, dtype=np.object_)

    def _is_findable(self) -> BoolArray:
        """Not placed yet, and not at a military post office, which may be anywhere."""
        return self._found.is_open & ~self._found.has_note(PlacementNote.ZIP_MILITARY)
