# SPDX-License-Identifier: MIT
"""The mapped columns of a table as clean columns of account fields."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.days import date_of
from app.services.importing.cleaning import (
    NumberColumn,
    full_ids,
    numbers,
    parts_of,
    postal_codes,
    texts,
)
from app.services.importing.current import TEXT_FIELDS
from app.services.importing.dates import NO_DAY, days
from app.services.importing.fields import EXTRA, MEASURE
from app.services.importing.mapping import ColumnMapping, Mapping
from app.services.importing.table import ImportedTable, TextColumn, Watch, text_column

_ID_FIELDS = frozenset(("external_id", "owner", "family"))
DATE_FIELDS = ("created_on", "last_activity_on")


@dataclass(frozen=True, slots=True)
class AccountColumns:
    """Clean columns, one entry per row of the table.

    Attributes:
        text: By field; only fields that a column is given to or that the kind of export implies,
            and always "external_id".
        county: Names or codes of counties, which only serve to place the accounts.
        unread_dates: By date field, per row whether its cell could not be read.
        lon, lat: None unless both are given; nan where a cell is empty.
        extra: By header.
        measures: The column's mapping with its numbers.
        is_id_made: The table has no id column, so ids were made of names and postal codes.
    """

    text: dict[str, TextColumn]
    address_kind: TextColumn | None
    county: TextColumn | None
    unread_dates: MappingOf[str, npt.NDArray[np.bool_]]
    lon: NumberColumn | None
    lat: NumberColumn | None
    extra: dict[str, TextColumn]
    measures: tuple[tuple[ColumnMapping, NumberColumn], ...]
    is_id_made: bool

    def let_go(self) -> None:
        """Forget the texts column by column; all at once would keep other threads waiting."""
        for columns in (self.text, self.extra):
            while columns:
                columns.popitem()


def account_columns(
    table: ImportedTable, mapping: Mapping, watch: Watch | None = None
) -> AccountColumns:
    """The clean columns of a table of accounts.

    Raises:
        TaskCancelled: The user stopped it.
    """
    told = watch or Watch()
    text: dict[str, TextColumn] = {}
    unread_dates: dict[str, npt.NDArray[np.bool_]] = {}
    for field in TEXT_FIELDS:
        told.at(0.05, "Reading the columns")
        header = mapping.header_for(field)
        if field in DATE_FIELDS:
            if header is not None:
                text[field], unread_dates[field] = date_texts(table, header)
            continue
        column = joined_column(table, mapping, field)
        if column is not None:
            text[field] = column
        elif field in mapping.implied:
            text[field] = text_column([mapping.implied[field]] * len(table))
    is_id_made = "external_id" not in text
    if is_id_made:
        text["external_id"] = _made_ids(text, len(table))
    kind = mapping.header_for("address_kind")
    lon, lat = mapping.header_for("lon"), mapping.header_for("lat")
    sign = table.decimal_sign
    return AccountColumns(
        text=text,
        address_kind=texts(table.columns[kind]) if kind else None,
        county=joined_column(table, mapping, "county_name"),
        unread_dates=unread_dates,
        lon=numbers(table.columns[lon], sign) if lon and lat else None,
        lat=numbers(table.columns[lat], sign) if lon and lat else None,
        extra={
            header: texts(table.columns[header])
            for header in _watched(mapping.headers_for(EXTRA), told)
        },
        measures=tuple(
            (mapping.column(header), numbers(table.columns[header], sign))
            for header in _watched(mapping.headers_for(MEASURE), told)
        ),
        is_id_made=is_id_made,
    )


def _watched(headers: Sequence[str], watch: Watch) -> Iterator[str]:
    for header in headers:
        watch.at(0.1, "Reading the columns")
        yield header


def date_texts(table: ImportedTable, header: str) -> tuple[TextColumn, npt.NDArray[np.bool_]]:
    """The days of a column as ISO dates, empty where there is none, and what is no date."""
    read = days(table.columns[header], table.date_order)
    known, at = np.unique(read.values, return_inverse=True)
    written = ["" if day == NO_DAY else date_of(int(day)).isoformat() for day in known.tolist()]
    return text_column(written)[at], read.is_unreadable


def joined_column(table: ImportedTable, mapping: Mapping, field: str) -> TextColumn | None:
    """The clean text of a field, its columns joined, or None where no column is given to it."""
    headers = mapping.headers_for(field)
    house = mapping.header_for("house_number") if field == "street" else None
    if not headers and house is None:
        return None
    if field == "postal_code":
        return postal_codes(table.columns[headers[0]])
    parts = [texts(table.columns[header], ", " if field == "street" else " ") for header in headers]
    if house is not None:
        street = parts[0] if parts else text_column([""] * len(table))
        numbered = [
            f"{n} {s}".strip() for n, s in zip(texts(table.columns[house]), street, strict=True)
        ]
        parts = [text_column(numbered), *parts[1:]]
    if len(parts) == 1:
        return full_ids(parts[0]) if field in _ID_FIELDS else parts[0]
    joined: TextColumn = np.empty(len(table), dtype=np.object_)
    joined[:] = [", ".join(filter(None, cells)) for cells in zip(*parts, strict=True)]
    return joined


def _made_ids(text: MappingOf[str, TextColumn], count: int) -> TextColumn:
    """Ids for a table without any: the name with the postal code or city."""
    empty = text_column([""] * count)
    names = text.get("name", empty)
    places = zip(text.get("postal_code", empty), text.get("city", empty), strict=True)
    return text_column(
        [
            f"{name}, {place}" if name and place else name
            for name, place in zip(names, (code or city for code, city in places), strict=True)
        ]
    )


def is_too_long(columns: AccountColumns, table: ImportedTable, limit: int) -> npt.NDArray[np.bool_]:
    """Per row, whether a mapped text was cut at the limit."""
    found = np.zeros(len(table), dtype=bool)
    for column in (*columns.text.values(), *columns.extra.values()):
        # Part by part: the longest of a million cells would keep the window waiting.
        for part in parts_of(len(column)):
            if max(map(len, column[part])) >= limit:
                found[part] |= [len(cell) >= limit for cell in column[part]]
    return found
