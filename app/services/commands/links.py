# SPDX-License-Identifier: MIT
"""Linking areas that do not touch, by bridge or ferry, so that territories may reach across."""

from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.geounit import split_geounit_id
from app.models.ids import GeoUnitId, StrokeId
from app.services.commands.base import Edit

MAX_NOTE_LENGTH = 500

_COLUMNS = ("geounit_a", "geounit_b", "note")


@dataclass(frozen=True, slots=True)
class AddLink:
    """Let two areas count as neighbours; a link that is there gets the new note."""

    geounit: GeoUnitId
    other: GeoUnitId
    note: str = ""
    names: tuple[str, str] = ("", "")
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Link {self.names[0] or self.geounit} and {self.names[1] or self.other}"

    def apply(self, edit: Edit) -> Changes:
        """Write the link, the smaller id first.

        Raises:
            EditRejected: An area is unknown, both are one, they share a border already, one lies
                in the other, or the note is too long.
        """
        unchanged = "Nothing was changed."
        geography = edit.geography
        for unit in (self.geounit, self.other):
            if not geography.is_known(unit):
                message = f"This plan has no area {unit}."
                raise EditRejected(message, meaning=unchanged, remedy="Select two areas first.")
        names = tuple(geography.name(unit) for unit in (self.geounit, self.other))
        if self.geounit == self.other or _is_inside(edit, self.geounit, self.other):
            message = f"{names[0]} and {names[1]} are not two separate areas."
            remedy = "Select one area at each end of the bridge or ferry."
            raise EditRejected(message, meaning=unchanged, remedy=remedy)
        if _touch(edit, self.geounit, self.other):
            message = f"{names[0]} and {names[1]} share a border already."
            raise EditRejected(message, meaning="They need no link, and nothing was changed.")
        note = " ".join(self.note.split())
        if len(note) > MAX_NOTE_LENGTH:
            message = f"This note has {len(note)} characters; {MAX_NOTE_LENGTH} is the most."
            raise EditRejected(message, meaning=unchanged, remedy="Shorten the note.")
        first, second = sorted((self.geounit, self.other))
        edit.tx.put("geounit_link", _COLUMNS, [(first, second, note)])
        return Changes(links=True)


@dataclass(frozen=True, slots=True)
class RemoveLink:
    """Let two areas be neighbours no longer."""

    geounit: GeoUnitId
    other: GeoUnitId
    names: tuple[str, str] = ("", "")
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return f"Unlink {self.names[0] or self.geounit} and {self.names[1] or self.other}"

    def apply(self, edit: Edit) -> Changes:
        """Delete the link.

        Raises:
            EditRejected: There is none.
        """
        key = tuple(sorted((self.geounit, self.other)))
        sql = "SELECT 1 FROM geounit_link WHERE geounit_a = ? AND geounit_b = ?"
        if not edit.tx.rows(sql, key):
            message = "These areas are not linked any more."
            raise EditRejected(message, meaning="Nothing was changed.")
        edit.tx.delete("geounit_link", [key])
        return Changes(links=True)


def _touch(edit: Edit, geounit: GeoUnitId, other: GeoUnitId) -> bool:
    """Whether two units of one level share a border."""
    (level, code), (other_level, other_code) = map(split_geounit_id, (geounit, other))
    if level is not other_level:
        return False
    layer = edit.geography.layer(level)
    index, other_index = layer.index_of(code), layer.index_of(other_code)
    start, end = layer.neighbors_start[index], layer.neighbors_start[index + 1]
    return bool((layer.neighbors[start:end] == other_index).any())


def _is_inside(edit: Edit, geounit: GeoUnitId, other: GeoUnitId) -> bool:
    """Whether one of two units contains the other."""
    for unit, outer in ((geounit, other), (other, geounit)):
        above = edit.geography.parent(unit)
        while above is not None:
            if above == outer:
                return True
            above = edit.geography.parent(above)
    return False
