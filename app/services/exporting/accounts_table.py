# SPDX-License-Identifier: MIT
"""The accounts with who serves them, as a table to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.models.json_texts import texts_by_header
from app.models.measure import Measure, MeasureKind
from app.services.exporting.table import ExportColumn, ExportTable, NumberStyle
from app.services.importing.fields import DERIVED_HEADERS
from app.services.placed_words import PLACED_WORDS

_PLACED_BY_WORDS = {rule.value: words for rule, words in PLACED_WORDS.items()}
_TEXT_HEADERS = (
    ("external_id", "Account ID"),
    ("name", "Account Name"),
    ("street", "Street"),
    ("city", "City"),
    ("region", "State"),
    ("postal_code", "ZIP"),
    ("country_name", "Country"),
)
_ABOUT_HEADERS = (
    ("owner", "Owner"),
    ("segment", "Segment"),
    ("industry", "Industry"),
    ("status", "Status"),
    ("family", "Family"),
    ("visit_class", "Visit class"),
    ("phone", "Phone"),
    ("website", "Website"),
    ("created_on", "Created on"),
    ("last_activity_on", "Last activity"),
    ("gone_since", DERIVED_HEADERS.gone_since),
)


@dataclass(frozen=True, slots=True)
class AccountExport:
    """Everything that the table of accounts shows, one entry per account in every column.

    Attributes:
        text: By column of the account table ("external_id", "name", "city", ...).
        territory, rep: Names; empty where nobody serves the account.
        placed_by: Values of `PlacedBy`.
        unit_names: By header ("ZIP area", "County"), the area that contains each account.
        measures: With their values, nan where an account has none.
        extra: JSON object per account: the columns that the import kept.
    """

    text: Mapping[str, Sequence[str]]
    territory: Sequence[str]
    rep: Sequence[str]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    placed_by: Sequence[str] = ()
    unit_names: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    measures: Sequence[tuple[Measure, npt.NDArray[np.float64]]] = ()
    extra: Sequence[str] = ()


def account_table(accounts: AccountExport) -> ExportTable:
    """The table of accounts; columns without any value are left out, the id and name excepted."""
    columns = [
        *_text_columns(accounts, _TEXT_HEADERS),
        ExportColumn(DERIVED_HEADERS.territory, accounts.territory),
        ExportColumn(DERIVED_HEADERS.rep, accounts.rep),
        *_text_columns(accounts, _ABOUT_HEADERS),
    ]
    columns.extend(
        ExportColumn(measure.name, values, _style(measure.kind, values))
        for measure, values in accounts.measures
    )
    columns.append(ExportColumn("Longitude", accounts.lon, NumberStyle.DEGREES))
    columns.append(ExportColumn("Latitude", accounts.lat, NumberStyle.DEGREES))
    if len(accounts.placed_by):
        words = [_PLACED_BY_WORDS.get(rule, rule) for rule in accounts.placed_by]
        columns.append(ExportColumn(DERIVED_HEADERS.placed_by, words))
    columns.extend(ExportColumn(name, cells) for name, cells in accounts.unit_names.items())
    columns.extend(_extra_columns(accounts.extra, {column.header for column in columns}))
    return ExportTable("Accounts", tuple(columns))


def _text_columns(
    accounts: AccountExport, headers: Sequence[tuple[str, str]]
) -> list[ExportColumn]:
    return [
        ExportColumn(header, accounts.text[name])
        for name, header in headers
        if name in accounts.text
        and (name in ("external_id", "name") or any(cell for cell in accounts.text[name]))
    ]


def _style(kind: MeasureKind, values: npt.NDArray[np.float64]) -> NumberStyle:
    filled = values[~np.isnan(values)]
    if bool((filled == np.floor(filled)).all()):
        return NumberStyle.WHOLE
    return NumberStyle.MONEY if kind is MeasureKind.MONEY else NumberStyle.PLAIN


def _extra_columns(extra: Sequence[str], used: set[str]) -> list[ExportColumn]:
    """One column per header that any account kept, in the order in which they appear."""
    rows = [texts_by_header(text) if text != "{}" else {} for text in extra]
    headers: dict[str, None] = {}
    for row in rows:
        headers.update(dict.fromkeys(row))
    return [
        ExportColumn(
            header if header not in used else f"{header} (as imported)",
            [row.get(header, "") for row in rows],
        )
        for header in headers
    ]
