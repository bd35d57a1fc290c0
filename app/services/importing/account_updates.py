# SPDX-License-Identifier: MIT
"""What an import changes in accounts that the plan has."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from app.models.account import PlacedBy
from app.services.importing.account_work import AccountWork
from app.services.importing.fields import TableKind, field_of
from app.services.importing.merging import extra_texts, kept_where_empty
from app.services.importing.placing import (
    PLACE_COLUMNS,
    Places,
    address_columns,
    find_places,
    report_places,
)
from app.services.importing.row_choice import ChosenRows
from app.services.importing.table import TextColumn, text_column
from app.services.importing.writes import RowBlock

_ADDRESS_TEXTS = ("city", "region", "postal_code", "country_name")
_Flags = npt.NDArray[np.bool_]


def text_updates(
    work: AccountWork, chosen: ChosenRows
) -> tuple[RowBlock, _Flags, dict[str, TextColumn]]:
    """Changed texts of known accounts; an empty cell keeps what the plan has.

    Returns:
        The rows to write, per row of `chosen.known` whether it changes, and the texts by field.
    """
    current, rows, at = work.given.current, chosen.known, chosen.known_at
    is_changed = np.zeros(len(rows), dtype=bool)
    merged: dict[str, TextColumn] = {}
    for field, column in work.columns.text.items():
        if field == "external_id":
            continue
        old = current.text[field][at]
        new = kept_where_empty(column[rows], old, is_zip=field == "postal_code")
        merged[field] = work.corrected.settle(
            field, new, old, chosen, takes_file=work.given.choices.takes_file
        )
        differs = np.not_equal(merged[field], old).astype(bool)
        work.count_change(field_of(TableKind.ACCOUNTS, field).label, differs)
        is_changed |= differs
    fields = dict(merged)
    if work.columns.extra:
        old = current.text["extra"][at]
        fields["extra"] = text_column(extra_texts(work.columns.extra, rows, old))
        differs = np.not_equal(fields["extra"], old).astype(bool)
        work.count_change("Kept columns", differs)
        is_changed |= differs
    picked = np.flatnonzero(is_changed)
    ids = current.account_ids[at][picked]
    cells = (ids, *(column[picked] for column in fields.values()))
    return RowBlock(("id", *fields), cells), is_changed, merged


def place_updates(
    work: AccountWork, chosen: ChosenRows, merged: Mapping[str, TextColumn]
) -> tuple[RowBlock, _Flags, Places]:
    """New places for known accounts whose address or coordinates changed."""
    current, at, columns = work.given.current, chosen.known_at, work.columns
    needs = np.zeros(len(at), dtype=bool)
    for field in _ADDRESS_TEXTS:
        if field in merged:
            needs |= np.not_equal(merged[field], current.text[field][at]).astype(bool)
    address_changed = needs.copy()
    old_lon, old_lat = current.lon[at], current.lat[at]
    is_exact = np.equal(current.placed_by[at], PlacedBy.COORDINATES.value).astype(bool)
    keeps_point = is_exact & ~address_changed
    lon, lat = np.where(keeps_point, old_lon, np.nan), np.where(keeps_point, old_lat, np.nan)
    if columns.lon is not None and columns.lat is not None:
        file_lon, file_lat = columns.lon.values[chosen.known], columns.lat.values[chosen.known]
        given = ~np.isnan(file_lon) & ~np.isnan(file_lat)
        is_same = is_exact & np.isclose(file_lon, old_lon) & np.isclose(file_lat, old_lat)
        needs |= given & ~is_same
        lon, lat = np.where(given, file_lon, lon), np.where(given, file_lat, lat)
    needs &= ~work.corrected.keeps_place(chosen, takes_file=work.given.choices.takes_file)
    picked = np.flatnonzero(needs)
    full = {f: merged.get(f, current.text[f][at])[picked] for f in _ADDRESS_TEXTS}
    county = None if columns.county is None else columns.county[chosen.known[picked]]
    places = find_places(work.given.place, address_columns(full, lon[picked], lat[picked], county))
    report_places(work.problems, places, chosen.known[picked], work.mapping, "accounts")
    work.count_change("Place on the map", needs)
    ids = current.account_ids[at][picked].tolist()
    return RowBlock(("id", *PLACE_COLUMNS), (ids, *places.columns)), needs, places
