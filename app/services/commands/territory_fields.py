# SPDX-License-Identifier: MIT
"""What territories say about themselves: connection, notes, ids, what their reps should bring."""

import json
from dataclasses import dataclass

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import StrokeId, TerritoryId
from app.models.rows import Cell
from app.services.commands.base import Edit, territory_name

TERRITORY_FIELDS = {
    "must_connect": "connection",
    "notes": "notes",
    "external_id": "ID",
    "skills": "skills",
    "languages": "languages",
}
"""What can be described: column of the table of territories, and its name in a sentence."""

_LONGEST = {"notes": 100_000, "external_id": 10_000, "skills": 10_000, "languages": 10_000}
_WORDS = frozenset(("skills", "languages"))


@dataclass(frozen=True, slots=True)
class DescribeTerritories:
    """Give one field of one or many territories another value.

    Attributes:
        field: A key of `TERRITORY_FIELDS`.
        value: A text; for skills and languages words between commas; for the connection "1" where
            the areas have to hang together, else "0".
        territory_name: For the label, where it is one territory.
    """

    territories: tuple[TerritoryId, ...]
    field: str
    value: str
    territory_name: str = ""
    stroke: StrokeId | None = None

    @property
    def label(self) -> str:
        """What undo calls it: "Change the notes of North"."""
        amount = len(self.territories)
        of = self.territory_name if amount == 1 else f"{amount:,} territories"
        return f"Change the {TERRITORY_FIELDS.get(self.field, self.field)} of {of}"

    def apply(self, edit: Edit) -> Changes:
        """Write the field; locks guard what a territory holds, not what is said about it.

        Raises:
            EditRejected: There is no such field, the value is too long, or a territory is gone.
        """
        cell = self._cell()
        for territory in self.territories:
            territory_name(edit, territory)
        rows = [(territory, cell) for territory in self.territories]
        edit.tx.put("territory", ("id", self.field), rows)
        return Changes(territories=frozenset(self.territories))

    def _cell(self) -> Cell:
        words = TERRITORY_FIELDS.get(self.field)
        if words is None:
            message = f"Territories have no field {self.field}."
            raise EditRejected(message, meaning="Nothing was changed.")
        if self.field == "must_connect":
            return 1 if self.value == "1" else 0
        longest = _LONGEST[self.field]
        if len(self.value) > longest:
            message = f"This is too long for the {words}."
            remedy = f"Use at most {longest:,} characters."
            raise EditRejected(message, meaning="Nothing was changed.", remedy=remedy)
        if self.field not in _WORDS:
            return self.value.strip()
        listed = (" ".join(word.split()) for word in self.value.split(","))
        return json.dumps(list(dict.fromkeys(filter(None, listed))), ensure_ascii=False)
