# SPDX-License-Identifier: MIT
"""Finding the homes and offices of the reps that an import adds or changes."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.models.account import PlacedBy
from app.models.rep import Rep
from app.models.rows import Cell
from app.services.home_place import place_line
from app.services.importing.draft import ProblemKind
from app.services.importing.mapping import Mapping
from app.services.importing.placing import Placer, address_columns, find_places, report_places
from app.services.importing.problems import ProblemList, counted
from app.services.importing.rep_columns import ADDRESS, RepColumns

_Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MergedRep:
    """A row with the rep as the plan has it, None for a new one, and as the import leaves it."""

    row: int
    before: Rep | None
    after: Rep


def home_points(
    columns: RepColumns, rows: _Rows, mapping: Mapping, place: Placer | None, problems: ProblemList
) -> tuple[dict[int, tuple[Cell, Cell]], dict[PlacedBy, int]]:
    """Longitude and latitude of the homes by row, and how they were placed, by rule.

    Homes that stand in one line of text are placed later, see `with_lines_placed`.
    """
    has_home = [
        any(columns.at(field, row) for field in ADDRESS)
        or columns.number_at("lon", row) is not None
        for row in rows.tolist()
    ]
    homed = rows[np.array(has_home, dtype=bool)]
    nowhere = np.full(len(problems.table), np.nan)
    lon, lat = (columns.number.get(key, nowhere)[homed] for key in ("lon", "lat"))
    address = {key: columns.text[key][homed] for key in ADDRESS if key in columns.text}
    places = find_places(place, address_columns(address, lon, lat))
    report_places(problems, places, homed, mapping, "homes")
    points = zip(homed.tolist(), places.columns[0], places.columns[1], strict=True)
    return {row: (lon, lat) for row, lon, lat in points}, dict(places.counts)


def with_lines_placed(
    merged: list[MergedRep], columns: RepColumns, place: Placer | None, problems: ProblemList
) -> list[MergedRep]:
    """The reps with the places of offices, and of homes, that stand in one line of text."""
    if place is None:
        return merged
    nowhere: list[int] = []
    placed: list[MergedRep] = []
    for each in merged:
        rep, before = each.after, each.before
        if rep.office_text and (before is None or before.office_text != rep.office_text):
            found = place_line(rep.office_text, place)
            lon, lat = found or (None, None)
            rep = replace(rep, office_lon=lon, office_lat=lat)
            nowhere += [] if found else [each.row]
        if columns.at("home_text", each.row) and rep.lon is None:
            found = place_line(rep.home_text, place)
            lon, lat = found or (None, None)
            rep = replace(rep, lon=lon, lat=lat)
            nowhere += [] if found else [each.row]
        placed.append(replace(each, after=rep))
    problems.add(
        ProblemKind.NOT_PLACED,
        nowhere,
        sentence=f"{counted(len(nowhere), 'address', 'addresses')} could not be placed on the map",
        effect="They are imported, and listed as not placed.",
        remedy="Write them as street, city, state and postal code.",
    )
    return placed
