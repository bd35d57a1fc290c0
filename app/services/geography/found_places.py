# SPDX-License-Identifier: MIT
"""What the placing rules have found so far, one entry per account."""

from collections.abc import Sequence

import numpy as np

from app.models.account import PlacedBy
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.addresses import PlacedColumns, PlacementNote
from app.services.geography.arrays import BoolArray, FloatArray, IntArray, LongArray
from app.services.geography.geography import Geography
from app.services.geography.locating import LocatedUnits

_RULES = tuple(PlacedBy)
_NUMBER_BY_RULE = {rule: number for number, rule in enumerate(_RULES)}
_NOTES = tuple(PlacementNote)
_NUMBER_BY_NOTE = {note: number for number, note in enumerate(_NOTES)}


class FoundPlaces:
    """Positions, rules, areas and notes.

    Args:
        geography: Whose areas these are.
        count: Number of accounts; none is placed at first.

    Attributes:
        lon, lat: WGS 84 degrees, nan where not placed.
    """

    def __init__(self, geography: Geography, count: int) -> None:
        self._geography = geography
        self.lon: FloatArray = np.full(count, np.nan)
        self.lat: FloatArray = np.full(count, np.nan)
        self._rule: IntArray = np.full(count, _NUMBER_BY_RULE[PlacedBy.NOT_PLACED], np.int32)
        self._note: IntArray = np.full(count, _NUMBER_BY_NOTE[PlacementNote.NONE], np.int32)
        self._units = LocatedUnits.nowhere(count)

    @property
    def is_open(self) -> BoolArray:
        """Per account whether no rule has placed it yet."""
        return self._rule == _NUMBER_BY_RULE[PlacedBy.NOT_PLACED]

    def has_note(self, note: PlacementNote) -> BoolArray:
        """Per account whether it has this note."""
        return self._note == _NUMBER_BY_NOTE[note]

    def has_rule(self, rows: LongArray, rules: Sequence[PlacedBy]) -> BoolArray:
        """Per row whether one of the rules has placed it."""
        return np.isin(self._rule[rows], [_NUMBER_BY_RULE[rule] for rule in rules])

    def note(self, which: BoolArray, note: PlacementNote) -> None:
        """Note something on the accounts for which `which` holds."""
        self._note[which] = _NUMBER_BY_NOTE[note]

    def note_rows(self, rows: LongArray, note: PlacementNote) -> None:
        """Note something on these rows."""
        self._note[rows] = _NUMBER_BY_NOTE[note]

    def note_each(self, which: BoolArray, notes: Sequence[PlacementNote], code: IntArray) -> None:
        """Note on the accounts for which `which` holds what `notes` says about their code."""
        numbers = np.asarray([_NUMBER_BY_NOTE[note] for note in notes], np.int32)
        self._note[which] = numbers[code[which]]

    def put(self, rows: LongArray, lon: FloatArray, lat: FloatArray, rule: PlacedBy) -> None:
        """Place rows at points."""
        self.lon[rows] = lon
        self.lat[rows] = lat
        self._rule[rows] = _NUMBER_BY_RULE[rule]

    def put_level(self, rows: LongArray, level: GeoLevel, units: IntArray) -> None:
        """Say in which units of a level rows lie."""
        self._units.index[level][rows] = units

    def put_units(self, rows: LongArray, units: LocatedUnits) -> None:
        """Say in which units of all levels rows lie."""
        for level in LEVELS_COARSE_TO_FINE:
            self._units.index[level][rows] = units.index[level]

    def put_units_of(
        self, rows: LongArray, level: GeoLevel, units: IntArray, rule: PlacedBy
    ) -> None:
        """Place rows at the label points of units, in these units and all above them."""
        layer = self._geography.layer(level)
        self.put(rows, layer.lon[units], layer.lat[units], rule)
        for above in LEVELS_COARSE_TO_FINE[: level.depth + 1]:
            self.put_level(rows, above, self._geography.ancestors(level, above)[units])

    def put_zips(self, rows: LongArray, zips: IntArray, rule: PlacedBy) -> None:
        """Place rows at ZIPs."""
        self.put_units_of(rows, GeoLevel.ZIP, zips, rule)

    def result(self) -> PlacedColumns:
        """The columns as callers take them."""
        return PlacedColumns(
            lon=self.lon,
            lat=self.lat,
            placed_by=[_RULES[rule] for rule in self._rule.tolist()],
            country=self._codes(GeoLevel.COUNTRY),
            state=self._codes(GeoLevel.STATE),
            county=self._codes(GeoLevel.COUNTY),
            zip_code=self._codes(GeoLevel.ZIP),
            note=[_NOTES[note] for note in self._note.tolist()],
        )

    def _codes(self, level: GeoLevel) -> list[str]:
        # One text per unit, however many accounts lie in it; position -1 takes the empty one.
        texts = self._geography.layer(level).code_texts
        return texts[self._units.index[level]].tolist()
