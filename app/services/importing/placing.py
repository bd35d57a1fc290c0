# SPDX-License-Identifier: MIT
"""Finding the places of the rows that an import adds or moves."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.models.account import PlacedBy
from app.models.rows import Cell
from app.services.geography.addresses import AddressColumns, PlacedColumns, PlacementNote
from app.services.geography.postal import repaired_zip
from app.services.importing.draft import ProblemKind
from app.services.importing.mapping import Mapping as ColumnMappings
from app.services.importing.problems import ProblemList, counted, report_placement
from app.services.importing.table import TextColumn, text_column

Placer = Callable[[AddressColumns], PlacedColumns]
"""`functools.partial(placement.place, geography)`."""

ROUGH = (PlacedBy.COUNTY, PlacedBy.REGION, PlacedBy.COUNTRY)
"""Rules that know less than the city."""

PLACE_COLUMNS = ("lon", "lat", "placed_by", "country", "state", "county", "zip_code")

_NOTE_FIELD = {
    PlacementNote.COORDINATES_INVALID: "lat",
    PlacementNote.COORDINATES_SWAPPED: "lat",
    PlacementNote.COORDINATES_NOWHERE: "lat",
    PlacementNote.COORDINATES_OTHER_COUNTRY: "lat",
    PlacementNote.STATE_UNKNOWN: "region",
    PlacementNote.COUNTRY_UNKNOWN: "country_name",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where rows are.

    Attributes:
        columns: One list per name in `PLACE_COLUMNS`.
        repaired_zips: Postal codes whose leading zeros were put back, by position.
        counts: Rows by the rule that placed them.
        notes: Positions by what the user should know.
        unplaced, rough: Positions of rows that no rule, or only state or country, could place.
    """

    columns: tuple[Sequence[Cell], ...] = ((),) * len(PLACE_COLUMNS)
    repaired_zips: Mapping[int, str] = field(default_factory=dict[int, str])
    counts: Mapping[PlacedBy, int] = field(default_factory=dict[PlacedBy, int])
    notes: Mapping[PlacementNote, list[int]] = field(default_factory=dict[PlacementNote, list[int]])
    unplaced: Sequence[int] = ()
    rough: Sequence[int] = ()


def find_places(place: Placer | None, addresses: AddressColumns) -> Places:
    """Where the addresses are; without a placer nothing is placed except by coordinates."""
    if not len(addresses):
        return Places()
    placed = place(addresses) if place else _by_coordinates(addresses)
    rules = [rule.value for rule in placed.placed_by]
    notes: dict[PlacementNote, list[int]] = {}
    for position, note in enumerate(placed.note):
        if note is not PlacementNote.NONE:
            notes.setdefault(note, []).append(position)
    repaired = {
        position: repaired_zip(str(addresses.postal_code[position]))
        for position in notes.get(PlacementNote.ZIP_ZEROS_ADDED, ())
    }
    return Places(
        columns=(
            _or_none(placed.lon),
            _or_none(placed.lat),
            rules,
            placed.country,
            placed.state,
            placed.county,
            placed.zip_code,
        ),
        repaired_zips=repaired,
        counts={PlacedBy(rule): count for rule, count in Counter(rules).items()},
        notes=notes,
        unplaced=_positions(rules, PlacedBy.NOT_PLACED),
        rough=sorted(position for rule in ROUGH for position in _positions(rules, rule)),
    )


def _or_none(degrees: npt.NDArray[np.float64]) -> list[Cell]:
    cells: TextColumn = degrees.astype(np.object_)
    cells[np.isnan(degrees)] = None
    return cells.tolist()


def _positions(rules: list[str], rule: PlacedBy) -> list[int]:
    return [position for position, value in enumerate(rules) if value == rule.value]


def address_columns(
    text: Mapping[str, TextColumn],
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    county: TextColumn | None = None,
) -> AddressColumns:
    """Addresses as placement takes them; a field without a column is empty."""
    count = len(lon)

    def column(field: str) -> TextColumn:
        return text.get(field, text_column([""] * count))

    return AddressColumns(
        city=column("city"),
        region=column("region"),
        postal_code=column("postal_code"),
        country_name=column("country_name"),
        lon=lon,
        lat=lat,
        county_name=text_column([]) if county is None else county,
    )


def report_places(
    problems: ProblemList,
    places: Places,
    rows: npt.NDArray[np.int64],
    mapping: ColumnMappings,
    what: str,
) -> None:
    """Problems of the addresses.

    Args:
        rows: Positions in the table of the rows of `places`.
        what: "accounts" or "homes".
    """
    by_note = {note: rows[positions].tolist() for note, positions in places.notes.items()}
    headers = {
        note: mapping.header_for(_NOTE_FIELD.get(note, "postal_code")) for note in PlacementNote
    }
    report_placement(problems, by_note, headers, what)
    one = what.removesuffix("s")
    unplaced = [int(rows[position]) for position in places.unplaced]
    problems.add(
        ProblemKind.NOT_PLACED,
        unplaced,
        sentence=f"{counted(len(unplaced), one, what)} could not be placed on the map",
        effect="They are imported, and listed as not placed.",
        remedy="Add a ZIP or postal code, or a city with its state or country.",
        details=_address_texts(problems, unplaced, mapping),
    )
    rough = [int(rows[position]) for position in places.rough]
    problems.add(
        ProblemKind.ROUGHLY_PLACED,
        rough,
        sentence=f"{counted(len(rough), one, what)} could be placed by county, state or country "
        "only",
        effect="They stand at its centre.",
        remedy="Add a ZIP or postal code, or a city that is spelled as on the map.",
        details=_address_texts(problems, rough, mapping),
    )


def _address_texts(problems: ProblemList, rows: list[int], mapping: ColumnMappings) -> list[str]:
    headers = [
        header
        for field in ("postal_code", "city", "region", "country_name")
        if (header := mapping.header_for(field))
    ]
    found = [", ".join(filter(None, (problems.cell(r, h) for h in headers))) for r in rows[:5]]
    return [f": {text}" if text else ": no address" for text in found]


def _by_coordinates(addresses: AddressColumns) -> PlacedColumns:
    count = len(addresses)
    lon = addresses.lon if len(addresses.lon) else np.full(count, np.nan)
    lat = addresses.lat if len(addresses.lat) else np.full(count, np.nan)
    is_good = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    empty = [""] * count
    rules = [PlacedBy.COORDINATES if good else PlacedBy.NOT_PLACED for good in is_good]
    return PlacedColumns(
        np.where(is_good, lon, np.nan),
        np.where(is_good, lat, np.nan),
        rules,
        empty,
        empty,
        empty,
        empty,
        [PlacementNote.NONE] * count,
    )
